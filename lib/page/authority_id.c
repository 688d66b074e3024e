/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Ids to bodies, by a hash table. */
#include <stdlib.h>
#include <string.h>

#include "authority.h"

enum { FIRST_SLOTS = 1024 };

/* FNV-1a, 32 bits (Fowler, Noll, Vo). */
static size_t hash(const char *id)
{
    uint32_t h = 0x811c9dc5u;
    for (; *id; id++)
        h = (h ^ (unsigned char)*id) * 0x01000193u;
    return h ^ h >> 15;
}

/* The slot of an id, or the free one where it belongs. */
static size_t slot_of(const bl_authority *a, const char *id)
{
    size_t i = hash(id) & (a->id_slots - 1);
    while (a->ids[i] != 0 && strcmp(a->bodies[a->ids[i] - 1].id, id) != 0)
        i = (i + 1) & (a->id_slots - 1);
    return i;
}

int32_t bl_authority_body(const bl_authority *a, const char *id)
{
    int32_t body = a->id_slots > 0 ? (int32_t)a->ids[slot_of(a, id)] - 1 : -1;
    while (body >= 0 && a->bodies[body].merged_into >= 0)
        body = a->bodies[body].merged_into;
    return body;
}

void bl_authority_expect_ids(bl_error *e, bl_authority *a, size_t count)
{
    size_t slots = a->id_slots ? a->id_slots : FIRST_SLOTS;
    while (slots < 2 * count)
        slots *= 2;
    if (bl_failed(e) || slots == a->id_slots)
        return;
    uint32_t *ids = calloc(slots, sizeof *ids), *old = a->ids;
    if (!ids) {
        bl_fail_nomem(e);
        return;
    }
    const size_t old_slots = a->id_slots;
    a->ids = ids;
    a->id_slots = slots;
    for (size_t i = 0; i < old_slots; i++)
        if (old[i] != 0)
            ids[slot_of(a, a->bodies[old[i] - 1].id)] = old[i];
    free(old);
}

void bl_authority_add_id(bl_error *e, bl_authority *a, int32_t body)
{
    bl_authority_expect_ids(e, a, (size_t)body + 1);
    if (!bl_failed(e))
        a->ids[slot_of(a, a->bodies[body].id)] = (uint32_t)body + 1;
}

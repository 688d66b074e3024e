/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Ids to bodies, by a hash table. */
#include <stdlib.h>
#include <string.h>

#include "authority.h"
#include "base/large.h"

enum { FIRST_SLOTS = 1024 };

/* FNV-1a, 32 bits (Fowler, Noll, Vo). */
static uint32_t hash(const char *id)
{
    uint32_t h = 0x811c9dc5u;
    for (; *id; id++)
        h = (h ^ (unsigned char)*id) * 0x01000193u;
    return h ^ h >> 15;
}

/* The slot of an id, or the free one where it belongs. */
static bl_id_slot *slot_of(const bl_authority *a, const char *id, uint32_t key)
{
    size_t i = key & (a->id_slots - 1);
    while (a->ids[i].body != 0 &&
           (a->ids[i].hash != key || strcmp(a->bodies[a->ids[i].body - 1].id, id) != 0))
        i = (i + 1) & (a->id_slots - 1);
    return &a->ids[i];
}

int32_t bl_authority_body(const bl_authority *a, const char *id)
{
    int32_t body = a->id_slots > 0 ? (int32_t)slot_of(a, id, hash(id))->body - 1 : -1;
    while (body >= 0 && a->bodies[body].merged_into >= 0)
        body = a->bodies[body].merged_into;
    return body;
}

/* To a table of so many slots, whose ids differ. */
static void move_ids(const bl_authority *a, bl_id_slot *to, size_t slots)
{
    for (size_t i = 0; i < a->id_slots; i++) {
        size_t at = a->ids[i].hash & (slots - 1);
        if (a->ids[i].body == 0)
            continue;
        while (to[at].body != 0)
            at = (at + 1) & (slots - 1);
        to[at] = a->ids[i];
    }
}

void bl_authority_expect_ids(bl_error *e, bl_authority *a, size_t count)
{
    size_t slots = a->id_slots ? a->id_slots : FIRST_SLOTS;
    while (slots < 2 * count)
        slots *= 2;
    if (bl_failed(e) || slots == a->id_slots)
        return;
    bl_id_slot *ids = NULL;
    size_t capacity = 0;
    if (!bl_grow_large(&ids, &capacity, slots, sizeof *ids)) {
        bl_fail_nomem(e);
        return;
    }
    memset(ids, 0, slots * sizeof *ids);
    move_ids(a, ids, slots);
    free(a->ids);
    a->ids = ids;
    a->id_slots = slots;
}

void bl_authority_add_id(bl_error *e, bl_authority *a, int32_t body)
{
    const char *id = a->bodies[body].id;
    const uint32_t key = hash(id);
    bl_authority_expect_ids(e, a, (size_t)body + 1);
    if (!bl_failed(e))
        *slot_of(a, id, key) = (bl_id_slot){ key, (uint32_t)body + 1 };
}

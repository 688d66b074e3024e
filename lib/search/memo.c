/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Lengths and frequencies that were read once to the same for later searches. */
#include "memo.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

/* Bounds of what is kept: then it is begun anew, so that what is asked for now is there. */
enum { MOST_LENGTHS = 1 << 18, FREQUENCIES = 256 };

typedef struct length_entry {
    int64_t doc; /* 0 = free: no document has it */
    uint32_t of[2];
} length_entry;

typedef struct frequency_entry {
    char *key;
    size_t size;
    int64_t frequency;
} frequency_entry;

struct bl_memo {
    int64_t revision;
    length_entry *lengths; /* by the hash of their documents */
    size_t length_count, room;
    frequency_entry frequencies[FREQUENCIES]; /* the oldest is replaced */
    size_t next;
};

static void forget(bl_memo *m)
{
    for (size_t i = 0; i < FREQUENCIES; i++)
        free(m->frequencies[i].key);
    free(m->lengths);
    *m = (bl_memo){ 0 };
}

static void close_memo(bl_memo *m)
{
    if (m)
        forget(m);
    free(m);
}

bl_memo *bl_memo_get(bl_error *e, bl_database *db, int64_t revision)
{
    if (bl_failed(e))
        return NULL;
    if (!db->memo) {
        db->close_memo = close_memo;
        db->memo = calloc(1, sizeof *db->memo);
    }
    if (!db->memo)
        bl_fail_nomem(e);
    else if (db->memo->revision != revision)
        forget(db->memo);
    if (db->memo)
        db->memo->revision = revision;
    return db->memo;
}

/* ---- lengths ---- */

/* Of the document, or the free one that it may take. */
static length_entry *entry_of(const bl_memo *m, int64_t doc)
{
    /* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
    size_t at = (size_t)((uint64_t)doc * 0x9e3779b97f4a7c15u >> 32) & (m->room - 1);
    while (m->lengths[at].doc != 0 && m->lengths[at].doc != doc)
        at = (at + 1) & (m->room - 1);
    return &m->lengths[at];
}

/* Twice the room, or the same and empty where there is enough of it. What cannot be kept is read again. */
static bool make_room(bl_memo *m)
{
    const bool full = m->room == MOST_LENGTHS;
    const bl_memo old = *m;
    m->room = full ? m->room : m->room ? m->room * 2 : 1024;
    m->lengths = calloc(m->room, sizeof *m->lengths);
    if (full || !m->lengths)
        m->length_count = 0;
    if (!m->lengths)
        m->room = 0;
    for (size_t i = 0; !full && i < old.room && m->lengths; i++)
        if (old.lengths[i].doc != 0)
            *entry_of(m, old.lengths[i].doc) = old.lengths[i];
    free(old.lengths);
    return m->lengths != NULL;
}

bool bl_memo_lengths(const bl_memo *m, int64_t doc, uint32_t out[2])
{
    const length_entry *entry = m && m->room > 0 ? entry_of(m, doc) : NULL;
    if (!entry || entry->doc != doc)
        return false;
    memcpy(out, entry->of, sizeof entry->of);
    return true;
}

void bl_memo_keep_lengths(bl_memo *m, int64_t doc, const uint32_t length[2])
{
    if (!m || doc == 0 || (m->length_count * 2 >= m->room && !make_room(m)))
        return;
    *entry_of(m, doc) = (length_entry){ doc, { length[0], length[1] } };
    m->length_count++;
}

/* ---- frequencies ---- */

/* What makes two terms the same for the index: their phrases and where these are looked for. */
static void print_key(const bl_plan *plan, size_t term, bl_buffer *out)
{
    const bl_term *t = &plan->terms[term];
    bl_buffer_printf(out, "%d %x", plan->articles_only, (unsigned)t->columns);
    for (size_t i = 0; i < t->count; i++)
        bl_buffer_printf(out, "\n%d%s", t->phrases[i].prefix, t->phrases[i].tokens);
}

int64_t bl_memo_frequency(const bl_memo *m, const bl_plan *plan, size_t term)
{
    bl_buffer key = { 0 };
    int64_t frequency = -1;
    print_key(plan, term, &key);
    for (size_t i = 0; m && !key.failed && i < FREQUENCIES && frequency < 0; i++) {
        const frequency_entry *entry = &m->frequencies[i];
        if (entry->key && entry->size == key.size && memcmp(entry->key, key.data, key.size) == 0)
            frequency = entry->frequency;
    }
    bl_buffer_free(&key);
    return frequency;
}

void bl_memo_keep_frequency(bl_memo *m, const bl_plan *plan, size_t term, int64_t frequency)
{
    bl_buffer key = { 0 };
    if (!m)
        return;
    print_key(plan, term, &key);
    const size_t size = key.size;
    char *text = bl_buffer_steal(&key);
    if (!text)
        return;
    free(m->frequencies[m->next].key);
    m->frequencies[m->next] = (frequency_entry){ text, size, frequency };
    m->next = (m->next + 1) % FREQUENCIES;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Questions and documents to the answers that were found before. */
#include "memo.h"

#include <stdlib.h>
#include <string.h>

/* Answers beyond these (16 bytes each) and questions beyond these are begun anew, so that what is asked for
 * now is there. */
enum { MOST_ANSWERS = 1 << 18, QUESTIONS = 256 };
/* Documents have smaller numbers than this many bits. */
enum { DOC_BITS = 43 };
enum { MOST_NUMBERS = 1 << 20 };

typedef struct answer {
    uint64_t key; /* question and document; 0 = free */
    uint64_t value;
} answer;

typedef struct question {
    char *text;
    size_t size;
    uint32_t number;
} question;

struct bl_memo {
    int64_t revision;
    answer *answers; /* by the hash of their keys */
    size_t count, room;
    question questions[QUESTIONS]; /* the oldest is replaced */
    size_t next;
    uint32_t
        numbers; /* given out; never twice, so that answers to a question that was replaced are nobody's */
};

static void forget(bl_memo *m)
{
    for (size_t i = 0; i < QUESTIONS; i++)
        free(m->questions[i].text);
    free(m->answers);
    *m = (bl_memo){ .revision = m->revision };
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
    if (!db->memo) {
        bl_fail_nomem(e);
        return NULL;
    }
    if (db->memo->revision != revision || db->memo->numbers >= MOST_NUMBERS)
        forget(db->memo);
    db->memo->revision = revision;
    return db->memo;
}

/* ---- questions ---- */

static uint32_t find(const bl_memo *m, const bl_buffer *text)
{
    for (size_t i = 0; i < QUESTIONS; i++) {
        const question *q = &m->questions[i];
        if (q->text && q->size == text->size && memcmp(q->text, text->data, q->size) == 0)
            return q->number;
    }
    return 0;
}

static uint32_t add(bl_memo *m, bl_buffer *text)
{
    const size_t size = text->size;
    char *own = bl_buffer_steal(text);
    if (!own)
        return 0;
    free(m->questions[m->next].text);
    m->questions[m->next] = (question){ own, size, ++m->numbers };
    m->next = (m->next + 1) % QUESTIONS;
    return m->numbers;
}

uint32_t bl_memo_question(bl_memo *m, bl_buffer *text)
{
    uint32_t number = m && text->data && !text->failed ? find(m, text) : 0;
    if (number == 0 && m && text->data && !text->failed)
        number = add(m, text);
    bl_buffer_free(text);
    return number;
}

/* ---- answers ---- */

static uint64_t key_of(uint32_t number, int64_t doc)
{
    return (uint64_t)number << DOC_BITS | (uint64_t)doc;
}

/* Of the key, or the free one that it may take. */
static answer *entry_of(const bl_memo *m, uint64_t key)
{
    /* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
    size_t at = (size_t)(key * 0x9e3779b97f4a7c15u >> 32) & (m->room - 1);
    while (m->answers[at].key != 0 && m->answers[at].key != key)
        at = (at + 1) & (m->room - 1);
    return &m->answers[at];
}

/* Twice the room, or the same and empty where there is enough of it. What cannot be kept is found again. */
static bool make_room(bl_memo *m)
{
    const bool full = m->room == MOST_ANSWERS;
    answer *old = m->answers;
    const size_t old_room = m->room;
    m->room = full ? m->room : old_room ? old_room * 2 : 1024;
    m->answers = calloc(m->room, sizeof *m->answers);
    if (full || !m->answers)
        m->count = 0;
    if (!m->answers)
        m->room = 0;
    for (size_t i = 0; !full && i < old_room && m->answers; i++)
        if (old[i].key != 0)
            *entry_of(m, old[i].key) = old[i];
    free(old);
    return m->answers != NULL;
}

bool bl_memo_answer(const bl_memo *m, uint32_t number, int64_t doc, uint64_t *out)
{
    const uint64_t key = key_of(number, doc);
    const answer *entry = m && number > 0 && m->room > 0 ? entry_of(m, key) : NULL;
    if (!entry || entry->key != key)
        return false;
    *out = entry->value;
    return true;
}

void bl_memo_keep(bl_memo *m, uint32_t number, int64_t doc, uint64_t value)
{
    if (!m || number == 0 || doc < 0 || doc >> DOC_BITS != 0 || (m->count * 2 >= m->room && !make_room(m)))
        return;
    answer *entry = entry_of(m, key_of(number, doc));
    m->count += entry->key == 0;
    *entry = (answer){ key_of(number, doc), value };
}

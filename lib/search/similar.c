/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A bulletin to those that share most of its text, copies or not. */
#include "similar.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/sql.h"
#include "index/story.h"
#include "index/text_cache.h"
#include "reposts.h"
#include "search.h"
#include "text/fold.h"
#include "text/words.h"

/* Bulletins whose words are most like the headline's that are compared, and of each label those that stand
 * nearest. */
enum { BY_WORDS = 48, BY_LABEL = 16 };

/* Bytes of the text that stand for a headline where there is none. */
enum { OPENING = 240 };

/* Below it two texts share little more than the names of bodies. */
#define LEAST 0.05

typedef struct likeness {
    int64_t doc, id;
    double similarity;
} likeness;

typedef struct subject {
    int64_t doc;
    char *headline; /* folded */
    bl_fingerprint fingerprint;
} subject;

/* ---- who may be like it ---- */

static void read_subject(bl_error *e, bl_database *db, int64_t id, subject *out)
{
    bl_folded folded = { 0 };
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql,
                                     "SELECT doc, coalesce(title, substr(body, 1, ?2)), body FROM bulletin"
                                     " WHERE id = ?1");
    bl_sql_int(e, s, 1, id);
    bl_sql_int(e, s, 2, OPENING / 3);
    if (bl_sql_row(e, s)) {
        const char *text = (const char *)sqlite3_column_text(s, 1);
        out->doc = sqlite3_column_int64(s, 0);
        bl_fold(e, text ? text : "", text ? strlen(text) : 0, &folded);
        out->headline = strdup(folded.text ? folded.text : "");
        bl_text_fingerprint(e, db, (const char *)sqlite3_column_text(s, 2), &out->fingerprint);
        if (!out->headline)
            bl_fail_nomem(e);
    } else {
        bl_fail(e, BULLETIN_NOT_FOUND, "there is no bulletin %" PRId64, id);
    }
    bl_folded_free(&folded);
    sqlite3_finalize(s);
}

/* Its words side by side; folded ones are no operators. New. */
static char *words_of(bl_error *e, const char *headline)
{
    bl_buffer query = { 0 };
    bl_units units = { 0 };
    bl_words *words = bl_words_open(e);
    if (!bl_failed(e))
        bl_words_cut(e, words, headline, strlen(headline), NULL, &units);
    for (size_t i = 0; i < units.count && !bl_failed(e); i++) {
        bl_buffer_append(&query, headline + units.items[i].start, units.items[i].end - units.items[i].start);
        bl_buffer_puts(&query, " ");
    }
    bl_buffer_puts(&query, "");
    if (query.failed)
        bl_fail_nomem(e);
    bl_units_free(&units);
    bl_words_close(words);
    return bl_buffer_steal(&query);
}

static void add_by_words(bl_error *e, bl_database *db, const subject *of, bl_texts *docs)
{
    char *query = words_of(e, of->headline);
    bl_result result = { 0 };
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = BULLETIN_ANY | BULLETIN_NO_EXPAND | BULLETIN_NO_COLLAPSE;
    options.limit = BY_WORDS;
    if (!bl_failed(e) && *query)
        bl_search(e, db, query, strlen(query), &options, &result);
    for (size_t i = 0; i < result.top.count && !bl_failed(e); i++)
        bl_texts_add(e, docs, result.top.list[i].doc);
    bl_result_free(&result);
    free(query);
}

static void add_by_labels(bl_error *e, bl_database *db, const subject *of, bl_texts *docs)
{
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql,
                                     "SELECT doc FROM label JOIN fingerprint USING(text)"
                                     " WHERE label BETWEEN ?1 AND ?2 ORDER BY abs(label - ?3), doc LIMIT ?4");
    for (size_t i = 0; i < BL_LABELS && of->fingerprint.text && !bl_failed(e); i++) {
        int64_t label = of->fingerprint.labels[i];
        uint64_t prefix = (uint64_t)label & BL_LABEL_PREFIX;
        bl_sql_int(e, s, 1, (int64_t)prefix);
        bl_sql_int(e, s, 2, (int64_t)(prefix | ~BL_LABEL_PREFIX));
        bl_sql_int(e, s, 3, label);
        bl_sql_int(e, s, 4, BY_LABEL);
        while (bl_sql_row(e, s))
            bl_texts_add(e, docs, sqlite3_column_int64(s, 0));
        sqlite3_reset(s);
    }
    sqlite3_finalize(s);
}

static void add_story(bl_error *e, bl_database *db, int64_t doc, bl_texts *docs)
{
    sqlite3_stmt *s = bl_sql_prepare(
        e, db->sql, "SELECT doc FROM story WHERE story = (SELECT story FROM story WHERE doc = ?1)");
    bl_sql_int(e, s, 1, doc);
    while (bl_sql_row(e, s))
        bl_texts_add(e, docs, sqlite3_column_int64(s, 0));
    sqlite3_finalize(s);
}

/* ---- how like ---- */

/* What went away in the meantime is like nothing. */
static int64_t id_of(bl_error *e, bl_database *db, int64_t doc)
{
    int64_t id = 0;
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, "SELECT id FROM bulletin WHERE doc = ?1");
    bl_sql_int(e, s, 1, doc);
    if (bl_sql_row(e, s))
        id = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return id;
}

static int compare(const void *a, const void *b)
{
    const likeness *x = a, *y = b;
    if (x->similarity != y->similarity)
        return x->similarity > y->similarity ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Most alike first; new. */
static likeness *weigh(bl_error *e, bl_database *db, int64_t doc, bl_texts *docs, size_t *count)
{
    bl_texts_sort(docs);
    likeness *list = bl_failed(e) ? NULL : calloc(docs->count + 1, sizeof *list);
    *count = 0;
    if (!list)
        bl_fail_nomem(e);
    for (size_t i = 0; i < docs->count && !bl_failed(e); i++) {
        likeness one = { .doc = docs->list[i] };
        if (one.doc == doc)
            continue;
        one.similarity = bl_text_similarity(e, db, doc, one.doc);
        one.id = one.similarity >= LEAST ? id_of(e, db, one.doc) : 0;
        if (one.id)
            list[(*count)++] = one;
        bl_database_poll(e, db);
    }
    if (*count > 1)
        qsort(list, *count, sizeof *list, compare);
    return list;
}

static void tell(bl_error *e, bl_database *db, const subject *of, bl_texts *docs, size_t limit,
                 const bl_telling *to)
{
    size_t count;
    bl_database_begin_read(e, db);
    add_by_labels(e, db, of, docs);
    add_story(e, db, of->doc, docs);
    likeness *list = weigh(e, db, of->doc, docs, &count);
    for (size_t i = 0; i < count && (limit == 0 || i < limit) && !bl_failed(e); i++)
        bl_repost_tell(e, db, list[i].id, list[i].similarity, to);
    bl_database_end(e, db);
    free(list);
}

void bl_similar_tell(bl_error *e, bl_database *db, int64_t id, size_t limit, bulletin_record_callback record,
                     void *context)
{
    subject of = { 0 };
    bl_texts docs = { 0 };
    const bl_telling to = { record, context };
    read_subject(e, db, id, &of);
    if (!bl_failed(e))
        add_by_words(e, db, &of, &docs);
    if (!bl_failed(e))
        tell(e, db, &of, &docs, limit, &to);
    bl_texts_free(&docs);
    free(of.headline);
}

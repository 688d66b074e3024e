/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Bulletins that come and go to the texts that are copies of one another. */
#include "repost.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "judge.h"

/* A row of the table label. */
typedef struct place {
    int64_t label, text;
    bool company; /* somebody else has a label that begins alike */
} place;

typedef struct places {
    place *list;
    size_t count, capacity;
} places;

typedef struct pairs {
    bl_pair *list;
    size_t count, capacity;
} pairs;

struct bl_reposts {
    bl_database *db;
    bl_judge *judge;
    bl_carriers carriers; /* that came */
    places added, removed;
    pairs near;       /* texts that stand together now, and may not have before */
    bl_texts crowded; /* texts that may stand together with fewer than before */
    bl_texts touched; /* texts whose story may be another */
};
typedef bl_reposts reposts;

static void note_place(bl_error *e, places *to, int64_t label, int64_t text)
{
    if (!bl_failed(e) && !bl_grow(&to->list, &to->capacity, to->count + 1, sizeof *to->list))
        bl_fail_nomem(e);
    if (!bl_failed(e))
        to->list[to->count++] = (place){ label, text, false };
}

static void note_carrier(bl_error *e, reposts *r, int64_t doc, const bl_fingerprint *f,
                         const bl_prepared *body)
{
    bl_carriers *to = &r->carriers;
    if (!f->text || bl_failed(e))
        return;
    if (!bl_grow(&to->list, &to->capacity, to->count + 1, sizeof *to->list))
        bl_fail_nomem(e);
    else
        to->list[to->count++] = (bl_carrier){ doc, *f, body, false };
}

static int compare_pairs(const void *a, const void *b)
{
    const bl_pair *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* In order, each once. */
static void sort_pairs(pairs *all)
{
    size_t kept = 0;
    if (all->count > 1)
        qsort(all->list, all->count, sizeof *all->list, compare_pairs);
    for (size_t i = 0; i < all->count; i++)
        if (i == 0 || compare_pairs(&all->list[i], &all->list[i - 1]) != 0)
            all->list[kept++] = all->list[i];
    all->count = kept;
}

/* Copies meet by most of their labels, so a full list is most often one with room. */
static bool make_room(pairs *all)
{
    enum { MANY = 1 << 16 };
    if (all->count < all->capacity)
        return true;
    if (all->count >= MANY)
        sort_pairs(all);
    return all->count < all->capacity / 2 ||
           bl_grow(&all->list, &all->capacity, all->capacity + 1, sizeof *all->list);
}

static void note_pair(bl_error *e, pairs *to, int64_t a, int64_t b)
{
    if (a == b || bl_failed(e))
        return;
    if (!make_room(to))
        bl_fail_nomem(e);
    else
        to->list[to->count++] = a < b ? (bl_pair){ a, b } : (bl_pair){ b, a };
}

/* ---- who stands together ---- */

typedef struct window {
    int64_t before[BL_NEIGHBOURS], after[BL_NEIGHBOURS]; /* the nearest first */
    size_t before_count, after_count;
} window;

static size_t read_side(bl_error *e, bl_database *db, bl_statement side, const place *at, int64_t bound,
                        int64_t out[BL_NEIGHBOURS])
{
    size_t count = 0;
    sqlite3_stmt *s = bl_statement_get(e, db, side);
    bl_sql_int(e, s, 1, at->label);
    bl_sql_int(e, s, 2, at->text);
    bl_sql_int(e, s, 3, bound);
    bl_sql_int(e, s, 4, BL_NEIGHBOURS);
    while (bl_sql_row(e, s))
        out[count++] = sqlite3_column_int64(s, 0);
    return count;
}

static uint64_t prefix(int64_t label)
{
    return (uint64_t)label & BL_LABEL_PREFIX;
}

static void read_window(bl_error *e, bl_database *db, const place *at, window *out)
{
    int64_t low = (int64_t)prefix(at->label), high = (int64_t)(prefix(at->label) | ~BL_LABEL_PREFIX);
    out->before_count = read_side(e, db, BL_SQL_LABEL_BEFORE, at, low, out->before);
    out->after_count = read_side(e, db, BL_SQL_LABEL_AFTER, at, high, out->after);
}

static void leave_out(bl_texts *from, const int64_t *list, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < from->count; i++) {
        bool listed = false;
        for (size_t k = 0; k < count && !listed; k++)
            listed = list[k] == from->list[i];
        if (!listed)
            from->list[kept++] = from->list[i];
    }
    from->count = kept;
}

/* Leave those out that stand near to a text by any of its labels; most copies do by the first. */
static void leave_out_neighbours(bl_error *e, reposts *r, bl_database *reader, int64_t text, bl_texts *from)
{
    window w;
    const bl_fingerprint *f = bl_text_labels(e, reader, &r->carriers, text);
    for (size_t i = 0; f && i < BL_LABELS && from->count > 0; i++) {
        const place at = { f->labels[i], text, true };
        read_window(e, r->db, &at, &w);
        leave_out(from, w.before, w.before_count);
        leave_out(from, w.after, w.after_count);
    }
}

/* ---- rows ---- */

static int compare_carriers(const void *a, const void *b)
{
    const bl_carrier *x = a, *y = b;
    if (x->fingerprint.text != y->fingerprint.text)
        return x->fingerprint.text < y->fingerprint.text ? -1 : 1;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

static void insert_carrier(bl_error *e, bl_database *db, const bl_carrier *one)
{
    const bl_sketch *sketch = &one->fingerprint.sketch;
    sqlite3_stmt *s = bl_statement_get(e, db, BL_SQL_COPY_INSERT);
    bl_sql_int(e, s, 1, one->fingerprint.text);
    bl_sql_int(e, s, 2, one->doc);
    if (sketch->full)
        bl_sql_blob(e, s, 3, sketch->bytes, BL_SKETCH);
    else
        bl_sql_null(e, s, 3);
    bl_sql_done(e, s);
}

/* In order of the table. Only the first bulletin of a text brings its labels. */
static void insert_texts(bl_error *e, reposts *r)
{
    bl_carriers *all = &r->carriers;
    int64_t before = 0;
    if (all->count > 1)
        qsort(all->list, all->count, sizeof *all->list, compare_carriers);
    for (size_t i = 0; i < all->count && !bl_failed(e); i++) {
        const bl_fingerprint *f = &all->list[i].fingerprint;
        all->list[i].known = f->text != before && bl_story_has_text(e, r->db, f->text);
        if (f->text == before || all->list[i].known)
            bl_texts_add(e, &r->touched, f->text);
        else
            for (size_t k = 0; k < BL_LABELS; k++)
                note_place(e, &r->added, f->labels[k], f->text);
        insert_carrier(e, r->db, &all->list[i]);
        before = f->text;
    }
}

/* No bulletin has the text any more. */
static void forget_text(bl_error *e, reposts *r, const bl_fingerprint *f)
{
    bl_texts others = { 0 };
    bl_story_read_edges(e, r->db, f->text, &others);
    for (size_t i = 0; i < others.count; i++) {
        bl_story_set(e, r->db, BL_SQL_EDGE_DELETE, f->text, others.list[i]);
        bl_texts_add(e, &r->touched, others.list[i]);
    }
    bl_texts_free(&others);
    for (size_t i = 0; i < BL_LABELS; i++) {
        bl_story_set(e, r->db, BL_SQL_LABEL_DELETE, f->labels[i], f->text);
        note_place(e, &r->removed, f->labels[i], f->text);
    }
}

static void remove_text(bl_error *e, reposts *r, const bl_change *old)
{
    bl_fingerprint f;
    bl_text_fingerprint(e, r->db, old->text[1], &f);
    bl_statement_run(e, r->db, BL_SQL_STORY_DELETE, old->doc);
    if (!f.text)
        return;
    bl_story_set(e, r->db, BL_SQL_COPY_DELETE, f.text, old->doc);
    if (bl_story_has_text(e, r->db, f.text))
        bl_texts_add(e, &r->touched, f.text);
    else
        forget_text(e, r, &f);
}

/* ---- pairs ---- */

static int compare_places(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->label != y->label)
        return x->label < y->label ? -1 : 1;
    return x->text < y->text ? -1 : x->text > y->text;
}

/* Most labels are nobody else's. Those that are somebody's are found by one walk through the table where much
 * is added, else one by one. */
static void find_company(bl_error *e, reposts *r)
{
    place *list = r->added.list;
    size_t count = r->added.count, i = 0;
    sqlite3_stmt *s = bl_sql_prepare(e, r->db->sql, "SELECT label FROM label ORDER BY label");
    while (i < count && bl_sql_row(e, s)) {
        int64_t label = sqlite3_column_int64(s, 0);
        while (i < count && list[i].label < label && prefix(list[i].label) != prefix(label))
            i++;
        bool marked = i < count && list[i].company;
        for (size_t k = i; k < count && !marked && prefix(list[k].label) == prefix(label); k++)
            list[k].company = true;
    }
    sqlite3_finalize(s);
}

static void look_for_company(bl_error *e, reposts *r, place *at)
{
    sqlite3_stmt *s = bl_statement_get(e, r->db, BL_SQL_LABEL_LIKE);
    bl_sql_int(e, s, 1, (int64_t)prefix(at->label));
    bl_sql_int(e, s, 2, (int64_t)(prefix(at->label) | ~BL_LABEL_PREFIX));
    if (bl_sql_row(e, s)) {
        at->company = true;
        sqlite3_reset(s);
    }
}

/* In order of the table, which then changes page by page. */
static void insert_places(bl_error *e, reposts *r, bool many)
{
    places *added = &r->added;
    if (added->count > 1)
        qsort(added->list, added->count, sizeof *added->list, compare_places);
    if (many)
        find_company(e, r);
    for (size_t i = 0; i < added->count && !bl_failed(e); i++) {
        if (!many)
            look_for_company(e, r, &added->list[i]);
        bl_story_set(e, r->db, BL_SQL_LABEL_INSERT, added->list[i].label, added->list[i].text);
    }
    for (size_t i = 1; i < added->count; i++)
        if (prefix(added->list[i].label) == prefix(added->list[i - 1].label))
            added->list[i].company = added->list[i - 1].company = true;
}

static void meet_one(bl_error *e, reposts *r, const place *at, int64_t other, bool crowd)
{
    const bl_carrier *carrier = crowd ? bl_carriers_find(&r->carriers, other) : NULL;
    note_pair(e, &r->near, at->text, other);
    if (crowd && (!carrier || carrier->known))
        bl_texts_add(e, &r->crowded, other);
}

/* Who came stands near to those around; in a crowd it may have parted some of them. */
static void meet_around_added(bl_error *e, reposts *r, const place *at)
{
    window w;
    read_window(e, r->db, at, &w);
    bool crowd = w.before_count + w.after_count >= BL_NEIGHBOURS;
    for (size_t i = 0; i < w.before_count; i++)
        meet_one(e, r, at, w.before[i], crowd);
    for (size_t i = 0; i < w.after_count; i++)
        meet_one(e, r, at, w.after[i], crowd);
}

/* Who went, and is not back, stood between others, which now stand near to each other. */
static void meet_around_removed(bl_error *e, reposts *r, const place *at)
{
    window w;
    if (bl_carriers_find(&r->carriers, at->text))
        return;
    read_window(e, r->db, at, &w);
    for (size_t i = 0; i < w.before_count; i++)
        for (size_t k = 0; k < w.after_count && i + k < BL_NEIGHBOURS; k++)
            note_pair(e, &r->near, w.before[i], w.after[k]);
}

/* So that those in the archive are read in the order in which they stand there. */
static void order_pairs(reposts *r)
{
    bl_pair *list = r->near.list;
    for (size_t i = 0; i < r->near.count; i++)
        if (bl_carriers_find(&r->carriers, list[i].a) && !bl_carriers_find(&r->carriers, list[i].b))
            list[i] = (bl_pair){ list[i].b, list[i].a };
    sort_pairs(&r->near);
}

static void join_pair(bl_error *e, reposts *r, const bl_pair *p, const bool *copies)
{
    const int64_t less = p->a < p->b ? p->a : p->b, more = p->a < p->b ? p->b : p->a;
    if ((copies && !*copies) || bl_story_has_edge(e, r->db, less, more) ||
        (!copies && !bl_text_is_copy(e, r->db, &r->carriers, p->a, p->b)))
        return;
    bl_story_set(e, r->db, BL_SQL_EDGE_INSERT, less, more);
    bl_texts_add(e, &r->touched, less);
}

/* Copies of a text that stand near to it no longer are found again only through others. */
static void part_pairs_of(bl_error *e, reposts *r, bl_database *reader, int64_t text)
{
    bl_texts others = { 0 };
    bl_story_read_edges(e, r->db, text, &others);
    if (others.count > 0)
        leave_out_neighbours(e, r, reader, text, &others);
    for (size_t i = 0; i < others.count && !bl_failed(e); i++) {
        bl_story_set(e, r->db, BL_SQL_EDGE_DELETE, text, others.list[i]);
        bl_texts_add(e, &r->touched, text);
        bl_texts_add(e, &r->touched, others.list[i]);
    }
    bl_texts_free(&others);
}

/* ---- the whole ---- */

/* Labels that a walk passes in the time of one look. */
enum { LABELS_A_LOOK = 16 };

static void free_places(places *all)
{
    free(all->list);
    *all = (places){ 0 };
}

static void free_reposts(reposts *r)
{
    free(r->carriers.list);
    free_places(&r->added);
    free_places(&r->removed);
    free(r->near.list);
    bl_texts_free(&r->crowded);
    bl_texts_free(&r->touched);
    free(r);
}

static reposts *new_reposts(bl_error *e, bl_database *db)
{
    reposts *r = bl_failed(e) ? NULL : calloc(1, sizeof *r);
    if (!r)
        bl_fail_nomem(e);
    else
        r->db = db;
    return r;
}

/* Who is to be compared with whom. */
static void meet(bl_error *e, reposts *r, int64_t bulletins)
{
    insert_texts(e, r);
    bool many = (int64_t)r->added.count > bulletins * BL_LABELS / LABELS_A_LOOK;
    insert_places(e, r, many);
    for (size_t i = 0; i < r->added.count && !bl_failed(e); i++)
        if (r->added.list[i].company)
            meet_around_added(e, r, &r->added.list[i]);
    for (size_t i = 0; i < r->removed.count && !bl_failed(e); i++)
        meet_around_removed(e, r, &r->removed.list[i]);
    order_pairs(r);
    bl_texts_sort(&r->crowded);
    free_places(&r->added);
    free_places(&r->removed);
}

bl_reposts *bl_reposts_start(bl_error *e, bl_database *db, const bl_changes *all, int64_t bulletins)
{
    reposts *r = new_reposts(e, db);
    for (size_t i = 0; i < all->count && !bl_failed(e); i++)
        if (!all->list[i].item)
            remove_text(e, r, &all->list[i]);
    for (size_t i = 0; i < all->count && !bl_failed(e); i++)
        if (all->list[i].item)
            note_carrier(e, r, all->list[i].doc, &all->list[i].item->fingerprint, &all->list[i].item->body);
    if (r) {
        meet(e, r, bulletins);
        r->judge =
            bl_judge_start(e, db, &(bl_case){ &r->carriers, r->near.list, r->near.count, &r->crowded });
    }
    return r;
}

void bl_reposts_finish(bl_error *e, bl_reposts *r)
{
    if (!r)
        return;
    bl_database *reader = r->db;
    bool *copies = bl_judge_finish(e, r->judge, &reader);
    for (size_t i = 0; i < r->near.count && !bl_failed(e); i++) {
        join_pair(e, r, &r->near.list[i], copies ? &copies[i] : NULL);
        bl_database_poll(e, r->db);
    }
    free(copies);
    for (size_t i = 0; i < r->crowded.count && !bl_failed(e); i++)
        part_pairs_of(e, r, reader, r->crowded.list[i]);
    bl_story_tell(e, r->db, &r->touched);
    free_reposts(r);
}

/* ---- anew ---- */

/* Bulletins between two times that their copies are looked for. */
enum { REBUILT_AT_ONCE = 20000 };

/* The next bulletins after one; the last of them, or -1 when there are none. */
static int64_t add_next(bl_error *e, reposts *r, int64_t after)
{
    bl_fingerprint f;
    int64_t last = -1;
    size_t count = 0;
    sqlite3_stmt *s =
        bl_sql_prepare(e, r->db->sql, "SELECT id, doc, body FROM bulletin WHERE id > ?1 ORDER BY id");
    bl_sql_int(e, s, 1, after);
    while (count++ < REBUILT_AT_ONCE && bl_sql_row(e, s)) {
        last = sqlite3_column_int64(s, 0);
        bl_text_fingerprint(e, r->db, (const char *)sqlite3_column_text(s, 2), &f);
        note_carrier(e, r, sqlite3_column_int64(s, 1), &f, NULL);
        bl_database_poll(e, r->db);
    }
    sqlite3_finalize(s);
    return last;
}

void bl_reposts_rebuild(bl_error *e, bl_database *db)
{
    bl_sql_exec(e, db->sql,
                "DELETE FROM fingerprint; DELETE FROM label; DELETE FROM copy; DELETE FROM story");
    for (int64_t last = 0; last >= 0 && !bl_failed(e);) {
        reposts *r = new_reposts(e, db);
        last = r ? add_next(e, r, last) : -1;
        if (r)
            meet(e, r, 0);
        bl_reposts_finish(e, r);
    }
}

#define DIFFER(columns, table)                                                                               \
    "SELECT count(*) FROM (SELECT * FROM (SELECT " columns " FROM main." table " EXCEPT SELECT " columns     \
    " FROM temp." table ") UNION ALL SELECT * FROM (SELECT " columns " FROM temp." table                     \
    " EXCEPT SELECT " columns " FROM main." table "))"

/* Tables of the same names that go before those of the archive are filled instead of them. */
int64_t bl_reposts_differ(bl_error *e, bl_database *db)
{
    static const char *const differ[] = { DIFFER("text, doc, sketch", "fingerprint"),
                                          DIFFER("label, text", "label"), DIFFER("text, other", "copy"),
                                          DIFFER("doc, story", "story") };
    int64_t count = 0;
    bl_sql_exec(e, db->sql,
                "SAVEPOINT stories;"
                "CREATE TEMP TABLE fingerprint(text, doc, sketch, PRIMARY KEY(text, doc)) WITHOUT ROWID;"
                "CREATE TEMP TABLE label(label, text, PRIMARY KEY(label, text)) WITHOUT ROWID;"
                "CREATE TEMP TABLE copy(text, other, PRIMARY KEY(text, other)) WITHOUT ROWID;"
                "CREATE TEMP TABLE story(doc INTEGER PRIMARY KEY, story)");
    bl_reposts_rebuild(e, db);
    for (size_t i = 0; i < sizeof differ / sizeof *differ; i++)
        count += bl_sql_get_int(e, db->sql, differ[i]);
    bl_error releasing = BL_ERROR_INIT, dropping = BL_ERROR_INIT;
    bl_sql_exec(&releasing, db->sql, "RELEASE stories");
    bl_sql_exec(&dropping, db->sql,
                "DROP TABLE IF EXISTS temp.fingerprint; DROP TABLE IF EXISTS temp.label;"
                "DROP TABLE IF EXISTS temp.copy; DROP TABLE IF EXISTS temp.story");
    if (bl_failed(&dropping)) /* what stays would be taken for the archive's own */
        bl_fail(e, dropping.status, "%s", dropping.message);
    return count;
}

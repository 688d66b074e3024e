/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* An archive to what is wrong in it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "maintain.h"
#include "slot.h"
#include "sql.h"

typedef struct check {
    bl_database *db;
    bulletin_problem_callback problem;
    void *context;
    int found;
} check;

static void find(check *c, const char *reason)
{
    const bulletin_problem problem = { "", 0, reason, false };
    c->found++;
    if (c->problem)
        c->problem(c->context, &problem);
}

static void check_file(bl_error *e, check *c)
{
    sqlite3_stmt *s = bl_sql_prepare(e, c->db->sql, "PRAGMA integrity_check(100)");
    while (s && bl_sql_row(e, s)) {
        const char *line = (const char *)sqlite3_column_text(s, 0);
        if (line && strcmp(line, "ok") != 0)
            find(c, line);
    }
    sqlite3_finalize(s);
}

/* Rank 1 has FTS5 cut the stored text again and compare it with the index. */
static void check_index(bl_error *e, check *c)
{
    if (c->db->stale) {
        find(c, "the index was made by another tokenizer; run: bulletin reindex");
        return;
    }
    if (bl_failed(e))
        return;
    int code =
        sqlite3_exec(c->db->sql, "INSERT INTO bulletin_fts(bulletin_fts, rank) VALUES('integrity-check', 1)",
                     NULL, NULL, NULL);
    if ((code & 0xFF) == SQLITE_CORRUPT)
        find(c, "the index does not agree with the stored text; run: bulletin reindex");
    else if (code != SQLITE_OK)
        bl_sql_fail(e, c->db->sql, code);
}

/* Queries that count what must not be, each with the sentence to say of it. */
static const struct {
    const char *sql;
    const char *reason;
} rules[] = {
    { "SELECT count(*) FROM bulletin WHERE doc NOT IN (SELECT doc FROM length)",
      "bulletins without a length" },
    { "SELECT count(*) FROM length WHERE doc NOT IN (SELECT doc FROM bulletin)",
      "lengths without a bulletin" },
    { "SELECT count(*) FROM bulletin WHERE id >= (SELECT CAST(value AS INTEGER) FROM meta WHERE name = "
      "'next_id')",
      "ids that were never given out" },
    { "SELECT abs((SELECT count(*) FROM bulletin) - (SELECT CAST(value AS INTEGER) FROM meta WHERE name ="
      " 'bulletins'))",
      "bulletins more or fewer than the archive believes" },
    { "SELECT abs((SELECT coalesce(sum(title), 0) FROM length) - (SELECT CAST(value AS INTEGER) FROM meta "
      "WHERE"
      " name = 'title_positions'))",
      "tokens of titles more or fewer than the archive believes" },
    { "SELECT abs((SELECT coalesce(sum(body), 0) FROM length) - (SELECT CAST(value AS INTEGER) FROM meta "
      "WHERE"
      " name = 'body_positions'))",
      "tokens of texts more or fewer than the archive believes" },
};

static void check_rules(bl_error *e, check *c)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        int64_t count = bl_sql_get_int(e, c->db->sql, rules[i].sql);
        if (count == 0)
            continue;
        char reason[200];
        snprintf(reason, sizeof reason, "%" PRId64 " %s; run: bulletin reindex", count, rules[i].reason);
        find(c, reason);
    }
}

/* Each row must stand in the slot of its date, or date ranges would miss it. */
static void check_slots(bl_error *e, check *c)
{
    sqlite3_stmt *s = bl_sql_prepare(e, c->db->sql, "SELECT doc, id, published FROM bulletin");
    while (s && bl_sql_row(e, s)) {
        int64_t doc = sqlite3_column_int64(s, 0);
        const char *published = (const char *)sqlite3_column_text(s, 2);
        bl_day day = { 0, 0, 0 };
        bool good = !published || bl_day_parse(published, &day);
        int64_t first = bl_slot_of(day);
        int64_t end = day.year ? first + BL_SLOT_SIZE : BL_SLOT_SPILL;
        if (good && (doc >= BL_SLOT_SPILL || (doc >= first && doc < end)))
            continue;
        char reason[200];
        snprintf(reason, sizeof reason, "bulletin %" PRId64 " does not stand where its date says",
                 (int64_t)sqlite3_column_int64(s, 1));
        find(c, reason);
    }
    sqlite3_finalize(s);
}

void bl_check(bl_error *e, bl_database *db, bulletin_problem_callback problem, void *context)
{
    check c = { db, problem, context, 0 };
    check_file(e, &c);
    check_index(e, &c);
    check_rules(e, &c);
    check_slots(e, &c);
    if (c.found)
        bl_fail(e, BULLETIN_CORRUPT, "%d finding%s; see the list", c.found, c.found == 1 ? "" : "s");
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* An archive to what is wrong in it, and what can be mended from the stored text to a sound one. */
#include "check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "maintain.h"
#include "mention.h"
#include "mention_block.h"
#include "organization_block.h"
#include "repost.h"
#include "sql.h"

/* Findings of the file beyond these tell nothing more. */
#define FILE_CHECK "PRAGMA integrity_check(100)"

void bl_check_find(check *c, bl_remedy remedy, const char *format, ...)
{
    char what[400], reason[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    static const char *const advice[] = { [BL_REMEDY_REPAIR] = "; run: bulletin check --repair",
                                          [BL_REMEDY_REINDEX] = "; run: bulletin reindex",
                                          [BL_REMEDY_NONE] = "" };
    static const char *const done[] = { [BL_REMEDY_REPAIR] = "; mended",
                                        [BL_REMEDY_REINDEX] = "; the index is made anew",
                                        [BL_REMEDY_NONE] = "; this cannot be mended" };
    snprintf(reason, sizeof reason, "%s%s", what, c->repair ? done[remedy] : advice[remedy]);
    const bulletin_problem problem = { "", 0, reason, false };
    c->found++;
    c->reindex |= remedy == BL_REMEDY_REINDEX;
    if (c->problem)
        c->problem(c->context, &problem);
}

/* ---- the file ---- */

static int count_damage(bl_error *e, check *c, bool tell)
{
    int count = 0;
    sqlite3_stmt *s = bl_sql_prepare(e, c->db->sql, FILE_CHECK);
    while (s && bl_sql_row(e, s)) {
        const char *line = (const char *)sqlite3_column_text(s, 0);
        if (!line || strcmp(line, "ok") == 0)
            continue;
        count++;
        if (tell)
            bl_check_find(c, BL_REMEDY_NONE, "the file is damaged, go back to a backup: %s", line);
    }
    sqlite3_finalize(s);
    return count;
}

/* Indexes of tables can be made again from the tables; the tables cannot. */
static void check_file(bl_error *e, check *c)
{
    if (c->repair && count_damage(e, c, false) > 0) {
        bl_sql_exec(e, c->db->sql, "REINDEX");
        if (count_damage(e, c, false) == 0 && !bl_failed(e)) {
            bl_check_find(c, BL_REMEDY_REPAIR, "entries of the tables' own indexes were wrong");
            return;
        }
    }
    count_damage(e, c, true);
}

/* ---- the index ---- */

/* Rank 1 has FTS5 cut the stored text again and compare it with the index. */
static void check_index(bl_error *e, check *c)
{
    bool stale = bl_database_stale(e, c->db);
    if (stale)
        bl_check_find(c, BL_REMEDY_REINDEX, "the index was made by another tokenizer");
    if (bl_failed(e) || stale)
        return;
    int code =
        sqlite3_exec(c->db->sql, "INSERT INTO bulletin_fts(bulletin_fts, rank) VALUES('integrity-check', 1)",
                     NULL, NULL, NULL);
    if ((code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_ERROR)
        bl_check_find(c, BL_REMEDY_REINDEX, "the index does not agree with the stored text");
    else if (code != SQLITE_OK)
        bl_sql_fail(e, c->db->sql, code);
}

/* ---- across tables ---- */

#define META(name) "(SELECT CAST(value AS INTEGER) FROM meta WHERE name = '" name "')"
#define HIGHEST_ID                                                                                           \
    "max((SELECT coalesce(max(id), 0) FROM bulletin), (SELECT coalesce(max(id), 0) FROM version),"           \
    " (SELECT coalesce(max(id), 0) FROM file))"

/* Queries that count what must not be, the sentence to say of it, and what mends it. */
static const struct {
    const char *count;
    const char *reason;
    const char *mend; /* NULL = the index is made anew, and lengths and totals with it */
} rules[] = {
    { "SELECT count(*) FROM (VALUES('uuid'), ('revision'), ('next_id'), ('bulletins'), ('title_positions'),"
      " ('body_positions'), ('furniture'), ('icu')) WHERE column1 NOT IN (SELECT name FROM meta WHERE value "
      "<> '')",
      "facts that the archive should know of itself are missing",
      "INSERT OR IGNORE INTO meta(name, value) VALUES('revision', 1), ('next_id', 1), ('bulletins', 0),"
      " ('title_positions', 0), ('body_positions', 0), ('furniture', 0), ('icu', 'unknown'), ('uuid', "
      "lower(hex(randomblob(4))"
      " || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' ||"
      " substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))" },
    { "SELECT count(*) FROM bulletin WHERE id < 1", "bulletins without a number",
      "UPDATE bulletin SET id = " HIGHEST_ID " + 1 WHERE id < 1" },
    { "SELECT " HIGHEST_ID " >= " META("next_id"), "number that was given out would be given out again",
      "UPDATE meta SET value = CAST(" HIGHEST_ID " + 1 AS TEXT) WHERE name = 'next_id'" },
    { "SELECT count(*) FROM version WHERE id NOT IN (SELECT id FROM bulletin)",
      "former texts of bulletins that are gone",
      "DELETE FROM version WHERE id NOT IN (SELECT id FROM bulletin)" },
    { "SELECT count(*) FROM version WHERE NOT json_valid(record)", "former texts that cannot be read",
      "DELETE FROM version WHERE NOT json_valid(record)" },
    { "SELECT count(*) FROM file WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM bulletin)",
      "files noted for bulletins that are gone",
      "DELETE FROM file WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM bulletin)" },
    { "SELECT count(*) FROM mention WHERE doc NOT IN (SELECT doc FROM bulletin)"
      " OR organization NOT IN (SELECT id FROM organization)",
      "mentions of organizations, or in bulletins, that are gone",
      "DELETE FROM mention WHERE doc NOT IN (SELECT doc FROM bulletin)"
      " OR organization NOT IN (SELECT id FROM organization)" },
    { "SELECT count(*) FROM organization WHERE id NOT IN (SELECT organization FROM mention)",
      "organizations that no bulletin names",
      "DELETE FROM organization WHERE id NOT IN (SELECT organization FROM mention)" },
    { "SELECT count(*) FROM short_form WHERE (organization, doc) NOT IN (SELECT organization, doc FROM "
      "mention)",
      "short forms of organizations that their bulletin does not name",
      "DELETE FROM short_form WHERE (organization, doc) NOT IN (SELECT organization, doc FROM mention)" },
    { "SELECT count(*) FROM bulletin WHERE doc NOT IN (SELECT doc FROM length)", "bulletins without a length",
      NULL },
    { "SELECT count(*) FROM length WHERE doc NOT IN (SELECT doc FROM bulletin)", "lengths without a bulletin",
      NULL },
    { "SELECT abs((SELECT count(*) FROM bulletin) - " META("bulletins") ")",
      "bulletins more or fewer than the archive believes",
      "UPDATE meta SET value = CAST((SELECT count(*) FROM bulletin) AS TEXT) WHERE name = 'bulletins'" },
    { "SELECT abs((SELECT coalesce(sum(title), 0) FROM length) - " META("title_positions") ")",
      "words of titles more or fewer than the archive believes",
      "UPDATE meta SET value = CAST((SELECT coalesce(sum(title), 0) FROM length) AS TEXT)"
      " WHERE name = 'title_positions'" },
    { "SELECT abs((SELECT coalesce(sum(body), 0) FROM length) - " META("body_positions") ")",
      "words of texts more or fewer than the archive believes",
      "UPDATE meta SET value = CAST((SELECT coalesce(sum(body), 0) FROM length) AS TEXT)"
      " WHERE name = 'body_positions'" },
    { "SELECT abs((SELECT count(*) FROM bulletin WHERE furniture <> '') - " META("furniture") ")",
      "bulletins with furniture more or fewer than the archive believes",
      "UPDATE meta SET value = CAST((SELECT count(*) FROM bulletin WHERE furniture <> '') AS TEXT)"
      " WHERE name = 'furniture'" },
};

static void check_rules(bl_error *e, check *c)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        int64_t count = bl_sql_get_int(e, c->db->sql, rules[i].count);
        if (bl_failed(e) || count == 0)
            continue;
        bl_check_find(c, rules[i].mend ? BL_REMEDY_REPAIR : BL_REMEDY_REINDEX, "%" PRId64 " %s", count,
                      rules[i].reason);
        if (c->repair && rules[i].mend)
            bl_sql_exec(e, c->db->sql, rules[i].mend);
    }
}

/* ---- stories ---- */

static void check_stories(bl_error *e, check *c)
{
    int64_t count = c->db->stale ? 0 : bl_reposts_differ(e, c->db);
    if (bl_failed(e) || count == 0)
        return;
    bl_check_find(c, BL_REMEDY_REPAIR, "%" PRId64 " facts of which bulletins are copies are wrong", count);
    if (c->repair)
        bl_reposts_rebuild(e, c->db);
}

/* ---- blocks of mentions ---- */

/* They are derived from the rows, which are looked at before. */
static void check_blocks(bl_error *e, check *c)
{
    const int64_t count = bl_mention_blocks_differ(e, c->db);
    if (bl_failed(e) || count == 0)
        return;
    bl_check_find(c, BL_REMEDY_REPAIR, "%" PRId64 " blocks of mentions are not what their rows say", count);
    if (c->repair)
        bl_mention_pack(e, c->db);
}

static void check_organization_blocks(bl_error *e, check *c)
{
    const int64_t count = bl_organization_blocks_differ(e, c->db);
    if (bl_failed(e) || count == 0)
        return;
    bl_check_find(c, BL_REMEDY_REPAIR, "%" PRId64 " packed organizations are not what their rows say", count);
    if (c->repair)
        bl_organization_pack(e, c->db);
}

/* ---- the whole ---- */

static void check_all(bl_error *e, check *c)
{
    bl_database_stale(e, c->db); /* lengths are then another tokenizer's */
    c->finder.authority = bl_mention_current(e, c->db) ? c->db->authority : NULL;
    check_file(e, c);
    check_rules(e, c);
    bl_check_rows(e, c);
    bl_finder_free(&c->finder);
    check_blocks(e, c);
    check_organization_blocks(e, c);
    check_stories(e, c);
}

void bl_check(bl_error *e, bl_database *db, bulletin_problem_callback problem, void *context)
{
    check c = { .db = db, .problem = problem, .context = context };
    check_all(e, &c);
    check_index(e, &c);
    if (c.found)
        bl_fail(e, BULLETIN_CORRUPT, "%d finding%s; see the list", c.found, c.found == 1 ? "" : "s");
}

/* The archive changed, so that whoever counts on its revision looks again. */
static void raise_revision(bl_error *e, bl_database *db)
{
    bl_totals totals;
    bl_database_totals(e, db, &totals);
    totals.revision++;
    bl_database_set_totals(e, db, &totals);
    bl_sql_exec(e, db->sql, "DELETE FROM best; DELETE FROM best_changed");
}

void bl_repair(bl_error *e, bl_database *db, bulletin_problem_callback problem, void *context)
{
    check c = { .db = db, .problem = problem, .context = context, .repair = true };
    bl_database_begin(e, db);
    check_all(e, &c);
    if (c.found && !bl_failed(e))
        raise_revision(e, db);
    bl_database_end(e, db);
    check_index(e, &c);
    if (c.reindex && !bl_failed(e))
        bl_reindex(e, db, NULL, NULL);
    if (c.found && !bl_failed(e))
        bl_check(e, db, NULL, NULL);
    if (e->status == BULLETIN_CORRUPT) {
        *e = (bl_error)BL_ERROR_INIT;
        bl_fail(e, BULLETIN_CORRUPT, "some of the damage could not be mended; go back to a backup");
    }
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What the library asks of SQLite once for every bulletin is answered by an index, however large the archive.
 */
#include "support.h"

#include "index/sql.h"
#include "index/statement.h"

/* Statements without a condition, or on tables of a few rows. */
static bool may_scan(const char *step)
{
    return strstr(step, "CONSTANT ROW") || strstr(step, "bulletin_fts") || strstr(step, "SCAN (subquery");
}

static void look_at(bl_database *db, bl_statement which)
{
    bl_error e = BL_ERROR_INIT;
    char text[4096];
    snprintf(text, sizeof text, "EXPLAIN QUERY PLAN %s", sqlite3_sql(bl_statement_get(&e, db, which)));
    assert_int_equal(e.status, BULLETIN_OK);
    sqlite3_stmt *s = bl_sql_prepare(&e, db->sql, text);
    while (bl_sql_row(&e, s)) {
        const char *step = (const char *)sqlite3_column_text(s, 3);
        if (strncmp(step, "SCAN", 4) == 0 && !may_scan(step))
            fail_msg("%s\nreads every row: %s", text, step);
    }
    sqlite3_finalize(s);
    assert_int_equal(e.status, BULLETIN_OK);
}

static void no_statement_reads_every_row(void **state)
{
    test_archive *t = *state;
    bl_error e = BL_ERROR_INIT;
    const bl_database_options options = { 0 };
    bl_database *db = bl_database_open(&e, t->path, &options);
    assert_int_equal(e.status, BULLETIN_OK);
    for (bl_statement which = (bl_statement)0; which < BL_SQL_COUNT_USED; which++)
        if (which != BL_SQL_NEXT_INSERT && which != BL_SQL_NEXT_DELETE &&
            which != BL_SQL_NEXT_INSERT_LENGTH && which != BL_SQL_NEXT_DELETE_LENGTH)
            look_at(db, which);
    bl_database_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_statement_reads_every_row, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

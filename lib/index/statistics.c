/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* An archive to the figures that describe it. */
#include "maintain.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "sql.h"

/* One walk over the heads of the rows for the languages, one for the rest. Pages times their size is what the
 * archive takes on the disk once the log of changes is folded in. */
static const char figures[] =
    "SELECT json_object("
    "'bulletins', count(*), 'dated', count(published), 'untitled', count(*) - count(nullif(title, '')),"
    "'earliest', min(published_earliest), 'latest', max(published_latest),"
    "'sources', count(DISTINCT source), 'sites', count(DISTINCT site),"
    "'stories', count(*) - (SELECT count(*) - count(DISTINCT story) FROM story),"
    "'collections', count(DISTINCT collection), 'versions', (SELECT count(*) FROM version),"
    "'files', (SELECT count(*) FROM file),"
    "'languages', (SELECT json_group_object(lang, number) FROM (SELECT coalesce(lang, 'und') AS lang,"
    " count(*) AS number FROM bulletin GROUP BY 1 ORDER BY 2 DESC, 1)),"
    "'bytes', (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size),"
    "'free_bytes', (SELECT freelist_count FROM pragma_freelist_count) *"
    " (SELECT page_size FROM pragma_page_size)) FROM bulletin";

/* What the parts of an archive take, where SQLite was built to tell. Copies and organizations are found, not
 * given: a reindex makes them anew. */
static const char parts[] =
    "SELECT json_group_object(part, bytes) FROM (SELECT CASE WHEN name LIKE 'bulletin_fts%' OR name = "
    "'length'"
    " THEN 'index' WHEN name LIKE '%bulletin%' THEN 'texts' WHEN name LIKE '%version%' THEN 'former'"
    " WHEN name IN ('fingerprint', 'label', 'copy', 'story', 'story_story') THEN 'stories'"
    " WHEN name LIKE '%organization%' OR name LIKE '%mention%' OR name LIKE '%short_form%' THEN "
    "'organizations'"
    " ELSE 'other' END AS part, sum(pgsize) AS bytes FROM dbstat WHERE aggregate = TRUE GROUP BY 1"
    " ORDER BY 2 DESC)";

/* The object with one member more. */
static char *add_parts(bl_error *e, bl_database *db, char *json)
{
    bl_buffer out = { 0 };
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, parts);
    if (bl_sql_row(e, s)) {
        bl_buffer_append(&out, json, strlen(json) - 1);
        bl_buffer_printf(&out, ",\"parts\":%s}", (const char *)sqlite3_column_text(s, 0));
        if (out.failed)
            bl_fail_nomem(e);
        free(json);
        json = bl_buffer_steal(&out);
    }
    sqlite3_finalize(s);
    return json;
}

char *bl_statistics(bl_error *e, bl_database *db)
{
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, figures);
    char *json = bl_sql_row(e, s) ? bl_sql_copy(e, s, 0) : NULL;
    sqlite3_finalize(s);
    if (json && sqlite3_compileoption_used("ENABLE_DBSTAT_VTAB"))
        json = add_parts(e, db, json);
    return json;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* An archive to the figures that describe it. */
#include "maintain.h"
#include "sql.h"

/* One walk over the heads of the rows for the languages, one for the rest. Pages times their size is what the
 * archive takes on the disk once the log of changes is folded in. */
static const char figures[] =
    "SELECT json_object("
    "'bulletins', count(*), 'dated', count(published), 'untitled', count(*) - count(nullif(title, '')),"
    "'earliest', min(published_earliest), 'latest', max(published_latest),"
    "'sources', count(DISTINCT source), 'sites', count(DISTINCT site),"
    "'collections', count(DISTINCT collection), 'versions', (SELECT count(*) FROM version),"
    "'files', (SELECT count(*) FROM file),"
    "'languages', (SELECT json_group_object(lang, number) FROM (SELECT coalesce(lang, 'und') AS lang,"
    " count(*) AS number FROM bulletin GROUP BY 1 ORDER BY 2 DESC, 1)),"
    "'bytes', (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size),"
    "'free_bytes', (SELECT freelist_count FROM pragma_freelist_count) *"
    " (SELECT page_size FROM pragma_page_size)) FROM bulletin";

char *bl_statistics(bl_error *e, bl_database *db)
{
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, figures);
    char *json = bl_sql_row(e, s) ? bl_sql_copy(e, s, 0) : NULL;
    sqlite3_finalize(s);
    return json;
}

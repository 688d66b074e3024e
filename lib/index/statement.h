/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_STATEMENT_H
#define BL_STATEMENT_H

#include "index/database.h"
#include "index/sql.h"

/* The statements that read and write bulletins, in one table. */
typedef enum bl_statement {
    BL_SQL_FIND,
    BL_SQL_FIND_PAGE,
    BL_SQL_TEXT,
    BL_SQL_LAST,
    BL_SQL_INSERT,
    BL_SQL_DELETE,
    BL_SQL_LENGTH,
    BL_SQL_INSERT_LENGTH,
    BL_SQL_DELETE_LENGTH,
    BL_SQL_FTS_INSERT,
    BL_SQL_FTS_DELETE,
    BL_SQL_NEXT_INSERT,
    BL_SQL_NEXT_DELETE,
    BL_SQL_NEXT_INSERT_LENGTH,
    BL_SQL_NEXT_DELETE_LENGTH,
    BL_SQL_READ,
    BL_SQL_DOC,
    BL_SQL_VERSION,
    BL_SQL_DELETE_VERSIONS,
    BL_SQL_FILE,
    BL_SQL_FILE_KNOWN,
    BL_SQL_FILES_OF,
    BL_SQL_FILES_AGAIN,
    BL_SQL_DELETE_FILES,
    BL_SQL_ORGANIZATION,
    BL_SQL_INSERT_ORGANIZATION,
    BL_SQL_DELETE_ORGANIZATION,
    BL_SQL_MENTIONS,
    BL_SQL_INSERT_MENTION,
    BL_SQL_DELETE_MENTIONS,
    BL_SQL_INSERT_SHORT_FORM,
    BL_SQL_DELETE_SHORT_FORMS,
    BL_SQL_INDEX_STRUCTURE,
    BL_SQL_INDEX_PAGE,
    BL_SQL_INDEX_LIMIT,
    BL_SQL_COPY_DOCS,
    BL_SQL_COPY_INSERT,
    BL_SQL_SKETCH,
    BL_SQL_COPY_DELETE,
    BL_SQL_LABEL_LIKE,
    BL_SQL_LABEL_BEFORE,
    BL_SQL_LABEL_AFTER,
    BL_SQL_LABEL_INSERT,
    BL_SQL_LABEL_DELETE,
    BL_SQL_EDGE,
    BL_SQL_EDGES,
    BL_SQL_EDGE_INSERT,
    BL_SQL_EDGE_DELETE,
    BL_SQL_STORY,
    BL_SQL_STORY_INSERT,
    BL_SQL_STORY_UPDATE,
    BL_SQL_STORY_DELETE,
    BL_SQL_STANDING,
    BL_SQL_META,
    BL_SQL_SET_META,
    BL_SQL_DATA_VERSION,
    BL_SQL_BEGIN,
    BL_SQL_COMMIT,
    BL_SQL_ARTICLE,
    BL_SQL_HEAD,
    BL_SQL_SPILLED,
    BL_SQL_ALL_SPILLED,
    BL_SQL_HIT,
    BL_SQL_NAMES,
    BL_SQL_WITHIN,
    BL_SQL_SAMPLE,
    BL_SQL_BEST,
    BL_SQL_BLOCKS,
    BL_SQL_MADE,
    BL_SQL_LISTS,
    BL_SQL_INSERT_BEST,
    BL_SQL_COUNT_USED
} bl_statement;

/* Prepared on first use, finalized with the connection; NULL on failure. */
sqlite3_stmt *bl_statement_get(bl_error *e, bl_database *db, bl_statement which);

/* The same one for a walk of one's own, which another may start meanwhile; hand it back when it has ended. */
sqlite3_stmt *bl_statement_take(bl_error *e, bl_database *db, bl_statement which);
void bl_statement_give(bl_database *db, bl_statement which, sqlite3_stmt *s);

/* Run one whose only parameter is a number. */
void bl_statement_run(bl_error *e, bl_database *db, bl_statement which, int64_t number);

#endif

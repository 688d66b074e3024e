/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names of statements to prepared ones. */
#include "statement.h"

static const char *const texts[BL_SQL_COUNT_USED] = {
    [BL_SQL_FIND] = "SELECT doc, id, content, path FROM bulletin WHERE key = ?1 AND collection = ?2",
    /* The condition on key lets SQLite use the index of pages alone. */
    [BL_SQL_FIND_PAGE] = "SELECT doc, id, content, path FROM bulletin WHERE content = ?1 AND key = path"
                         " AND collection = ?2 LIMIT 1",
    [BL_SQL_TEXT] = "SELECT title, body, furniture FROM bulletin WHERE doc = ?1",
    /* A batch numbers all its bulletins before it writes the first, and lengths come with the numbers. */
    [BL_SQL_LAST] = "SELECT max(doc) FROM (SELECT max(doc) AS doc FROM bulletin WHERE doc BETWEEN ?1 AND ?2"
                    " UNION ALL SELECT max(doc) FROM length WHERE doc BETWEEN ?1 AND ?2)",
    [BL_SQL_INSERT] =
        "INSERT INTO bulletin(doc, id, key, collection, published, published_earliest, published_latest,"
        " published_from, source, site, author, url, lang, title, path, captured, imported, sha256,"
        " extractor, replaced, content, organizations, body, furniture)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
        " ?20, ?21, ?22, ?23, ?24)",
    [BL_SQL_DELETE] = "DELETE FROM bulletin WHERE doc = ?1",
    [BL_SQL_LENGTH] = "SELECT title, body FROM length WHERE doc = ?1",
    [BL_SQL_INSERT_LENGTH] = "INSERT INTO length(doc, title, body) VALUES(?1, ?2, ?3)",
    [BL_SQL_DELETE_LENGTH] = "DELETE FROM length WHERE doc = ?1",
    [BL_SQL_FTS_INSERT] = "INSERT INTO bulletin_fts(rowid, title, body, furniture) VALUES(?1, ?2, ?3, ?4)",
    [BL_SQL_FTS_DELETE] = "INSERT INTO bulletin_fts(bulletin_fts, rowid, title, body, furniture)"
                          " VALUES('delete', ?1, ?2, ?3, ?4)",
    [BL_SQL_NEXT_INSERT] =
        "INSERT INTO bulletin_fts_next(rowid, title, body, furniture) VALUES(?1, ?2, ?3, ?4)",
    [BL_SQL_NEXT_DELETE] = "INSERT INTO bulletin_fts_next(bulletin_fts_next, rowid, title, body, furniture)"
                           " VALUES('delete', ?1, ?2, ?3, ?4)",
    [BL_SQL_NEXT_INSERT_LENGTH] = "INSERT INTO length_next(doc, title, body) VALUES(?1, ?2, ?3)",
    [BL_SQL_NEXT_DELETE_LENGTH] = "DELETE FROM length_next WHERE doc = ?1",
    [BL_SQL_READ] =
        "SELECT key, collection, published, published_from, source, site, author, url, lang, title, path,"
        " captured, imported, organizations, body, furniture, sha256, content, extractor, replaced FROM "
        "bulletin"
        " WHERE id = ?1",
    [BL_SQL_DOC] = "SELECT doc FROM bulletin WHERE id = ?1",
    [BL_SQL_VERSION] =
        "INSERT INTO version(id, number, replaced, record) VALUES(?1, (SELECT coalesce(max(number), 0)"
        " + 1 FROM version WHERE id = ?1), ?2, ?3)",
    [BL_SQL_DELETE_VERSIONS] = "DELETE FROM version WHERE id = ?1",
    [BL_SQL_FILE] =
        "INSERT OR REPLACE INTO file(path, collection, size, mtime, extractor, id, records, failed)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [BL_SQL_FILE_KNOWN] =
        "SELECT size, mtime, extractor, records FROM file WHERE path = ?1 AND collection = ?2",
    [BL_SQL_FILES_OF] = "SELECT path FROM file WHERE id = ?1 ORDER BY path",
    [BL_SQL_FILES_AGAIN] =
        "UPDATE file SET size = -1 WHERE (id = ?1 AND path IS NOT ?2) OR (id IS NULL AND ?3 AND"
        /* A page of a web archive has FILE#PLACE for its path. */
        " path IN (SELECT path FROM bulletin WHERE id = ?1 UNION ALL"
        " SELECT rtrim(rtrim(path, '0123456789'), '#') FROM bulletin WHERE id = ?1))",
    [BL_SQL_DELETE_FILES] = "DELETE FROM file WHERE id = ?1",
    [BL_SQL_ORGANIZATION] = "SELECT id FROM organization WHERE key = ?1",
    [BL_SQL_INSERT_ORGANIZATION] = "INSERT INTO organization(key, name) VALUES(?1, ?2)",
    [BL_SQL_DELETE_ORGANIZATION] = "DELETE FROM organization WHERE id = ?1 AND NOT EXISTS(SELECT 1 FROM"
                                   " mention WHERE organization = ?1)",
    [BL_SQL_MENTIONS] =
        "SELECT m.organization, o.key FROM mention m JOIN organization o ON o.id = m.organization"
        " WHERE m.doc = ?1 ORDER BY o.key",
    [BL_SQL_INSERT_MENTION] = "INSERT OR IGNORE INTO mention(organization, doc) VALUES(?1, ?2)",
    [BL_SQL_DELETE_MENTIONS] = "DELETE FROM mention WHERE doc = ?1",
    [BL_SQL_INSERT_SHORT_FORM] =
        "INSERT OR IGNORE INTO short_form(doc, organization, form) VALUES(?1, ?2, ?3)",
    [BL_SQL_DELETE_SHORT_FORMS] = "DELETE FROM short_form WHERE doc = ?1",
    [BL_SQL_INDEX_STRUCTURE] = "SELECT block FROM bulletin_fts_data WHERE id = 10"
                               " AND (SELECT v FROM bulletin_fts_config WHERE k = 'version') = 4",
    [BL_SQL_INDEX_PAGE] = "SELECT pgno >> 1 FROM bulletin_fts_idx WHERE segid = ?1 AND term <= ?2"
                          " ORDER BY term DESC LIMIT 1",
    [BL_SQL_INDEX_LIMIT] = "SELECT pgno >> 1 FROM bulletin_fts_idx WHERE segid = ?1 AND term > ?2"
                           " ORDER BY term LIMIT 1",
    [BL_SQL_COPY_DOCS] = "SELECT doc FROM fingerprint WHERE text = ?1 ORDER BY doc",
    [BL_SQL_COPY_INSERT] = "INSERT OR IGNORE INTO fingerprint(text, doc, sketch) VALUES(?1, ?2, ?3)",
    [BL_SQL_SKETCH] = "SELECT sketch FROM fingerprint WHERE text = ?1 LIMIT 1",
    [BL_SQL_COPY_DELETE] = "DELETE FROM fingerprint WHERE text = ?1 AND doc = ?2",
    [BL_SQL_LABEL_LIKE] = "SELECT 1 FROM label WHERE label BETWEEN ?1 AND ?2 LIMIT 1",
    [BL_SQL_LABEL_BEFORE] = "SELECT text FROM label WHERE label >= ?3 AND (label, text) < (?1, ?2)"
                            " ORDER BY label DESC, text DESC LIMIT ?4",
    [BL_SQL_LABEL_AFTER] = "SELECT text FROM label WHERE label <= ?3 AND (label, text) > (?1, ?2)"
                           " ORDER BY label, text LIMIT ?4",
    [BL_SQL_LABEL_INSERT] = "INSERT OR IGNORE INTO label(label, text) VALUES(?1, ?2)",
    [BL_SQL_LABEL_DELETE] = "DELETE FROM label WHERE label = ?1 AND text = ?2",
    [BL_SQL_EDGE] = "SELECT 1 FROM copy WHERE text = ?1 AND other = ?2",
    [BL_SQL_EDGES] = "SELECT other FROM copy WHERE text = ?1",
    [BL_SQL_EDGE_INSERT] = "INSERT OR IGNORE INTO copy(text, other) VALUES(?1, ?2), (?2, ?1)",
    /* Pairs in a list of values would be looked for in every row. No text is a copy of itself. */
    [BL_SQL_EDGE_DELETE] = "DELETE FROM copy WHERE text IN (?1, ?2) AND other IN (?1, ?2)",
    [BL_SQL_STORY] = "SELECT story FROM story WHERE doc = ?1",
    [BL_SQL_STORY_INSERT] = "INSERT INTO story(doc, story) VALUES(?1, ?2)",
    [BL_SQL_STORY_UPDATE] = "UPDATE story SET story = ?2 WHERE doc = ?1",
    [BL_SQL_STORY_DELETE] = "DELETE FROM story WHERE doc = ?1",
    [BL_SQL_STANDING] =
        "SELECT published_earliest, source IS NULL, site IS NULL, key, collection FROM bulletin"
        " WHERE doc = ?1",
    [BL_SQL_META] = "SELECT value FROM meta WHERE name = ?1",
    [BL_SQL_SET_META] = "INSERT OR REPLACE INTO meta(name, value) VALUES(?1, ?2)",
    [BL_SQL_DATA_VERSION] = "PRAGMA data_version",
    [BL_SQL_BEGIN] = "BEGIN",
    [BL_SQL_COMMIT] = "COMMIT",
    [BL_SQL_ARTICLE] = "SELECT title, body FROM bulletin WHERE doc = ?1",
    [BL_SQL_HEAD] = "SELECT source, lang, url FROM bulletin WHERE doc = ?1",
    [BL_SQL_SPILLED] = "SELECT doc, published_earliest, published_latest FROM bulletin WHERE doc = ?1",
    [BL_SQL_ALL_SPILLED] = "SELECT doc, published_earliest, published_latest FROM bulletin"
                           " WHERE doc >= 2199023255552 ORDER BY doc", /* the index's condition */
    [BL_SQL_HIT] = "SELECT key, title, published, published_from, source, site, author, url, lang, body,"
                   " furniture, id FROM bulletin WHERE doc = ?1",
    /* Bodies that the authority knows come first. */
    [BL_SQL_NAMES] = "SELECT o.name FROM mention m JOIN organization o ON o.id = m.organization"
                     " WHERE m.doc = ?1 ORDER BY substr(o.key, 1, 2), o.name",
    [BL_SQL_WITHIN] = "SELECT 1 FROM length WHERE doc BETWEEN ?1 AND ?2 LIMIT 1",
    [BL_SQL_SAMPLE] = "SELECT doc FROM bulletin WHERE id >= ?1 ORDER BY id LIMIT 1",
    [BL_SQL_BEST] = "SELECT bulletins, stories, best, newest FROM best WHERE term = ?1 AND revision = ?2",
    [BL_SQL_BLOCKS] = "SELECT blocks FROM best WHERE term = ?1 AND revision = ?2",
    [BL_SQL_MADE] = "SELECT revision FROM best WHERE term = ?1",
    [BL_SQL_LISTS] = "SELECT bulletins, best, blocks FROM best WHERE term = ?1",
    [BL_SQL_INSERT_BEST] = "INSERT INTO best(term, revision, bulletins, stories, best, newest, blocks)"
                           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
};

_Static_assert((int)BL_SQL_COUNT_USED <= (int)BL_SQL_COUNT, "database.h keeps too few statements");

sqlite3_stmt *bl_statement_get(bl_error *e, bl_database *db, bl_statement which)
{
    if (!db->statements[which])
        db->statements[which] = bl_sql_prepare(e, db->sql, texts[which]);
    return bl_failed(e) ? NULL : db->statements[which];
}

sqlite3_stmt *bl_statement_take(bl_error *e, bl_database *db, bl_statement which)
{
    sqlite3_stmt *s = bl_statement_get(e, db, which);
    if (s)
        db->statements[which] = NULL;
    return s;
}

void bl_statement_give(bl_database *db, bl_statement which, sqlite3_stmt *s)
{
    if (db->statements[which]) {
        sqlite3_finalize(s);
        return;
    }
    sqlite3_reset(s);
    db->statements[which] = s;
}

void bl_statement_run(bl_error *e, bl_database *db, bl_statement which, int64_t number)
{
    sqlite3_stmt *s = bl_statement_get(e, db, which);
    bl_sql_int(e, s, 1, number);
    bl_sql_done(e, s);
}

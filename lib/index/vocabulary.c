/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The words that searches know into a hash, by which a figure says what it was counted with. */
#include "vocabulary.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "sql.h"
#include "vocabulary_digest.h"

enum { HEX = 2 * SHA256_DIGEST_SIZE };

/* What each comes from, and the table of an archive's own entries. */
static const struct {
    const char *file, *digest, *table;
} vocabularies[] = {
    [BL_VOCABULARY_THESAURUS] = { "thesaurus.tsv", BL_THESAURUS_DIGEST, "thesaurus" },
    [BL_VOCABULARY_ORGANIZATIONS] = { "organizations.tsv", BL_ORGANIZATIONS_DIGEST, "authority" },
};

static void finish(struct sha256_ctx *hash, char hex[HEX + 1])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(hash, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

/* The data folder's file stands in place of what is compiled in. */
static void hash_file(bl_error *e, const char *folder, const char *name, char hex[HEX + 1])
{
    bl_buffer path = { 0 };
    unsigned char bytes[1 << 13];
    struct sha256_ctx hash;
    sha256_init(&hash);
    bl_buffer_printf(&path, "%s/%s", folder, name);
    if (path.failed)
        bl_fail_nomem(e);
    FILE *file = path.failed ? NULL : fopen(path.data, "rb");
    bl_buffer_free(&path);
    if (!file)
        return;
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        sha256_update(&hash, got, bytes);
    fclose(file);
    finish(&hash, hex);
}

/* The columns of a table but for the number of a row, which says only when it came; new, NULL without table.
 */
static char *columns_of(bl_error *e, bl_database *db, const char *table)
{
    char *columns = NULL;
    sqlite3_stmt *s = bl_sql_prepare(
        e, db->sql,
        "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info(?1) WHERE name <> 'number'");
    bl_sql_text(e, s, 1, table);
    if (bl_sql_row(e, s) && sqlite3_column_type(s, 0) != SQLITE_NULL) {
        columns = strdup((const char *)sqlite3_column_text(s, 0));
        if (!columns)
            bl_fail_nomem(e);
    }
    sqlite3_finalize(s);
    return columns;
}

/* A value with its size before it, so that no two rows look alike. */
static void hash_value(struct sha256_ctx *hash, sqlite3_stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(s, column);
    size_t size = (size_t)sqlite3_column_bytes(s, column);
    char head[32];
    int length = snprintf(head, sizeof head, text ? "%zu:" : "-", size);
    sha256_update(hash, (size_t)length, (const uint8_t *)head);
    if (text)
        sha256_update(hash, size, text);
}

/* All rows, in an order that does not depend on how they came; how many. */
static size_t hash_table(bl_error *e, bl_database *db, const char *table, struct sha256_ctx *hash)
{
    size_t count = 0;
    char *columns = columns_of(e, db, table);
    bl_buffer query = { 0 };
    if (!columns)
        return 0;
    bl_buffer_printf(&query, "SELECT %s FROM \"%s\" ORDER BY %s", columns, table, columns);
    if (query.failed)
        bl_fail_nomem(e);
    sqlite3_stmt *s = bl_failed(e) ? NULL : bl_sql_prepare(e, db->sql, query.data);
    for (; bl_sql_row(e, s); count++)
        for (int i = 0; i < sqlite3_column_count(s); i++)
            hash_value(hash, s, i);
    sqlite3_finalize(s);
    bl_buffer_free(&query);
    free(columns);
    return count;
}

char *bl_vocabulary_digest(bl_error *e, bl_database *db, bl_vocabulary vocabulary)
{
    bl_buffer out = { 0 };
    char hex[HEX + 1];
    struct sha256_ctx hash;
    memcpy(hex, vocabularies[vocabulary].digest, sizeof hex);
    if (db->data_folder)
        hash_file(e, db->data_folder, vocabularies[vocabulary].file, hex);
    sha256_init(&hash);
    sha256_update(&hash, HEX, (const uint8_t *)hex);
    if (hash_table(e, db, vocabularies[vocabulary].table, &hash) > 0)
        finish(&hash, hex);
    bl_buffer_puts(&out, hex);
    if (out.failed)
        bl_fail_nomem(e);
    return bl_buffer_steal(&out);
}

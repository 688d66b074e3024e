/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The words that searches know into a hash, by which a figure says what it was counted with. */
#include "vocabulary.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "sql.h"
#include "vocabulary_digest.h"

enum { HEX = 2 * SHA256_DIGEST_SIZE };

/* Tables of an archive's own entries, by their rows in an order that does not depend on how they came. */
static const struct {
    const char *file, *digest;
    const char *rows[2];
} vocabularies[] = {
    [BL_VOCABULARY_THESAURUS] = { "thesaurus.tsv", BL_THESAURUS_DIGEST, { NULL } },
    [BL_VOCABULARY_ORGANIZATIONS] = { "organizations.tsv", BL_ORGANIZATIONS_DIGEST, { NULL } },
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

/* Each value with its size before it, so that no two lists of rows look alike. */
static size_t hash_rows(bl_error *e, bl_database *db, const char *query, struct sha256_ctx *hash)
{
    size_t count = 0;
    sqlite3_stmt *s = bl_sql_prepare(e, db->sql, query);
    for (; bl_sql_row(e, s); count++)
        for (int i = 0; i < sqlite3_column_count(s); i++) {
            const unsigned char *text = sqlite3_column_text(s, i);
            size_t size = (size_t)sqlite3_column_bytes(s, i);
            char head[32];
            int length = snprintf(head, sizeof head, text ? "%zu:" : "-", size);
            sha256_update(hash, (size_t)length, (const uint8_t *)head);
            if (text)
                sha256_update(hash, size, text);
        }
    sqlite3_finalize(s);
    return count;
}

char *bl_vocabulary_digest(bl_error *e, bl_database *db, bl_vocabulary vocabulary)
{
    bl_buffer out = { 0 };
    char hex[HEX + 1];
    struct sha256_ctx hash;
    size_t own = 0;
    memcpy(hex, vocabularies[vocabulary].digest, sizeof hex);
    if (db->data_folder)
        hash_file(e, db->data_folder, vocabularies[vocabulary].file, hex);
    sha256_init(&hash);
    sha256_update(&hash, HEX, (const uint8_t *)hex);
    for (size_t i = 0; i < 2 && vocabularies[vocabulary].rows[i]; i++)
        own += hash_rows(e, db, vocabularies[vocabulary].rows[i], &hash);
    if (own > 0)
        finish(&hash, hex);
    bl_buffer_puts(&out, hex);
    if (out.failed)
        bl_fail_nomem(e);
    return bl_buffer_steal(&out);
}

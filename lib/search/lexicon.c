/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Words and thesaurus of a connection, loaded once. */
#include "lexicon.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "organizations_data.h"
#include "thesaurus_data.h"

static void log_problem(void *context, size_t line, const char *reason)
{
    const bl_database *db = context;
    char text[300];
    snprintf(text, sizeof text, "thesaurus.tsv:%zu: %s; the line is left out", line, reason);
    if (db->log)
        db->log(db->log_context, text);
}

/* The data folder's table in place of the one that is compiled in; false when it has none. */
static bool read_own(bl_error *e, const bl_database *db, const char *name, bl_buffer *out)
{
    if (!db->data_folder)
        return false;
    bl_buffer path = { 0 };
    bl_buffer_printf(&path, "%s/%s", db->data_folder, name);
    FILE *file = path.failed ? NULL : fopen(path.data, "rb");
    bl_buffer_free(&path);
    if (!file)
        return false;
    size_t got;
    do {
        bl_buffer_reserve(out, 64 << 10);
        got = out->failed ? 0 : fread(out->data + out->size, 1, out->capacity - out->size - 1, file);
        out->size += got;
    } while (got > 0);
    fclose(file);
    if (out->failed)
        bl_fail_nomem(e);
    return true;
}

static void load(bl_error *e, bl_database *db)
{
    bl_buffer own[2] = { { 0 }, { 0 } };
    bl_table concepts = { (const char *)bl_thesaurus_data, sizeof bl_thesaurus_data - 1 };
    bl_table names = { (const char *)bl_organizations_data, sizeof bl_organizations_data - 1 };
    if (read_own(e, db, "thesaurus.tsv", &own[0]))
        concepts = (bl_table){ own[0].data, own[0].size };
    if (read_own(e, db, "organizations.tsv", &own[1]))
        names = (bl_table){ own[1].data, own[1].size };
    db->thesaurus = bl_thesaurus_open(e, db->fts.cutter, concepts, names, log_problem, db);
    db->close_thesaurus = bl_thesaurus_close;
    bl_buffer_free(&own[0]);
    bl_buffer_free(&own[1]);
}

bl_expander bl_lexicon_get(bl_error *e, bl_database *db, bool expanding)
{
    if (!db->words)
        db->words = bl_words_open(e);
    if (expanding && !db->thesaurus && !bl_failed(e))
        load(e, db);
    return (bl_expander){ db->fts.cutter, db->words, expanding ? db->thesaurus : NULL };
}

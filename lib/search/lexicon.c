/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Words and thesaurus of a connection, loaded once. */
#include "lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/concepts.h"
#include "index/own.h"
#include "text/fold.h"

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

static bl_table table_of(const bl_buffer *b)
{
    return (bl_table){ b->data ? b->data : "", b->size };
}

static void load(bl_error *e, bl_database *db)
{
    bl_buffer folder[2] = { { 0 }, { 0 } }, own = { 0 };
    char *own_names = bl_own_revision(e, db) > 0 ? bl_own_print(e, db) : NULL;
    bl_thesaurus_tables tables = { .compiled = bl_thesaurus_compiled() };
    if (read_own(e, db, "thesaurus.tsv", &folder[0]))
        tables.concepts = table_of(&folder[0]);
    if (read_own(e, db, "organizations.tsv", &folder[1]))
        tables.names = table_of(&folder[1]);
    if (own_names)
        tables.own_names = (bl_table){ own_names, strlen(own_names) };
    if (bl_concepts_version(e, db) > 0) {
        bl_concepts_print(e, db, &own);
        tables.own = table_of(&own);
    }
    db->thesaurus = bl_failed(e) ? NULL : bl_thesaurus_open(e, db->fts.cutter, &tables, log_problem, db);
    db->close_thesaurus = bl_thesaurus_close;
    for (size_t i = 0; i < 2; i++)
        bl_buffer_free(&folder[i]);
    bl_buffer_free(&own);
    free(own_names);
}

/* Read it with the first search, and anew once someone has changed the archive's own terms or names: each
 * raises its number. */
static void renew(bl_error *e, bl_database *db)
{
    int64_t version = bl_concepts_version(e, db) + bl_own_revision(e, db);
    if (db->thesaurus && version != db->thesaurus_version) {
        bl_thesaurus_close(db->thesaurus);
        db->thesaurus = NULL;
    }
    if (!db->thesaurus && !bl_failed(e))
        load(e, db);
    db->thesaurus_version = version;
}

/* The longest word of either list. */
static size_t longest(void *context, const char *folded, size_t size)
{
    const bl_lexicon *lexicon = context;
    size_t best =
        lexicon->thesaurus.longest ? lexicon->thesaurus.longest(lexicon->thesaurus.context, folded, size) : 0;
    for (size_t i = 0; i < lexicon->glossary_count; i++) {
        size_t length = strlen(lexicon->glossary[i]);
        if (length > best && length <= size && memcmp(lexicon->glossary[i], folded, length) == 0)
            best = length;
    }
    return best;
}

static void add_word(bl_error *e, bl_lexicon *lexicon, const char *word, bl_folded *folded)
{
    bl_fold(e, word, strlen(word), folded);
    if (!bl_failed(e) && !bl_grow(&lexicon->glossary, &lexicon->glossary_capacity,
                                  lexicon->glossary_count + 1, sizeof *lexicon->glossary))
        bl_fail_nomem(e);
    char *own = bl_failed(e) || folded->size == 0 ? NULL : strdup(folded->text);
    if (own)
        lexicon->glossary[lexicon->glossary_count++] = own;
}

bl_words *bl_lexicon_words(bl_error *e, bl_database *db)
{
    if (!db->words && !bl_failed(e))
        db->words = bl_words_open(e);
    return db->words;
}

void bl_lexicon_open(bl_error *e, bl_database *db, bool expanding, const char *const *glossary,
                     bl_lexicon *out)
{
    bl_folded folded = { 0 };
    *out = (bl_lexicon){ 0 };
    bl_lexicon_words(e, db);
    renew(e, db);
    for (; glossary && *glossary && !bl_failed(e); glossary++)
        add_word(e, out, *glossary, &folded);
    bl_folded_free(&folded);
    if (db->thesaurus)
        out->thesaurus = bl_thesaurus_words(db->thesaurus);
    out->list = (bl_word_list){ longest, out };
    out->names = (bl_names){ .db = db, .words = db->words };
    out->expander = (bl_expander){ .cutter = db->fts.cutter,
                                   .words = db->words,
                                   .thesaurus = expanding ? db->thesaurus : NULL,
                                   .worst = BL_QUALITY_AMBIGUOUS,
                                   .guards = db->thesaurus,
                                   .names = expanding ? bl_names_find : NULL,
                                   .name_context = &out->names,
                                   .list = &out->list };
}

void bl_lexicon_close(bl_lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->glossary_count; i++)
        free(lexicon->glossary[i]);
    free(lexicon->glossary);
    *lexicon = (bl_lexicon){ 0 };
}

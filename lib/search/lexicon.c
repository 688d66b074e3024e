/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Words and thesaurus of a connection, loaded once. */
#include "lexicon.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/concepts.h"
#include "index/own.h"
#include "organizations_data.h"
#include "page/authority.h"
#include "text/fold.h"
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

/* The authority with the user's own entries, as a table. */
static void put_names(const bl_authority *a, bl_buffer *out)
{
    bl_buffer_puts(out, "id\tname\tlang\tform\n");
    for (size_t i = 0; i < a->body_count; i++)
        for (int32_t k = a->bodies[i].first_name; k >= 0; k = a->names[k].next_of_body) {
            const bl_name *n = &a->names[k];
            bl_buffer_printf(out, "%s\t%s\t%s\t%s\t\t\t\t\t%s\t%s\t%s\n", a->bodies[i].id, n->text, n->lang,
                             n->form, n->when, n->not_after, n->not_before);
        }
}

static void load(bl_error *e, bl_database *db)
{
    bl_buffer own[3] = { { 0 }, { 0 }, { 0 } };
    bl_table concepts = { (const char *)bl_thesaurus_data, sizeof bl_thesaurus_data - 1 };
    bl_table names = { (const char *)bl_organizations_data, sizeof bl_organizations_data - 1 };
    if (read_own(e, db, "thesaurus.tsv", &own[0]))
        concepts = (bl_table){ own[0].data, own[0].size };
    if (bl_own_revision(e, db) > 0 && db->authority) {
        put_names(db->authority, &own[1]);
        names = (bl_table){ own[1].data, own[1].size };
    } else if (read_own(e, db, "organizations.tsv", &own[1]))
        names = (bl_table){ own[1].data, own[1].size };
    bl_concepts_print(e, db, &own[2]);
    const bl_thesaurus_tables tables = { concepts, names, { own[2].data, own[2].size } };
    db->thesaurus = bl_failed(e) ? NULL : bl_thesaurus_open(e, db->fts.cutter, &tables, log_problem, db);
    db->close_thesaurus = bl_thesaurus_close;
    for (size_t i = 0; i < 3; i++)
        bl_buffer_free(&own[i]);
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

void bl_lexicon_open(bl_error *e, bl_database *db, bool expanding, const char *const *glossary,
                     bl_lexicon *out)
{
    bl_folded folded = { 0 };
    *out = (bl_lexicon){ 0 };
    if (!db->words)
        db->words = bl_words_open(e);
    renew(e, db);
    for (; glossary && *glossary && !bl_failed(e); glossary++)
        add_word(e, out, *glossary, &folded);
    bl_folded_free(&folded);
    if (db->thesaurus)
        out->thesaurus = bl_thesaurus_words(db->thesaurus);
    out->list = (bl_word_list){ longest, out };
    out->expander = (bl_expander){ .cutter = db->fts.cutter,
                                   .words = db->words,
                                   .thesaurus = expanding ? db->thesaurus : NULL,
                                   .worst = BL_QUALITY_AMBIGUOUS,
                                   .guards = db->thesaurus,
                                   .list = &out->list };
}

void bl_lexicon_close(bl_lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->glossary_count; i++)
        free(lexicon->glossary[i]);
    free(lexicon->glossary);
    *lexicon = (bl_lexicon){ 0 };
}

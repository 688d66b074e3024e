/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The public functions: a handle's life, and each call handed to the room that does it. */
#include "bulletin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handle.h"
#include "index/audit.h"
#include "index/database.h"
#include "index/history.h"
#include "index/import.h"
#include "index/maintain.h"
#include "index/own.h"
#include "index/pipeline.h"
#include "index/vocabulary.h"
#include "search/count.h"
#include "search/export.h"
#include "search/hits.h"
#include "search/similar.h"

struct bulletin {
    bl_error error;
    bl_database *database; /* NULL for a handle without an archive */
    bulletin_options options;
    char *data_folder;
    bl_authority *authority; /* read when it is first needed */
    int64_t own_names;       /* how often the user's own had been changed when it was read */
    bulletin_hits *hits;     /* open ones, linked by next */
};

const char *bulletin_version(void)
{
    return BULLETIN_VERSION_TEXT;
}

const char *bulletin_status_name(bulletin_status status)
{
    static const struct {
        bulletin_status status;
        const char *name;
    } names[] = {
        { BULLETIN_OK, "ok" },
        { BULLETIN_END, "end" },
        { BULLETIN_PARTIAL, "partial" },
        { BULLETIN_NOMEM, "out of memory" },
        { BULLETIN_IO, "input or output" },
        { BULLETIN_BUSY, "busy" },
        { BULLETIN_CORRUPT, "corrupt" },
        { BULLETIN_STALE, "stale index" },
        { BULLETIN_VERSION, "other version" },
        { BULLETIN_BAD_QUERY, "bad query" },
        { BULLETIN_BAD_INPUT, "bad input" },
        { BULLETIN_NOT_FOUND, "not found" },
        { BULLETIN_READ_ONLY, "read-only" },
        { BULLETIN_INTERRUPTED, "interrupted" },
        { BULLETIN_MISUSE, "misuse" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].status == status)
            return names[i].name;
    return "unknown";
}

/* ---- calls ---- */

/* Every call starts without a failure and with its own deadline. */
static bl_error *start(bulletin *b)
{
    b->error = (bl_error)BL_ERROR_INIT;
    if (b->database)
        bl_database_start(b->database, 0);
    return &b->error;
}

/* What was made of the names of organizations is made anew with the next call that needs it. */
static void forget_names(bulletin *b)
{
    bl_authority_close(b->authority);
    b->authority = NULL;
    if (!b->database)
        return;
    if (b->database->close_thesaurus)
        b->database->close_thesaurus(b->database->thesaurus);
    b->database->thesaurus = NULL;
    b->database->authority = NULL;
}

/* The organizations that are known, read with the first call that needs them. */
static const bl_authority *authority_of(bl_error *e, bulletin *b)
{
    int64_t own = b->database && !bl_failed(e) ? bl_own_revision(e, b->database) : 0;
    if (b->authority && own != b->own_names)
        forget_names(b);
    if (!b->authority && !bl_failed(e)) {
        b->authority = bl_authority_open(e, b->data_folder, b->options.log, b->options.log_context);
        if (own > 0 && b->authority)
            bl_own_read(e, b->database, b->authority);
        b->own_names = own;
    }
    if (b->database)
        b->database->authority = b->authority;
    return b->authority;
}

const bl_authority *bl_handle_names(bulletin *b)
{
    return authority_of(&b->error, b);
}

static void find_organizations(bl_error *e, bulletin *b, bl_record *record)
{
    bl_finder finder = { .authority = authority_of(e, b) };
    if (!bl_failed(e))
        bl_record_find_organizations(e, &finder, record);
    bl_finder_free(&finder);
}

static bl_error *start_read(bulletin *b)
{
    bl_error *e = start(b);
    if (b->database)
        bl_database_start(b->database, b->options.deadline_milliseconds);
    else
        bl_fail(e, BULLETIN_MISUSE, "this handle was opened without an archive");
    return e;
}

/* A write takes the ground from under open hits. */
static bl_error *start_write(bulletin *b)
{
    bl_error *e = start(b);
    if (!b->database)
        bl_fail(e, BULLETIN_MISUSE, "this handle was opened without an archive");
    else if (b->options.read_only)
        bl_fail(e, BULLETIN_READ_ONLY, "the archive was opened for reading only");
    for (bulletin_hits *h = b->hits; h && !bl_failed(e); h = h->next) {
        bl_hits_stop(&h->inner);
        h->stale = true;
    }
    return e;
}

bl_error *bl_handle_error(bulletin *b)
{
    return &b->error;
}

bl_error *bl_handle_read(bulletin *b, bl_database **db)
{
    bl_error *e = start_read(b);
    authority_of(e, b);
    *db = b->database;
    return e;
}

bl_error *bl_handle_write(bulletin *b, bl_database **db)
{
    bl_error *e = start_write(b);
    authority_of(e, b);
    *db = b->database;
    return e;
}

static bulletin_status end(const bulletin *b)
{
    return b->error.status;
}

/* ---- open, close ---- */

/* A program built against an earlier header hands over fewer fields. */
#define COPY_OPTIONS(to, from) memcpy(&(to), (from), (from)->size < sizeof(to) ? (from)->size : sizeof(to))

bulletin_status bulletin_open(const char *path, const bulletin_options *options, bulletin **archive)
{
    if (!archive)
        return BULLETIN_MISUSE;
    bulletin *b = *archive = calloc(1, sizeof *b);
    if (!b)
        return BULLETIN_NOMEM;
    b->options = (bulletin_options)BULLETIN_OPTIONS_INIT;
    if (options)
        COPY_OPTIONS(b->options, options);
    if (b->options.data_folder) {
        b->options.data_folder = b->data_folder = strdup(b->options.data_folder);
        if (!b->data_folder)
            bl_fail_nomem(&b->error);
    }
    if (!path || bl_failed(&b->error))
        return end(b);
    const bl_database_options inner = { b->options.read_only, b->options.no_create,
                                        b->options.busy_milliseconds, b->options.memory_bytes };
    b->database = bl_database_open(&b->error, path, &inner);
    if (b->database) {
        b->database->data_folder = b->data_folder;
        b->database->log = b->options.log;
        b->database->log_context = b->options.log_context;
    }
    if (bl_failed(&b->error)) {
        bl_database_close(b->database);
        b->database = NULL;
    }
    return end(b);
}

void bulletin_close(bulletin *b)
{
    if (!b)
        return;
    while (b->hits)
        bulletin_hits_close(b->hits);
    bl_database_close(b->database);
    bl_authority_close(b->authority);
    free(b->data_folder);
    free(b);
}

const char *bulletin_message(const bulletin *b)
{
    return b ? b->error.message : "";
}

void bulletin_interrupt(bulletin *b)
{
    if (b && b->database)
        atomic_store(&b->database->interrupted, true);
}

void bulletin_free(void *memory)
{
    free(memory);
}

bulletin_status bulletin_read_fact(bulletin *b, bulletin_fact fact, char **text)
{
    static const char *const names[] = {
        [BULLETIN_FACT_UUID] = "uuid",
        [BULLETIN_FACT_REVISION] = "revision",
        [BULLETIN_FACT_BULLETINS] = "bulletins",
        [BULLETIN_FACT_TOKENIZER] = "tokenizer",
        [BULLETIN_FACT_ICU] = "icu",
    };
    if (!b || !text)
        return BULLETIN_MISUSE;
    *text = NULL;
    bl_error *e = start_read(b);
    if (bl_failed(e))
        return end(b);
    if (fact == BULLETIN_FACT_SCHEMA) {
        char number[16];
        snprintf(number, sizeof number, "%d", BL_SCHEMA_VERSION);
        *text = strdup(number);
    } else if (fact == BULLETIN_FACT_THESAURUS || fact == BULLETIN_FACT_AUTHORITY) {
        *text = bl_vocabulary_digest(e, b->database,
                                     fact == BULLETIN_FACT_THESAURUS ? BL_VOCABULARY_THESAURUS
                                                                     : BL_VOCABULARY_ORGANIZATIONS);
    } else if ((size_t)fact < sizeof names / sizeof *names) {
        *text = bl_database_meta(e, b->database, names[fact]);
    }
    if (!*text)
        bl_fail(e, BULLETIN_MISUSE, "the archive does not say that of itself");
    return end(b);
}

/* ---- write ---- */

bulletin_status bulletin_add(bulletin *b, const char *json, size_t size, int64_t *id)
{
    if (id)
        *id = 0;
    if (!b || !json)
        return BULLETIN_MISUSE;
    bl_error *e = start_write(b);
    bl_item item = { 0 };
    bl_record_parse(e, json, size, NULL, &item.record);
    authority_of(e, b);
    if (!bl_failed(e)) {
        bl_item_prepare(e, b->database->fts.cutter, &b->database->fts.tokens, &item);
        bl_store_write(e, b->database, &(bl_write){ .items = &item, .count = 1 });
    }
    if (!bl_failed(e)) {
        if (id)
            *id = item.record.id;
        if (item.outcome == BL_UNCHANGED)
            e->status = BULLETIN_END;
    }
    bl_item_free(&item);
    return end(b);
}

bulletin_status bulletin_import(bulletin *b, const char *const *paths, size_t count,
                                const bulletin_import_options *options, bulletin_counts *counts)
{
    bulletin_counts own = { 0 };
    if (counts)
        *counts = own;
    if (!b || (!paths && count))
        return BULLETIN_MISUSE;
    bulletin_import_options full = BULLETIN_IMPORT_INIT;
    if (options)
        COPY_OPTIONS(full, options);
    bl_error *e = start_write(b);
    authority_of(e, b);
    if (!bl_failed(e))
        bl_import(e, b->database, paths, count, &full, &own);
    if (counts)
        *counts = own;
    return end(b);
}

bulletin_status bulletin_remove(bulletin *b, int64_t id)
{
    size_t removed = 0;
    bulletin_status status = bulletin_remove_all(b, &id, 1, &removed);
    if (status == BULLETIN_OK && removed == 0) {
        bl_fail(&b->error, BULLETIN_NOT_FOUND, "there is no bulletin %" PRId64, id);
        return end(b);
    }
    return status;
}

bulletin_status bulletin_remove_all(bulletin *b, const int64_t *ids, size_t count, size_t *removed)
{
    size_t own = 0;
    if (removed)
        *removed = 0;
    if (!b || (!ids && count))
        return BULLETIN_MISUSE;
    bl_error *e = start_write(b);
    if (!bl_failed(e) && count > 0)
        bl_store_remove(e, b->database, ids, count, &own);
    if (removed)
        *removed = own;
    return end(b);
}

bulletin_status bulletin_reindex(bulletin *b, bulletin_progress_callback progress, void *context)
{
    if (!b)
        return BULLETIN_MISUSE;
    bl_error *e = start_write(b);
    authority_of(e, b);
    if (!bl_failed(e))
        bl_reindex(e, b->database, progress, context);
    return end(b);
}

bulletin_status bulletin_check(bulletin *b, bulletin_problem_callback problem, void *context)
{
    if (!b)
        return BULLETIN_MISUSE;
    bl_error *e = start(b);
    if (!b->database)
        bl_fail(e, BULLETIN_MISUSE, "this handle was opened without an archive");
    authority_of(e, b);
    if (!bl_failed(e))
        bl_check(e, b->database, problem, context);
    return end(b);
}

bulletin_status bulletin_repair(bulletin *b, bulletin_problem_callback problem, void *context)
{
    if (!b)
        return BULLETIN_MISUSE;
    bl_error *e = start_write(b);
    authority_of(e, b);
    if (!bl_failed(e))
        bl_repair(e, b->database, problem, context);
    return end(b);
}

bulletin_status bulletin_audit(bulletin *b, bulletin_finding_callback finding, void *context)
{
    if (!b || !finding)
        return BULLETIN_MISUSE;
    bl_error *e = start_read(b);
    if (!bl_failed(e))
        bl_audit(e, b->database, finding, context);
    return end(b);
}

bulletin_status bulletin_stats(bulletin *b, char **json)
{
    if (json)
        *json = NULL;
    if (!b || !json)
        return BULLETIN_MISUSE;
    bl_error *e = start_read(b);
    if (!bl_failed(e))
        *json = bl_statistics(e, b->database);
    return end(b);
}

bulletin_status bulletin_backup(bulletin *b, const char *path, bool overwrite,
                                bulletin_progress_callback progress, void *context)
{
    if (!b || !path || *path == '\0')
        return BULLETIN_MISUSE;
    bl_error *e = start(b);
    if (!b->database)
        bl_fail(e, BULLETIN_MISUSE, "this handle was opened without an archive");
    else
        bl_backup(e, b->database, path, overwrite, progress, context);
    return end(b);
}

/* ---- extract, tokens ---- */

bulletin_status bulletin_extract(bulletin *b, const char *const *paths, size_t count,
                                 const bulletin_import_options *options, bulletin_record_callback record,
                                 void *context)
{
    if (!b || !record || (!paths && count))
        return BULLETIN_MISUSE;
    bulletin_import_options full = BULLETIN_IMPORT_INIT;
    if (options)
        COPY_OPTIONS(full, options);
    bl_error *e = start(b);
    bl_extract(e, authority_of(e, b), paths, count, &full, record, context);
    return end(b);
}

/* Pages are what is not JSON by its name or its first character. */
static bool is_record(const char *name, const char *page, size_t size)
{
    size_t length = name ? strlen(name) : 0;
    if (length > 5 && strcmp(name + length - 5, ".json") == 0)
        return true;
    return (length < 4 || strcmp(name + length - 4, ".txt") != 0) && size > 0 && page[0] == '{';
}

bulletin_status bulletin_extract_page(bulletin *b, const char *name, const void *page, size_t size,
                                      char **json)
{
    if (json)
        *json = NULL;
    if (!b || !json || (!page && size))
        return BULLETIN_MISUSE;
    bl_error *e = start(b);
    bl_record record = { 0 };
    if (is_record(name, page, size))
        bl_record_parse(e, page, size, name, &record);
    else
        bl_record_page(e, page ? page : "", size, &(bl_page_hints){ .name = name }, name, &record);
    if (!bl_failed(e))
        find_organizations(e, b, &record);
    *json = bl_record_print(e, &record);
    bl_record_free(&record);
    return end(b);
}

bulletin_status bulletin_show(bulletin *b, int64_t id, char **json)
{
    if (json)
        *json = NULL;
    if (!b || !json)
        return BULLETIN_MISUSE;
    bl_error *e = start_read(b);
    bl_record record = { 0 };
    if (!bl_failed(e))
        bl_store_read(e, b->database, id, &record);
    if (!bl_failed(e))
        find_organizations(e, b, &record);
    *json = bl_record_print(e, &record);
    if (*json)
        *json = bl_history_locate(e, b->database, id, *json);
    bl_record_free(&record);
    return end(b);
}

bulletin_status bulletin_versions(bulletin *b, int64_t id, bulletin_record_callback record, void *context)
{
    if (!b || !record)
        return BULLETIN_MISUSE;
    bl_error *e = start_read(b);
    if (!bl_failed(e))
        bl_history_versions(e, b->database, id, record, context);
    return end(b);
}

bulletin_status bulletin_reposts(bulletin *b, int64_t id, bulletin_record_callback record, void *context)
{
    if (!b || !record)
        return BULLETIN_MISUSE;
    bl_error *e = start_read(b);
    if (!bl_failed(e))
        bl_reposts_tell(e, b->database, id, record, context);
    return end(b);
}

bulletin_status bulletin_similar(bulletin *b, int64_t id, size_t limit, bulletin_record_callback record,
                                 void *context)
{
    if (!b || !record)
        return BULLETIN_MISUSE;
    bl_error *e = start_read(b);
    if (!bl_failed(e))
        bl_similar_tell(e, b->database, id, limit, record, context);
    return end(b);
}

bulletin_status bulletin_tokenize(bulletin *b, const char *text, size_t size, bulletin_token_callback token,
                                  void *context)
{
    if (!b || !token || (!text && size))
        return BULLETIN_MISUSE;
    bl_error *e = start(b);
    bl_cutter *cutter = bl_cutter_open(e);
    bl_tokens tokens = { 0 };
    bl_buffer word = { 0 };
    if (!bl_failed(e))
        bl_cut(e, cutter, text ? text : "", size, &tokens);
    for (size_t i = 0; i < tokens.count && !bl_failed(e); i++) {
        const bl_token *t = &tokens.items[i];
        bool marked = t->kind == BULLETIN_TOKEN_STEM || t->kind == BULLETIN_TOKEN_JOINED;
        bl_buffer_cut(&word, 0);
        bl_buffer_append(&word, tokens.text + t->at + marked, t->size - marked);
        if (word.failed)
            bl_fail_nomem(e);
        const bulletin_token out = { word.data, word.size, t->start, t->end, (bulletin_token_kind)t->kind };
        if (!bl_failed(e) && !token(context, &out))
            bl_fail(e, BULLETIN_INTERRUPTED, "stopped");
    }
    bl_buffer_free(&word);
    bl_tokens_free(&tokens);
    bl_cutter_close(cutter);
    return end(b);
}

/* ---- search ---- */

/* Whoever has names of his own gets them in place of typed ones too. */
static bool needs_names(bl_error *e, const bulletin *b, const bulletin_search_options *options)
{
    return options->organization_count > 0 || options->source || bl_own_revision(e, b->database) > 0;
}

bulletin_status bulletin_search(bulletin *b, const char *query, size_t size,
                                const bulletin_search_options *options, bulletin_hits **hits)
{
    if (hits)
        *hits = NULL;
    if (!b || !hits || (!query && size))
        return BULLETIN_MISUSE;
    bulletin_search_options full = BULLETIN_SEARCH_INIT;
    if (options)
        COPY_OPTIONS(full, options);
    bl_error *e = start_read(b);
    bulletin_hits *h = bl_failed(e) ? NULL : calloc(1, sizeof *h);
    if (!h) {
        bl_fail_nomem(e);
        return end(b);
    }
    *h = (bulletin_hits){ .archive = b,
                          .inner = { .db = b->database,
                                     .at = (size_t)full.offset,
                                     .offset = (size_t)full.offset,
                                     .snippet_columns = full.snippet_columns,
                                     .no_snippet = (full.flags & BULLETIN_NO_SNIPPET) != 0,
                                     .all_text = (full.flags & BULLETIN_ALL_TEXT) != 0 } };
    if (needs_names(e, b, &full))
        authority_of(e, b);
    bl_search(e, b->database, query ? query : "", size, &full, &h->inner.result);
    if (bl_failed(e)) {
        free(h);
        return end(b);
    }
    h->next = b->hits;
    b->hits = *hits = h;
    return end(b);
}

bulletin_status bulletin_export(bulletin *b, const char *query, size_t size,
                                const bulletin_search_options *options, bulletin_record_callback record,
                                void *context)
{
    if (!b || !record || (!query && size))
        return BULLETIN_MISUSE;
    bulletin_search_options full = BULLETIN_SEARCH_INIT;
    if (options)
        COPY_OPTIONS(full, options);
    bl_error *e = start_read(b);
    if (!bl_failed(e) && needs_names(e, b, &full))
        authority_of(e, b);
    if (!bl_failed(e))
        bl_export(e, b->database, query ? query : "", size, &full, record, context);
    return end(b);
}

bulletin_status bulletin_count(bulletin *b, const char *query, size_t size,
                               const bulletin_search_options *options, const bulletin_by *by, size_t by_count,
                               bulletin_count_row *total, bulletin_count_callback row, void *context)
{
    if (total)
        *total = (bulletin_count_row){ { NULL, NULL }, 0, 0, 0 };
    if (!b || (!query && size) || by_count > 2 || (!by && by_count))
        return BULLETIN_MISUSE;
    for (size_t i = 0; i < by_count; i++)
        if ((unsigned)by[i] > BULLETIN_BY_LANG)
            return BULLETIN_MISUSE;
    bulletin_search_options full = BULLETIN_SEARCH_INIT;
    if (options)
        COPY_OPTIONS(full, options);
    bl_error *e = start_read(b);
    if (!bl_failed(e) && full.organization_count > 0)
        authority_of(e, b);
    const bl_count_order order = { query ? query : "", size, &full, by, by_count };
    if (!bl_failed(e))
        bl_count(e, b->database, &order, total, row, context);
    return end(b);
}

bulletin_status bulletin_hits_next(bulletin_hits *h)
{
    if (!h)
        return BULLETIN_MISUSE;
    bl_error *e = start_read(h->archive);
    h->started = true;
    if (h->stale)
        bl_fail(e, BULLETIN_MISUSE, "the archive was written since this search; search again");
    else if (!bl_hits_next(e, &h->inner) && !bl_failed(e))
        return BULLETIN_END;
    return end(h->archive);
}

void bulletin_hits_close(bulletin_hits *h)
{
    if (!h)
        return;
    bulletin_hits **link = &h->archive->hits;
    while (*link && *link != h)
        link = &(*link)->next;
    if (*link)
        *link = h->next;
    bl_hits_free(&h->inner);
    free(h);
}

bulletin_status bulletin_hits_repost(bulletin_hits *h, size_t i, bulletin_repost *repost)
{
    if (repost)
        *repost = (bulletin_repost){ 0 };
    if (!h || !repost || h->stale || !bl_hits_hit(&h->inner))
        return BULLETIN_MISUSE;
    bl_error *e = start_read(h->archive);
    const bulletin_repost *found = bl_failed(e) ? NULL : bl_hits_repost(e, &h->inner, i);
    if (found)
        *repost = *found;
    return found || bl_failed(e) ? end(h->archive) : BULLETIN_END;
}

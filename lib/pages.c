/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The public functions of one bulletin: extracted, shown, cut into tokens. */
#include "bulletin.h"

#include <string.h>

#include "handle.h"
#include "index/history.h"
#include "index/import.h"
#include "index/pipeline.h"
#include "search/reposts.h"
#include "search/similar.h"

static void find_organizations(bl_error *e, bulletin *b, bl_record *record)
{
    bl_finder finder = { .authority = bl_handle_names(b) };
    if (!bl_failed(e))
        bl_record_find_organizations(e, &finder, record);
    bl_finder_free(&finder);
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
        BL_COPY_OPTIONS(full, options);
    bl_error *e = bl_handle_start(b);
    bl_extract(e, bl_handle_names(b), paths, count, &full, record, context);
    return e->status;
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
    bl_error *e = bl_handle_start(b);
    bl_record record = { 0 };
    if (is_record(name, page, size))
        bl_record_parse(e, page, size, name, &record);
    else
        bl_record_page(e, page ? page : "", size, &(bl_page_hints){ .name = name }, name, &record);
    if (!bl_failed(e))
        find_organizations(e, b, &record);
    *json = bl_record_print(e, &record);
    bl_record_free(&record);
    return e->status;
}

bulletin_status bulletin_show(bulletin *b, int64_t id, char **json)
{
    if (json)
        *json = NULL;
    if (!b || !json)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_read(b);
    bl_record record = { 0 };
    if (!bl_failed(e))
        bl_store_read(e, b->database, id, &record);
    if (!bl_failed(e))
        find_organizations(e, b, &record);
    *json = bl_record_print(e, &record);
    if (*json)
        *json = bl_history_locate(e, b->database, id, *json);
    bl_record_free(&record);
    return e->status;
}

bulletin_status bulletin_versions(bulletin *b, int64_t id, bulletin_record_callback record, void *context)
{
    if (!b || !record)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_read(b);
    if (!bl_failed(e))
        bl_history_versions(e, b->database, id, record, context);
    return e->status;
}

bulletin_status bulletin_reposts(bulletin *b, int64_t id, bulletin_record_callback record, void *context)
{
    if (!b || !record)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_read(b);
    if (!bl_failed(e))
        bl_reposts_tell(e, b->database, id, record, context);
    return e->status;
}

bulletin_status bulletin_similar(bulletin *b, int64_t id, size_t limit, bulletin_record_callback record,
                                 void *context)
{
    if (!b || !record)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_read(b);
    if (!bl_failed(e))
        bl_similar_tell(e, b->database, id, limit, record, context);
    return e->status;
}

bulletin_status bulletin_tokenize(bulletin *b, const char *text, size_t size, bulletin_token_callback token,
                                  void *context)
{
    if (!b || !token || (!text && size))
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start(b);
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
    return e->status;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The public functions that search, count and export, and the walk over hits. */
#include "bulletin.h"

#include <stdlib.h>

#include "handle.h"
#include "index/own.h"
#include "search/count.h"
#include "search/export.h"
#include "search/hits.h"
#include "search/query.h"

void bl_handle_stop_hits(bulletin *b)
{
    for (bulletin_hits *h = b->hits; h; h = h->next) {
        bl_hits_stop(&h->inner);
        h->stale = true;
    }
}

/* Whoever has names of his own gets them in place of typed ones too. */
static bool needs_names(bl_error *e, const bulletin *b, const char *query, size_t size,
                        const bulletin_search_options *options)
{
    return options->organization_count > 0 || options->source || bl_query_may_name(query, size) ||
           bl_own_revision(e, b->database) > 0;
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
        BL_COPY_OPTIONS(full, options);
    bl_error *e = bl_handle_start_read(b);
    bulletin_hits *h = bl_failed(e) ? NULL : calloc(1, sizeof *h);
    if (!h) {
        bl_fail_nomem(e);
        return e->status;
    }
    *h = (bulletin_hits){ .archive = b,
                          .inner = { .db = b->database,
                                     .at = (size_t)full.offset,
                                     .offset = (size_t)full.offset,
                                     .snippet_columns = full.snippet_columns,
                                     .no_snippet = (full.flags & BULLETIN_NO_SNIPPET) != 0,
                                     .all_text = (full.flags & BULLETIN_ALL_TEXT) != 0 } };
    if (needs_names(e, b, query, size, &full))
        bl_handle_names(b);
    bl_search(e, b->database, query ? query : "", size, &full, &h->inner.result);
    if (bl_failed(e)) {
        free(h);
        return e->status;
    }
    h->next = b->hits;
    b->hits = *hits = h;
    return e->status;
}

bulletin_status bulletin_export(bulletin *b, const char *query, size_t size,
                                const bulletin_search_options *options, bulletin_record_callback record,
                                void *context)
{
    if (!b || !record || (!query && size))
        return BULLETIN_MISUSE;
    bulletin_search_options full = BULLETIN_SEARCH_INIT;
    if (options)
        BL_COPY_OPTIONS(full, options);
    bl_error *e = bl_handle_start_read(b);
    if (!bl_failed(e) && needs_names(e, b, query, size, &full))
        bl_handle_names(b);
    if (!bl_failed(e))
        bl_export(e, b->database, query ? query : "", size, &full, record, context);
    return e->status;
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
        BL_COPY_OPTIONS(full, options);
    bl_error *e = bl_handle_start_read(b);
    if (!bl_failed(e) && full.organization_count > 0)
        bl_handle_names(b);
    const bl_count_order order = { query ? query : "", size, &full, by, by_count };
    if (!bl_failed(e))
        bl_count(e, b->database, &order, total, row, context);
    return e->status;
}

bulletin_status bulletin_hits_next(bulletin_hits *h)
{
    if (!h)
        return BULLETIN_MISUSE;
    bl_error *e = bl_handle_start_read(h->archive);
    h->started = true;
    if (h->stale)
        bl_fail(e, BULLETIN_MISUSE, "the archive was written since this search; search again");
    else if (!bl_hits_next(e, &h->inner) && !bl_failed(e))
        return BULLETIN_END;
    return e->status;
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
    bl_error *e = bl_handle_start_read(h->archive);
    const bulletin_repost *found = bl_failed(e) ? NULL : bl_hits_repost(e, &h->inner, i);
    if (found)
        *repost = *found;
    return found || bl_failed(e) ? e->status : BULLETIN_END;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The public functions that tell what a search found. */
#include "bulletin.h"
#include "handle.h"

int64_t bulletin_hits_total(const bulletin_hits *h, bulletin_total total)
{
    return h && (size_t)total <= BULLETIN_TOTAL_REVISION ? h->inner.result.totals[total] : 0;
}

const char *bulletin_hits_parsed(const bulletin_hits *h)
{
    return h ? h->inner.result.parsed : "";
}

bulletin_named bulletin_hits_named(const bulletin_hits *h, size_t i)
{
    return h && i < h->inner.result.named_count ? h->inner.result.named[i] : BULLETIN_NAMED_NOTHING;
}

bulletin_status bulletin_hits_expansion(const bulletin_hits *h, size_t i, bulletin_expansion *expansion)
{
    if (expansion)
        *expansion = (bulletin_expansion){ 0 };
    if (!h || !expansion)
        return BULLETIN_MISUSE;
    const bl_plan *plan = &h->inner.result.plan;
    if (i >= plan->expansion_count)
        return BULLETIN_END;
    const bl_expansion *one = &plan->expansions[i];
    *expansion = (bulletin_expansion){ one->typed, one->text, bl_quality_name(one->quality), one->bulletins,
                                       one->own };
    return BULLETIN_OK;
}

const char *bulletin_hits_suggestion(const bulletin_hits *h, size_t i)
{
    return h && i < h->inner.result.suggestions.count ? h->inner.result.suggestions.list[i] : NULL;
}

const char *bulletin_hits_explained(const bulletin_hits *h)
{
    return h ? h->inner.result.explained : NULL;
}

int64_t bulletin_hits_id(const bulletin_hits *h)
{
    return h ? bl_hits_id(&h->inner) : 0;
}

uint64_t bulletin_hits_rank(const bulletin_hits *h)
{
    return h && bl_hits_hit(&h->inner) ? h->inner.at : 0;
}

double bulletin_hits_score(const bulletin_hits *h)
{
    const bl_hit *hit = h ? bl_hits_hit(&h->inner) : NULL;
    return hit ? hit->score : 0;
}

const char *bulletin_hits_text(bulletin_hits *h, bulletin_field field)
{
    if (!h || (size_t)field > BULLETIN_SNIPPET)
        return NULL;
    return bl_hits_text(bl_handle_error(h->archive), &h->inner, field);
}

const bulletin_range *bulletin_hits_highlights(bulletin_hits *h, bulletin_field field, size_t *count)
{
    if (count)
        *count = 0;
    const bl_highlights *marks = h ? bl_hits_highlights(bl_handle_error(h->archive), &h->inner, field) : NULL;
    if (!marks)
        return NULL;
    if (count)
        *count = marks->count;
    return marks->list;
}

const char *bulletin_hits_organization(bulletin_hits *h, size_t i)
{
    return h ? bl_hits_organization(bl_handle_error(h->archive), &h->inner, i) : NULL;
}

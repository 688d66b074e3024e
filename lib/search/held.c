/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A matching document to the words that it holds: as they were typed, or by others for them. */
#include "held.h"

#include <stdlib.h>
#include <string.h>

#include "docs.h"
#include "field.h"

void bl_held_open(bl_error *e, bl_plan *plan, size_t required, bl_held *out)
{
    *out = (bl_held){ .plan = plan, .required = required };
    out->present = bl_failed(e) ? NULL : calloc(2 * plan->count + 1, sizeof *out->present);
    if (!out->present)
        bl_fail_nomem(e);
}

void bl_held_close(bl_held *h)
{
    free(h->present);
    h->present = NULL;
}

static bool holds(bl_held *h, const bl_node *node)
{
    if (node->kind == BL_NODE_LEAF)
        return h->present[node->term];
    if (node->kind == BL_NODE_FIELD)
        return bl_docs_hold(&h->plan->sets[node->term].docs, h->doc);
    if (node->kind == BL_NODE_NOT)
        return !holds(h, node->child);
    bool all = node->kind != BL_NODE_OR;
    for (const bl_node *child = node->child; child; child = child->next)
        if (holds(h, child) != all)
            return !all;
    return all;
}

/* What a document holds of the query: which terms as they were typed, and which other words; `found` counts
 * what those have found. */
static void note_words(bl_held *h, const bl_match *match, bool found)
{
    bl_plan *plan = h->plan;
    size_t last = 0;
    h->other = false;
    h->doc = match->doc;
    memset(h->present, 0, 2 * plan->count * sizeof *h->present);
    for (size_t i = 0; i < match->count; i++) {
        const bl_occurrence *o = &match->occurrences[i];
        size_t expansion = plan->terms[o->term].phrases[o->phrase].expansion;
        h->present[expansion > 0 ? plan->count + o->term : o->term] = true;
        h->other = h->other || expansion > 0;
        if (found && expansion > 0 && expansion != last && !plan->terms[o->term].filter)
            plan->expansions[expansion - 1].bulletins++;
        last = expansion;
    }
}

/* Whether the document has a word, itself or by another word for it. */
static bool has_word(const bl_held *h, size_t number)
{
    const bl_plan *plan = h->plan;
    const bl_term *term = &plan->terms[number];
    bool has = h->present[number];
    for (size_t i = 0; i < plan->count && !has && term->group; i++)
        has =
            h->present[plan->count + i] && plan->terms[i].group == term->group && !plan->terms[i].conditional;
    return has;
}

static size_t count_words(const bl_held *h)
{
    size_t count = 0;
    for (size_t i = 0; i < h->plan->count; i++)
        count += bl_term_is_wanted(&h->plan->terms[i]) && has_word(h, i);
    return count;
}

/* Whether a document has words enough; counts those that need no other words. */
bool bl_held_has_enough(bl_held *h, const bl_match *match)
{
    if (h->required > 0)
        note_words(h, match, false);
    return h->required == 0 || count_words(h) >= h->required;
}

bool bl_held_suffices(bl_held *h, const bl_match *match)
{
    if (h->required == 0 && h->plan->expansion_count == 0)
        return true;
    if (!bl_held_has_enough(h, match))
        return false;
    note_words(h, match, true);
    h->as_typed += holds(h, h->plan->tree);
    return true;
}

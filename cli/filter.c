/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Options that choose bulletins into filters of a search. */
#include "filter.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "message.h"

void filter_list(filter *f, option_spec rows[FILTER_OPTIONS])
{
    const option_spec all[FILTER_OPTIONS] = {
        { "from", 0, OPTION_TEXT, &f->from, "DATE",
          "published on this day or later: 2024, 2024-05-01, 2024年5月, last-month, 3m" },
        { "until", 0, OPTION_TEXT, &f->until, "DATE", "published on this day or earlier" },
        { "org", 0, OPTION_LIST, &f->organizations, "NAME",
          "names this organization; repeated: names all of them" },
        { "org-scope", 0, OPTION_CHOICE, &f->scope, "self|former|under",
          "of --org: itself, with those it followed, with all below it" },
        { "source", 0, OPTION_TEXT, &f->source, "NAME", "from this publisher; a part of its name will do" },
        { "lang", 0, OPTION_TEXT, &f->lang, "TAG", "in this language: zh, zh-Hant, en" },
        { "min-sources", 0, OPTION_NUMBER, &f->min_sources, "N", "only stories that N publishers carry" },
        { "literal", 'F', OPTION_SWITCH, &f->literal, NULL, "QUERY is one phrase, found as it stands" },
    };
    memcpy(rows, all, sizeof all);
}

bulletin_scope filter_scope(const char *word)
{
    if (word != NULL && strcmp(word, "former") == 0)
        return BULLETIN_SCOPE_FORMER;
    return word != NULL && strcmp(word, "under") == 0 ? BULLETIN_SCOPE_UNDER : BULLETIN_SCOPE_SELF;
}

/* "Yesterday" is meant where the user is. */
static void set_today(filter *f)
{
    const time_t now = time(NULL);
    struct tm here;
    if (localtime_r(&now, &here) == NULL || strftime(f->today, sizeof f->today, "%Y-%m-%d", &here) == 0)
        f->today[0] = '\0';
}

void filter_apply(filter *f, bulletin_search_options *options)
{
    set_today(f);
    options->today = f->today;
    options->from = f->from;
    options->until = f->until;
    options->source = f->source;
    options->lang = f->lang;
    options->min_sources = f->min_sources.value;
    options->organizations = f->organizations.items;
    options->organization_count = f->organizations.count;
    options->scope = filter_scope(f->scope);
    options->flags |= f->literal ? (unsigned)BULLETIN_LITERAL : 0;
}

bool filter_is_empty(const filter *f)
{
    return f->from == NULL && f->until == NULL && f->source == NULL && f->lang == NULL &&
           f->organizations.count == 0 && f->min_sources.value < 2;
}

/* Names that fit a line; the rest is counted. */
enum { MOST_TOLD = 8 };

typedef struct candidates {
    size_t count;
    char text[1024];
} candidates;

static bool collect(void *context, const bulletin_organization *organization)
{
    candidates *c = context;
    size_t used = strlen(c->text), more = strlen(organization->name) + 3;
    if (c->count++ < MOST_TOLD && used + more < sizeof c->text)
        snprintf(c->text + used, sizeof c->text - used, "%s%s", used > 0 ? "; " : "", organization->name);
    return true;
}

void filter_explain(const filter *f, bulletin *archive, const bulletin_hits *hits)
{
    for (size_t i = 0; i < f->organizations.count; i++) {
        const char *name = f->organizations.items[i];
        candidates c = { 0 };
        if (bulletin_hits_named(hits, i) == BULLETIN_NAMED_NOTHING)
            message_note("no organization is called %s; looked for as a phrase", name);
        if (bulletin_hits_named(hits, i) != BULLETIN_NAMED_PART ||
            bulletin_organizations(archive, name, filter_scope(f->scope), 0, collect, &c) != BULLETIN_OK)
            continue;
        message_note("%s is nobody's whole name; it could be one of %zu: %s%s", name, c.count, c.text,
                     c.count > MOST_TOLD ? " ..." : "");
    }
}

void filter_free(filter *f)
{
    option_list_free(&f->organizations);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Options that choose bulletins into filters of a search. */
#include "filter.h"

#include <string.h>

void filter_list(filter *f, option_spec rows[FILTER_OPTIONS])
{
    const option_spec all[FILTER_OPTIONS] = {
        { "from", 0, OPTION_TEXT, &f->from, "DATE",
          "published on this day or later: 2024, 2024-05, 2024-05-01" },
        { "until", 0, OPTION_TEXT, &f->until, "DATE", "published on this day or earlier" },
        { "org", 0, OPTION_LIST, &f->organizations, "NAME",
          "names this organization; repeated: names all of them" },
        { "org-scope", 0, OPTION_CHOICE, &f->scope, "self|former|under",
          "of --org: itself, with those it followed, with all below it" },
        { "source", 0, OPTION_TEXT, &f->source, "NAME", "from this publisher; a part of its name will do" },
        { "lang", 0, OPTION_TEXT, &f->lang, "TAG", "in this language: zh, zh-Hant, en" },
        { "literal", 'F', OPTION_SWITCH, &f->literal, NULL, "QUERY is one phrase, found as it stands" },
    };
    memcpy(rows, all, sizeof all);
}

void filter_apply(const filter *f, bulletin_search_options *options)
{
    options->from = f->from;
    options->until = f->until;
    options->source = f->source;
    options->lang = f->lang;
    options->organizations = f->organizations.items;
    options->organization_count = f->organizations.count;
    options->scope = !f->scope                       ? BULLETIN_SCOPE_SELF
                     : strcmp(f->scope, "former") == 0 ? BULLETIN_SCOPE_FORMER
                     : strcmp(f->scope, "under") == 0  ? BULLETIN_SCOPE_UNDER
                                                       : BULLETIN_SCOPE_SELF;
    options->flags |= f->literal ? (unsigned)BULLETIN_LITERAL : 0;
}

bool filter_is_empty(const filter *f)
{
    return f->from == NULL && f->until == NULL && f->source == NULL && f->lang == NULL &&
           f->organizations.count == 0;
}

void filter_free(filter *f)
{
    option_list_free(&f->organizations);
}

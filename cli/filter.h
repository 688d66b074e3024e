/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef FILTER_H
#define FILTER_H

#include "bulletin.h"
#include "option.h"

/* What chooses bulletins, in every command that takes a query. */
typedef struct filter {
    const char *from, *until, *source, *lang, *scope;
    option_list organizations;
    option_number min_sources;
    bool literal;
    char today[sizeof "YYYY-MM-DD"]; /* here, set when it is applied */
} filter;

enum { FILTER_OPTIONS = 8 };

/* Fill so many rows with the options that set it. */
void filter_list(filter *f, option_spec rows[FILTER_OPTIONS]);

/* What a word of --org-scope means; NULL is "self". */
bulletin_scope filter_scope(const char *word);

/* Hand it to a search; what is pointed to, and the filter, stay borrowed. */
void filter_apply(filter *f, bulletin_search_options *options);

/* Whether nothing is asked for. */
bool filter_is_empty(const filter *f);

/* Say which organizations a name was taken for that is nobody's whole name. */
void filter_explain(const filter *f, bulletin *archive, const bulletin_hits *hits);

void filter_free(filter *f);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What a search knows of itself to lines on standard error. */
#include "explain.h"

#include <inttypes.h>
#include <string.h>

#include "message.h"

/* The library's lines, each "name<tab>value". */
static void explain_lines(const char *lines)
{
    while (lines != NULL && *lines != '\0') {
        size_t name = strcspn(lines, "\t\n"), size = strcspn(lines, "\n");
        const char *value = lines + name + (lines[name] == '\t');
        message_note("%.*s: %.*s", (int)name, lines, (int)(lines + size - value), value);
        lines += size + (lines[size] == '\n');
    }
}

static void explain_expansions(const bulletin_hits *hits)
{
    bulletin_expansion one;
    for (size_t i = 0; bulletin_hits_expansion(hits, i, &one) == BULLETIN_OK; i++)
        message_note("expansion: %s -> %s (%s, %s) %" PRId64, one.typed, one.text, one.quality,
                     one.own ? "own" : "built-in", one.bulletins);
}

void explain_search(const bulletin_hits *hits)
{
    message_note("parsed: %s", bulletin_hits_parsed(hits));
    explain_lines(bulletin_hits_explained(hits));
    explain_expansions(hits);
    const int64_t candidates = bulletin_hits_total(hits, BULLETIN_TOTAL_CANDIDATES);
    if (candidates >= 0) {
        message_note("found: the best of %" PRId64 " bulletins that hold the terms, as words or not",
                     candidates);
        return;
    }
    message_note("found: %" PRId64 " bulletins, %" PRId64 " stories; as typed %" PRId64,
                 bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS),
                 bulletin_hits_total(hits, BULLETIN_TOTAL_STORIES),
                 bulletin_hits_total(hits, BULLETIN_TOTAL_AS_TYPED));
}

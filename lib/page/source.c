/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Labels, bylines and datelines to the names of source, author and site. */
#include "source.h"

#include <string.h>

/* A value ends at the next label, a bar, two spaces or a date. */
static bl_piece value_of(const bl_lines *lines, const char *s, size_t size, const bl_hit *hits, size_t count, size_t i)
{
    size_t at = hits[i].value, end = i + 1 < count ? hits[i + 1].at : size;
    bl_stamp stamp;
    size_t from = at;
    if (at >= end)
        return (bl_piece){ s, 0 };
    if (bl_stamp_next(s, end, &from, lines->order, &stamp) && stamp.year)
        end = stamp.at;
    for (size_t k = at; k < end; k++)
        if (s[k] == '|' || (s[k] == ' ' && k + 1 < end && s[k + 1] == ' ') || s[k] == '[' || s[k] == '\t') {
            end = k;
            break;
        }
    bl_piece p = { s + at, end - at };
    bl_trim(&p.text, &p.size);
    return p;
}

static void read_labels(const bl_lines *lines, size_t i, bl_credits *out)
{
    const char *s = bl_line_text(lines, i);
    size_t size = lines->items[i].size;
    bl_hit hits[16];
    size_t count = bl_phrases_find(&lines->phrases, s, size, hits, 16);
    for (size_t k = 0; k < count; k++) {
        bl_piece *slot = hits[k].phrase == BL_PHRASE_SOURCE   ? &out->source
                         : hits[k].phrase == BL_PHRASE_AUTHOR ? &out->author
                                                              : NULL;
        if (slot && slot->size == 0)
            *slot = value_of(lines, s, size, hits, count, k);
    }
}

void bl_source_find(const bl_lines *lines, const bl_layout *layout, bl_credits *out)
{
    *out = (bl_credits){ { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };
    size_t end = layout->first + 2 < lines->count ? layout->first + 2 : lines->count;
    for (size_t i = 0; i < end; i++)
        if (lines->items[i].kind == BL_KIND_META)
            read_labels(lines, i, out);
}

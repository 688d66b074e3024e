/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Lines to the parts of a page: what stands above the title, dateline, article, what follows it. */
#include "role.h"

#include "cut.h"
#include "frame.h"
#include "repeat.h"

static bool has(const bl_line *line, bl_phrase phrase)
{
    return (line->phrases & BL_PHRASE_BIT(phrase)) != 0;
}

static bool is_kind(const bl_lines *lines, size_t i, bl_kind kind)
{
    return i < lines->count && lines->items[i].kind == kind;
}

/* A heading that opens what follows the article. */
static bool opens_tail(bl_kind kind)
{
    return kind == BL_KIND_RELATED || kind == BL_KIND_NEIGHBOUR || kind == BL_KIND_DISCLAIMER ||
           kind == BL_KIND_FOOTER;
}

/* The teaser under "Summary" is the article's own first sentence once more when it ends in an ellipsis. */
static bool is_teaser(const bl_lines *lines, size_t i)
{
    return i > 0 && lines->items[i - 1].kind == BL_KIND_LEAD &&
           ((lines->items[i].flags & BL_LINE_CUT) || lines->items[i].kind == BL_KIND_ORIGINAL);
}

/* The first line with a dated label, when hardly any running text stands above it. */
static size_t find_dateline(const bl_lines *lines)
{
    enum { WITHIN = 60, NOTICE = 80 };
    size_t prose = 0;
    for (size_t i = 0; i < lines->count && i < WITHIN; i++) {
        const bl_line *line = &lines->items[i];
        bl_stamp stamp;
        prose += line->kind == BL_KIND_PROSE ? line->length : 0;
        if (prose > NOTICE)
            break;
        if (line->kind == BL_KIND_META && i > 0 && lines->items[i - 1].kind != BL_KIND_PROSE &&
            bl_first_year_stamp(bl_line_text(lines, i), line->size, lines->order, &stamp))
            return i;
    }
    return 0;
}

static size_t find_first(const bl_lines *lines)
{
    for (size_t i = find_dateline(lines); i < lines->count; i++)
        if (lines->items[i].kind == BL_KIND_PROSE && !is_teaser(lines, i))
            return i;
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].kind == BL_KIND_PROSE && !is_teaser(lines, i))
            return i;
    return lines->count;
}

/* Letters of running text, teasers aside. */
static size_t prose_length(const bl_lines *lines, size_t from, size_t end)
{
    size_t sum = 0;
    for (size_t i = from; i < end; i++)
        if (lines->items[i].kind == BL_KIND_PROSE && !(lines->items[i].flags & BL_LINE_CUT))
            sum += lines->items[i].length;
    return sum;
}

/* The first such heading with more running text before than behind it; one with less behind stands in a
 * frame above the article. */
static size_t find_tail(const bl_lines *lines, size_t from)
{
    size_t before = 0, behind = prose_length(lines, from, lines->count);
    for (size_t i = from; i < lines->count; i++) {
        size_t here = prose_length(lines, i, i + 1);
        before += here;
        behind -= here;
        if (opens_tail((bl_kind)lines->items[i].kind) && (before >= behind || i > from + 8))
            return i;
    }
    return lines->count;
}

/* Menus and share buttons. */
static bool is_button(const bl_line *line)
{
    return line->kind == BL_KIND_NAV || line->kind == BL_KIND_NOISE || line->kind == BL_KIND_CRUMB ||
           (line->kind == BL_KIND_META && has(line, BL_PHRASE_TOOL) && !(line->flags & BL_LINE_YEAR));
}

/* Credits, share buttons and channel names that trail an article without any heading. */
static size_t trim_tail(const bl_lines *lines, size_t first, size_t tail)
{
    while (tail > first + 1 && is_button(&lines->items[tail - 1]))
        tail--;
    size_t credit = tail;
    for (size_t i = tail; i-- > first + 1;) {
        bl_kind kind = (bl_kind)lines->items[i].kind;
        if (kind == BL_KIND_PROSE)
            break;
        if (kind == BL_KIND_CREDIT)
            credit = i;
    }
    return credit;
}

static bool is_furniture(const bl_line *line)
{
    switch (line->kind) {
    case BL_KIND_CRUMB:
    case BL_KIND_NAV:
    case BL_KIND_LEAD:
    case BL_KIND_CREDIT:
    case BL_KIND_NOISE:
    case BL_KIND_ORIGINAL:
    case BL_KIND_RELATED:
    case BL_KIND_NEIGHBOUR:
    case BL_KIND_DISCLAIMER:
    case BL_KIND_FOOTER:
        return true;
    case BL_KIND_META:
        return has(line, BL_PHRASE_COUNTER) || has(line, BL_PHRASE_TOOL) || has(line, BL_PHRASE_SOURCE);
    default:
        return false;
    }
}

static bl_role role_above(const bl_lines *lines, const bl_layout *l, size_t i)
{
    const bl_line *line = &lines->items[i];
    if (l->first <= i && !is_furniture(line))
        return BL_ROLE_BODY; /* running text stands above the title: it is no navigation */
    return line->kind == BL_KIND_META || line->kind == BL_KIND_DATE ? BL_ROLE_META : BL_ROLE_AROUND;
}

/* Between title and running text: datelines, and headings that belong to the article. */
static bl_role role_between(const bl_line *line)
{
    if (line->kind == BL_KIND_META || line->kind == BL_KIND_DATE)
        return BL_ROLE_META;
    return is_furniture(line) ? BL_ROLE_AROUND : BL_ROLE_BODY;
}

static bl_role role_of(const bl_lines *lines, const bl_layout *l, size_t i)
{
    if (l->title != BL_NO_LINE && i >= l->title && i < l->title_end)
        return BL_ROLE_TITLE;
    if (i >= l->tail || is_teaser(lines, i))
        return BL_ROLE_AROUND;
    if (l->title != BL_NO_LINE && i < l->title)
        return role_above(lines, l, i);
    if (i < l->first)
        return role_between(&lines->items[i]);
    return is_furniture(&lines->items[i]) ? BL_ROLE_AROUND : BL_ROLE_BODY;
}

/* Without a title, short lines above the first dateline are navigation; without either nothing is known. */
static void give_roles(bl_lines *lines, const bl_layout *l)
{
    for (size_t i = 0; i < lines->count; i++) {
        bl_role role = role_of(lines, l, i);
        if (role == BL_ROLE_BODY && l->title != BL_NO_LINE && bl_lines_equal(lines, i, l->title))
            role = BL_ROLE_REPEAT;
        if (role == BL_ROLE_BODY && l->title == BL_NO_LINE && l->meta != BL_NO_LINE && i < l->meta &&
            l->meta < l->first)
            role = BL_ROLE_AROUND;
        if (role == BL_ROLE_BODY && (lines->items[i].flags & BL_LINE_REPEATED))
            role = BL_ROLE_AROUND;
        lines->items[i].role = (uint8_t)role;
    }
}

static size_t find_meta(const bl_lines *lines, size_t end)
{
    for (size_t i = 0; i < end; i++)
        if (is_kind(lines, i, BL_KIND_META) || is_kind(lines, i, BL_KIND_DATE))
            return i;
    return BL_NO_LINE;
}

void bl_role_assign(bl_error *e, bl_lines *lines, bl_layout *out)
{
    bl_cut_glued(e, lines);
    bl_repeat_find(e, lines);
    bl_frame_find(lines);
    *out = (bl_layout){ .title = BL_NO_LINE, .original = BL_NO_LINE, .meta = BL_NO_LINE };
    if (bl_failed(e))
        return;
    out->first = find_first(lines);
    out->meta = find_meta(lines, out->first);
    bl_title_choose(lines, out);
    size_t from = out->first < lines->count ? out->first : out->title == BL_NO_LINE ? 0 : out->title_end;
    if (out->title != BL_NO_LINE && from < out->title_end)
        from = out->title_end;
    out->tail = find_tail(lines, from);
    if (out->first < lines->count)
        out->tail = trim_tail(lines, out->first, out->tail);
    give_roles(lines, out);
}

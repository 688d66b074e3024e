/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Lines to the menus and lists around an article that take several lines. */
#include "frame.h"

/* So many short lines in a row may be a menu; items of menus are not longer. */
enum { MENU = 4, ITEM = 8, MOST_MENU = 60 };

/* So many dated headlines in a row are a list. */
enum { DATED = 3, BARE_DATE = 4 };

static bool is_known_item(const bl_line *line)
{
    return line->kind == BL_KIND_NAV ||
           (line->length <= ITEM && (line->kind == BL_KIND_FOOTER || line->kind == BL_KIND_CRUMB));
}

static bool is_item(const bl_line *line)
{
    bool plain = line->kind == BL_KIND_SHORT && line->length > 0 && line->length <= ITEM;
    return is_known_item(line) ||
           (plain && !(line->flags & (BL_LINE_CLOSED | BL_LINE_CUT | BL_LINE_COMMA | BL_LINE_YEAR)));
}

static size_t menu_end(const bl_lines *lines, size_t from)
{
    size_t i = from;
    while (i < lines->count && i - from < MOST_MENU && is_item(&lines->items[i]))
        i++;
    return i;
}

static bool is_dateline(const bl_lines *lines, size_t i)
{
    return i < lines->count && (lines->items[i].kind == BL_KIND_META || lines->items[i].kind == BL_KIND_DATE);
}

/* A heading may follow a menu without any mark: the last line is not the menu's when a dateline follows or
 * when it stands apart. */
static size_t without_heading(const bl_lines *lines, size_t from, size_t end)
{
    const bl_line *last = &lines->items[end - 1];
    bool apart = end - from > 1 && last->gap > 0 && lines->items[end - 2].gap == 0;
    if (is_known_item(last))
        return end;
    return apart || is_dateline(lines, end) ? end - 1 : end;
}

static size_t known_items(const bl_lines *lines, size_t from, size_t end)
{
    size_t known = 0;
    for (size_t i = from; i < end; i++)
        known += is_known_item(&lines->items[i]);
    return known;
}

static void make_menu(bl_lines *lines, size_t from, size_t end, size_t known)
{
    if (end - from < MENU || known_items(lines, from, end) < known)
        return;
    for (size_t i = from; i < end; i++)
        if (lines->items[i].kind == BL_KIND_SHORT)
            lines->items[i].kind = BL_KIND_NAV;
}

/* The menu that a page opens with, below its first headings or banners. */
static void find_menu_above(bl_lines *lines)
{
    enum { TOP = 4 };
    for (size_t i = 0; i < lines->count && i < TOP; i++) {
        size_t end = menu_end(lines, i);
        if (lines->items[i].kind == BL_KIND_PROSE)
            return;
        if (end - i < MENU)
            continue;
        make_menu(lines, i, without_heading(lines, i, end), 1);
        return;
    }
}

/* The menu that a page ends with; names in a list of people look alike, so more of it must be known. */
static void find_menu_below(bl_lines *lines)
{
    size_t from = lines->count;
    while (from > 0 && lines->count - from < MOST_MENU && is_item(&lines->items[from - 1]))
        from--;
    size_t first = from;
    while (first < lines->count && !is_known_item(&lines->items[first]))
        first++;
    if (first < lines->count)
        make_menu(lines, first, lines->count, (lines->count - first + 2) / 3);
}

static bool is_dated(const bl_line *line)
{
    return line->kind == BL_KIND_DATED ||
           (line->kind == BL_KIND_DATE && line->length > BARE_DATE && line->phrases == 0);
}

static void find_dated_lists(bl_lines *lines)
{
    for (size_t i = 0; i < lines->count;) {
        size_t end = i, dated = 0;
        while (end < lines->count && is_dated(&lines->items[end]))
            dated += lines->items[end++].kind == BL_KIND_DATED;
        for (size_t k = i; end - i >= DATED && dated + 1 >= DATED && k < end; k++) {
            lines->items[k].kind = BL_KIND_DATED;
            lines->items[k].flags |= BL_LINE_LISTED;
        }
        i = end > i ? end : i + 1;
    }
}

/* Below "most read" and the like, up to the first line that stands apart, is no headline, or has a dateline;
 * where the list is printed twice, up to its end. */
static void find_headed_lists(bl_lines *lines)
{
    for (size_t i = 0; i + 1 < lines->count; i++) {
        if (lines->items[i].kind != BL_KIND_RELATED)
            continue;
        uint8_t gap = lines->items[i + 1].gap;
        for (size_t k = i + 1; k < lines->count; k++) {
            const bl_line *line = &lines->items[k];
            bool headline = line->kind == BL_KIND_SHORT || line->kind == BL_KIND_DATED;
            bool behind_repeated =
                k > i + 1 && (line[-1].flags & BL_LINE_REPEATED) && !(line->flags & BL_LINE_REPEATED);
            if (!headline || (k > i + 1 && line->gap > gap) || behind_repeated || is_dateline(lines, k + 1))
                break;
            lines->items[k].flags |= BL_LINE_LISTED;
        }
    }
}

/* The day of saving, and buttons: neither is the dateline of an article. */
static bool is_banner(const bl_lines *lines, size_t i)
{
    static const char *const today[] = { "今天是", "今日是", "现在时间", "当前时间", "現在時間", NULL };
    const bl_line *line = &lines->items[i];
    if (line->kind == BL_KIND_META)
        return bl_piece_starts(bl_line_piece(lines, i), today) ||
               line->phrases == BL_PHRASE_BIT(BL_PHRASE_TOOL);
    return line->kind == BL_KIND_DATE && line->phrases == 0 && i + 1 < lines->count &&
           (lines->items[i + 1].kind == BL_KIND_NAV || lines->items[i + 1].kind == BL_KIND_CRUMB);
}

static void find_banners(bl_lines *lines)
{
    enum { TOP = 5 };
    for (size_t i = 0; i < lines->count && i < TOP; i++) {
        if (is_banner(lines, i))
            lines->items[i].kind = BL_KIND_NAV;
        if (!is_known_item(&lines->items[i]))
            break;
    }
}

void bl_frame_find(bl_lines *lines)
{
    find_banners(lines);
    find_menu_above(lines);
    find_menu_below(lines);
    find_dated_lists(lines);
    find_headed_lists(lines);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Lines of a page of markup to what each is for the page. */
#include "html_role.h"

#include <string.h>

typedef struct marker {
    bl_lines *lines;
    const bl_html_lines *html;
    const bl_gloss *gloss;
    const bl_html_title *title;
} marker;

static bool has(const bl_line *line, bl_phrase phrase)
{
    return (line->phrases & BL_PHRASE_BIT(phrase)) != 0;
}

/* The markup's line that a line was: both are in the same order, glosses may have emptied some. */
static size_t advance(const marker *m, size_t i, size_t at)
{
    size_t original = bl_gloss_original(m->gloss, m->lines->items[i].at, 0);
    while (at + 1 < m->html->count && m->html->items[at + 1].at <= original)
        at++;
    return at;
}

static bool is_title_again(const marker *m, size_t i, uint32_t flags)
{
    bl_piece p = bl_line_piece(m->lines, i), title = m->title->text;
    if (title.size == 0 || p.size > 2 * title.size + 64)
        return false;
    unsigned likeness = bl_html_title_likeness(p, title);
    return likeness >= 95 || (likeness >= 75 && (flags & (BL_HTML_H1 | BL_HTML_TITLE)));
}

static bl_role role_by_element(const marker *m, size_t i, size_t at)
{
    uint32_t flags = m->html->items[at].flags;
    if (at == m->title->line)
        return BL_ROLE_TITLE;
    if (!(flags & BL_HTML_IN))
        return BL_ROLE_AROUND;
    return is_title_again(m, i, flags) ? BL_ROLE_REPEAT : BL_ROLE_BODY;
}

/* ---- what the article's own elements hold beside it ---- */

static bool is_prose(const bl_line *line)
{
    return line->kind == BL_KIND_PROSE;
}

/* Before the running text: datelines, breadcrumbs, buttons. */
static bool is_head(const bl_line *line)
{
    switch (line->kind) {
    case BL_KIND_META:
    case BL_KIND_DATE:
    case BL_KIND_CRUMB:
    case BL_KIND_NAV:
    case BL_KIND_CREDIT:
    case BL_KIND_NOISE:
        return true;
    default:
        return false;
    }
}

/* "By …", "Posted by … on …": who wrote it and when, in the words of a template. */
static bool is_byline(bl_piece p)
{
    static const char *const starts[] = { "By ",          "BY ",       "by ",      "Posted ",
                                          "posted ",      "Published", "Written",  "Updated ",
                                          "Last updated", "Story by",  "Words by", "Text by",
                                          "Last Updated", "文/",       "文｜",     "作者：",
                                          "作者:",        "撰文",      NULL };
    enum { LONGEST = 120 };
    return p.size < LONGEST && bl_piece_starts(p, starts);
}

/* Behind the running text: invitations of the template. */
static bool is_invitation(bl_piece p)
{
    static const char *const starts[] = {
        "Sign up",   "Subscribe",  "Follow us", "Follow @",       "Like us",  "Share this",  "Read more",
        "READ MORE", "Read next",  "Related:",  "RELATED:",       "More:",    "See also",    "Also read",
        "Read also", "Click here", "Download ", "Get the latest", "Join our", "Filed under", "Filed Under",
        "Tags:",     "Tagged",     "Topics:",   "更多精彩",       "更多资讯", "扫一扫",      "扫码",
        "长按",      "点击",       "关注我们",  "欢迎关注",       "标签",     "关键词",      NULL
    };
    enum { LONGEST = 160 };
    return p.size < LONGEST && bl_piece_starts(p, starts);
}

static bool is_tail(const bl_line *line)
{
    switch (line->kind) {
    case BL_KIND_META:
        return has(line, BL_PHRASE_COUNTER) || has(line, BL_PHRASE_TOOL) || has(line, BL_PHRASE_SOURCE) ||
               has(line, BL_PHRASE_KEYWORDS);
    case BL_KIND_CREDIT:
    case BL_KIND_RELATED:
    case BL_KIND_NEIGHBOUR:
    case BL_KIND_DISCLAIMER:
    case BL_KIND_FOOTER:
        return true;
    default:
        return false;
    }
}

static void trim_head(bl_lines *lines, size_t first)
{
    for (size_t i = 0; i < first && i < lines->count; i++) {
        bl_line *line = &lines->items[i];
        if (line->role != BL_ROLE_BODY)
            continue;
        if (is_byline(bl_line_piece(lines, i)))
            line->role = BL_ROLE_META;
        else if (is_head(line))
            line->role = (uint8_t)(line->kind == BL_KIND_META || line->kind == BL_KIND_DATE ? BL_ROLE_META
                                                                                            : BL_ROLE_AROUND);
    }
}

/* Links alone, before or behind all running text, lead away from the article. */
static void drop_links_at_ends(const marker *m, size_t first, size_t last)
{
    size_t at = 0;
    for (size_t i = 0; i < m->lines->count; i++) {
        bl_line *line = &m->lines->items[i];
        at = advance(m, i, at);
        if ((i < first || i > last) && line->role == BL_ROLE_BODY &&
            (m->html->items[at].flags & BL_HTML_LINK))
            line->role = BL_ROLE_AROUND;
    }
}

/* Behind the running text, from the first line on that opens what follows an article. */
static void trim_tail(bl_lines *lines, size_t last)
{
    bool behind = false;
    for (size_t i = last + 1; i < lines->count; i++) {
        bl_line *line = &lines->items[i];
        if (line->role != BL_ROLE_BODY)
            continue;
        bool opens = line->kind == BL_KIND_RELATED || line->kind == BL_KIND_NEIGHBOUR ||
                     line->kind == BL_KIND_DISCLAIMER || line->kind == BL_KIND_FOOTER;
        behind = behind || opens;
        if (behind || is_tail(line) || is_invitation(bl_line_piece(lines, i)))
            line->role = BL_ROLE_AROUND;
    }
}

/* Words that templates put between paragraphs. */
static bool is_interruption(bl_piece p)
{
    static const char *const notices[] = { "advertisement",
                                           "advertisements",
                                           "advertising",
                                           "article continues below advertisement",
                                           "story continues below advertisement",
                                           "story continues below",
                                           "continue reading the main story",
                                           "continue reading below",
                                           "continue reading",
                                           "scroll to continue",
                                           "read more",
                                           "loading...",
                                           "loading…",
                                           "click to enlarge",
                                           "view image in fullscreen",
                                           "sponsored",
                                           "sponsored content",
                                           "广告",
                                           "廣告",
                                           "正在加载",
                                           "正在加载...",
                                           "正在加载…",
                                           "加载中",
                                           "加载中...",
                                           "加载中…",
                                           "展开全文",
                                           "点击查看全文",
                                           "点击展开全文",
                                           "阅读全文",
                                           "点击查看大图",
                                           "点击图片进入下一页",
                                           "返回顶部",
                                           "回到顶部",
                                           NULL };
    char lower[64];
    if (p.size >= sizeof lower)
        return false;
    for (size_t i = 0; i < p.size; i++)
        lower[i] = p.text[i] >= 'A' && p.text[i] <= 'Z' ? (char)(p.text[i] | 0x20) : p.text[i];
    return bl_piece_is((bl_piece){ lower, p.size }, notices);
}

static void drop_interruptions(bl_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].role == BL_ROLE_BODY && is_interruption(bl_line_piece(lines, i)))
            lines->items[i].role = BL_ROLE_AROUND;
}

/* Over its headline an article has its kicker at most. */
static void drop_above_title(bl_lines *lines)
{
    size_t title = 0;
    while (title < lines->count && lines->items[title].role != BL_ROLE_TITLE)
        title++;
    for (size_t i = 0; i < title && title < lines->count; i++)
        if (lines->items[i].role == BL_ROLE_BODY && !is_prose(&lines->items[i]))
            lines->items[i].role = BL_ROLE_AROUND;
}

/* A whole line that is a notice, wherever it stands. */
static void drop_notices(bl_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        bl_line *line = &lines->items[i];
        if (line->role == BL_ROLE_BODY && !is_prose(line) &&
            (line->kind == BL_KIND_NEIGHBOUR || line->kind == BL_KIND_FOOTER || line->kind == BL_KIND_CREDIT))
            line->role = BL_ROLE_AROUND;
    }
}

/* ---- the parts of the page ---- */

static size_t first_body(const bl_lines *lines, bool prose)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].role == BL_ROLE_BODY && (!prose || is_prose(&lines->items[i])))
            return i;
    return lines->count;
}

static size_t last_body(const bl_lines *lines, bool prose)
{
    for (size_t i = lines->count; i-- > 0;)
        if (lines->items[i].role == BL_ROLE_BODY && (!prose || is_prose(&lines->items[i])))
            return i;
    return lines->count;
}

static void find_parts(const bl_lines *lines, bl_layout *out)
{
    *out = (bl_layout){ .title = BL_NO_LINE, .original = BL_NO_LINE, .meta = BL_NO_LINE };
    for (size_t i = 0; i < lines->count && out->title == BL_NO_LINE; i++)
        if (lines->items[i].role == BL_ROLE_TITLE)
            out->title = i;
    out->title_end = out->title == BL_NO_LINE ? 0 : out->title + 1;
    out->first = first_body(lines, false);
    size_t last = last_body(lines, false);
    out->tail = last < lines->count ? last + 1 : lines->count;
    for (size_t i = 0; i < out->first && out->meta == BL_NO_LINE; i++)
        if (lines->items[i].kind == BL_KIND_META || lines->items[i].kind == BL_KIND_DATE)
            out->meta = i;
}

/* Between headline and text what its template calls a date is one, whatever words are around it. */
static void trust_dates(const marker *m, const bl_layout *layout)
{
    enum { LONGEST = 120 };
    size_t at = 0;
    bl_stamp stamp;
    for (size_t i = 0; i < layout->first && i < m->lines->count; i++) {
        bl_line *line = &m->lines->items[i];
        at = advance(m, i, at);
        bool near = layout->title == BL_NO_LINE || i + 2 >= layout->title;
        if (near && (m->html->items[at].flags & BL_HTML_DATE) && line->size < LONGEST &&
            line->kind != BL_KIND_META &&
            bl_first_year_stamp(bl_line_text(m->lines, i), line->size, m->lines->order, &stamp))
            line->kind = BL_KIND_DATE;
    }
}

void bl_html_role_assign(bl_lines *lines, const bl_html_lines *html, const bl_gloss *gloss,
                         const bl_html_title *title, bl_layout *out)
{
    marker m = { lines, html, gloss, title };
    size_t at = 0;
    for (size_t i = 0; i < lines->count; i++) {
        at = advance(&m, i, at);
        bl_line *line = &lines->items[i];
        line->role = (uint8_t)role_by_element(&m, i, at);
        /* Dates in rows of data are of what the rows are about. */
        if ((html->items[at].flags & BL_HTML_DATA) && line->kind != BL_KIND_META &&
            (line->flags & BL_LINE_YEAR))
            line->kind = BL_KIND_DATED;
    }
    size_t first = first_body(lines, true), last = last_body(lines, true);
    if (first < lines->count) {
        trim_head(lines, first);
        trim_tail(lines, last);
        drop_links_at_ends(&m, first, last);
        drop_notices(lines);
    }
    drop_interruptions(lines);
    drop_above_title(lines);
    find_parts(lines, out);
    trust_dates(&m, out);
}

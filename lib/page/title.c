/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The lines before the running text to the one that is the title. */
#include <string.h>

#include "byline.h"
#include "headline.h"
#include "overlap.h"
#include "role.h"

typedef struct search {
    const bl_lines *lines;
    const bl_layout *layout;
    size_t end;      /* candidates stand before it */
    size_t original; /* line with the original title, or BL_NO_LINE */
    size_t crumb;    /* last breadcrumb before end, or BL_NO_LINE */
    size_t from;     /* candidates stand at or behind it */
    bool digest;     /* items with dates of their own follow: what stands first names the page */
    bl_overlap text; /* words of the running text */
} search;

static bool is_wordy(const bl_line *line)
{
    return line->length >= 4 && line->length <= 90;
}

static bool is_dateline(const bl_lines *lines, size_t i)
{
    if (i >= lines->count)
        return false;
    bl_kind kind = (bl_kind)lines->items[i].kind;
    bool day_number = lines->items[i].size <= 2 && lines->items[i].length == 0 && i + 1 < lines->count;
    return kind == BL_KIND_META || kind == BL_KIND_DATE ||
           (day_number && lines->items[i + 1].kind == BL_KIND_DATE);
}

/* In a list of other articles, whose last line the page's own heading may be taken for. */
static bool is_listed(const bl_lines *lines, size_t i)
{
    const bl_line *line = &lines->items[i];
    if (line->flags & BL_LINE_REPEATED)
        return true;
    return (line->flags & BL_LINE_LISTED) && (line->kind == BL_KIND_DATED || !is_dateline(lines, i + 1));
}

/* A sentence goes on behind its pauses, across the lines of a page that breaks it. */
static bool ends_in_pause(const bl_lines *lines, size_t i)
{
    static const char *const pauses[] = { ",", "，", "、", ";", "；", NULL };
    return bl_piece_ends(bl_line_piece(lines, i), pauses) > 0;
}

static bool may_be_title(const search *q, size_t i)
{
    static const char *const label_ends[] = { ":", "：", NULL };
    const bl_line *line = &q->lines->items[i];
    bl_piece p = bl_line_piece(q->lines, i);
    if ((line->kind != BL_KIND_SHORT && line->kind != BL_KIND_DATED) || !is_wordy(line) ||
        (line->flags & BL_LINE_BULLET) || is_listed(q->lines, i))
        return false;
    if (ends_in_pause(q->lines, i) || (i > 0 && ends_in_pause(q->lines, i - 1)))
        return false;
    static const char *const wires[] = { "日电", "日電", NULL };
    for (const char *const *w = wires; *w; w++)
        if (bl_piece_find(p, 0, *w) != BL_NOWHERE && bl_byline_opening(p).end > 0)
            return false;
    return !bl_headline_opens_text(p) && !bl_headline_is_of_page(p) && !bl_piece_ends(p, label_ends) &&
           !bl_headline_is_number(p);
}

static int length_score(uint32_t length)
{
    if (length < 6)
        return -1;
    if (length < 9)
        return 2;
    return length <= 50 ? 4 : length <= 70 ? 2 : 0;
}

static bool repeats(const search *q, size_t i)
{
    size_t end = i + 40 < q->lines->count ? i + 40 : q->lines->count;
    for (size_t k = i + 1; k < end; k++)
        if (bl_lines_equal(q->lines, i, k))
            return true;
    return false;
}

static bool is_cut_of(bl_piece cut, bl_piece whole)
{
    static const char *const marks[] = { "…", ".", "...", "。", "……", NULL };
    bl_piece head = bl_piece_strip(cut, marks);
    return head.size >= 12 && head.size < whole.size && memcmp(head.text, whole.text, head.size) == 0;
}

/* The title whole, below or above itself in two lines. */
static bool is_joined(const search *q, size_t i)
{
    bl_piece p = bl_line_piece(q->lines, i);
    size_t end = i + 6 < q->end ? i + 6 : q->end;
    for (size_t k = i > 6 ? i - 6 : 0; k + 1 < end; k++) {
        bl_piece head = bl_line_piece(q->lines, k), rest = bl_line_piece(q->lines, k + 1);
        if (k != i && k + 1 != i && head.size + rest.size == p.size &&
            memcmp(p.text, head.text, head.size) == 0 &&
            memcmp(p.text + head.size, rest.text, rest.size) == 0)
            return true;
    }
    return false;
}

/* "<title>_<site>" stands above or below it, or the title cut short with an ellipsis. */
static bool opens_other_line(const search *q, size_t i)
{
    bl_piece p = bl_line_piece(q->lines, i);
    size_t from = i > 6 ? i - 6 : 0, end = i + 6 < q->lines->count ? i + 6 : q->lines->count;
    for (size_t k = from; k < end; k++) {
        bl_piece other = bl_line_piece(q->lines, k);
        if (k != i && other.size > p.size && memcmp(other.text, p.text, p.size) == 0)
            return true;
        if (k != i && (q->lines->items[k].flags & BL_LINE_CUT) && is_cut_of(other, p))
            return true;
    }
    return false;
}

/* The first of two lines whose whole stands elsewhere. */
static bool is_half_of_next(const search *q, size_t i)
{
    for (size_t k = i + 2; k < i + 6 && k < q->end; k++)
        if (is_joined(q, k) && q->lines->items[k].size > q->lines->items[i].size)
            return true;
    return false;
}

static bool line_holds(const search *q, size_t holder, size_t i)
{
    return holder != BL_NO_LINE &&
           bl_piece_find_piece(bl_line_piece(q->lines, holder), bl_line_piece(q->lines, i)) != BL_NOWHERE;
}

/* The line under it: a dateline speaks for a title, an item of a list against it. */
static int neighbour_score(const search *q, size_t i)
{
    const bl_lines *lines = q->lines;
    if (is_dateline(lines, i + 1))
        return 3;
    if (is_dateline(lines, i + 2))
        return 2;
    if (i + 1 < lines->count && lines->items[i + 1].kind == BL_KIND_PROSE)
        return 1;
    return 0;
}

/* A headline shares words with its article; a banner does not. */
static int overlap_score(const search *q, bl_piece p)
{
    unsigned percent = bl_overlap_percent(&q->text, p);
    return percent >= 40 ? 4 : percent >= 20 ? 3 : percent > 0 ? 1 : -1;
}

/* A short name that the dateline repeats as its source. */
static bool is_site_of_dateline(const search *q, size_t i)
{
    bl_piece rest = bl_line_piece(q->lines, i), name;
    if (q->lines->items[i].length > 20 || !bl_piece_field(&rest, &name))
        return false;
    for (size_t k = q->from; k < q->end; k++)
        if (k != i && is_dateline(q->lines, k) &&
            bl_piece_find_piece(bl_line_piece(q->lines, k), name) != BL_NOWHERE)
            return true;
    return false;
}

static bool names_body(const search *q, size_t i)
{
    bl_piece p = bl_line_piece(q->lines, i);
    return (q->lines->items[i].length <= 20 && bl_byline_is_body(p)) || bl_byline_masthead(p).size > 0;
}

/* A few characters that the text has nothing of: the name of a channel. */
static bool is_channel(const search *q, size_t i)
{
    return q->lines->items[i].length < 5 && bl_overlap_percent(&q->text, bl_line_piece(q->lines, i)) == 0;
}

static size_t behind_datelines(const search *q, size_t i)
{
    while (is_dateline(q->lines, i))
        i++;
    return i;
}

/* The short line above the dateline is a channel's name, when the one between the dateline and the text says
 * more of what the text says. */
static bool is_outdone(const search *q, size_t dateline, size_t i)
{
    if (dateline == 0 || i != behind_datelines(q, dateline) || i + 1 >= q->lines->count ||
        q->lines->items[i + 1].kind != BL_KIND_PROSE || !may_be_title(q, i))
        return false;
    const bl_line *above = &q->lines->items[dateline - 1], *below = &q->lines->items[i];
    unsigned have = bl_overlap_percent(&q->text, bl_line_piece(q->lines, dateline - 1));
    return above->length < 9 && below->length >= 2 * above->length &&
           bl_overlap_percent(&q->text, bl_line_piece(q->lines, i)) > have;
}

/* A heading in the list under the dateline belongs to the text when the page's own stands above it. */
static bool is_below_dateline(const search *q, size_t i)
{
    if (is_dateline(q->lines, i + 1))
        return false;
    bool heading = false;
    for (size_t k = q->from; k < i; k++) {
        if (is_dateline(q->lines, k) && heading)
            return !is_outdone(q, k, i);
        heading =
            heading || (may_be_title(q, k) && !is_channel(q, k) && !names_body(q, k) &&
                        !bl_headline_is_greeting(bl_line_piece(q->lines, k)) && !is_site_of_dateline(q, k));
    }
    return false;
}

/* "Read more > <the same words>" follows the items of an index. */
static bool is_linked_item(const search *q, size_t i)
{
    for (size_t k = i + 1; k < i + 4 && k < q->lines->count; k++)
        if (q->lines->items[k].kind == BL_KIND_NAV && line_holds(q, k, i))
            return true;
    return false;
}

static bool has_dateline_near(const search *q, size_t i)
{
    if (is_dateline(q->lines, i + 1) || is_dateline(q->lines, i + 2))
        return true;
    return i > 0 && (is_dateline(q->lines, i - 1) || bl_headline_is_issue(bl_line_piece(q->lines, i - 1)));
}

/* The last station of the breadcrumb. */
static bool ends_crumb(const search *q, size_t i)
{
    bl_piece p = bl_line_piece(q->lines, i);
    if (q->crumb == BL_NO_LINE || q->lines->items[i].length < 5)
        return false;
    bl_piece crumb = bl_line_piece(q->lines, q->crumb);
    return crumb.size > p.size && memcmp(crumb.text + crumb.size - p.size, p.text, p.size) == 0;
}

/* Pictures before words that the text has nothing of. */
static bool is_spam(const search *q, bl_piece p)
{
    unsigned char lead = (unsigned char)p.text[0];
    return lead >= 0xF0 && bl_overlap_percent(&q->text, p) == 0;
}

/* A heading with a date alone under it, where another one has the same: an item. */
static bool is_dated_item(const search *q, size_t i)
{
    const bl_lines *lines = q->lines;
    size_t items = 0;
    for (size_t k = i; k + 1 < lines->count && items < 2; k++)
        items += lines->items[k].kind == BL_KIND_SHORT && lines->items[k + 1].kind == BL_KIND_DATE;
    return q->digest && items == 2 && i + 1 < lines->count && lines->items[i + 1].kind == BL_KIND_DATE;
}

/* Sites repeat their own name as well as headlines. */
static int repetition_score(const search *q, size_t i)
{
    bool twice = i + 1 < q->lines->count && bl_lines_equal(q->lines, i, i + 1);
    if (repeats(q, i))
        return twice ? 8 : 4;
    return opens_other_line(q, i) && !is_half_of_next(q, i) ? 3 : 0;
}

/* "——访…" under a headline. */
static bool has_subtitle(const search *q, size_t i)
{
    static const char *const dashes[] = { "——", "--", NULL };
    return i + 1 < q->lines->count && bl_piece_starts(bl_line_piece(q->lines, i + 1), dashes);
}

static int score(const search *q, size_t i)
{
    const bl_line *line = &q->lines->items[i];
    bl_piece p = bl_line_piece(q->lines, i);
    int points = length_score(line->length) + neighbour_score(q, i) + overlap_score(q, p);
    if (bl_headline_is_document(p))
        points += 2;
    if (i == q->from)
        points += q->digest ? 10 : 1;
    if (!names_body(q, i))
        points += repetition_score(q, i);
    if (has_subtitle(q, i) && !opens_other_line(q, i))
        points += 3;
    if (line_holds(q, q->crumb, i))
        points += line->length >= 9 ? 5 : ends_crumb(q, i) ? 1 : -2;
    if (line->length < 6 && !has_dateline_near(q, i))
        points -= 4; /* a caption */
    if (bl_headline_is_letterhead(p))
        points -= 10;
    if (line_holds(q, q->original, i))
        points += 4;
    if (bl_headline_is_byline(p) || is_linked_item(q, i) || is_dated_item(q, i))
        points -= 10;
    if (is_site_of_dateline(q, i))
        points -= 6;
    if (names_body(q, i))
        points -= 4;
    if (is_joined(q, i))
        points += 6;
    if (i > 0 && i == q->from && line[-1].kind != BL_KIND_NAV &&
        bl_headline_is_issue(bl_line_piece(q->lines, i - 1)))
        points += 2;
    if ((line->flags & BL_LINE_CUT))
        points -= 3;
    if (is_dateline(q->lines, i + 1) && is_outdone(q, i + 1, behind_datelines(q, i + 1)))
        points -= 4;
    if (is_below_dateline(q, i) && !ends_crumb(q, i))
        points -= 7;
    if (bl_headline_is_greeting(p) || is_spam(q, p))
        points -= 6;
    if ((line->flags & BL_LINE_CLOSED) && (line->flags & BL_LINE_COMMA))
        points -= 4;
    if (line->kind == BL_KIND_DATED)
        points -= 5;
    return points;
}

static size_t last_of_kind(const bl_lines *lines, size_t end, bl_kind kind)
{
    for (size_t i = end; i-- > 0;)
        if (lines->items[i].kind == kind)
            return i;
    return BL_NO_LINE;
}

/* Where to look: before the running text; when that comes first, before a dateline right behind a heading. */
static size_t search_end(const bl_lines *lines, const bl_layout *l)
{
    for (size_t i = 0; i < l->first; i++)
        if ((lines->items[i].kind == BL_KIND_SHORT && !is_listed(lines, i)) || is_dateline(lines, i))
            return l->first;
    for (size_t i = l->first + 1; i + 1 < lines->count && i < l->first + 4; i++)
        if (lines->items[i].kind == BL_KIND_SHORT && !(lines->items[i].flags & BL_LINE_CLOSED) &&
            lines->items[i + 1].kind == BL_KIND_META &&
            !(lines->items[i + 1].phrases & BL_PHRASE_BIT(BL_PHRASE_TOOL)))
            return i + 1;
    return l->first;
}

/* No scattered letters, as watermarks have. */
static bool is_clean(bl_piece p)
{
    bl_shape shape;
    bl_shape_of(p.text, p.size, &shape);
    return shape.loose * 3 <= shape.words + bl_shape_cjk(&shape);
}

/* A headline straight above running text, and further on another one of its size above more: items of a list,
 * none of which names the page. */
static bool is_item_of_list(const bl_lines *lines, size_t title)
{
    const bl_line *t = &lines->items[title];
    for (size_t i = 0; i < title; i++)
        if ((lines->items[i].kind == BL_KIND_SHORT || lines->items[i].kind == BL_KIND_PROSE) &&
            lines->items[i].length > 4 && !is_listed(lines, i))
            return false;
    if (title + 1 >= lines->count || lines->items[title + 1].kind != BL_KIND_PROSE)
        return false;
    for (size_t i = title + 2; i + 1 < lines->count; i++) {
        const bl_line *line = &lines->items[i];
        if (line->kind == BL_KIND_SHORT && lines->items[i + 1].kind == BL_KIND_PROSE && line->length >= 10 &&
            is_clean(bl_line_piece(lines, i)) && line->length * 2 >= t->length &&
            !bl_headline_opens_text(bl_line_piece(lines, i)) && !(line->flags & BL_LINE_CLOSED))
            return true;
    }
    return false;
}

/* Candidates are sought so many lines before the text, whose first lines are compared with them. */
enum { FAR = 200, SAMPLE = 24, SAMPLE_BYTES = 1500, ENOUGH = 1 };

static void sample_text(search *q)
{
    size_t taken = 0;
    for (size_t i = q->layout->first, seen = 0; i < q->lines->count && seen < SAMPLE && taken < SAMPLE_BYTES;
         i++) {
        bl_piece p = bl_line_piece(q->lines, i);
        if (q->lines->items[i].kind != BL_KIND_PROSE)
            continue;
        if (p.size > SAMPLE_BYTES)
            p.size = SAMPLE_BYTES;
        bl_overlap_add(&q->text, p);
        taken += p.size;
        seen++;
    }
}

/* A date alone between two pieces of running text. */
static bool has_dated_items(const bl_lines *lines, size_t first)
{
    bool dated = false;
    for (size_t i = first; i < lines->count; i++) {
        const bl_line *line = &lines->items[i];
        if (line->kind == BL_KIND_RELATED || line->kind == BL_KIND_NEIGHBOUR)
            break;
        if (dated && line->kind == BL_KIND_PROSE)
            return true;
        dated = dated || (line->kind == BL_KIND_DATE && line->length <= 4 && (line->flags & BL_LINE_YEAR));
    }
    return false;
}

/* Past the last breadcrumb, navigation and boxes. */
static void set_range(search *q)
{
    const bl_lines *lines = q->lines;
    size_t near = q->layout->first + 3 < lines->count ? q->layout->first + 3 : lines->count;
    q->end = search_end(lines, q->layout);
    q->crumb = last_of_kind(lines, q->end, BL_KIND_CRUMB);
    q->original = last_of_kind(lines, near, BL_KIND_ORIGINAL);
    q->from = q->end > FAR ? q->end - FAR : 0;
    if (q->crumb != BL_NO_LINE && q->crumb >= q->from && q->crumb + 1 < q->end)
        q->from = q->crumb + 1;
    while (q->from < q->end && !may_be_title(q, q->from))
        q->from++;
}

/* "<headline> - <paper>": without the paper. */
static bl_piece without_site(bl_piece title)
{
    enum { HEADLINE = 6 };
    static const char *const joints[] = { "_", " - ", " | ", "|", "--", " – ", "-", NULL };
    for (const char *const *joint = joints; *joint; joint++) {
        size_t at = BL_NOWHERE, n = strlen(*joint);
        for (size_t from = 0; (from = bl_piece_find(title, from, *joint)) != BL_NOWHERE; from += n)
            at = from;
        if (at == BL_NOWHERE)
            continue;
        bl_piece head = bl_piece_part(title, 0, at), site = bl_piece_part(title, at + n, title.size);
        if (bl_piece_characters(head) >= HEADLINE && bl_piece_characters(site) <= 12 &&
            bl_piece_characters(site) >= 4 && bl_byline_is_media(site))
            return head;
    }
    return title;
}

/* "<headline>|<word>|<word>": without the words. */
static bl_piece without_keywords(bl_piece title)
{
    enum { HEADLINE = 8, WORD = 6 };
    bl_piece rest = title, head, word;
    size_t words = 0;
    if (!bl_piece_field(&rest, &head) || bl_piece_characters(head) < HEADLINE)
        return title;
    while (bl_piece_field(&rest, &word)) {
        if (bl_piece_characters(word) > WORD)
            return title;
        words++;
    }
    bool barred = head.text + head.size < title.text + title.size && head.text[head.size] == '|';
    return words >= 2 && barred ? head : title;
}

static bl_piece without_label(bl_piece line)
{
    static const char *const labels[] = {
        "标题",     "標題",     "标　　题",      "標　　題",   "标 题",    "題目",     "题目",     "名　　称",
        "名　　稱", "名称",     "名稱",          "文章标题",   "新闻标题", "信息标题", "文件标题", "公文标题",
        "文章標題", "新聞標題", "Article title", "News title", "Title",    "제목",     "件名",     NULL
    };
    static const char *const colons[] = { ":", "：", NULL };
    for (const char *const *l = labels; *l; l++) {
        const char *const label[] = { *l, NULL };
        size_t n = strlen(*l);
        if (!bl_piece_starts(line, label))
            continue;
        bl_piece rest = bl_piece_part(line, n, line.size);
        if (bl_piece_starts(rest, colons))
            return bl_piece_part(rest, rest.text[0] == ':' ? 1 : 3, rest.size);
        if (rest.size > 0 && rest.text > line.text + n)
            return rest; /* blanks part a table's cells */
    }
    return line;
}

bl_piece bl_title_text(bl_piece line)
{
    return without_site(without_keywords(without_label(line)));
}

/* The first words of the page are those of running text, and no dateline says otherwise. */
static bool opens_without_title(const bl_lines *lines, const bl_layout *l)
{
    size_t i = 0;
    while (i < lines->count && lines->items[i].kind != BL_KIND_SHORT && lines->items[i].kind != BL_KIND_PROSE)
        i++;
    return l->meta == BL_NO_LINE && i < lines->count && lines->items[i].kind == BL_KIND_SHORT &&
           bl_headline_opens_news(bl_line_piece(lines, i));
}

void bl_title_choose(const bl_lines *lines, bl_layout *out)
{
    search q = { .lines = lines, .layout = out };
    int best = ENOUGH;
    if (opens_without_title(lines, out))
        return;
    set_range(&q);
    out->original = q.original;
    q.digest = has_dated_items(lines, out->first);
    sample_text(&q);
    for (size_t i = q.from; i < q.end; i++) {
        int points = may_be_title(&q, i) ? score(&q, i) : 0;
        if (points > best) {
            best = points;
            out->title = i;
        }
    }
    if (out->title != BL_NO_LINE && out->meta == BL_NO_LINE && is_item_of_list(lines, out->title))
        out->title = BL_NO_LINE;
    out->title_end = out->title == BL_NO_LINE ? 0 : out->title + 1;
}

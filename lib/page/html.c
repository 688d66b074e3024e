/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A page of markup to the article in it: what its head says, then what a reader sees. */
#include "html.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "explain.h"
#include "html_article.h"
#include "html_date.h"
#include "html_line.h"
#include "html_meta.h"
#include "html_raw.h"
#include "html_role.h"
#include "html_title.h"
#include "html_tree.h"
#include "lang.h"
#include "source.h"

/* ---- is it markup? ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool starts(bl_piece p, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i < n; i++)
        if (i >= p.size || lower(p.text[i]) != what[i])
            return false;
    return true;
}

static bool has_ending(const char *name, const char *const *endings)
{
    size_t size = name ? strlen(name) : 0;
    for (; *endings; endings++) {
        size_t n = strlen(*endings);
        if (size >= n && starts((bl_piece){ name + size - n, n }, *endings))
            return true;
    }
    return false;
}

bool bl_html_is(const bl_page_hints *hints, const char *text, size_t size)
{
    static const char *const openings[] = { "<!doctype html", "<html", "<head", "<body", "<meta ", NULL };
    static const char *const markup[] = { ".html", ".htm", ".xhtml", ".shtml", NULL };
    static const char *const plain[] = { ".txt", ".text", ".md", NULL };
    bl_piece page = bl_piece_trim((bl_piece){ text, size < 4096 ? size : 4096 });
    if (hints->type && (strstr(hints->type, "html") || strncmp(hints->type, "text/plain", 10) == 0))
        return strstr(hints->type, "html") != NULL;
    if (has_ending(hints->name, markup) || has_ending(hints->name, plain))
        return has_ending(hints->name, markup);
    while (starts(page, "<?xml") || starts(page, "<!--")) {
        size_t end = bl_piece_find(page, 0, page.text[1] == '?' ? "?>" : "-->");
        if (end == BL_NOWHERE)
            return false;
        page = bl_piece_part(page, end + (page.text[1] == '?' ? 2 : 3), page.size);
    }
    for (const char *const *o = openings; *o; o++)
        if (starts(page, *o))
            return true;
    return false;
}

/* ---- from markup to lines ---- */

typedef struct reading {
    bl_tree tree;
    bl_flow flow;
    bl_html_meta meta;
    bl_html_lines html;
    bl_html_title title;
    bl_gloss gloss;
    bl_lines lines;
    bl_layout layout;
} reading;

/* <title>, from the tree. */
static void take_name(bl_error *e, reading *r)
{
    for (size_t i = 1; i + 1 < r->tree.count; i++) {
        const bl_node *node = &r->tree.nodes[i], *text = node + 1;
        if (node->tag == BL_TAG_TITLE && text->tag == BL_TAG_TEXT && text->parent == i) {
            bl_meta_offer(e, &r->meta, BL_META_HEADLINE, 1, r->tree.text.data + text->at, text->size);
            return;
        }
    }
}

static void read_tree(bl_error *e, const char *text, size_t size, reading *r)
{
    bl_buffer markup = { 0 }, json = { 0 };
    bl_html_raw(e, text, size, &markup, &json);
    if (!bl_failed(e) && json.size > 0)
        bl_meta_json(e, &r->meta, &json);
    bl_tree_read(e, markup.data, markup.size, &r->tree, &r->meta);
    bl_buffer_free(&json);
    bl_buffer_free(&markup);
}

static void read_lines(bl_error *e, reading *r)
{
    bl_flow_read(e, &r->tree, &r->flow);
    bl_article_find(e, &r->tree, &r->flow);
    bl_html_lines_write(e, &r->tree, &r->flow, &r->html);
    if (bl_failed(e))
        return;
    r->title = bl_html_title_choose(&r->html, &r->meta);
    const char *text = r->html.text.data ? r->html.text.data : "";
    size_t size = r->html.text.size;
    bl_gloss_remove(e, text, size, &r->gloss);
    if (r->gloss.count > 0) {
        text = r->gloss.text.data;
        size = r->gloss.text.size;
    }
    bl_lines_read(e, text, size, &r->lines);
    if (!bl_failed(e))
        bl_html_role_assign(&r->lines, &r->html, &r->gloss, &r->title, &r->layout);
}

static void release(reading *r)
{
    bl_lines_free(&r->lines);
    bl_gloss_free(&r->gloss);
    bl_html_lines_free(&r->html);
    bl_flow_free(&r->flow);
    bl_tree_free(&r->tree);
    bl_meta_free(&r->meta);
}

/* ---- from lines to the article ---- */

static char *copy_of(bl_error *e, const char *text, size_t size)
{
    bl_buffer b = { 0 };
    if (bl_failed(e) || size == 0)
        return NULL;
    bl_buffer_append(&b, text, size);
    char *copy = bl_buffer_steal(&b);
    if (!copy)
        bl_fail_nomem(e);
    return copy;
}

static char *steal(bl_error *e, bl_buffer *b)
{
    bl_buffer_puts(b, "");
    char *text = bl_buffer_steal(b);
    if (!text)
        bl_fail_nomem(e);
    return text;
}

static void add_line(bl_buffer *to, const char *text, size_t size)
{
    if (to->size > 0)
        bl_buffer_putc(to, '\n');
    bl_buffer_append(to, text, size);
}

static void fill_title(bl_error *e, const reading *r, bl_article *out)
{
    size_t line = r->layout.title;
    bl_piece title = line == BL_NO_LINE ? r->title.text : bl_line_piece(&r->lines, line);
    out->title = copy_of(e, title.text, title.size);
}

/* The furniture has every line that is not elsewhere, and those that lost glosses as they were printed. */
static void fill_text(bl_error *e, const reading *r, bl_article *out)
{
    bl_buffer body = { 0 }, furniture = { 0 };
    for (size_t i = 0; i < r->lines.count; i++) {
        const bl_line *line = &r->lines.items[i];
        size_t at = bl_gloss_original(&r->gloss, line->at, 0),
               end = bl_gloss_original(&r->gloss, line->at + line->size, 1);
        if (line->role == BL_ROLE_BODY)
            add_line(&body, bl_line_text(&r->lines, i), line->size);
        if ((line->role != BL_ROLE_BODY && line->role != BL_ROLE_TITLE) || end - at != line->size)
            add_line(&furniture, r->html.text.data + at, end - at);
    }
    out->body = steal(e, &body);
    out->furniture = steal(e, &furniture);
}

/* A single-page application shows its article only once its program ran: then JSON-LD has it. */
enum { SHELL = 3 };

static void fill_from_json(bl_error *e, const reading *r, bl_article *out)
{
    const char *text = r->meta.value[BL_META_TEXT];
    if (bl_failed(e) || !text || strlen(text) < SHELL * (strlen(out->body) + 40))
        return;
    bl_buffer furniture = { 0 };
    if (*out->body) {
        bl_buffer_puts(&furniture, out->body);
        add_line(&furniture, out->furniture, strlen(out->furniture));
        free(out->furniture);
        out->furniture = steal(e, &furniture);
    }
    free(out->body);
    out->body = copy_of(e, text, strlen(text));
}

static const char *host_of(const char *url, size_t *size)
{
    const char *start = strstr(url, "://");
    start = start ? start + 3 : strncmp(url, "//", 2) == 0 ? url + 2 : "";
    *size = strcspn(start, "/?#:");
    return start;
}

/* "By Ada Rune •" */
static bl_piece without_by(bl_piece name)
{
    static const char *const by[] = { "By ", "BY ", "by ", "By: ", "BY: ", "Par ", "Por ", "Von ", NULL };
    static const char *const marks[] = { "•", "|", ",", ";", "·", NULL };
    if (bl_piece_starts(name, by))
        name = bl_piece_part(name, bl_piece_find(name, 0, " "), name.size);
    return bl_piece_strip(name, marks);
}

/* Where words are parted by blanks, what stands behind "by" on a page is its author more often than its
 * publisher: the site's own name comes first. */
static void fill_source(bl_error *e, const reading *r, const bl_credits *credits, bl_article *out)
{
    const char *stated = r->meta.value[BL_META_SOURCE], *site = r->meta.value[BL_META_SITE];
    bool spaced = bl_shape_cjk(&r->lines.total) <= r->lines.total.letters / 8;
    if (stated)
        out->source = copy_of(e, stated, strlen(stated));
    else if (site && (spaced || credits->source.size == 0))
        out->source = copy_of(e, site, strlen(site));
    else
        out->source = copy_of(e, credits->source.text, credits->source.size);
}

static void fill_credits(bl_error *e, const reading *r, const bl_page_hints *hints, bl_article *out)
{
    bl_credits credits;
    if (bl_failed(e))
        return;
    bl_source_find(&r->lines, &r->layout, &credits);
    fill_source(e, r, &credits, out);
    const char *author = r->meta.value[BL_META_AUTHOR];
    bl_piece name = author ? without_by((bl_piece){ author, strlen(author) }) : credits.author;
    out->author = copy_of(e, name.text, name.size);
    const char *url = hints->url ? hints->url : r->meta.value[BL_META_URL];
    size_t size = 0;
    const char *host = url ? host_of(url, &size) : NULL;
    out->site = size > 0 ? copy_of(e, host, size) : copy_of(e, credits.site.text, credits.site.size);
    out->url = url && (hints->url || size > 0) ? copy_of(e, url, strlen(url)) : NULL;
}

static void fill_date(bl_error *e, const reading *r, const bl_page_hints *hints, bl_article *out)
{
    bl_day day;
    char text[BL_DAY_TEXT];
    bl_page_hints known = *hints;
    if (!known.url)
        known.url = r->meta.value[BL_META_URL];
    const char *from = bl_failed(e) ? NULL : bl_html_date_find(&r->lines, &r->layout, &r->meta, &known, &day);
    if (!from)
        return;
    bl_day_print(day, text);
    out->published = copy_of(e, text, strlen(text));
    out->published_from = copy_of(e, from, strlen(from));
}

/* The text tells the language better than the template, but for languages of one script. */
static void fill_lang(bl_error *e, const reading *r, bl_article *out)
{
    const char *said = r->meta.value[BL_META_LANG];
    const char *seen = out->body ? bl_lang_of(out->body, strlen(out->body), NULL) : NULL;
    if (seen && (!said || strcmp(seen, "en") != 0))
        out->lang = copy_of(e, seen, strlen(seen));
    else if (said)
        out->lang = copy_of(e, said, strcspn(said, " ,;"));
}

bool bl_html_read(bl_error *e, const char *text, size_t size, const bl_page_hints *hints, bl_article *out)
{
    reading r = { .title = { { NULL, 0 }, BL_NOWHERE } };
    read_tree(e, text, size, &r);
    bool readable = !r.tree.unreadable;
    take_name(e, &r);
    if (readable)
        read_lines(e, &r);
    if (readable && !bl_failed(e)) {
        fill_title(e, &r, out);
        fill_text(e, &r, out);
        fill_from_json(e, &r, out);
        fill_date(e, &r, hints, out);
        fill_credits(e, &r, hints, out);
        fill_lang(e, &r, out);
        if (hints->explain)
            out->explanation = bl_explain(e, &r.lines, &r.gloss, &r.html, &r.tree);
    }
    release(&r);
    return readable;
}

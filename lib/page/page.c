/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The bytes of a saved page to the article in it. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "date.h"
#include "decode.h"
#include "explain.h"
#include "gloss.h"
#include "html.h"
#include "lang.h"
#include "role.h"
#include "source.h"
#include "splice.h"
#include "tags.h"

static const bl_page_hints no_hints = { 0 };

static char *copy_of(bl_error *e, const char *text, size_t size)
{
    if (bl_failed(e) || size == 0)
        return NULL;
    bl_buffer b = { 0 };
    bl_buffer_append(&b, text, size);
    char *copy = bl_buffer_steal(&b);
    if (!copy)
        bl_fail_nomem(e);
    return copy;
}

static char *steal(bl_error *e, bl_buffer *b)
{
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

/* What stands before and behind the title in its line: a label, the site's name. */
static bool add_rest_of_title(bl_buffer *to, bl_piece line, const char *title)
{
    size_t n = title ? strlen(title) : 0, at = n ? bl_piece_find(line, 0, title) : BL_NOWHERE;
    if (at == BL_NOWHERE)
        return false;
    const bl_piece rests[] = { bl_piece_part(line, 0, at), bl_piece_part(line, at + n, line.size) };
    for (size_t i = 0; i < 2; i++)
        if (rests[i].size > 0)
            add_line(to, rests[i].text, rests[i].size);
    return true;
}

/* The furniture has every line that is not elsewhere, and as they were printed those that lost glosses
 * or spliced words. */
static void add_furniture(bl_buffer *to, const bl_lines *lines, size_t i, const char *original,
                          const bl_gloss *gloss, const char *title)
{
    const bl_line *line = &lines->items[i];
    bool kept = line->role == BL_ROLE_BODY;
    size_t at = bl_gloss_original(gloss, line->at, 0),
           end = bl_gloss_original(gloss, line->at + line->size, 1);
    if (end - at == line->size && line->role == BL_ROLE_TITLE &&
        add_rest_of_title(to, bl_line_piece(lines, i), title))
        return;
    if (!kept || end - at != line->size)
        add_line(to, original + at, end - at);
}

static void fill_text(bl_error *e, const bl_lines *lines, const char *original, const bl_gloss *gloss,
                      bl_article *out)
{
    bl_buffer body = { 0 }, furniture = { 0 };
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].role == BL_ROLE_BODY)
            add_line(&body, bl_line_text(lines, i), lines->items[i].size);
        add_furniture(&furniture, lines, i, original, gloss, out->title);
    }
    out->body = steal(e, &body);
    out->furniture = steal(e, &furniture);
}

static void fill_title(bl_error *e, const bl_lines *lines, const bl_layout *layout, bl_article *out)
{
    bl_buffer cleaned = { 0 };
    if (layout->title == BL_NO_LINE)
        return;
    bl_piece title = bl_title_text(bl_line_piece(lines, layout->title));
    if (layout->original != BL_NO_LINE &&
        bl_splice_remove(title, bl_line_piece(lines, layout->original), &cleaned))
        out->title = steal(e, &cleaned);
    else
        out->title = copy_of(e, title.text, title.size);
}

static void fill_date(bl_error *e, const bl_lines *lines, const bl_layout *layout, const bl_page_hints *hints,
                      bl_article *out)
{
    bl_day day;
    bl_date_from from;
    char text[BL_DAY_TEXT];
    if (bl_failed(e) || !bl_date_find(lines, layout, hints, &day, &from))
        return;
    bl_day_print(day, text);
    out->published = copy_of(e, text, strlen(text));
    const char *name = bl_date_from_name(from);
    out->published_from = copy_of(e, name, strlen(name));
}

/* Host of an address, without port and user. */
static bl_piece host_of(const char *url)
{
    const char *start = strstr(url, "://");
    start = start ? start + 3 : strncmp(url, "//", 2) == 0 ? url + 2 : "";
    size_t size = strcspn(start, "/?#");
    const char *at = memchr(start, '@', size);
    if (at) {
        size -= (size_t)(at + 1 - start);
        start = at + 1;
    }
    const char *colon = memchr(start, ':', size);
    return (bl_piece){ start, colon ? (size_t)(colon - start) : size };
}

static void fill_credits(bl_error *e, const bl_lines *lines, const bl_layout *layout,
                         const bl_page_hints *hints, bl_article *out)
{
    bl_credits credits;
    if (bl_failed(e))
        return;
    bl_source_find(lines, layout, &credits);
    bl_piece host = hints->url ? host_of(hints->url) : (bl_piece){ NULL, 0 };
    if (host.size > 0)
        credits.site = host;
    out->source = copy_of(e, credits.source.text, credits.source.size);
    out->author = copy_of(e, credits.author.text, credits.author.size);
    out->site = copy_of(e, credits.site.text, credits.site.size);
}

static void read_text(bl_error *e, const char *text, size_t size, const bl_page_hints *hints, bl_article *out)
{
    bl_lines lines = { 0 };
    bl_layout layout;
    bl_gloss gloss = { 0 };
    bl_buffer plain = { 0 };
    bl_tags_remove(e, text, size, &plain);
    if (plain.size > 0) {
        text = plain.data;
        size = plain.size;
    }
    const char *original = text;
    bl_gloss_remove(e, text, size, &gloss);
    if (gloss.count > 0) {
        text = gloss.text.data;
        size = gloss.text.size;
    }
    bl_lines_read(e, text, size, &lines);
    if (!bl_failed(e))
        bl_role_assign(e, &lines, &layout);
    if (!bl_failed(e)) {
        fill_title(e, &lines, &layout, out);
        fill_text(e, &lines, original, &gloss, out);
        fill_date(e, &lines, &layout, hints, out);
        fill_credits(e, &lines, &layout, hints, out);
        if (hints->explain)
            out->explanation = bl_explain(e, &lines, &gloss, NULL, NULL);
        const char *lang = bl_lang_of(text, size, &lines.total);
        out->lang = lang ? copy_of(e, lang, strlen(lang)) : NULL;
    }
    bl_lines_free(&lines);
    bl_gloss_free(&gloss);
    bl_buffer_free(&plain);
}

void bl_page_read(bl_error *e, const void *bytes, size_t size, const bl_page_hints *hints, bl_article *out)
{
    bl_buffer text = { 0 };
    *out = (bl_article){ 0 };
    if (bl_failed(e))
        return;
    if (!hints)
        hints = &no_hints;
    bl_decode(e, bytes, size, hints->charset, &text, &out->replaced);
    const char *page = text.data ? text.data : "";
    bool markup = !bl_failed(e) && bl_html_is(hints, page, text.size);
    if (!bl_failed(e) && !(markup && bl_html_read(e, page, text.size, hints, out)))
        read_text(e, page, text.size, hints, out);
    if (!bl_failed(e) && hints->url && !out->url)
        out->url = copy_of(e, hints->url, strlen(hints->url));
    bl_buffer_free(&text);
    if (bl_failed(e))
        bl_article_free(out);
}

void bl_article_free(bl_article *article)
{
    if (!article)
        return;
    char *const strings[] = { article->title,     article->published,  article->published_from,
                              article->source,    article->site,       article->author,
                              article->url,       article->lang,       article->body,
                              article->furniture, article->explanation };
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++)
        free(strings[i]);
    *article = (bl_article){ 0 };
}

/* A record is read from its title and so much of either end of its body: labels, datelines and sign-offs
 * stand nowhere else. */
enum { HEAD = 8192, TAIL = 4096 };

/* The start of the line that byte `at` is in, or else of its character, when the line is too long. */
static size_t line_start(const char *text, size_t at)
{
    size_t start = at;
    while (start > 0 && at - start < TAIL && text[start - 1] != '\n')
        start--;
    if (start > 0 && text[start - 1] == '\n')
        return start;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static void gather_ends(const bl_article *article, bl_buffer *out)
{
    size_t size = strlen(article->body);
    if (article->title)
        bl_buffer_printf(out, "%s\n", article->title);
    if (size <= HEAD + TAIL) {
        bl_buffer_append(out, article->body, size);
        return;
    }
    bl_buffer_append(out, article->body, line_start(article->body, HEAD));
    bl_buffer_putc(out, '\n');
    bl_buffer_puts(out, article->body + line_start(article->body, size - TAIL));
}

/* Take over what the record lacks; what it states is left alone. */
static void adopt(unsigned missing, unsigned field, char **to, char **from)
{
    if (!(missing & field) || *to || !*from)
        return;
    *to = *from;
    *from = NULL;
}

static void complete_from_text(bl_error *e, unsigned missing, const bl_page_hints *hints, bl_article *article)
{
    bl_article found = { 0 };
    bl_buffer text = { 0 };
    gather_ends(article, &text);
    if (text.failed)
        bl_fail_nomem(e);
    else
        read_text(e, text.data, text.size, hints, &found);
    adopt(missing, BL_LACKS_TITLE, &article->title, &found.title);
    if ((missing & BL_LACKS_PUBLISHED) && !article->published)
        adopt(missing, BL_LACKS_PUBLISHED, &article->published_from, &found.published_from);
    adopt(missing, BL_LACKS_PUBLISHED, &article->published, &found.published);
    adopt(missing, BL_LACKS_SOURCE, &article->source, &found.source);
    adopt(missing, BL_LACKS_AUTHOR, &article->author, &found.author);
    bl_buffer_free(&text);
    bl_article_free(&found);
}

void bl_page_complete(bl_error *e, unsigned missing, const bl_page_hints *hints, bl_article *article)
{
    if (bl_failed(e) || !article->body)
        return;
    if (!hints)
        hints = &no_hints;
    if (missing & ~(unsigned)BL_LACKS_LANG)
        complete_from_text(e, missing, hints, article);
    if (bl_failed(e) || !(missing & BL_LACKS_LANG) || article->lang)
        return;
    const char *lang = bl_lang_of(article->body, strlen(article->body), NULL);
    if (!lang && article->title)
        lang = bl_lang_of(article->title, strlen(article->title), NULL);
    article->lang = lang ? copy_of(e, lang, strlen(lang)) : NULL;
}

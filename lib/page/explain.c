/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What extraction decided about each line of a page, to text for people who report a bad page. */
#include "explain.h"

#include "base/utf8.h"

static const char *const role_names[] = { "none", "title", "repeat", "meta", "body", "around" };

static const char *const kind_names[] = { "prose",     "short",  "meta",       "date",   "dated",
                                          "crumb",     "nav",    "original",   "lead",   "related",
                                          "neighbour", "credit", "disclaimer", "footer", "noise" };

/* So much of a line tells which it is. */
enum { SHOWN = 90 };

static size_t shown_size(const char *text, size_t size)
{
    size_t at = 0;
    while (at < size && at < SHOWN)
        bl_utf8_next(text, size, &at);
    return at;
}

/* The nearest element around that paragraphs spoke for. */
static uint32_t scored_above(const bl_tree *tree, uint32_t i)
{
    enum { LEVELS = 16 };
    for (int level = 0; level < LEVELS && i > 0 && tree->nodes[i].size == 0; level++)
        i = tree->nodes[i].parent;
    return i;
}

static void put_element(bl_buffer *out, const bl_html_lines *html, const bl_tree *tree, size_t i)
{
    const bl_html_line *line = &html->items[i];
    const char *name = bl_tag_name((bl_tag)tree->nodes[line->block].tag);
    bl_buffer_printf(out, "%8.1f %-10s %-5s", (double)tree->nodes[scored_above(tree, line->block)].size / 10,
                     name, line->flags & BL_HTML_LINK ? "link" : "");
}

char *bl_explain(bl_error *e, const bl_lines *lines, const bl_gloss *gloss, const bl_html_lines *html,
                 const bl_tree *tree)
{
    bl_buffer out = { 0 };
    size_t at = 0;
    if (bl_failed(e))
        return NULL;
    bl_buffer_puts(&out, "");
    for (size_t i = 0; i < lines->count; i++) {
        const bl_line *line = &lines->items[i];
        size_t size = shown_size(bl_line_text(lines, i), line->size);
        bl_buffer_printf(&out, "%-7s %-10s", role_names[line->role], kind_names[line->kind]);
        size_t original = bl_gloss_original(gloss, line->at, 0);
        while (html && at + 1 < html->count && html->items[at + 1].at <= original)
            at++;
        if (html && html->count > 0)
            put_element(&out, html, tree, at);
        bl_buffer_putc(&out, ' ');
        bl_buffer_append(&out, bl_line_text(lines, i), size);
        bl_buffer_puts(&out, size < line->size ? "…\n" : "\n");
    }
    char *text = bl_buffer_steal(&out);
    if (!text)
        bl_fail_nomem(e);
    return text;
}

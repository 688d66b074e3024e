/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names of elements to what they are to a reader. */
#include "html_tag.h"

#include <string.h>

typedef struct entry {
    const char *name;
    uint8_t nature;
} entry;

#define BLOCK BL_TAG_IS_BLOCK
#define HIDDEN BL_TAG_IS_HIDDEN
#define CONTROL BL_TAG_IS_CONTROL
#define HEADING (BL_TAG_IS_HEADING | BLOCK)
#define LIST (BL_TAG_IS_LIST | BLOCK)
#define EMBED BL_TAG_IS_EMBED

/* In the order of bl_tag, which is that of the names. */
static const entry entries[BL_TAG_COUNT] = {
    { "", 0 },
    { "", 0 },
    { "a", 0 },
    { "abbr", 0 },
    { "address", BLOCK },
    { "article", BLOCK },
    { "aside", BLOCK },
    { "audio", 0 },
    { "base", HIDDEN },
    { "blockquote", BLOCK },
    { "body", BLOCK },
    { "br", BLOCK },
    { "button", CONTROL | BLOCK },
    { "canvas", HIDDEN },
    { "caption", BLOCK },
    { "center", BLOCK },
    { "code", 0 },
    { "datalist", HIDDEN },
    { "dd", BLOCK },
    { "details", BLOCK },
    { "dialog", BLOCK },
    { "div", BLOCK },
    { "dl", LIST },
    { "dt", BLOCK },
    { "embed", EMBED },
    { "fieldset", BLOCK },
    { "figcaption", BLOCK },
    { "figure", BLOCK },
    { "footer", BLOCK },
    { "form", BLOCK },
    { "frameset", BLOCK },
    { "h1", HEADING },
    { "h2", HEADING },
    { "h3", HEADING },
    { "h4", HEADING },
    { "h5", HEADING },
    { "h6", HEADING },
    { "head", BLOCK },
    { "header", BLOCK },
    { "hr", BLOCK },
    { "html", BLOCK },
    { "iframe", EMBED | HIDDEN },
    { "img", BL_TAG_IS_PICTURE },
    { "input", CONTROL },
    { "label", CONTROL },
    { "li", BLOCK },
    { "link", HIDDEN },
    { "main", BLOCK },
    { "menu", LIST },
    { "meta", HIDDEN },
    { "nav", BLOCK },
    { "noscript", HIDDEN | BLOCK },
    { "object", EMBED },
    { "ol", LIST },
    { "option", CONTROL | BLOCK },
    { "p", BLOCK },
    { "pre", BLOCK },
    { "rp", HIDDEN },
    { "rt", HIDDEN },
    { "script", HIDDEN },
    { "section", BLOCK },
    { "select", CONTROL | BLOCK },
    { "span", 0 },
    { "style", HIDDEN },
    { "summary", BLOCK },
    { "svg", HIDDEN },
    { "table", BLOCK },
    { "tbody", BLOCK },
    { "td", BLOCK },
    { "template", HIDDEN },
    { "textarea", CONTROL | BLOCK },
    { "tfoot", BLOCK },
    { "th", BLOCK },
    { "thead", BLOCK },
    { "time", 0 },
    { "title", HIDDEN },
    { "tr", BLOCK },
    { "ul", LIST },
    { "video", 0 },
};

bl_tag bl_tag_of(const char *name)
{
    size_t low = BL_TAG_A, high = BL_TAG_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, entries[middle].name);
        if (order == 0)
            return (bl_tag)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return BL_TAG_OTHER;
}

uint8_t bl_tag_nature(bl_tag tag)
{
    return entries[tag].nature;
}

const char *bl_tag_name(bl_tag tag)
{
    return entries[tag].name;
}

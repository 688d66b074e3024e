/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names of elements to what they are to a reader. */
#include "html_tag.h"

#include <string.h>

#define BLOCK BL_TAG_IS_BLOCK
#define HIDDEN BL_TAG_IS_HIDDEN
#define CONTROL BL_TAG_IS_CONTROL
#define HEADING (BL_TAG_IS_HEADING | BLOCK)
#define LIST (BL_TAG_IS_LIST | BLOCK)
#define EMBED BL_TAG_IS_EMBED

/* In the order of bl_tag, which is that of the names. */
static const char *const names[BL_TAG_COUNT] = {
    "",           "",        "a",      "abbr",     "address", "article", "aside",    "audio",    "base",
    "blockquote", "body",    "br",     "button",   "canvas",  "caption", "center",   "code",     "datalist",
    "dd",         "details", "dialog", "div",      "dl",      "dt",      "embed",    "fieldset", "figcaption",
    "figure",     "footer",  "form",   "frameset", "h1",      "h2",      "h3",       "h4",       "h5",
    "h6",         "head",    "header", "hr",       "html",    "iframe",  "img",      "input",    "label",
    "li",         "link",    "main",   "menu",     "meta",    "nav",     "noscript", "object",   "ol",
    "option",     "p",       "pre",    "rp",       "rt",      "script",  "section",  "select",   "span",
    "style",      "summary", "svg",    "table",    "tbody",   "td",      "template", "textarea", "tfoot",
    "th",         "thead",   "time",   "title",    "tr",      "ul",      "video"
};

const uint8_t bl_tag_natures[BL_TAG_COUNT] = {
    [BL_TAG_ADDRESS] = BLOCK,
    [BL_TAG_ARTICLE] = BLOCK,
    [BL_TAG_ASIDE] = BLOCK,
    [BL_TAG_BASE] = HIDDEN,
    [BL_TAG_BLOCKQUOTE] = BLOCK,
    [BL_TAG_BODY] = BLOCK,
    [BL_TAG_BR] = BLOCK,
    [BL_TAG_BUTTON] = CONTROL | BLOCK,
    [BL_TAG_CANVAS] = HIDDEN,
    [BL_TAG_CAPTION] = BLOCK,
    [BL_TAG_CENTER] = BLOCK,
    [BL_TAG_DATALIST] = HIDDEN,
    [BL_TAG_DD] = BLOCK,
    [BL_TAG_DETAILS] = BLOCK,
    [BL_TAG_DIALOG] = BLOCK,
    [BL_TAG_DIV] = BLOCK,
    [BL_TAG_DL] = LIST,
    [BL_TAG_DT] = BLOCK,
    [BL_TAG_EMBED] = EMBED,
    [BL_TAG_FIELDSET] = BLOCK,
    [BL_TAG_FIGCAPTION] = BLOCK,
    [BL_TAG_FIGURE] = BLOCK,
    [BL_TAG_FOOTER] = BLOCK,
    [BL_TAG_FORM] = BLOCK,
    [BL_TAG_FRAMESET] = BLOCK,
    [BL_TAG_H1] = HEADING,
    [BL_TAG_H2] = HEADING,
    [BL_TAG_H3] = HEADING,
    [BL_TAG_H4] = HEADING,
    [BL_TAG_H5] = HEADING,
    [BL_TAG_H6] = HEADING,
    [BL_TAG_HEAD] = BLOCK,
    [BL_TAG_HEADER] = BLOCK,
    [BL_TAG_HR] = BLOCK,
    [BL_TAG_HTML] = BLOCK,
    [BL_TAG_IFRAME] = EMBED | HIDDEN,
    [BL_TAG_IMG] = BL_TAG_IS_PICTURE,
    [BL_TAG_INPUT] = CONTROL,
    [BL_TAG_LABEL] = CONTROL,
    [BL_TAG_LI] = BLOCK,
    [BL_TAG_LINK] = HIDDEN,
    [BL_TAG_MAIN] = BLOCK,
    [BL_TAG_MENU] = LIST,
    [BL_TAG_META] = HIDDEN,
    [BL_TAG_NAV] = BLOCK,
    [BL_TAG_NOSCRIPT] = HIDDEN | BLOCK,
    [BL_TAG_OBJECT] = EMBED,
    [BL_TAG_OL] = LIST,
    [BL_TAG_OPTION] = CONTROL | BLOCK,
    [BL_TAG_P] = BLOCK,
    [BL_TAG_PRE] = BLOCK,
    [BL_TAG_RP] = HIDDEN,
    [BL_TAG_RT] = HIDDEN,
    [BL_TAG_SCRIPT] = HIDDEN,
    [BL_TAG_SECTION] = BLOCK,
    [BL_TAG_SELECT] = CONTROL | BLOCK,
    [BL_TAG_STYLE] = HIDDEN,
    [BL_TAG_SUMMARY] = BLOCK,
    [BL_TAG_SVG] = HIDDEN,
    [BL_TAG_TABLE] = BLOCK,
    [BL_TAG_TBODY] = BLOCK,
    [BL_TAG_TD] = BLOCK,
    [BL_TAG_TEMPLATE] = HIDDEN,
    [BL_TAG_TEXTAREA] = CONTROL | BLOCK,
    [BL_TAG_TFOOT] = BLOCK,
    [BL_TAG_TH] = BLOCK,
    [BL_TAG_THEAD] = BLOCK,
    [BL_TAG_TITLE] = HIDDEN,
    [BL_TAG_TR] = BLOCK,
    [BL_TAG_UL] = LIST,
};

bl_tag bl_tag_of(const char *name)
{
    size_t low = BL_TAG_A, high = BL_TAG_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, names[middle]);
        if (order == 0)
            return (bl_tag)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return BL_TAG_OTHER;
}

const char *bl_tag_name(bl_tag tag)
{
    return names[tag];
}

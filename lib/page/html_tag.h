/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_TAG_H
#define BL_HTML_TAG_H

#include <stddef.h>
#include <stdint.h>

/* Elements that mean something to a reader of articles; all others are BL_TAG_OTHER. */
typedef enum bl_tag {
    BL_TAG_TEXT, /* not an element: character data */
    BL_TAG_OTHER,
    BL_TAG_A,
    BL_TAG_ABBR,
    BL_TAG_ADDRESS,
    BL_TAG_ARTICLE,
    BL_TAG_ASIDE,
    BL_TAG_AUDIO,
    BL_TAG_BASE,
    BL_TAG_BLOCKQUOTE,
    BL_TAG_BODY,
    BL_TAG_BR,
    BL_TAG_BUTTON,
    BL_TAG_CANVAS,
    BL_TAG_CAPTION,
    BL_TAG_CENTER,
    BL_TAG_CODE,
    BL_TAG_DATALIST,
    BL_TAG_DD,
    BL_TAG_DETAILS,
    BL_TAG_DIALOG,
    BL_TAG_DIV,
    BL_TAG_DL,
    BL_TAG_DT,
    BL_TAG_EMBED,
    BL_TAG_FIELDSET,
    BL_TAG_FIGCAPTION,
    BL_TAG_FIGURE,
    BL_TAG_FOOTER,
    BL_TAG_FORM,
    BL_TAG_FRAMESET,
    BL_TAG_H1,
    BL_TAG_H2,
    BL_TAG_H3,
    BL_TAG_H4,
    BL_TAG_H5,
    BL_TAG_H6,
    BL_TAG_HEAD,
    BL_TAG_HEADER,
    BL_TAG_HR,
    BL_TAG_HTML,
    BL_TAG_IFRAME,
    BL_TAG_IMG,
    BL_TAG_INPUT,
    BL_TAG_LABEL,
    BL_TAG_LI,
    BL_TAG_LINK,
    BL_TAG_MAIN,
    BL_TAG_MENU,
    BL_TAG_META,
    BL_TAG_NAV,
    BL_TAG_NOSCRIPT,
    BL_TAG_OBJECT,
    BL_TAG_OL,
    BL_TAG_OPTION,
    BL_TAG_P,
    BL_TAG_PRE,
    BL_TAG_RP,
    BL_TAG_RT,
    BL_TAG_SCRIPT,
    BL_TAG_SECTION,
    BL_TAG_SELECT,
    BL_TAG_SPAN,
    BL_TAG_STYLE,
    BL_TAG_SUMMARY,
    BL_TAG_SVG,
    BL_TAG_TABLE,
    BL_TAG_TBODY,
    BL_TAG_TD,
    BL_TAG_TEMPLATE,
    BL_TAG_TEXTAREA,
    BL_TAG_TFOOT,
    BL_TAG_TH,
    BL_TAG_THEAD,
    BL_TAG_TIME,
    BL_TAG_TITLE,
    BL_TAG_TR,
    BL_TAG_UL,
    BL_TAG_VIDEO,
    BL_TAG_COUNT
} bl_tag;

enum {
    BL_TAG_IS_BLOCK = 1 << 0,   /* breaks the line */
    BL_TAG_IS_HIDDEN = 1 << 1,  /* nothing of it is ever shown */
    BL_TAG_IS_CONTROL = 1 << 2, /* part of a form */
    BL_TAG_IS_HEADING = 1 << 3,
    BL_TAG_IS_PICTURE = 1 << 4,
    BL_TAG_IS_EMBED = 1 << 5,
    BL_TAG_IS_LIST = 1 << 6
};

/* The element of a name in lower case. */
bl_tag bl_tag_of(const char *name);

/* Borrowed, for ever; "" for texts and for elements that mean nothing. */
const char *bl_tag_name(bl_tag tag);

/* By bl_tag. */
extern const uint8_t bl_tag_natures[BL_TAG_COUNT];

/* Bits of BL_TAG_IS_…. */
static inline uint8_t bl_tag_nature(bl_tag tag)
{
    return bl_tag_natures[tag];
}

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_HINT_H
#define BL_HTML_HINT_H

#include <stdbool.h>
#include <stdint.h>

/* What the author of a template says an element is for, by class, id, role and other attributes. */
enum {
    BL_HINT_UNLIKELY = 1 << 0, /* menus, banners, comments: no article in it */
    BL_HINT_MAYBE = 1 << 1,    /* but named as articles are, too */
    BL_HINT_GOOD = 1 << 2,     /* named as texts are */
    BL_HINT_BAD = 1 << 3,      /* named as frames are */
    BL_HINT_ARTICLE = 1 << 4,  /* named as nothing but the text of an article is */
    BL_HINT_BYLINE = 1 << 5,
    BL_HINT_SHARE = 1 << 6,
    BL_HINT_ASIDE = 1 << 7, /* related items, newsletters, notices of cookies, even inside an article */
    BL_HINT_CAPTION = 1 << 8,
    BL_HINT_COMMENTS = 1 << 9,
    BL_HINT_TITLE = 1 << 10,
    BL_HINT_HIDDEN = 1 << 11,  /* the style or an attribute hides it */
    BL_HINT_WRAPPER = 1 << 12, /* role of a region of a site */
    BL_HINT_DATE = 1 << 13,
    BL_HINT_PRESENTATION = 1 << 14, /* a table for looks */
    BL_HINT_DATA = 1 << 15,         /* a table that says it holds data */
    BL_HINT_EXTERNAL = 1 << 16,     /* a link, out of its page */
    BL_HINT_LINK = 1 << 17,         /* a link at all, not an anchor or a footnote */
    BL_HINT_MAIN = 1 << 18,
    BL_HINT_SCREEN_READER = 1 << 19, /* said to blind readers alone */
    BL_HINT_SIGHTED = 1 << 20,       /* shown, but not said to blind readers: ornament */
    BL_HINT_PICTURE = 1 << 21        /* named as what holds a picture */
};

/* Bits for the words of a class or an id. */
uint32_t bl_hint_of_words(const char *words);

/* Bits for all attributes of an element: name, value, name, value … NULL; as libxml2 hands them over. */
uint32_t bl_hint_of_attributes(const unsigned char *const *attributes);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_DATE_H
#define BL_DATE_H

#include "base/day.h"
#include "page.h"
#include "role.h"

/* Where a date of publication was found. */
typedef enum bl_date_from {
    BL_DATE_HEADER,
    BL_DATE_BYLINE,
    BL_DATE_FOOTER,
    BL_DATE_BODY,
    BL_DATE_URL
} bl_date_from;

/* Borrowed, for ever: the name that `published_from` gives it. */
const char *bl_date_from_name(bl_date_from from);

/* The page's date of publication; false when it does not say. */
bool bl_date_find(const bl_lines *lines, const bl_layout *layout, const bl_page_hints *hints, bl_day *day,
                  bl_date_from *from);

/* The date in an address: /2024/05/01/, t20240501_, 2024-05/01. */
bool bl_date_in_url(const char *url, bl_day *day);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_DATE_H
#define BL_HTML_DATE_H

#include "base/day.h"
#include "html_meta.h"
#include "page.h"
#include "role.h"

/* The day of publication, and where it stands as `published_from` names it; NULL when the page does not say.
 */
const char *bl_html_date_find(const bl_lines *lines, const bl_layout *layout, const bl_html_meta *meta,
                              const bl_page_hints *hints, bl_day *day);

#endif

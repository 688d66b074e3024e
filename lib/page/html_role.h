/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_HTML_ROLE_H
#define BL_HTML_ROLE_H

#include "gloss.h"
#include "html_line.h"
#include "html_title.h"
#include "role.h"

/* Give every line its role, by the element it stands in and by what it says itself, and find the parts of the
 * page. The lines were read from the text without glosses that `gloss` tells. */
void bl_html_role_assign(bl_lines *lines, const bl_html_lines *html, const bl_gloss *gloss,
                         const bl_html_title *title, bl_layout *out);

#endif

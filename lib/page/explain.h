/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_EXPLAIN_H
#define BL_EXPLAIN_H

#include "gloss.h"
#include "html_line.h"
#include "lines.h"

/* A line of text for each line of a page: its role, its kind, and for markup the score and the name of its
 * element; then the line itself, cut short. `html` and `tree` are NULL for a page of text. New. */
char *bl_explain(bl_error *e, const bl_lines *lines, const bl_gloss *gloss, const bl_html_lines *html,
                 const bl_tree *tree);

#endif

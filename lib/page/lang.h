/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_LANG_H
#define BL_LANG_H

#include "shape.h"

/* BCP 47 tag of a text's language; borrowed, for ever; NULL when the script does not tell. `shape` is that
 * of the whole text, or NULL to count it here. */
const char *bl_lang_of(const char *text, size_t size, const bl_shape *shape);

#endif

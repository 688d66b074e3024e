/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A text to its language, by script and by the characters that differ. */
#include "lang.h"

const char *bl_lang_of(const char *text, size_t size, const bl_shape *shape)
{
    bl_shape own;
    if (!shape) {
        bl_shape_of(text, size, &own);
        shape = &own;
    }
    if (shape->hangul > shape->han && shape->hangul > 0)
        return "ko";
    if (shape->kana * 8 > shape->han && shape->kana > 0)
        return "ja";
    if (shape->han * 4 > shape->letters && shape->han > 0)
        return "zh-Hans";
    return shape->words > 0 ? "en" : NULL;
}

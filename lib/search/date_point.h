/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_DATE_POINT_H
#define BL_DATE_POINT_H

#include "date_words.h"

typedef struct bl_date_point_read {
    bl_span span;
    bool ago; /* so long ago: alone it goes on until today */
} bl_date_point_read;

/* A day, week, month, quarter, half or year, by its figures, its name or how long ago it is; no range. False
 * when it is none. */
bool bl_date_point(bl_error *e, const char *text, size_t size, bl_day today, bl_date_point_read *out);

#endif

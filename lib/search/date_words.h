/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_DATE_WORDS_H
#define BL_DATE_WORDS_H

#include "base/day.h"
#include "base/error.h"

/* Full days, both included; year 0 leaves an end open. */
typedef struct bl_span {
    bl_day from, until;
} bl_span;

/* Read a date or a range as it is typed: 2024, 2024-05, 2024年5月, 二〇二四年, 5月1日, May 2024, 2024-Q2, yesterday,
 * 上个月, 去年5月, 3m, past week, a..b, a至b, since a. "3m" alone is from three months ago on. Relative dates count from `today`, a full day.
 * BAD_QUERY, with a sentence that shows good forms, when it is none. */
bl_span bl_date_words(bl_error *e, const char *text, bl_day today);

/* The same for the ends of a range given apart, NULL or "" leaves one open: the left one's earliest day and the
 * right one's latest. "3m" is the day three months ago. */
bl_span bl_date_range(bl_error *e, const char *from, const char *until, bl_day today);

/* What both spans have in common. */
bl_span bl_span_meet(bl_span a, bl_span b);

/* The day that `text` (YYYY-MM-DD) says is today; NULL asks the clock, in UTC. */
bl_day bl_date_today(bl_error *e, const char *text);

#endif

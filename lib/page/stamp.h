/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_STAMP_H
#define BL_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How to read 3/4/2021. */
typedef enum bl_day_order { BL_MONTH_FIRST, BL_DAY_FIRST } bl_day_order;

enum {
    BL_STAMP_CLOCK = 1 << 0,   /* a time of day follows */
    BL_STAMP_WEEKDAY = 1 << 1, /* a day of the week follows */
    BL_STAMP_WRITTEN = 1 << 2, /* with 年月日 or a month's name, as in running text, not with - or / */
    BL_STAMP_ERA = 1 << 3,     /* counted in a ROC or Japanese era */
    BL_STAMP_RANGE = 1 << 4    /* first day of a span */
};

/* A date as it stands in a text. */
typedef struct bl_stamp {
    size_t at; /* bytes [at, end), clock and weekday included */
    size_t end;
    uint16_t year; /* 0 = not said */
    uint8_t month; /* 0 = not said */
    uint8_t day;   /* 0 = not said */
    uint8_t flags;
} bl_stamp;

/* The next date at or behind *from, which moves behind it; false when there is none. Finds full dates, months
 * of a year, and days of a month without a year; a year alone is none. */
bool bl_stamp_next(const char *text, size_t size, size_t *from, bl_day_order order, bl_stamp *out);

/* The date at byte `at`, right behind a label of dates, in the forms that mean one only there: 20240506,
 * 24-05-06. */
bool bl_stamp_labelled(const char *text, size_t size, size_t at, bl_day_order order, bl_stamp *out);

#endif

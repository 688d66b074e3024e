/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_DAY_H
#define BL_DAY_H

#include <stdbool.h>

/* A date as precise as it is known: month and day are 0 where they are not. */
typedef struct bl_day {
    int year, month, day;
} bl_day;

enum { BL_DAY_TEXT = 11 }; /* bytes of YYYY-MM-DD and its NUL */

/* Days of a month of the proleptic Gregorian calendar. */
int bl_day_month_length(int year, int month);
bool bl_day_valid(bl_day day);

/* Read YYYY, YYYY-MM or YYYY-MM-DD; also with / or . between, 年月日, one-digit months and days, and a time
 * behind. False when it is none of these, or no such day exists. */
bool bl_day_parse(const char *text, bl_day *out);

/* The first and the last day that it may be. */
bl_day bl_day_earliest(bl_day day);
bl_day bl_day_latest(bl_day day);

/* Write it as precise as it is. */
void bl_day_print(bl_day day, char out[BL_DAY_TEXT]);

int bl_day_compare(bl_day a, bl_day b);

#endif

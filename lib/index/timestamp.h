/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_TIMESTAMP_H
#define BL_TIMESTAMP_H

#include <stdbool.h>

#include "base/day.h"

enum { BL_TIMESTAMP = 32 };

/* The date of a mail or feed ("Fri, 3 May 2024 10:20:30 +0800", RFC 5322) as RFC 3339; false when it is none.
 */
bool bl_timestamp_of_mail(const char *text, char out[BL_TIMESTAMP]);

/* The day of a date field: what bl_day_parse() reads, YYYYMMDD, a date of a mail or feed, or seconds or
 * milliseconds since 1970 (UTC). */
bool bl_timestamp_day(const char *text, bl_day *out);

#endif

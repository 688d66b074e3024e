/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef CHINESE_H
#define CHINESE_H

/* The Chinese of a sentence or format of this program; NULL where there is none. Borrowed, for ever. */
const char *chinese_of(const char *english);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The sentences of this program in Chinese. */
#include "chinese.h"

#include <stddef.h>

const char *chinese_of(const char *english)
{
    (void)english;
    return NULL;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The ICU that text is cut with, by name. */
#include <unicode/uvernum.h>

#include "token.h"

const char *bl_token_icu(void)
{
    return U_ICU_VERSION;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef PAGE_CASE_H
#define PAGE_CASE_H

/* What the tests of lib/page share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "page/page.h"

static inline bl_article read_page(const char *text, size_t size, const bl_page_hints *hints)
{
    bl_error e = BL_ERROR_INIT;
    bl_article article;
    bl_page_read(&e, text, size, hints, &article);
    if (bl_failed(&e))
        fail_msg("%s", e.message);
    return article;
}

static inline void assert_text(const char *what, const char *got, const char *expected)
{
    if (strcmp(got ? got : "(none)", expected ? expected : "(none)") != 0)
        fail_msg("%s gives [%s], not [%s]", what, got ? got : "(none)", expected ? expected : "(none)");
}

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Any bytes as a page of markup: what comes out is text, is the same a second time, and is hardly more than
 * what went in. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "page/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(int holds)
{
    if (!holds)
        abort();
}

static void expect_text(const char *text, size_t page)
{
    if (!text)
        return;
    expect(bl_utf8_valid(text, strlen(text)));
    /* The shortest reference for a character is shorter than its UTF-8 by at most so much. */
    expect(strlen(text) <= 4 * page + 16);
}

static void expect_same(const char *a, const char *b)
{
    expect(!a == !b && (!a || strcmp(a, b) == 0));
}

static void read(const uint8_t *data, size_t size, bl_article *out)
{
    const bl_page_hints hints = { .name = "page.html", .captured = "2030-01-01", .explain = size % 2 == 0 };
    bl_error e = BL_ERROR_INIT;
    bl_page_read(&e, data, size, &hints, out);
    expect(!bl_failed(&e) || e.status == BULLETIN_BAD_INPUT);
    expect(bl_failed(&e) || (out->body && out->furniture));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bl_article once, twice;
    read(data, size, &once);
    read(data, size, &twice);
    expect_text(once.title, size);
    expect_text(once.body, size);
    expect_text(once.furniture, size);
    expect_text(once.source, size);
    expect_text(once.author, size);
    expect_same(once.title, twice.title);
    expect_same(once.body, twice.body);
    expect_same(once.furniture, twice.furniture);
    expect_same(once.published, twice.published);
    expect_same(once.explanation, twice.explanation);
    bl_article_free(&once);
    bl_article_free(&twice);
    return 0;
}

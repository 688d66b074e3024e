/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A page of any bytes: every field is well-formed, reading it twice gives the same, and no visible character
 * is lost. The first byte chooses the hints. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/day.h"
#include "base/utf8.h"
#include "page/decode.h"
#include "page/gloss.h"
#include "page/page.h"
#include "page/tags.h"

static void check(bool right)
{
    if (!right)
        abort();
}

static void check_text(const char *text)
{
    check(!text || bl_utf8_valid(text, strlen(text)));
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void check_same(const bl_article *a, const bl_article *b)
{
    check(same(a->title, b->title) && same(a->published, b->published) && same(a->source, b->source));
    check(same(a->author, b->author) && same(a->lang, b->lang) && same(a->body, b->body));
    check(same(a->furniture, b->furniture) && a->replaced == b->replaced);
}

static void check_fields(const bl_article *a)
{
    bl_day day;
    check(a->body && a->furniture);
    check(!a->published || bl_day_parse(a->published, &day));
    check(!a->published == !a->published_from);
    const char *const texts[] = { a->title, a->source, a->author, a->site, a->lang, a->body, a->furniture };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check_text(texts[i]);
}

/* Han, Latin letters and digits of a text. */
static size_t letters(const char *text)
{
    size_t count = 0;
    for (const unsigned char *c = (const unsigned char *)text; c && *c; c++)
        count += (*c >= 0xE4 && *c <= 0xE9) || (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'z');
    return count;
}

/* Without tags and glosses each line is held exactly once. */
static void check_nothing_lost(const bl_article *a, const uint8_t *bytes, size_t size)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer text = { 0 }, plain = { 0 };
    bl_gloss gloss = { 0 };
    size_t replaced;
    bl_decode(&e, bytes, size, NULL, &text, &replaced);
    bl_tags_remove(&e, text.data ? text.data : "", text.size, &plain);
    const bl_buffer *seen = plain.size > 0 ? &plain : &text;
    bl_gloss_remove(&e, seen->data ? seen->data : "", seen->size, &gloss);
    size_t held = letters(a->title) + letters(a->body) + letters(a->furniture), printed = letters(seen->data);
    check(bl_failed(&e) || held >= printed);
    bl_gloss_free(&gloss);
    bl_buffer_free(&plain);
    bl_buffer_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bl_page_hints hints[] = { { .name = "page.txt" },
                                           { .name = "page.txt",
                                             .url = "https://example.org/2024/05/t20240501_12.html",
                                             .captured = "2024-06-01" } };
    const bl_page_hints *hint = &hints[size > 0 ? data[0] & 1 : 0];
    bl_error e = BL_ERROR_INIT;
    bl_article once, again, record = { 0 };
    bl_page_read(&e, data, size, hint, &once);
    if (bl_failed(&e))
        return 0;
    check_fields(&once);
    check_nothing_lost(&once, data, size);
    bl_page_read(&e, data, size, hint, &again);
    check_same(&once, &again);
    record.body = once.body;
    bl_page_complete(&e, ~0u, hint, &record);
    check(!bl_failed(&e));
    check_fields(&(bl_article){ .body = once.body,
                                .furniture = once.furniture,
                                .published = record.published,
                                .published_from = record.published_from,
                                .title = record.title });
    record.body = NULL;
    bl_article_free(&record);
    bl_article_free(&again);
    bl_article_free(&once);
    return 0;
}

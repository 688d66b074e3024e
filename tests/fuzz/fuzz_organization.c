/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Any bytes as an article, or as a table of organizations: names must stand where they are said to. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "page/organization.h"

static void check(bool right)
{
    if (!right)
        abort();
}

static void check_mentions(const bl_mention *list, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        check(list[i].start < list[i].end && list[i].end <= size);
        check(i == 0 || list[i].start >= list[i - 1].end);
    }
}

static void look_through(const bl_authority *authority, char *text)
{
    bl_error e = BL_ERROR_INIT;
    bl_finder finder = { .authority = authority };
    const bl_article article = { .title = text, .body = text };
    bl_organizations found;
    bl_organizations_find(&e, &finder, &article, &found);
    for (size_t i = 0; i < found.count; i++) {
        check(found.list[i].name && found.list[i].form_count > 0);
        check_mentions(found.list[i].mentions, found.list[i].mention_count, strlen(text));
        check_mentions(found.list[i].title_mentions, found.list[i].title_count, strlen(text));
    }
    bl_organizations_free(&found);
    bl_finder_free(&finder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bl_authority *authority;
    bl_error e = BL_ERROR_INIT;
    if (!authority)
        authority = bl_authority_open(&e, NULL, NULL, NULL);
    char *text = malloc(size + 1);
    if (!text || !authority || size == 0) {
        free(text);
        return 0;
    }
    memcpy(text, data, size);
    text[size] = '\0';
    if (text[0] & 1) {
        look_through(authority, text + 1);
    } else {
        bl_authority table = { 0 };
        bl_authority *heap = malloc(sizeof table);
        if (!heap)
            abort();
        *heap = table;
        bl_authority_read(&e, heap, text, size, NULL, NULL);
        bl_authority_close(heap);
    }
    free(text);
    return 0;
}

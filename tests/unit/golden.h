/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef TEST_GOLDEN_H
#define TEST_GOLDEN_H

/* What golden pages share: `field: value` lines (an empty value: the page does not say; `#` starts a remark),
 * parted by a line of dashes from what stands below. Needs cmocka.h before it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "page/page.h"

static inline char *slurp(const char *path)
{
    bl_buffer b = { 0 };
    char part[4096];
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be opened", path);
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        bl_buffer_append(&b, part, n);
    fclose(file);
    return bl_buffer_steal(&b);
}

/* Cut at the next line of dashes; returns what stands behind it. */
static inline char *cut(const char *path, char *text)
{
    char *dashes = strstr(text, "\n----\n");
    if (!dashes)
        fail_msg("%s lacks a line of dashes", path);
    *dashes = '\0';
    return dashes + 6;
}

/* Whether the article has a field of this name, whose value it must then have. */
static inline bool has_field(const bl_article *a, const char *field, const char *value)
{
    const struct {
        const char *name;
        const char *got;
    } fields[] = { { "title", a->title },         { "published", a->published },
                   { "from", a->published_from }, { "source", a->source },
                   { "author", a->author },       { "site", a->site },
                   { "lang", a->lang },           { "url", a->url } };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(field, fields[i].name) == 0) {
            if (strcmp(fields[i].got ? fields[i].got : "", value) != 0)
                fail_msg("%s is [%s], not [%s]", field, fields[i].got ? fields[i].got : "", value);
            return true;
        }
    return false;
}

static inline void check_lines(const bl_article *a, char *head,
                               void (*check)(const bl_article *a, const char *field, const char *value))
{
    for (char *line = strtok(head, "\n"); line; line = strtok(NULL, "\n")) {
        char *colon = strstr(line, ":");
        if (line[0] == '#' || !colon)
            continue;
        *colon = '\0';
        check(a, line, colon[1] == ' ' ? colon + 2 : colon + 1);
    }
}

#endif

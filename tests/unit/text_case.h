/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef TEXT_CASE_H
#define TEXT_CASE_H

/* What the tests of lib/text share: escapes, tables, folded strings. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/token.h"

#define LINE 4096

static inline void no_error(const bl_error *e)
{
    if (bl_failed(e))
        fail_msg("%s", e->message);
}

/* One character of \n \r \t \\ \xHH \u{H…}; returns where the escape ends. */
static inline const char *unescape_one(const char *at, char *out, size_t *size)
{
    char *end = NULL;
    switch (*at) {
    case 'n':
        out[(*size)++] = '\n';
        return at + 1;
    case 'r':
        out[(*size)++] = '\r';
        return at + 1;
    case 't':
        out[(*size)++] = '\t';
        return at + 1;
    case 'x': {
        const char digits[3] = { at[1], at[2], '\0' };
        out[(*size)++] = (char)strtoul(digits, NULL, 16);
        return at + 3;
    }
    case 'u':
        *size += bl_utf8_put(out + *size, (uint32_t)strtoul(at + 2, &end, 16));
        return end + 1;
    default:
        out[(*size)++] = *at;
        return at + 1;
    }
}

/* Undo the escapes of a line; out needs as much room as the line. Returns the size. */
static inline size_t unescape(const char *line, char *out)
{
    size_t size = 0;
    for (const char *at = line; *at;) {
        if (*at == '\\')
            at = unescape_one(at + 1, out, &size);
        else
            out[size++] = *at++;
    }
    out[size] = '\0';
    return size;
}

/* A test's data file: VARIABLE names it or its folder (set by CTest). Fails the test when it is not there. */
static inline FILE *open_data(const char *variable, const char *name)
{
    const char *folder = getenv(variable);
    char path[LINE];
    if (!folder || !*folder) {
        fail_msg("%s is not set: run this test by ctest", variable);
        return NULL;
    }
    snprintf(path, sizeof path, "%s%s%s", folder, *name ? "/" : "", name);
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("cannot read %s", path);
    return file;
}

typedef struct table_row {
    char left[LINE];
    char right[LINE];
    size_t left_size;
    size_t right_size;
    int line;
} table_row;

/* The next row of two fields separated by a tab; lines that begin with # are skipped. */
static inline bool next_row(FILE *file, table_row *row)
{
    char line[LINE];
    while (fgets(line, sizeof line, file)) {
        row->line++;
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if ((line[0] == '#' && line[1] == ' ') || !tab)
            continue;
        *tab = '\0';
        row->left_size = unescape(line, row->left);
        row->right_size = unescape(tab + 1, row->right);
        return true;
    }
    return false;
}

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Files that name files into lists of paths. */
#include "paths.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "input.h"
#include "message.h"
#include "option.h"
#include "output.h"

/* Paths handed over at a time: enough that starting an import for them does not count. */
enum { PATHS_AT_ONCE = 8192 };

bool paths_add(paths *list, const char *path)
{
    if (list->count == list->room) {
        size_t room = list->room * 2 + 64;
        char **items = room > SIZE_MAX / sizeof *items ? NULL : realloc(list->items, room * sizeof *items);
        if (items == NULL)
            return false;
        list->items = items;
        list->room = room;
    }
    char *copy = strdup(path);
    if (copy != NULL)
        list->items[list->count++] = copy;
    return copy != NULL;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void paths_sort(paths *list)
{
    size_t kept = 0;
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare);
    for (size_t i = 0; i < list->count; i++) {
        if (kept > 0 && strcmp(list->items[kept - 1], list->items[i]) == 0)
            free(list->items[i]);
        else
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

void paths_clear(paths *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    list->count = 0;
}

void paths_free(paths *list)
{
    paths_clear(list);
    free(list->items);
    *list = (paths){ 0 };
}

static int finish(const input *in, const char *file, int status)
{
    if (archive_interrupted())
        return EXIT_INTERRUPTED;
    if (in->failure == 0 || status != OPTION_GO_ON)
        return status;
    message_say("cannot read %s: %s", file, strerror(in->failure));
    return EXIT_FAILED;
}

static int cannot_open(const char *file)
{
    message_say("cannot read %s: %s", file, strerror(errno));
    return EXIT_FAILED;
}

int paths_read(const char *file, char delimiter, paths_callback take, void *context)
{
    input in;
    size_t size = 0;
    paths list = { 0 };
    int status = OPTION_GO_ON;
    const char *line = NULL;
    if (!input_open(&in, file, NULL))
        return cannot_open(file);
    in.delimiter = delimiter;
    while (status == OPTION_GO_ON && (line = input_line(&in, &size)) != NULL) {
        if (size > 0 && !paths_add(&list, strcmp(line, "-") == 0 ? "./-" : line))
            status = message_no_memory("import");
        if (status == OPTION_GO_ON && list.count == PATHS_AT_ONCE) {
            status = take(context, &list);
            paths_clear(&list);
        }
    }
    status = finish(&in, file, status);
    if (status == OPTION_GO_ON && list.count > 0)
        status = take(context, &list);
    input_close(&in);
    paths_free(&list);
    return status;
}

int paths_read_errors(const char *file, paths *list)
{
    input in;
    size_t size = 0;
    int status = OPTION_GO_ON;
    const char *line = NULL;
    if (!input_open(&in, file, NULL))
        return cannot_open(file);
    for (uint64_t number = 1; status == OPTION_GO_ON && (line = input_line(&in, &size)) != NULL; number++) {
        char *path = size > 0 ? output_problem_path(line) : NULL;
        if (size > 0 && path == NULL) {
            message_say("%s:%" PRIu64 " is no line of an error list", file, number);
            status = EXIT_FAILED;
        } else if (path != NULL && strcmp(path, "-") == 0) {
            message_note("what failed on standard input cannot be read again");
        } else if (path != NULL && !paths_add(list, path)) {
            status = message_no_memory("import");
        }
        free(path);
    }
    status = finish(&in, file, status);
    input_close(&in);
    paths_sort(list); /* a file of records stands there once for each that failed */
    return status;
}

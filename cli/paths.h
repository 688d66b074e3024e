/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef PATHS_H
#define PATHS_H

#include <stdbool.h>
#include <stddef.h>

/* Paths that grow in number. Start from {0}. */
typedef struct paths {
    char **items; /* each new */
    size_t count, room;
} paths;

/* Keep a copy; false when memory ran out. */
bool paths_add(paths *list, const char *path);

/* In order of their bytes, each once. */
void paths_sort(paths *list);

/* Forget all but keep the room. */
void paths_clear(paths *list);

void paths_free(paths *list);

/* Receives so many paths at a time; returns OPTION_GO_ON for more, or an exit status. */
typedef int (*paths_callback)(void *context, const paths *list);

/* Hand over the paths in a file ("-" = standard input), one a line or, with `delimiter`, each before such a
 * byte, some thousands at a time: the list may be endless. A path "-" in it is a file of that name.
 * @return OPTION_GO_ON, what the callback said, or an exit status after a complaint. */
int paths_read(const char *file, char delimiter, paths_callback take, void *context);

/* Add the paths that an error list names. */
int paths_read_errors(const char *file, paths *list);

#endif

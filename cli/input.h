/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "writer.h"

/* A file or standard input read line by line. */
typedef struct input {
    int descriptor;
    writer *out; /* flushed before a read that may wait, so that a peer gets its answers; may be NULL */
    char *bytes; /* start..end of it is not handed out yet */
    size_t room, start, end;
    bool ended;
    char delimiter; /* what ends a line: a line break unless set otherwise after opening */
    int failure;    /* errno, 0 while all went well */
} input;

/* Open `path`; "-" is standard input. False, with errno, when it cannot be opened. */
bool input_open(input *in, const char *path, writer *out);

/* The next line without its end (of a line break, the carriage return too), NUL-terminated; borrowed until
 * the next call. NULL at the end, and after a failure or Ctrl-C. */
char *input_line(input *in, size_t *size);

/* All that is left; borrowed until close; NULL after a failure. */
char *input_all(input *in, size_t *size);

void input_close(input *in);

#endif

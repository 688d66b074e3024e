/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "writer.h"

/* How standard output wants its text. */
typedef struct terminal {
    bool interactive;
    bool color;
    unsigned width; /* columns; 0 when the output is no terminal and lines are not broken */
} terminal;

/* One character made safe to show. */
typedef struct terminal_glyph {
    size_t end;       /* where the next one starts in the text */
    uint32_t code;    /* what is shown; '\n' for a line break */
    unsigned columns; /* 0 for marks */
    char bytes[4];
    size_t size;
} terminal_glyph;

/* Make character widths known to the C library. Called once, first. */
void terminal_prepare(void);

/* @param color "auto", "always" or "never". */
terminal terminal_of_output(const char *color);
bool terminal_is_interactive(int descriptor);

/* The character at text[at], at < size. Control characters, escape sequences and switches of writing
 * direction become visible signs: nothing a page holds can steer a terminal. */
terminal_glyph terminal_next(const char *text, size_t size, size_t at);

size_t terminal_columns(const char *text);

/* Write text made safe, line breaks as blanks; stops before more than `columns` (0 = no bound) and then
 * ends with an ellipsis. Returns the columns written. */
size_t terminal_put_line(writer *out, const char *text, size_t columns);

/* The same with its line breaks kept. */
void terminal_put_lines(writer *out, const char *text, size_t size);

#endif

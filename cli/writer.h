/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Standard output with a buffer. The first write that fails is kept and all further ones do nothing, so that
 * a command checks once, at its end. */
typedef struct writer {
    int descriptor;
    int failure; /* errno of the first write that failed; 0 while none has */
    size_t used;
    char buffer[1 << 16];
} writer;

void writer_open(writer *out, int descriptor);
void writer_put(writer *out, const char *bytes, size_t size);
void writer_text(writer *out, const char *text);

/* For short pieces: what printf would make beyond 512 bytes is cut. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void writer_format(writer *out, const char *format, ...);

/* For tables, where printf would be most of the time. */
void writer_blanks(writer *out, size_t count);
/* Right-aligned in so many columns. */
void writer_number(writer *out, int64_t number, size_t columns);

void writer_flush(writer *out);

/* Whether going on is pointless: nobody reads, or nothing can be written. */
bool writer_stopped(const writer *out);

/* Flush, and turn the command's exit status into the one to end with: a reader that went away changes
 * nothing, any other failure is said and makes it EXIT_FAILED. */
int writer_finish(writer *out, int status);

#endif

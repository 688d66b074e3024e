/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef ENCODING_H
#define ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What encoding_next() gives for a piece that is no UTF-8. */
#define ENCODING_ILL_FORMED UINT32_MAX

/* Decode the character at text[at], at < size; returns where the next one starts. */
size_t encoding_next(const char *text, size_t size, size_t at, uint32_t *code);

/* Write a code point as UTF-8; returns its bytes (1 to 4). */
size_t encoding_put(uint32_t code, char bytes[4]);

bool encoding_is_utf8(const char *text, size_t size);

/* The text as UTF-8, NUL-terminated; new, free(). Bytes that are no UTF-8 are read in the encoding of the
 * locale; when that fails too, each ill-formed piece becomes U+FFFD. NULL when memory ran out. */
char *encoding_to_utf8(const char *text, size_t size, size_t *utf8_size);

#endif

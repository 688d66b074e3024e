/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_BUFFER_H
#define BL_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes that grow; NUL-terminated whenever data is not NULL. Start from {0}. Once memory ran out `failed`
 * is set and every further append does nothing: check it once, at the end. */
typedef struct bl_buffer {
    char *data;
    size_t size;     /* without the NUL */
    size_t capacity; /* with the NUL */
    bool failed;
} bl_buffer;

/* Make room for `more` bytes beyond size; false when memory ran out. */
bool bl_buffer_reserve(bl_buffer *b, size_t more);
void bl_buffer_append(bl_buffer *b, const void *bytes, size_t size);
void bl_buffer_puts(bl_buffer *b, const char *text);
void bl_buffer_putc(bl_buffer *b, char c);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void bl_buffer_printf(bl_buffer *b, const char *format, ...);
void bl_buffer_cut(bl_buffer *b, size_t size);
/* The bytes so far, or NULL when it failed; new, release with free(). The buffer is empty afterwards. */
char *bl_buffer_steal(bl_buffer *b);
void bl_buffer_free(bl_buffer *b);

/* Grow an array of `item`-sized elements to hold at least `count`; false (and *array unchanged) when memory
 * ran out. */
bool bl_grow(void *array, size_t *capacity, size_t count, size_t item);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Bytes that grow, with one sticky failure. */
#include "buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Half as much again keeps copying linear and lets an allocator reuse what was freed. */
static size_t grown(size_t capacity, size_t wanted)
{
    size_t next = capacity < 64 ? 64 : capacity + capacity / 2;
    return next < wanted ? wanted : next;
}

bool bl_buffer_reserve(bl_buffer *b, size_t more)
{
    if (b->failed || more > SIZE_MAX / 2 - b->size) {
        b->failed = true;
        return false;
    }
    size_t wanted = b->size + more + 1;
    if (wanted <= b->capacity)
        return true;
    size_t capacity = grown(b->capacity, wanted);
    char *data = realloc(b->data, capacity);
    if (!data) {
        b->failed = true;
        return false;
    }
    b->data = data;
    b->capacity = capacity;
    b->data[b->size] = '\0';
    return true;
}

void bl_buffer_append(bl_buffer *b, const void *bytes, size_t size)
{
    if (!bl_buffer_reserve(b, size))
        return;
    if (size > 0)
        memcpy(b->data + b->size, bytes, size);
    b->size += size;
    b->data[b->size] = '\0';
}

void bl_buffer_puts(bl_buffer *b, const char *text)
{
    bl_buffer_append(b, text, strlen(text));
}

void bl_buffer_putc(bl_buffer *b, char c)
{
    bl_buffer_append(b, &c, 1);
}

void bl_buffer_printf(bl_buffer *b, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    if (size >= 0 && bl_buffer_reserve(b, (size_t)size)) {
        vsnprintf(b->data + b->size, (size_t)size + 1, format, again);
        b->size += (size_t)size;
    }
    va_end(again);
    va_end(arguments);
}

void bl_buffer_cut(bl_buffer *b, size_t size)
{
    if (size < b->size) {
        b->size = size;
        b->data[size] = '\0';
    }
}

char *bl_buffer_steal(bl_buffer *b)
{
    bl_buffer_reserve(b, 0); /* an empty buffer gives "", not NULL */
    char *data = b->failed ? NULL : b->data;
    if (b->failed)
        free(b->data);
    *b = (bl_buffer){ 0 };
    return data;
}

void bl_buffer_free(bl_buffer *b)
{
    free(b->data);
    *b = (bl_buffer){ 0 };
}

bool bl_grow(void *array, size_t *capacity, size_t count, size_t item)
{
    if (count <= *capacity)
        return true;
    size_t next = grown(*capacity, count);
    if (next > SIZE_MAX / item)
        return false;
    void *old;
    memcpy(&old, array, sizeof old);
    void *moved = realloc(old, next * item);
    if (!moved)
        return false;
    memcpy(array, &moved, sizeof moved);
    *capacity = next;
    return true;
}

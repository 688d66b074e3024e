/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Bytes into standard output, each write checked: a full disk is a failure, a closed pipe is not. */
#include "writer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "message.h"

void writer_open(writer *out, int descriptor)
{
    out->descriptor = descriptor;
    out->failure = 0;
    out->used = 0;
}

static void write_all(writer *out, const char *bytes, size_t size)
{
    while (size > 0 && out->failure == 0) {
        ssize_t written = write(out->descriptor, bytes, size);
        if (written >= 0) {
            bytes += written;
            size -= (size_t)written;
        } else if (errno != EINTR) {
            out->failure = errno;
        }
    }
}

void writer_flush(writer *out)
{
    write_all(out, out->buffer, out->used);
    out->used = 0;
}

void writer_put(writer *out, const char *bytes, size_t size)
{
    if (size > sizeof out->buffer - out->used)
        writer_flush(out);
    if (size > sizeof out->buffer) {
        write_all(out, bytes, size);
        return;
    }
    if (size > 0)
        memcpy(out->buffer + out->used, bytes, size);
    out->used += size;
}

void writer_text(writer *out, const char *text)
{
    writer_put(out, text, strlen(text));
}

void writer_format(writer *out, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size > 0)
        writer_put(out, text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}

void writer_blanks(writer *out, size_t count)
{
    static const char blanks[] = "                                ";
    for (; count > 0; count -= count < sizeof blanks ? count : sizeof blanks - 1)
        writer_put(out, blanks, count < sizeof blanks ? count : sizeof blanks - 1);
}

void writer_number(writer *out, int64_t number, size_t columns)
{
    char text[24];
    size_t at = sizeof text;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do
        text[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0)
        text[--at] = '-';
    size_t size = sizeof text - at;
    writer_blanks(out, columns > size ? columns - size : 0);
    writer_put(out, text + at, size);
}

bool writer_stopped(const writer *out)
{
    return out->failure != 0;
}

int writer_finish(writer *out, int status)
{
    writer_flush(out);
    if (out->failure == 0 || out->failure == EPIPE)
        return status;
    message_say("cannot write the output: %s", strerror(out->failure));
    return EXIT_FAILED;
}

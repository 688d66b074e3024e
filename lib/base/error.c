/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The first failure of a sequence of steps, with the sentence that tells a person what to do. */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void bl_fail(bl_error *e, bulletin_status status, const char *format, ...)
{
    if (bl_failed(e))
        return;
    e->status = status;
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(e->message, sizeof e->message, format, arguments);
    va_end(arguments);
    if (wanted < (int)sizeof e->message)
        return;
    size_t end = sizeof e->message - 1;
    while (end > 0 && ((unsigned char)e->message[end - 1] & 0xC0) == 0x80)
        end--;
    e->message[end > 0 ? end - 1 : 0] = '\0';
}

void bl_fail_nomem(bl_error *e)
{
    bl_fail(e, BULLETIN_NOMEM, "out of memory; close other programs or import fewer bulletins at a time");
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_ERROR_H
#define BL_ERROR_H

#include <stdbool.h>

#include "bulletin.h"

/* A sticky failure: steps that take the same bl_error do nothing once it holds one, so a sequence reads
 * straight down and is checked once at its end (the idiom of ICU's UErrorCode). The first failure wins. */
typedef struct bl_error {
    bulletin_status status;
    char message[1024];
} bl_error;

#define BL_ERROR_INIT                                                                                        \
    {                                                                                                        \
        BULLETIN_OK, ""                                                                                      \
    }

static inline bool bl_failed(const bl_error *e)
{
    return e->status < 0;
}

/* Record a failure; nothing when one is recorded already. The message is cut at a character's edge. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void bl_fail(bl_error *e, bulletin_status status, const char *format, ...);

void bl_fail_nomem(bl_error *e);

#endif

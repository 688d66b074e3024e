/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_STATED_H
#define BL_STATED_H

#include "base/error.h"

/* Hand over each name of a JSON array of organizations that a record stated; NULL is none. */
void bl_stated_each(bl_error *e, const char *organizations, void (*take)(void *context, const char *name),
                    void *context);

#endif

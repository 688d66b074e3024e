/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef SAVED_H
#define SAVED_H

#include <stdbool.h>

#include "client.h"
#include "option.h"

/* What search does with saved searches instead of searching. */
typedef struct saved {
    const char *save, *forget; /* names, as typed; NULL = no such option */
    bool list;
} saved;

enum { SAVED_OPTIONS = 3 };
void saved_list_options(saved *s, option_spec rows[SAVED_OPTIONS]);

bool saved_is_asked(const saved *s);

/* Do it; `filtered` is whether options of the search were given beside. Returns the exit status. */
int saved_run(client *c, const saved *s, const option_usage *usage, bool filtered, int argc, char **argv);

#endif

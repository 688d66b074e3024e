/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>

#include "bulletin.h"

/* How far a long work is, on standard error. */
typedef struct progress {
    bool quiet;
    bool terminal; /* one line that changes, instead of a line every ten seconds */
    bool shown;    /* the changing line stands there */
    double started;
    double last;
} progress;

double progress_clock(void); /* seconds of a clock that only goes forward */

void progress_start(progress *p, bool quiet);

/* Show it when it is time to. Returns false when the user pressed Ctrl-C. */
bool progress_show(progress *p, const bulletin_progress *now);

/* Take the changing line away, before anything else is written. */
void progress_clear(progress *p);

#endif

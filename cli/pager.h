/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef PAGER_H
#define PAGER_H

#include "client.h"

/* Send standard output, and what is said on the same terminal, through $BULLETIN_PAGER, $PAGER or less, as
 * git does: only on a terminal, not with --no-pager, not where the pager is "cat" or nothing. */
void pager_start(client *c);

/* Hand over the rest and wait until it was read. Nothing when none was started. */
void pager_finish(client *c);

#endif

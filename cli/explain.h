/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "bulletin.h"

/* Say on standard error how a query was understood and answered. */
void explain_search(const bulletin_hits *hits);

#endif

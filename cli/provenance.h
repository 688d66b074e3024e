/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef PROVENANCE_H
#define PROVENANCE_H

#include "archive.h"
#include "bulletin.h"

/* Write into a file what repeats an answer and tells whether another one is the same: the query as typed and
 * as understood, options, archive, vocabularies, versions and figures, as one JSON object. It holds no time:
 * the same question to the same archive gives the same bytes. Returns EXIT_DONE, or an exit status after a
 * complaint. */
int provenance_write(const archive *a, const char *path, const char *query,
                     const bulletin_search_options *options, const bulletin_hits *hits);

#endif

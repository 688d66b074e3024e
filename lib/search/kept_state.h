/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_KEPT_STATE_H
#define BL_KEPT_STATE_H

#include "index/database.h"
#include "search/docs.h"
#include "search/stories.h"

/* Whether what is kept of common terms (best.h) can be used, and what has changed since it was found. What
 * scores are made with stays as it was then, so that scores that are kept and those that are made now are
 * alike. */
typedef struct bl_kept_state {
    int64_t revision;  /* of the archive that this is said of */
    int64_t lists;     /* revision of the lists that it has, whether they can be used or not; -1 = none */
    int64_t made;      /* of the lists; -1 = none can be used */
    double average[2]; /* tokens of a title and of a body, for ranking */
    /* Documents of which lists say nothing any more, complete once `stories` are known: of all, such as there
     * were none, such as hold other words, and such as hold the same. */
    bl_docs changed, added, altered, same;
    bl_stories *stories; /* as the lists know them; NULL = not asked for yet, or nothing has changed */
} bl_kept_state;

/* What can be used now, within a transaction; borrowed from the connection; NULL on failure. */
const bl_kept_state *bl_kept_state_get(bl_error *e, bl_database *db, const bl_totals *totals);
/* With all documents of stories of which one has changed, as they were and as they are: other stories are
 * the same in blocks of hits and now. */
const bl_kept_state *bl_kept_state_complete(bl_error *e, bl_database *db, const bl_totals *totals);

/* Averages of an archive as it is. */
void bl_kept_state_average(const bl_totals *totals, double out[2]);
/* The totals that averages are made of, for the archive to keep beside its lists. */
void bl_kept_state_print(const bl_totals *totals, bl_buffer *out);

/* Enough has changed for lists to be found anew. */
bool bl_kept_state_is_due(bl_error *e, bl_database *db, const bl_totals *totals);

#endif

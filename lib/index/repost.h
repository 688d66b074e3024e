/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_REPOST_H
#define BL_REPOST_H

#include "index/change.h"

/* Which bulletins are copies of one another, kept in the tables fingerprint, label, copy and story.
 *
 * Two texts are looked at when one of their labels begins alike and they stand within BL_NEIGHBOURS of each
 * other among those that do (an LSH forest: Bawa, Condie, Ganesan 2005); where one is a copy of the other
 * (bl_is_copy) they are joined, and a story is all texts that are joined by others. None of this depends on
 * the order in which bulletins came and went. */
enum { BL_NEIGHBOURS = 4 };

typedef struct bl_reposts bl_reposts;

/* Follow a batch of changes, within its transaction, once the rows are written; the archive has so many
 * bulletins now. What is to be compared is compared while the caller goes on to write the index: what `all`
 * holds must stay until it is finished. New; NULL on failure. */
bl_reposts *bl_reposts_start(bl_error *e, bl_database *db, const bl_changes *all, int64_t bulletins);
void bl_reposts_finish(bl_error *e, bl_reposts *reposts); /* NULL is fine */

/* Find all stories of the archive anew, within a transaction. */
void bl_reposts_rebuild(bl_error *e, bl_database *db);

/* The figures of what a rebuild would find other than what the tables hold; writes nothing. */
int64_t bl_reposts_differ(bl_error *e, bl_database *db);

#endif

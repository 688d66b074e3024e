/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_STORIES_H
#define BL_STORIES_H

#include "base/buffer.h"
#include "index/database.h"
#include "search/docs.h"

/* The stories of an archive that have several bulletins, kept from one search to the next. */
typedef struct bl_stories {
    int64_t revision;
    int64_t *docs;     /* ascending; INT64_MAX behind the last */
    uint32_t *leaders; /* of each: where in docs the one that stands for its story is; count = nowhere */
    uint32_t *next;    /* of each: the next of its story, of the last the first; NULL = not asked for yet */
    uint32_t *publishers; /* of each: how many carry its story; NULL = not asked for yet */
    size_t count;
    struct bl_stories *then; /* as the lists of common terms know them; NULL = the same, or not known */
} bl_stories;

/* What takes time of its own. */
enum { BL_STORIES_PUBLISHERS = 1, BL_STORIES_CHAINED = 2 };
/* Of the archive at this revision, within a transaction; borrowed from the connection; NULL on failure. */
const bl_stories *bl_stories_get(bl_error *e, bl_database *db, int64_t revision, unsigned with);

/* The same read from the rows, into an empty one; release with bl_stories_clear(). */
void bl_stories_read(bl_error *e, bl_database *db, bl_stories *out);
void bl_stories_clear(bl_stories *stories);
void bl_stories_free(bl_stories *stories);
/* Room for the documents and leaders of so many, in an empty one. */
void bl_stories_make(bl_error *e, bl_stories *out, size_t count);
/* Find what BL_STORIES_CHAINED says. */
void bl_stories_chain(bl_error *e, bl_stories *stories);

/* In stories_kept.c: what the archive keeps of them beside its lists (best.h), without publishers. */
void bl_stories_print(const bl_stories *stories, bl_buffer *out);
/* As they were when the lists were made: new, release with bl_stories_free(); NULL when that is not known. */
bl_stories *bl_stories_then(bl_error *e, bl_database *db);
/* The same with what has changed since, into an empty one; false when it is not known. */
bool bl_stories_now(bl_error *e, bl_database *db, bl_stories *out);

/* The place in docs of a document, count = in none; and from `from` on the first that is not before it. */
size_t bl_stories_place(const bl_stories *stories, int64_t doc);
size_t bl_stories_seek(const bl_stories *stories, size_t from, int64_t doc);
/* The place of a document, looked for by ever longer steps away from `at`: a story's bulletins are mostly of
 * a few days. */
size_t bl_stories_near(const bl_stories *stories, size_t at, int64_t doc);

/* The document that stands for a bulletin's story: itself where there is no copy of it. */
int64_t bl_stories_of(const bl_stories *stories, int64_t doc);

/* Add the copies of those among the documents that have some. */
void bl_stories_add_copies(bl_error *e, const bl_stories *stories, bl_docs *docs);

/* How many publishers carry a bulletin's story: sources by their folded names, else sites. */
uint32_t bl_stories_publishers(const bl_stories *stories, int64_t doc);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_PAIRS_H
#define BL_PAIRS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct bl_database;
typedef struct bl_pairs bl_pairs;

/* A character that stands behind another. */
typedef struct bl_follower {
    uint16_t reading; /* its class of romanization */
    uint16_t character;
    uint32_t bytes; /* of the pair's list in the index: about how often it occurs */
} bl_follower;

/* All that follow a character, by reading. */
typedef struct bl_followers {
    bl_follower *list;
    size_t count;
    uint64_t bytes; /* of all of them */
} bl_followers;

/* The pairs of characters in the index; those of a character are read when it is first asked for and kept
 * with the handle while the archive's revision stays. Needs a reader. Borrowed until the archive changes;
 * NULL on failure. */
bl_pairs *bl_pairs_get(bl_error *e, struct bl_database *db);
/* What stands behind a character; never NULL. */
const bl_followers *bl_pairs_of(bl_error *e, bl_pairs *pairs, uint32_t character);
/* Those of one reading: the first of how many, NULL of none. */
const bl_follower *bl_followers_read(const bl_followers *followers, unsigned reading, size_t *count);

#endif

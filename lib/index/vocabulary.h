/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_VOCABULARY_H
#define BL_VOCABULARY_H

#include "index/database.h"

/* What searches know beside the bulletins. */
typedef enum bl_vocabulary { BL_VOCABULARY_THESAURUS, BL_VOCABULARY_ORGANIZATIONS } bl_vocabulary;

/* SHA-256 in hex of a vocabulary: of the file it comes from, and where this archive has entries of its own,
 * of that hash and those. New; NULL on failure. */
char *bl_vocabulary_digest(bl_error *e, bl_database *db, bl_vocabulary vocabulary);

#endif

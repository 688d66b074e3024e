/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_PIECE_H
#define BL_PIECE_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of the page's text, borrowed; size 0 when there is none. */
typedef struct bl_piece {
    const char *text;
    size_t size;
} bl_piece;

#define BL_PIECE(literal)                                                                                    \
    {                                                                                                        \
        literal, sizeof(literal) - 1                                                                         \
    }

#define BL_NOWHERE ((size_t)-1)

/* Sets of strings end with NULL. */
bool bl_piece_is(bl_piece p, const char *const *set);
bool bl_piece_starts(bl_piece p, const char *const *set);
/* Bytes of the first of the set that it starts with, 0 when none. */
size_t bl_piece_prefix(bl_piece p, const char *const *set);
/* Bytes of the longest of the set that it ends with, 0 when none. */
size_t bl_piece_ends(bl_piece p, const char *const *set);
/* The same of a long set, which ends with a piece without text. */
size_t bl_piece_ends_in(bl_piece p, const bl_piece *set);
/* Offset of the first `what` at or behind `from`, BL_NOWHERE when none. */
size_t bl_piece_find(bl_piece p, size_t from, const char *what);
size_t bl_piece_find_piece(bl_piece p, bl_piece what);

/* The part [from, end), without blanks at its ends. */
bl_piece bl_piece_part(bl_piece p, size_t from, size_t end);

/* Without blanks (also full-width, no-break and invisible ones) at both ends. */
bl_piece bl_piece_trim(bl_piece p);

/* Without these characters, each a string, and blanks at both ends. */
bl_piece bl_piece_strip(bl_piece p, const char *const *set);

/* The next field of a line that bars, tabs, wide spaces or double spaces part; false behind the last one. */
bool bl_piece_field(bl_piece *rest, bl_piece *field);

/* Characters, however many bytes they take. */
size_t bl_piece_characters(bl_piece p);

#endif

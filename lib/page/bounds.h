/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_BOUNDS_H
#define BL_BOUNDS_H

#include "base/error.h"
#include "base/trie.h"
#include "text/fold.h"

/* What stands to the left of a head, read backwards. */
typedef enum bl_left { BL_LEFT_STOP, BL_LEFT_ROLE, BL_LEFT_SAFE, BL_LEFT_PLACE } bl_left;

/* What a head needs before it to be a name. */
typedef enum bl_head_class {
    BL_HEAD_BARE,    /* nothing */
    BL_HEAD_STRONG,  /* any word that is not generic */
    BL_HEAD_UNIT,    /* the same; goes on over the body that it is part of */
    BL_HEAD_WEAK,    /* two characters */
    BL_HEAD_LISTED,  /* anything */
    BL_HEAD_COMPANY, /* two characters that are not generic */
    BL_HEAD_SCHOOL,  /* the same; part of a body as UNIT is */
    BL_HEAD_PLACED,  /* a place, or the body that it is part of */
    BL_HEAD_PART,    /* the body that it is part of */
    BL_HEAD_SHORT,   /* two characters, and to be known as a form that lacks its place */
    BL_HEAD_BLOCK    /* is no organization */
} bl_head_class;

typedef struct bl_head {
    bl_head_class kind;
    uint32_t not_before[48]; /* folded characters that make it part of another word; ends with 0 */
    size_t length;           /* in glyphs */
} bl_head;

/* The words that bound names, as tries of their folded characters from right to left. Read-only once made. */
typedef struct bl_bounds {
    bl_trie left;    /* values are bl_left */
    bl_trie generic; /* values are 1 for trades, else 0 */
    bl_trie heads;   /* values are indexes of head */
    bl_head *head;
    size_t head_count, head_capacity;
} bl_bounds;

void bl_bounds_make(bl_error *e, bl_bounds *out);
/* A place of the authority file. */
void bl_bounds_add_place(bl_error *e, bl_bounds *bounds, const bl_folded *place);
void bl_bounds_free(bl_bounds *bounds);

/* The longest word of a reversed trie that ends before glyph `end` and starts at or behind `floor`; its
 * length in glyphs, 0 when there is none. */
size_t bl_bounds_before(const bl_trie *trie, const bl_glyph *glyphs, size_t floor, size_t end,
                        int32_t *value);

#endif

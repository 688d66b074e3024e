/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_AUTHORITY_H
#define BL_AUTHORITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/trie.h"
#include "page/bounds.h"
#include "page/fields.h"
#include "text/fold.h"

/* A body that the authority file knows. Strings are the authority's own; "" where the file is silent. */
typedef struct bl_body {
    const char *id;
    const char *name; /* canonical */
    const char *kind;
    const char *place;
    const char *parent, *successor; /* ids */
    int32_t first_name, last_name;  /* chained by bl_name.next_of_body, -1 = end */
    int32_t merged_into;            /* the body that has its names now, -1 = it has them */
    bool rule;                      /* a level's rule, not a body */
} bl_body;

/* One of its names. */
typedef struct bl_name {
    const char *text;
    const char *lang;
    const char *form;
    const char *when; /* alternatives parted by |, one of which must hold; "" = always */
    const char *not_after, *not_before;
    int32_t body;
    int32_t next_of_body;
    int32_t next_same; /* another body's name of the same letters, -1 = none */
    bool relative;     /* names a body only where the bulletin supplies the place */
    bool upper;        /* letters only in capitals: an acronym, found only so */
    bool latin;
} bl_name;

/* Of a hash table of ids, with open addressing. */
typedef struct bl_id_slot {
    uint32_t hash;
    uint32_t body; /* its index + 1, 0 = the slot is free */
} bl_id_slot;

/* All of them, and the trie of their folded letters. Read-only once loaded, so that threads can share it. */
typedef struct bl_authority {
    bl_trie trie; /* folded names; values are indexes of names. First: a thread that fills it stays clear of
                   * the lists that another fills meanwhile */
    bl_body *bodies;
    size_t body_count, body_capacity;
    bl_name *names;
    size_t name_count, name_capacity;
    bl_trie places; /* folded places, values are bl_place */
    bl_id_slot *ids;
    size_t id_slots;
    bl_bounds bounds;
    uint64_t identity; /* of everything that was read */
    char **texts;      /* what strings point into */
    size_t text_count, text_capacity;
    bl_folded scratch;
    uint32_t *codes; /* of a word on its way into a trie */
    size_t code_capacity;
} bl_authority;

/* What a place of the authority file is. */
typedef enum bl_place { BL_PLACE_COUNTRY, BL_PLACE_PROVINCE, BL_PLACE_CITY } bl_place;

/* Told of a row that cannot be used, or is used in part. */
typedef void (*bl_authority_report)(void *context, size_t line, const char *reason);

/* The code that folded text is compared by: one kind of apostrophe, one of hyphen, one of blank. */
static inline uint32_t bl_authority_code(uint32_t code)
{
    if (code == 0x2018 || code == 0x2019)
        return '\'';
    return code >= 0x2010 && code <= 0x2013 ? '-' : code;
}

/* Add the rows of a table (see corpus/README.md). What cannot be used is reported and left out. */
void bl_authority_read(bl_error *e, bl_authority *a, const char *text, size_t size,
                       bl_authority_report report, void *context);

/* The same for a text that becomes the authority's own, without a copy; so many NULs stand behind it. */
#define BL_AUTHORITY_SLACK BL_FIELDS_SLACK
void bl_authority_take(bl_error *e, bl_authority *a, char *text, size_t size, bl_authority_report report,
                       void *context);

/* One that knows nobody, not even the words that bound names; new. */
bl_authority *bl_authority_new(bl_error *e);
/* The table of a data folder, else the one that is built in; new. */
bl_authority *bl_authority_open(bl_error *e, const char *data_folder, bulletin_log_callback log,
                                void *log_context);
void bl_authority_close(bl_authority *authority);

/* The name with exactly these letters, once folded: its index, -1 when there is none. */
int32_t bl_authority_find(bl_error *e, const bl_authority *a, const char *text, size_t size);
/* The body of an id, or the one that it was merged into; -1 when there is none. */
int32_t bl_authority_body(const bl_authority *a, const char *id);
/* Before ids of so many bodies are there. */
void bl_authority_expect_ids(bl_error *e, bl_authority *a, size_t bodies);
/* Let a body be found by its id, which no other has. */
void bl_authority_add_id(bl_error *e, bl_authority *a, int32_t body);
/* The body that a name means whatever stands beside it, -1 when it means none. `relative`, which may be NULL:
 * the name is a form that lacks its place. */
int32_t bl_authority_alone(bl_error *e, const bl_authority *a, const char *name, bool *relative);

/* The longest place that starts at a glyph; 0 when none does, else its length in glyphs. */
size_t bl_authority_place(const bl_authority *a, const bl_glyph *glyphs, size_t count, size_t at,
                          bl_place *kind);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_ORGANIZATION_H
#define BL_ORGANIZATION_H

#include "page/authority.h"
#include "page/finder.h"
#include "page/page.h"

/* Bytes [start, end). */
typedef struct bl_mention {
    size_t start, end;
} bl_mention;

/* An organization that a bulletin names. Strings are its own. */
typedef struct bl_organization {
    int32_t body; /* of the authority, -1 = none */
    char *name;   /* canonical */
    char *key;    /* of one without a body: its folded name, which tells it from others; else NULL */
    bool resolved;
    char **forms; /* as written, each once */
    size_t form_count, form_capacity;
    char **learned; /* folded short forms that the bulletin itself says it by, each once */
    size_t learned_count, learned_capacity;
    bl_mention *mentions; /* in the body */
    size_t mention_count, mention_capacity;
    bl_mention *title_mentions;
    size_t title_count, title_capacity;
} bl_organization;

typedef struct bl_organizations {
    bl_organization *list;
    size_t count, capacity;
} bl_organizations;

/* The organizations that title and body name. `finder` is reused from bulletin to bulletin. */
void bl_organizations_find(bl_error *e, bl_finder *finder, const bl_article *article, bl_organizations *out);
void bl_organizations_free(bl_organizations *organizations);

#endif

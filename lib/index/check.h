/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_CHECK_H
#define BL_CHECK_H

#include "index/database.h"
#include "page/finder.h"

/* A check under way, and the repair that is one with mending. */
typedef struct check {
    bl_database *db;
    bulletin_problem_callback problem;
    void *context;
    bool repair;
    bool reindex; /* a finding that a new index mends */
    int found;
    bl_finder finder; /* of organizations; without an authority none are compared */
} check;

typedef enum bl_remedy { BL_REMEDY_REPAIR, BL_REMEDY_REINDEX, BL_REMEDY_NONE } bl_remedy;

/* Count and tell a finding; a repair says that it is mended, and the caller does it. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void bl_check_find(check *c, bl_remedy remedy, const char *format, ...);

/* Hold each bulletin against itself: date against place and span, fields against their hash, text against its
 * length. */
void bl_check_rows(bl_error *e, check *c);

#endif

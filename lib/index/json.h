/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_JSON_H
#define BL_JSON_H

#include "index/reader.h"

/* JSON Lines: each line is an object. */
void bl_json_lines(bl_error *e, bl_reader *r);

/* The objects of an array, or one after another, over any number of lines. */
void bl_json_objects(bl_error *e, bl_reader *r);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_WARC_H
#define BL_WARC_H

#include "index/reader.h"

/* A web archive (WARC, ISO 28500): each page in it is handed on as a capture, everything else is skipped.
 * False when the last record is not whole, so that the file may still be growing. */
bool bl_warc_read(bl_error *e, bl_reader *r);

#endif

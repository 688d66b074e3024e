/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_SPLICE_H
#define BL_SPLICE_H

#include "base/buffer.h"
#include "piece.h"

/* Write the title without words that were spliced into it, told by the original title that the page prints
 * as well; false, with nothing written, when none were. */
bool bl_splice_remove(bl_piece title, bl_piece original, bl_buffer *out);

#endif

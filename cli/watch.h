/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef WATCH_H
#define WATCH_H

#include "importer.h"

/* Import these files and folders, and then whatever appears or changes in them, until SIGINT or SIGTERM.
 * Returns how the command ends, or OPTION_GO_ON when the importer's failure says it. */
int watch_folders(importer *im, const char *const *roots, size_t count);

#endif

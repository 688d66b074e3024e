/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_CATALOGUE_H
#define BL_CATALOGUE_H

#include "search/docs.h"
#include "search/facet.h"

/* All documents of an archive and what they are told apart by, read when first asked for and kept with the
 * handle while the archive's revision stays. All borrowed until the archive changes; NULL on failure. */
const bl_docs *bl_catalogue_docs(bl_error *e, struct bl_database *db);
/* Their sources or languages: BULLETIN_BY_SOURCE, BULLETIN_BY_LANG. */
const bl_facet *bl_catalogue_facet(bl_error *e, struct bl_database *db, bulletin_by by);

#endif

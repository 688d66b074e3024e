/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* An archive to lists of all its documents, their sources and their languages. */
#include "catalogue.h"

#include <stdlib.h>

#include "index/sql.h"

typedef struct bl_catalogue {
    int64_t revision;
    bl_docs docs;
    bool read[2];
    bl_facet facets[2]; /* by source, by language */
} bl_catalogue;

static void close_catalogue(bl_catalogue *c)
{
    if (!c)
        return;
    bl_docs_free(&c->docs);
    for (size_t i = 0; i < 2; i++)
        bl_facet_free(&c->facets[i]);
    free(c);
}

static void forget(bl_database *db)
{
    close_catalogue(db->catalogue);
    db->catalogue = NULL;
}

static bl_catalogue *get(bl_error *e, bl_database *db)
{
    bl_totals totals;
    bl_database_totals(e, db, &totals);
    if (db->catalogue && (bl_failed(e) || db->catalogue->revision != totals.revision))
        forget(db);
    if (db->catalogue || bl_failed(e))
        return db->catalogue;
    db->close_catalogue = close_catalogue;
    db->catalogue = calloc(1, sizeof *db->catalogue);
    if (!db->catalogue) {
        bl_fail_nomem(e);
        return NULL;
    }
    db->catalogue->revision = totals.revision;
    bl_docs_read(e, &db->catalogue->docs, bl_sql_prepare(e, db->sql, "SELECT doc FROM length ORDER BY doc"));
    if (bl_failed(e)) /* half of them are none */
        forget(db);
    return db->catalogue;
}

const bl_docs *bl_catalogue_docs(bl_error *e, bl_database *db)
{
    const bl_catalogue *c = get(e, db);
    return c ? &c->docs : NULL;
}

const bl_facet *bl_catalogue_facet(bl_error *e, bl_database *db, bulletin_by by)
{
    bl_catalogue *c = get(e, db);
    const size_t which = by == BULLETIN_BY_LANG;
    if (c && !c->read[which]) {
        const bl_doc_list all = { c->docs.list, c->docs.count };
        bl_facet_read(e, db, by, &all, &c->facets[which]);
        c->read[which] = true;
    }
    if (bl_failed(e))
        forget(db);
    return bl_failed(e) ? NULL : &c->facets[which];
}

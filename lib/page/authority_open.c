/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The organizations of a data folder, or those that were read when the library was built, to an authority. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "authority_table.h"
#include "base/buffer.h"
#include "base/large.h"
#include "organizations_data.h"

/* ---- a data folder's ---- */

typedef struct logger {
    bulletin_log_callback log;
    void *context;
    const char *path;
} logger;

static void log_row(void *context, size_t line, const char *reason)
{
    const logger *l = context;
    char text[4600];
    snprintf(text, sizeof text, "%.4000s:%zu: %s", l->path, line, reason);
    if (l->log)
        l->log(l->context, text);
}

/* A file whole, NULL when it cannot be opened. */
static char *read_whole(bl_error *e, const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    struct stat st;
    char *bytes = NULL;
    size_t n, capacity = 0, room = BL_AUTHORITY_SLACK;
    if (!file)
        return NULL;
    if (fstat(fileno(file), &st) == 0 && st.st_size > 0)
        room += (size_t)st.st_size;
    setvbuf(file, NULL, _IONBF, 0);
    do {
        const bool grown = bl_grow_large(&bytes, &capacity, *size + room + BL_AUTHORITY_SLACK, 1);
        n = grown ? fread(bytes + *size, 1, room, file) : 0;
        *size += n;
        if (!grown)
            bl_fail_nomem(e);
    } while (n == room);
    fclose(file);
    if (bytes)
        memset(bytes + *size, 0, BL_AUTHORITY_SLACK);
    return bytes;
}

static void read_folder(bl_error *e, bl_authority *a, const char *folder, const logger *to, bool *read)
{
    char path[4096];
    size_t size = 0;
    int n = snprintf(path, sizeof path, "%s/organizations.tsv", folder);
    char *bytes = n > 0 && (size_t)n < sizeof path ? read_whole(e, path, &size) : NULL;
    if (bytes) {
        logger l = { to->log, to->context, path };
        a->bounds = organizations_table.bounds;
        a->bounds.left = organizations_table.words; /* places are the table's own */
        bl_authority_take(e, a, bytes, size, log_row, &l);
        *read = true;
    }
}

/* ---- those of the program ---- */

static void take_bodies(bl_error *e, bl_authority *a, const bl_authority_table *t)
{
    const char *const texts = t->texts;
    for (size_t i = 0; i < t->body_count; i++) {
        const bl_body_entry *b = &t->bodies[i];
        a->bodies[i] = (bl_body){ texts + b->id,    texts + b->name,   texts + b->kind,
                                  texts + b->place, texts + b->parent, texts + b->successor,
                                  b->first_name,    b->last_name,      -1,
                                  b->rule };
        bl_authority_add_id(e, a, (int32_t)i);
    }
    a->body_count = t->body_count;
}

static void take_names(bl_authority *a, const bl_authority_table *t)
{
    const char *const texts = t->texts;
    for (size_t i = 0; i < t->name_count; i++) {
        const bl_name_entry *n = &t->names[i];
        a->names[i] =
            (bl_name){ texts + n->text,      texts + n->lang,       texts + n->form, texts + n->when,
                       texts + n->not_after, texts + n->not_before, n->body,         n->next_of_body,
                       n->next_same,         n->relative,           n->upper,        n->latin };
    }
    a->name_count = t->name_count;
}

static void take_table(bl_error *e, bl_authority *a, const bl_authority_table *t)
{
    if (!bl_grow(&a->bodies, &a->body_capacity, t->body_count, sizeof *a->bodies) ||
        !bl_grow(&a->names, &a->name_capacity, t->name_count, sizeof *a->names)) {
        bl_fail_nomem(e);
        return;
    }
    take_bodies(e, a, t);
    take_names(a, t);
    a->trie = t->trie;
    a->places = t->places;
    a->bounds = t->bounds;
    a->identity = t->identity;
}

/* ---- either ---- */

bl_authority *bl_authority_open(bl_error *e, const char *data_folder, bulletin_log_callback log,
                                void *log_context)
{
    bl_authority *a = bl_authority_new(e);
    const logger l = { log, log_context, "organizations.tsv" };
    bool read = false;
    if (a && data_folder)
        read_folder(e, a, data_folder, &l, &read);
    if (a && !read && !bl_failed(e))
        take_table(e, a, &organizations_table);
    if (a && bl_failed(e)) {
        bl_authority_close(a);
        return NULL;
    }
    return a;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The life of a handle: what every public call starts with, open, close, and what an archive says of itself.
 */
#include "bulletin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handle.h"
#include "index/own.h"
#include "index/vocabulary.h"

const char *bulletin_version(void)
{
    return BULLETIN_VERSION_TEXT;
}

const char *bulletin_status_name(bulletin_status status)
{
    static const struct {
        bulletin_status status;
        const char *name;
    } names[] = {
        { BULLETIN_OK, "ok" },
        { BULLETIN_END, "end" },
        { BULLETIN_PARTIAL, "partial" },
        { BULLETIN_NOMEM, "out of memory" },
        { BULLETIN_IO, "input or output" },
        { BULLETIN_BUSY, "busy" },
        { BULLETIN_CORRUPT, "corrupt" },
        { BULLETIN_STALE, "stale index" },
        { BULLETIN_VERSION, "other version" },
        { BULLETIN_BAD_QUERY, "bad query" },
        { BULLETIN_BAD_INPUT, "bad input" },
        { BULLETIN_NOT_FOUND, "not found" },
        { BULLETIN_READ_ONLY, "read-only" },
        { BULLETIN_INTERRUPTED, "interrupted" },
        { BULLETIN_MISUSE, "misuse" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].status == status)
            return names[i].name;
    return "unknown";
}

/* ---- calls ---- */

/* Every call starts without a failure and with its own deadline. */
bl_error *bl_handle_start(bulletin *b)
{
    b->error = (bl_error)BL_ERROR_INIT;
    if (b->database)
        bl_database_start(b->database, 0);
    return &b->error;
}

/* What was made of the names of organizations is made anew with the next call that needs it. */
static void forget_names(bulletin *b)
{
    bl_authority_close(b->authority);
    b->authority = NULL;
    if (!b->database)
        return;
    if (b->database->close_thesaurus)
        b->database->close_thesaurus(b->database->thesaurus);
    b->database->thesaurus = NULL;
    b->database->authority = NULL;
}

/* The organizations that are known, read with the first call that needs them. */
const bl_authority *bl_handle_names(bulletin *b)
{
    bl_error *e = &b->error;
    int64_t own = b->database && !bl_failed(e) ? bl_own_revision(e, b->database) : 0;
    if (b->authority && own != b->own_names)
        forget_names(b);
    if (!b->authority && !bl_failed(e)) {
        b->authority = bl_authority_open(e, b->data_folder, b->options.log, b->options.log_context);
        if (own > 0 && b->authority)
            bl_own_read(e, b->database, b->authority);
        b->own_names = own;
    }
    if (b->database)
        b->database->authority = b->authority;
    return b->authority;
}

bl_error *bl_handle_start_read(bulletin *b)
{
    bl_error *e = bl_handle_start(b);
    if (b->database)
        bl_database_start(b->database, b->options.deadline_milliseconds);
    else
        bl_fail(e, BULLETIN_MISUSE, "this handle was opened without an archive");
    return e;
}

/* A write takes the ground from under open hits. */
bl_error *bl_handle_start_write(bulletin *b)
{
    bl_error *e = bl_handle_start(b);
    if (!b->database)
        bl_fail(e, BULLETIN_MISUSE, "this handle was opened without an archive");
    else if (b->options.read_only)
        bl_fail(e, BULLETIN_READ_ONLY, "the archive was opened for reading only");
    if (!bl_failed(e))
        bl_handle_stop_hits(b);
    return e;
}

bl_error *bl_handle_error(bulletin *b)
{
    return &b->error;
}

bl_error *bl_handle_read(bulletin *b, bl_database **db)
{
    bl_error *e = bl_handle_start_read(b);
    bl_handle_names(b);
    *db = b->database;
    return e;
}

bl_error *bl_handle_write(bulletin *b, bl_database **db)
{
    bl_error *e = bl_handle_start_write(b);
    bl_handle_names(b);
    *db = b->database;
    return e;
}

/* ---- open, close ---- */

bulletin_status bulletin_open(const char *path, const bulletin_options *options, bulletin **archive)
{
    if (!archive)
        return BULLETIN_MISUSE;
    bulletin *b = *archive = calloc(1, sizeof *b);
    if (!b)
        return BULLETIN_NOMEM;
    b->options = (bulletin_options)BULLETIN_OPTIONS_INIT;
    if (options)
        BL_COPY_OPTIONS(b->options, options);
    if (b->options.data_folder) {
        b->options.data_folder = b->data_folder = strdup(b->options.data_folder);
        if (!b->data_folder)
            bl_fail_nomem(&b->error);
    }
    if (!path || bl_failed(&b->error))
        return b->error.status;
    const bl_database_options inner = { b->options.read_only, b->options.no_create,
                                        b->options.busy_milliseconds, b->options.memory_bytes,
                                        b->options.map_file };
    b->database = bl_database_open(&b->error, path, &inner);
    if (b->database) {
        b->database->data_folder = b->data_folder;
        b->database->log = b->options.log;
        b->database->log_context = b->options.log_context;
    }
    if (bl_failed(&b->error)) {
        bl_database_close(b->database);
        b->database = NULL;
    }
    return b->error.status;
}

void bulletin_close(bulletin *b)
{
    if (!b)
        return;
    while (b->hits)
        bulletin_hits_close(b->hits);
    bl_database_close(b->database);
    bl_authority_close(b->authority);
    free(b->data_folder);
    free(b);
}

const char *bulletin_message(const bulletin *b)
{
    return b ? b->error.message : "";
}

void bulletin_interrupt(bulletin *b)
{
    if (b && b->database)
        atomic_store(&b->database->interrupted, true);
}

void bulletin_free(void *memory)
{
    free(memory);
}

bulletin_status bulletin_read_fact(bulletin *b, bulletin_fact fact, char **text)
{
    static const char *const names[] = {
        [BULLETIN_FACT_UUID] = "uuid",
        [BULLETIN_FACT_REVISION] = "revision",
        [BULLETIN_FACT_BULLETINS] = "bulletins",
        [BULLETIN_FACT_TOKENIZER] = "tokenizer",
        [BULLETIN_FACT_ICU] = "icu",
    };
    if (!b || !text)
        return BULLETIN_MISUSE;
    *text = NULL;
    bl_error *e = bl_handle_start_read(b);
    if (bl_failed(e))
        return e->status;
    if (fact == BULLETIN_FACT_SCHEMA) {
        char number[16];
        snprintf(number, sizeof number, "%d", BL_SCHEMA_VERSION);
        *text = strdup(number);
    } else if (fact == BULLETIN_FACT_THESAURUS || fact == BULLETIN_FACT_AUTHORITY) {
        *text = bl_vocabulary_digest(e, b->database,
                                     fact == BULLETIN_FACT_THESAURUS ? BL_VOCABULARY_THESAURUS
                                                                     : BL_VOCABULARY_ORGANIZATIONS);
    } else if ((size_t)fact < sizeof names / sizeof *names) {
        *text = bl_database_meta(e, b->database, names[fact]);
    }
    if (!*text)
        bl_fail(e, BULLETIN_MISUSE, "the archive does not say that of itself");
    return e->status;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_DATABASE_H
#define BL_DATABASE_H

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "index/fts.h"

enum { BL_SCHEMA_VERSION = 1 };

/* Statements of the index, prepared on first use; store.c holds their texts. */
enum { BL_SQL_COUNT = 96 };

/* Totals that ranking and numbering need; they live in meta and change with each transaction. */
typedef struct bl_totals {
    int64_t revision;
    int64_t next_id;
    int64_t bulletins;
    int64_t title_positions;
    int64_t body_positions;
    int64_t furniture; /* bulletins with any */
} bl_totals;

/* Which walks of a search are divided between two threads: the others are for tests. */
typedef enum bl_halves { BL_HALVES_LONG, BL_HALVES_ALL, BL_HALVES_NONE } bl_halves;

/* Some of an archive's documents at a revision, ascending. */
enum { BL_SAMPLE = 32 };
typedef struct bl_sample {
    int64_t revision;
    int64_t docs[BL_SAMPLE];
    size_t count;
} bl_sample;

/* One connection to an archive. */
typedef struct bl_database {
    sqlite3 *sql;
    struct bl_database *beside;           /* of bl_database_beside(); NULL = not open */
    const struct bl_database *owner;      /* whose it is, and whose calls it serves; NULL = nobody's */
    const struct bl_authority *authority; /* of organizations, borrowed; NULL = not read yet */
    bl_fts fts;
    sqlite3_stmt *statements[BL_SQL_COUNT];
    struct bl_words *words; /* of the search room, kept from one search to the next */
    struct bl_thesaurus *thesaurus;
    int64_t thesaurus_version; /* of the archive's own words in it */
    void (*close_thesaurus)(struct bl_thesaurus *thesaurus);
    struct bl_stories *stories;
    void (*close_stories)(struct bl_stories *stories);
    struct bl_kept_state *kept; /* what is kept of common terms */
    void (*close_kept)(struct bl_kept_state *kept);
    struct bl_named_docs *named; /* the bulletins of the organizations asked for last */
    void (*close_named)(struct bl_named_docs *named);
    struct bl_text_cache *texts; /* of those that are compared */
    void (*close_texts)(struct bl_text_cache *texts);
    struct bl_catalogue *catalogue;
    void (*close_catalogue)(struct bl_catalogue *catalogue);
    struct bl_spilled *spilled; /* documents beyond the slots of their days */
    void (*close_spilled)(struct bl_spilled *spilled);
    struct bl_pairs *pairs; /* of characters in the index */
    void (*close_pairs)(struct bl_pairs *pairs);
    const struct bl_lengths
        *lengths;         /* of all documents, borrowed while they are wanted, also beside; NULL = none */
    struct bl_memo *memo; /* of what searches read of the index */
    void (*close_memo)(struct bl_memo *memo);
    const char *data_folder; /* borrowed from the handle; NULL = what is compiled in */
    void (*log)(void *context, const char *text);
    void *log_context;
    bool read_only, maps;
    bool overwrites; /* SQLite was built to write zeros over what is freed */
    bool bulk;       /* within bl_database_start_bulk() and _end_bulk() */
    int log_pages;   /* that a bulk has not folded into the archive */
    size_t memory;   /* bytes for the page cache, and as much again for a batch of an import */
    bl_halves halves;
    unsigned long_walks; /* before there was a connection beside */
    bl_sample sample;
    struct bl_reader *reader; /* of the index, while a search lasts; NULL = only FTS5 can read it */
    bool matches;             /* the search room has registered its function */
    bool collects;            /* and its aggregate */
    bool stale;               /* the index was made by another tokenizer, at the last look */
    char *tokenizer;          /* by which */
    int64_t data_version;     /* SQLite's count of others' changes at that look; -1 = look again */
    uint64_t calls;           /* started so far */
    atomic_bool interrupted;
    int64_t deadline; /* monotonic milliseconds; 0 = none */
} bl_database;

typedef struct bl_database_options {
    bool read_only, no_create;
    int busy_milliseconds;
    size_t memory_bytes;
    bool map; /* read through a map of the file; a reader alone */
} bl_database_options;

/* Open or make an archive; new even on failure unless memory ran out. */
bl_database *bl_database_open(bl_error *e, const char *path, const bl_database_options *options);
void bl_database_close(bl_database *db);
/* A connection that reads what was committed, for a thread beside this one's: it ends when a call of this one
 * is to end. Made when first asked for, and kept. NULL where there is none: an archive in memory has one
 * reader. */
bl_database *bl_database_beside(bl_database *db);
void bl_database_close_beside(bl_database *db);

/* Start of a call that may be interrupted: `milliseconds` from now it is, 0 = never. */
void bl_database_start(bl_database *db, int milliseconds);
/* Fails with INTERRUPTED when the call is to end. */
void bl_database_poll(bl_error *e, bl_database *db);
/* Whether the index was made by another tokenizer: another program may have made it anew since the last look.
 */
bool bl_database_stale(bl_error *e, bl_database *db);
/* Fails with STALE unless the index is this tokenizer's. */
void bl_database_need_index(bl_error *e, bl_database *db);

/* Make a table of the schema under another name, empty. */
void bl_database_declare(bl_error *e, bl_database *db, const char *table, const char *as);

/* One view of the archive until the end, whatever others write meanwhile. */
void bl_database_begin_read(bl_error *e, bl_database *db);
/* BUSY says who is writing. */
void bl_database_begin(bl_error *e, bl_database *db);
/* Commit, or roll back when `e` holds a failure. */
void bl_database_end(bl_error *e, bl_database *db);

/* The time as archives write it: UTC, RFC 3339. */
void bl_database_now(char out[32]);

/* Many builds of SQLite write zeros over all that is freed. Between these two only cells are overwritten:
 * what a bulk of writes frees are segments of the index, whose words stand in others, and zeros would fill
 * half of the log. Outside, text that is removed does not stay in the file. Between them the log also grows
 * to a quarter of the archive before it is folded in. */
void bl_database_start_bulk(bl_database *db);
void bl_database_end_bulk(bl_database *db);

/* Keep no more of the archive's pages in memory than so many bytes; db->memory is what it was opened with. */
void bl_database_limit_cache(bl_error *e, bl_database *db, size_t bytes);

/* A value of meta as text, new, release with free(); NULL when there is none. */
char *bl_database_meta(bl_error *e, bl_database *db, const char *name);
void bl_database_set_meta(bl_error *e, bl_database *db, const char *name, const char *value);
void bl_database_totals(bl_error *e, bl_database *db, bl_totals *out);
void bl_database_set_totals(bl_error *e, bl_database *db, const bl_totals *totals);

#endif

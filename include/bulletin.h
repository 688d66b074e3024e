/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BULLETIN_H
#define BULLETIN_H

/**
 * @file bulletin.h
 * Full-text search of union and industry bulletins: this header is the manual.
 *
 * An *archive* is one SQLite file of *bulletins* (news pages and records) with a full-text index.
 * A program opens it, imports saved pages into it, searches it and walks the hits:
 *
 *     bulletin *archive;
 *     if (bulletin_open("news.db", NULL, &archive) == BULLETIN_OK) {
 *         bulletin_hits *hits;
 *         bulletin_search(archive, "产改", strlen("产改"), NULL, &hits);
 *         while (bulletin_hits_next(hits) == BULLETIN_OK)
 *             puts(bulletin_hits_text(hits, BULLETIN_TITLE));
 *         bulletin_hits_close(hits);
 *     }
 *     bulletin_close(archive);
 *
 * Words used below
 * ----------------
 * new       yours; release it with the function named
 * borrowed  not yours; valid from then until what is named
 * copied    the library keeps its own copy of your argument
 *
 * Text is UTF-8. Where a size is given, text may hold NUL; every offset is in bytes of the text it belongs
 * to, a range is [start, end). Ill-formed UTF-8 is never an error: each ill-formed piece counts as one
 * U+FFFD, offsets stay those of your bytes. Empty text is fine everywhere. Dates are the proleptic
 * Gregorian calendar, written YYYY-MM-DD, YYYY-MM or YYYY.
 *
 * Errors
 * ------
 * What can fail returns a bulletin_status. A negative status is a failure; bulletin_message() then says
 * what happened and what to do, in English. Outputs are set on every path (NULL or 0 on failure). Wrong
 * use (a NULL handle, reading a hit before the first next) returns BULLETIN_MISUSE. A failed call changes
 * nothing, but for an import, whose finished batches stay.
 *
 * Inside a larger program
 * -----------------------
 * The library never prints, exits, aborts, reads the environment or a configuration file, installs a
 * signal handler, or changes the locale or the process-wide settings of SQLite, ICU or libxml2. Threads it
 * starts block all signals and end before the call that started them returns; callbacks run on the thread
 * that made the call.
 *
 * Threads: there is no mutable global state. A handle and the hits made from it belong to one thread at a
 * time; different handles, even on one file, are independent. Only bulletin_interrupt() may be called
 * while another thread uses the handle.
 *
 * Processes: do not carry an open handle across fork(); close it before, or open a new one in the child
 * and never touch (nor close) the parent's. Any number of processes may read one archive while one writes.
 *
 * SQLite: the library uses the SQLite it was linked with. A program that bundles another SQLite must not
 * open the same archive file through both in one process: POSIX drops a process's locks on a file as soon
 * as any descriptor of it is closed, so each would undo the other's locks. A program that imports much may call
 * sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) before it opens its first archive, as `bulletin` does: SQLite counts
 * the bytes it holds under one lock, which takes a twelfth of an import's time.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bulletin_version.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------- status */

/** What a call came to. A caller would do something different for each. Since 0.1. */
typedef enum bulletin_status {
    BULLETIN_OK = 0,
    BULLETIN_END = 1,        /**< nothing further: not a failure */
    BULLETIN_PARTIAL = 2,    /**< some of the input failed and was reported; the rest is done */
    BULLETIN_NOMEM = -1,     /**< out of memory, or beyond the handle's memory limit */
    BULLETIN_IO = -2,        /**< the file system refused: missing file, full disk, no permission */
    BULLETIN_BUSY = -3,      /**< another process is writing; try again */
    BULLETIN_CORRUPT = -4,   /**< not an archive, or a damaged one: see bulletin_check() */
    BULLETIN_STALE = -5,     /**< index made by another tokenizer: bulletin_reindex() mends it */
    BULLETIN_VERSION = -6,   /**< archive of another schema version than this library knows */
    BULLETIN_BAD_QUERY = -7, /**< the query or one of its filters cannot be used as it is */
    BULLETIN_BAD_INPUT = -8, /**< a page or record cannot be read */
    BULLETIN_NOT_FOUND = -9, /**< no such bulletin, or no such archive */
    BULLETIN_READ_ONLY = -10,
    BULLETIN_INTERRUPTED = -11, /**< by bulletin_interrupt(), a callback, or the deadline */
    BULLETIN_MISUSE = -12
} bulletin_status;

/** The library's version as "major.minor.patch"; borrowed, for ever. Since 0.1. */
BULLETIN_API const char *bulletin_version(void);

/** A short name of a status ("busy", "corrupt" …), for logs; borrowed, for ever. Since 0.1. */
BULLETIN_API const char *bulletin_status_name(bulletin_status status);

/* ------------------------------------------------------------------------------------------- open, close */

/** An open archive. */
typedef struct bulletin bulletin;

/** Receives a line the library would like to be known (a slow recovery, a skipped row). `text` is borrowed
 *  until the callback returns. */
typedef void (*bulletin_log_callback)(void *context, const char *text);

/**
 * How to open. Start from BULLETIN_OPTIONS_INIT, so that a program built against this header goes on
 * working with later libraries; fields are only ever appended. Everything pointed to is copied.
 */
typedef struct bulletin_options {
    size_t size;               /**< sizeof (bulletin_options), set by the initializer */
    bool read_only;            /**< refuse to write; works on read-only media */
    bool no_create;            /**< BULLETIN_NOT_FOUND where no archive is */
    int busy_milliseconds;     /**< how long to wait for another writer; 0 = do not wait */
    int deadline_milliseconds; /**< most that one search or read may take; 0 = no bound */
    size_t memory_bytes;       /**< soft limit of page cache and import queues; 0 = the default, 64 MiB */
    const char *data_folder;   /**< where organizations.tsv and thesaurus.tsv override the built-in ones */
    bulletin_log_callback log;
    void *log_context;
    bool map_file; /**< with read_only: read the archive through a map of its file, which spares a short-lived
                        program up to a third of its time. A medium that fails, or another program than this
                        library that cuts the file short meanwhile, then ends the process by a signal (SIGBUS)
                        where there would be a status: for programs that do nothing else */
} bulletin_options;

#define BULLETIN_OPTIONS_INIT                                                                                \
    {                                                                                                        \
        sizeof(bulletin_options), false, false, 5000, 0, 0, NULL, NULL, NULL, false                          \
    }

/**
 * Open the archive at `path`, making it when there is none.
 * @param path     file name; NULL opens a handle without an archive, for bulletin_extract() and
 *                 bulletin_tokenize() only.
 * @param options  NULL for the defaults; copied.
 * @param archive  new, even on failure, so that its message can be read; NULL only when memory ran out.
 *                 Release with bulletin_close() in every case.
 * @return OK; NOT_FOUND, IO, BUSY, CORRUPT, VERSION. A stale index is no failure here: what needs the index
 *         answers BULLETIN_STALE.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_open(const char *path, const bulletin_options *options,
                                           bulletin **archive);

/** Close an archive, and with it every bulletin_hits made from it that is still open. NULL is fine. Since
 * 0.1. */
BULLETIN_API void bulletin_close(bulletin *archive);

/** The sentence for the last failure on this handle; "" when there was none. Borrowed until the next call on
 *  the handle. Since 0.1. */
BULLETIN_API const char *bulletin_message(const bulletin *archive);

/** Make the call that is running on this handle, from any thread, return BULLETIN_INTERRUPTED soon; nothing
 *  happens when none runs. Safe in a signal handler. Since 0.1. */
BULLETIN_API void bulletin_interrupt(bulletin *archive);

/** Release a string that a function here gave as new. NULL is fine. Since 0.1. */
BULLETIN_API void bulletin_free(void *memory);

/** What an archive says of itself. Since 0.1. */
typedef enum bulletin_fact {
    BULLETIN_FACT_UUID,      /**< random, made with the archive */
    BULLETIN_FACT_REVISION,  /**< raised by every change, a number in decimal */
    BULLETIN_FACT_BULLETINS, /**< how many, in decimal */
    BULLETIN_FACT_SCHEMA,    /**< schema version, in decimal */
    BULLETIN_FACT_TOKENIZER, /**< identity of the tokenizer its index was made with */
    BULLETIN_FACT_ICU,       /**< ICU version its index was made with */
    BULLETIN_FACT_THESAURUS, /**< SHA-256 of the thesaurus that searches on this handle use: of its file, or where
                                the archive has entries of its own, of that and those */
    BULLETIN_FACT_AUTHORITY  /**< the same of the organizations that are known */
} bulletin_fact;

/** Read a fact of the archive. @param text new, release with bulletin_free(). @return OK, IO, BUSY. Since
 * 0.1. */
BULLETIN_API bulletin_status bulletin_read_fact(bulletin *archive, bulletin_fact fact, char **text);

/* ------------------------------------------------------------------------------------------------- write */

/**
 * Add one record, or replace the one with the same key. Committed on return.
 *
 * A record is a JSON object: `title`, `body` (or `text`), and optionally `key`, `id`, `url`, `published` (or
 * `date`), `source`, `author`, `lang`, `organizations`. What it states is trusted; what it lacks is
 * extracted from the body. Its key is `key`, else `id`, else `url`, else the hash of its text.
 * @param json  one object, `size` bytes; copied.
 * @param id    the bulletin's public number; may be NULL.
 * @return OK; END when the same record is there already; BAD_INPUT when it is no such object; BUSY, IO,
 *         READ_ONLY.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_add(bulletin *archive, const char *json, size_t size, int64_t *id);

/** How far an import is; borrowed until the callback returns. */
typedef struct bulletin_progress {
    uint64_t done;        /**< bulletins read so far, whatever became of them */
    uint64_t bytes;       /**< input bytes read so far */
    uint64_t bytes_total; /**< 0 while unknown (pipes, folders still being walked) */
    uint64_t failed;
    const char *path; /**< what is being read */
} bulletin_progress;

/** A piece of input that was not taken in, or was with a remark; everything is borrowed until the callback
 *  returns. */
typedef struct bulletin_problem {
    const char *path;
    uint64_t line;      /**< 1-based; 0 when it is about the whole file */
    const char *reason; /**< a sentence without the place */
    bool skipped;       /**< false: taken in all the same */
} bulletin_problem;

/** Called now and then; return false to stop: what was committed stays. */
typedef bool (*bulletin_progress_callback)(void *context, const bulletin_progress *progress);
typedef void (*bulletin_problem_callback)(void *context, const bulletin_problem *problem);

/** Receives how a page was read, a line of text for each of its lines: its role, its kind, the score of its
 *  element, the element, and the line itself. Borrowed until it returns. Since 0.1. */
typedef void (*bulletin_explain_callback)(void *context, const char *path, const char *text);

/** How to import. Start from BULLETIN_IMPORT_INIT; all is copied for the call. Since 0.1. */
typedef struct bulletin_import_options {
    size_t size;
    const char *collection; /**< keeps keys of different sources apart; NULL = none */
    bool strict;            /**< stop at the first failure, and keep nothing of the batch it is in */
    bool dry_run;           /**< read and count everything, store nothing */
    int stdin_descriptor;   /**< what the path "-" reads; -1 = refuse "-" */
    bulletin_progress_callback progress;
    bulletin_problem_callback problem;
    void *context; /**< handed to both callbacks */
    unsigned jobs; /**< threads that read and cut beside the one that writes; 0 = one a processor */
    const char *const *include; /**< of folders read only files like these (fnmatch(3); with a slash the path,
                                   else the name); ends with NULL; NULL = all */
    const char *const *exclude; /**< and no files or folders like these */
    bool refresh;               /**< read unchanged files again that an older extractor read */
    bool resume;           /**< leave every bulletin that is there as it is: for a pipe that starts anew */
    uint64_t max_failures; /**< stop after so many; 0 = never */
    bool found; /**< the paths were found in folders, named by nobody: `include`, `exclude` and what folders
                   are searched for hold for them too, and one that is gone again is no failure */
    bulletin_explain_callback explain; /**< of bulletin_extract() alone: how each page was read; NULL = do not say */
} bulletin_import_options;

#define BULLETIN_IMPORT_INIT                                                                                 \
    {                                                                                                        \
        sizeof(bulletin_import_options), NULL, false, false, -1, NULL, NULL, NULL, 0, NULL, NULL, false,     \
            false, 0, false, NULL                                                                            \
    }

/** Why a piece of input is no bulletin; the last four are of pages in a web archive. Since 0.1. */
typedef enum bulletin_skipped {
    BULLETIN_SKIPPED_FOLDER,   /**< what a browser saved beside a page: `X_files/` */
    BULLETIN_SKIPPED_HIDDEN,   /**< hidden files and editors' locks */
    BULLETIN_SKIPPED_EXCLUDED, /**< as the options say */
    BULLETIN_SKIPPED_OTHER,    /**< pictures, styles, programs, pipes: no text */
    BULLETIN_SKIPPED_STATUS,   /**< the server answered other than 200 */
    BULLETIN_SKIPPED_TYPE,     /**< neither HTML nor text, or no page: DNS, robots.txt */
    BULLETIN_SKIPPED_CODING,   /**< packed in a way that cannot be unpacked (br) */
    BULLETIN_SKIPPED_EMPTY,    /**< without a body, as revisits are */
    BULLETIN_SKIPPED_COUNT
} bulletin_skipped;

/** What became of the bulletins read. `added + updated + unchanged + failed` is their number. Since 0.1. */
typedef struct bulletin_counts {
    uint64_t added;
    uint64_t updated;
    uint64_t unchanged;
    uint64_t reposts; /**< of the added and updated: copies of a bulletin that stands for their story */
    uint64_t collisions;
    uint64_t skipped; /**< files and captures that are no bulletins */
    uint64_t failed;  /**< each was handed to the problem callback */
    uint64_t skipped_by[BULLETIN_SKIPPED_COUNT]; /**< the same by kind */
} bulletin_counts;

/**
 * Import files, folders (searched through) and, as "-", JSON Lines from a descriptor.
 *
 * Pages of text (.txt, .md) and of markup (.html, .htm, .xhtml, .mht, .mhtml) are read without what surrounds
 * the article; .jsonl and .ndjson hold a record a line, .json one or an array, .csv and .tsv a row each, .warc
 * the pages of a crawl; any of them may be packed by gzip or Zstandard, and content tells where the name does
 * not. Pages found in one folder tell the lists that their site prints beside every article; a page that is
 * named is read by itself. Bulletins are written in batches, each one transaction; importing again what is
 * unchanged changes nothing.
 * @param options  NULL for the defaults.
 * @param counts   set in every case; may be NULL.
 * @return OK; PARTIAL when something failed and the rest was imported; INTERRUPTED; BUSY, IO, READ_ONLY …
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_import(bulletin *archive, const char *const *paths, size_t path_count,
                                             const bulletin_import_options *options, bulletin_counts *counts);

/** Remove the bulletin with this id; the id is never used again. @return OK, NOT_FOUND, BUSY, IO. Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_remove(bulletin *archive, int64_t id);

/**
 * Remove all of these bulletins in one transaction: after a failure each of them is still there. Their ids
 * are never used again; their former texts go with them.
 * @param ids      in any order; one that nobody has, or that stands there twice, is no failure.
 * @param removed  how many are gone now; may be NULL.
 * @return OK, also when nobody had any of the ids; BUSY, IO, STALE, INTERRUPTED, READ_ONLY.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_remove_all(bulletin *archive, const int64_t *ids, size_t count,
                                                 size_t *removed);

/**
 * Make the index anew from the stored text, beside the old one, and put it in its place.
 *
 * Done in transactions of bounded size: others read and write meanwhile, searches use the old index (unless
 * it is stale), and a call that was stopped or killed is gone on with by the next.
 * @param progress  may be NULL; return false to stop.
 * @return OK; INTERRUPTED; BUSY, IO, READ_ONLY.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_reindex(bulletin *archive, bulletin_progress_callback progress,
                                              void *context);

/** Check the file, the index against the text, each bulletin against its hash, date and length, and every
 *  cross-reference; each finding goes to `problem` (path and line are empty), which may be NULL. Needs a
 *  handle that may write, though nothing is written. @return OK; CORRUPT when anything was found. Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_check(bulletin *archive, bulletin_problem_callback problem,
                                            void *context);

/** Check as bulletin_check() does and mend what the stored text allows: lengths, totals, numbers, places by
 *  date, rows without a bulletin, the index. A bulletin that another program changed stays as it is now. Each
 *  finding goes to `problem` with what was done about it. @return OK when the archive is sound now; CORRUPT
 *  when something could not be mended; INTERRUPTED, BUSY, IO, READ_ONLY. Since 0.1. */
BULLETIN_API bulletin_status bulletin_repair(bulletin *archive, bulletin_problem_callback problem,
                                             void *context);

/** What may be wrong with bulletins of an archive; borrowed until the callback returns. Since 0.1. */
typedef struct bulletin_finding {
    const char *kind;  /**< empty, short, untitled, undated, replaced, collision, vanished, furniture */
    int64_t count;     /**< bulletins of that kind; may be 0 */
    const char *query; /**< what bulletin_search() takes to list them */
    const char *what;  /**< the kind in words that go after a number of bulletins: "without a date" */
} bulletin_finding;

typedef void (*bulletin_finding_callback)(void *context, const bulletin_finding *finding);

/**
 * Count what may be wrong with the bulletins: pages read badly, files gone, keys used twice. Each kind is
 * handed over once, in an order that stays. One bulletin can be of several kinds, and none of them means that
 * the archive is damaged: that is bulletin_check().
 * @return OK, whatever was found; INTERRUPTED, BUSY, IO, CORRUPT.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_audit(bulletin *archive, bulletin_finding_callback finding,
                                            void *context);

/**
 * Describe the archive in figures, as one JSON object: `bulletins`, `dated`, `untitled`, `earliest`, `latest`
 * (days, null when none is dated), `sources`, `sites`, `collections`, `versions`, `files`, `languages` (an
 * object of numbers by tag, most first; `und` where none is known), `bytes`, `free_bytes`, `stories` (bulletins
 * with their copies counted once), and, where SQLite tells, `parts` (an object of bytes: texts, index …). Members may be
 * added.
 * @param json  new, release with bulletin_free().
 * @return OK, BUSY, IO, CORRUPT, INTERRUPTED.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_stats(bulletin *archive, char **json);

/**
 * Copy the archive into another file, as it is at this moment; others may read and write it meanwhile. The
 * copy is an archive of the same UUID, its file private. It gets its name when it is whole: until then, and
 * after a failure, what had that name before still has it.
 * @param path       where to; its folder must be there.
 * @param overwrite  replace a file of that name; otherwise it is a failure.
 * @param progress   told `bytes` and `bytes_total`; may be NULL.
 * @return OK; IO (the file exists, full disk), MISUSE when it is the archive itself, INTERRUPTED, BUSY.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_backup(bulletin *archive, const char *path, bool overwrite,
                                             bulletin_progress_callback progress, void *context);

/* ---------------------------------------------------------------------------------------- extract, tokens */

/** Receives one bulletin as a JSON object (`size` bytes, also NUL-terminated), borrowed until it returns;
 *  return false to stop. */
typedef bool (*bulletin_record_callback)(void *context, const char *json, size_t size);

/**
 * Read paths as bulletin_import() does and hand over what it would store, in input order, without an
 * archive: the fields of a bulletin as one JSON object each, its `key` the path as given.
 * @param options  only `problem`, `explain`, `stdin_descriptor`, `strict` and `context` are used; NULL for the defaults.
 * @return OK, PARTIAL, INTERRUPTED, NOMEM.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_extract(bulletin *archive, const char *const *paths, size_t path_count,
                                              const bulletin_import_options *options,
                                              bulletin_record_callback record, void *record_context);

/** The same for one page in memory. @param name tells its kind by its ending; may be NULL. @param json new,
 *  release with bulletin_free(). @return OK, BAD_INPUT, NOMEM. Since 0.1. */
BULLETIN_API bulletin_status bulletin_extract_page(bulletin *archive, const char *name, const void *page,
                                                   size_t size, char **json);

/** The stored bulletin with this id as one JSON object that bulletin_add() takes back. Where its text stands
 * at several paths, `locations` lists them all. @param json new, release with bulletin_free(). @return OK,
 *  NOT_FOUND, BUSY, IO. Since 0.1. */
BULLETIN_API bulletin_status bulletin_show(bulletin *archive, int64_t id, char **json);

/**
 * Hand over the former texts of a bulletin, oldest first: each as bulletin_show() gave it then, after the
 * members `version` (1 is the oldest) and `replaced` (when it ended; UTC, RFC 3339).
 * @return OK, also when it was never replaced; NOT_FOUND when there is no such bulletin; INTERRUPTED when the
 *         callback stopped; BUSY, IO.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_versions(bulletin *archive, int64_t id, bulletin_record_callback record,
                                               void *context);

/** What a token is. Since 0.1. */
typedef enum bulletin_token_kind {
    BULLETIN_TOKEN_WORD,   /**< letters, marks and digits */
    BULLETIN_TOKEN_CJK,    /**< two neighbouring characters of a Han, kana or Hangul run */
    BULLETIN_TOKEN_LAST,   /**< the last character of such a run */
    BULLETIN_TOKEN_SYMBOL, /**< punctuation or a symbol */
    BULLETIN_TOKEN_BREAK,  /**< a line break */
    BULLETIN_TOKEN_STEM,   /**< stem of the word before it, at the same position */
    BULLETIN_TOKEN_JOINED  /**< joined form (U.S. as us) of the words that follow, at the same position */
} bulletin_token_kind;

/** One token as it is indexed; borrowed until the callback returns. Since 0.1. */
typedef struct bulletin_token {
    const char *text; /**< folded, NUL-terminated, without the mark of stems and joined forms */
    size_t size;
    size_t start, end; /**< the bytes of your text it stands for */
    bulletin_token_kind kind;
} bulletin_token;

/** Return false to stop. */
typedef bool (*bulletin_token_callback)(void *context, const bulletin_token *token);

/** Cut text into the tokens that the index holds for it. @return OK, INTERRUPTED, NOMEM. Since 0.1. */
BULLETIN_API bulletin_status bulletin_tokenize(bulletin *archive, const char *text, size_t size,
                                               bulletin_token_callback token, void *context);

/* ------------------------------------------------------------------------------------------ own words */

/** Receives a line of a table that cannot be used, counted from 1, and why, in English; borrowed. */
typedef void (*bulletin_line_callback)(void *context, size_t line, const char *reason);

/**
 * Add terms to this archive's own thesaurus: searches look for them beside those that are built in, from the next
 * one on. They are no part of the bulletins and survive everything that is done to these.
 * @param table    `size` bytes of lines whose columns are parted by tabs: concept, term, lang, relation (same,
 *                 narrower, broader), direction (both, to, from), quality (exact, machine, ambiguous), context,
 *                 not_after, not_before, note. Columns from the third on may be missing or empty, the first of a
 *                 few words is meant then. Terms of one concept stand for each other; a concept of the built-in
 *                 thesaurus, or the id of an organization there, gets further terms. A first line that begins with
 *                 the names of the columns, empty lines and those that begin with # are passed over. A term that
 *                 its concept has already is replaced.
 * @param problem  told of each line that cannot be used, while all others are; may be NULL.
 * @param added    how many terms; may be NULL.
 * @return OK; PARTIAL when lines were left out; READ_ONLY, BUSY, IO, NOMEM.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_thesaurus_add(bulletin *archive, const char *table, size_t size,
                                                    bulletin_line_callback problem, void *context,
                                                    size_t *added);

/** Remove own terms: all that are of this concept, if not NULL, and are this term, if not NULL. @param removed how
 *  many; may be NULL. @return OK, also when there was none; READ_ONLY, BUSY, IO. Since 0.1. */
BULLETIN_API bulletin_status bulletin_thesaurus_remove(bulletin *archive, const char *concept,
                                                       const char *term, size_t *removed);

/** All own terms as a table that bulletin_thesaurus_add() takes back, its header line first, ordered by concept.
 *  @param table new, release with bulletin_free(). @return OK, BUSY, IO, NOMEM. Since 0.1. */
BULLETIN_API bulletin_status bulletin_thesaurus_list(bulletin *archive, char **table);

/**
 * Keep a query in the archive under a name: `query:NAME` in another query stands for it from then on, in brackets,
 * whatever it is by then. A query of that name is replaced.
 * @param name   letters, digits and what else ends no word of the query language; copied.
 * @param query  `query_size` bytes; copied.
 * @return OK; BAD_QUERY (no such name can be written in a query, or the query is too long); READ_ONLY, BUSY, IO.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_query_save(bulletin *archive, const char *name, const char *query,
                                                 size_t query_size);

/** Forget a saved query. @return OK; NOT_FOUND; READ_ONLY, BUSY, IO. Since 0.1. */
BULLETIN_API bulletin_status bulletin_query_forget(bulletin *archive, const char *name);

/** Receives a saved query; both borrowed until it returns. Return false to stop. */
typedef bool (*bulletin_saved_callback)(void *context, const char *name, const char *query);

/** Hand over the saved queries, ordered by name. @return OK; INTERRUPTED when the callback stopped; BUSY, IO.
 *  Since 0.1. */
BULLETIN_API bulletin_status bulletin_query_list(bulletin *archive, bulletin_saved_callback callback,
                                                 void *context);

/* ------------------------------------------------------------------------------------------------ search */

typedef enum bulletin_sort { BULLETIN_RELEVANCE, BULLETIN_NEWEST, BULLETIN_OLDEST } bulletin_sort;

/** Which bodies the name of an organization stands for. Since 0.1. */
typedef enum bulletin_scope {
    BULLETIN_SCOPE_SELF,   /**< the body itself, under any of its names */
    BULLETIN_SCOPE_FORMER, /**< and those that it followed */
    BULLETIN_SCOPE_UNDER   /**< and all below it */
} bulletin_scope;

/** Switches of a search, or-ed together. Since 0.1. */
enum {
    BULLETIN_LITERAL = 1 << 0,     /**< the query is one phrase, to be found as it stands */
    BULLETIN_ANY = 1 << 1,         /**< rank by best match instead of requiring every word */
    BULLETIN_NO_EXPAND = 1 << 2,   /**< no thesaurus: exactly what was typed */
    BULLETIN_NO_PARTIAL = 1 << 3,  /**< never bulletins that hold only some of the words */
    BULLETIN_NO_COLLAPSE = 1 << 4, /**< each repost a hit of its own */
    BULLETIN_NO_SNIPPET = 1 << 5,  /**< spare the work when snippets are not shown */
    BULLETIN_ALL_TEXT = 1 << 6,    /**< search what stands around the articles too: it finds more and ranks
                                        nothing higher */
    BULLETIN_COUNT_FURNITURE = 1 << 7, /**< count BULLETIN_TOTAL_FURNITURE_ONLY also when something was found */
    BULLETIN_WORDS = 1 << 8, /**< terms of characters count only where they are words, neither edge inside another.
                                  To tell takes a bulletin's text: where more than 500 hold the terms, hits up to
                                  the 200th are chosen from the best 1,000 of them, and their number is not known
                                  (BULLETIN_TOTAL_CANDIDATES); a limit of 0 has all texts read and is exact. What
                                  excludes still does so wherever it stands */
    BULLETIN_EXPAND_EXACT = 1 << 9, /**< other words of quality "exact" alone: no renderings of machine translation */
    BULLETIN_SUGGEST = 1 << 10, /**< when nothing is found, look for what may have been meant, in under a tenth of a
                                    second: bulletin_hits_suggestion() */
    BULLETIN_EXPLAIN = 1 << 11 /**< note how the query is answered: bulletin_hits_explained() */
};

/** How to search. Start from BULLETIN_SEARCH_INIT; all is copied. Since 0.1. */
typedef struct bulletin_search_options {
    size_t size;
    unsigned flags;
    bulletin_sort sort; /**< undated bulletins come last in either order of date */
    uint64_t limit;     /**< 0 = all */
    uint64_t offset;
    const char *from,
        *until; /**< both ends included, the left one's earliest day and the right one's latest: 2024, 2024-05,
                     2024-05-01, 2024年5月, 5月1日, 2024-Q2, yesterday, 去年, last-month, 3m; NULL = open. Undated
                     bulletins are in no range: bulletin_hits_total() tells how many matched */
    const char *source;               /**< part of the source's name, folded; a body that the authority knows goes
                                         by any of its names */
    const char *lang;                 /**< BCP 47; zh takes in zh-Hans and zh-Hant */
    const char *const *organizations; /**< all must be named, each under any of its names; a name that nobody
                                         has means all organizations whose names it is part of, else it is a
                                         phrase to be found as it stands */
    size_t organization_count;
    unsigned snippet_columns; /**< terminal columns of a snippet, a wide character takes two; 0 = the default, 160 */
    const char *const *glossary; /**< words of your own, by which a query without spaces is cut; ends with NULL;
                                      NULL = none */
    bulletin_scope scope; /**< of `organizations` */
    uint64_t min_sources; /**< only stories that so many publishers carry: sources by name, else sites; 0 and 1 =
                               any */
    const char *today; /**< YYYY-MM-DD, from which "yesterday" and "3m" count; NULL = the clock's day in UTC */
} bulletin_search_options;

#define BULLETIN_SEARCH_INIT \
    { sizeof(bulletin_search_options), 0, BULLETIN_RELEVANCE, 10, 0, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL,           \
          BULLETIN_SCOPE_SELF, 0, NULL }

/** A search being read. */
typedef struct bulletin_hits bulletin_hits;

/**
 * Search. Words side by side must all occur; `OR` between words, `-word` or `NOT` before what must not, brackets,
 * "quoted" text is found as it stands, `prefix*`, `NEAR(a b, 10)`: at most 10 words, characters or marks between the
 * first and the last of them. Fields, each before a word, "quoted" text or brackets, anywhere in a query:
 * `title:` and `body:` where the text must stand, `org:`, `source:` (part of a name) and `lang:` as the options of
 * these names, `url:` (part of it), `id:`, `key:`, `date:` (2024-05, last-month, 2023..2024), `is:` (what
 * bulletin_audit() counts: is:undated).
 * Every string is a valid query; a blank one lists all that pass the filters, one of empty quotes or brackets
 * alone finds nothing. Refused are more than 256 different
 * terms, 1,024 words, 64 KiB, and brackets 20 deep.
 * @param query    `query_size` bytes; copied.
 * @param options  NULL for the defaults.
 * @param hits     new, release with bulletin_hits_close(); NULL on failure. A write through the same handle
 *                 ends it: the next bulletin_hits_next() answers MISUSE.
 * @return OK, also when nothing is found; BAD_QUERY (a date that is none, too many terms); STALE,
 *         INTERRUPTED, BUSY, CORRUPT, NOMEM.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_search(bulletin *archive, const char *query, size_t query_size,
                                             const bulletin_search_options *options, bulletin_hits **hits);

/**
 * Hand over every bulletin that a search finds as a JSON object that bulletin_import() and bulletin_add()
 * take back equal in every field, lowest id first, all of one moment. Never those with only some of the
 * words. An empty query without filters gives the whole archive and needs no index, so a stale one does not
 * matter. Former texts and further locations are not part of it.
 * @param query    `query_size` bytes.
 * @param options  flags and filters; order, limit and offset are not used; NULL for the defaults.
 * @return OK, also when nothing is found; INTERRUPTED when the callback stopped; as bulletin_search()
 * otherwise. Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_export(bulletin *archive, const char *query, size_t query_size,
                                             const bulletin_search_options *options,
                                             bulletin_record_callback record, void *record_context);

/** What bulletins are counted by. Since 0.1. */
typedef enum bulletin_by {
    BULLETIN_BY_YEAR, /**< as precise as the date is: a bulletin of 2024 without a month is "2024" by month too */
    BULLETIN_BY_MONTH,
    BULLETIN_BY_DAY,
    BULLETIN_BY_ORGANIZATION, /**< each that a bulletin names, by its canonical name */
    BULLETIN_BY_SOURCE,
    BULLETIN_BY_LANG
} bulletin_by;

/** How many there are of a kind; borrowed until the callback returns. A story counts once, at the earliest dated of
 * its bulletins that are found (of several the lowest id), and so do those that have no other copy. Since 0.1. */
typedef struct bulletin_count_row {
    const char *keys[2]; /**< "2024", a source, an organization …; NULL for the undated and for none */
    int64_t stories, bulletins;
    int64_t base; /**< bulletins that pass the filters, whatever the query */
} bulletin_count_row;

/** Return false to stop. */
typedef bool (*bulletin_count_callback)(void *context, const bulletin_count_row *row);

/**
 * Count what a search finds, exactly, never those with only some of the words: all together, and by one or two of
 * their properties. Rows by a date alone have no holes where the filters leave bulletins; others are those that
 * something is found of. Dates go forward, other rows begin with the most stories; the undated and none come last.
 * @param query    `query_size` bytes.
 * @param options  flags and filters; order, limit and offset are not used; NULL for the defaults.
 * @param by       `by_count` of them, up to 2.
 * @param total    of all, set before the first row; may be NULL.
 * @param row      may be NULL.
 * @return OK, also when nothing is found; INTERRUPTED when the callback stopped; as bulletin_search() otherwise.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_count(bulletin *archive, const char *query, size_t query_size,
                                            const bulletin_search_options *options, const bulletin_by *by,
                                            size_t by_count, bulletin_count_row *total,
                                            bulletin_count_callback row, void *context);

/** Go to the next hit. @return OK; END after the last, and from then on; or a failure. Since 0.1. */
BULLETIN_API bulletin_status bulletin_hits_next(bulletin_hits *hits);

/** Release. NULL is fine. Since 0.1. */
BULLETIN_API void bulletin_hits_close(bulletin_hits *hits);

/** Figures of a whole search; all exact, -1 where something was not counted. Since 0.1. */
typedef enum bulletin_total {
    BULLETIN_TOTAL_STORIES,          /**< reposts counted once; -1 = BULLETIN_TOTAL_CANDIDATES is known instead */
    BULLETIN_TOTAL_BULLETINS,        /**< each counted; the same */
    BULLETIN_TOTAL_AS_TYPED,         /**< of these, found without expansion; the same */
    BULLETIN_TOTAL_INSIDE_WORDS,     /**< of the bulletins, only inside other words; -1 = not counted: more than 500 */
    BULLETIN_TOTAL_UNDATED_EXCLUDED, /**< matched, but no date to compare with the range */
    BULLETIN_TOTAL_FURNITURE_ONLY,   /**< match only where what stands around the article counts too; with
                                          BULLETIN_ALL_TEXT they are among the hits. -1 = not counted */
    BULLETIN_TOTAL_CANDIDATES,       /**< with BULLETIN_WORDS: bulletins that hold the terms, as words or not, when
                                          they were too many to read them all; else -1 */
    BULLETIN_TOTAL_PARTIAL,          /**< 1 when the hits hold only some of the words */
    BULLETIN_TOTAL_ARCHIVE,          /**< bulletins in the archive when it was searched */
    BULLETIN_TOTAL_REVISION          /**< the archive's revision then */
} bulletin_total;

/** Read a figure of the search; 0 for a NULL handle. Since 0.1. */
BULLETIN_API int64_t bulletin_hits_total(const bulletin_hits *hits, bulletin_total total);

/** The query as it was understood, in the query language; borrowed until close. Since 0.1. */
BULLETIN_API const char *bulletin_hits_parsed(const bulletin_hits *hits);

/** How the name of an organization was understood. Since 0.1. */
typedef enum bulletin_named {
    BULLETIN_NAMED_NOTHING, /**< nobody has it: a phrase like any other */
    BULLETIN_NAMED_WHOLE,   /**< it is the name of an organization */
    BULLETIN_NAMED_PART     /**< it is part of the names of those that were taken */
} bulletin_named;

/** How the i-th of the search's organizations was understood; NOTHING where there is no such. Since 0.1. */
BULLETIN_API bulletin_named bulletin_hits_named(const bulletin_hits *hits, size_t i);

/** Another word that was looked for beside a typed one; borrowed until the hits are closed. Since 0.1. */
typedef struct bulletin_expansion {
    const char *typed;
    const char *text;
    const char *quality; /**< "exact", or "machine" and "ambiguous" for renderings of machine translation */
    int64_t bulletins;   /**< of the search's bulletins, those that hold it */
    bool own;            /**< known from this archive's own thesaurus, not from what is built in */
} bulletin_expansion;

/** What the thesaurus and the names of organizations added to the query, by typed word. Set `expansion` to
 * the i-th, counted from 0. @return OK; END when there are no more; MISUSE. Since 0.1. */
BULLETIN_API bulletin_status bulletin_hits_expansion(const bulletin_hits *hits, size_t i,
                                                     bulletin_expansion *expansion);

/** A copy of a bulletin; borrowed until the next call of bulletin_hits_next() or close. Since 0.1. */
typedef struct bulletin_repost {
    int64_t id;
    const char *title, *source, *site, *published; /**< NULL where it has none */
    double similarity; /**< to the bulletin it is listed with: twice what both have over the length of both, 0 to 1 */
} bulletin_repost;

/** The other bulletins of the hit's story, earliest first, undated last, whether they match or not. Set `repost`
 * to the i-th, counted from 0; the texts are read when this is first asked. @return OK; END when there are no
 * more; MISUSE before the first next; or a failure. Since 0.1. */
BULLETIN_API bulletin_status bulletin_hits_repost(bulletin_hits *hits, size_t i, bulletin_repost *repost);

/** Hand over the other bulletins of the story of a bulletin, as one JSON object each: `id`, `title`, `source`,
 * `site`, `published`, `similarity`. @return OK, also when there is no copy of it; NOT_FOUND when there is no such
 * bulletin; INTERRUPTED when the callback stopped; BUSY, IO. Since 0.1. */
BULLETIN_API bulletin_status bulletin_reposts(bulletin *archive, int64_t id, bulletin_record_callback record,
                                              void *context);

/** Hand over the bulletins whose text is most like that of a bulletin, the most alike first, copies of it or not, as
 * bulletin_reposts() does: `similarity` is twice what both have in common passages over the length of both, from
 * 0.05 to 1. They are looked for among its story, those whose shingles are alike, and the 48 that have most of its
 * headline's words. At most `limit`, 0 = all. Copied while it runs; may be called in any thread, one at a time a
 * handle. @return OK, also when nothing is like it; NOT_FOUND when there is no such bulletin; INTERRUPTED when the
 * callback stopped; BUSY, IO. Since 0.1. */
BULLETIN_API bulletin_status bulletin_similar(bulletin *archive, int64_t id, size_t limit,
                                              bulletin_record_callback record, void *context);

/** A query that may have been meant, where a search with BULLETIN_SUGGEST found nothing: the same with another word
 *  in the place of one that no bulletin holds, the likeliest first, counted from 0. It was not searched for.
 *  @return borrowed until the hits are closed; NULL when there are no more. Since 0.1. */
BULLETIN_API const char *bulletin_hits_suggestion(const bulletin_hits *hits, size_t i);

/** How a search with BULLETIN_EXPLAIN was answered, for people: lines of a name, a tab and a value. "unit": a typed
 *  word or phrase as it was looked for, its weight in brackets, and how many bulletins of the archive hold it;
 *  "dates": first and last day, and in how many ranges of rows they lie; "plan": "lists" where the lists of the
 *  index were walked, "FTS5" where SQLite did it, "rows" for a query without words. Further names may be added.
 *  @return borrowed until the hits are closed; NULL when it was not asked for. Since 0.1. */
BULLETIN_API const char *bulletin_hits_explained(const bulletin_hits *hits);

/** Fields of a hit. Since 0.1. */
typedef enum bulletin_field {
    BULLETIN_KEY,
    BULLETIN_TITLE,
    BULLETIN_PUBLISHED,
    BULLETIN_PUBLISHED_FROM,
    BULLETIN_SOURCE,
    BULLETIN_SITE,
    BULLETIN_AUTHOR,
    BULLETIN_URL,
    BULLETIN_LANG,
    BULLETIN_BODY,
    BULLETIN_FURNITURE,
    BULLETIN_SNIPPET /**< the passages that match best, or the first words; of the furniture where it alone
                          matches */
} bulletin_field;

/** The id, rank (1-based, counted from offset 0) and score of the hit; 0 before the first next. Since 0.1. */
BULLETIN_API int64_t bulletin_hits_id(const bulletin_hits *hits);
BULLETIN_API uint64_t bulletin_hits_rank(const bulletin_hits *hits);
BULLETIN_API double bulletin_hits_score(const bulletin_hits *hits);

/** A field of the hit; NULL where the bulletin has none. Borrowed until the next call of
 *  bulletin_hits_next() or close. Since 0.1. */
BULLETIN_API const char *bulletin_hits_text(bulletin_hits *hits, bulletin_field field);

/** A range of bytes, [start, end). Since 0.1. */
typedef struct bulletin_range {
    size_t start, end;
} bulletin_range;

/** What to highlight in BULLETIN_TITLE, BULLETIN_SNIPPET or BULLETIN_BODY: ascending, apart, never inside a
 *  character. All matches of a body take time by its length; a snippet of a long one looks only as far as it must.
 *  @param count how many. @return borrowed until the next call of bulletin_hits_next() or close. Since 0.1.
 */
BULLETIN_API const bulletin_range *bulletin_hits_highlights(bulletin_hits *hits, bulletin_field field,
                                                            size_t *count);

/** The name of the i-th organization that the hit's bulletin names, counted from 0: canonical where the
 *  authority knows the body, else as it is written. @return NULL behind the last. Borrowed until the next call
 *  of bulletin_hits_next() or close. Since 0.1. */
BULLETIN_API const char *bulletin_hits_organization(bulletin_hits *hits, size_t i);

/* ----------------------------------------------------------------------------------------- organizations */

/** An organization of the archive; everything is borrowed until the callback returns. Since 0.1. */
typedef struct bulletin_organization {
    const char *id;           /**< of the authority's entry; NULL where it has none */
    const char *name;         /**< canonical, or as a bulletin writes it */
    const char *kind;         /**< as in corpus/README.md; NULL where it is not known */
    bool resolved;            /**< false for a form without its place (a municipal federation): many bodies */
    int64_t bulletins;        /**< that name it; of bulletin_related() those that name both */
    const char *const *names; /**< all it goes by, `name` among them; of bulletin_short_forms() the form */
    size_t name_count;
} bulletin_organization;

/** Return false to stop. */
typedef bool (*bulletin_organization_callback)(void *context, const bulletin_organization *organization);

/**
 * Hand over the organizations that bulletins name, those named most first.
 * @param name   only those that this name means, as bulletin_search_options.organizations understands it, and
 *               with them bodies that no bulletin names; NULL = all.
 * @param scope  of `name`.
 * @param limit  at most so many; 0 = all.
 * @return OK, also when there are none; INTERRUPTED when the callback stopped; BUSY, IO, CORRUPT.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_organizations(bulletin *archive, const char *name, bulletin_scope scope,
                                                    uint64_t limit, bulletin_organization_callback callback,
                                                    void *context);

/** Hand over the organizations named in the bulletins that name this one, those in most of them first.
 *  @return as bulletin_organizations(). Since 0.1. */
BULLETIN_API bulletin_status bulletin_related(bulletin *archive, const char *name, bulletin_scope scope,
                                              uint64_t limit, bulletin_organization_callback callback,
                                              void *context);

/**
 * Note an organization that the authority does not know, in this archive: bulletins that are in it already are
 * looked through again; an import that is under way elsewhere does so when it ends. The user's own entries stay
 * through reindexing and go with backups.
 * @param kind  as in corpus/README.md; NULL = not known.
 * @param id    of the new entry, new, release with bulletin_free(); may be NULL.
 * @return OK; BAD_INPUT when the name has an entry already or is no line of text; BUSY, IO, READ_ONLY, STALE.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_organization_add(bulletin *archive, const char *name, const char *kind,
                                                       char **id);

/** Note another name of an organization (a name or an id; an entry is made where it has none). @return as
 *  bulletin_organization_add(); BAD_INPUT when the alias is another's name. Since 0.1. */
BULLETIN_API bulletin_status bulletin_organization_alias(bulletin *archive, const char *name,
                                                         const char *alias);

/** Let one organization be another: all its names are the other's. @return as bulletin_organization_add().
 *  Since 0.1. */
BULLETIN_API bulletin_status bulletin_organization_merge(bulletin *archive, const char *name,
                                                         const char *into);

/**
 * Add the rows of a table in the columns of corpus/organizations.tsv to the user's own entries, and look
 * through all bulletins again. What cannot be used goes to `problem` with its line, the rest is taken.
 * @param path  what the table is called there; may be NULL.
 * @return OK, also when rows were left out; BUSY, IO, READ_ONLY, STALE.
 * Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_organizations_import(bulletin *archive, const char *table, size_t size,
                                                           const char *path, bulletin_problem_callback problem,
                                                           void *context);

/** The user's own entries as a table that bulletin_organizations_import() takes back; new, release with
 *  bulletin_free(). @return OK, BUSY, IO. Since 0.1. */
BULLETIN_API bulletin_status bulletin_organizations_export(bulletin *archive, char **table);

/** Hand over short forms that several bulletins introduce for an organization and that the authority does not
 *  know, those in most bulletins first: offered, never merged. @return as bulletin_organizations(). Since 0.1.
 */
BULLETIN_API bulletin_status bulletin_short_forms(bulletin *archive, uint64_t limit,
                                                  bulletin_organization_callback callback, void *context);

#ifdef __cplusplus
}
#endif
#endif

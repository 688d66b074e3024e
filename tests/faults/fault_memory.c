/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Calls whose n-th allocation fails, for n = 1, 2, 3 … until none does, to a clean status each: the sentence
 * says so, nothing leaks, and the archive is sound.
 * fault_memory [GROWTH]: GROWTH percent from one n to the next, 0 = every one. */
#include <cjson/cJSON.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uclean.h>
#include <unistd.h>

#include "base/buffer.h"
#include "bulletin.h"

/* ---- an allocator that fails ---- */

/* The linker hands the library's calls to these (--wrap), and its own to the real ones. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);

/* Allocations until one fails; 0 = none does. After it all succeed again, unless `starving`. */
static atomic_long countdown;
static atomic_bool starving, has_failed;

static bool fails(void)
{
    if (atomic_load(&has_failed) && atomic_load(&starving))
        return true;
    if (atomic_load(&countdown) <= 0 || atomic_fetch_sub(&countdown, 1) != 1)
        return false;
    atomic_store(&has_failed, true);
    return true;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}

/* SQLite asks how large a block is, so each begins with its size. */
enum { HEAD = 16 };

static void *sql_malloc(int size)
{
    char *block = __wrap_malloc((size_t)size + HEAD);
    if (!block)
        return NULL;
    memcpy(block, &size, sizeof size);
    return block + HEAD;
}

static void sql_free(void *memory)
{
    if (memory)
        free((char *)memory - HEAD);
}

static void *sql_realloc(void *memory, int size)
{
    char *block = __wrap_realloc((char *)memory - HEAD, (size_t)size + HEAD);
    if (!block)
        return NULL;
    memcpy(block, &size, sizeof size);
    return block + HEAD;
}

static int sql_size(void *memory)
{
    int size = 0;
    if (memory)
        memcpy(&size, (char *)memory - HEAD, sizeof size);
    return size;
}

static int sql_round(int size)
{
    return (size + 7) & ~7;
}

static int sql_begin(void *context)
{
    (void)context;
    return SQLITE_OK;
}

static void sql_end(void *context)
{
    (void)context;
}

static void *icu_malloc(const void *context, size_t size)
{
    (void)context;
    return __wrap_malloc(size);
}

static void *icu_realloc(const void *context, void *old, size_t size)
{
    (void)context;
    return __wrap_realloc(old, size);
}

static void icu_free(const void *context, void *memory)
{
    (void)context;
    free(memory);
}

static void install(void)
{
    static const sqlite3_mem_methods methods = { sql_malloc, sql_free,  sql_realloc, sql_size,
                                                 sql_round,  sql_begin, sql_end,     NULL };
    cJSON_Hooks hooks = { __wrap_malloc, free };
    UErrorCode code = U_ZERO_ERROR;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    cJSON_InitHooks(&hooks);
    u_setMemoryFunctions(NULL, icu_malloc, icu_realloc, icu_free, &code);
}

/* ICU 72 forgets a little of what it had when it fails while opening its data. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libicuuc\nleak:icu_malloc\n";
}

/* ---- calls ---- */

typedef struct place {
    char folder[64], archive[96], base[96], page[96], records[96];
} place;

typedef struct outcome {
    bulletin_status status;
    char message[1100];
    bl_buffer text; /* what the calls gave */
} outcome;

static const char replacement[] =
    "{\"key\":\"a\",\"title\":\"船坞夜班改章程\",\"published\":\"2024-06\",\"author\":\"柳叶\","
    "\"organizations\":[\"缆都船坞工会\"],\"body\":\"缆都船坞夜班工友议定新章程，九月施行。\"}";

static bool put_token(void *context, const bulletin_token *token)
{
    bl_buffer_append(context, token->text, token->size);
    bl_buffer_putc(context, ' ');
    return true;
}

static bool put_record(void *context, const char *json, size_t size)
{
    bl_buffer_append(context, json, size);
    return true;
}

static bulletin_status add(const place *p, bulletin *b, bl_buffer *out)
{
    (void)p;
    int64_t id;
    static const char record[] = "{\"body\":\"Night shift at Millbrook\"}";
    bulletin_status status = bulletin_add(b, record, strlen(record), &id);
    bl_buffer_printf(out, "%lld", (long long)id);
    return status;
}

static bulletin_status replace(const place *p, bulletin *b, bl_buffer *out)
{
    (void)p;
    (void)out;
    return bulletin_add(b, replacement, strlen(replacement), NULL);
}

static bulletin_status import(const place *p, bulletin *b, bl_buffer *out)
{
    const char *paths[] = { p->records, p->page };
    bulletin_counts counts;
    bulletin_status status = bulletin_import(b, paths, 2, NULL, &counts);
    bl_buffer_printf(out, "%d added, %d updated, %d failed", (int)counts.added, (int)counts.updated,
                     (int)counts.failed);
    return status;
}

static bulletin_status search(const place *p, bulletin *b, bl_buffer *out)
{
    bulletin_hits *hits;
    (void)p;
    const char *query = "船坞 (夜班 OR yard*) -\"别处\"";
    bulletin_status status = bulletin_search(b, query, strlen(query), NULL, &hits);
    while (status >= 0 && (status = bulletin_hits_next(hits)) == BULLETIN_OK) {
        size_t count;
        for (bulletin_field field = BULLETIN_KEY; field <= BULLETIN_SNIPPET; field++) {
            const char *text = bulletin_hits_text(hits, field);
            bl_buffer_printf(out, "%s|", text ? text : "");
        }
        bulletin_hits_highlights(hits, BULLETIN_SNIPPET, &count);
        bl_buffer_printf(out, "%d marks\n", (int)count);
    }
    bulletin_hits_close(hits);
    return status;
}

static bulletin_status show(const place *p, bulletin *b, bl_buffer *out)
{
    char *json = NULL;
    (void)p;
    bulletin_status status = bulletin_show(b, 1, &json);
    bl_buffer_puts(out, json ? json : "");
    bulletin_free(json);
    return status;
}

static bulletin_status remove_one(const place *p, bulletin *b, bl_buffer *out)
{
    (void)p;
    (void)out;
    return bulletin_remove(b, 2);
}

static bulletin_status reindex(const place *p, bulletin *b, bl_buffer *out)
{
    (void)p;
    (void)out;
    return bulletin_reindex(b, NULL, NULL);
}

static bulletin_status check(const place *p, bulletin *b, bl_buffer *out)
{
    (void)p;
    (void)out;
    return bulletin_check(b, NULL, NULL);
}

static bulletin_status repair(const place *p, bulletin *b, bl_buffer *out)
{
    (void)p;
    (void)out;
    return bulletin_repair(b, NULL, NULL);
}

static bulletin_status extract(const place *p, bulletin *b, bl_buffer *out)
{
    const char *paths[] = { p->page, p->records };
    return bulletin_extract(b, paths, 2, NULL, put_record, out);
}

static bulletin_status tokenize(const place *p, bulletin *b, bl_buffer *out)
{
    (void)p;
    static const char text[] = "缆都船坞 running yards";
    return bulletin_tokenize(b, text, strlen(text), put_token, out);
}

static const struct {
    const char *name;
    bulletin_status (*call)(const place *p, bulletin *b, bl_buffer *out);
    bool fresh; /* on an archive that is not there yet */
} calls[] = {
    { "add", add, true },          { "replace", replace, false },   { "import", import, false },
    { "search", search, false },   { "show", show, false },         { "remove", remove_one, false },
    { "reindex", reindex, false }, { "check", check, false },       { "repair", repair, false },
    { "extract", extract, false }, { "tokenize", tokenize, false },
};

/* ---- the loop ---- */

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "cannot set up: %s\n", what);
    exit(2);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    must(file && fputs(text, file) >= 0 && fclose(file) == 0, path);
}

static void forget(const char *path)
{
    static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < 4; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
}

static void copy(const char *from, const char *to)
{
    static char block[1 << 16];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    must(in && out, from);
    for (size_t size; (size = fread(block, 1, sizeof block, in)) > 0;)
        must(fwrite(block, 1, size, out) == size, to);
    fclose(in);
    fclose(out);
}

static void set_up(place *p)
{
    strcpy(p->folder, access("/dev/shm", W_OK) == 0 ? "/dev/shm/bulletin-XXXXXX" : "/tmp/bulletin-XXXXXX");
    must(mkdtemp(p->folder), p->folder);
    snprintf(p->archive, sizeof p->archive, "%s/archive.db", p->folder);
    snprintf(p->base, sizeof p->base, "%s/base.db", p->folder);
    snprintf(p->page, sizeof p->page, "%s/page.txt", p->folder);
    snprintf(p->records, sizeof p->records, "%s/records.jsonl", p->folder);
    write_file(p->page, "缆都晚报 > 工会 > 正文\n船坞工友读书会开班\n2024-03-05 来源：缆都晚报\n"
                        "缆都船坞工友读书会三月五日开班，夜班工友也来了。\n读书会每周一次。\n");
    write_file(p->records, "{\"key\":\"a\",\"title\":\"船坞夜班章程\",\"published\":\"2024-05-01\",\"body\":"
                           "\"缆都船坞夜班工友议定章程。\"}\n{\"key\":\"b\",\"body\":\"船坞 yards open\"}\n"
                           "{\"key\":\"c\",\"body\":\"岚溪纺织女工夜班\",\"source\":\"岚溪报\"}\n");
    bulletin *b;
    const char *paths[] = { p->records };
    must(bulletin_open(p->base, NULL, &b) == BULLETIN_OK, p->base);
    must(bulletin_import(b, paths, 1, NULL, NULL) == BULLETIN_OK, p->base);
    bulletin_close(b);
}

/* One call whose n-th allocation fails; true when there were fewer. */
static bool run(const place *p, size_t i, long n, bool starve, outcome *out)
{
    bulletin *b = NULL;
    *out = (outcome){ BULLETIN_OK, "", { 0 } };
    forget(p->archive);
    if (!calls[i].fresh)
        copy(p->base, p->archive);
    atomic_store(&has_failed, false);
    atomic_store(&starving, starve);
    atomic_store(&countdown, n);
    bl_buffer_reserve(&out->text, 1 << 16); /* so that our own text is none of the n */
    out->status = bulletin_open(p->archive, NULL, &b);
    if (out->status >= 0)
        out->status = calls[i].call(p, b, &out->text);
    if (out->status < 0)
        snprintf(out->message, sizeof out->message, "%s", b ? bulletin_message(b) : "no handle");
    bool reached = atomic_load(&has_failed);
    atomic_store(&countdown, 0);
    atomic_store(&has_failed, false);
    bulletin_close(b);
    return !reached;
}

static bool is_sound(const place *p)
{
    bulletin *b = NULL;
    bulletin_status status = bulletin_open(p->archive, NULL, &b);
    if (status >= 0)
        status = bulletin_check(b, NULL, NULL);
    if (status < 0)
        fprintf(stderr, "%s\n", bulletin_message(b));
    bulletin_close(b);
    return status >= 0;
}

static bool same(const outcome *out, const outcome *expected)
{
    const char *a = out->text.data, *b = expected->text.data;
    return out->text.failed || (out->status == expected->status && strcmp(a ? a : "", b ? b : "") == 0);
}

static bool judge(const place *p, size_t i, long n, const outcome *out, const outcome *expected)
{
    bool good = true;
    if (out->status < 0 && (out->status != BULLETIN_NOMEM || !*out->message)) {
        fprintf(stderr, "%s, allocation %ld: %s [%s]\n", calls[i].name, n, bulletin_status_name(out->status),
                out->message);
        good = false;
    }
    if (out->status >= 0 && !same(out, expected)) {
        fprintf(stderr, "%s, allocation %ld: done, but with another outcome\n%s\n%s\n", calls[i].name, n,
                out->text.data ? out->text.data : "", expected->text.data ? expected->text.data : "");
        good = false;
    }
    if (!is_sound(p)) {
        fprintf(stderr, "%s, allocation %ld: the archive is not sound\n", calls[i].name, n);
        good = false;
    }
    return good;
}

int main(int argc, char **argv)
{
    long growth = argc > 1 ? atol(argv[1]) : 4, tried = 0, failed = 0, bad = 0;
    place p;
    install();
    set_up(&p);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        outcome expected, out;
        run(&p, i, 0, false, &expected);
        must(expected.status >= 0, expected.message);
        bool done = false;
        for (long n = 1; !done; n += 1 + n * growth / 100, tried++) {
            done = run(&p, i, n, tried % 2, &out);
            failed += out.status < 0;
            bad += !judge(&p, i, n, &out, &expected);
            bl_buffer_free(&out.text);
        }
        bl_buffer_free(&expected.text);
    }
    forget(p.archive);
    forget(p.base);
    unlink(p.page);
    unlink(p.records);
    rmdir(p.folder);
    printf("%ld allocations refused, %ld calls failed with a sentence, %ld wrongly\n", tried, failed, bad);
    return bad > 0 || failed == 0;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The promise of quotes: every piece of every CJK run of the corpus, of every length, is found in exactly the
 * bulletins whose folded title or body holds it. */
#include "support.h"

#include "text/fold.h"

typedef struct document {
    char *key;
    char *text; /* folded title, a NUL-free separator, folded body */
} document;

typedef struct corpus {
    document *list;
    size_t count;
} corpus;

/* No folded text holds this byte, so that no piece is found across title and body. */
#define SEPARATOR "\x01"

static void append_folded(char **text, const char *original, bl_folded *folded)
{
    bl_error e = BL_ERROR_INIT;
    bl_fold(&e, original, strlen(original), folded);
    assert_false(bl_failed(&e));
    size_t size = *text ? strlen(*text) : 0;
    *text = realloc(*text, size + folded->size + 2);
    strcpy(*text + size, folded->text);
    strcat(*text, SEPARATOR);
}

static void read_documents(test_archive *t, corpus *all, bl_folded *folded)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.limit = 0;
    options.flags = BULLETIN_NO_COLLAPSE;
    bulletin_hits *hits;
    assert_int_equal(bulletin_search(t->archive, "", 0, &options, &hits), BULLETIN_OK);
    while (bulletin_hits_next(hits) == BULLETIN_OK) {
        all->list = realloc(all->list, (all->count + 1) * sizeof *all->list);
        document *d = &all->list[all->count++];
        const char *title = bulletin_hits_text(hits, BULLETIN_TITLE);
        *d = (document){ strdup(bulletin_hits_text(hits, BULLETIN_KEY)), NULL };
        append_folded(&d->text, title ? title : "", folded);
        append_folded(&d->text, bulletin_hits_text(hits, BULLETIN_BODY), folded);
    }
    bulletin_hits_close(hits);
}

static int is_before(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

typedef struct pieces {
    char **list;
    size_t count, capacity;
} pieces;

static void add_piece(pieces *all, const char *text, size_t size)
{
    if (all->count == all->capacity) {
        all->capacity = all->capacity ? 2 * all->capacity : 1024;
        all->list = realloc(all->list, all->capacity * sizeof *all->list);
    }
    all->list[all->count++] = strndup(text, size);
}

static void add_run(pieces *all, const bl_folded *f, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        for (size_t j = i + 1; j <= end; j++) {
            size_t stop = j < f->count ? f->glyphs[j].at : f->size;
            add_piece(all, f->text + f->glyphs[i].at, stop - f->glyphs[i].at);
        }
}

static void cut_pieces(const corpus *documents, pieces *all, bl_folded *folded)
{
    for (size_t d = 0; d < documents->count; d++) {
        bl_error e = BL_ERROR_INIT;
        bl_fold(&e, documents->list[d].text, strlen(documents->list[d].text), folded);
        for (size_t i = 0; i < folded->count;) {
            size_t end = i;
            while (end < folded->count && folded->glyphs[end].kind == BL_CLASS_CJK)
                end++;
            add_run(all, folded, i, end);
            i = end > i ? end : i + 1;
        }
    }
    qsort(all->list, all->count, sizeof *all->list, is_before);
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (kept > 0 && strcmp(all->list[kept - 1], all->list[i]) == 0)
            free(all->list[i]);
        else
            all->list[kept++] = all->list[i];
    }
    all->count = kept;
}

static const document *by_key(const corpus *all, const char *key)
{
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->list[i].key, key) == 0)
            return &all->list[i];
    return NULL;
}

/* As many hits as texts that hold the piece, and each hit is one of them: the sets are equal. */
static void compare_with_scan(test_archive *t, const corpus *documents, const char *piece)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.limit = 0;
    options.flags = BULLETIN_LITERAL | BULLETIN_NO_SNIPPET | BULLETIN_NO_COLLAPSE;
    bulletin_hits *hits;
    size_t hold = 0, hit = 0;
    for (size_t i = 0; i < documents->count; i++)
        hold += strstr(documents->list[i].text, piece) != NULL;
    assert_int_equal(bulletin_search(t->archive, piece, strlen(piece), &options, &hits), BULLETIN_OK);
    while (bulletin_hits_next(hits) == BULLETIN_OK) {
        hit++;
        const document *d = by_key(documents, bulletin_hits_text(hits, BULLETIN_KEY));
        if (!d || !strstr(d->text, piece))
            fail_msg("%s is found in %s, which does not hold it", piece,
                     bulletin_hits_text(hits, BULLETIN_KEY));
    }
    bulletin_hits_close(hits);
    if (hit != hold)
        fail_msg("%s is found in %zu bulletins, %zu hold it", piece, hit, hold);
}

static void quotes_find_exactly_what_a_scan_finds(void **state)
{
    test_archive *t = *state;
    const char *path = getenv("CORPUS");
    char folder[1000];
    assert_non_null(path);
    snprintf(folder, sizeof folder, "%s/bulletins", path);
    const char *const paths[] = { folder };
    bulletin_counts counts;
    assert_int_equal(bulletin_import(t->archive, paths, 1, NULL, &counts), BULLETIN_OK);
    assert_true(counts.added >= 60);

    corpus documents = { 0 };
    pieces all = { 0 };
    bl_folded folded = { 0 };
    read_documents(t, &documents, &folded);
    cut_pieces(&documents, &all, &folded);
    assert_true(all.count > 10000);
    for (size_t i = 0; i < all.count; i++) {
        compare_with_scan(t, &documents, all.list[i]);
        free(all.list[i]);
    }
    for (size_t i = 0; i < documents.count; i++) {
        free(documents.list[i].key);
        free(documents.list[i].text);
    }
    free(documents.list);
    free(all.list);
    bl_folded_free(&folded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(quotes_find_exactly_what_a_scan_finds, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

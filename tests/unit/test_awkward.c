/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Whatever is typed is answered: hundreds of strings that are no queries anywhere else, made by rule, and
 * trees of operators that must find what a scan finds. With an archive as its argument: how long each string
 * takes. */
#include "support.h"

#include <time.h>

#include "base/buffer.h"
#include "text/fold.h"

/* ---- strings ---- */

typedef struct strings {
    char **list;
    size_t *sizes;
    size_t count;
} strings;

static void put(strings *s, const char *text, size_t size)
{
    s->list = realloc(s->list, (s->count + 1) * sizeof *s->list);
    s->sizes = realloc(s->sizes, (s->count + 1) * sizeof *s->sizes);
    assert_true(s->list && s->sizes);
    char *own = malloc(size + 1);
    assert_non_null(own);
    memcpy(own, text, size);
    own[size] = '\0';
    s->list[s->count] = own;
    s->sizes[s->count++] = size;
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
putf(strings *s, const char *format, ...)
{
    char text[1000];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put(s, text, (size_t)size);
}

static void free_strings(strings *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->list[i]);
    free(s->list);
    free(s->sizes);
}

static void put_symbol(strings *s, const char *p)
{
    putf(s, "%s", p);
    putf(s, "%s%s", p, p);
    putf(s, "%s产改", p);
    putf(s, "产改%s", p);
    putf(s, "%s 产改 %s", p, p);
    putf(s, "work%sers", p);
    putf(s, "工会 %s 产改", p);
}

static void put_symbols(strings *s)
{
    static const char *const wide[] = { "〔", "〕", "【", "】", "《", "》", "（", "）", "“",      "”",
                                        "「", "」", "『", "』", "‘",  "’",  "«",  "»",  "、",     "。",
                                        "…",  "—",  "·",  "：", "＊", "－", "＂", "｜", "\u3000", "\u00A0" };
    for (char c = '!'; c <= '~'; c++) {
        const char text[] = { c, '\0' };
        if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z'))
            put_symbol(s, text);
    }
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        put_symbol(s, wide[i]);
}

static void put_keywords(strings *s)
{
    static const char *const words[] = { "AND", "OR",  "NOT",  "NEAR",  "and",
                                         "or",  "not", "near", "MATCH", "NULL" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *w = words[i];
        putf(s, "%s", w);
        putf(s, "%s %s", w, w);
        putf(s, "%s 产改", w);
        putf(s, "产改 %s", w);
        putf(s, "产改 %s %s 工会", w, w);
        putf(s, "(%s)", w);
        putf(s, "(产改 %s) 工会", w);
        putf(s, "%s(产改", w);
        putf(s, "-%s", w);
        putf(s, "\"%s\" %s*", w, w);
    }
}

static void put_fields(strings *s)
{
    static const char *const names[] = { "title", "body", "furniture", "org",  "source", "lang",
                                         "url",   "id",   "key",       "date", "is",     "query",
                                         "rowid", "rank", "col",       "http", "来源",   "bulletin_fts" };
    static const char *const values[] = { "",    "产改",  "\"",     "(",    "*",  "-",
                                          "NOT", " 产改", "\"工会", "0..9", "^a", ":" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t k = 0; k < sizeof values / sizeof *values; k++)
            putf(s, "%s%s:%s", k % 3 == 2 ? "-" : "", names[i], values[k]);
}

static void put_shapes(strings *s)
{
    static const char *const shapes[] = {
        "NEAR(",
        "NEAR()",
        "NEAR(,)",
        "NEAR(a",
        "NEAR(a b",
        "NEAR(a b,",
        "NEAR(a b, 3",
        "NEAR(a b, x)",
        "NEAR(a b, -1)",
        "NEAR(a b, 99999999999999999999)",
        "NEAR(产改 工会, 0)",
        "NEAR(\"a b\" c*, 5)",
        "NEAR(NEAR(a b) c)",
        "NEAR((a) b)",
        "NEAR/3",
        "a NEAR b",
        "{a b}:",
        "{title}:x",
        "{title body} : x",
        "-{title}: x",
        "title : x",
        "^x",
        "^ x",
        "a + b",
        "\"a\" + \"b\"",
        "a\"b\"c",
        "\"\"",
        "\"\"\"",
        "“”",
        "“",
        "(((",
        ")))",
        ")(",
        "()()",
        "(-)",
        "(NOT)",
        "-(-(-(a)))",
        "NOT NOT NOT a",
        "a OR OR OR b",
        "OR AND NOT",
        "--",
        "-- a",
        "'; DROP TABLE bulletin; --",
        "' OR '1'='1",
        "%s%n%d",
        "../../etc/passwd",
        "<script>",
        "&amp;",
        "\\",
        "\\\"",
        "a*b*c",
        "*a",
        "**a**",
        "* *",
        "产*",
        "的*",
        "的",
        "的 了 与",
        "一",
        "1",
        "0",
        "-1",
        "1-1",
        "2024-05..",
        "..2024",
        "..",
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        putf(s, "%s", shapes[i]);
}

/* Characters that are none, hide, join or turn. */
static void put_bytes(strings *s)
{
    static const char *const odd[] = {
        "😀",
        "👩‍👩‍👧",
        "🇨🇳",
        "1️⃣",
        "☺︎",
        "\u0301",
        "e\u0301",
        "\uFEFF",
        "\u200B",
        "\u200D",
        "\u202E产改",
        "\u2066a\u2069",
        "\uFFFD",
        "\uFFFF",
        "\u00AD",
        "\U000E0001",
        "\U0010FFFF",
        "\U00020BB7",
        "ﬁ",
        "㋿",
        "℃",
        "Å",
        "\t产改",
        "\n产改\n",
        "   产改",
        "\u3000\u3000产改",
        "\x01",
        "\x02",
        "\x02work\x02",
        "\x03us",
        "\x1b[31m",
        "\x7f",
        "\xff",
        "\xc0\xaf",
        "\xed\xa0\x80",
        "\xf4\x90\x80\x80",
        "\xe4\xba",
        "\x80",
        "产\xe6改",
        "\"\xff\"",
        "a\xc3(",
        "\xb2\xfa\xb8\xc4",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        putf(s, "%s", odd[i]);
    put(s, "\0", 1);
    put(s, "a\0b", 3);
    put(s, "\"a\0b\"", 5);
    put(s, "产改\0", 7);
}

/* `piece` again and again, each with its number where it holds %d. */
static void put_repeated(strings *s, const char *piece, size_t times)
{
    bl_buffer text = { 0 };
    const char *number = strstr(piece, "%d");
    for (size_t i = 0; i < times; i++) {
        if (number)
            bl_buffer_printf(&text, "%.*s%zu%s", (int)(number - piece), piece, i, number + 2);
        else
            bl_buffer_puts(&text, piece);
    }
    assert_false(text.failed);
    put(s, text.data, text.size);
    bl_buffer_free(&text);
}

static void put_long(strings *s)
{
    static const char *const pieces[] = { "a",      "产",   " ",     "\"",   "(",     ")",
                                          "-",      "*",    "(a ",   "“产",  "-(",    "产改",
                                          "产改，", "NOT ", "a OR ", "\"a ", "NEAR(", "title:" };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        put_repeated(s, pieces[i], 10000 / strlen(pieces[i]));
    put_repeated(s, "工会组织的职工技能培训在新建的车间里举行，", 160);
    put_repeated(s, "word%d ", 5000);
    put_repeated(s, "same ", 5000);
    put_repeated(s, "产改%d OR ", 5000);
    put_repeated(s, "-\"第%d号\" ", 5000);
    put_repeated(s, "w%d* ", 200);
    put_repeated(s, "NOT (a%d OR ", 1000);
}

static void list_strings(strings *s)
{
    *s = (strings){ 0 };
    put_symbols(s);
    put_keywords(s);
    put_fields(s);
    put_shapes(s);
    put_bytes(s);
    put_long(s);
}

/* ---- whatever is typed is answered ---- */

static const unsigned ways[] = { 0, BULLETIN_LITERAL, BULLETIN_ANY,
                                 BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL };

static bulletin_status ask(bulletin *archive, const char *query, size_t size, unsigned flags)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.flags = flags;
    bulletin_hits *hits;
    bulletin_status status = bulletin_search(archive, query, size, &options, &hits);
    if (status != BULLETIN_OK)
        return status;
    while ((status = bulletin_hits_next(hits)) == BULLETIN_OK)
        bulletin_hits_text(hits, BULLETIN_SNIPPET);
    bulletin_hits_close(hits);
    return status == BULLETIN_END ? BULLETIN_OK : status;
}

static void must_answer(bulletin *archive, const char *query, size_t size, unsigned flags)
{
    bulletin_status status = ask(archive, query, size, flags);
    if (status == BULLETIN_OK)
        return;
    const char *message = bulletin_message(archive);
    if (status != BULLETIN_BAD_QUERY || !*message || strstr(message, "fts5") || strstr(message, "SQL"))
        fail_msg("'%.60s' with flags %u: %s: %s", query, flags, bulletin_status_name(status), message);
}

static void import_corpus(test_archive *t)
{
    const char *path = getenv("CORPUS");
    char folder[1000];
    bulletin_counts counts;
    assert_non_null(path);
    snprintf(folder, sizeof folder, "%s/bulletins", path);
    const char *const paths[] = { folder };
    assert_int_equal(bulletin_import(t->archive, paths, 1, NULL, &counts), BULLETIN_OK);
    assert_true(counts.added >= 60);
}

static void whatever_is_typed_is_answered(void **state)
{
    test_archive *t = *state;
    strings all;
    char keys[1000];
    import_corpus(t);
    list_strings(&all);
    assert_true(all.count >= 400);
    for (size_t i = 0; i < all.count; i++)
        for (size_t k = 0; k < sizeof ways / sizeof *ways; k++)
            must_answer(t->archive, all.list[i], all.sizes[i], ways[k]);
    assert_true(strlen(found(t, "产改", NULL, keys)) > 0);
    free_strings(&all);
}

static void too_many_different_terms_are_refused_by_their_number(void **state)
{
    test_archive *t = *state;
    strings all = { 0 };
    put_repeated(&all, "word%d ", 5000);
    assert_int_equal(ask(t->archive, all.list[0], all.sizes[0], 0), BULLETIN_BAD_QUERY);
    const char *message = bulletin_message(t->archive);
    assert_true(message[strcspn(message, "0123456789")] != '\0');
    free_strings(&all);
}

/* ---- trees find what a scan finds ---- */

enum { MOST_DOCUMENTS = 256, DEPTH = 3, TREES = 2000 };

typedef struct documents {
    int64_t ids[MOST_DOCUMENTS];
    char *texts[MOST_DOCUMENTS]; /* folded title and body */
    size_t count;
    uint32_t chance;
} documents;

typedef struct answer {
    bool holds[MOST_DOCUMENTS];
} answer;

/* Numerical Recipes' generator: the same trees on every machine. */
static uint32_t draw(documents *d, uint32_t below)
{
    d->chance = d->chance * 1664525u + 1013904223u;
    return (d->chance >> 8) % below;
}

static void read_documents(test_archive *t, documents *d)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits;
    bl_folded folded = { 0 };
    options.limit = 0;
    options.flags = BULLETIN_NO_COLLAPSE;
    assert_int_equal(bulletin_search(t->archive, "", 0, &options, &hits), BULLETIN_OK);
    while (bulletin_hits_next(hits) == BULLETIN_OK && d->count < MOST_DOCUMENTS) {
        const char *title = bulletin_hits_text(hits, BULLETIN_TITLE);
        bl_buffer text = { 0 };
        bl_error e = BL_ERROR_INIT;
        bl_buffer_printf(&text, "%s\n%s", title ? title : "", bulletin_hits_text(hits, BULLETIN_BODY));
        bl_fold(&e, text.data, text.size, &folded);
        assert_false(bl_failed(&e));
        d->ids[d->count] = bulletin_hits_id(hits);
        d->texts[d->count++] = strdup(folded.text);
        bl_buffer_free(&text);
    }
    bulletin_hits_close(hits);
    bl_folded_free(&folded);
}

/* Two to four characters that stand side by side in a text; "" when a draw hits none. */
static void try_piece(documents *d, const bl_folded *f, char piece[32])
{
    size_t first = draw(d, (uint32_t)f->count - 4), size = 2 + draw(d, 3), end = first;
    while (end < first + size && f->glyphs[end].kind == BL_CLASS_CJK)
        end++;
    size_t bytes = end == first + size ? f->glyphs[end].at - f->glyphs[first].at : 0;
    snprintf(piece, 32, "%.*s", (int)bytes, f->text + f->glyphs[first].at);
}

static void draw_piece(documents *d, char piece[32])
{
    bl_folded f = { 0 };
    for (*piece = '\0'; !*piece;) {
        bl_error e = BL_ERROR_INIT;
        const char *text = d->texts[draw(d, (uint32_t)d->count)];
        bl_fold(&e, text, strlen(text), &f);
        for (int tries = 0; tries < 10 && !*piece && f.count > 8; tries++)
            try_piece(d, &f, piece);
    }
    bl_folded_free(&f);
}

static void draw_tree(documents *d, int depth, bl_buffer *query, answer *out);

static void draw_leaf(documents *d, bl_buffer *query, answer *out)
{
    char piece[32];
    draw_piece(d, piece);
    bl_buffer_printf(query, "\"%s\"", piece);
    for (size_t i = 0; i < d->count; i++)
        out->holds[i] = strstr(d->texts[i], piece) != NULL;
}

static void draw_list(documents *d, int depth, bl_buffer *query, answer *out)
{
    bool any = draw(d, 2) == 0;
    uint32_t count = 2 + draw(d, 2);
    bl_buffer_putc(query, '(');
    draw_tree(d, depth - 1, query, out);
    for (uint32_t k = 1; k < count; k++) {
        answer next;
        bl_buffer_puts(query, any ? " OR " : draw(d, 2) ? " AND " : " ");
        draw_tree(d, depth - 1, query, &next);
        for (size_t i = 0; i < d->count; i++)
            out->holds[i] = any ? out->holds[i] || next.holds[i] : out->holds[i] && next.holds[i];
    }
    bl_buffer_putc(query, ')');
}

static void draw_tree(documents *d, int depth, bl_buffer *query, answer *out)
{
    bool negated = draw(d, 3) == 0;
    if (negated)
        bl_buffer_puts(query, draw(d, 2) ? "NOT " : "-");
    if (depth == 0 || draw(d, 4) == 0)
        draw_leaf(d, query, out);
    else
        draw_list(d, depth, query, out);
    for (size_t i = 0; i < d->count && negated; i++)
        out->holds[i] = !out->holds[i];
}

static void compare(test_archive *t, const documents *d, const bl_buffer *query, const answer *expected)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits;
    size_t count = 0, wanted = 0;
    options.limit = 0;
    options.flags = BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL | BULLETIN_NO_COLLAPSE | BULLETIN_NO_SNIPPET;
    if (bulletin_search(t->archive, query->data, query->size, &options, &hits) != BULLETIN_OK)
        fail_msg("%s: %s", query->data, bulletin_message(t->archive));
    for (; bulletin_hits_next(hits) == BULLETIN_OK; count++)
        for (size_t i = 0; i < d->count; i++)
            if (d->ids[i] == bulletin_hits_id(hits) && !expected->holds[i])
                fail_msg("%s finds %lld, a scan does not", query->data, (long long)d->ids[i]);
    bulletin_hits_close(hits);
    for (size_t i = 0; i < d->count; i++)
        wanted += expected->holds[i];
    if (count != wanted)
        fail_msg("%s finds %zu, a scan %zu", query->data, count, wanted);
}

static void trees_of_operators_find_what_a_scan_finds(void **state)
{
    test_archive *t = *state;
    documents d = { .chance = 20260101 };
    import_corpus(t);
    read_documents(t, &d);
    assert_true(d.count >= 60);
    for (int i = 0; i < TREES; i++) {
        bl_buffer query = { 0 };
        answer expected;
        draw_tree(&d, DEPTH, &query, &expected);
        compare(t, &d, &query, &expected);
        bl_buffer_free(&query);
    }
    for (size_t i = 0; i < d.count; i++)
        free(d.texts[i]);
}

/* ---- how long it takes ---- */

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

/* The slowest of each way, by processor time. */
static int measure(const char *path)
{
    bulletin_options options = BULLETIN_OPTIONS_INIT;
    bulletin *archive;
    strings all;
    options.read_only = true;
    if (bulletin_open(path, &options, &archive) != BULLETIN_OK) {
        fprintf(stderr, "%s: %s\n", path, bulletin_message(archive));
        return 1;
    }
    list_strings(&all);
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++)
        for (size_t i = 0, slow = 0; i < all.count; i++) {
            double start = milliseconds();
            bulletin_status status = ask(archive, all.list[i], all.sizes[i], ways[k]);
            double took = milliseconds() - start;
            slow += took > 100;
            if (took > 100)
                printf("flags %u: %.0f ms, %s: %.50s\n", ways[k], took, bulletin_status_name(status),
                       all.list[i]);
            if (i + 1 == all.count)
                printf("flags %u: %zu of %zu over 100 ms\n", ways[k], slow, all.count);
        }
    free_strings(&all);
    bulletin_close(archive);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_is_typed_is_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_different_terms_are_refused_by_their_number, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(trees_of_operators_find_what_a_scan_finds, set_up, tear_down),
    };
    return argc > 1 ? measure(argv[1]) : cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The table of organizations to bodies, names, and a trie that finds names in folded text. */
#include "authority.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/large.h"
#include "fields.h"
#include "name_trie.h"

enum {
    COLUMN_ID,
    COLUMN_NAME,
    COLUMN_LANG,
    COLUMN_FORM,
    COLUMN_KIND,
    COLUMN_PARENT,
    COLUMN_PLACE,
    COLUMN_SUCCESSOR,
    COLUMN_WHEN,
    COLUMN_NOT_AFTER,
    COLUMN_NOT_BEFORE,
    COLUMNS
};

enum { MOST_FIELDS = 32 };

/* What kind of name a row gives. */
typedef enum name_form { FULL, SHORT, FORMER, VARIANT, MACHINE, PATTERN, RELATIVE, MERGED, FORMS } name_form;

/* A place that was added. */
typedef struct known_place {
    const char *text;
    size_t size;
    unsigned kind;
} known_place;

enum { PLACE_BITS = 13 };

typedef struct reader {
    bl_authority *authority;
    bl_authority_report report;
    void *context;
    size_t line;
    bl_name_trie names;
    int32_t body;      /* of the row before; rows of one stand together */
    size_t first_body; /* that this table may add */
    size_t *lines;     /* of each body that it added: where */
    size_t line_capacity;
    size_t field_of[COLUMNS]; /* where each column stands in a row */
    size_t fields;            /* of a row that are read */
    known_place *places;      /* by their hashes, NULL before the first */
} reader;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
report(const reader *r, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (r->report)
        r->report(r->context, r->line, text);
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo), eight bytes at a time. */
static uint64_t identify(uint64_t hash, const char *text, size_t size)
{
    hash ^= 0xcbf29ce484222325u;
    for (; size >= 8; text += 8, size -= 8) {
        uint64_t word;
        memcpy(&word, text, 8);
        hash = (hash ^ word) * 0x100000001b3u;
    }
    for (; size > 0; text++, size--)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    return hash;
}

/* ---- tries of folded text ---- */

/* Room for a word; NULL on failure. */
static uint32_t *reserve_codes(bl_error *e, bl_authority *a, size_t count)
{
    if (!bl_failed(e) && !bl_grow(&a->codes, &a->code_capacity, count, sizeof *a->codes))
        bl_fail_nomem(e);
    return bl_failed(e) ? NULL : a->codes;
}

/* A text's folded codes into `codes`; how many they are. */
static size_t fold_codes(bl_error *e, bl_authority *a, const char *text, size_t size, bool *latin)
{
    uint32_t *codes = reserve_codes(e, a, size + 1);
    size_t count = codes ? bl_fold_plain(text, size, codes) : 0;
    *latin = count > 0 && bl_fold_class(codes[0]) == BL_CLASS_LETTER;
    if (count > 0) /* without the signs of which there are several kinds */
        return count;
    bl_fold(e, text, size, &a->scratch);
    count = a->scratch.count;
    codes = count > 0 ? reserve_codes(e, a, count) : NULL;
    if (!codes)
        return 0;
    for (size_t i = 0; i < count; i++)
        codes[i] = bl_authority_code(a->scratch.glyphs[i].code);
    *latin = a->scratch.glyphs[0].kind == BL_CLASS_LETTER;
    return count;
}

int32_t bl_authority_find(bl_error *e, const bl_authority *a, const char *text, size_t size)
{
    bl_folded f = { 0 };
    bl_fold(e, text, size, &f);
    uint32_t node = 0;
    bool on = !bl_failed(e) && f.count > 0;
    for (size_t i = 0; i < f.count && on; i++) {
        node = bl_trie_step(&a->trie, node, bl_authority_code(f.glyphs[i].code));
        on = node != 0;
    }
    bl_folded_free(&f);
    return on ? bl_trie_value(&a->trie, node) : -1;
}

int32_t bl_authority_alone(bl_error *e, const bl_authority *a, const char *name, bool *relative)
{
    int32_t i = bl_authority_find(e, a, name, strlen(name));
    if (relative)
        *relative = i >= 0 && a->names[i].relative;
    for (; i >= 0; i = a->names[i].next_same)
        if (!a->names[i].relative && !*a->names[i].when)
            return a->names[i].body;
    return -1;
}

size_t bl_authority_place(const bl_authority *a, const bl_glyph *glyphs, size_t count, size_t at,
                          bl_place *kind)
{
    size_t length = 0;
    uint32_t node = 0;
    for (size_t i = at; i < count; i++) {
        node = bl_trie_step(&a->places, node, glyphs[i].code);
        if (node == 0)
            break;
        if (bl_trie_value(&a->places, node) >= 0) {
            *kind = (bl_place)bl_trie_value(&a->places, node);
            length = i + 1 - at;
        }
    }
    return length;
}

/* ---- places ---- */

static void add_place(bl_error *e, bl_authority *a, const char *text, size_t size, bl_place kind)
{
    bl_fold(e, text, size, &a->scratch);
    if (bl_failed(e) || a->scratch.count < 2)
        return;
    bool latin;
    const size_t count = fold_codes(e, a, text, size, &latin);
    uint32_t node = bl_trie_add(e, &a->places, a->codes, count);
    bl_bounds_add_place(e, &a->bounds, &a->scratch);
    if (node && bl_trie_value(&a->places, node) < 0)
        bl_trie_set(e, &a->places, node, (int32_t)kind);
}

/* A place is known with and without the name of its level, and peoples stand between the two. */
static void add_place_forms(bl_error *e, bl_authority *a, const char *text, size_t size, bl_place kind)
{
    static const char *const levels[] = { "壮族自治区", "维吾尔自治区", "回族自治区", "自治区",
                                          "省",         "市",           "地区",       "盟" };
    add_place(e, a, text, size, kind);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        size_t n = strlen(levels[i]);
        if (size > n + 3 && memcmp(text + size - n, levels[i], n) == 0) {
            add_place(e, a, text, size - n, kind);
            return;
        }
    }
}

/* Whether it was added, as far as that is remembered: most stand in many rows. `kind` is COLUMN_PLACE for
 * several with their separators. */
static bool is_known(bl_error *e, reader *r, const char *text, size_t size, unsigned kind)
{
    if (!r->places && !(r->places = calloc((size_t)1 << PLACE_BITS, sizeof *r->places)))
        bl_fail_nomem(e);
    if (bl_failed(e))
        return true;
    known_place *k = &r->places[identify(kind, text, size) >> (64 - PLACE_BITS)];
    if (k->text && k->size == size && k->kind == kind && memcmp(k->text, text, size) == 0)
        return true;
    *k = (known_place){ text, size, kind };
    return false;
}

static void add_places(bl_error *e, reader *r, const char *path)
{
    size_t depth = 0;
    if (!*path || is_known(e, r, path, strlen(path), COLUMN_PLACE))
        return;
    for (const char *s = path; *s; depth++) {
        size_t n = strcspn(s, "/");
        bool province =
            depth == 0 && (n >= 6 && (memcmp(s + n - 3, "省", 3) == 0 || memcmp(s + n - 3, "区", 3) == 0));
        bool city = depth > 0 || (n >= 6 && memcmp(s + n - 3, "市", 3) == 0);
        const bl_place kind = province ? BL_PLACE_PROVINCE : city ? BL_PLACE_CITY : BL_PLACE_COUNTRY;
        if (!is_known(e, r, s, n, kind))
            add_place_forms(e, r->authority, s, n, kind);
        s += n + (s[n] == '/');
    }
}

/* ---- rows ---- */

static bool letters_are_capitals(const char *text)
{
    size_t capitals = 0;
    for (const char *s = text; *s; s++) {
        if (*s >= 'a' && *s <= 'z')
            return false;
        capitals += *s >= 'A' && *s <= 'Z';
        if ((unsigned char)*s >= 0x80)
            return false;
    }
    return capitals > 1;
}

static int32_t add_body(bl_error *e, reader *r, char *const *row, bool rule)
{
    bl_authority *a = r->authority;
    if (!bl_grow(&a->bodies, &a->body_capacity, a->body_count + 1, sizeof *a->bodies)) {
        bl_fail_nomem(e);
        return -1;
    }
    int32_t index = (int32_t)a->body_count++;
    a->bodies[index] = (bl_body){ row[COLUMN_ID],
                                  row[COLUMN_NAME],
                                  row[COLUMN_KIND],
                                  row[COLUMN_PLACE],
                                  row[COLUMN_PARENT],
                                  row[COLUMN_SUCCESSOR],
                                  -1,
                                  -1,
                                  -1,
                                  rule };
    bl_authority_add_id(e, a, index);
    add_places(e, r, row[COLUMN_PLACE]);
    return index;
}

/* The body of a row's id, made when it is new; -1 on failure. */
static int32_t body_of(bl_error *e, reader *r, char *const *row, bool rule)
{
    bl_authority *a = r->authority;
    const int32_t known = bl_failed(e) ? -1 : bl_authority_body(a, row[COLUMN_ID]);
    if (known >= 0 || bl_failed(e))
        return known;
    const size_t added = a->body_count - r->first_body;
    if (!bl_grow(&r->lines, &r->line_capacity, added + 1, sizeof *r->lines)) {
        bl_fail_nomem(e);
        return -1;
    }
    r->lines[added] = r->line;
    return add_body(e, r, row, rule);
}

static void chain_to_body(bl_authority *a, bl_body *body, int32_t index)
{
    if (body->last_name >= 0)
        a->names[body->last_name].next_of_body = index;
    else
        body->first_name = index;
    body->last_name = index;
}

/* Names of the same letters form a chain; those of one body, or of two that nothing tells apart, are said. */
static void chain_to_same(void *context, const bl_trie_name *w)
{
    reader *r = context;
    bl_name *names = r->authority->names, *name = &names[w->name];
    int32_t last = w->same;
    const size_t line = r->line;
    r->line = w->line;
    for (int32_t i = w->same; i >= 0; i = names[i].next_same) {
        last = i;
        if (names[i].body == name->body)
            report(r, "the name \"%.150s\" stands twice in one entry", name->text);
        else if (!*names[i].when && !*name->when && strcmp(names[i].form, "former") != 0 &&
                 strcmp(name->form, "former") != 0)
            report(r, "\"%.150s\" names another entry too, and nothing tells which is meant", name->text);
    }
    names[last].next_same = w->name;
    r->line = line;
}

static void add_name(bl_error *e, reader *r, char *const *row, name_form form, int32_t body)
{
    bl_authority *a = r->authority;
    const char *text = row[COLUMN_NAME];
    bool latin;
    const size_t count = fold_codes(e, a, text, strlen(text), &latin);
    if (bl_failed(e))
        return;
    if (count < 2 || form == PATTERN) {
        if (count < 2)
            report(r, "\"%.150s\" is too short for a name", text);
        return;
    }
    if (!bl_grow(&a->names, &a->name_capacity, a->name_count + 1, sizeof *a->names)) {
        bl_fail_nomem(e);
        return;
    }
    int32_t index = (int32_t)a->name_count++;
    a->names[index] = (bl_name){ .text = text,
                                 .lang = row[COLUMN_LANG],
                                 .form = row[COLUMN_FORM],
                                 .when = row[COLUMN_WHEN],
                                 .not_after = row[COLUMN_NOT_AFTER],
                                 .not_before = row[COLUMN_NOT_BEFORE],
                                 .body = body,
                                 .next_of_body = -1,
                                 .next_same = -1,
                                 .relative = form == RELATIVE,
                                 .upper = letters_are_capitals(text),
                                 .latin = latin };
    chain_to_body(a, &a->bodies[body], index);
    bl_name_trie_add(e, &r->names, a->codes, count, index, r->line);
}

/* FORMS when it is none. */
static name_form read_form(const char *text)
{
    static const char *const forms[FORMS] = { "full",    "short",   "former",   "variant",
                                              "machine", "pattern", "relative", "merged" };
    name_form i = FULL;
    while (i < FORMS && strcmp(text, forms[i]) != 0)
        i++;
    return i;
}

static void read_header(reader *r, char *line)
{
    static const char *const columns[COLUMNS] = { "id",   "name",      "lang",      "form",
                                                  "kind", "parent",    "place",     "successor",
                                                  "when", "not_after", "not_before" };
    char *fields[MOST_FIELDS];
    const size_t count = bl_fields_split(line, fields, MOST_FIELDS);
    r->fields = 0; /* notes are not read */
    for (size_t k = 0; k < COLUMNS; k++) {
        r->field_of[k] = SIZE_MAX;
        for (size_t i = 0; i < count; i++)
            if (strcmp(fields[i], columns[k]) == 0)
                r->field_of[k] = i;
        if (r->field_of[k] < count && r->field_of[k] >= r->fields)
            r->fields = r->field_of[k] + 1;
    }
    if (r->field_of[COLUMN_NAME] < count)
        return;
    report(r, "the first row names no column \"name\"; the usual order is taken");
    r->fields = COLUMNS;
    for (size_t k = 0; k < COLUMNS; k++)
        r->field_of[k] = k;
}

/* All names of one body are another's, which its id leads to from now on. */
static void merge_bodies(const reader *r, const char *id, const char *into)
{
    bl_authority *a = r->authority;
    int32_t from = bl_authority_body(a, id), to = bl_authority_body(a, into);
    if (from < 0 || to < 0) {
        report(r, "\"%.150s\" has no entry, so that nothing can be merged", from < 0 ? id : into);
        return;
    }
    if (from == to)
        return;
    for (int32_t i = a->bodies[from].first_name; i >= 0; i = a->names[i].next_of_body)
        a->names[i].body = to;
    if (a->bodies[from].first_name >= 0)
        chain_to_body(a, &a->bodies[to], a->bodies[from].first_name);
    if (a->bodies[from].last_name >= 0)
        a->bodies[to].last_name = a->bodies[from].last_name;
    a->bodies[from].first_name = a->bodies[from].last_name = -1;
    a->bodies[from].merged_into = to;
}

static void read_row(bl_error *e, reader *r, char *line)
{
    static char nothing[] = "";
    char *fields[MOST_FIELDS], *row[COLUMNS];
    const size_t count = bl_fields_split(line, fields, r->fields);
    for (size_t k = 0; k < COLUMNS; k++)
        row[k] = r->field_of[k] < count ? fields[r->field_of[k]] : nothing;
    if (count == 1 && *fields[0] == '\0')
        return;
    if (!*row[COLUMN_ID] || !*row[COLUMN_NAME]) {
        report(r, "a row needs an id and a name");
        return;
    }
    const name_form form = read_form(row[COLUMN_FORM]);
    if (form == FORMS) {
        report(r, "the form \"%.150s\" is none of full, short, former, variant, machine, pattern, relative",
               row[COLUMN_FORM]);
        return;
    }
    if (form == MERGED) {
        r->body = -1;
        bl_name_trie_finish(e, &r->names); /* which body a name is of decides what is told of it */
        merge_bodies(r, row[COLUMN_ID], row[COLUMN_SUCCESSOR]);
        return;
    }
    if (r->body < 0 || strcmp(r->authority->bodies[r->body].id, row[COLUMN_ID]) != 0)
        r->body = body_of(e, r, row, form == PATTERN);
    if (r->body >= 0)
        add_name(e, r, row, form, r->body);
}

/* Ids that lead nowhere. */
static void check_links(reader *r)
{
    const bl_authority *a = r->authority;
    for (size_t i = r->first_body; i < a->body_count; i++) {
        const bl_body *b = &a->bodies[i];
        r->line = r->lines[i - r->first_body];
        if (*b->parent && bl_authority_body(a, b->parent) < 0)
            report(r, "the parent \"%.150s\" has no entry", b->parent);
        if (*b->successor && bl_authority_body(a, b->successor) < 0)
            report(r, "the successor \"%.150s\" has no entry", b->successor);
    }
}

static void keep_text(bl_error *e, bl_authority *a, char *text)
{
    if (bl_grow(&a->texts, &a->text_capacity, a->text_count + 1, sizeof *a->texts)) {
        a->texts[a->text_count++] = text;
        return;
    }
    free(text);
    bl_fail_nomem(e);
}

/* About how many rows a table has, by those that it begins with. */
static size_t estimate_rows(const char *text, size_t size)
{
    enum { SAMPLE = 1 << 16 };
    const size_t part = size < SAMPLE ? size : SAMPLE;
    size_t rows = 1;
    for (const char *s = text; (s = memchr(s, '\n', part - (size_t)(s - text))) != NULL; s++)
        rows++;
    return part < size ? size / part * rows + rows : rows;
}

/* Room for all that a table may hold. */
static void expect(bl_error *e, reader *r, const char *text, size_t size)
{
    bl_authority *a = r->authority;
    const size_t rows = estimate_rows(text, size);
    if (!bl_grow_large(&a->names, &a->name_capacity, a->name_count + rows, sizeof *a->names) ||
        !bl_grow_large(&a->bodies, &a->body_capacity, a->body_count + rows, sizeof *a->bodies))
        bl_fail_nomem(e);
    bl_name_trie_expect(e, &r->names, rows);
    bl_authority_expect_ids(e, a, a->body_count + rows / 2); /* most have several names */
}

void bl_authority_take(bl_error *e, bl_authority *a, char *text, size_t size, bl_authority_report said,
                       void *context)
{
    reader r = {
        .authority = a, .report = said, .context = context, .body = -1, .first_body = a->body_count
    };
    r.names = (bl_name_trie){ .trie = &a->trie, .same = chain_to_same, .context = &r };
    keep_text(e, a, text);
    if (bl_failed(e))
        return;
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        size -= 3;
    }
    a->identity = identify(a->identity, text, size);
    expect(e, &r, text, size);
    for (char *s = text, *next; *s && !bl_failed(e); s = next) {
        char *end = memchr(s, '\n', size - (size_t)(s - text));
        end = end ? end : text + size;
        next = end < text + size ? end + 1 : end;
        *end = '\0';
        if (end > s && end[-1] == '\r')
            end[-1] = '\0';
        r.line++;
        if (r.line == 1)
            read_header(&r, s);
        else
            read_row(e, &r, s);
    }
    bl_name_trie_finish(e, &r.names);
    if (!bl_failed(e))
        check_links(&r);
    free(r.lines);
    free(r.places);
    bl_name_trie_free(&r.names);
    bl_folded_free(&a->scratch);
}

void bl_authority_read(bl_error *e, bl_authority *a, const char *text, size_t size, bl_authority_report said,
                       void *context)
{
    char *copy = bl_failed(e) ? NULL : malloc(size + BL_AUTHORITY_SLACK);
    if (!copy) {
        bl_fail_nomem(e);
        return;
    }
    memcpy(copy, text, size);
    memset(copy + size, 0, BL_AUTHORITY_SLACK);
    bl_authority_take(e, a, copy, size, said, context);
}

/* ---- new, close ---- */

bl_authority *bl_authority_new(bl_error *e)
{
    bl_authority *a = bl_failed(e) ? NULL : calloc(1, sizeof *a);
    if (!a)
        bl_fail_nomem(e);
    return a;
}

void bl_authority_close(bl_authority *a)
{
    if (!a)
        return;
    for (size_t i = 0; i < a->text_count; i++)
        free(a->texts[i]);
    free(a->texts);
    free(a->bodies);
    free(a->names);
    bl_trie_free(&a->trie);
    free(a->ids);
    bl_trie_free(&a->places);
    bl_bounds_free(&a->bounds);
    bl_folded_free(&a->scratch);
    free(a->codes);
    free(a);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Reads the tables of corpus/ as the library does and prints what it made of them, at build time:
 *     generate_vocabulary ORGANIZATIONS_FILE THESAURUS_FILE OUTPUT_FOLDER */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "page/authority_table.h"
#include "search/thesaurus_table.h"

static const char *input;

static void check(bool right, const char *what)
{
    if (right)
        return;
    fprintf(stderr, "generate_vocabulary: %s\n", what);
    exit(1);
}

static void check_error(const bl_error *e)
{
    check(!bl_failed(e), e->message);
}

/* A table that is compiled in has no faults. */
static void refuse(void *context, size_t line, const char *reason)
{
    (void)context;
    fprintf(stderr, "%s:%zu: %s\n", input, line, reason);
    exit(1);
}

static void slurp(const char *path, bl_buffer *out)
{
    char part[65536];
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        bl_buffer_append(out, part, n);
    check(!ferror(file) && !out->failed, path);
    fclose(file);
    input = path;
}

static FILE *create(const char *folder, const char *name)
{
    bl_buffer path = { 0 };
    bl_buffer_printf(&path, "%s/%s", folder, name);
    check(!path.failed, "out of memory");
    FILE *out = fopen(path.data, "w");
    if (!out) {
        perror(path.data);
        exit(1);
    }
    bl_buffer_free(&path);
    return out;
}

static void finish(FILE *out)
{
    int failed = ferror(out);
    failed |= fclose(out);
    check(!failed, "cannot write");
}

/* ---- texts, each once ---- */

typedef struct texts {
    bl_buffer bytes;
    bl_trie known; /* values are offsets */
} texts;

static uint32_t offset_of(texts *t, const char *text)
{
    bl_error e = BL_ERROR_INIT;
    uint32_t codes[1024];
    size_t count = strlen(text);
    if (count == 0)
        return 0;
    check(count < sizeof codes / sizeof *codes, text);
    for (size_t i = 0; i < count; i++)
        codes[i] = (unsigned char)text[i];
    uint32_t node = bl_trie_add(&e, &t->known, codes, count);
    check_error(&e);
    if (bl_trie_value(&t->known, node) < 0) {
        bl_trie_set(&e, &t->known, node, (int32_t)t->bytes.size);
        bl_buffer_append(&t->bytes, text, strlen(text) + 1);
    }
    check_error(&e);
    return (uint32_t)bl_trie_value(&t->known, node);
}

static void open_texts(texts *t)
{
    *t = (texts){ { 0 }, { 0 } };
    bl_buffer_putc(&t->bytes, '\0');
}

static void close_texts(texts *t)
{
    bl_buffer_free(&t->bytes);
    bl_trie_free(&t->known);
}

/* Each text on a line. The last NUL is the literal's own. */
static void print_texts(FILE *out, const char *name, const char *bytes, size_t size)
{
    fprintf(out, "static const char %s_texts[] = \"\\0\"", name);
    for (size_t i = 1; i < size; i += strlen(bytes + i) + 1) {
        fputs("\n    \"", out);
        for (const char *s = bytes + i; *s; s++) {
            if ((unsigned char)*s < 0x20 || *s == '"' || *s == '\\' || *s == '?')
                fprintf(out, "\\%03o", (unsigned)*s);
            else
                fputc(*s, out);
        }
        fputs("\\0\"", out);
    }
    fputs(";\n", out);
}

/* ---- tries ---- */

static void print_bits(FILE *out, const char *name, const uint64_t *list, size_t count)
{
    fprintf(out, "    .%s = {", name);
    for (size_t i = 0; i < count; i++)
        if (list[i])
            fprintf(out, " [%zu] = UINT64_C(0x%" PRIx64 "),", i, list[i]);
    fputs(" },\n", out);
}

static void print_trie_lists(FILE *out, const char *name, const bl_trie *t)
{
    fprintf(out, "static const bl_trie_edge %s_edges[%zu] = {\n", name, t->edge_count + 1);
    for (size_t i = 0; i < t->edge_count; i++)
        if (t->edges[i].state)
            fprintf(out, "[%zu]={%" PRIu32 ",%" PRIu32 "},\n", i, t->edges[i].code, t->edges[i].state);
    fprintf(out, "};\nstatic const bl_trie_node %s_list[%" PRIu32 "] = {\n", name, t->nodes);
    for (size_t i = 0; i < t->nodes; i++)
        fprintf(out, "{0x%" PRIx32 ",%" PRId32 ",%" PRIu32 ",%u,%u},\n", t->list[i].chain, t->list[i].value,
                t->list[i].edges, (unsigned)t->list[i].count, (unsigned)t->list[i].bits);
    fprintf(out, "};\nstatic const uint32_t %s_tails[%zu] = {", name, t->tail_count);
    for (size_t i = 0; i < t->tail_count; i++)
        fprintf(out, "%s%" PRIu32 ",", i % 16 ? "" : "\n", t->tails[i]);
    fputs("\n};\n", out);
}

static void print_trie(FILE *out, const char *name, const bl_trie *t)
{
    fprintf(out,
            "{ .borrowed = true, .edges = (bl_trie_edge *)%s_edges,\n"
            "    .edge_capacity = %zu, .edge_count = %zu, .largest = %" PRIu32 ",\n"
            "    .list = (bl_trie_node *)%s_list, .list_capacity = %" PRIu32 ", .nodes = %" PRIu32 ",\n"
            "    .tails = (uint32_t *)%s_tails, .tail_capacity = %zu, .tail_count = %zu,\n",
            name, t->edge_count, t->edge_count, t->largest, name, t->nodes, t->nodes, name, t->tail_count,
            t->tail_count);
    print_bits(out, "starts", t->starts, sizeof t->starts / sizeof *t->starts);
    print_bits(out, "pairs", t->pairs, sizeof t->pairs / sizeof *t->pairs);
    fputs("},\n", out);
}

/* ---- organizations ---- */

static void print_bodies(FILE *out, texts *t, const bl_authority *a)
{
    fputs("static const bl_body_entry organizations_bodies[] = {\n", out);
    for (size_t i = 0; i < a->body_count; i++) {
        const bl_body *b = &a->bodies[i];
        fprintf(out, "{%u,%u,%u,%u,%u,%u,%" PRId32 ",%" PRId32 ",%d},\n", offset_of(t, b->id),
                offset_of(t, b->name), offset_of(t, b->kind), offset_of(t, b->place), offset_of(t, b->parent),
                offset_of(t, b->successor), b->first_name, b->last_name, b->rule);
    }
    fputs("};\n", out);
}

static void print_names(FILE *out, texts *t, const bl_authority *a)
{
    fputs("static const bl_name_entry organizations_names[] = {\n", out);
    for (size_t i = 0; i < a->name_count; i++) {
        const bl_name *n = &a->names[i];
        fprintf(out, "{%u,%u,%u,%u,%u,%u,%" PRId32 ",%" PRId32 ",%" PRId32 ",%d,%d,%d},\n",
                offset_of(t, n->text), offset_of(t, n->lang), offset_of(t, n->form), offset_of(t, n->when),
                offset_of(t, n->not_after), offset_of(t, n->not_before), n->body, n->next_of_body,
                n->next_same, n->relative, n->upper, n->latin);
    }
    fputs("};\n", out);
}

static void print_heads(FILE *out, const bl_bounds *b)
{
    fputs("static const bl_head organizations_head[] = {\n", out);
    for (size_t i = 0; i < b->head_count; i++) {
        fprintf(out, "{%d,{", (int)b->head[i].kind);
        for (const uint32_t *code = b->head[i].not_before; *code; code++)
            fprintf(out, "%" PRIu32 ",", *code);
        fprintf(out, "0},%zu},\n", b->head[i].length);
    }
    fputs("};\n", out);
}

/* Lists first, and then the table that leads to them. `words` are the bounds that no place was added to. */
static void print_authority(FILE *out, const bl_authority *a, const bl_bounds *words)
{
    enum { TRIES = 6 };
    static const char *const lists[TRIES] = { "organizations_trie",    "organizations_places",
                                              "organizations_left",    "organizations_words",
                                              "organizations_generic", "organizations_heads" };
    static const char *const fields[TRIES] = { ".trie",  ".places",         ".bounds.left",
                                               ".words", ".bounds.generic", ".bounds.heads" };
    const bl_trie *const tries[TRIES] = { &a->trie,     &a->places,         &a->bounds.left,
                                          &words->left, &a->bounds.generic, &a->bounds.heads };
    texts t;
    open_texts(&t);
    fputs("/* Written by generate_vocabulary from corpus/organizations.tsv. */\n", out);
    print_bodies(out, &t, a);
    print_names(out, &t, a);
    print_texts(out, "organizations", t.bytes.data, t.bytes.size);
    print_heads(out, &a->bounds);
    for (size_t i = 0; i < TRIES; i++)
        print_trie_lists(out, lists[i], tries[i]);
    fprintf(out,
            "static const bl_authority_table organizations_table = {\n"
            "    .bodies = organizations_bodies, .body_count = %zu, .names = organizations_names,\n"
            "    .name_count = %zu, .texts = organizations_texts, .identity = UINT64_C(0x%" PRIx64 "),\n"
            "    .bounds.head = (bl_head *)organizations_head, .bounds.head_count = %zu,\n",
            a->body_count, a->name_count, a->identity, a->bounds.head_count);
    for (size_t i = 0; i < TRIES; i++) {
        fprintf(out, "    %s = ", fields[i]);
        print_trie(out, lists[i], tries[i]);
    }
    fputs("};\n", out);
    close_texts(&t);
}

static void make_authority(const char *path, const char *folder)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer text = { 0 };
    slurp(path, &text);
    bl_authority *a = bl_authority_new(&e);
    check_error(&e);
    bl_bounds words;
    bl_bounds_make(&e, &words);
    bl_bounds_make(&e, &a->bounds);
    bl_authority_read(&e, a, text.data, text.size, refuse, NULL);
    check_error(&e);
    FILE *out = create(folder, "organizations_data.h");
    print_authority(out, a, &words);
    finish(out);
    bl_bounds_free(&words);
    bl_authority_close(a);
    bl_buffer_free(&text);
}

/* ---- thesaurus ---- */

static void print_chains(FILE *out, const char *name, const uint32_t *list, size_t count)
{
    fprintf(out, "static const uint32_t %s[%zu] = {", name, count);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%" PRIu32 ",", i % 16 ? "" : "\n", list[i]);
    fputs("\n};\n", out);
}

static void print_terms(FILE *out, const bl_terms *t)
{
    fputs("/* Written by generate_vocabulary from corpus/. */\nstatic const bl_term thesaurus_list[] = {\n",
          out);
    for (size_t i = 0; i < t->count; i++) {
        const bl_term *one = &t->list[i];
        fprintf(out, "{%u,%u,%u,%u,%u,%u,%u,%u,%u,%u,%u,%u,%d,%d},\n", one->concept, one->text, one->context,
                one->not_after, one->not_before, one->key, one->folded, one->other, one->next,
                one->next_folded, one->relation, one->quality, one->typed, one->found);
    }
    fputs("};\n", out);
    print_texts(out, "thesaurus", t->texts, t->size);
    print_chains(out, "thesaurus_by_key", t->by_key, t->slots);
    print_chains(out, "thesaurus_by_folded", t->by_folded, t->slots);
    fprintf(out,
            "static const bl_terms thesaurus_terms = { thesaurus_list, %zu, %zu, thesaurus_by_key,\n"
            "    thesaurus_by_folded, %zu, %zu, thesaurus_texts, %zu };\n",
            t->count, t->names, t->slots, t->longest, t->size);
}

static void make_thesaurus(const char *names, const char *concepts, const char *folder)
{
    bl_error e = BL_ERROR_INIT;
    bl_buffer files[2] = { { 0 }, { 0 } };
    slurp(names, &files[0]);
    slurp(concepts, &files[1]);
    const bl_thesaurus_tables tables = { .names = { files[0].data, files[0].size },
                                         .concepts = { files[1].data, files[1].size } };
    bl_cutter *cutter = bl_cutter_open(&e);
    bl_thesaurus *t = bl_thesaurus_open(&e, cutter, &tables, refuse, NULL);
    check_error(&e);
    FILE *out = create(folder, "thesaurus_data.h");
    print_terms(out, &t->now);
    finish(out);
    bl_thesaurus_close(t);
    bl_cutter_close(cutter);
    for (size_t i = 0; i < 2; i++)
        bl_buffer_free(&files[i]);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: generate_vocabulary ORGANIZATIONS_FILE THESAURUS_FILE OUTPUT_FOLDER\n");
        return 2;
    }
    make_authority(argv[1], argv[3]);
    make_thesaurus(argv[1], argv[2], argv[3]);
    return 0;
}

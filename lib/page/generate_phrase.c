/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns the set phrases of pages into the table that finds them by their first bytes, at build time:
 *     generate_phrase OUTPUT */
#include <inttypes.h>
#include <stdio.h>

#include "phrase_entry.h"

/* Chains of phrases whose first bytes meet in one slot: entry + 1 of the vocabulary, 0 = none. */
typedef struct table {
    uint16_t first[PHRASE_SLOTS];
    uint16_t next[ENTRIES];
    uint64_t
        starts[PHRASE_CODES / 64]; /* a bit for each character that a phrase starts with: most start none */
} table;

static void fill(table *t)
{
    for (size_t i = 0; i < ENTRIES; i++) {
        unsigned slot = slot_of(vocabulary[i].text, vocabulary[i].size), code = code_at(vocabulary[i].text);
        t->next[i] = t->first[slot];
        t->first[slot] = (uint16_t)(i + 1);
        t->starts[code / 64] |= (uint64_t)1 << code % 64;
    }
}

static void print_short(FILE *out, const char *name, const uint16_t *list, size_t count)
{
    fprintf(out, "static const uint16_t %s[%zu] = {", name, count);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%u,", i % 16 ? "" : "\n    ", (unsigned)list[i]);
    fprintf(out, "\n};\n");
}

static void print_long(FILE *out, const char *name, const uint64_t *list, size_t count)
{
    fprintf(out, "static const uint64_t %s[%zu] = {", name, count);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%sUINT64_C(0x%" PRIx64 "),", i % 4 ? " " : "\n    ", list[i]);
    fprintf(out, "\n};\n");
}

int main(int argc, char **argv)
{
    static table t;
    if (argc != 2) {
        fprintf(stderr, "usage: generate_phrase OUTPUT\n");
        return 2;
    }
    FILE *out = fopen(argv[1], "w");
    if (!out) {
        perror(argv[1]);
        return 1;
    }
    fill(&t);
    fprintf(out, "/* Written by generate_phrase from page/phrase.inc. */\n");
    print_short(out, "phrase_first", t.first, PHRASE_SLOTS);
    print_short(out, "phrase_next", t.next, ENTRIES);
    print_long(out, "phrase_starts", t.starts, PHRASE_CODES / 64);
    int failed = ferror(out);
    failed |= fclose(out);
    return failed ? 1 : 0;
}

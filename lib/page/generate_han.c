/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns the characters that tell Simplified from Traditional Chinese into a set of each, at build time:
 *     generate_han OUTPUT */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

#include "han_set.h"
#include "lang.inc"

enum { WORDS = BL_HAN_BITS / 64 };

static void fill(uint64_t *set, const char *characters)
{
    for (const unsigned char *s = (const unsigned char *)characters; *s; s += 3) {
        unsigned c = ((s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu)) - BL_HAN_FIRST;
        set[c / 64] |= (uint64_t)1 << c % 64;
    }
}

/* Those of a set that the other has not. */
static void print(FILE *out, const char *name, const uint64_t *set, const uint64_t *other)
{
    fprintf(out, "static const uint64_t %s[%d] = {", name, (int)WORDS);
    for (int i = 0; i < WORDS; i++)
        fprintf(out, "%sUINT64_C(0x%" PRIx64 "),", i % 4 ? " " : "\n    ", set[i] & ~other[i]);
    fprintf(out, "\n};\n");
}

int main(int argc, char **argv)
{
    static uint64_t hans[WORDS], hant[WORDS];
    if (argc != 2) {
        fprintf(stderr, "usage: generate_han OUTPUT\n");
        return 2;
    }
    FILE *out = fopen(argv[1], "w");
    if (!out) {
        perror(argv[1]);
        return 1;
    }
    fill(hans, simplified);
    fill(hant, traditional);
    fprintf(out, "/* Written by generate_han from page/lang.inc. */\n");
    print(out, "only_simplified", hans, hant);
    print(out, "only_traditional", hant, hans);
    int failed = ferror(out);
    failed |= fclose(out);
    return failed ? 1 : 0;
}

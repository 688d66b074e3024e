/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* ICU's romanization of Han characters to a table, run by the build: generate_pinyin OUTPUT. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { FIRST = 0x4E00, LAST = 0x9FFF, LONGEST = 8, MOST = 1024 };

static char syllables[MOST][LONGEST];
static unsigned count;

/* The number of a syllable, counted from 1; 0 for what is none. */
static unsigned number_of(const char *syllable)
{
    if (*syllable == '\0' || strlen(syllable) >= LONGEST ||
        strspn(syllable, "abcdefghijklmnopqrstuvwxyz") != strlen(syllable))
        return 0;
    for (unsigned i = 0; i < count; i++)
        if (strcmp(syllables[i], syllable) == 0)
            return i + 1;
    if (count == MOST)
        return 0;
    strcpy(syllables[count], syllable);
    return ++count;
}

static unsigned romanize(UTransliterator *latin, UChar character)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[64] = { character };
    char ascii[64] = "";
    int32_t size = 1, limit = 1;
    utrans_transUChars(latin, text, &size, 64, 0, &limit, &status);
    for (int32_t i = 0; i < size && i < 63 && U_SUCCESS(status); i++)
        ascii[i] = text[i] < 0x80 ? (char)text[i] : '?';
    return U_SUCCESS(status) ? number_of(ascii) : 0;
}

static int ascending(const void *a, const void *b)
{
    return strcmp(a, b);
}

int main(int argc, char **argv)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[64];
    u_uastrcpy(id, "Han-Latin; Latin-ASCII; Lower");
    UTransliterator *latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    FILE *out = argc == 2 && U_SUCCESS(status) ? fopen(argv[1], "w") : NULL;
    if (!out) {
        fprintf(stderr, "generate_pinyin: %s\n",
                argc == 2 ? u_errorName(status) : "usage: generate_pinyin OUTPUT");
        return EXIT_FAILURE;
    }
    for (unsigned code = FIRST; code <= LAST; code++)
        romanize(latin, (UChar)code);
    qsort(syllables, count, sizeof *syllables, ascending); /* and the numbers with them */
    fprintf(out,
            "/* Written by the build from ICU's romanization of Han characters. */\n"
            "enum { PINYIN_FIRST = 0x%X, PINYIN_LAST = 0x%X };\n"
            "static const uint16_t pinyin_of[] = {",
            FIRST, LAST);
    for (unsigned code = FIRST; code <= LAST; code++)
        fprintf(out, "%s%u,", code % 16 == 0 ? "\n" : " ", romanize(latin, (UChar)code));
    fprintf(out, "\n};\nstatic const char pinyin_syllables[][%d] = {\n    \"\",\n", LONGEST);
    for (unsigned i = 0; i < count; i++)
        fprintf(out, "    \"%s\",\n", syllables[i]);
    fprintf(out, "};\n");
    utrans_close(latin);
    return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns ICU's data and the variants file into the folding table, at build time:
 *     generate_fold VARIANTS_FILE OUTPUT      (generate_fold lib/text/variants.tsv fold_table.h) */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>
#include <unicode/uvernum.h>

#include "fold.h"
#include "fold_entry.h"
#include "mark.h"

#define CODES 0x110000
#define LONGEST BL_FOLD_LONGEST
#define LARGEST (1 << 16) /* code points of all expansions together */
#define CYCLE 8
#define SAMPLE 20000 /* letters of each script without spaces */

typedef struct sequence {
    UChar32 code[LONGEST];
    int count;
} sequence;

typedef struct tables {
    const UNormalizer2 *casefold, *decompose, *compose;
    UTransliterator *simplify;
    UChar32 *variant; /* of each code point: itself, or what folding makes of it */
    uint32_t *entry;
    uint32_t expansion[LARGEST];
    uint32_t expansion_count;
} tables;

static void check(UErrorCode status, const char *what)
{
    if (U_SUCCESS(status))
        return;
    fprintf(stderr, "generate_fold: %s: %s\n", what, u_errorName(status));
    exit(1);
}

static void refuse(const char *what, UChar32 code)
{
    fprintf(stderr, "generate_fold: %s at U+%04X\n", what, (unsigned)code);
    exit(1);
}

static void open_tables(tables *t)
{
    static const UChar id[] = u"Traditional-Simplified";
    UErrorCode status = U_ZERO_ERROR;
    t->casefold = unorm2_getNFKCCasefoldInstance(&status);
    t->decompose = unorm2_getNFDInstance(&status);
    t->compose = unorm2_getNFCInstance(&status);
    t->simplify = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    check(status, "opening ICU's data");
    t->variant = malloc(CODES * sizeof *t->variant);
    t->entry = calloc(CODES, sizeof *t->entry);
    if (!t->variant || !t->entry)
        refuse("out of memory", 0);
}

/* ------------------------------------------------------------------------------------------- variants */

static UChar32 simplified(const tables *t, UChar32 code)
{
    if (bl_script(code) != USCRIPT_HAN)
        return code;
    UChar text[16];
    UChar32 result[16];
    int32_t size = 0, limit, count;
    U16_APPEND_UNSAFE(text, size, code);
    limit = size;
    UErrorCode status = U_ZERO_ERROR;
    utrans_transUChars(t->simplify, text, &size, 16, 0, &limit, &status);
    u_strToUTF32(result, 16, &count, text, size, &status);
    check(status, "Traditional-Simplified");
    return count == 1 ? result[0] : code;
}

/* Lines "U+5553 U+542F source …", fields separated by tabs; # starts a comment. */
static void read_variants(tables *t, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(1);
    }
    char line[512];
    while (fgets(line, sizeof line, file)) {
        unsigned from, to;
        if (line[0] == '#' || line[0] == '\n')
            continue;
        if (sscanf(line, "U+%X\tU+%X\t", &from, &to) != 2 || from >= CODES || to >= CODES)
            refuse("a line of the variants file cannot be read", 0);
        t->variant[from] = (UChar32)to;
    }
    fclose(file);
}

/* The end of a chain of variants; of a cycle (ICU swaps 苎 and 苧) its smallest member. */
static UChar32 settled(const UChar32 *variant, UChar32 code)
{
    UChar32 smallest = code;
    for (int step = 0; step < CYCLE; step++) {
        UChar32 next = variant[code];
        if (next == code)
            return code;
        code = next;
        smallest = step < CYCLE / 2 || code < smallest ? code : smallest;
    }
    return smallest;
}

static void settle_variants(tables *t, const char *path)
{
    for (UChar32 c = 0; c < CODES; c++)
        t->variant[c] = simplified(t, c);
    read_variants(t, path);
    UChar32 *settled_variant = malloc(CODES * sizeof *settled_variant);
    if (!settled_variant)
        refuse("out of memory", 0);
    for (UChar32 c = 0; c < CODES; c++)
        settled_variant[c] = settled(t->variant, c);
    free(t->variant);
    t->variant = settled_variant;
}

/* -------------------------------------------------------------------------------------------- folding */

static void normalize(const UNormalizer2 *form, sequence *s)
{
    UChar text[LONGEST * 2], result[LONGEST * 2];
    int32_t size = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF32(text, LONGEST * 2, &size, s->code, s->count, &status);
    size = unorm2_normalize(form, text, size, result, LONGEST * 2, &status);
    u_strToUTF32(s->code, LONGEST, &s->count, result, size, &status);
    check(status, "normalizing");
}

/* A mark by itself stays: what becomes of it depends on the base it meets in a text. */
static void strip(sequence *s)
{
    if (s->count > 0 && bl_loose_mark(s->code[0]))
        return;
    int kept = 0;
    UChar32 base = -1;
    for (int i = 0; i < s->count; i++) {
        UChar32 code = s->code[i];
        if (!(U_GET_GC_MASK(code) & U_GC_M_MASK))
            base = code;
        if (!bl_loose_mark(code) || !bl_sheds_marks(base))
            s->code[kept++] = code;
    }
    s->count = kept;
}

static void fold_once(const tables *t, sequence *s)
{
    normalize(t->casefold, s);
    normalize(t->decompose, s);
    strip(s);
    normalize(t->compose, s);
    for (int i = 0; i < s->count; i++)
        s->code[i] = t->variant[s->code[i]];
}

static sequence folded(const tables *t, UChar32 code)
{
    sequence now = { { code }, 1 }, before;
    int rounds = 0;
    do {
        before = now;
        fold_once(t, &now);
        if (++rounds > 10)
            refuse("folding does not settle", code);
    } while (now.count != before.count ||
             memcmp(now.code, before.code, sizeof *now.code * (size_t)now.count) != 0);
    return now;
}

/* ------------------------------------------------------------------------------------------- classes */

static bool cjk_script(UChar32 code)
{
    static const UScriptCode scripts[] = { USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_HANGUL,
                                           USCRIPT_BOPOMOFO };
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (uscript_hasScript(code, scripts[i]))
            return true;
    return false;
}

static bool complex_script(UChar32 code)
{
    UScriptCode script = bl_script(code);
    return script == USCRIPT_THAI || script == USCRIPT_LAO || script == USCRIPT_KHMER ||
           script == USCRIPT_MYANMAR;
}

static bl_class class_of(UChar32 c)
{
    uint32_t category = U_GET_GC_MASK(c);
    if (c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029)
        return BL_CLASS_BREAK;
    if (category & (U_GC_ZS_MASK | U_GC_CC_MASK) || (c >= 0xFFF9 && c <= 0xFFFB))
        return BL_CLASS_SPACE;
    if (category & U_GC_SO_MASK && bl_script(c) == USCRIPT_HAN)
        return BL_CLASS_CJK; /* radicals */
    if (!(category & (U_GC_L_MASK | U_GC_MN_MASK | U_GC_MC_MASK | U_GC_N_MASK | U_GC_CF_MASK)))
        return BL_CLASS_SYMBOL;
    if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || cjk_script(c))
        return BL_CLASS_CJK;
    if (complex_script(c) && category & (U_GC_L_MASK | U_GC_M_MASK))
        return BL_CLASS_COMPLEX;
    return category & U_GC_ND_MASK ? BL_CLASS_DIGIT : BL_CLASS_LETTER;
}

static bl_cluster_class cluster_class_of(UChar32 c)
{
    if (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC))
        return BL_CLUSTER_PICTOGRAPH;
    switch (u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_CONTROL:
    case U_GCB_CR:
    case U_GCB_LF:
        return BL_CLUSTER_CONTROL;
    case U_GCB_EXTEND:
        return BL_CLUSTER_EXTEND;
    case U_GCB_ZWJ:
        return BL_CLUSTER_ZWJ;
    case U_GCB_REGIONAL_INDICATOR:
        return BL_CLUSTER_REGIONAL;
    case U_GCB_PREPEND:
        return BL_CLUSTER_PREPEND;
    case U_GCB_SPACING_MARK:
        return BL_CLUSTER_SPACING;
    case U_GCB_L:
        return BL_CLUSTER_L;
    case U_GCB_V:
        return BL_CLUSTER_V;
    case U_GCB_T:
        return BL_CLUSTER_T;
    case U_GCB_LV:
        return BL_CLUSTER_LV;
    case U_GCB_LVT:
        return BL_CLUSTER_LVT;
    default:
        return BL_CLUSTER_OTHER;
    }
}

/* -------------------------------------------------------------------------------------------- entries */

/* A line or tab character has no normal form but folds by its class. */
static void flatten_space(sequence *s)
{
    for (int i = 0; i < s->count; i++) {
        bl_class class = class_of(s->code[i]);
        if (class == BL_CLASS_SPACE)
            s->code[i] = ' ';
        else if (class == BL_CLASS_BREAK)
            s->code[i] = '\n';
    }
}

static uint32_t expansion(tables *t, const sequence *s)
{
    uint32_t at = t->expansion_count;
    if (at + (uint32_t)s->count + 1 >= LARGEST)
        refuse("too many expansions", s->code[0]);
    t->expansion[t->expansion_count++] = (uint32_t)s->count;
    for (int i = 0; i < s->count; i++)
        t->expansion[t->expansion_count++] = (uint32_t)s->code[i];
    return at;
}

static uint32_t entry_of(tables *t, UChar32 code)
{
    if (u_charType(code) == U_SURROGATE)
        return (uint32_t)BL_CLASS_SYMBOL << BL_ENTRY_CLASS;
    sequence s = folded(t, code);
    flatten_space(&s);
    uint32_t entry = (uint32_t)cluster_class_of(code) << BL_ENTRY_CLUSTER;
    if (!unorm2_hasBoundaryBefore(t->casefold, code) || bl_loose_mark(code))
        entry |= BL_ENTRY_CLINGS;
    if (s.count != 1)
        return entry | BL_ENTRY_EXPANDS | expansion(t, &s);
    return entry | (uint32_t)class_of(s.code[0]) << BL_ENTRY_CLASS | (uint32_t)(code ^ s.code[0]);
}

/* ------------------------------------------------------------------------------------------ the header */

static void print_numbers(FILE *out, const char *declaration, const uint32_t *number, size_t count)
{
    fprintf(out, "const %s[%zu] = {", declaration, count);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%u,", i % 16 ? "" : "\n", (unsigned)number[i]);
    fprintf(out, "\n};\n");
}

/* Equal blocks are stored once: most of Unicode folds to itself. */
static void print_blocks(FILE *out, const tables *t)
{
    static uint32_t index[CODES / BL_ENTRY_BLOCK], block[CODES];
    size_t blocks = 0;
    for (size_t i = 0; i < CODES / BL_ENTRY_BLOCK; i++) {
        const uint32_t *wanted = t->entry + i * BL_ENTRY_BLOCK;
        size_t at = 0;
        while (at < blocks &&
               memcmp(block + at * BL_ENTRY_BLOCK, wanted, BL_ENTRY_BLOCK * sizeof *wanted) != 0)
            at++;
        if (at == blocks)
            memcpy(block + blocks++ * BL_ENTRY_BLOCK, wanted, BL_ENTRY_BLOCK * sizeof *wanted);
        index[i] = (uint32_t)at;
    }
    print_numbers(out, "uint16_t bl_fold_index", index, CODES / BL_ENTRY_BLOCK);
    print_numbers(out, "uint32_t bl_fold_entry", block, blocks * BL_ENTRY_BLOCK);
}

/* A print of everything in the table, so that a changed table has another identity. */
static uint32_t digest(const tables *t)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < CODES; i++)
        hash = (hash ^ t->entry[i]) * 16777619u;
    for (size_t i = 0; i < t->expansion_count; i++)
        hash = (hash ^ t->expansion[i]) * 16777619u;
    return hash;
}

/* A print of how ICU's dictionaries cut random letters of a script without spaces: those who cut these alike
 * are taken to cut everything alike. */
static uint32_t words_digest(UScriptCode script)
{
    UChar letters[256], text[SAMPLE];
    uint32_t count = 0, random = 1, hash = 2166136261u;
    for (UChar32 c = 0x0E00; c < 0x1800 && count < 256; c++)
        if (bl_script(c) == script && U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK))
            letters[count++] = (UChar)c;
    for (size_t i = 0; i < SAMPLE; i++) {
        random = random * 1664525u + 1013904223u;
        text[i] = letters[(random >> 8) % count];
    }
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, "", text, SAMPLE, &status);
    check(status, "word boundaries");
    for (int32_t at = ubrk_next(words); at != UBRK_DONE; at = ubrk_next(words))
        hash = (hash ^ (uint32_t)at) * 16777619u;
    ubrk_close(words);
    return hash;
}

static uint32_t all_words_digest(void)
{
    return words_digest(USCRIPT_THAI) ^ words_digest(USCRIPT_LAO) * 3 ^ words_digest(USCRIPT_KHMER) * 5 ^
           words_digest(USCRIPT_MYANMAR) * 7;
}

static void print_names(FILE *out, const tables *t)
{
    fprintf(out, "/* Written by generate_fold from ICU %s (Unicode %s). */\n", U_ICU_VERSION,
            U_UNICODE_VERSION);
    fprintf(out, "#define FOLD_TABLE_DIGEST \"%08x\"\n", (unsigned)digest(t));
    fprintf(out, "#define FOLD_TABLE_WORDS \"%08x\"\n", (unsigned)all_words_digest());
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: generate_fold VARIANTS_FILE OUTPUT\n");
        return 2;
    }
    static tables t;
    open_tables(&t);
    settle_variants(&t, argv[1]);
    for (UChar32 c = 0; c < CODES; c++)
        t.entry[c] = entry_of(&t, c);
    FILE *out = fopen(argv[2], "w");
    if (!out) {
        perror(argv[2]);
        return 1;
    }
    print_names(out, &t);
    print_numbers(out, "uint32_t bl_fold_expansion", t.expansion, t.expansion_count);
    print_blocks(out, &t);
    int failed = ferror(out);
    failed |= fclose(out);
    utrans_close(t.simplify);
    free(t.variant);
    free(t.entry);
    return failed ? 1 : 0;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns a base with its combining marks, which cannot be folded one by one, into folded code points. */
#include "segment.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "fold_entry.h"
#include "mark.h"

/* Folding a folded segment again changes nothing after two rounds; the bound only guards against data that
 * never settles. */
#define ROUNDS 6

static bool starter(uint32_t code)
{
    return u_getCombiningClass((UChar32)code) == 0;
}

/* A starter only combines with what it is in one cluster with, both as folded. */
static bool combines(const bl_segment *s, uint32_t folded)
{
    uint32_t last[BL_FOLD_LONGEST];
    if (s->count == 0)
        return true;
    size_t count = bl_fold_code(s->code[s->count - 1], last);
    return bl_cluster_neighbours_join(bl_cluster_class_of(last[count - 1]), bl_cluster_class_of(folded));
}

bool bl_segment_add(bl_segment *s, uint32_t code)
{
    uint32_t single[BL_FOLD_LONGEST];
    if (bl_fold_code(code, single) == 0)
        return true;
    if (starter(code) && starter(single[0])) {
        if (s->starters == BL_SEGMENT_STARTERS || !combines(s, single[0]))
            return false;
        s->starters++;
        s->marks = 0;
    } else if (s->marks++ >= BL_SEGMENT_MARKS) {
        return true;
    }
    s->code[s->count++] = code;
    return true;
}

/* NFKC_Casefold of folded[], in place. */
static void normalize(bl_error *e, bl_segment *s)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&status);
    UChar text[BL_SEGMENT_FOLDED * 2], result[BL_SEGMENT_FOLDED];
    int32_t size = 0, count = 0;
    UChar32 *folded = (UChar32 *)s->folded;
    u_strFromUTF32(text, BL_SEGMENT_FOLDED * 2, &size, folded, (int32_t)s->folded_count, &status);
    size = unorm2_normalize(form, text, size, result, BL_SEGMENT_FOLDED, &status);
    u_strToUTF32(folded, BL_SEGMENT_FOLDED, &count, result, size, &status);
    if (status == U_MEMORY_ALLOCATION_ERROR)
        bl_fail_nomem(e);
    else if (U_FAILURE(status))
        bl_fail(e, BULLETIN_IO, "cannot normalize text: %s; check that ICU's data is installed",
                u_errorName(status));
    s->folded_count = U_FAILURE(status) ? 0 : (size_t)count;
}

/* Each code point by the table; what does not fit is beyond any writing. */
static void map(bl_segment *s)
{
    uint32_t from[BL_SEGMENT_FOLDED];
    size_t count = s->folded_count;
    memcpy(from, s->folded, count * sizeof *from);
    s->folded_count = 0;
    for (size_t i = 0; i < count && s->folded_count + BL_FOLD_LONGEST <= BL_SEGMENT_FOLDED; i++)
        s->folded_count += bl_fold_code(from[i], s->folded + s->folded_count);
}

/* Drop the marks that a search does not ask for. Where no letter stands before them (it may be in the segment
 * before), the mark of one script tells the script. */
static void strip(bl_segment *s)
{
    size_t kept = 0, marks = 0;
    UChar32 base = -1;
    for (size_t i = 0; i < s->folded_count; i++) {
        uint32_t code = s->folded[i];
        marks = starter(code) ? 0 : marks + 1;
        bool loose = bl_loose_mark((UChar32)code);
        if (!(U_GET_GC_MASK((UChar32)code) & U_GC_M_MASK))
            base = code == '\n' ? -1 : (UChar32)code;
        else if ((base < 0 || base == ' ') && !loose && starter(code))
            base = (UChar32)code;
        if (marks <= BL_SEGMENT_MARKS && !(loose && bl_sheds_marks(base)))
            s->folded[kept++] = code;
    }
    s->folded_count = kept;
}

void bl_segment_fold(bl_error *e, bl_segment *s)
{
    uint32_t before[BL_SEGMENT_FOLDED];
    size_t count;
    memcpy(s->folded, s->code, s->count * sizeof *s->code);
    s->folded_count = s->count;
    int round = 0;
    do {
        count = s->folded_count;
        memcpy(before, s->folded, count * sizeof *before);
        normalize(e, s);
        map(s);
        strip(s);
    } while (!bl_failed(e) && ++round < ROUNDS &&
             (count != s->folded_count || memcmp(before, s->folded, count * sizeof *before) != 0));
}

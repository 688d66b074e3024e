/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef BL_MARK_H
#define BL_MARK_H

/* Which combining marks folding takes off; shared by the table's generator and the run time. */

#include <stdbool.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

static inline UScriptCode bl_script(UChar32 code)
{
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(code, &status);
}

static inline bool bl_alphabet(UScriptCode script)
{
    return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC;
}

/* A mark that any script may carry (acute, dot below, kana voicing …) or one of the three alphabets. */
static inline bool bl_loose_mark(UChar32 code)
{
    if (u_charType(code) != U_NON_SPACING_MARK)
        return false;
    UScriptCode script = bl_script(code);
    return script == USCRIPT_INHERITED || bl_alphabet(script);
}

/* Whether a base loses its loose marks: letters of the three alphabets, and white space (negative: no base),
 * because NFKC writes a lone accent as space and mark. */
static inline bool bl_sheds_marks(UChar32 base)
{
    return base < 0 || base == ' ' || bl_alphabet(bl_script(base));
}

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A line of a table to its fields, in place. */
#include "fields.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The high bit of the first of eight bytes that is 0 or a tab, the first byte being the lowest (Mycroft's
 * test, whose bits above the first tell nothing); 0 when none is. */
static uint64_t find_end(const char *text)
{
    static const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    uint64_t word;
    memcpy(&word, text, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    const uint64_t tabs = word ^ ones * '\t';
    return (((word - ones) & ~word) | ((tabs - ones) & ~tabs)) & high;
}

/* Fields are short: a call for each takes longer. The text has BL_FIELDS_SLACK bytes behind its end. */
static char *end_of_field(char *at)
{
    uint64_t end;
    for (; (end = find_end(at)) == 0; at += sizeof end) {
    }
    return at + __builtin_ctzll(end) / 8;
}

size_t bl_fields_split(char *line, char **fields, size_t most)
{
    size_t count = 0;
    for (bool more = true; more && count < most;) {
        char *end = *line == '\t' ? line : end_of_field(line);
        more = *end != '\0';
        *end = '\0';
        bool quoted = end - line >= 2 && line[0] == '"' && end[-1] == '"';
        if (quoted)
            end[-1] = '\0';
        fields[count++] = line + quoted;
        line = end + 1;
    }
    return count;
}

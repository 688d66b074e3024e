/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names of months in the languages of Europe to their numbers. */
#include "month.h"

#include <stdint.h>
#include <string.h>

/* German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish and Russian, as they stand between a
 * day and a year, in lower case; without those that English writes alike. */
static const struct {
    int month;
    const char *names[10];
} months[] = {
    { 1,
      { "januar", "janvier", "enero", "gennaio", "janeiro", "januari", "stycznia", "января", "jänner",
        NULL } },
    { 2,
      { "februar", "février", "fevrier", "febrero", "febbraio", "fevereiro", "februari", "lutego", "февраля",
        NULL } },
    { 3, { "märz", "mars", "marzo", "março", "maart", "marca", "марта", NULL } },
    { 4, { "avril", "abril", "aprile", "kwietnia", "апреля", NULL } },
    { 5, { "mai", "mayo", "maggio", "maio", "mei", "maja", "мая", "maj", NULL } },
    { 6, { "juni", "juin", "junio", "giugno", "junho", "czerwca", "июня", NULL } },
    { 7, { "juli", "juillet", "julio", "luglio", "julho", "lipca", "июля", NULL } },
    { 8, { "août", "aout", "agosto", "augustus", "sierpnia", "августа", "augusti", NULL } },
    { 9, { "septembre", "septiembre", "settembre", "setembro", "września", "сентября", NULL } },
    { 10, { "oktober", "octobre", "octubre", "ottobre", "outubro", "października", "октября", NULL } },
    { 11, { "novembre", "noviembre", "novembro", "listopada", "ноября", NULL } },
    { 12,
      { "dezember", "décembre", "decembre", "diciembre", "dicembre", "dezembro", "grudnia", "декабря",
        NULL } },
};

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool bl_month_may_start(const char *s, size_t size)
{
    static const char known[] = "janfebmaraprmayjunjulaugsepoctnovdechttwww";
    const uint32_t firsts = 1u << 0 | 1u << 3 | 1u << 5 | 1u << 7 | 1u << 9 | 1u << 12 | 1u << 13 | 1u << 14 |
                            1u << 18 | 1u << 22; /* a d f h j m n o s w */
    if (size < 3 || !is_ascii_letter(*s) || !(firsts >> ((*s | 0x20) - 'a') & 1))
        return false;
    for (const char *k = known; *k; k += 3)
        if (k[0] == (s[0] | 0x20) && k[1] == (s[1] | 0x20) && k[2] == (s[2] | 0x20))
            return true;
    return false;
}

int bl_month_english(const char *s, size_t size, size_t *taken)
{
    static const char *const names[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"
    };
    enum { LONGEST = 9, SEPTEMBER = 8 };
    char word[LONGEST + 1];
    size_t n = 0;
    *taken = 0;
    for (; n < size && is_ascii_letter(s[n]); n++) {
        if (n == LONGEST)
            return 0;
        word[n] = (char)(s[n] | 0x20);
    }
    for (int m = 0; m < 12 && n >= 3; m++) {
        size_t whole = strlen(names[m]);
        bool known = n == whole || n == 3 || (n == 4 && m == SEPTEMBER);
        if (known && n <= whole && memcmp(word, names[m], n) == 0) {
            *taken = n;
            return m + 1;
        }
    }
    return 0;
}

static bool is_letter(char c)
{
    return is_ascii_letter(c) || (c & 0x80);
}

/* Letters of ASCII in any case, others as they stand. */
static size_t match(const char *s, size_t size, const char *name)
{
    size_t i = 0;
    for (; name[i]; i++) {
        char c = i < size ? s[i] : '\0';
        if (c != name[i] && !(c >= 'A' && c <= 'Z' && (c | 0x20) == name[i]))
            return 0;
    }
    return i < size && is_letter(s[i]) ? 0 : i;
}

int bl_month_european(const char *s, size_t size, size_t *taken)
{
    for (size_t m = 0; m < sizeof months / sizeof months[0]; m++)
        for (const char *const *name = months[m].names; *name; name++)
            if ((*taken = match(s, size, *name)) > 0)
                return months[m].month;
    *taken = 0;
    return 0;
}

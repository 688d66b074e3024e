/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Text of unknown pages into what a terminal may be shown, with its width in columns. */
#include "terminal.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "encoding.h"

enum { USUAL_WIDTH = 80, NARROWEST = 20 };

void terminal_prepare(void)
{
    /* wcwidth() knows Chinese only in a UTF-8 locale; the user's own may be another or not installed. */
    static const char *const fallbacks[] = { "C.UTF-8", "en_US.UTF-8", "UTF-8" };
    setlocale(LC_CTYPE, "");
    for (size_t i = 0; i < sizeof fallbacks / sizeof *fallbacks && wcwidth(0x4EA7) != 2; i++)
        setlocale(LC_CTYPE, fallbacks[i]);
}

static bool variable_is_set(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0';
}

bool terminal_is_interactive(int descriptor)
{
    const char *kind = getenv("TERM");
    return isatty(descriptor) && (kind == NULL || strcmp(kind, "dumb") != 0);
}

static bool wants_color(const char *color, bool interactive)
{
    if (strcmp(color, "auto") != 0)
        return strcmp(color, "always") == 0;
    if (variable_is_set("NO_COLOR"))
        return false;
    const char *force = getenv("CLICOLOR_FORCE");
    return interactive || (force != NULL && *force != '\0' && strcmp(force, "0") != 0);
}

static unsigned output_width(void)
{
    struct winsize size = { 0 };
    const char *columns = getenv("COLUMNS");
    unsigned long width = columns == NULL ? 0 : strtoul(columns, NULL, 10);
    if (width == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width == 0 || width > 10000)
        return USUAL_WIDTH;
    return width < NARROWEST ? NARROWEST : (unsigned)width;
}

terminal terminal_of_output(const char *color)
{
    bool interactive = isatty(STDOUT_FILENO);
    return (terminal){ .interactive = interactive,
                       .color = wants_color(color, terminal_is_interactive(STDOUT_FILENO)),
                       .width = interactive ? output_width() : 0 };
}

/* U+202A-E and U+2066-9 reorder what follows them, so that a line can be made to read as something else. */
static bool changes_direction(uint32_t code)
{
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

static uint32_t shown_for(uint32_t code)
{
    if (code == ENCODING_ILL_FORMED || (code >= 0x80 && code < 0xA0) || changes_direction(code))
        return 0xFFFD;
    if (code == '\n' || code == 0x2028 || code == 0x2029)
        return '\n';
    if (code == '\t')
        return ' ';
    if (code < 0x20)
        return 0x2400 + code;
    return code == 0x7F ? 0x2421 : code;
}

/* East Asian width where the C library knows no such character. */
static unsigned assumed_width(uint32_t code)
{
    bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
                (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
                (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF01 && code <= 0xFF60) ||
                (code >= 0x1F300 && code <= 0x1FAFF) || (code >= 0x20000 && code <= 0x3FFFD);
    return wide ? 2 : 1;
}

/* Most text is ASCII or Chinese, which the C library need not be asked for. */
static unsigned width_of(uint32_t code)
{
    if (code >= 0x20 && code < 0x7F)
        return 1;
    if (code >= 0x4E00 && code < 0xA000)
        return 2;
    int width = code == '\n' ? 0 : wcwidth((wchar_t)code);
    return width < 0 ? assumed_width(code) : (unsigned)width;
}

terminal_glyph terminal_next(const char *text, size_t size, size_t at)
{
    terminal_glyph glyph = { 0 };
    uint32_t code = 0;
    glyph.end = encoding_next(text, size, at, &code);
    glyph.code = shown_for(code);
    glyph.size = encoding_put(glyph.code, glyph.bytes);
    glyph.columns = width_of(glyph.code);
    return glyph;
}

size_t terminal_columns(const char *text)
{
    size_t columns = 0;
    size_t size = strlen(text);
    for (size_t at = 0; at < size;) {
        terminal_glyph glyph = terminal_next(text, size, at);
        columns += glyph.columns;
        at = glyph.end;
    }
    return columns;
}

size_t terminal_put_line(writer *out, const char *text, size_t columns)
{
    size_t size = strlen(text);
    size_t used = 0;
    /* One column is kept for the ellipsis unless the rest fits after all. */
    bool fits = columns == 0 || terminal_columns(text) <= columns;
    for (size_t at = 0; at < size;) {
        terminal_glyph glyph = terminal_next(text, size, at);
        if (!fits && used + glyph.columns + 1 > columns) {
            writer_text(out, "…");
            return used + 1;
        }
        if (glyph.code == '\n')
            writer_put(out, " ", 1);
        else
            writer_put(out, glyph.bytes, glyph.size);
        used += glyph.code == '\n' ? 1 : glyph.columns;
        at = glyph.end;
    }
    return used;
}

void terminal_put_lines(writer *out, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        terminal_glyph glyph = terminal_next(text, size, at);
        writer_put(out, glyph.bytes, glyph.size);
        at = glyph.end;
    }
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Hits into lines for people: what matched is marked, nothing is cut off silently. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "message.h"
#include "output.h"

enum { FIRST_WORDS = 60 };

static const char color_match[] = "\033[1;31m";
static const char color_title[] = "\033[1m";
static const char color_faint[] = "\033[2m";
static const char color_off[] = "\033[0m";

/* Text being written with its matches marked and its lines broken. */
typedef struct marking {
    output *o;
    const bulletin_range *ranges;
    size_t count;
    size_t next;      /* the first range that is not finished */
    bool inside;      /* within it */
    const char *base; /* colour outside of ranges; "" = none */
    unsigned indent;
    unsigned column;
} marking;

static void put_sign(marking *m, bool on)
{
    bool color = m->o->terminal.color;
    if (color && !on)
        writer_text(m->o->out, color_off);
    writer_text(m->o->out, color ? (on ? color_match : m->base) : on ? "【" : "】");
    m->column += color ? 0 : 2;
    m->inside = on;
}

/* Open or close marks that are due before byte `at`. */
static void mark(marking *m, size_t at)
{
    if (m->inside && at >= m->ranges[m->next].end) {
        put_sign(m, false);
        m->next++;
    }
    if (!m->inside && m->next < m->count && at >= m->ranges[m->next].start)
        put_sign(m, true);
}

/* Chinese punctuation that must not begin a line. */
static bool closes(uint32_t code)
{
    static const uint32_t closing[] = { 0x3001, 0x3002, 0x300B, 0x300D, 0x300F, 0x3011, 0xFF01,
                                        0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F, 0x201D };
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (closing[i] == code)
            return true;
    return false;
}

static bool is_blank(const terminal_glyph *glyph)
{
    return glyph->code == ' ' || glyph->code == '\n';
}

/* The piece at text[at] that a line break must not cut: a word, or a wide character with what closes it. */
static size_t piece_end(const char *text, size_t size, size_t at, unsigned *columns)
{
    terminal_glyph glyph = terminal_next(text, size, at);
    bool wide = glyph.columns == 2;
    *columns = glyph.columns;
    if (is_blank(&glyph))
        return glyph.end;
    while (glyph.end < size) {
        terminal_glyph next = terminal_next(text, size, glyph.end);
        bool joins = next.columns == 0 ? next.code != '\n'
                     : wide            ? closes(next.code)
                                       : next.columns == 1 && !is_blank(&next);
        if (!joins)
            break;
        *columns += next.columns;
        glyph = next;
    }
    return glyph.end;
}

static void put_piece(marking *m, const char *text, size_t at, size_t end)
{
    while (at < end) {
        terminal_glyph glyph = terminal_next(text, end, at);
        mark(m, at);
        if (is_blank(&glyph))
            writer_put(m->o->out, " ", 1);
        else
            writer_put(m->o->out, glyph.bytes, glyph.size);
        m->column += is_blank(&glyph) ? 1 : glyph.columns;
        at = glyph.end;
    }
}

static void break_line(marking *m)
{
    writer_format(m->o->out, "\n%*s", (int)m->indent, "");
    m->column = m->indent;
}

static void put_marked(marking *m, const char *text)
{
    size_t size = strlen(text);
    unsigned width = m->o->terminal.width;
    for (size_t at = 0; at < size;) {
        unsigned columns = 0;
        size_t end = piece_end(text, size, at, &columns);
        bool full = width > 0 && m->column + columns > width && m->column > m->indent;
        if (full)
            break_line(m);
        if (!full || text[at] != ' ')
            put_piece(m, text, at, end);
        at = end;
    }
    if (m->inside)
        put_sign(m, false);
}

static void put_color(const output *o, const char *color)
{
    if (o->terminal.color)
        writer_text(o->out, color);
}

/* Text of a field with what matched in it, from `indent` on. */
static void put_field(output *o, bulletin_hits *hits, bulletin_field field, const char *base, unsigned indent)
{
    const char *text = bulletin_hits_text(hits, field);
    marking m = { .o = o, .base = base, .indent = indent, .column = indent };
    if (text == NULL)
        return;
    m.ranges = bulletin_hits_highlights(hits, field, &m.count);
    put_color(o, base);
    put_marked(&m, text);
    put_color(o, color_off);
}

static void put_title(output *o, bulletin_hits *hits, unsigned indent)
{
    const char *title = bulletin_hits_text(hits, BULLETIN_TITLE);
    const char *body = title == NULL ? bulletin_hits_text(hits, BULLETIN_BODY) : NULL;
    if (title != NULL)
        put_field(o, hits, BULLETIN_TITLE, color_title, indent);
    else
        terminal_put_line(o->out, body == NULL ? "" : body, FIRST_WORDS);
    writer_text(o->out, "\n");
}

static size_t count_reposts(bulletin_hits *hits)
{
    bulletin_repost one;
    size_t count = 0;
    while (bulletin_hits_repost(hits, count, &one) == BULLETIN_OK)
        count++;
    return count;
}

static void put_facts(output *o, bulletin_hits *hits, unsigned indent)
{
    const char *published = bulletin_hits_text(hits, BULLETIN_PUBLISHED);
    const char *source = bulletin_hits_text(hits, BULLETIN_SOURCE);
    writer_format(o->out, "%*s", (int)indent, "");
    put_color(o, color_faint);
    writer_text(o->out, published == NULL ? message_text("undated") : published);
    writer_text(o->out, "  ");
    if (source != NULL) {
        terminal_put_line(o->out, source, 0);
        writer_text(o->out, "  ");
    }
    writer_format(o->out, "#%" PRId64, bulletin_hits_id(hits));
    size_t reposts = o->collapse ? count_reposts(hits) : 0;
    if (reposts > 0)
        writer_format(o->out, message_text("  and %zu more of the story"), reposts);
    put_color(o, color_off);
    writer_text(o->out, "\n");
}

static void text_hit(output *o, bulletin_hits *hits)
{
    char rank[32];
    unsigned indent = (unsigned)snprintf(rank, sizeof rank, "%3" PRIu64 "  ", bulletin_hits_rank(hits));
    const char *snippet = bulletin_hits_text(hits, BULLETIN_SNIPPET);
    writer_text(o->out, o->shown > 0 ? "\n" : "");
    writer_text(o->out, rank);
    put_title(o, hits, indent);
    put_facts(o, hits, indent);
    if (snippet == NULL || *snippet == '\0')
        return;
    writer_format(o->out, "%*s", (int)indent, "");
    put_field(o, hits, BULLETIN_SNIPPET, "", indent);
    writer_text(o->out, "\n");
}

static void text_begin(output *o, bulletin_hits *hits)
{
    (void)o;
    if (bulletin_hits_total(hits, BULLETIN_TOTAL_PARTIAL) == 1 &&
        bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS) > 0)
        message_note("no bulletin has all the words; these have some of them");
}

/* "10 of 596", when not all are shown. */
static void put_extent(output *o, uint64_t total)
{
    if (o->shown >= total || o->shown == 0)
        return;
    if (o->offset == 0)
        writer_format(o->out, message_text("\n%" PRIu64 " of %" PRIu64 "\n"), o->shown, total);
    else
        writer_format(o->out, message_text("\n%" PRIu64 "-%" PRIu64 " of %" PRIu64 "\n"), o->offset + 1,
                      o->offset + o->shown, total);
}

/* The same where not all were looked at. */
static void put_bound(output *o, uint64_t most)
{
    if (o->shown == 0)
        return;
    if (o->offset == 0)
        writer_format(o->out, message_text("\n%" PRIu64 " of at most %" PRIu64 "\n"), o->shown, most);
    else
        writer_format(o->out, message_text("\n%" PRIu64 "-%" PRIu64 " of at most %" PRIu64 "\n"),
                      o->offset + 1, o->offset + o->shown, most);
}

/* Which other words found something, when they changed the answer: a line for each typed word. */
static void note_expansions(const bulletin_hits *hits)
{
    char words[3500] = "";
    size_t used = 0;
    const char *typed = NULL;
    bulletin_expansion one;
    if (bulletin_hits_total(hits, BULLETIN_TOTAL_CANDIDATES) < 0 &&
        bulletin_hits_total(hits, BULLETIN_TOTAL_AS_TYPED) ==
            bulletin_hits_total(hits, BULLETIN_TOTAL_BULLETINS))
        return;
    for (size_t i = 0; bulletin_hits_expansion(hits, i, &one) == BULLETIN_OK; i++) {
        if (one.bulletins == 0)
            continue;
        size_t needed = strlen(one.text) + 32;
        if (typed != NULL && (strcmp(typed, one.typed) != 0 || used + needed > sizeof words)) {
            message_note("%s: also looked for %s", typed, words);
            used = 0;
        }
        if (needed > sizeof words)
            continue;
        used += (size_t)snprintf(words + used, sizeof words - used, "%s%s (%" PRId64 ")",
                                 used == 0 ? "" : "; ", one.text, one.bulletins);
        typed = one.typed;
    }
    if (typed != NULL)
        message_note("%s: also looked for %s", typed, words);
}

static void note_suggestions(const bulletin_hits *hits)
{
    const char *query;
    for (size_t i = 0; (query = bulletin_hits_suggestion(hits, i)) != NULL; i++)
        message_note("did you mean: %s", query);
}

static void text_end(output *o, bulletin_hits *hits, const char *error)
{
    (void)error;
    int64_t total =
        bulletin_hits_total(hits, o->collapse ? BULLETIN_TOTAL_STORIES : BULLETIN_TOTAL_BULLETINS);
    int64_t inside = bulletin_hits_total(hits, BULLETIN_TOTAL_INSIDE_WORDS);
    int64_t undated = bulletin_hits_total(hits, BULLETIN_TOTAL_UNDATED_EXCLUDED);
    int64_t around = bulletin_hits_total(hits, BULLETIN_TOTAL_FURNITURE_ONLY);
    int64_t candidates = bulletin_hits_total(hits, BULLETIN_TOTAL_CANDIDATES);
    if (candidates < 0)
        put_extent(o, total < 0 ? 0 : (uint64_t)total);
    else
        put_bound(o, (uint64_t)candidates);
    writer_flush(o->out);
    if (total == 0 || (total < 0 && o->shown == 0))
        message_say("nothing found");
    if (candidates >= 0 && o->shown < o->limit)
        message_note("%" PRId64
                     " bulletins hold it; only the best were looked at for words: --limit 0 looks at all",
                     candidates);
    note_suggestions(hits);
    if (total == 0 && around > 0)
        message_note("%" PRId64 " hold it around the article only: --all-text shows them", around);
    if (bulletin_hits_total(hits, BULLETIN_TOTAL_PARTIAL) > 0)
        message_note("no bulletin has all the words; these have most of them");
    note_expansions(hits);
    if (inside > 0)
        message_note("%" PRId64 " of the bulletins only inside other words", inside);
    if (undated > 0)
        message_note("%" PRId64 " more match but have no date", undated);
}

const output_format output_text = { "text",     true,     false,   "id,title,published,source,snippet",
                                    text_begin, text_hit, text_end };

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Turns text into folded glyphs that know which bytes they came from. */
#include "fold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "fold_entry.h"
#include "fold_table.h"
#include "segment.h"
#include "token.h"

#define KEYCAP 0x20E3u

_Static_assert(BL_CLASS_SPACE < BL_CLASS_BREAK && BL_CLASS_BREAK < BL_CLASS_LETTER,
               "white space comes first");

/* Where reading stands in a grapheme cluster (UAX #29). */
typedef struct cluster_state {
    uint8_t last;    /* bl_cluster_class of the code point before */
    bool pictograph; /* an emoji and its extenders stand before */
    bool joiner;     /* … and a ZWJ directly before */
    bool odd;        /* an odd number of regional indicators stands before */
} cluster_state;

/* A code point of the original, one ahead of what is being folded. */
typedef struct reading {
    uint32_t code;
    uint32_t entry;
    size_t start;
    size_t end; /* equal to start when the text is over */
} reading;

typedef struct folding {
    bl_error *e;
    const char *text;
    size_t size;
    bl_folded *out;
    reading ahead;
    cluster_state cluster;
    bool started; /* white space is pending, of this class and these bytes */
    bl_class space;
    size_t space_start;
    size_t space_last; /* where its last code point begins */
    size_t space_end;
    bool shed; /* the cluster that may go on began with what fell, at this byte */
    size_t shed_start;
} folding;

static inline uint8_t cluster_class_of(uint32_t entry)
{
    return entry >> BL_ENTRY_CLUSTER & 15;
}

unsigned bl_cluster_class_of(uint32_t code)
{
    return cluster_class_of(bl_fold_entry_of(code));
}

size_t bl_fold_code(uint32_t code, uint32_t out[BL_FOLD_LONGEST])
{
    uint32_t entry = bl_fold_entry_of(code), value = entry & BL_ENTRY_VALUE;
    if (!(entry & BL_ENTRY_EXPANDS)) {
        out[0] = code ^ value;
        return 1;
    }
    memcpy(out, bl_fold_expansion + value + 1, bl_fold_expansion[value] * sizeof *out);
    return bl_fold_expansion[value];
}

/* ------------------------------------------------------------------------------------------- clusters */

static bool hangul_joins(unsigned last, unsigned next)
{
    if (last == BL_CLUSTER_L)
        return next == BL_CLUSTER_L || next == BL_CLUSTER_V || next == BL_CLUSTER_LV ||
               next == BL_CLUSTER_LVT;
    if (last == BL_CLUSTER_LV || last == BL_CLUSTER_V)
        return next == BL_CLUSTER_V || next == BL_CLUSTER_T;
    return (last == BL_CLUSTER_LVT || last == BL_CLUSTER_T) && next == BL_CLUSTER_T;
}

bool bl_cluster_neighbours_join(unsigned last, unsigned next)
{
    if (last == BL_CLUSTER_CONTROL || next == BL_CLUSTER_CONTROL)
        return false;
    if (next == BL_CLUSTER_EXTEND || next == BL_CLUSTER_ZWJ || next == BL_CLUSTER_SPACING)
        return true;
    return last == BL_CLUSTER_PREPEND || hangul_joins(last, next);
}

static bool unusual_step(cluster_state *s, uint8_t last, uint8_t next)
{
    bool joins = bl_cluster_neighbours_join(last, next) || (s->joiner && next == BL_CLUSTER_PICTOGRAPH) ||
                 (s->odd && next == BL_CLUSTER_REGIONAL);
    s->odd = next == BL_CLUSTER_REGIONAL && !s->odd;
    s->joiner = next == BL_CLUSTER_ZWJ && s->pictograph;
    s->pictograph = next == BL_CLUSTER_PICTOGRAPH || (next == BL_CLUSTER_EXTEND && s->pictograph);
    return joins;
}

/* Whether the next code point goes on with the cluster before it. */
static inline bool cluster_step(cluster_state *s, uint8_t next)
{
    uint8_t last = s->last;
    s->last = next;
    return (last | next) != BL_CLUSTER_OTHER && unusual_step(s, last, next);
}

/* --------------------------------------------------------------------------------------------- writing */

static bool make_room(folding *f)
{
    bl_folded *out = f->out;
    if (bl_grow(&out->text, &out->text_capacity, out->size + BL_FOLD_SLACK, 1) &&
        bl_grow(&out->glyphs, &out->glyph_capacity, out->count + 2, sizeof *out->glyphs))
        return true;
    bl_fail_nomem(f->e);
    return false;
}

/* Room for white space and one code point, and for the NUL. */
static inline bool has_room(const bl_folded *out)
{
    return out->size + BL_FOLD_SLACK <= out->text_capacity && out->count + 2 <= out->glyph_capacity;
}

static bool reserve(folding *f)
{
    return has_room(f->out) || make_room(f);
}

/* Most of a Chinese text has three bytes a character. */
static inline size_t write_code(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800 || code > 0xFFFF)
        return bl_utf8_put(out, code);
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}

static inline void append(bl_folded *out, uint32_t code, bl_class class, size_t start, size_t end,
                          bool joined)
{
    bl_glyph *glyph = &out->glyphs[out->count++];
    glyph->code = code;
    glyph->at = (uint32_t)out->size;
    glyph->start = (uint32_t)start;
    glyph->end = (uint32_t)end;
    glyph->kind = (uint8_t) class;
    glyph->joined = joined;
    out->size += write_code(out->text + out->size, code);
}

static bool wordlike(bl_class class)
{
    return class == BL_CLASS_LETTER || class == BL_CLASS_DIGIT || class == BL_CLASS_COMPLEX;
}

/* The class that the last cluster would have if the folded text so far were the original. */
static bl_class tail_class(const bl_folded *out)
{
    const bl_glyph *glyphs = out->glyphs;
    size_t i = out->count - 1;
    while (i > 0 && glyphs[i - 1].kind > BL_CLASS_BREAK &&
           bl_cluster_neighbours_join(bl_cluster_class_of(glyphs[i - 1].code),
                                      bl_cluster_class_of(glyphs[i].code)))
        i--;
    bl_class class = bl_fold_class_of(bl_fold_entry_of(glyphs[i].code));
    bool keycap = class == BL_CLASS_DIGIT && i + 1 < out->count && glyphs[i + 1].code == KEYCAP;
    return keycap ? BL_CLASS_SYMBOL : class;
}

static bool either_side(bl_class last, bl_class next)
{
    return (last == BL_CLASS_CJK && wordlike(next)) || (wordlike(last) && next == BL_CLASS_CJK);
}

/* White space between CJK and letters or digits is typography, not text. It stays before what would else go
 * on with the cluster in front of it, and behind a mark of another class than its base, which can be a token
 * of its own. To be the same for folded text, this looks at nothing but what is folded. */
static bool space_falls(const folding *f, uint32_t code, bl_class next)
{
    if (f->space == BL_CLASS_BREAK || f->out->count == 0)
        return false;
    uint32_t last = f->out->glyphs[f->out->count - 1].code;
    return either_side(tail_class(f->out), next) &&
           either_side(bl_fold_class_of(bl_fold_entry_of(last)), next) &&
           !bl_cluster_neighbours_join(bl_cluster_class_of(last), bl_cluster_class_of(code));
}

static void flush_space(folding *f, uint32_t code, bl_class next)
{
    if (f->started && !space_falls(f, code, next))
        append(f->out, f->space == BL_CLASS_BREAK ? '\n' : ' ', f->space, f->space_start, f->space_end,
               false);
    f->started = false;
}

/* Where what is written so far ends in the original. */
static size_t written_end(const bl_folded *out)
{
    return out->count > 0 ? out->glyphs[out->count - 1].end : 0;
}

/* A space can go on with a cluster (after a prepended sign), and then the sign's range takes it in. */
static void add_space(folding *f, bl_class class, size_t start, size_t end, bool joined)
{
    if (!f->started) {
        f->started = true;
        f->space = BL_CLASS_SPACE;
        f->space_start = start;
        if (joined && f->out->count > 0)
            f->out->glyphs[f->out->count - 1].end = (uint32_t)end;
    } else if (!joined && f->space_start < written_end(f->out)) {
        f->space_start = start;
    }
    if (class == BL_CLASS_BREAK)
        f->space = BL_CLASS_BREAK;
    f->space_last = start;
    f->space_end = end;
}

/* Write one folded code point. In a cluster all glyphs are of the kind of its first, but that a keycap makes
 * a symbol of a digit. What goes on with white space, or with nothing but what fell, begins a cluster of its
 * own, whose range takes in the last of that. */
static void put(folding *f, uint32_t code, bl_class class, size_t start, size_t end, bool joined)
{
    f->shed = f->shed && joined;
    if (class == BL_CLASS_SPACE || class == BL_CLASS_BREAK) {
        add_space(f, class, start, end, joined);
        return;
    }
    if (!reserve(f))
        return;
    bool alone = joined && (f->started || f->shed);
    if (joined && f->shed)
        start = f->shed_start;
    else if (alone)
        start = f->space_last;
    f->shed = false;
    flush_space(f, code, class);
    joined = joined && !alone && f->out->count > 0;
    if (joined) {
        bl_glyph *last = &f->out->glyphs[f->out->count - 1];
        if (code == KEYCAP && !last->joined && last->kind == BL_CLASS_DIGIT)
            last->kind = BL_CLASS_SYMBOL;
        class = (bl_class)last->kind;
    }
    append(f->out, code, class, start, end, joined);
}

/* --------------------------------------------------------------------------------------------- reading */

/* Three bytes from E1 to EC lead, without a function call; 0 for anything else. */
static inline uint32_t read_three(const char *text, size_t left)
{
    const unsigned char *s = (const unsigned char *)text;
    if (left < 3 || s[0] < 0xE1 || s[0] > 0xEC || ((s[1] ^ 0x80u) | (s[2] ^ 0x80u)) > 0x3F)
        return 0;
    return (s[0] & 0x0Fu) << 12 | (s[1] ^ 0x80u) << 6 | (s[2] ^ 0x80u);
}

/* A code point of one byte or three; false for another length. */
static inline bool read_short(const char *text, size_t size, size_t at, reading *out)
{
    if (at >= size)
        return false;
    out->start = at;
    out->code = (unsigned char)text[at];
    out->end = at + 1;
    if (out->code >= 0x80) {
        out->code = read_three(text + at, size - at);
        out->end = at + 3;
    }
    out->entry = bl_fold_entry_of(out->code);
    return out->code != 0;
}

static void read_ahead(folding *f)
{
    size_t at = f->ahead.end;
    if (read_short(f->text, f->size, at, &f->ahead))
        return;
    f->ahead.start = f->ahead.end = at;
    if (at >= f->size)
        return;
    f->ahead.code = bl_utf8_next(f->text, f->size, &f->ahead.end);
    f->ahead.entry = bl_fold_entry_of(f->ahead.code);
    f->out->replaced += f->ahead.code == BL_REPLACEMENT;
}

static inline bool over(const folding *f)
{
    return f->ahead.start == f->ahead.end;
}

/* Glyphs of one range. Where the first goes on with a cluster all do, or a token could begin inside it; not
 * where nothing of that cluster is kept. */
static void put_all(folding *f, const uint32_t *code, size_t count, size_t start, size_t end, bool joined)
{
    if (joined && f->shed && count > 0) {
        start = f->shed_start;
        f->shed = joined = false;
    }
    uint8_t last = BL_CLUSTER_CONTROL;
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = bl_fold_entry_of(code[i]);
        put(f, code[i], bl_fold_class_of(entry), start, end,
            joined || bl_cluster_neighbours_join(last, cluster_class_of(entry)));
        last = cluster_class_of(entry);
    }
}

/* Take in all that clings to a base. Returns where the last cluster begins when nothing of it is kept (a
 * Hangul filler, whose cluster may go on behind the segment), else where the segment ends. */
static size_t collect(folding *f, bl_segment *segment, size_t end)
{
    size_t tail = end;
    while (!over(f) && f->ahead.entry & BL_ENTRY_CLINGS) {
        size_t kept = segment->count;
        uint8_t class = cluster_class_of(f->ahead.entry);
        if (!bl_segment_add(segment, f->ahead.code))
            break;
        bool begins = !cluster_step(&f->cluster, class) && class != BL_CLUSTER_CONTROL;
        bool dangling = tail < end;
        end = f->ahead.end;
        if (segment->count > kept)
            tail = end;
        else if (begins)
            tail = f->ahead.start;
        else if (!dangling)
            tail = end;
        read_ahead(f);
    }
    return tail;
}

/* Let the cluster of what stands before end behind what fell. */
static void take_in(folding *f, size_t end)
{
    bl_folded *out = f->out;
    if (out->count > 0 && (!f->started || f->space_start < written_end(out))) {
        uint32_t start = out->glyphs[out->count - 1].start;
        for (size_t i = out->count; i > 0 && out->glyphs[i - 1].start == start; i--)
            out->glyphs[i - 1].end = (uint32_t)end;
    }
    if (f->started)
        f->space_end = end;
}

/* Fold a base and all that clings to it. */
static void fold_segment(folding *f, const reading *first)
{
    bl_segment segment;
    segment.count = segment.starters = segment.marks = 0;
    bl_segment_add(&segment, first->code);
    bool joined = cluster_step(&f->cluster, cluster_class_of(first->entry));
    size_t end = collect(f, &segment, first->end), behind = f->ahead.start;
    bl_segment_fold(f->e, &segment);
    put_all(f, segment.folded, segment.folded_count, first->start, end, joined);
    bool falls = segment.folded_count == 0, goes_on = joined && !f->shed;
    if (falls && goes_on)
        take_in(f, end);
    if (!falls || goes_on) {
        f->shed = end < behind;
        f->shed_start = end;
        return;
    }
    if (!f->shed || !joined)
        f->shed_start = first->start;
    f->shed = true;
}

/* A control character that is white space; no mark can belong to it. */
static bool control(uint32_t entry)
{
    return !(entry & BL_ENTRY_EXPANDS) && bl_fold_class_of(entry) <= BL_CLASS_BREAK &&
           cluster_class_of(entry) == BL_CLUSTER_CONTROL;
}

static void fold_one(folding *f)
{
    reading now = f->ahead;
    read_ahead(f);
    if (now.entry & BL_ENTRY_CLINGS ||
        (!over(f) && f->ahead.entry & BL_ENTRY_CLINGS && !control(now.entry))) {
        fold_segment(f, &now);
        return;
    }
    bool joined = cluster_step(&f->cluster, cluster_class_of(now.entry));
    uint32_t value = now.entry & BL_ENTRY_VALUE;
    if (now.entry & BL_ENTRY_EXPANDS)
        put_all(f, bl_fold_expansion + value + 1, bl_fold_expansion[value], now.start, now.end, joined);
    else
        put(f, now.code ^ value, bl_fold_class_of(now.entry), now.start, now.end, joined);
}

/* Nothing but a code point and a class up to this one, other than white space. */
static inline bool plain_to(uint32_t entry, bl_class last)
{
    const uint32_t first = BL_CLASS_BREAK + 1u;
    return entry - (first << BL_ENTRY_CLASS) < (last + 1u - first) << BL_ENTRY_CLASS;
}

_Static_assert(BL_ENTRY_CLUSTER == BL_ENTRY_CLASS + 3 && BL_CLASS_SYMBOL < 1 << 3,
               "what stands above a class is 0 where it is the highest");

static inline bool plain(uint32_t entry)
{
    return plain_to(entry, BL_CLASS_SYMBOL);
}

/* Fold a run of characters that meet nothing unusual; most of any text. Works on copies, since a store to the
 * folded text would make the compiler read everything else again. */
static void fold_plain(folding *f)
{
    bl_folded out = *f->out;
    reading ahead = f->ahead, next;
    if (f->started || f->shed || f->cluster.last != BL_CLUSTER_OTHER)
        return;
    while (plain(ahead.entry) && read_short(f->text, f->size, ahead.end, &next) &&
           !(next.entry & BL_ENTRY_CLINGS) && has_room(&out)) {
        append(&out, ahead.code ^ (ahead.entry & BL_ENTRY_VALUE), bl_fold_class_of(ahead.entry), ahead.start,
               ahead.end, false);
        ahead = next;
    }
    f->ahead = ahead;
    f->out->size = out.size;
    f->out->count = out.count;
}

void bl_fold(bl_error *e, const char *text, size_t size, bl_folded *out)
{
    out->size = out->count = out->replaced = 0;
    if (bl_failed(e))
        return;
    if (size > BL_FOLD_LIMIT) {
        bl_fail(e, BULLETIN_BAD_INPUT, "a text of %zu bytes is too long; the most is %u", size,
                BL_FOLD_LIMIT);
        return;
    }
    folding f = { .e = e, .text = text, .size = size, .out = out, .cluster = { .last = BL_CLUSTER_CONTROL } };
    read_ahead(&f);
    while (!over(&f) && !bl_failed(e)) {
        fold_one(&f);
        fold_plain(&f);
    }
    if (!reserve(&f))
        return;
    flush_space(&f, ' ', BL_CLASS_SPACE);
    out->text[out->size] = '\0';
}

/* A code point of one byte to three; 0 for anything else. */
static inline uint32_t read_any(const char *text, size_t left)
{
    const unsigned char *s = (const unsigned char *)text;
    if (left == 0 || s[0] < 0x80)
        return left == 0 ? 0 : s[0];
    if (s[0] >= 0xE0)
        return read_three(text, left);
    return left > 1 && s[0] >= 0xC2 && (s[1] ^ 0x80u) < 0x40 ? (s[0] & 0x1Fu) << 6 | (s[1] ^ 0x80u) : 0;
}

static inline bool plain_ascii(char c)
{
    return (unsigned char)c < 0x80 && plain(bl_fold_entry_of((unsigned char)c));
}

/* A run of ASCII, single blanks within it too; how many characters. */
static inline size_t fold_ascii(const char *text, size_t size, uint32_t *codes)
{
    size_t count = 0;
    for (; count < size && (unsigned char)text[count] < 0x80; count++) {
        const uint32_t code = (unsigned char)text[count], entry = bl_fold_entry_of(code);
        const bool within = count > 0 && count + 1 < size;
        if (!plain(entry) && !(code == ' ' && within && plain_ascii(text[count + 1])))
            break;
        codes[count] = code ^ (entry & BL_ENTRY_VALUE);
    }
    return count;
}

/* A run of characters of three bytes that are no symbols; how many. */
static inline size_t fold_threes(const char *text, size_t size, uint32_t *codes)
{
    size_t count = 0;
    for (; size >= 3; text += 3, size -= 3) {
        const uint32_t code = read_three(text, size), entry = bl_fold_entry_of(code);
        if (!plain_to(entry, BL_CLASS_COMPLEX))
            break;
        codes[count++] = code ^ (entry & BL_ENTRY_VALUE);
    }
    return count;
}

/* A character of two bytes that is no symbol, or a blank that stays what it is, for neither before nor behind
 * it is another or CJK: how many bytes, 0 for anything else. */
static size_t fold_other(const char *text, size_t size, uint32_t *code, uint32_t before)
{
    const uint32_t one = read_any(text, size), entry = bl_fold_entry_of(one);
    const uint32_t last = bl_fold_entry_of(before), next = bl_fold_entry_of(read_any(text + 1, size - 1));
    *code = one ^ (entry & BL_ENTRY_VALUE);
    if (one >= 0x80)
        return one < 0x800 && plain_to(entry, BL_CLASS_COMPLEX) ? 2 : 0;
    return one == ' ' && plain(last) && bl_fold_class_of(last) != BL_CLASS_CJK && plain(next) &&
           bl_fold_class_of(next) != BL_CLASS_CJK;
}

size_t bl_fold_plain(const char *text, size_t size, uint32_t *codes)
{
    size_t count = 0;
    for (size_t at = 0, bytes; at < size; at += bytes) {
        const uint32_t last = count > 0 ? codes[count - 1] : 0;
        size_t n = fold_threes(text + at, size - at, codes + count);
        bytes = 3 * n;
        if (n == 0)
            n = bytes = fold_ascii(text + at, size - at, codes + count);
        if (n == 0) {
            bytes = fold_other(text + at, size - at, codes + count, last);
            n = bytes > 0;
        }
        if (n == 0)
            return 0;
        count += n;
    }
    return count;
}

bl_class bl_fold_class(uint32_t code)
{
    return bl_fold_class_of(bl_fold_entry_of(code));
}

void bl_folded_free(bl_folded *folded)
{
    free(folded->text);
    free(folded->glyphs);
    *folded = (bl_folded){ 0 };
}

const char *bl_token_identity(void)
{
    return "bulletin " BL_TOKEN_SCHEME " fold " FOLD_TABLE_DIGEST " words " FOLD_TABLE_WORDS;
}

char *bl_fold_copy(bl_error *e, const char *text)
{
    bl_folded out = { 0 };
    bl_fold(e, text, strlen(text), &out);
    char *copy = bl_failed(e) ? NULL : strdup(out.text ? out.text : "");
    if (!copy)
        bl_fail_nomem(e);
    bl_folded_free(&out);
    return copy;
}

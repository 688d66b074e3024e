/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* JSON-LD to what it says of the article: a reader that passes over whatever it does not understand. */
#include <string.h>

#include "base/utf8.h"
#include "html_meta.h"
#include "piece.h"
#include "tags.h"

/* Keys that say something. */
typedef enum key {
    NO_KEY,
    TYPE,
    HEADLINE,
    PUBLISHED,
    MODIFIED,
    BODY,
    AUTHOR,
    PUBLISHER,
    NAME,
    ADDRESS,
    ID,
    KEYS
} key;

/* An object that is being read: its strings as they stand there, escapes and all. */
typedef struct frame {
    bl_piece value[KEYS];
    key under; /* the key of its parent that it stands under */
    bool array;
    bool article;
    bool page; /* that holds one, or itself is all there is */
} frame;

/* Objects with a name that others refer to, and what an article refers to: "publisher": {"@id": "#org"}. */
enum { MOST_NAMED = 32 };
typedef struct graph {
    bl_piece id[MOST_NAMED], name[MOST_NAMED];
    size_t count;
    bl_piece author, publisher;
} graph;

/* What nests deeper is passed over. */
enum { DEEPEST = 24 };

typedef struct reader {
    bl_error *e;
    bl_html_meta *meta;
    const char *s;
    const char *end;
    frame frames[DEEPEST];
    size_t depth; /* open objects and arrays; may be more than there are frames */
    key last;     /* the key whose value comes next */
    graph graph;
} reader;

static key key_of(bl_piece text)
{
    static const struct {
        const char *name;
        key key;
    } names[] = { { "@type", TYPE },        { "headline", HEADLINE },     { "datePublished", PUBLISHED },
                  { "pubDate", PUBLISHED }, { "dateModified", MODIFIED }, { "upDate", MODIFIED },
                  { "articleBody", BODY },  { "author", AUTHOR },         { "publisher", PUBLISHER },
                  { "name", NAME },         { "url", ADDRESS },           { "@id", ID } };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i].name) == text.size && memcmp(names[i].name, text.text, text.size) == 0)
            return names[i].key;
    return NO_KEY;
}

static bool is_article_type(bl_piece type)
{
    static const char *const ends[] = { "Article", "Posting", "Report", "Recipe", "Review", NULL };
    return bl_piece_ends(type, ends) > 0;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The code unit behind \u; -1 when there is none. */
static int unit_at(bl_piece p, size_t at)
{
    int unit = 0;
    if (at + 6 > p.size || p.text[at] != '\\' || p.text[at + 1] != 'u')
        return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(p.text[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static size_t put_unit(bl_buffer *out, bl_piece p, size_t at)
{
    int unit = unit_at(p, at), low = unit_at(p, at + 6);
    char bytes[4];
    if (unit < 0)
        return 2;
    bool pair = unit >= 0xD800 && unit < 0xDC00 && low >= 0xDC00 && low < 0xE000;
    uint32_t code = pair ? 0x10000u + (((uint32_t)unit - 0xD800u) << 10) + ((uint32_t)low - 0xDC00u)
                    : unit == 0 || (unit >= 0xD800 && unit < 0xE000) ? BL_REPLACEMENT
                                                                     : (uint32_t)unit;
    bl_buffer_append(out, bytes, bl_utf8_put(bytes, code));
    return pair ? 12 : 6;
}

static void unescape(bl_piece p, bl_buffer *out)
{
    for (size_t at = 0; at < p.size;) {
        const char *next = memchr(p.text + at, '\\', p.size - at);
        size_t stop = next ? (size_t)(next - p.text) : p.size;
        bl_buffer_append(out, p.text + at, stop - at);
        at = stop;
        if (at + 1 >= p.size)
            break;
        char c = p.text[at + 1];
        if (c == 'u') {
            at += put_unit(out, p, at);
            continue;
        }
        bl_buffer_putc(out, c == 'n' || c == 'r' ? '\n' : c == 't' || c == 'b' || c == 'f' ? ' ' : c);
        at += 2;
    }
}

/* Values may hold markup and character references. */
static void offer(reader *r, bl_meta_field field, unsigned rank, bl_piece value)
{
    bl_buffer text = { 0 }, plain = { 0 };
    if (value.size == 0 || bl_failed(r->e))
        return;
    unescape(value, &text);
    if (text.failed)
        bl_fail_nomem(r->e);
    else if (text.size > 0)
        bl_tags_remove(r->e, text.data, text.size, &plain);
    const bl_buffer *best = plain.size > 0 ? &plain : &text;
    if (best->size > 0 && field == BL_META_TEXT && rank > r->meta->rank[field])
        bl_meta_text(r->e, r->meta, rank, best);
    else if (best->size > 0)
        bl_meta_offer(r->e, r->meta, field, rank, best->data, best->size);
    bl_buffer_free(&text);
    bl_buffer_free(&plain);
}

/* Keep an object's name for those that refer to it, and whom an article refers to. */
static void note_names(reader *r, const frame *f, const frame *parent)
{
    graph *g = &r->graph;
    if (f->array || f->value[ID].size == 0)
        return;
    if (f->value[NAME].size > 0) {
        if (g->count < MOST_NAMED) {
            g->id[g->count] = f->value[ID];
            g->name[g->count++] = f->value[NAME];
        }
        return;
    }
    bool of_article = parent && (parent->article || parent->page);
    if (of_article && f->under == PUBLISHER && g->publisher.size == 0)
        g->publisher = f->value[ID];
    if (of_article && f->under == AUTHOR && g->author.size == 0)
        g->author = f->value[ID];
}

static bl_piece name_of(const graph *g, bl_piece id)
{
    for (size_t i = 0; id.size > 0 && i < g->count; i++)
        if (g->id[i].size == id.size && memcmp(g->id[i].text, id.text, id.size) == 0)
            return g->name[i];
    return (bl_piece){ NULL, 0 };
}

static void close_frame(reader *r)
{
    if (r->depth == 0 || --r->depth >= DEEPEST)
        return;
    frame *f = &r->frames[r->depth];
    frame *parent = r->depth > 0 ? &r->frames[r->depth - 1] : NULL;
    note_names(r, f, parent);
    if (parent && (f->under == AUTHOR || f->under == PUBLISHER) && parent->value[f->under].size == 0)
        parent->value[f->under] = f->array ? f->value[f->under] : f->value[NAME];
    if (f->page && !f->array && !f->article) {
        offer(r, BL_META_PUBLISHED, 9, f->value[PUBLISHED]);
        offer(r, BL_META_MODIFIED, 9, f->value[MODIFIED]);
    }
    if (!f->article || f->array)
        return;
    offer(r, BL_META_TITLE, 20, f->value[HEADLINE]);
    offer(r, BL_META_PUBLISHED, 20, f->value[PUBLISHED]);
    offer(r, BL_META_MODIFIED, 18, f->value[MODIFIED]);
    offer(r, BL_META_TEXT, 18, f->value[BODY]);
    offer(r, BL_META_AUTHOR, 18, f->value[AUTHOR]);
    offer(r, BL_META_SITE, 12, f->value[PUBLISHER]);
}

static void open_frame(reader *r, bool array)
{
    if (r->depth < DEEPEST) {
        frame *parent = r->depth > 0 ? &r->frames[r->depth - 1] : NULL;
        key under = parent && parent->array ? parent->under : r->last;
        r->frames[r->depth] = (frame){ .under = under, .array = array };
    }
    r->depth++;
    r->last = NO_KEY;
}

static void take_value(reader *r, bl_piece text)
{
    if (r->depth == 0 || r->depth > DEEPEST)
        return;
    frame *f = &r->frames[r->depth - 1];
    key k = f->array ? f->under : r->last;
    if (k == TYPE && is_article_type(text)) {
        f->article = true;
        if (f->array && r->depth > 1)
            r->frames[r->depth - 2].article = true;
    }
    static const char *const pages[] = { "Page", NULL };
    if (k == TYPE && bl_piece_ends(text, pages) > 0) {
        f->page = true;
        if (f->array && r->depth > 1)
            r->frames[r->depth - 2].page = true;
    }
    if (f->value[k].size == 0)
        f->value[k] = text;
    r->last = NO_KEY;
}

/* A string: a key when a colon follows, else a value. */
static void read_string(reader *r)
{
    const char *start = ++r->s;
    while (r->s < r->end && *r->s != '"')
        r->s += *r->s == '\\' && r->s + 1 < r->end ? 2 : 1;
    bl_piece text = { start, (size_t)(r->s - start) };
    if (r->s < r->end)
        r->s++;
    const char *next = r->s;
    while (next < r->end && (*next == ' ' || (*next >= '\t' && *next <= '\r')))
        next++;
    if (next < r->end && *next == ':')
        r->last = key_of(text);
    else
        take_value(r, text);
}

static void read_json(reader *r)
{
    while (r->s < r->end) {
        char c = *r->s;
        if (c == '"') {
            read_string(r);
            continue;
        }
        if (c == '{' || c == '[')
            open_frame(r, c == '[');
        else if (c == '}' || c == ']')
            close_frame(r);
        r->s++;
    }
    while (r->depth > 0)
        close_frame(r);
    offer(r, BL_META_AUTHOR, 17, name_of(&r->graph, r->graph.author));
    offer(r, BL_META_SITE, 12, name_of(&r->graph, r->graph.publisher));
}

void bl_meta_json(bl_error *e, bl_html_meta *meta, const bl_buffer *json)
{
    reader r = { .e = e, .meta = meta };
    for (size_t at = 0; at < json->size && !bl_failed(e); at++) {
        r.s = json->data + at;
        at += strlen(r.s);
        r.end = json->data + at;
        r.depth = 0;
        r.last = NO_KEY;
        r.graph = (graph){ .count = 0 };
        read_json(&r);
    }
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Markup to a tree in one array, in the order of the page. */
#include "html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "html_hint.h"

/* Nesting beyond this is no page; libxml2 looks through all open elements at each end tag. */
enum { DEEPEST = 1000 };
/* Fifty megabytes of an ordinary page have a third of it; what has more is tags without text. */
enum { MOST_NODES = 5000000 };

/* libxml2 keeps each name once: its address tells the element. */
enum { NAMES = 256 };

typedef struct named {
    const xmlChar *name;
    bl_tag tag;
} named;

typedef struct builder {
    bl_error *e;
    bl_tree *tree;
    bl_html_meta *meta;
    htmlParserCtxtPtr parser;
    named names[NAMES];
    uint32_t open; /* innermost open element */
} builder;

static bl_tag tag_of(builder *b, const xmlChar *name)
{
    named *known = &b->names[(uintptr_t)name / 4 % NAMES];
    if (known->name != name)
        *known = (named){ name, bl_tag_of((const char *)name) };
    return known->tag;
}

static void stop(builder *b)
{
    xmlStopParser(b->parser);
}

static bl_node *add_node(builder *b, bl_tag tag)
{
    bl_tree *t = b->tree;
    if (bl_failed(b->e))
        return NULL;
    if (!bl_grow(&t->nodes, &t->capacity, t->count + 1, sizeof *t->nodes)) {
        bl_fail_nomem(b->e);
        stop(b);
        return NULL;
    }
    bl_node *node = &t->nodes[t->count++];
    *node = (bl_node){ .parent = b->open, .end = (uint32_t)t->count, .tag = (uint8_t)tag };
    return node;
}

/* 0 without a class. */
static uint32_t hash_of_class(const xmlChar **attributes)
{
    uint32_t hash = 0;
    for (; attributes && attributes[0]; attributes += 2)
        if (strcmp((const char *)attributes[0], "class") == 0 && attributes[1])
            for (const xmlChar *c = attributes[1]; *c; c++)
                hash = (hash ^ *c) * 16777619u + 1;
    return hash;
}

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes)
{
    builder *b = context;
    bl_tag tag = tag_of(b, name);
    if (b->parser->nameNr > DEEPEST || b->tree->count > MOST_NODES) {
        b->tree->unreadable = true;
        stop(b);
        return;
    }
    bl_node *node = add_node(b, tag);
    if (!node)
        return;
    node->hints = bl_hint_of_attributes(attributes);
    node->at = hash_of_class(attributes);
    b->open = (uint32_t)(b->tree->count - 1);
    bl_meta_element(b->e, b->meta, tag, attributes);
}

static void end_element(void *context, const xmlChar *name)
{
    builder *b = context;
    bl_tree *t = b->tree;
    bl_tag tag = tag_of(b, name);
    uint32_t found = b->open;
    for (int steps = 0; steps < 8 && found > 0 && t->nodes[found].tag != tag; steps++)
        found = t->nodes[found].parent;
    if (found == 0 || t->nodes[found].tag != tag)
        return;
    for (uint32_t i = b->open;; i = t->nodes[i].parent) {
        t->nodes[i].end = (uint32_t)t->count;
        if (i == found)
            break;
    }
    b->open = t->nodes[found].parent;
}

/* libxml2 hands a run of text over in pieces: they become one node. */
static void characters(void *context, const xmlChar *text, int size)
{
    builder *b = context;
    bl_tree *t = b->tree;
    bl_node *last = t->count > 0 ? &t->nodes[t->count - 1] : NULL;
    if (bl_failed(b->e) || size <= 0)
        return;
    if (!last || last->tag != BL_TAG_TEXT || last->parent != b->open) {
        last = add_node(b, BL_TAG_TEXT);
        if (last)
            last->at = (uint32_t)t->text.size;
    }
    bl_buffer_append(&t->text, text, (size_t)size);
    if (t->text.failed) {
        bl_fail_nomem(b->e);
        stop(b);
    }
    if (last)
        last->size = (uint32_t)(t->text.size - last->at);
}

static void be_silent(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

static void close_all(bl_tree *t, uint32_t open)
{
    for (uint32_t i = open; t->count > 0; i = t->nodes[i].parent) {
        t->nodes[i].end = (uint32_t)t->count;
        if (i == 0)
            break;
    }
}

static void parse(builder *b)
{
    htmlSAXHandler sax = { .startElement = start_element,
                           .endElement = end_element,
                           .characters = characters,
                           .ignorableWhitespace = characters,
                           .cdataBlock = characters,
                           .warning = be_silent,
                           .error = be_silent };
    htmlSAXHandlerPtr former = b->parser->sax;
    b->parser->sax = &sax;
    b->parser->userData = b;
    htmlCtxtUseOptions(b->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                      HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    b->parser->charset = XML_CHAR_ENCODING_UTF8;
    htmlParseDocument(b->parser);
    b->parser->sax = former;
}

void bl_tree_read(bl_error *e, const char *markup, size_t size, bl_tree *out, bl_html_meta *meta)
{
    builder b = { .e = e, .tree = out, .meta = meta };
    if (!bl_failed(e) && size >= INT32_MAX)
        bl_fail(e, BULLETIN_BAD_INPUT, "an HTML page larger than 2 GB");
    if (bl_failed(e) || !add_node(&b, BL_TAG_OTHER))
        return;
    if (size == 0)
        return;
    /* libxml2 makes its locks when it is first used, without a lock: two threads at once would wait for ever.
     */
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, xmlInitParser);
    b.parser = htmlCreateMemoryParserCtxt(markup, (int)size);
    if (!b.parser) {
        bl_fail_nomem(e);
        return;
    }
    parse(&b);
    htmlFreeParserCtxt(b.parser);
    close_all(out, b.open);
}

void bl_tree_free(bl_tree *tree)
{
    free(tree->nodes);
    bl_buffer_free(&tree->text);
    *tree = (bl_tree){ 0 };
}

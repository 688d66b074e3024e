/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What was typed to a tree of words, phrases and operators. */
#include "query.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- nodes ---- */

static bl_node *make(bl_error *e, bl_node_kind kind)
{
    bl_node *node = bl_failed(e) ? NULL : calloc(1, sizeof *node);
    if (!node)
        bl_fail_nomem(e);
    else
        node->kind = kind;
    return node;
}

void bl_query_free(bl_node *node)
{
    while (node) {
        bl_node *next = node->next;
        bl_query_free(node->child);
        free(node->text);
        free(node);
        node = next;
    }
}

bl_node *bl_query_leaf(bl_error *e, const char *text, size_t size, bool quoted)
{
    bl_node *leaf = make(e, BL_NODE_LEAF);
    if (!leaf)
        return NULL;
    leaf->quoted = quoted;
    leaf->text = malloc(size + 1);
    if (!leaf->text) {
        bl_fail_nomem(e);
        free(leaf);
        return NULL;
    }
    memcpy(leaf->text, text, size);
    leaf->text[size] = '\0';
    /* A NUL inside would end the text early; like other control characters it is white space. */
    for (size_t i = 0; i < size; i++)
        if (leaf->text[i] == '\0')
            leaf->text[i] = ' ';
    return leaf;
}

static void append(bl_node *parent, bl_node *child)
{
    bl_node **end = &parent->child;
    while (*end)
        end = &(*end)->next;
    *end = child;
}

bl_node *bl_query_join(bl_error *e, bl_node_kind kind, bl_node *left, bl_node *right)
{
    if (!left || !right)
        return left ? left : right;
    bl_node *parent = left;
    if (left->kind != kind) {
        parent = make(e, kind);
        if (!parent) {
            bl_query_free(left);
            bl_query_free(right);
            return NULL;
        }
        parent->child = left;
    }
    append(parent, right);
    return parent;
}

/* ---- characters ---- */

typedef struct parser {
    bl_error *e;
    const char *at, *end;
    int depth, words;
    size_t field; /* whose brackets these are; FIELDS = nobody's */
} parser;

static bool starts(const parser *p, const char *text)
{
    size_t size = strlen(text);
    return (size_t)(p->end - p->at) >= size && memcmp(p->at, text, size) == 0;
}

/* Bytes of white space at the parser, the ideographic space included; 0 when there is none. */
static size_t blank(const parser *p)
{
    if (p->at == p->end)
        return 0;
    if (*p->at == '\0' || strchr(" \t\n\r\v\f", *p->at))
        return 1;
    return starts(p, "\u3000") ? strlen("\u3000") : starts(p, "\u00A0") ? strlen("\u00A0") : 0;
}

static void skip_blanks(parser *p)
{
    for (size_t size; (size = blank(p)) > 0;)
        p->at += size;
}

static const char *const quotes[][2] = { { "\"", "\"" }, { "“", "”" }, { "「", "」" }, { "『", "』" } };

/* The quote that opens here, or NULL. */
static const char *const *opening(const parser *p)
{
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (starts(p, quotes[i][0]))
            return quotes[i];
    return NULL;
}

/* Whether an operator written in capitals stands here as a word of its own. */
static bool keyword(const parser *p, const char *word)
{
    if (!starts(p, word))
        return false;
    parser behind = *p;
    behind.at += strlen(word);
    return behind.at == behind.end || blank(&behind) || *behind.at == '(' || *behind.at == '"';
}

static const char near_word[] = "NEAR(";

static bool at_near(const parser *p)
{
    return starts(p, near_word);
}

/* ---- grammar ---- */

static bl_node *parse_or(parser *p);
static bl_node *parse_near(parser *p);
static bl_node *parse_brackets(parser *p);

static bl_node *parse_quoted(parser *p, const char *const *quote)
{
    const char *start = p->at + strlen(quote[0]);
    for (p->at = start; p->at < p->end && !starts(p, quote[1]);)
        p->at++;
    bl_node *leaf = bl_query_leaf(p->e, start, (size_t)(p->at - start), true);
    if (p->at < p->end)
        p->at += strlen(quote[1]);
    if (leaf && p->at < p->end && *p->at == '*' && p->at[-1] != '*') {
        parser behind = *p;
        behind.at++;
        leaf->prefix = behind.at == behind.end || blank(&behind) || *behind.at == ',' || *behind.at == ')' ||
                       *behind.at == '(';
        p->at += leaf->prefix;
    }
    return leaf;
}

/* The bytes of a word: it ends at a blank, a bracket or the opening of a quote. */
static size_t take_word(parser *p)
{
    const char *start = p->at;
    while (p->at < p->end && !blank(p) && !(p->at > start && opening(p)) && *p->at != '(' && *p->at != ')')
        p->at++;
    return (size_t)(p->at - start);
}

static bl_node *parse_word(parser *p)
{
    const char *start = p->at;
    size_t size = take_word(p);
    bool prefix = size > 1 && start[size - 1] == '*' && start[size - 2] != '*';
    bl_node *leaf = bl_query_leaf(p->e, start, size - prefix, false);
    if (leaf)
        leaf->prefix = prefix;
    return leaf;
}

static bool is_keyword(const bl_node *leaf)
{
    return !leaf->prefix && (strcmp(leaf->text, "OR") == 0 || strcmp(leaf->text, "AND") == 0 ||
                             strcmp(leaf->text, "NOT") == 0);
}

/* An operator that stands where it cannot be one is a word, and printed as none but a word. */
static bl_node *parse_free_word(parser *p)
{
    bl_node *leaf = parse_word(p);
    if (leaf && is_keyword(leaf))
        leaf->quoted = true;
    return leaf;
}

/* ---- fields ---- */

static const struct {
    const char *name; /* with its colon */
    unsigned columns; /* of text; 0 = a field of the bulletin */
    bl_field field;
} fields[] = {
    { "title:", BL_COLUMN_TITLE, 0 },  { "body:", BL_COLUMN_BODY, 0 }, { "org:", 0, BL_FIELD_ORG },
    { "source:", 0, BL_FIELD_SOURCE }, { "lang:", 0, BL_FIELD_LANG },  { "url:", 0, BL_FIELD_URL },
    { "id:", 0, BL_FIELD_ID },         { "key:", 0, BL_FIELD_KEY },    { "date:", 0, BL_FIELD_DATE },
    { "is:", 0, BL_FIELD_IS },
};
enum { FIELDS = sizeof fields / sizeof *fields };

/* The field whose name stands here before a value; FIELDS when none does. */
static size_t field_here(const parser *p)
{
    size_t i = 0;
    while (i < FIELDS && !starts(p, fields[i].name))
        i++;
    if (i == FIELDS)
        return i;
    parser behind = *p;
    behind.at += strlen(fields[i].name);
    bool value = behind.at < behind.end && !blank(&behind) && *behind.at != ')';
    return value ? i : FIELDS;
}

static bl_node *parse_value(parser *p, size_t which)
{
    const char *start = p->at;
    const char *const *quote = opening(p);
    bl_node *node = quote                                 ? parse_quoted(p, quote)
                    : fields[which].columns && at_near(p) ? parse_near(p)
                    : fields[which].columns               ? parse_free_word(p)
                                                          : bl_query_leaf(p->e, start, take_word(p), false);
    if (!node)
        return NULL;
    node->columns = fields[which].columns;
    if (!node->columns) {
        node->kind = BL_NODE_FIELD;
        node->field = fields[which].field;
        node->prefix = false;
    }
    return node;
}

static const char *name_of(const bl_node *node)
{
    for (size_t i = 0; i < FIELDS; i++)
        if (node->kind == BL_NODE_FIELD ? !fields[i].columns && fields[i].field == node->field
                                        : fields[i].columns && fields[i].columns == node->columns)
            return fields[i].name;
    return "";
}

void bl_query_field_to_text(bl_error *e, bl_node *node)
{
    bl_buffer text = { 0 };
    bl_buffer_puts(&text, name_of(node));
    bl_buffer_puts(&text, node->text);
    char *own = bl_buffer_steal(&text);
    if (!own) {
        bl_fail_nomem(e);
        return;
    }
    free(node->text);
    node->text = own;
    node->kind = BL_NODE_LEAF;
}

/* Behind the name of a field: one value, or brackets in which everything is of the field that names none of
 * its own. */
static bl_node *parse_field(parser *p, size_t which)
{
    const size_t around = p->field;
    p->at += strlen(fields[which].name);
    if (*p->at != '(')
        return parse_value(p, which);
    p->field = which;
    bl_node *inside = parse_brackets(p);
    p->field = around;
    return inside;
}

static bl_node *parse_brackets(parser *p)
{
    p->at++;
    if (++p->depth > BL_QUERY_DEPTH)
        bl_fail(p->e, BULLETIN_BAD_QUERY,
                "the query has more than %d brackets in each other; ask more simply", BL_QUERY_DEPTH);
    bl_node *inside = bl_failed(p->e) ? NULL : parse_or(p);
    p->depth--;
    if (p->at < p->end && *p->at == ')')
        p->at++;
    return inside;
}

/* ---- NEAR ---- */

enum { USUAL_DISTANCE = 10, MOST_DISTANCE_DIGITS = 5 };

static bool is_comma(const parser *p)
{
    return starts(p, ",") || starts(p, "，");
}

/* A number that ends the list. */
static bool take_distance(parser *p, int *distance)
{
    parser ahead = *p;
    int value = 0, digits = 0;
    skip_blanks(&ahead);
    for (; ahead.at < ahead.end && *ahead.at >= '0' && *ahead.at <= '9'; ahead.at++, digits++)
        value = digits < MOST_DISTANCE_DIGITS ? value * 10 + (*ahead.at - '0') : value;
    skip_blanks(&ahead);
    if (digits == 0 || (ahead.at < ahead.end && *ahead.at != ')'))
        return false;
    *distance = value;
    p->at = ahead.at;
    return true;
}

static bl_node *parse_near_word(parser *p)
{
    const char *const *quote = opening(p), *start = p->at;
    if (quote)
        return parse_quoted(p, quote);
    parser word = *p;
    while (word.at < word.end && !blank(&word) && !opening(&word) && !is_comma(&word) && *word.at != '(' &&
           *word.at != ')')
        word.at++;
    word.end = word.at;
    word.at = start;
    bl_node *leaf = parse_word(&word);
    p->at = word.end;
    return leaf;
}

static void parse_near_words(parser *p, bl_node *near)
{
    while (!bl_failed(p->e)) {
        skip_blanks(p);
        if (p->at == p->end || *p->at == ')')
            return;
        if (is_comma(p)) {
            p->at += *p->at == ',' ? 1 : strlen("，");
            if (take_distance(p, &near->distance))
                return;
        } else if (*p->at == '(') {
            p->at++;
        } else {
            bl_node *leaf = ++p->words > BL_QUERY_WORDS ? NULL : parse_near_word(p);
            if (!leaf)
                bl_fail(p->e, BULLETIN_BAD_QUERY, "the query has more than %d words; ask for fewer",
                        BL_QUERY_WORDS);
            else
                append(near, leaf);
        }
    }
}

/* Words that stand near each other, and how near; of one word only that is left. */
static bl_node *parse_near(parser *p)
{
    bl_node *near = make(p->e, BL_NODE_NEAR);
    if (!near)
        return NULL;
    near->distance = USUAL_DISTANCE;
    p->at += strlen(near_word);
    parse_near_words(p, near);
    if (p->at < p->end && *p->at == ')')
        p->at++;
    if (near->child && near->child->next)
        return near;
    bl_node *only = near->child ? near->child : bl_query_leaf(p->e, "NEAR", strlen("NEAR"), true);
    near->child = NULL;
    bl_query_free(near);
    if (only) /* what would be an operator elsewhere is none here */
        only->quoted = true;
    return only;
}

static bl_node *parse_operand(parser *p)
{
    const char *const *quote = opening(p);
    if (++p->words > BL_QUERY_WORDS)
        bl_fail(p->e, BULLETIN_BAD_QUERY, "the query has more than %d words; ask for fewer", BL_QUERY_WORDS);
    if (*p->at == '(')
        return parse_brackets(p);
    if (quote && p->field == FIELDS)
        return parse_quoted(p, quote);
    size_t which = field_here(p);
    if (which < FIELDS)
        return parse_field(p, which);
    if (p->field < FIELDS)
        return parse_value(p, p->field);
    return at_near(p) ? parse_near(p) : parse_free_word(p);
}

static bool at_end(parser *p)
{
    skip_blanks(p);
    return p->at == p->end || bl_failed(p->e);
}

/* A minus before a word, or NOT before anything. */
static bool take_not(parser *p)
{
    parser behind = *p;
    if (*p->at == '-' && p->at + 1 < p->end) {
        behind.at++;
        if (blank(&behind) || *behind.at == '-' || *behind.at == ')')
            return false;
    } else if (keyword(p, "NOT")) {
        behind.at += strlen("NOT");
        if (at_end(&behind) || *behind.at == ')')
            return false;
    } else {
        return false;
    }
    p->at = behind.at;
    return true;
}

static bl_node *parse_not(parser *p)
{
    bool negated = false;
    while (p->at < p->end && take_not(p))
        negated = !negated;
    skip_blanks(p);
    bl_node *operand = p->at < p->end ? parse_operand(p) : NULL;
    if (!negated || !operand)
        return operand;
    if (operand->kind == BL_NODE_NOT) { /* of what stands in brackets */
        bl_node *child = operand->child;
        operand->child = NULL;
        bl_query_free(operand);
        return child;
    }
    bl_node *node = make(p->e, BL_NODE_NOT);
    if (node)
        node->child = operand;
    else
        bl_query_free(operand);
    return node;
}

/* An operator between two operands; at either end of the query it is a word. */
static bool take_between(parser *p, const char *word, const bl_node *left)
{
    if (!left || !keyword(p, word))
        return false;
    parser behind = *p;
    behind.at += strlen(word);
    if (at_end(&behind) || *behind.at == ')')
        return false;
    p->at = behind.at;
    skip_blanks(p);
    return true;
}

static bool closes(const parser *p)
{
    return *p->at == ')' && p->depth > 0;
}

static bl_node *parse_and(parser *p)
{
    bl_node *left = NULL;
    while (!at_end(p)) {
        if (closes(p))
            break;
        parser ahead = *p;
        if (take_between(&ahead, "OR", left))
            break;
        take_between(p, "AND", left);
        if (*p->at == ')' && p->depth == 0) { /* closes nothing: not even text */
            p->at++;
            continue;
        }
        left = bl_query_join(p->e, BL_NODE_AND, left, parse_not(p));
    }
    return left;
}

static bl_node *parse_or(parser *p)
{
    bl_node *left = parse_and(p);
    while (!at_end(p) && take_between(p, "OR", left))
        left = bl_query_join(p->e, BL_NODE_OR, left, parse_and(p));
    return left;
}

bl_node *bl_query_parse(bl_error *e, const char *text, size_t size)
{
    parser p = { e, text, text + size, 0, 0, FIELDS };
    bl_node *tree = NULL;
    if (size > BL_QUERY_BYTES)
        bl_fail(e, BULLETIN_BAD_QUERY, "the query has more than %d bytes; ask for less", BL_QUERY_BYTES);
    while (!at_end(&p))
        tree = bl_query_join(e, BL_NODE_AND, tree, parse_or(&p));
    if (bl_failed(e)) {
        bl_query_free(tree);
        return NULL;
    }
    return tree;
}

bl_node *bl_query_literal(bl_error *e, const char *text, size_t size)
{
    parser p = { e, text, text + size, 0, 0, FIELDS };
    return at_end(&p) ? NULL : bl_query_leaf(e, text, size, true);
}

/* ---- printing ---- */

static void print_leaf(const bl_node *leaf, bl_buffer *out)
{
    bl_buffer_puts(out, name_of(leaf));
    /* A quote inside would close the phrase: one that cannot occur in the text is chosen. */
    const char *const *quote = quotes[0];
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (!strstr(leaf->text, quotes[i][1])) {
            quote = quotes[i];
            break;
        }
    if (leaf->quoted)
        bl_buffer_puts(out, quote[0]);
    bl_buffer_puts(out, leaf->text);
    if (leaf->quoted)
        bl_buffer_puts(out, quote[1]);
    if (leaf->prefix)
        bl_buffer_putc(out, '*');
}

static void print_list(const bl_node *node, const char *between, bl_buffer *out)
{
    for (const bl_node *child = node->child; child; child = child->next) {
        bool brackets = child->kind == BL_NODE_OR || child->kind == BL_NODE_AND;
        if (brackets)
            bl_buffer_putc(out, '(');
        bl_query_print(child, out);
        if (brackets)
            bl_buffer_putc(out, ')');
        if (child->next)
            bl_buffer_puts(out, between);
    }
}

void bl_query_print(const bl_node *node, bl_buffer *out)
{
    if (!node)
        return;
    switch (node->kind) {
    case BL_NODE_LEAF:
    case BL_NODE_FIELD:
        print_leaf(node, out);
        break;
    case BL_NODE_NEAR:
        bl_buffer_puts(out, name_of(node));
        bl_buffer_puts(out, near_word);
        print_list(node, " ", out);
        bl_buffer_printf(out, ", %d)", node->distance);
        break;
    case BL_NODE_NOT:
        bl_buffer_puts(out, "NOT ");
        print_list(node, "", out);
        break;
    case BL_NODE_AND:
        print_list(node, " ", out);
        break;
    case BL_NODE_OR:
        print_list(node, " OR ", out);
        break;
    }
}

bool bl_query_may_name(const char *text, size_t size)
{
    static const char *const naming[] = { "org:", "source:", "query:" };
    for (size_t i = 0; i < size; i++)
        for (size_t k = 0; k < sizeof naming / sizeof *naming; k++) {
            size_t length = strlen(naming[k]);
            if (length <= size - i && strncasecmp(text + i, naming[k], length) == 0)
                return true;
        }
    return false;
}

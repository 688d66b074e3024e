/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Command lines into values by a table of options, and the same table into the help text. */
#include "option.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "terminal.h"

enum { COMMON_OPTIONS = 4, MOST_OPTIONS = 64, LONGEST_NAME = 64, HELP_COLUMN = 30 };

/* A command line being read. */
typedef struct parsing {
    client *client;
    const option_usage *usage;
    const option_spec *common;
    char **argv;
    int argc;
    int at;       /* the next word to read */
    int operands; /* how many are already moved to the front of argv */
    bool ended;   /* after "--" */
    int status;
} parsing;

/* Levenshtein distance of two short names. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t row[LONGEST_NAME + 1];
    size_t width = strlen(b);
    if (width > LONGEST_NAME)
        return SIZE_MAX;
    for (size_t i = 0; i <= width; i++)
        row[i] = i;
    for (size_t y = 1; *a != '\0'; a++, y++) {
        size_t diagonal = row[0];
        row[0] = y;
        for (size_t x = 1; x <= width; x++) {
            size_t least = diagonal + (*a != b[x - 1]);
            diagonal = row[x];
            if (row[x] + 1 < least)
                least = row[x] + 1;
            if (row[x - 1] + 1 < least)
                least = row[x - 1] + 1;
            row[x] = least;
        }
    }
    return row[width];
}

const char *option_nearest(const char *word, const char *const *names, size_t count)
{
    size_t length = strlen(word);
    size_t least = 1 + length / 3;
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        bool begins = length >= 3 && strncmp(word, names[i], length) == 0;
        size_t distance = begins ? 0 : edit_distance(word, names[i]);
        if (distance < least || (distance == least && nearest == NULL)) {
            least = distance;
            nearest = names[i];
        }
    }
    return nearest;
}

int option_complain(const option_usage *usage, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, message_text(format), arguments);
    va_end(arguments);
    message_say("%s", text);
    message_note("see: %s --help", usage->command);
    return EXIT_USAGE;
}

bool option_read_number(const char *text, uint64_t *number)
{
    uint64_t value = 0;
    bool good = *text != '\0';
    for (; good && *text != '\0'; text++) {
        unsigned digit = (unsigned)(*text - '0');
        good = *text >= '0' && *text <= '9' && value <= (UINT64_MAX - digit) / 10;
        value = value * 10 + digit;
    }
    *number = good ? value : 0;
    return good;
}

void option_list_free(option_list *list)
{
    free(list->items);
    *list = (option_list){ NULL, 0 };
}

/* The word of choices "a|b|c" that `text` is; NULL when it is none. Borrowed from `text`. */
static bool is_choice(const char *choices, const char *text, size_t size)
{
    while (*choices != '\0') {
        size_t length = strcspn(choices, "|");
        if (length == size && strncmp(choices, text, size) == 0)
            return true;
        choices += length + (choices[length] == '|');
    }
    return false;
}

static void set_choice(parsing *p, const option_spec *o, const char *text)
{
    if (is_choice(o->argument, text, strlen(text)))
        *(const char **)o->value = text;
    else
        p->status = option_complain(p->usage, "--%s is one of %s, not %s", o->name, o->argument, text);
}

static void set_number(parsing *p, const option_spec *o, const char *text)
{
    option_number *number = o->value;
    number->given = true;
    if (!option_read_number(text, &number->value))
        p->status = option_complain(p->usage, "--%s needs a whole number, not %s", o->name, text);
}

static void add_item(parsing *p, const option_spec *o, const char *text)
{
    option_list *list = o->value;
    if (list->items == NULL) /* no option can be given more often than there are words */
        list->items = calloc((size_t)p->argc, sizeof *list->items);
    const char *item = list->items == NULL ? NULL : client_utf8(p->client, text);
    if (item == NULL)
        p->status = message_no_memory(p->usage->command);
    else
        list->items[list->count++] = item;
}

static void set_text(parsing *p, const option_spec *o, const char *text)
{
    const char *decoded = client_utf8(p->client, text);
    *(const char **)o->value = decoded;
    if (decoded == NULL)
        p->status = message_no_memory(p->usage->command);
}

static void set_value(parsing *p, const option_spec *o, const char *text)
{
    switch (o->kind) {
    case OPTION_SWITCH:
        *(bool *)o->value = true;
        break;
    case OPTION_PATH:
        *(const char **)o->value = text;
        break;
    case OPTION_TEXT:
        set_text(p, o, text);
        break;
    case OPTION_CHOICE:
    case OPTION_WHEN:
        set_choice(p, o, text);
        break;
    case OPTION_NUMBER:
        set_number(p, o, text);
        break;
    case OPTION_LIST:
        add_item(p, o, text);
        break;
    }
}

/* Row i of the command's options followed by the common ones; NULL after the last. */
static const option_spec *option_at(const option_usage *usage, const option_spec *common, size_t i)
{
    if (i < usage->option_count)
        return &usage->options[i];
    i -= usage->option_count;
    return i < COMMON_OPTIONS ? &common[i] : NULL;
}

static const option_spec *find_long(const parsing *p, const char *name, size_t size)
{
    const option_spec *o = NULL;
    for (size_t i = 0; (o = option_at(p->usage, p->common, i)) != NULL; i++)
        if (strlen(o->name) == size && strncmp(o->name, name, size) == 0)
            return o;
    return NULL;
}

static const option_spec *find_short(const parsing *p, char letter)
{
    const option_spec *o = NULL;
    for (size_t i = 0; (o = option_at(p->usage, p->common, i)) != NULL; i++)
        if (o->letter == letter)
            return o;
    return NULL;
}

static void unknown_long(parsing *p, const char *name, size_t size)
{
    const char *names[MOST_OPTIONS];
    char word[LONGEST_NAME + 1];
    size_t count = 0;
    const option_spec *o = NULL;
    while (count < MOST_OPTIONS && (o = option_at(p->usage, p->common, count)) != NULL)
        names[count++] = o->name;
    snprintf(word, sizeof word, "%.*s", size > LONGEST_NAME ? LONGEST_NAME : (int)size, name);
    const char *nearest = option_nearest(word, names, count);
    if (nearest == NULL)
        p->status = option_complain(p->usage, "unknown option --%s", word);
    else
        p->status = option_complain(p->usage, "unknown option --%s; did you mean --%s?", word, nearest);
}

/* The value of an option that stands in the next word; NULL, with a complaint, when there is none. */
static const char *next_value(parsing *p, const option_spec *o)
{
    if (o->kind == OPTION_WHEN) {
        const char *next = p->at < p->argc ? p->argv[p->at] : "";
        if (is_choice(o->argument, next, strlen(next)))
            return p->argv[p->at++];
        return "always";
    }
    if (p->at < p->argc)
        return p->argv[p->at++];
    p->status = option_complain(p->usage, "--%s needs a value: %s", o->name, o->argument);
    return NULL;
}

static void read_long(parsing *p, const char *word)
{
    size_t size = strcspn(word, "=");
    const option_spec *o = find_long(p, word, size);
    if (o == NULL) {
        unknown_long(p, word, size);
    } else if (o->kind == OPTION_SWITCH) {
        if (word[size] == '=')
            p->status = option_complain(p->usage, "--%s takes no value", o->name);
        else
            set_value(p, o, NULL);
    } else {
        const char *value = word[size] == '=' ? word + size + 1 : next_value(p, o);
        if (value != NULL)
            set_value(p, o, value);
    }
}

static void read_short(parsing *p, const char *letters)
{
    while (*letters != '\0' && p->status == OPTION_GO_ON) {
        const option_spec *o = find_short(p, *letters++);
        if (o == NULL) {
            p->status = option_complain(
                p->usage, "unknown option -%c; write -- before words that begin with -", letters[-1]);
        } else if (o->kind == OPTION_SWITCH) {
            set_value(p, o, NULL);
        } else {
            const char *value = *letters != '\0' ? letters : next_value(p, o);
            if (value != NULL)
                set_value(p, o, value);
            return;
        }
    }
}

static void add_operand(parsing *p, char *word)
{
    p->ended = p->ended || p->usage->leading_only;
    if (p->usage->text_operands)
        word = (char *)(uintptr_t)client_utf8(p->client, word);
    if (word == NULL)
        p->status = message_no_memory(p->usage->command);
    p->argv[p->operands++] = word;
}

/* "-产改" is a word to leave out, not an option: no option has such a letter. */
static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0' && ((unsigned char)word[1] & 0x80) == 0;
}

static void read_word(parsing *p)
{
    char *word = p->argv[p->at++];
    if (p->ended || !is_option(word))
        add_operand(p, word);
    else if (strcmp(word, "--") == 0)
        p->ended = true;
    else if (word[1] == '-')
        read_long(p, word + 2);
    else
        read_short(p, word + 1);
}

/* The options of every command, with where their values go. */
static void list_common(option_spec common[COMMON_OPTIONS], client *c, bool *help)
{
    common[0] = (option_spec){ "db", 0, OPTION_PATH, &c->db, "PATH", "the archive to use" };
    common[1] =
        (option_spec){ "color", 0, OPTION_WHEN, &c->color, "auto|always|never", "when to colour text" };
    common[2] = (option_spec){ "no-pager", 0, OPTION_SWITCH, &c->no_pager, NULL, "never page text" };
    common[3] = (option_spec){ "help", 'h', OPTION_SWITCH, help, NULL, "show this help" };
}

int option_parse(client *c, const option_usage *usage, int *argc, char **argv)
{
    bool help = false;
    option_spec common[COMMON_OPTIONS];
    list_common(common, c, &help);
    parsing p = { c, usage, common, argv, *argc, 1, 0, false, OPTION_GO_ON };
    while (p.at < p.argc && p.status == OPTION_GO_ON && !help)
        read_word(&p);
    *argc = p.operands;
    if (help && p.status == OPTION_GO_ON) {
        option_help(c, usage);
        return EXIT_DONE;
    }
    if (p.status == OPTION_GO_ON && usage->no_operands && p.operands > 0)
        return option_complain(usage, "%s takes no %s", usage->command, argv[0]);
    return p.status;
}

static void help_row(writer *out, const option_spec *o)
{
    char left[128];
    const char *argument = o->argument == NULL ? "" : o->argument;
    const char *open = o->argument == NULL ? "" : o->kind == OPTION_WHEN ? "[=" : " ";
    const char *close = o->kind == OPTION_WHEN ? "]" : "";
    if (o->letter != 0)
        snprintf(left, sizeof left, "  -%c, --%s%s%s%s", o->letter, o->name, open, argument, close);
    else
        snprintf(left, sizeof left, "      --%s%s%s%s", o->name, open, argument, close);
    writer_text(out, left);
    size_t columns = strlen(left);
    if (columns + 2 > HELP_COLUMN) {
        writer_text(out, "\n");
        columns = 0;
    }
    writer_format(out, "%*s", (int)(HELP_COLUMN - columns), "");
    writer_text(out, message_text(o->summary));
    writer_text(out, "\n");
}

void option_help(client *c, const option_usage *usage)
{
    bool unused = false;
    option_spec common[COMMON_OPTIONS];
    list_common(common, c, &unused);
    writer_format(&c->out, message_text("Usage: %s [OPTIONS] %s\n\n"), usage->command, usage->operands);
    writer_text(&c->out, message_text(usage->summary));
    writer_text(&c->out, "\n\n");
    const option_spec *o = NULL;
    for (size_t i = 0; (o = option_at(usage, common, i)) != NULL; i++)
        help_row(&c->out, o);
    if (usage->notes != NULL) {
        writer_text(&c->out, "\n");
        writer_text(&c->out, message_text(usage->notes));
        writer_text(&c->out, "\n");
    }
}

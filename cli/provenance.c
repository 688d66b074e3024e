/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* An answer into a record of how it was got. */
#include "provenance.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "message.h"
#include "output.h"

enum { SCHEMA = 1 };

static void add_text(cJSON *object, const char *name, const char *text)
{
    if (text == NULL)
        cJSON_AddNullToObject(object, name);
    else
        cJSON_AddStringToObject(object, name, text);
}

static void add_number(cJSON *object, const char *name, int64_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, number);
    cJSON_AddRawToObject(object, name, text);
}

/* A fact; whole numbers as such. */
static bulletin_status add_fact(const archive *a, cJSON *object, const char *name, bulletin_fact fact)
{
    char *text = NULL;
    bulletin_status status = bulletin_read_fact(a->handle, fact, &text);
    if (fact == BULLETIN_FACT_SCHEMA && text != NULL)
        cJSON_AddRawToObject(object, name, text);
    else
        add_text(object, name, text);
    bulletin_free(text);
    return status;
}

static void add_list(cJSON *object, const char *name, const char *const *items, size_t count)
{
    cJSON *array = cJSON_AddArrayToObject(object, name);
    for (size_t i = 0; i < count && items != NULL && items[i] != NULL; i++)
        cJSON_AddItemToArray(array, cJSON_CreateString(items[i]));
}

/* "2024-05" is the same for ever; "3m" is counted from today. */
static bool is_fixed(const char *date)
{
    return date == NULL || strspn(date, "0123456789-") == strlen(date);
}

static void add_options(cJSON *record, const bulletin_search_options *options)
{
    static const struct {
        const char *name;
        unsigned flag;
    } switches[] = {
        { "literal", BULLETIN_LITERAL },
        { "any", BULLETIN_ANY },
        { "words", BULLETIN_WORDS },
        { "expand_exact", BULLETIN_EXPAND_EXACT },
        { "no_expand", BULLETIN_NO_EXPAND },
        { "no_partial", BULLETIN_NO_PARTIAL },
        { "no_collapse", BULLETIN_NO_COLLAPSE },
        { "all_text", BULLETIN_ALL_TEXT },
        { "words", BULLETIN_WORDS },
        { "expand_exact", BULLETIN_EXPAND_EXACT },
    };
    static const char *const sorts[] = {
        [BULLETIN_RELEVANCE] = "relevance", [BULLETIN_NEWEST] = "newest", [BULLETIN_OLDEST] = "oldest"
    };
    static const char *const scopes[] = {
        [BULLETIN_SCOPE_SELF] = "self", [BULLETIN_SCOPE_FORMER] = "former", [BULLETIN_SCOPE_UNDER] = "under"
    };
    cJSON *object = cJSON_AddObjectToObject(record, "options");
    add_text(object, "from", options->from);
    add_text(object, "until", options->until);
    add_text(object, "today", is_fixed(options->from) && is_fixed(options->until) ? NULL : options->today);
    add_text(object, "source", options->source);
    add_text(object, "lang", options->lang);
    add_list(object, "organizations", options->organizations, options->organization_count);
    add_text(object, "organization_scope", scopes[options->scope]);
    add_list(object, "glossary", options->glossary, SIZE_MAX);
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        cJSON_AddBoolToObject(object, switches[i].name, (options->flags & switches[i].flag) != 0);
    add_number(object, "min_sources", (int64_t)options->min_sources);
    add_text(object, "sort", sorts[options->sort]);
    add_number(object, "limit", (int64_t)options->limit);
    add_number(object, "offset", (int64_t)options->offset);
}

static bulletin_status add_archive(const archive *a, cJSON *record, const bulletin_hits *hits)
{
    static const struct {
        const char *name;
        bulletin_fact fact;
    } facts[] = { { "uuid", BULLETIN_FACT_UUID },
                  { "schema", BULLETIN_FACT_SCHEMA },
                  { "tokenizer", BULLETIN_FACT_TOKENIZER },
                  { "icu", BULLETIN_FACT_ICU },
                  { "thesaurus_sha256", BULLETIN_FACT_THESAURUS },
                  { "organizations_sha256", BULLETIN_FACT_AUTHORITY } };
    cJSON *object = cJSON_AddObjectToObject(record, "archive");
    bulletin_status status = BULLETIN_OK;
    for (size_t i = 0; i < sizeof facts / sizeof *facts && status >= 0; i++)
        status = add_fact(a, object, facts[i].name, facts[i].fact);
    add_number(object, "revision", bulletin_hits_total(hits, BULLETIN_TOTAL_REVISION));
    add_number(object, "bulletins", bulletin_hits_total(hits, BULLETIN_TOTAL_ARCHIVE));
    return status;
}

static void add_figures(cJSON *record, const bulletin_hits *hits)
{
    static const struct {
        const char *name;
        bulletin_total total;
    } figures[] = {
        { "stories", BULLETIN_TOTAL_STORIES },
        { "bulletins", BULLETIN_TOTAL_BULLETINS },
        { "as_typed", BULLETIN_TOTAL_AS_TYPED },
        { "inside_other_words", BULLETIN_TOTAL_INSIDE_WORDS },
        { "undated_excluded", BULLETIN_TOTAL_UNDATED_EXCLUDED },
        { "furniture_only", BULLETIN_TOTAL_FURNITURE_ONLY },
    };
    cJSON *object = cJSON_AddObjectToObject(record, "figures");
    cJSON_AddBoolToObject(object, "partial", bulletin_hits_total(hits, BULLETIN_TOTAL_PARTIAL) == 1);
    if (bulletin_hits_total(hits, BULLETIN_TOTAL_CANDIDATES) >= 0)
        add_number(object, "candidates", bulletin_hits_total(hits, BULLETIN_TOTAL_CANDIDATES));
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        int64_t figure = bulletin_hits_total(hits, figures[i].total);
        if (figure < 0)
            cJSON_AddNullToObject(object, figures[i].name);
        else
            add_number(object, figures[i].name, figure);
    }
}

static void add_expansions(cJSON *record, const bulletin_hits *hits)
{
    cJSON *array = cJSON_AddArrayToObject(record, "expansions");
    bulletin_expansion one;
    for (size_t i = 0; bulletin_hits_expansion(hits, i, &one) == BULLETIN_OK; i++) {
        cJSON *object = cJSON_CreateObject();
        add_text(object, "unit", one.typed);
        add_text(object, "text", one.text);
        add_text(object, "quality", one.quality);
        add_number(object, "bulletins", one.bulletins);
        cJSON_AddItemToArray(array, object);
    }
}

/* The record; new, cJSON_free(). */
static char *print(const archive *a, const char *query, const bulletin_search_options *options,
                   const bulletin_hits *hits, bulletin_status *status)
{
    cJSON *record = cJSON_CreateObject();
    add_number(record, "schema", SCHEMA);
    add_text(record, "program", "bulletin");
    add_text(record, "version", bulletin_version());
    add_text(record, "query", query);
    add_text(record, "parsed", bulletin_hits_parsed(hits));
    add_options(record, options);
    *status = add_archive(a, record, hits);
    add_expansions(record, hits);
    add_figures(record, hits);
    char *text = cJSON_Print(record);
    cJSON_Delete(record);
    return text;
}

static int write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    bool good = file != NULL && fputs(text, file) >= 0 && fputc('\n', file) != EOF;
    int failure = good ? 0 : errno;
    if (file != NULL && fclose(file) != 0 && good)
        failure = errno;
    if (failure == 0)
        return EXIT_DONE;
    message_say("cannot write %s: %s", path, strerror(failure));
    return EXIT_FAILED;
}

int provenance_write(const archive *a, const char *path, const char *query,
                     const bulletin_search_options *options, const bulletin_hits *hits)
{
    bulletin_status status = BULLETIN_OK;
    char *text = print(a, query, options, hits, &status);
    int exit = EXIT_DONE;
    if (status < 0)
        exit = archive_status(a, "search", status);
    else
        exit = text == NULL ? message_no_memory("search") : write_file(path, text);
    cJSON_free(text);
    return exit;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin remove`: bulletins out of the archive, asked for by id or by a query. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"
#include "filter.h"
#include "message.h"
#include "option.h"
#include "output.h"

enum { TITLES_SHOWN = 10, TITLE_COLUMNS = 100, OPTION_ROWS = 4 };

typedef struct removal {
    option_list named; /* ids as typed */
    filter filter;
    option_number wait;
    bool yes, dry_run;
    int64_t *ids; /* what is to go; new */
    size_t count, room;
} removal;

static bool add_id(removal *r, int64_t id)
{
    if (r->count == r->room) {
        size_t room = r->room * 2 + 64;
        int64_t *ids = room > SIZE_MAX / sizeof *ids ? NULL : realloc(r->ids, room * sizeof *ids);
        if (ids == NULL)
            return false;
        r->ids = ids;
        r->room = room;
    }
    r->ids[r->count++] = id;
    return true;
}

/* A missing id stops everything before anything is removed. */
static int find_named(const archive *a, removal *r)
{
    for (size_t i = 0; i < r->named.count; i++) {
        char *json = NULL;
        uint64_t id = 0;
        option_read_number(r->named.items[i], &id);
        bulletin_status status = bulletin_show(a->handle, (int64_t)id, &json);
        bulletin_free(json);
        if (status == BULLETIN_NOT_FOUND) {
            message_say("no bulletin has the id %s", r->named.items[i]);
            return EXIT_NOTHING;
        }
        if (status != BULLETIN_OK)
            return archive_status(a, "remove", status);
        if (!add_id(r, (int64_t)id))
            return message_no_memory("remove");
    }
    return EXIT_DONE;
}

/* Exactly what was typed: no other names of a thing, and no bulletin with only some of the words. */
static int find_matches(const archive *a, removal *r, const char *query)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    bulletin_hits *hits = NULL;
    bool kept = true;
    options.flags = BULLETIN_NO_EXPAND | BULLETIN_NO_PARTIAL | BULLETIN_NO_COLLAPSE | BULLETIN_NO_SNIPPET;
    options.limit = 0;
    filter_apply(&r->filter, &options);
    bulletin_status status = bulletin_search(a->handle, query, strlen(query), &options, &hits);
    while (kept && status == BULLETIN_OK && (status = bulletin_hits_next(hits)) == BULLETIN_OK)
        kept = add_id(r, bulletin_hits_id(hits));
    bulletin_hits_close(hits);
    if (!kept)
        return message_no_memory("remove");
    if (status < 0)
        return archive_status(a, "remove", status);
    if (r->count == 0)
        message_note("nothing found");
    return r->count == 0 ? EXIT_NOTHING : EXIT_DONE;
}

static void list_one(client *c, const archive *a, int64_t id)
{
    char *json = NULL;
    if (bulletin_show(a->handle, id, &json) == BULLETIN_OK) {
        char *title = output_record_member(json, "title");
        char *body = title == NULL ? output_record_member(json, "body") : NULL;
        writer_format(&c->out, "%8" PRId64 "  ", id);
        terminal_put_line(&c->out, title != NULL ? title : body != NULL ? body : "", TITLE_COLUMNS);
        writer_text(&c->out, "\n");
        free(title);
        free(body);
    }
    bulletin_free(json);
}

static void list_titles(client *c, const archive *a, const removal *r)
{
    size_t shown = r->count < TITLES_SHOWN ? r->count : TITLES_SHOWN;
    for (size_t i = 0; i < shown; i++)
        list_one(c, a, r->ids[i]);
    writer_format(&c->out, message_text("%zu of %zu\n"), shown, r->count);
    writer_flush(&c->out);
}

static bool user_agrees(size_t count)
{
    char answer[16] = "";
    fprintf(stderr, message_text("Remove %zu? [y/N] "), count);
    fflush(stderr);
    if (fgets(answer, sizeof answer, stdin) == NULL)
        return false;
    return answer[0] == 'y' || answer[0] == 'Y' || strncmp(answer, "是", strlen("是")) == 0;
}

static int remove_found(client *c, const archive *a, const removal *r)
{
    size_t removed = 0;
    if (r->dry_run)
        return EXIT_DONE;
    if (!r->yes && !isatty(STDIN_FILENO)) {
        message_say("remove needs --yes when nobody can be asked");
        return EXIT_USAGE;
    }
    if (!r->yes && !user_agrees(r->count)) {
        message_note("nothing removed");
        return EXIT_DONE;
    }
    bulletin_status status = bulletin_remove_all(a->handle, r->ids, r->count, &removed);
    if (status == BULLETIN_OK)
        writer_format(&c->out, "removed %zu\n", removed);
    return archive_status(a, "remove", status);
}

static int remove_all(client *c, const archive *a, removal *r, const char *query)
{
    int status = r->named.count > 0 ? find_named(a, r) : find_matches(a, r, query);
    if (status != EXIT_DONE)
        return status;
    list_titles(c, a, r);
    return remove_found(c, a, r);
}

/* Everything is never meant by nothing. */
static int check_choice(const option_usage *usage, const removal *r, const char *query)
{
    uint64_t id = 0;
    bool asked = query[strspn(query, " \t\n")] != '\0' || !filter_is_empty(&r->filter);
    if (r->named.count == 0 && !asked)
        return option_complain(usage, "name what to remove: a query, or --id N");
    if (r->named.count > 0 && asked)
        return option_complain(usage, "name what to remove by a query or by --id, not by both");
    for (size_t i = 0; i < r->named.count; i++)
        if (!option_read_number(r->named.items[i], &id) || id > INT64_MAX)
            return option_complain(usage, "an id is a whole number, not %s", r->named.items[i]);
    return OPTION_GO_ON;
}

static int run(client *c, const option_usage *usage, removal *r, int argc, char **argv)
{
    archive a;
    char *query = client_join(argc, argv);
    if (query == NULL)
        return message_no_memory("remove");
    int status = check_choice(usage, r, query);
    if (status == OPTION_GO_ON) {
        status = archive_open(c, "remove", r->dry_run ? ARCHIVE_READ : ARCHIVE_WRITE, &r->wait, &a);
        if (status == EXIT_DONE)
            status = remove_all(c, &a, r, query);
        archive_close(&a);
    }
    free(query);
    return status;
}

int command_remove(client *c, int argc, char **argv)
{
    removal r = { 0 };
    option_spec options[OPTION_ROWS + FILTER_OPTIONS] = {
        { "id", 0, OPTION_LIST, &r.named, "N", "the bulletin with this id; may be repeated" },
        { "yes", 'y', OPTION_SWITCH, &r.yes, NULL, "do not ask" },
        { "dry-run", 'n', OPTION_SWITCH, &r.dry_run, NULL, "show what would go, remove nothing" },
        { "wait", 0, OPTION_NUMBER, &r.wait, "SECONDS", "how long to wait for another writer (default 5)" },
    };
    filter_list(&r.filter, options + OPTION_ROWS);
    const option_usage usage = {
        .command = "bulletin remove",
        .operands = "QUERY...|--id N",
        .summary = "Remove bulletins from the archive. Their ids are never used again.",
        .notes = "QUERY finds exactly what was typed: no other names of a thing, never\n"
                 "bulletins with only some of the words. All of them go, or after a failure none.",
        .options = options,
        .option_count = OPTION_ROWS + FILTER_OPTIONS,
        .text_operands = true,
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status == OPTION_GO_ON)
        status = run(c, &usage, &r, argc, argv);
    option_list_free(&r.named);
    filter_free(&r.filter);
    free(r.ids);
    return status;
}

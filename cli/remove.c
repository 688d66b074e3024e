/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* `bulletin remove`: bulletins out of the archive, asked for by id. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"
#include "message.h"
#include "option.h"
#include "output.h"

enum { TITLES_SHOWN = 10, TITLE_COLUMNS = 100 };

typedef struct removal {
    option_list ids;
    option_number wait;
    bool yes, dry_run;
} removal;

static int64_t id_at(const removal *r, size_t i)
{
    uint64_t id = 0;
    option_read_number(r->ids.items[i], &id);
    return (int64_t)id;
}

static void list_one(client *c, int64_t id, const char *json)
{
    char *title = output_record_member(json, "title");
    char *body = title == NULL ? output_record_member(json, "body") : NULL;
    writer_format(&c->out, "%8" PRId64 "  ", id);
    terminal_put_line(&c->out, title != NULL ? title : body != NULL ? body : "", TITLE_COLUMNS);
    writer_text(&c->out, "\n");
    free(title);
    free(body);
}

/* Show what is to go. A missing id stops everything before anything is removed. */
static int list_titles(client *c, const archive *a, const removal *r)
{
    for (size_t i = 0; i < r->ids.count; i++) {
        char *json = NULL;
        bulletin_status status = bulletin_show(a->handle, id_at(r, i), &json);
        if (status == BULLETIN_OK && i < TITLES_SHOWN)
            list_one(c, id_at(r, i), json);
        bulletin_free(json);
        if (status == BULLETIN_NOT_FOUND)
            message_say("no bulletin has the id %s", r->ids.items[i]);
        if (status != BULLETIN_OK)
            return status == BULLETIN_NOT_FOUND ? EXIT_NOTHING : archive_status(a, "remove", status);
    }
    if (r->ids.count > TITLES_SHOWN)
        writer_format(&c->out, message_text("%d of %zu\n"), TITLES_SHOWN, r->ids.count);
    writer_flush(&c->out);
    return EXIT_DONE;
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

static int remove_listed(client *c, const archive *a, const removal *r)
{
    size_t removed = 0;
    bulletin_status status = BULLETIN_OK;
    for (size_t i = 0; i < r->ids.count && status == BULLETIN_OK; i++) {
        status = bulletin_remove(a->handle, id_at(r, i));
        removed += status == BULLETIN_OK;
        if (status == BULLETIN_NOT_FOUND) /* named twice, or removed by another process meanwhile */
            status = BULLETIN_OK;
    }
    writer_format(&c->out, "removed %zu\n", removed);
    return archive_status(a, "remove", status);
}

static int remove_ids(client *c, const archive *a, const removal *r)
{
    int status = list_titles(c, a, r);
    if (status != EXIT_DONE || r->dry_run)
        return status;
    if (!r->yes && !isatty(STDIN_FILENO)) {
        message_say("remove needs --yes when nobody can be asked");
        return EXIT_USAGE;
    }
    if (!r->yes && !user_agrees(r->ids.count)) {
        message_note("nothing removed");
        return EXIT_DONE;
    }
    return remove_listed(c, a, r);
}

static int check_ids(const option_usage *usage, const removal *r)
{
    uint64_t id = 0;
    if (r->ids.count == 0)
        return option_complain(usage, "name what to remove: --id N");
    for (size_t i = 0; i < r->ids.count; i++)
        if (!option_read_number(r->ids.items[i], &id) || id > INT64_MAX)
            return option_complain(usage, "an id is a whole number, not %s", r->ids.items[i]);
    return OPTION_GO_ON;
}

int command_remove(client *c, int argc, char **argv)
{
    removal r = { 0 };
    archive a;
    const option_spec options[] = {
        { "id", 0, OPTION_LIST, &r.ids, "N", "the bulletin with this id; may be repeated" },
        { "yes", 'y', OPTION_SWITCH, &r.yes, NULL, "do not ask" },
        { "dry-run", 'n', OPTION_SWITCH, &r.dry_run, NULL, "show what would go, remove nothing" },
        { "wait", 0, OPTION_NUMBER, &r.wait, "SECONDS", "how long to wait for another writer (default 5)" },
    };
    const option_usage usage = {
        .command = "bulletin remove",
        .operands = "--id N",
        .summary = "Remove bulletins from the archive. Their ids are never used again.",
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    int status = option_parse(c, &usage, &argc, argv);
    if (status == OPTION_GO_ON && argc > 0)
        status = option_complain(&usage, "remove takes --id N, not %s", argv[0]);
    if (status == OPTION_GO_ON)
        status = check_ids(&usage, &r);
    if (status == OPTION_GO_ON) {
        status = archive_open(c, "remove", r.dry_run ? ARCHIVE_READ : ARCHIVE_WRITE, &r.wait, &a);
        if (status == EXIT_DONE)
            status = remove_ids(c, &a, &r);
        archive_close(&a);
    }
    option_list_free(&r.ids);
    return status;
}

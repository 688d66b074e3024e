/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

#include "trial.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"

/* So little memory that even few records take many transactions. */
static const bulletin_options small = {
    sizeof(bulletin_options), false, false, 1000, 0, 256 << 10, NULL, NULL, NULL, false
};

double trial_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

const char *trial_name(trial_work work)
{
    static const char *const names[] = { "import", "replace", "remove", "reindex" };
    return names[work];
}

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "cannot set up: %s\n", what);
    exit(2);
}

/* ---- records ---- */

/* Every fourth record is a copy of the one before it; all others are texts of their own, or telling the one
 * great story that they made would take most of the time. */
static void write_text(FILE *file, int i, int variant)
{
    static const char *const words[] = { "缆都", "船坞", "夜班", "工友", "读书会", "技能赛", "女工", "协约",
                                         "岚溪", "纺织", "食堂", "宿舍", "安全帽", "工钱",   "代表", "车间" };
    uint32_t state = (uint32_t)(i - (i % 4 == 3)) * 2 + (uint32_t)variant;
    for (int j = 0; j < 40; j++) {
        state = state * 1664525 + 1013904223; /* Knuth and Lewis */
        fprintf(file, "%s%s", words[state >> 28], j % 9 == 8 ? "。" : "");
    }
    fprintf(file, " shift %d at Millbrook yard", i);
}

/* Every third record is another in the second variant, some with another date. */
static void write_records(const char *path, int count, int variant)
{
    FILE *file = fopen(path, "w");
    must(file, path);
    for (int i = 0; i < count; i++) {
        int version = i % 3 == 0 ? variant : 0;
        fprintf(file, "{\"key\":\"k%d\",\"title\":\"第%d号通报\",", i, i);
        if (i % 4 != 3)
            fprintf(file, "\"published\":\"20%02d-%02d-1%d\",", (i * 7 + version) % 25, i % 12 + 1, i % 9);
        fprintf(file, "\"body\":\"");
        write_text(file, i, version);
        fprintf(file, "\"}\n");
    }
    must(fclose(file) == 0, path);
}

static void copy(const char *from, const char *to)
{
    char block[1 << 16];
    size_t size;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    must(in && out, from);
    while ((size = fread(block, 1, sizeof block, in)) > 0)
        must(fwrite(block, 1, size, out) == size, to);
    fclose(in);
    must(fclose(out) == 0, to);
}

static void remove_archive(const trial *t)
{
    static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < 4; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", t->archive, endings[i]);
        unlink(path);
    }
}

void trial_reset(const trial *t, trial_work work)
{
    remove_archive(t);
    if (work != TRIAL_IMPORT)
        copy(t->base, t->archive);
}

/* ---- works ---- */

static bulletin_status import(bulletin *b, const char *path)
{
    const char *paths[] = { path };
    return bulletin_import(b, paths, 1, NULL, NULL);
}

/* Every fifth, in many transactions. */
static bulletin_status remove_some(bulletin *b, int count)
{
    bulletin_status status = BULLETIN_OK;
    for (int i = 1; i <= count && status >= 0; i += 50) {
        int64_t ids[10];
        for (int j = 0; j < 10; j++)
            ids[j] = i + j * 5;
        status = bulletin_remove_all(b, ids, 10, NULL);
    }
    return status;
}

bulletin_status trial_do(const trial *t, trial_work work, char message[512])
{
    bulletin *b = NULL;
    bulletin_status status = bulletin_open(t->archive, &small, &b);
    if (status >= 0 && (work == TRIAL_IMPORT || work == TRIAL_REPLACE))
        status = import(b, t->records[work == TRIAL_REPLACE]);
    if (status >= 0 && work == TRIAL_REMOVE)
        status = remove_some(b, t->count);
    if (status >= 0 && work == TRIAL_REINDEX)
        status = bulletin_reindex(b, NULL, NULL);
    if (message)
        snprintf(message, 512, "%s", status < 0 ? bulletin_message(b) : "");
    bulletin_close(b);
    return status;
}

/* ---- outcomes ---- */

static void dump_search(bl_buffer *out, bulletin *b, const char *query, bool whole)
{
    bulletin_search_options options = BULLETIN_SEARCH_INIT;
    options.sort = BULLETIN_OLDEST;
    options.limit = 0;
    bulletin_hits *hits;
    bl_buffer_printf(out, "? %s\n", query);
    bulletin_status status = bulletin_search(b, query, strlen(query), &options, &hits);
    while (status >= 0 && (status = bulletin_hits_next(hits)) == BULLETIN_OK) {
        const char *date = bulletin_hits_text(hits, BULLETIN_PUBLISHED);
        bl_buffer_printf(out, "%lld %s", (long long)bulletin_hits_id(hits),
                         bulletin_hits_text(hits, BULLETIN_KEY));
        if (whole)
            bl_buffer_printf(out, " %s %s %s", bulletin_hits_text(hits, BULLETIN_TITLE), date ? date : "-",
                             bulletin_hits_text(hits, BULLETIN_BODY));
        bl_buffer_putc(out, '\n');
    }
    if (status < 0)
        bl_buffer_printf(out, "%s\n", bulletin_message(b));
    bulletin_hits_close(hits);
}

/* Documents of one day stand in the order in which they came, which a disturbance may change: so lines are
 * sorted. */
static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *sorted(char *text)
{
    size_t count = 0, size = strlen(text);
    char **lines = malloc((size + 1) * sizeof *lines), *result = malloc(size + 2), *end = result;
    must(lines && result, "memory");
    for (char *s = strtok(text, "\n"); s; s = strtok(NULL, "\n"))
        lines[count++] = s;
    qsort(lines, count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < count; i++)
        end += sprintf(end, "%s\n", lines[i]);
    *end = '\0';
    free(lines);
    free(text);
    return result;
}

static char *dump(const trial *t)
{
    static const char *const queries[] = { "夜班", "\"岚溪纺织\"", "millbrook -女工", "工*", "title:第7号" };
    bulletin *b = NULL;
    bl_buffer out = { 0 }, searches = { 0 };
    if (bulletin_open(t->archive, &small, &b) < 0)
        bl_buffer_printf(&out, "%s\n", bulletin_message(b));
    else
        dump_search(&out, b, "", true);
    for (size_t i = 0; i < sizeof queries / sizeof *queries && !out.failed; i++) {
        searches = (bl_buffer){ 0 };
        dump_search(&searches, b, queries[i], false);
        char *lines = sorted(bl_buffer_steal(&searches));
        bl_buffer_puts(&out, lines);
        free(lines);
    }
    bulletin_close(b);
    return sorted(bl_buffer_steal(&out));
}

static void note(void *context, const bulletin_problem *problem)
{
    fprintf(stderr, "%s: check: %s\n", (const char *)context, problem->reason);
}

bool trial_checks(const trial *t, const char *disturbance)
{
    bulletin *b = NULL;
    bulletin_status status = bulletin_open(t->archive, &small, &b);
    if (status >= 0)
        status = bulletin_check(b, note, (void *)(uintptr_t)disturbance);
    if (status < 0)
        fprintf(stderr, "%s: afterwards: %s\n", disturbance, bulletin_message(b));
    bulletin_close(b);
    return status >= 0;
}

/* The first line in which two texts differ. */
static void show_difference(const char *a, const char *b, const char *disturbance)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    fprintf(stderr, "%s: the outcome is another: [%.80s] for [%.80s]\n", disturbance, b, a);
}

bool trial_sound(const trial *t, trial_work work, const char *disturbance)
{
    char message[512];
    bool sound = trial_checks(t, disturbance);
    if (sound && trial_do(t, work, message) < 0) {
        fprintf(stderr, "%s: done again: %s\n", disturbance, message);
        sound = false;
    }
    char *outcome = sound ? dump(t) : NULL;
    if (sound && strcmp(outcome, t->expected[work]) != 0) {
        show_difference(t->expected[work], outcome, disturbance);
        sound = false;
    }
    free(outcome);
    return sound && trial_checks(t, disturbance);
}

/* ---- the whole ---- */

void trial_open(trial *t, int count)
{
    /* Where syncing costs nothing, if there is such a place. */
    const char *place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    char folder[sizeof t->folder];
    *t = (trial){ .count = count };
    snprintf(folder, sizeof folder, "%s/bulletin-faults-XXXXXX", place);
    must(mkdtemp(folder), folder);
    strcpy(t->folder, folder);
    snprintf(t->archive, sizeof t->archive, "%s/archive.db", folder);
    snprintf(t->base, sizeof t->base, "%s/base.db", folder);
    for (int i = 0; i < 2; i++) {
        snprintf(t->records[i], sizeof t->records[i], "%s/records-%d.jsonl", folder, i);
        write_records(t->records[i], count, i);
    }
    for (trial_work work = TRIAL_IMPORT; work < TRIAL_WORKS; work++) {
        char message[512];
        trial_reset(t, work);
        double start = trial_now();
        must(trial_do(t, work, message) >= 0, message);
        t->seconds[work] = trial_now() - start;
        t->expected[work] = dump(t);
        if (work == TRIAL_IMPORT)
            copy(t->archive, t->base);
    }
}

void trial_close(trial *t)
{
    static const char *const left[] = { "base.db", "records-0.jsonl", "records-1.jsonl" };
    remove_archive(t);
    for (size_t i = 0; i < 3; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", t->folder, left[i]);
        unlink(path);
    }
    rmdir(t->folder);
    for (int i = 0; i < TRIAL_WORKS; i++)
        free(t->expected[i]);
}

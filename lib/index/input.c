/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Paths to pieces of input: pages whole, records line by line. */
#include "input.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"

/* A page or record beyond this is no bulletin; it also keeps offsets within 32 bits. */
enum { MOST_BYTES = 512 << 20 };
/* Names are read and sorted so many at a time: small folders come in order, huge ones need no list. */
enum { NAMES = 4096 };
/* Folders in folders beyond this are a loop of links. */
enum { MOST_DEPTH = 128 };
enum { SNIFFED = 4096 };

typedef enum kind { KIND_UNKNOWN, KIND_PAGE, KIND_RECORDS, KIND_OTHER } kind;

static const struct {
    const char *ending;
    kind kind;
} endings[] = {
    { ".txt", KIND_PAGE },       { ".text", KIND_PAGE },  { ".md", KIND_PAGE },    { ".jsonl", KIND_RECORDS },
    { ".ndjson", KIND_RECORDS }, { ".jpg", KIND_OTHER },  { ".jpeg", KIND_OTHER }, { ".png", KIND_OTHER },
    { ".gif", KIND_OTHER },      { ".svg", KIND_OTHER },  { ".webp", KIND_OTHER }, { ".ico", KIND_OTHER },
    { ".css", KIND_OTHER },      { ".js", KIND_OTHER },   { ".pdf", KIND_OTHER },  { ".doc", KIND_OTHER },
    { ".docx", KIND_OTHER },     { ".xls", KIND_OTHER },  { ".xlsx", KIND_OTHER }, { ".zip", KIND_OTHER },
    { ".db", KIND_OTHER },       { ".mp3", KIND_OTHER },  { ".mp4", KIND_OTHER },  { ".tmp", KIND_OTHER },
    { ".lock", KIND_OTHER },     { ".html", KIND_OTHER }, { ".htm", KIND_OTHER },  { ".xhtml", KIND_OTHER },
};

void bl_input_free(bl_input *input)
{
    free(input->path);
    free(input->bytes);
    *input = (bl_input){ 0 };
}

static bool has_ending(const char *path, const char *ending)
{
    size_t size = strlen(path), tail = strlen(ending);
    return size > tail && strcasecmp(path + size - tail, ending) == 0;
}

static kind kind_by_name(const char *path)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (has_ending(path, endings[i].ending))
            return endings[i].kind;
    return KIND_UNKNOWN;
}

/* Text holds no NUL (UTF-16 begins with its mark); what begins with a brace holds records. */
static kind kind_by_content(FILE *file)
{
    char head[SNIFFED];
    size_t size = fread(head, 1, sizeof head, file);
    rewind(file);
    bool utf16 = size >= 2 && (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0);
    if (size == 0 || (!utf16 && memchr(head, '\0', size)))
        return KIND_OTHER;
    return head[0] == '{' ? KIND_RECORDS : KIND_PAGE;
}

static void report(const bl_input_sink *sink, const char *path, uint64_t line, const char *reason)
{
    sink->problem(sink->context, path, line, reason);
}

/* ---- files ---- */

static void give(bl_error *e, const bl_input_sink *sink, const char *path, uint64_t line, char *bytes,
                 size_t size)
{
    bl_input input = { strdup(path), line, bytes, size, line == 0 };
    if (!input.path || !input.bytes)
        bl_fail_nomem(e);
    if (bl_failed(e))
        bl_input_free(&input);
    else
        sink->take(e, sink->context, &input);
}

static void read_records(bl_error *e, const char *path, FILE *file, const bl_input_sink *sink)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    for (uint64_t number = 1; !bl_failed(e) && (size = getline(&line, &capacity, file)) >= 0; number++) {
        char *start = line, *end = line + size;
        if (number == 1 && size >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0)
            start += 3;
        while (end > start && (end[-1] == '\n' || end[-1] == '\r' || end[-1] == ' '))
            end--;
        if (end == start)
            continue;
        if (end - start > MOST_BYTES) {
            report(sink, path, number, "the record is larger than 512 MiB");
            continue;
        }
        char *copy = malloc((size_t)(end - start) + 1);
        if (copy) {
            memcpy(copy, start, (size_t)(end - start));
            copy[end - start] = '\0';
        }
        give(e, sink, path, number, copy, (size_t)(end - start));
    }
    if (!bl_failed(e) && ferror(file))
        report(sink, path, 0, strerror(errno));
    free(line);
}

static void read_page(bl_error *e, const char *path, FILE *file, const bl_input_sink *sink)
{
    bl_buffer page = { 0 };
    size_t got;
    do {
        bl_buffer_reserve(&page, 64 << 10);
        got = page.failed ? 0 : fread(page.data + page.size, 1, page.capacity - page.size - 1, file);
        page.size += got;
    } while (got > 0 && page.size <= MOST_BYTES);
    if (page.failed)
        bl_fail_nomem(e);
    else if (ferror(file))
        report(sink, path, 0, strerror(errno));
    else if (page.size > MOST_BYTES)
        report(sink, path, 0, "the page is larger than 512 MiB");
    else {
        page.data[page.size] = '\0';
        give(e, sink, path, 0, page.data, page.size);
        return;
    }
    bl_buffer_free(&page);
}

/* A file that was named is read whatever its ending; one found in a folder only if it may be a bulletin. */
static void read_file(bl_error *e, const char *path, bool named, const bl_input_sink *sink)
{
    kind known = kind_by_name(path);
    if (known == KIND_OTHER && !named) {
        sink->skip(sink->context, path);
        return;
    }
    FILE *file = fopen(path, "rb");
    if (!file) {
        report(sink, path, 0, strerror(errno));
        return;
    }
    if (known == KIND_UNKNOWN || known == KIND_OTHER)
        known = kind_by_content(file);
    if (known == KIND_RECORDS)
        read_records(e, path, file, sink);
    else if (known == KIND_PAGE || named)
        read_page(e, path, file, sink);
    else
        sink->skip(sink->context, path);
    fclose(file);
}

/* ---- folders ---- */

static void read_path(bl_error *e, const char *path, bool named, int depth, const bl_input_sink *sink);

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Hidden files, editors' locks and what a browser saves beside a page. */
static bool is_clutter(const char *name)
{
    size_t size = strlen(name);
    return name[0] == '.' || (name[0] == '~' && name[1] == '$') || name[size - 1] == '~' ||
           (size > 6 && strcmp(name + size - 6, "_files") == 0);
}

/* The next names of a folder, sorted; each new. */
static size_t next_names(bl_error *e, DIR *folder, const char *path, char **names, const bl_input_sink *sink)
{
    size_t count = 0;
    const struct dirent *entry;
    while (count < NAMES && !bl_failed(e) && (entry = readdir(folder))) {
        bl_buffer name = { 0 };
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        bl_buffer_printf(&name, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/", entry->d_name);
        if (name.failed)
            bl_fail_nomem(e);
        else if (is_clutter(entry->d_name))
            sink->skip(sink->context, name.data);
        else {
            names[count++] = name.data;
            continue;
        }
        bl_buffer_free(&name);
    }
    if (count > 1)
        qsort(names, count, sizeof *names, compare_names);
    return count;
}

static void read_folder(bl_error *e, const char *path, int depth, const bl_input_sink *sink)
{
    DIR *folder = depth < MOST_DEPTH ? opendir(path) : NULL;
    if (!folder) {
        report(sink, path, 0,
               depth < MOST_DEPTH ? strerror(errno) : "folders lie too deep: a loop of links?");
        return;
    }
    char **names = malloc(NAMES * sizeof *names);
    if (!names)
        bl_fail_nomem(e);
    for (size_t count = 1; names && count > 0 && !bl_failed(e);) {
        count = next_names(e, folder, path, names, sink);
        for (size_t i = 0; i < count; i++) {
            read_path(e, names[i], false, depth + 1, sink);
            free(names[i]);
        }
    }
    free(names);
    closedir(folder);
}

static void read_path(bl_error *e, const char *path, bool named, int depth, const bl_input_sink *sink)
{
    struct stat st;
    if (bl_failed(e))
        return;
    if (stat(path, &st) != 0)
        report(sink, path, 0, strerror(errno));
    else if (S_ISDIR(st.st_mode))
        read_folder(e, path, depth, sink);
    else if (S_ISREG(st.st_mode) || named)
        read_file(e, path, named, sink);
    else
        sink->skip(sink->context, path);
}

static void read_descriptor(bl_error *e, int descriptor, const bl_input_sink *sink)
{
    int copy = descriptor >= 0 ? fcntl(descriptor, F_DUPFD_CLOEXEC, 0) : -1;
    FILE *file = copy >= 0 ? fdopen(copy, "rb") : NULL;
    if (file) {
        read_records(e, "-", file, sink);
        fclose(file);
        return;
    }
    report(sink, "-", 0, descriptor >= 0 ? strerror(errno) : "standard input was not offered");
    if (copy >= 0)
        close(copy);
}

void bl_input_read(bl_error *e, const char *path, int descriptor, const bl_input_sink *sink)
{
    if (strcmp(path, "-") == 0)
        read_descriptor(e, descriptor, sink);
    else if (*path == '\0')
        report(sink, path, 0, "the path is empty");
    else
        read_path(e, path, true, 0, sink);
}

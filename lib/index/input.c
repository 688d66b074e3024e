/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Paths to pieces of input: pages whole, records line by line. */
#include "input.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"

/* A page or record beyond this is no bulletin; it also keeps offsets within 32 bits. */
enum { MOST_BYTES = 512 << 20 };
/* Names are read and sorted so many at a time: small folders come in order, huge ones need no list. */
enum { NAMES = 4096 };
/* Folders in folders beyond this are a loop of links. */
enum { MOST_DEPTH = 128 };
enum { SNIFFED = 4096 };

typedef enum kind { KIND_UNKNOWN, KIND_PAGE, KIND_LINES, KIND_OBJECTS, KIND_OTHER } kind;

static const struct {
    const char *ending;
    kind kind;
} endings[] = {
    { ".txt", KIND_PAGE },     { ".text", KIND_PAGE },    { ".md", KIND_PAGE },   { ".jsonl", KIND_LINES },
    { ".ndjson", KIND_LINES }, { ".json", KIND_OBJECTS }, { ".jpg", KIND_OTHER }, { ".jpeg", KIND_OTHER },
    { ".png", KIND_OTHER },    { ".gif", KIND_OTHER },    { ".svg", KIND_OTHER }, { ".webp", KIND_OTHER },
    { ".ico", KIND_OTHER },    { ".css", KIND_OTHER },    { ".js", KIND_OTHER },  { ".pdf", KIND_OTHER },
    { ".doc", KIND_OTHER },    { ".docx", KIND_OTHER },   { ".xls", KIND_OTHER }, { ".xlsx", KIND_OTHER },
    { ".zip", KIND_OTHER },    { ".db", KIND_OTHER },     { ".mp3", KIND_OTHER }, { ".mp4", KIND_OTHER },
    { ".tmp", KIND_OTHER },    { ".lock", KIND_OTHER },   { ".html", KIND_PAGE }, { ".htm", KIND_PAGE },
    { ".xhtml", KIND_PAGE },
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
    return head[0] == '{' ? KIND_LINES : head[0] == '[' ? KIND_OBJECTS : KIND_PAGE;
}

/* One reading of a path. */
typedef struct reader {
    const bl_input_rules *rules;
    const bl_input_sink *sink;
} reader;

static void report(const reader *r, const char *path, uint64_t line, const char *reason)
{
    r->sink->problem(r->sink->context, path, line, reason);
}

static void skip(const reader *r, const char *path)
{
    r->sink->skip(r->sink->context, path);
}

/* ---- giving ---- */

static void give(bl_error *e, const reader *r, bl_input *input, const char *path)
{
    input->path = strdup(path);
    if (!input->path || (!input->bytes && input->kind != BL_INPUT_END))
        bl_fail_nomem(e);
    if (bl_failed(e))
        bl_input_free(input);
    else
        r->sink->take(e, r->sink->context, input);
}

static void give_record(bl_error *e, const reader *r, const char *path, uint64_t line, const char *start,
                        size_t size)
{
    if (size > MOST_BYTES) {
        report(r, path, line, "the record is larger than 512 MiB");
        return;
    }
    bl_input input = { .kind = BL_INPUT_RECORD, .line = line, .bytes = malloc(size + 1), .size = size };
    if (input.bytes) {
        memcpy(input.bytes, start, size);
        input.bytes[size] = '\0';
    }
    give(e, r, &input, path);
}

static void give_end(bl_error *e, const reader *r, const char *path, bl_stamp stamp)
{
    bl_input input = { .kind = BL_INPUT_END, .stamp = stamp };
    if (stamp.size >= 0 && !bl_failed(e))
        give(e, r, &input, path);
}

/* ---- files ---- */

/* A file changed within the last two seconds may change again without its time being another. */
static bl_stamp stamp_of(const struct stat *st)
{
    if (!S_ISREG(st->st_mode))
        return (bl_stamp){ -1, 0 };
    bool young = time(NULL) - st->st_mtim.tv_sec < 2;
    int64_t mtime = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
    return (bl_stamp){ (int64_t)st->st_size, young ? 0 : mtime };
}

static void read_lines(bl_error *e, const reader *r, const char *path, FILE *file)
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
        if (end > start)
            give_record(e, r, path, number, start, (size_t)(end - start));
    }
    if (!bl_failed(e) && !feof(file) && !ferror(file))
        bl_fail_nomem(e); /* the one reason left for getline() */
    free(line);
}

/* The objects of an array, or one after another, each taken out by its brackets: no file is held whole. */
typedef struct scanner {
    bl_buffer object;
    uint64_t line, start;
    int depth;
    bool string, escaped, stray;
} scanner;

/* Take the next character; true when it ends an object. */
static bool scan(scanner *s, char c)
{
    s->line += c == '\n';
    if (s->depth == 0 && c != '{')
        return false;
    if (s->depth == 0)
        s->start = s->line;
    bl_buffer_putc(&s->object, c);
    if (s->string) {
        s->string = c != '"' || s->escaped;
        s->escaped = c == '\\' && !s->escaped;
    } else if (c == '"') {
        s->string = true;
        s->escaped = false;
    } else if (c == '{' || c == '[') {
        s->depth++;
    } else if (c == '}' || c == ']') {
        s->depth--;
        return s->depth == 0;
    }
    return false;
}

/* What stands between objects: brackets, commas and white space; anything else is reported once a run. */
static void note_stray(const reader *r, const char *path, scanner *s, char c)
{
    bool stray = s->depth == 0 && !strchr("[], \t\r\n{}\xEF\xBB\xBF", c);
    if (stray && !s->stray)
        report(r, path, s->line, "not a JSON object");
    s->stray = stray || (s->stray && c != ',');
}

static void read_objects(bl_error *e, const reader *r, const char *path, FILE *file)
{
    scanner s = { .line = 1 };
    for (int c; !bl_failed(e) && (c = getc(file)) != EOF;) {
        note_stray(r, path, &s, (char)c);
        bool whole = scan(&s, (char)c);
        if (s.object.failed)
            bl_fail_nomem(e);
        if (!whole)
            continue;
        give_record(e, r, path, s.start, s.object.data, s.object.size);
        bl_buffer_cut(&s.object, 0);
    }
    if (s.depth > 0 && !bl_failed(e))
        report(r, path, s.start, "the record is cut off at the end of the file");
    bl_buffer_free(&s.object);
}

static void read_records(bl_error *e, const reader *r, const char *path, FILE *file, kind known,
                         bl_stamp stamp)
{
    if (known == KIND_LINES)
        read_lines(e, r, path, file);
    else
        read_objects(e, r, path, file);
    if (!bl_failed(e) && ferror(file))
        report(r, path, 0, strerror(errno));
    else
        give_end(e, r, path, stamp);
}

static void read_page(bl_error *e, const reader *r, const char *path, FILE *file, bl_stamp stamp)
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
        report(r, path, 0, strerror(errno));
    else if (page.size > MOST_BYTES)
        report(r, path, 0, "the page is larger than 512 MiB");
    else {
        page.data[page.size] = '\0';
        bl_input input = { .kind = BL_INPUT_PAGE, .bytes = page.data, .size = page.size, .stamp = stamp };
        give(e, r, &input, path);
        return;
    }
    bl_buffer_free(&page);
}

/* A file that was named is read whatever its ending; one found in a folder only if it may be a bulletin. */
static void read_file(bl_error *e, const reader *r, const char *path, bool named, bl_stamp stamp)
{
    kind known = kind_by_name(path);
    if (known == KIND_OTHER && !named) {
        skip(r, path);
        return;
    }
    if (stamp.size >= 0 && r->sink->known(e, r->sink->context, path, stamp))
        return;
    FILE *file = bl_failed(e) ? NULL : fopen(path, "rb");
    if (!file) {
        if (!bl_failed(e))
            report(r, path, 0, strerror(errno));
        return;
    }
    if (known == KIND_UNKNOWN || known == KIND_OTHER)
        known = stamp.size >= 0 ? kind_by_content(file) : KIND_LINES;
    if (known == KIND_LINES || known == KIND_OBJECTS)
        read_records(e, r, path, file, known, stamp);
    else if (known == KIND_PAGE || named)
        read_page(e, r, path, file, stamp);
    else
        skip(r, path);
    fclose(file);
}

/* ---- folders ---- */

static void read_path(bl_error *e, const reader *r, const char *path, bool named, int depth);

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

static bool is_listed(const char *const *patterns, const char *path)
{
    const char *slash = strrchr(path, '/');
    for (; patterns && *patterns; patterns++)
        if (fnmatch(*patterns, strchr(*patterns, '/') || !slash ? path : slash + 1, 0) == 0)
            return true;
    return false;
}

/* What is passed over in a folder without a look at it. */
static bool is_left_out(const reader *r, const char *path)
{
    const char *slash = strrchr(path, '/');
    return is_clutter(slash ? slash + 1 : path) || is_listed(r->rules->exclude, path);
}

/* The next names of a folder, sorted; each new. */
static size_t next_names(bl_error *e, const reader *r, DIR *folder, const char *path, char **names)
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
        else if (is_left_out(r, name.data))
            skip(r, name.data);
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

static void read_folder(bl_error *e, const reader *r, const char *path, int depth)
{
    DIR *folder = depth < MOST_DEPTH ? opendir(path) : NULL;
    if (!folder) {
        report(r, path, 0, depth < MOST_DEPTH ? strerror(errno) : "folders lie too deep: a loop of links?");
        return;
    }
    char **names = malloc(NAMES * sizeof *names);
    if (!names)
        bl_fail_nomem(e);
    for (size_t count = 1; names && count > 0 && !bl_failed(e);) {
        count = next_names(e, r, folder, path, names);
        for (size_t i = 0; i < count; i++) {
            read_path(e, r, names[i], false, depth + 1);
            free(names[i]);
        }
    }
    free(names);
    closedir(folder);
}

static void read_path(bl_error *e, const reader *r, const char *path, bool named, int depth)
{
    struct stat st;
    if (bl_failed(e))
        return;
    int missing = stat(path, &st) == 0 ? 0 : errno;
    if (!named &&
        (missing == ENOENT || missing == ENOTDIR)) /* gone since it was found, or a link to nothing */
        skip(r, path);
    else if (missing)
        report(r, path, 0, strerror(missing));
    else if (S_ISDIR(st.st_mode))
        read_folder(e, r, path, depth);
    else if (!named && (!S_ISREG(st.st_mode) || (r->rules->include && !is_listed(r->rules->include, path))))
        skip(r, path);
    else
        read_file(e, r, path, named, stamp_of(&st));
}

static void read_descriptor(bl_error *e, const reader *r)
{
    int descriptor = r->rules->descriptor;
    int copy = descriptor >= 0 ? fcntl(descriptor, F_DUPFD_CLOEXEC, 0) : -1;
    FILE *file = copy >= 0 ? fdopen(copy, "rb") : NULL;
    if (file) {
        read_records(e, r, "-", file, KIND_LINES, (bl_stamp){ -1, 0 });
        fclose(file);
        return;
    }
    report(r, "-", 0, descriptor >= 0 ? strerror(errno) : "standard input was not offered");
    if (copy >= 0)
        close(copy);
}

uint64_t bl_input_size(const char *const *paths, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        struct stat st;
        if (stat(paths[i], &st) == 0 && !S_ISREG(st.st_mode))
            return 0;
        if (strcmp(paths[i], "-") == 0)
            return 0;
        sum += stat(paths[i], &st) == 0 ? (uint64_t)st.st_size : 0;
    }
    return sum;
}

void bl_input_read(bl_error *e, const char *path, const bl_input_rules *rules, const bl_input_sink *sink)
{
    const reader r = { rules, sink };
    if (strcmp(path, "-") == 0)
        read_descriptor(e, &r);
    else if (*path == '\0')
        report(&r, path, 0, "the path is empty");
    else if (rules->found && is_left_out(&r, path))
        skip(&r, path);
    else
        read_path(e, &r, path, !rules->found, 0);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Paths to pieces of input: which files are read, and how each. */
#include "input.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "json.h"
#include "mime.h"
#include "page/charset.h"
#include "reader.h"
#include "table.h"
#include "warc.h"

/* Names are read and sorted so many at a time: small folders come in order, huge ones need no list. */
enum { NAMES = 4096 };
/* Folders in folders beyond this are a loop of links. */
enum { MOST_DEPTH = 128 };

typedef enum kind {
    KIND_UNKNOWN,
    KIND_PAGE,
    KIND_LINES,
    KIND_OBJECTS,
    KIND_TABLE,
    KIND_TABS,
    KIND_WARC,
    KIND_OTHER
} kind;

static const struct {
    const char *ending;
    kind kind;
} endings[] = {
    { ".txt", KIND_PAGE },    { ".text", KIND_PAGE },    { ".md", KIND_PAGE },
    { ".html", KIND_PAGE },   { ".htm", KIND_PAGE },     { ".xhtml", KIND_PAGE },
    { ".shtml", KIND_PAGE },  { ".mht", KIND_PAGE },     { ".mhtml", KIND_PAGE },
    { ".jsonl", KIND_LINES }, { ".ndjson", KIND_LINES }, { ".json", KIND_OBJECTS },
    { ".csv", KIND_TABLE },   { ".tsv", KIND_TABS },     { ".tab", KIND_TABS },
    { ".warc", KIND_WARC },   { ".jpg", KIND_OTHER },    { ".jpeg", KIND_OTHER },
    { ".png", KIND_OTHER },   { ".gif", KIND_OTHER },    { ".svg", KIND_OTHER },
    { ".webp", KIND_OTHER },  { ".avif", KIND_OTHER },   { ".bmp", KIND_OTHER },
    { ".ico", KIND_OTHER },   { ".css", KIND_OTHER },    { ".js", KIND_OTHER },
    { ".woff", KIND_OTHER },  { ".woff2", KIND_OTHER },  { ".ttf", KIND_OTHER },
    { ".pdf", KIND_OTHER },   { ".doc", KIND_OTHER },    { ".docx", KIND_OTHER },
    { ".xls", KIND_OTHER },   { ".xlsx", KIND_OTHER },   { ".zip", KIND_OTHER },
    { ".rar", KIND_OTHER },   { ".7z", KIND_OTHER },     { ".tar", KIND_OTHER },
    { ".tgz", KIND_OTHER },   { ".db", KIND_OTHER },     { ".mp3", KIND_OTHER },
    { ".mp4", KIND_OTHER },   { ".cdx", KIND_OTHER },    { ".tmp", KIND_OTHER },
    { ".lock", KIND_OTHER },  { ".part", KIND_OTHER },   { ".swp", KIND_OTHER },
    { ".open", KIND_OTHER },  { ".bak", KIND_OTHER },    { ".crdownload", KIND_OTHER },
};

static const char *const packed_endings[] = { ".gz", ".zst", ".zstd" };

void bl_input_free(bl_input *input)
{
    free(input->path);
    free(input->bytes);
    free(input->url);
    free(input->captured);
    bl_folder_release(input->folder);
    *input = (bl_input){ 0 };
}

/* ---- kinds ---- */

static bool has_ending(const char *path, size_t size, const char *ending)
{
    size_t tail = strlen(ending);
    return size > tail && strncasecmp(path + size - tail, ending, tail) == 0;
}

size_t bl_input_plain_name(const char *path)
{
    size_t size = strlen(path);
    for (size_t i = 0; i < sizeof packed_endings / sizeof *packed_endings; i++)
        if (has_ending(path, size, packed_endings[i]))
            return size - strlen(packed_endings[i]);
    return size;
}

static kind kind_by_name(const char *path)
{
    size_t size = bl_input_plain_name(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (has_ending(path, size, endings[i].ending))
            return endings[i].kind;
    return KIND_UNKNOWN;
}

/* JSON Lines unless the first line ends inside an object. */
static kind kind_of_objects(const char *text, size_t size)
{
    const char *newline = memchr(text, '\n', size);
    size_t end = newline ? (size_t)(newline - text) : 0;
    while (end > 0 && strchr(" \t\r", text[end - 1]))
        end--;
    return end > 0 && text[end - 1] != '}' ? KIND_OBJECTS : KIND_LINES;
}

/* Text holds no NUL (UTF-16 begins with its mark); what begins with a brace holds records. */
static kind kind_by_content(bl_error *e, bl_stream *stream)
{
    size_t size, mark;
    const char *text = bl_stream_window(e, stream, &size);
    const unsigned char *bytes = (const unsigned char *)text;
    if (size == 0)
        return KIND_OTHER;
    if (size > 5 && memcmp(text, "WARC/", 5) == 0)
        return KIND_WARC;
    if (bl_mime_is(text, size))
        return KIND_PAGE;
    bool marked = bl_charset_of_mark(bytes, size, &mark) != NULL;
    if (bl_charset_is_binary(bytes, size) || (!marked && memchr(text, '\0', size)))
        return KIND_OTHER;
    while (mark < size && strchr(" \t\r\n", text[mark]))
        mark++;
    return mark == size        ? KIND_PAGE
           : text[mark] == '{' ? kind_of_objects(text + mark, size - mark)
           : text[mark] == '[' ? KIND_OBJECTS
                               : KIND_PAGE;
}

/* One reading of a path. */
typedef struct reader {
    const bl_input_rules *rules;
    const bl_input_sink *sink;
} reader;

/* Names found together in a folder. */
typedef struct listing {
    char **names;
    size_t count;
    bool surveyed;
    bl_folder *folder; /* what their pages have in common; NULL = too few */
} listing;

static void report(const reader *r, const char *path, uint64_t line, const char *reason)
{
    r->sink->problem(r->sink->context, path, line, reason);
}

static void skip(const reader *r, const char *path, bulletin_skipped why)
{
    r->sink->skip(r->sink->context, path, why);
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

static void give_end(bl_error *e, bl_reader *r)
{
    bl_input input = { .kind = BL_INPUT_END, .stamp = r->stamp };
    if (r->stamp.size >= 0 && !bl_failed(e))
        bl_reader_give(e, r, &input);
}

/* Pieces of a file that is read in pieces, and its end. A web archive that a crawler still writes is read
 * again next time, however old it looks. */
static void read_pieces(bl_error *e, bl_reader *r, kind known)
{
    bool whole = true;
    if (known == KIND_LINES)
        bl_json_lines(e, r);
    else if (known == KIND_OBJECTS)
        bl_json_objects(e, r);
    else if (known == KIND_WARC)
        whole = bl_warc_read(e, r);
    else
        bl_table_read(e, r, known == KIND_TABS);
    const char *problem = bl_stream_problem(r->stream);
    if (problem && whole && !bl_failed(e))
        bl_reader_problem(r, 0, problem);
    if (!whole)
        r->stamp.mtime = 0;
    give_end(e, r);
}

/* The pages of a folder are looked at together once one of them is to be read. */
static bl_folder *hold_folder(bl_error *e, listing *from)
{
    enum { FEWEST = 3 };
    if (!from || from->surveyed)
        return from ? bl_folder_hold(from->folder) : NULL;
    char **pages = malloc((from->count + 1) * sizeof *pages);
    size_t count = 0;
    if (!pages)
        bl_fail_nomem(e);
    for (size_t i = 0; pages && i < from->count; i++)
        if (kind_by_name(from->names[i]) == KIND_PAGE)
            pages[count++] = from->names[i];
    if (count >= FEWEST)
        from->folder = bl_folder_survey(e, pages, count);
    from->surveyed = true;
    free(pages);
    return bl_folder_hold(from->folder);
}

static void read_page(bl_error *e, bl_reader *r, listing *from)
{
    bl_buffer page = { 0 };
    bl_stream_read(e, r->stream, (uint64_t)BL_MOST_BYTES + 1, &page);
    const char *problem = bl_stream_problem(r->stream);
    if (page.size > BL_MOST_BYTES)
        problem = "the page is larger than 512 MiB";
    if (problem && !bl_failed(e)) {
        bl_reader_problem(r, 0, problem);
        give_end(e, r);
    } else if (!bl_failed(e)) {
        bl_input input = { .kind = BL_INPUT_PAGE, .size = page.size, .stamp = r->stamp };
        input.folder = hold_folder(e, from);
        input.bytes = bl_buffer_steal(&page);
        bl_reader_give(e, r, &input);
    }
    bl_buffer_free(&page);
}

/* What is no regular file (a pipe) is JSON Lines, unless its name says otherwise. */
static void read_open(bl_error *e, const reader *r, bl_reader *file, bool named, listing *from)
{
    kind known = kind_by_name(file->path);
    file->sink = r->sink;
    if (known == KIND_UNKNOWN || known == KIND_OTHER)
        known = file->stamp.size >= 0 ? kind_by_content(e, file->stream) : KIND_LINES;
    if (known == KIND_PAGE || (known == KIND_OTHER && named))
        read_page(e, file, from);
    else if (known == KIND_OTHER)
        skip(r, file->path, BULLETIN_SKIPPED_OTHER);
    else
        read_pieces(e, file, known);
}

/* A file that was named is read whatever its ending; one found in a folder only if it may be a bulletin. */
static void read_file(bl_error *e, const reader *r, const char *path, bool named, listing *from,
                      bl_stamp stamp)
{
    if (kind_by_name(path) == KIND_OTHER && !named) {
        skip(r, path, BULLETIN_SKIPPED_OTHER);
        return;
    }
    if (stamp.size >= 0 && r->sink->known(e, r->sink->context, path, stamp))
        return;
    int descriptor = bl_failed(e) ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (!bl_failed(e))
            report(r, path, 0, strerror(errno));
        return;
    }
    bl_reader file = { .path = path, .stamp = stamp, .stream = bl_stream_open(e, descriptor) };
    if (file.stream)
        read_open(e, r, &file, named, from);
    bl_stream_close(file.stream);
    close(descriptor);
}

/* ---- folders ---- */

static void read_path(bl_error *e, const reader *r, const char *path, bool named, listing *from, int depth);

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_listed(const char *const *patterns, const char *path)
{
    const char *slash = strrchr(path, '/');
    for (; patterns && *patterns; patterns++)
        if (fnmatch(*patterns, strchr(*patterns, '/') || !slash ? path : slash + 1, 0) == 0)
            return true;
    return false;
}

/* Why a name found in a folder is passed over without a look at it; BULLETIN_SKIPPED_COUNT when it is not. */
static bulletin_skipped why_left_out(const reader *r, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t size = strlen(name);
    if (has_ending(name, size, "_files") || has_ending(name, size, ".files"))
        return BULLETIN_SKIPPED_FOLDER;
    if (name[0] == '.' || (name[0] == '~' && name[1] == '$') || (size > 0 && name[size - 1] == '~'))
        return BULLETIN_SKIPPED_HIDDEN;
    return is_listed(r->rules->exclude, path) ? BULLETIN_SKIPPED_EXCLUDED : BULLETIN_SKIPPED_COUNT;
}

/* The next names of a folder, sorted; each new. */
static size_t next_names(bl_error *e, const reader *r, DIR *folder, const char *path, char **names)
{
    size_t count = 0;
    const struct dirent *entry;
    while (count < NAMES && !bl_failed(e) && (entry = readdir(folder))) {
        bl_buffer name = { 0 };
        bulletin_skipped why;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        bl_buffer_printf(&name, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/", entry->d_name);
        if (name.failed)
            bl_fail_nomem(e);
        else if ((why = why_left_out(r, name.data)) != BULLETIN_SKIPPED_COUNT)
            skip(r, name.data, why);
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
        listing found = { .names = names, .count = count };
        for (size_t i = 0; i < count; i++)
            read_path(e, r, names[i], false, &found, depth + 1);
        for (size_t i = 0; i < count; i++)
            free(names[i]);
        bl_folder_release(found.folder);
    }
    free(names);
    closedir(folder);
}

static void read_path(bl_error *e, const reader *r, const char *path, bool named, listing *from, int depth)
{
    struct stat st;
    if (bl_failed(e))
        return;
    int missing = stat(path, &st) == 0 ? 0 : errno;
    if (!named &&
        (missing == ENOENT || missing == ENOTDIR)) /* gone since it was found, or a link to nothing */
        skip(r, path, BULLETIN_SKIPPED_OTHER);
    else if (missing)
        report(r, path, 0, strerror(missing));
    else if (S_ISDIR(st.st_mode))
        read_folder(e, r, path, depth);
    else if (!named && !S_ISREG(st.st_mode))
        skip(r, path, BULLETIN_SKIPPED_OTHER);
    else if (!named && r->rules->include && !is_listed(r->rules->include, path))
        skip(r, path, BULLETIN_SKIPPED_EXCLUDED);
    else
        read_file(e, r, path, named, from, stamp_of(&st));
}

static void read_descriptor(bl_error *e, const reader *r)
{
    int descriptor = r->rules->descriptor;
    if (descriptor < 0) {
        report(r, "-", 0, "standard input was not offered");
        return;
    }
    bl_reader file = { r->sink, "-", bl_stream_open(e, descriptor), { -1, 0 }, 0 };
    if (file.stream)
        read_pieces(e, &file, KIND_LINES);
    bl_stream_close(file.stream);
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
    bulletin_skipped why = rules->found ? why_left_out(&r, path) : BULLETIN_SKIPPED_COUNT;
    if (strcmp(path, "-") == 0)
        read_descriptor(e, &r);
    else if (*path == '\0')
        report(&r, path, 0, "the path is empty");
    else if (why != BULLETIN_SKIPPED_COUNT)
        skip(&r, path, why);
    else
        read_path(e, &r, path, !rules->found, NULL, 0);
}

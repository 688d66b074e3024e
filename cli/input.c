/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A file or pipe into lines. */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"

enum { CHUNK = 1 << 16 };

bool input_open(input *in, const char *path, writer *out)
{
    *in = (input){ .out = out, .delimiter = '\n' };
    in->descriptor = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    return in->descriptor >= 0;
}

/* Make room for a chunk and the closing NUL behind what is kept. */
static bool make_room(input *in)
{
    if (in->start > 0) {
        memmove(in->bytes, in->bytes + in->start, in->end - in->start);
        in->end -= in->start;
        in->start = 0;
    }
    if (in->room > in->end && in->room - in->end > CHUNK)
        return true;
    if (in->room > SIZE_MAX / 2 - CHUNK)
        return false;
    size_t room = in->room * 2 + CHUNK + 1;
    char *bytes = realloc(in->bytes, room);
    if (bytes == NULL)
        return false;
    in->bytes = bytes;
    in->room = room;
    return true;
}

static void read_more(input *in)
{
    if (in->out != NULL)
        writer_flush(in->out);
    if (!make_room(in)) {
        in->failure = ENOMEM;
        return;
    }
    ssize_t size = -1;
    do
        size = read(in->descriptor, in->bytes + in->end, CHUNK);
    while (size < 0 && errno == EINTR && !archive_interrupted());
    if (size < 0)
        in->failure = errno;
    else if (size == 0)
        in->ended = true;
    else
        in->end += (size_t)size;
}

/* Where the line that begins at `start` ends; NULL when that is not read yet. */
static char *line_end(const input *in, size_t searched)
{
    size_t from = in->start + searched;
    return in->end > from ? memchr(in->bytes + from, in->delimiter, in->end - from) : NULL;
}

char *input_line(input *in, size_t *size)
{
    size_t searched = 0;
    char *end = NULL;
    while ((end = line_end(in, searched)) == NULL && !in->ended && in->failure == 0) {
        searched = in->end - in->start;
        read_more(in);
    }
    if (in->failure != 0 || (end == NULL && in->start == in->end))
        return NULL;
    char *line = in->bytes + in->start;
    char *stop = end == NULL ? in->bytes + in->end : end;
    in->start = (size_t)(stop - in->bytes) + (end != NULL);
    if (in->delimiter == '\n' && stop > line && stop[-1] == '\r')
        stop--;
    *stop = '\0';
    *size = (size_t)(stop - line);
    return line;
}

char *input_all(input *in, size_t *size)
{
    do
        read_more(in);
    while (!in->ended && in->failure == 0);
    if (in->failure != 0)
        return NULL;
    *size = in->end;
    in->bytes[in->end] = '\0';
    return in->bytes;
}

void input_close(input *in)
{
    if (in->descriptor > STDIN_FILENO)
        close(in->descriptor);
    free(in->bytes);
    *in = (input){ .descriptor = -1 };
}

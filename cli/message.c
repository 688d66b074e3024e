/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* What went wrong into a sentence on standard error, in the user's language, and an exit status. */
#include "message.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chinese.h"
#include "terminal.h"

static bool speaks_chinese(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0')
            return strncmp(value, "zh", 2) == 0;
    }
    return false;
}

const char *message_text(const char *english)
{
    const char *chinese = speaks_chinese() ? chinese_of(english) : NULL;
    return chinese == NULL ? english : chinese;
}

/* One line in one write, so that lines of several processes do not mix. */
static void put_error_line(const char *prefix, const char *text)
{
    char line[8192];
    size_t used = 0;
    size_t size = strlen(text);
    used = (size_t)snprintf(line, sizeof line, "%s", prefix);
    for (size_t at = 0; at < size && used + 5 < sizeof line;) {
        terminal_glyph glyph = terminal_next(text, size, at);
        memcpy(line + used, glyph.bytes, glyph.size);
        used += glyph.size;
        at = glyph.end;
    }
    line[used++] = '\n';
    fwrite(line, 1, used, stderr);
    fflush(stderr);
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 0)))
#endif
static void
say(const char *prefix, const char *format, va_list arguments)
{
    char text[4096];
    vsnprintf(text, sizeof text, format, arguments);
    put_error_line(prefix, text);
}

void message_say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say("bulletin: ", message_text(format), arguments);
    va_end(arguments);
}

void message_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say("", message_text(format), arguments);
    va_end(arguments);
}

void message_line(const char *path, uint64_t line, const char *reason)
{
    char chinese[1024];
    if (speaks_chinese() && chinese_reason(reason, chinese, sizeof chinese))
        reason = chinese;
    message_note("%s:%" PRIu64 ": %s", path, line, reason);
}

/* A path may hold a colon too: the reason is what is known as one. */
void message_told(const char *text)
{
    char chinese[1024];
    for (const char *at = text; speaks_chinese() && (at = strstr(at, ": ")) != NULL; at += 2)
        if (chinese_reason(at + 2, chinese, sizeof chinese)) {
            message_note("%.*s：%s", (int)(at - text), text, chinese);
            return;
        }
    message_note("%s", text);
}

/* What a status means to the one who typed the command. */
static const struct {
    bulletin_status status;
    int exit;
    const char *sentence;
} answers[] = {
    { BULLETIN_OK, EXIT_DONE, "" },
    { BULLETIN_END, EXIT_DONE, "" },
    { BULLETIN_PARTIAL, EXIT_PARTIAL, "some of the input failed; the rest was done" },
    { BULLETIN_NOMEM, EXIT_FAILED, "out of memory" },
    { BULLETIN_IO, EXIT_FAILED, "the file system refused" },
    { BULLETIN_BUSY, EXIT_BUSY,
      "another process is writing to the archive; try again, or wait with --wait SECONDS" },
    { BULLETIN_CORRUPT, EXIT_ARCHIVE, "not an archive, or a damaged one; see: bulletin check" },
    { BULLETIN_STALE, EXIT_ARCHIVE, "the index was made by another tokenizer; run: bulletin reindex" },
    { BULLETIN_VERSION, EXIT_ARCHIVE, "the archive is of a version that this program does not know" },
    { BULLETIN_BAD_QUERY, EXIT_USAGE, "the query cannot be used as it is" },
    { BULLETIN_BAD_INPUT, EXIT_PARTIAL, "the input cannot be read" },
    { BULLETIN_NOT_FOUND, EXIT_NOTHING, "no such bulletin" },
    { BULLETIN_READ_ONLY, EXIT_FAILED, "the archive can only be read" },
    { BULLETIN_INTERRUPTED, EXIT_INTERRUPTED, "interrupted; what was finished before stays" },
    { BULLETIN_MISUSE, EXIT_FAILED, "the library was called in a way it does not allow; please report this" },
};

static size_t answer_of(bulletin_status status)
{
    size_t i = 0;
    while (i + 1 < sizeof answers / sizeof *answers && answers[i].status != status)
        i++;
    return i;
}

int message_exit(bulletin_status status)
{
    return answers[answer_of(status)].exit;
}

int message_status(const char *what, bulletin_status status, const char *detail)
{
    const char *sentence = answers[answer_of(status)].sentence;
    if (status >= 0)
        return message_exit(status);
    const char *words = message_text(sentence);
    bool translated = words != sentence;
    if (detail == NULL || *detail == '\0')
        message_say("%s: %s", what, words);
    else if (translated)
        message_say("%s: %s (%s)", what, words, detail);
    else
        message_say("%s: %s", what, detail);
    return message_exit(status);
}

int message_no_memory(const char *what)
{
    return message_status(what, BULLETIN_NOMEM, NULL);
}

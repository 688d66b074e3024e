/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Arguments of the command line into UTF-8 text. */
#include "client.h"

#include <stdlib.h>
#include <string.h>

#include "encoding.h"

const char *client_utf8(client *c, const char *argument)
{
    size_t size = strlen(argument);
    if (encoding_is_utf8(argument, size))
        return argument;
    char **kept = realloc(c->kept, (c->kept_count + 1) * sizeof *kept);
    if (kept == NULL)
        return NULL;
    c->kept = kept;
    char *utf8 = encoding_to_utf8(argument, size, &size);
    if (utf8 != NULL)
        c->kept[c->kept_count++] = utf8;
    return utf8;
}

char *client_join(int count, char **words)
{
    size_t size = 1;
    for (int i = 0; i < count; i++)
        size += strlen(words[i]) + 1;
    char *text = malloc(size);
    size_t used = 0;
    for (int i = 0; text != NULL && i < count; i++) {
        size_t length = strlen(words[i]);
        if (i > 0)
            text[used++] = ' ';
        memcpy(text + used, words[i], length);
        used += length;
    }
    if (text != NULL)
        text[used] = '\0';
    return text;
}

void client_close(client *c)
{
    for (size_t i = 0; i < c->kept_count; i++)
        free(c->kept[i]);
    free(c->kept);
    c->kept = NULL;
    c->kept_count = 0;
}

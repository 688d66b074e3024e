/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names of a hit's fields into what the library calls them. */
#include "field.h"

#include <string.h>

enum { NO_TEXT = -1 };

static const struct {
    const char *name;
    int text; /* bulletin_field, or NO_TEXT for what is no text */
} rows[FIELD_COUNT] = {
    [FIELD_RANK] = { "rank", NO_TEXT },
    [FIELD_SCORE] = { "score", NO_TEXT },
    [FIELD_ID] = { "id", NO_TEXT },
    [FIELD_KEY] = { "key", BULLETIN_KEY },
    [FIELD_TITLE] = { "title", BULLETIN_TITLE },
    [FIELD_PUBLISHED] = { "published", BULLETIN_PUBLISHED },
    [FIELD_PUBLISHED_FROM] = { "published_from", BULLETIN_PUBLISHED_FROM },
    [FIELD_SOURCE] = { "source", BULLETIN_SOURCE },
    [FIELD_SITE] = { "site", BULLETIN_SITE },
    [FIELD_AUTHOR] = { "author", BULLETIN_AUTHOR },
    [FIELD_URL] = { "url", BULLETIN_URL },
    [FIELD_LANG] = { "lang", BULLETIN_LANG },
    [FIELD_ORGANIZATIONS] = { "organizations", NO_TEXT },
    [FIELD_BODY] = { "body", BULLETIN_BODY },
    [FIELD_FURNITURE] = { "furniture", BULLETIN_FURNITURE },
    [FIELD_SNIPPET] = { "snippet", BULLETIN_SNIPPET },
    [FIELD_TITLE_HIGHLIGHTS] = { "title_highlights", NO_TEXT },
    [FIELD_REPOSTS] = { "reposts", NO_TEXT },
};

const char *field_name(hit_field field)
{
    return rows[field].name;
}

const char *field_text(bulletin_hits *hits, hit_field field)
{
    return rows[field].text == NO_TEXT ? NULL : bulletin_hits_text(hits, (bulletin_field)rows[field].text);
}

bool field_wanted(const field_list *list, hit_field field)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == field)
            return true;
    return false;
}

static hit_field find(const char *name, size_t size)
{
    int field = 0;
    while (field < FIELD_COUNT &&
           (strlen(rows[field].name) != size || strncmp(rows[field].name, name, size) != 0))
        field++;
    return (hit_field)field;
}

const char *field_parse(const char *names, field_list *list)
{
    field_list read = { 0 };
    for (;;) {
        size_t size = strcspn(names, ",");
        hit_field field = find(names, size);
        if (field == FIELD_COUNT)
            return names;
        if (!field_wanted(&read, field))
            read.items[read.count++] = field;
        if (names[size] == '\0')
            break;
        names += size + 1;
    }
    *list = read;
    return NULL;
}

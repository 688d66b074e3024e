/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Elements of a page's head to what they say of the article. */
#include "html_meta.h"

#include <stdlib.h>
#include <string.h>

#include "html_tag.h"
#include "piece.h"

/* Names of <meta>, in lower case, with what they are worth. Beside the vocabularies that the web knows stand
 * those that Chinese systems of content management write. */
static const struct {
    const char *name;
    uint8_t field;
    uint8_t rank;
} names[] = {
    { "og:title", BL_META_TITLE, 8 },
    { "articletitle", BL_META_TITLE, 11 },
    { "dc.title", BL_META_TITLE, 9 },
    { "dc:title", BL_META_TITLE, 9 },
    { "dcterm:title", BL_META_TITLE, 9 },
    { "dcterms.title", BL_META_TITLE, 9 },
    { "parsely-title", BL_META_TITLE, 7 },
    { "citation_title", BL_META_TITLE, 7 },
    { "twitter:title", BL_META_TITLE, 6 },
    { "weibo:article:title", BL_META_TITLE, 5 },
    { "weibo:webpage:title", BL_META_TITLE, 5 },
    { "title", BL_META_TITLE, 4 },
    { "article:published_time", BL_META_PUBLISHED, 9 },
    { "og:article:published_time", BL_META_PUBLISHED, 9 },
    { "og:published_time", BL_META_PUBLISHED, 8 },
    { "og:pubdate", BL_META_PUBLISHED, 8 },
    { "og:release_date", BL_META_PUBLISHED, 6 },
    { "bt:pubdate", BL_META_PUBLISHED, 8 },
    { "rbpubdate", BL_META_PUBLISHED, 8 },
    { "pubdate", BL_META_PUBLISHED, 8 },
    { "publishdate", BL_META_PUBLISHED, 8 },
    { "publish_date", BL_META_PUBLISHED, 8 },
    { "publish-date", BL_META_PUBLISHED, 8 },
    { "publishtime", BL_META_PUBLISHED, 8 },
    { "publish_time", BL_META_PUBLISHED, 8 },
    { "publication_date", BL_META_PUBLISHED, 8 },
    { "publicationdate", BL_META_PUBLISHED, 8 },
    { "published", BL_META_PUBLISHED, 7 },
    { "published_time", BL_META_PUBLISHED, 8 },
    { "published-date", BL_META_PUBLISHED, 8 },
    { "publish", BL_META_PUBLISHED, 6 },
    { "parsely-pub-date", BL_META_PUBLISHED, 8 },
    { "sailthru.date", BL_META_PUBLISHED, 7 },
    { "cxenseparse:recs:publishtime", BL_META_PUBLISHED, 7 },
    { "rnews:datepublished", BL_META_PUBLISHED, 8 },
    { "datepublished", BL_META_PUBLISHED, 8 },
    { "article.published", BL_META_PUBLISHED, 8 },
    { "article_date_original", BL_META_PUBLISHED, 8 },
    { "article:published", BL_META_PUBLISHED, 8 },
    { "article-published", BL_META_PUBLISHED, 8 },
    { "originalpublicationdate", BL_META_PUBLISHED, 8 },
    { "citation_publication_date", BL_META_PUBLISHED, 7 },
    { "citation_date", BL_META_PUBLISHED, 6 },
    { "citation_online_date", BL_META_PUBLISHED, 7 },
    { "prism.publicationdate", BL_META_PUBLISHED, 7 },
    { "dc.date.issued", BL_META_PUBLISHED, 7 },
    { "dcterms.issued", BL_META_PUBLISHED, 7 },
    { "dcterms.created", BL_META_PUBLISHED, 6 },
    { "dcterms.date", BL_META_PUBLISHED, 6 },
    { "dc.date.created", BL_META_PUBLISHED, 6 },
    { "dc.date", BL_META_PUBLISHED, 6 },
    { "dc:date", BL_META_PUBLISHED, 6 },
    { "dc:created", BL_META_PUBLISHED, 6 },
    { "weibo:article:create_at", BL_META_PUBLISHED, 6 },
    { "weibo:webpage:create_at", BL_META_PUBLISHED, 6 },
    { "shareaholic:article_published_time", BL_META_PUBLISHED, 7 },
    { "firstpublishedtime", BL_META_PUBLISHED, 7 },
    { "displaydate", BL_META_PUBLISHED, 6 },
    { "created", BL_META_PUBLISHED, 5 },
    { "date", BL_META_PUBLISHED, 5 },
    { "article:modified_time", BL_META_MODIFIED, 8 },
    { "og:updated_time", BL_META_MODIFIED, 7 },
    { "lastmod", BL_META_MODIFIED, 6 },
    { "last-modified", BL_META_MODIFIED, 5 },
    { "dcterms.modified", BL_META_MODIFIED, 6 },
    { "contentsource", BL_META_SOURCE, 8 },
    { "article:source", BL_META_SOURCE, 7 },
    { "source", BL_META_SOURCE, 6 },
    { "mediaid", BL_META_SOURCE, 5 },
    { "og:article:source", BL_META_SOURCE, 6 },
    { "og:site_name", BL_META_SITE, 7 },
    { "application-name", BL_META_SITE, 4 },
    { "sitename", BL_META_SITE, 8 },
    { "dc.publisher", BL_META_SITE, 5 },
    { "dcterms.publisher", BL_META_SITE, 5 },
    { "author", BL_META_AUTHOR, 8 },
    { "article:author", BL_META_AUTHOR, 6 },
    { "og:article:author", BL_META_AUTHOR, 6 },
    { "dc.creator", BL_META_AUTHOR, 7 },
    { "dc:creator", BL_META_AUTHOR, 7 },
    { "dcterms.creator", BL_META_AUTHOR, 7 },
    { "citation_author", BL_META_AUTHOR, 7 },
    { "parsely-author", BL_META_AUTHOR, 8 },
    { "byl", BL_META_AUTHOR, 7 },
    { "og:url", BL_META_URL, 5 },
};

enum { NAMES = sizeof names / sizeof names[0], LONGEST_NAME = 64 };

void bl_meta_offer(bl_error *e, bl_html_meta *meta, bl_meta_field field, unsigned rank, const char *text,
                   size_t size)
{
    bl_piece value = bl_piece_trim((bl_piece){ text, size });
    if (bl_failed(e) || value.size == 0 || rank <= meta->rank[field])
        return;
    bl_buffer copy = { 0 };
    bl_buffer_append(&copy, value.text, value.size);
    for (size_t i = 0; i < copy.size && !copy.failed; i++)
        if ((unsigned char)copy.data[i] < ' ')
            copy.data[i] = ' ';
    char *kept = bl_buffer_steal(&copy);
    if (!kept) {
        bl_fail_nomem(e);
        return;
    }
    free(meta->value[field]);
    meta->value[field] = kept;
    meta->rank[field] = (uint8_t)rank;
}

void bl_meta_text(bl_error *e, bl_html_meta *meta, unsigned rank, const bl_buffer *text)
{
    bl_buffer copy = { 0 };
    bl_buffer_append(&copy, text->data, text->size);
    char *kept = bl_buffer_steal(&copy);
    if (!kept) {
        bl_fail_nomem(e);
        return;
    }
    free(meta->value[BL_META_TEXT]);
    meta->value[BL_META_TEXT] = kept;
    meta->rank[BL_META_TEXT] = (uint8_t)rank;
}

static const char *attribute(const unsigned char *const *attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (strcmp((const char *)attributes[0], name) == 0)
            return (const char *)attributes[1];
    return NULL;
}

static void offer_text(bl_error *e, bl_html_meta *meta, bl_meta_field field, unsigned rank, const char *text)
{
    if (text)
        bl_meta_offer(e, meta, field, rank, text, strlen(text));
}

/* An address is no name of an author. */
static bool is_address(const char *text)
{
    return strstr(text, "://") || strncmp(text, "//", 2) == 0;
}

static void take_named(bl_error *e, bl_html_meta *meta, const char *name, size_t size, unsigned more,
                       const char *content)
{
    char lower[LONGEST_NAME];
    if (size >= sizeof lower)
        return;
    for (size_t i = 0; i < size; i++)
        lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] | 0x20) : name[i];
    lower[size] = '\0';
    for (size_t i = 0; i < NAMES; i++)
        if (strcmp(lower, names[i].name) == 0 && (names[i].field != BL_META_AUTHOR || !is_address(content)))
            offer_text(e, meta, (bl_meta_field)names[i].field, names[i].rank * 2u + more, content);
}

/* One <meta> may have several names, parted by blanks. */
static void take_meta(bl_error *e, bl_html_meta *meta, const unsigned char *const *attributes)
{
    static const char *const keys[] = { "property", "name", "itemprop", "http-equiv" };
    const char *content = attribute(attributes, "content");
    for (size_t k = 0; content && k < sizeof keys / sizeof keys[0]; k++) {
        const char *name = attribute(attributes, keys[k]);
        unsigned more = k == 0; /* of two equal names the property is the one that was meant for us */
        while (name && *name) {
            name += strspn(name, " \t\r\n");
            size_t size = strcspn(name, " \t\r\n");
            take_named(e, meta, name, size, more, content);
            name += size;
        }
    }
}

static void take_link(bl_error *e, bl_html_meta *meta, const unsigned char *const *attributes)
{
    const char *rel = attribute(attributes, "rel");
    if (rel && strcmp(rel, "canonical") == 0)
        offer_text(e, meta, BL_META_URL, 12, attribute(attributes, "href"));
}

/* <time>, or anything that says it is the date of publication. */
static void take_time(bl_error *e, bl_html_meta *meta, unsigned tag, const unsigned char *const *attributes)
{
    const char *when = attribute(attributes, "datetime"), *property = attribute(attributes, "itemprop"),
               *class = attribute(attributes, "class");
    bool published = (property && strcmp(property, "datePublished") == 0) ||
                     attribute(attributes, "pubdate") ||
                     (class && tag == BL_TAG_TIME && strstr(class, "publish") && !strstr(class, "updated"));
    if (!when && property)
        when = attribute(attributes, "content");
    if (!when && class && tag == BL_TAG_ABBR && strstr(class, "published"))
        when = attribute(attributes, "title");
    bool updated = (property && strcmp(property, "dateModified") == 0) ||
                   (class && strstr(class, "updated") && !strstr(class, "published"));
    if (when && !updated)
        offer_text(e, meta, BL_META_TIME, published ? 9 : 3, when);
}

void bl_meta_element(bl_error *e, bl_html_meta *meta, unsigned tag, const unsigned char *const *attributes)
{
    if (!attributes)
        return;
    if (tag == BL_TAG_META)
        take_meta(e, meta, attributes);
    if (tag == BL_TAG_META || tag == BL_TAG_TIME || tag == BL_TAG_SPAN || tag == BL_TAG_ABBR)
        take_time(e, meta, tag, attributes);
    else if (tag == BL_TAG_LINK)
        take_link(e, meta, attributes);
    else if (tag == BL_TAG_HTML)
        offer_text(e, meta, BL_META_LANG, 5, attribute(attributes, "lang"));
}

void bl_meta_free(bl_html_meta *meta)
{
    for (size_t i = 0; i < BL_META_FIELDS; i++)
        free(meta->value[i]);
    *meta = (bl_html_meta){ 0 };
}

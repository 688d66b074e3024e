/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* JSON objects and saved pages to records. */
#include "record.h"

#include <cjson/cJSON.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "field.h"
#include "mime.h"
#include "record_item.h"
#include "timestamp.h"

/* ---- JSON text that a parser of C strings can take ---- */

static int hex_unit(const char *s, const char *end)
{
    int value = 0;
    if (end - s < 6 || s[0] != '\\' || s[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = s[i] >= '0' && s[i] <= '9'   ? s[i] - '0'
                    : s[i] >= 'a' && s[i] <= 'f' ? s[i] - 'a' + 10
                    : s[i] >= 'A' && s[i] <= 'F' ? s[i] - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool is_high(int unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}
static bool is_low(int unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* A NUL would end the text, a lone surrogate the parsing: both become U+FFFD, in place. Returns how many. */
static size_t replace_escapes(char *json, size_t size)
{
    size_t replaced = 0;
    char *end = json + size;
    for (char *s = memchr(json, '\\', size); s && end - s >= 6; s = memchr(s, '\\', (size_t)(end - s))) {
        int unit = hex_unit(s, end);
        if (unit < 0) {
            s += 2;
        } else if (is_high(unit) && is_low(hex_unit(s + 6, end))) {
            s += 12;
        } else {
            if (unit == 0 || is_high(unit) || is_low(unit)) {
                memcpy(s + 2, "fffd", 4);
                replaced++;
            }
            s += 6;
        }
    }
    return replaced;
}

/* Copy with every ill-formed piece as U+FFFD. Returns how many there were. */
static size_t repair(bl_buffer *out, const char *json, size_t size)
{
    size_t replaced = 0;
    if (bl_utf8_valid(json, size)) {
        bl_buffer_append(out, json, size);
        return 0;
    }
    for (size_t at = 0; at < size;) {
        size_t start = at;
        uint32_t code = bl_utf8_next(json, size, &at);
        bool broken = code == BL_REPLACEMENT && at - start != 3;
        replaced += broken;
        char bytes[4];
        bl_buffer_append(out, bytes, bl_utf8_put(bytes, code));
    }
    return replaced;
}

/* ---- fields ---- */

/* What an object states, each field under the name that is most its own. */
typedef struct fields {
    const cJSON *item[BL_FIELD_COUNT];
    size_t rank[BL_FIELD_COUNT];
} fields;

static bool is_text(const cJSON *item)
{
    return cJSON_IsString(item) || cJSON_IsNumber(item);
}

/* Names that only mean a field count if they hold text; a null counts if no other name does. */
static void find_fields(const cJSON *object, fields *out)
{
    const cJSON *item;
    *out = (fields){ 0 };
    cJSON_ArrayForEach(item, object)
    {
        size_t rank;
        bl_field field = bl_field_of(item->string, &rank);
        if (field == BL_FIELD_NONE || (rank > 0 && !is_text(item) && !cJSON_IsNull(item)))
            continue;
        const cJSON *old = out->item[field];
        bool better = !old || (cJSON_IsNull(old) && !cJSON_IsNull(item)) ||
                      (rank < out->rank[field] && (cJSON_IsNull(old) || !cJSON_IsNull(item)));
        if (!better)
            continue;
        out->item[field] = item;
        out->rank[field] = rank;
    }
}

static char *keep(bl_error *e, const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        bl_fail_nomem(e);
    return copy;
}

/* What an item says as text, new; NULL when it says nothing. A number is its decimal text. */
static char *text_of(bl_error *e, const cJSON *item)
{
    if (!item || cJSON_IsNull(item))
        return NULL;
    char digits[32];
    const char *text = cJSON_GetStringValue(item);
    if (cJSON_IsNumber(item)) {
        snprintf(digits, sizeof digits, "%.15g", item->valuedouble);
        text = digits;
    }
    if (!text) {
        bl_fail(e, BULLETIN_BAD_INPUT, "field \"%s\" is neither text nor null", item->string);
        return NULL;
    }
    return keep(e, text);
}

static char *take_text(bl_error *e, const fields *f, bl_field field)
{
    return text_of(e, f->item[field]);
}

static void take_published(bl_error *e, const fields *f, bl_record *r)
{
    char *text = take_text(e, f, BL_FIELD_PUBLISHED);
    if (text && *text != '\0') {
        if (!bl_timestamp_day(text, &r->day))
            bl_fail(e, BULLETIN_BAD_INPUT,
                    "published \"%.40s\" is no date; write YYYY-MM-DD, YYYY-MM or YYYY", text);
        char date[BL_DAY_TEXT];
        bl_day_print(r->day, date);
        r->article.published = keep(e, date);
        char *from = take_text(e, f, BL_FIELD_PUBLISHED_FROM);
        r->article.published_from = from ? from : keep(e, "field");
    }
    free(text);
}

static const cJSON *field(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* Names as a record or an export gives them: texts, or objects with a name. Stored as an array of texts. */
static void take_organizations(bl_error *e, const fields *f, bl_record *r)
{
    const cJSON *list = f->item[BL_FIELD_ORGANIZATIONS], *item;
    if (!list || !cJSON_IsArray(list) || cJSON_GetArraySize(list) == 0)
        return;
    cJSON *names = cJSON_CreateArray();
    cJSON_ArrayForEach(item, list)
    {
        const cJSON *stated = cJSON_IsObject(item) ? field(item, "stated") : NULL;
        const char *name = cJSON_GetStringValue(stated                 ? stated
                                                : cJSON_IsObject(item) ? field(item, "name")
                                                                       : item);
        /* What was found in the text is found there again. */
        if (name && (stated || !(cJSON_IsObject(item) && field(item, "forms"))))
            bl_record_add(e, names, NULL, cJSON_CreateString(name));
    }
    if (names && cJSON_GetArraySize(names) == 0) {
        cJSON_Delete(names);
        return;
    }
    char *printed = cJSON_PrintUnformatted(names);
    r->organizations = printed ? strdup(printed) : NULL;
    if (!names || !r->organizations)
        bl_fail_nomem(e);
    cJSON_free(printed);
    cJSON_Delete(names);
}

static char *text_key(const bl_record *r)
{
    char *key = malloc(sizeof "sha256:" + 2 * BL_SHA256);
    if (!key)
        return NULL;
    char *s = key + sprintf(key, "sha256:");
    for (int i = 0; i < BL_SHA256; i++)
        s += sprintf(s, "%02x", r->sha256[i]);
    return key;
}

static void take_key(bl_error *e, const fields *f, bl_record *r)
{
    const cJSON *id = f->item[BL_FIELD_ID];
    r->key = take_text(e, f, BL_FIELD_KEY);
    /* Beside a key the id is the archive's public number, alone it is the key. */
    if (r->key && cJSON_IsNumber(id) && id->valuedouble >= 1 && id->valuedouble < 9e15)
        r->id = (int64_t)id->valuedouble;
    if (!r->key)
        r->key = take_text(e, f, BL_FIELD_ID);
    if (!r->key && r->article.url)
        r->key = keep(e, r->article.url);
    if (!r->key && !bl_failed(e) && !(r->key = text_key(r)))
        bl_fail_nomem(e);
}

static void take_hash(const char *hex, unsigned char out[BL_SHA256])
{
    unsigned byte;
    if (hex && strlen(hex) == 2 * BL_SHA256 && strspn(hex, "0123456789abcdef") == 2 * BL_SHA256)
        for (size_t i = 0; i < BL_SHA256 && sscanf(hex + 2 * i, "%2x", &byte) == 1; i++)
            out[i] = (unsigned char)byte;
}

/* An export tells where a bulletin first came from: that stays its origin. */
static void take_origin(bl_error *e, const fields *f, bl_record *r)
{
    const cJSON *origin = f->item[BL_FIELD_ORIGIN];
    if (!origin || !cJSON_IsObject(origin) || !f->item[BL_FIELD_KEY])
        return;
    const cJSON *extractor = field(origin, "extractor");
    r->path = text_of(e, field(origin, "path"));
    r->imported = text_of(e, field(origin, "imported"));
    r->stated_path = true;
    if (!r->captured)
        r->captured = text_of(e, field(origin, "captured"));
    if (extractor && cJSON_IsNumber(extractor))
        r->extractor = extractor->valueint;
    const cJSON *replaced = field(origin, "replaced");
    if (replaced && cJSON_IsNumber(replaced) && replaced->valueint > 0)
        r->article.replaced = (size_t)replaced->valueint;
    take_hash(cJSON_GetStringValue(field(origin, "sha256")), r->sha256);
}

static void take_fields(bl_error *e, const fields *f, bl_record *r)
{
    bl_article *a = &r->article;
    a->title = take_text(e, f, BL_FIELD_TITLE);
    a->body = take_text(e, f, BL_FIELD_BODY);
    a->furniture = take_text(e, f, BL_FIELD_FURNITURE);
    a->source = take_text(e, f, BL_FIELD_SOURCE);
    a->site = take_text(e, f, BL_FIELD_SITE);
    a->author = take_text(e, f, BL_FIELD_AUTHOR);
    a->url = take_text(e, f, BL_FIELD_URL);
    a->lang = take_text(e, f, BL_FIELD_LANG);
    r->captured = take_text(e, f, BL_FIELD_CAPTURED);
    r->collection = take_text(e, f, BL_FIELD_COLLECTION);
    take_published(e, f, r);
    take_organizations(e, f, r);
    take_key(e, f, r);
    take_origin(e, f, r);
}

/* A field that stands there, null included, is the record's word. */
static unsigned lacking(const fields *f)
{
    unsigned missing = 0;
    missing |= f->item[BL_FIELD_TITLE] ? 0 : BL_LACKS_TITLE;
    missing |= f->item[BL_FIELD_PUBLISHED] ? 0 : BL_LACKS_PUBLISHED;
    missing |= f->item[BL_FIELD_SOURCE] ? 0 : BL_LACKS_SOURCE;
    missing |= f->item[BL_FIELD_AUTHOR] ? 0 : BL_LACKS_AUTHOR;
    missing |= f->item[BL_FIELD_LANG] ? 0 : BL_LACKS_LANG;
    return missing;
}

/* Take over what was found; what is there already stays. */
static void adopt(char **to, char **found)
{
    if (*to)
        return;
    *to = *found;
    *found = NULL;
}

/* The article is in the page that the record holds; what the record states beside it stays. */
static void read_html(bl_error *e, const fields *f, const bl_page_hints *hints, bl_article *a)
{
    const unsigned missing = lacking(f);
    bl_article found = { 0 };
    char *html = take_text(e, f, BL_FIELD_HTML);
    if (html)
        bl_page_read(e, html, strlen(html), hints, &found);
    a->replaced += found.replaced;
    adopt(&a->body, &found.body);
    adopt(&a->furniture, &found.furniture);
    adopt(&a->site, &found.site);
    adopt(&a->url, &found.url);
    if (missing & BL_LACKS_TITLE)
        adopt(&a->title, &found.title);
    if (missing & BL_LACKS_PUBLISHED) {
        adopt(&a->published, &found.published);
        adopt(&a->published_from, &found.published_from);
    }
    if (missing & BL_LACKS_SOURCE)
        adopt(&a->source, &found.source);
    if (missing & BL_LACKS_AUTHOR)
        adopt(&a->author, &found.author);
    if (missing & BL_LACKS_LANG)
        adopt(&a->lang, &found.lang);
    bl_article_free(&found);
    free(html);
}

static void complete(bl_error *e, const fields *f, bl_record *r)
{
    bl_article *a = &r->article;
    const bl_page_hints hints = { .url = a->url, .captured = r->captured, .charset = "UTF-8" };
    const bl_page_hints html = {
        .url = a->url, .captured = r->captured, .charset = "UTF-8", .type = "text/html"
    };
    if (bl_failed(e))
        return;
    if (a->body)
        bl_page_complete(e, lacking(f), &hints, a);
    else
        read_html(e, f, &html, a);
    if (!a->body)
        bl_fail(e, BULLETIN_BAD_INPUT, "the record has neither \"body\" nor \"text\" nor \"html\"");
    if (!a->furniture)
        a->furniture = keep(e, "");
}

/* ---- hashes ---- */

static void hash_text(struct sha256_ctx *hash, const char *text)
{
    /* The NUL keeps fields apart, the byte before it tells none from empty. */
    if (text)
        sha256_update(hash, strlen(text) + 1, (const uint8_t *)text);
    else
        sha256_update(hash, 2, (const uint8_t *)"\xFF");
}

void bl_record_hash(const bl_record *r, unsigned char out[BL_SHA256])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    const bl_article *a = &r->article;
    /* Not when it was saved: a crawl visits what has not changed again and again. */
    const char *texts[] = { a->title, a->published, a->published_from, a->source, a->site,     a->author,
                            a->url,   a->lang,      r->organizations,  a->body,   a->furniture };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash_text(&hash, texts[i]);
    sha256_digest(&hash, BL_SHA256, out);
}

static void hash_bytes(const void *bytes, size_t size, unsigned char out[BL_SHA256])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, size, bytes);
    sha256_digest(&hash, BL_SHA256, out);
}

/* ---- whole records ---- */

static void finish(bl_error *e, const char *path, bl_record *r)
{
    if (!bl_failed(e) && r->article.published)
        bl_day_parse(r->article.published, &r->day);
    if (!bl_failed(e) && path && !r->stated_path && !(r->path = strdup(path)))
        bl_fail_nomem(e);
    if (bl_failed(e))
        bl_record_free(r);
    else
        bl_record_hash(r, r->content);
}

/* cJSON does not tell bad text from want of memory, which may pass: what cannot be parsed twice, though there
 * is memory for as much as its tree may take, is bad. */
static cJSON *parse_twice(bl_error *e, const bl_buffer *text, const char **end)
{
    cJSON *object = cJSON_ParseWithLengthOpts(text->data, text->size + 1, end, true);
    if (!object)
        object = cJSON_ParseWithLengthOpts(text->data, text->size + 1, end, true);
    void *room = object ? NULL : malloc(2 * text->size + sizeof(cJSON));
    if (!object && !room)
        bl_fail_nomem(e);
    free(room);
    return object;
}

static cJSON *parse_object(bl_error *e, const bl_buffer *text)
{
    const char *end = NULL;
    cJSON *object = parse_twice(e, text, &end);
    if (!object)
        bl_fail(e, BULLETIN_BAD_INPUT, "not JSON (it breaks at byte %zu)",
                end ? (size_t)(end - text->data) : 0);
    else if (!cJSON_IsObject(object))
        bl_fail(e, BULLETIN_BAD_INPUT, "not a JSON object");
    return object;
}

void bl_record_parse(bl_error *e, const char *json, size_t size, const char *path, bl_record *out)
{
    *out = (bl_record){ .extractor = BL_EXTRACTOR_VERSION };
    if (bl_failed(e))
        return;
    bl_buffer text = { 0 };
    size_t replaced = repair(&text, json, size);
    if (text.failed || !text.data)
        bl_fail(e, text.failed ? BULLETIN_NOMEM : BULLETIN_BAD_INPUT, "%s",
                text.failed ? "out of memory" : "empty");
    cJSON *object = NULL;
    if (!bl_failed(e)) {
        replaced += replace_escapes(text.data, text.size);
        object = parse_object(e, &text);
    }
    if (!bl_failed(e)) {
        fields found;
        hash_bytes(json, size, out->sha256);
        find_fields(object, &found);
        take_fields(e, &found, out);
        out->article.replaced += replaced;
        complete(e, &found, out);
    }
    finish(e, path, out);
    cJSON_Delete(object);
    bl_buffer_free(&text);
}

static void read_page(bl_error *e, const void *page, size_t size, const bl_page_hints *hints, bl_record *out)
{
    bl_page_read(e, page, size, hints, &out->article);
    if (!bl_failed(e) && hints->captured)
        out->captured = keep(e, hints->captured);
}

/* A page that was saved as a message: what the message says of it is known before it is read. */
static void read_message(bl_error *e, const char *bytes, size_t size, const bl_page_hints *hints,
                         bl_record *out)
{
    bl_mime mime;
    bl_mime_read(e, bytes, size, &mime);
    if (bl_failed(e))
        return;
    const bl_page_hints own = { .name = mime.type ? NULL : hints->name,
                                .url = mime.url ? mime.url : hints->url,
                                .captured = mime.captured ? mime.captured : hints->captured,
                                .charset = mime.charset,
                                .type = mime.type,
                                .explain = hints->explain };
    read_page(e, mime.page.data ? mime.page.data : "", mime.page.size, &own, out);
    if (!bl_failed(e))
        adopt(&out->article.title, &mime.title);
    bl_mime_free(&mime);
}

void bl_record_page(bl_error *e, const void *page, size_t size, const bl_page_hints *hints, const char *path,
                    bl_record *out)
{
    *out = (bl_record){ .extractor = BL_EXTRACTOR_VERSION };
    if (bl_failed(e))
        return;
    if (bl_mime_is(page, size))
        read_message(e, page, size, hints, out);
    else
        read_page(e, page, size, hints, out);
    hash_bytes(page, size, out->sha256);
    finish(e, path, out);
}

void bl_record_find_organizations(bl_error *e, bl_finder *finder, bl_record *r)
{
    bl_organizations_free(&r->found);
    r->authority = finder->authority;
    if (finder->authority)
        bl_organizations_find(e, finder, &r->article, &r->found);
}

void bl_record_free(bl_record *r)
{
    bl_article_free(&r->article);
    free(r->key);
    free(r->collection);
    free(r->organizations);
    bl_organizations_free(&r->found);
    free(r->path);
    free(r->captured);
    free(r->imported);
    *r = (bl_record){ 0 };
}

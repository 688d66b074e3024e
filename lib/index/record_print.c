/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Records to JSON objects that are read back as the same. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"
#include "record_item.h"

void bl_record_add(bl_error *e, cJSON *to, const char *name, cJSON *item)
{
    bool added =
        to && item && (name ? cJSON_AddItemToObjectCS(to, name, item) : cJSON_AddItemToArray(to, item));
    if (added)
        return;
    bl_fail_nomem(e);
    cJSON_Delete(item);
}

static void put_text(bl_error *e, cJSON *object, const char *name, const char *text)
{
    bl_record_add(e, object, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

static void put_number(bl_error *e, cJSON *object, const char *name, double number)
{
    bl_record_add(e, object, name, cJSON_CreateNumber(number));
}

static void put_span(bl_error *e, cJSON *object, bl_day day)
{
    char earliest[BL_DAY_TEXT], latest[BL_DAY_TEXT];
    bl_day_print(day.year ? bl_day_earliest(day) : day, earliest);
    bl_day_print(day.year ? bl_day_latest(day) : day, latest);
    put_text(e, object, "published_earliest", day.year ? earliest : NULL);
    put_text(e, object, "published_latest", day.year ? latest : NULL);
}

static void put_ranges(bl_error *e, cJSON *object, const char *name, const bl_mention *list, size_t count)
{
    cJSON *ranges = cJSON_AddArrayToObject(object, name);
    if (!ranges)
        bl_fail_nomem(e);
    for (size_t i = 0; i < count && !bl_failed(e); i++) {
        const double range[2] = { (double)list[i].start, (double)list[i].end };
        bl_record_add(e, ranges, NULL, cJSON_CreateDoubleArray(range, 2));
    }
}

/* `stated` is the name that the record stated it by, NULL = it was found only. */
static void put_found(bl_error *e, cJSON *list, const bl_record *r, const bl_organization *o,
                      const char *stated)
{
    const bl_body *body = o->body >= 0 ? &r->authority->bodies[o->body] : NULL;
    cJSON *organization = cJSON_CreateObject();
    put_text(e, organization, "id", body ? body->id : NULL);
    put_text(e, organization, "name", o->name);
    put_text(e, organization, "kind", body && *body->kind ? body->kind : NULL);
    bl_record_add(e, organization, "resolved", cJSON_CreateBool(o->resolved));
    cJSON *forms = organization ? cJSON_AddArrayToObject(organization, "forms") : NULL;
    for (size_t k = 0; k < o->form_count && !bl_failed(e); k++)
        bl_record_add(e, forms, NULL, cJSON_CreateString(o->forms[k]));
    put_ranges(e, organization, "mentions", o->mentions, o->mention_count);
    put_ranges(e, organization, "title_mentions", o->title_mentions, o->title_count);
    if (stated)
        put_text(e, organization, "stated", stated);
    bl_record_add(e, list, NULL, organization);
}

/* A stated organization with the places where the text names it, if it does; these are then not told again.
 */
static void put_stated(bl_error *e, cJSON *list, const bl_record *r, const char *name, char *told)
{
    bool relative = false;
    bl_organization only = { .body =
                                 r->authority ? bl_authority_alone(e, r->authority, name, &relative) : -1 };
    only.resolved = only.body >= 0 || !relative;
    for (size_t i = 0; i < r->found.count; i++) {
        const bl_organization *o = &r->found.list[i];
        if (!told[i] && (only.body >= 0 ? o->body == only.body : strcmp(o->name, name) == 0)) {
            told[i] = 1;
            put_found(e, list, r, o, name);
            return;
        }
    }
    char *canonical = strdup(only.body >= 0 ? r->authority->bodies[only.body].name : name);
    if (!canonical)
        bl_fail_nomem(e);
    only.name = canonical;
    put_found(e, list, r, &only, name);
    free(canonical);
}

static void put_organizations(bl_error *e, cJSON *object, const bl_record *r)
{
    const char *names = r->organizations;
    cJSON *list = cJSON_AddArrayToObject(object, "organizations");
    cJSON *stated = names ? cJSON_Parse(names) : NULL;
    char *told = calloc(r->found.count + 1, 1);
    if (!list || !told || (names && !stated))
        bl_fail_nomem(e);
    const cJSON *item;
    cJSON_ArrayForEach(item, stated)
    {
        if (!bl_failed(e) && item->valuestring)
            put_stated(e, list, r, item->valuestring, told);
    }
    cJSON_Delete(stated);
    for (size_t i = 0; i < r->found.count && !bl_failed(e); i++)
        if (!told[i])
            put_found(e, list, r, &r->found.list[i], NULL);
    free(told);
}

static void put_origin(bl_error *e, cJSON *object, const bl_record *r)
{
    cJSON *origin = cJSON_AddObjectToObject(object, "origin");
    char hex[2 * BL_SHA256 + 1];
    for (int i = 0; i < BL_SHA256; i++)
        snprintf(hex + 2 * i, 3, "%02x", r->sha256[i]);
    put_text(e, origin, "path", r->path);
    put_text(e, origin, "sha256", hex);
    put_text(e, origin, "captured", r->captured);
    put_text(e, origin, "imported", r->imported);
    put_number(e, origin, "extractor", r->extractor);
    if (r->article.replaced > 0)
        put_number(e, origin, "replaced", (double)r->article.replaced);
}

char *bl_record_print(bl_error *e, const bl_record *r)
{
    if (bl_failed(e))
        return NULL;
    const bl_article *a = &r->article;
    cJSON *object = cJSON_CreateObject();
    if (r->id)
        put_number(e, object, "id", (double)r->id);
    put_text(e, object, "key", r->key);
    if (r->collection)
        put_text(e, object, "collection", r->collection);
    put_text(e, object, "title", a->title);
    put_text(e, object, "published", a->published);
    put_span(e, object, r->day);
    put_text(e, object, "published_from", a->published_from);
    put_text(e, object, "source", a->source);
    put_text(e, object, "site", a->site);
    put_text(e, object, "author", a->author);
    put_text(e, object, "url", a->url);
    put_text(e, object, "lang", a->lang);
    put_organizations(e, object, r);
    put_text(e, object, "body", a->body);
    put_text(e, object, "furniture", a->furniture);
    put_origin(e, object, r);
    char *printed = cJSON_PrintUnformatted(object);
    char *copy = printed && !bl_failed(e) ? strdup(printed) : NULL;
    if (!copy)
        bl_fail_nomem(e);
    cJSON_free(printed);
    cJSON_Delete(object);
    return copy;
}

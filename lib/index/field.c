/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The names that people and programs give to the fields of a record, to fields. */
#include "field.h"

#include <stdbool.h>
#include <string.h>

/* Of each field, its own name first. */
static const struct {
    bl_field field;
    const char *name;
} names[] = {
    { BL_FIELD_KEY, "key" },
    { BL_FIELD_ID, "id" },
    { BL_FIELD_ID, "guid" },
    { BL_FIELD_ID, "编号" },
    { BL_FIELD_ID, "編號" },
    { BL_FIELD_TITLE, "title" },
    { BL_FIELD_TITLE, "headline" },
    { BL_FIELD_TITLE, "标题" },
    { BL_FIELD_TITLE, "標題" },
    { BL_FIELD_TITLE, "题目" },
    { BL_FIELD_TITLE, "題目" },
    { BL_FIELD_BODY, "body" },
    { BL_FIELD_BODY, "text" },
    { BL_FIELD_BODY, "articlebody" },
    { BL_FIELD_BODY, "fulltext" },
    { BL_FIELD_BODY, "maintext" },
    { BL_FIELD_BODY, "content" },
    { BL_FIELD_BODY, "正文" },
    { BL_FIELD_BODY, "全文" },
    { BL_FIELD_BODY, "内容" },
    { BL_FIELD_BODY, "內容" },
    { BL_FIELD_HTML, "html" },
    { BL_FIELD_HTML, "rawhtml" },
    { BL_FIELD_HTML, "contenthtml" },
    { BL_FIELD_FURNITURE, "furniture" },
    { BL_FIELD_PUBLISHED, "published" },
    { BL_FIELD_PUBLISHED, "date" },
    { BL_FIELD_PUBLISHED, "datepublished" },
    { BL_FIELD_PUBLISHED, "publisheddate" },
    { BL_FIELD_PUBLISHED, "publishedat" },
    { BL_FIELD_PUBLISHED, "publishdate" },
    { BL_FIELD_PUBLISHED, "publishtime" },
    { BL_FIELD_PUBLISHED, "pubdate" },
    { BL_FIELD_PUBLISHED, "pubtime" },
    { BL_FIELD_PUBLISHED, "发布时间" },
    { BL_FIELD_PUBLISHED, "发布日期" },
    { BL_FIELD_PUBLISHED, "发表时间" },
    { BL_FIELD_PUBLISHED, "发表日期" },
    { BL_FIELD_PUBLISHED, "發布時間" },
    { BL_FIELD_PUBLISHED, "發佈時間" },
    { BL_FIELD_PUBLISHED, "發布日期" },
    { BL_FIELD_PUBLISHED, "發佈日期" },
    { BL_FIELD_PUBLISHED, "日期" },
    { BL_FIELD_PUBLISHED_FROM, "published_from" },
    { BL_FIELD_SOURCE, "source" },
    { BL_FIELD_SOURCE, "publisher" },
    { BL_FIELD_SOURCE, "来源" },
    { BL_FIELD_SOURCE, "來源" },
    { BL_FIELD_SOURCE, "媒体" },
    { BL_FIELD_SOURCE, "媒體" },
    { BL_FIELD_SITE, "site" },
    { BL_FIELD_AUTHOR, "author" },
    { BL_FIELD_AUTHOR, "byline" },
    { BL_FIELD_AUTHOR, "作者" },
    { BL_FIELD_AUTHOR, "记者" },
    { BL_FIELD_AUTHOR, "記者" },
    { BL_FIELD_URL, "url" },
    { BL_FIELD_URL, "link" },
    { BL_FIELD_URL, "permalink" },
    { BL_FIELD_URL, "链接" },
    { BL_FIELD_URL, "連結" },
    { BL_FIELD_URL, "网址" },
    { BL_FIELD_URL, "網址" },
    { BL_FIELD_LANG, "lang" },
    { BL_FIELD_LANG, "language" },
    { BL_FIELD_LANG, "语言" },
    { BL_FIELD_LANG, "語言" },
    { BL_FIELD_CAPTURED, "captured" },
    { BL_FIELD_COLLECTION, "collection" },
    { BL_FIELD_ORGANIZATIONS, "organizations" },
    { BL_FIELD_ORIGIN, "origin" },
};

static const char *skip_filling(const char *s)
{
    while (*s == ' ' || *s == '_' || *s == '-' || *s == '\t')
        s++;
    return s;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_called(const char *name, const char *known)
{
    for (;;) {
        name = skip_filling(name);
        known = skip_filling(known);
        if (lower(*name) != *known)
            return false;
        if (*known == '\0')
            return true;
        name++;
        known++;
    }
}

bl_field bl_field_of(const char *name, size_t *rank)
{
    size_t first = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].field != names[first].field)
            first = i;
        if (!is_called(name, names[i].name))
            continue;
        /* The field's own name as written comes before one in capitals. */
        *rank = 2 * (i - first) + (strcmp(name, names[i].name) != 0);
        return names[i].field;
    }
    *rank = 0;
    return BL_FIELD_NONE;
}

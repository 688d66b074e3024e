/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Attributes of an element to what its template's author meant it for. */
#include "html_hint.h"

#include <stddef.h>
#include <string.h>

/* Where a word counts in a class: each class or id is cut into words at case changes, digits, hyphens. */
enum { IN, START, WHOLE };

typedef struct entry {
    const char *word;
    uint8_t where;
    uint32_t hints;
} entry;

#define U BL_HINT_UNLIKELY
#define M BL_HINT_MAYBE
#define G BL_HINT_GOOD
#define B BL_HINT_BAD
#define AS BL_HINT_ASIDE

/* Sorted. */
static const entry entries[] = {
    { "about-author", IN, AS },
    { "about-the-author", IN, AS },
    { "ad-break", IN, U | AS },
    { "adbox", START, U | AS },
    { "advert", START, U | AS },
    { "agegate", IN, U },
    { "ai2html", IN, U },
    { "also-read", IN, AS },
    { "alsoread", IN, AS },
    { "and", IN, M },
    { "article", IN, M | G },
    { "article-body", IN, BL_HINT_ARTICLE },
    { "article-content", IN, BL_HINT_ARTICLE },
    { "article-text", IN, BL_HINT_ARTICLE },
    { "article__body", IN, BL_HINT_ARTICLE },
    { "article__content", IN, BL_HINT_ARTICLE },
    { "article_body", IN, BL_HINT_ARTICLE },
    { "article_content", IN, BL_HINT_ARTICLE },
    { "article_text", IN, BL_HINT_ARTICLE },
    { "articlebody", IN, BL_HINT_ARTICLE },
    { "articlecontent", IN, BL_HINT_ARTICLE },
    { "articletext", IN, BL_HINT_ARTICLE },
    { "author", IN, BL_HINT_BYLINE },
    { "author-bio", IN, AS },
    { "author-box", IN, AS },
    { "banner", IN, U | B },
    { "bloc-sign", IN, AS },
    { "blog", IN, G },
    { "body", IN, M | G },
    { "bookmark", WHOLE, BL_HINT_SHARE },
    { "breadcrumb", IN, U | AS },
    { "byline", IN, BL_HINT_BYLINE },
    { "caption", IN, BL_HINT_CAPTION },
    { "cite-bottom", IN, AS },
    { "column", IN, M },
    { "com-", IN, B },
    { "combx", IN, U | B },
    { "comment", IN, U | B | BL_HINT_COMMENTS },
    { "community", IN, U },
    { "consent", START, AS | U },
    { "contact", IN, B },
    { "content", IN, M | G },
    { "content-body", IN, BL_HINT_ARTICLE },
    { "content__body", IN, BL_HINT_ARTICLE },
    { "cookie", START, AS | U },
    { "copyright", START, AS },
    { "cover-wrap", IN, U },
    { "crumb", START, U | AS },
    { "date", START, BL_HINT_DATE },
    { "dateline", IN, BL_HINT_BYLINE | BL_HINT_DATE },
    { "disclaimer", IN, AS },
    { "disqus", IN, U | BL_HINT_COMMENTS },
    { "donate", START, AS },
    { "entry", IN, G },
    { "entry-content", IN, BL_HINT_ARTICLE },
    { "entry-text", IN, BL_HINT_ARTICLE },
    { "entry-title", IN, BL_HINT_TITLE },
    { "extra", IN, U },
    { "figcaption", IN, BL_HINT_CAPTION },
    { "footer", IN, U | B },
    { "gdpr", IN, U | B },
    { "h-entry", IN, G },
    { "header", IN, U },
    { "headline", IN, BL_HINT_TITLE },
    { "hentry", IN, G },
    { "hid", WHOLE, B },
    { "hidden", IN, B },
    { "image", START, BL_HINT_PICTURE },
    { "img", START, BL_HINT_PICTURE },
    { "inline-related", IN, AS },
    { "js_content", IN, BL_HINT_ARTICLE },
    { "keyword", START, AS },
    { "legends", IN, U },
    { "likes", WHOLE, BL_HINT_SHARE },
    { "main", IN, M | G },
    { "masthead", IN, B },
    { "mathjax", IN, M },
    { "media", IN, B },
    { "menu", IN, U },
    { "meta", IN, B },
    { "modal", WHOLE, AS },
    { "more-from", IN, AS },
    { "more-stories", IN, AS },
    { "most-popular", IN, AS },
    { "most-read", IN, AS },
    { "mostread", IN, AS },
    { "nav", START, AS },
    { "navbar", IN, AS | U },
    { "news_content", IN, BL_HINT_ARTICLE },
    { "newscontent", IN, BL_HINT_ARTICLE },
    { "newsletter", IN, AS },
    { "next-post", IN, AS },
    { "next-prev", IN, AS },
    { "outbrain", IN, B | AS },
    { "page", IN, G },
    { "pager", IN, U },
    { "pagination", IN, U | G | AS },
    { "popular", START, AS },
    { "photo", START, BL_HINT_PICTURE },
    { "pic", START, BL_HINT_PICTURE },
    { "popup", IN, U },
    { "post", IN, G },
    { "post-body", IN, BL_HINT_ARTICLE },
    { "post-content", IN, BL_HINT_ARTICLE },
    { "post-nav", IN, AS },
    { "post-text", IN, BL_HINT_ARTICLE },
    { "post_body", IN, BL_HINT_ARTICLE },
    { "post_content", IN, BL_HINT_ARTICLE },
    { "postcontent", IN, BL_HINT_ARTICLE },
    { "prev-next", IN, AS },
    { "printonly", IN, AS },
    { "promo", IN, B | AS },
    { "pubdate", IN, BL_HINT_DATE },
    { "publish", START, BL_HINT_DATE },
    { "rating", WHOLE, AS },
    { "read-more", IN, BL_HINT_SHARE },
    { "readmore", IN, BL_HINT_SHARE },
    { "recirc", IN, AS },
    { "recommend", IN, AS },
    { "related", IN, U | B | AS },
    { "relevant", WHOLE, AS },
    { "remark", IN, U },
    { "replies", IN, U },
    { "rich_media_content", IN, BL_HINT_ARTICLE },
    { "rss", IN, U },
    { "screen-reader", IN, BL_HINT_SCREEN_READER },
    { "scroll", IN, B },
    { "see-also", IN, AS },
    { "shadow", IN, M },
    { "share", IN, B },
    { "share", START, BL_HINT_SHARE },
    { "sharedaddy", IN, BL_HINT_SHARE },
    { "sharing", START, BL_HINT_SHARE },
    { "shopping", IN, B },
    { "shoutbox", IN, U | B },
    { "sidebar", IN, U | B | AS },
    { "signup", IN, AS },
    { "skip-link", IN, AS },
    { "skyscraper", IN, U | B },
    { "social", IN, U },
    { "social", START, BL_HINT_SHARE },
    { "sponsor", IN, U | B | AS },
    { "sr-only", IN, BL_HINT_SCREEN_READER },
    { "story", IN, G },
    { "story-body", IN, BL_HINT_ARTICLE },
    { "story-content", IN, BL_HINT_ARTICLE },
    { "story-text", IN, BL_HINT_ARTICLE },
    { "storybody", IN, BL_HINT_ARTICLE },
    { "subscribe", START, AS },
    { "subscription", START, AS },
    { "supplemental", IN, U },
    { "taboola", IN, AS },
    { "taglist", IN, AS },
    { "tags", IN, B },
    { "tags", WHOLE, AS },
    { "teaser", START, B },
    { "text", IN, G },
    { "time", WHOLE, BL_HINT_DATE },
    { "timestamp", IN, BL_HINT_DATE },
    { "title", WHOLE, BL_HINT_TITLE },
    { "toc", WHOLE, AS },
    { "trending", IN, AS },
    { "trs_editor", IN, BL_HINT_ARTICLE },
    { "trs_ueditor", IN, BL_HINT_ARTICLE },
    { "ucap-content", IN, BL_HINT_ARTICLE },
    { "visually-hidden", IN, BL_HINT_SCREEN_READER },
    { "visuallyhidden", IN, BL_HINT_SCREEN_READER },
    { "vsb_content", IN, BL_HINT_ARTICLE },
    { "widget", IN, B },
    { "writtenby", IN, BL_HINT_BYLINE },
    { "yom-remote", IN, U },
};

enum { ENTRIES = sizeof entries / sizeof entries[0] };

static inline char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static inline bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static inline bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* A word begins behind anything but a letter, and at a capital behind a small letter. */
static bool begins_word(const char *words, size_t at)
{
    return at == 0 || !is_letter(words[at - 1]) || (is_upper(words[at]) && !is_upper(words[at - 1]));
}

static bool matches(const entry *n, const char *words, size_t at)
{
    size_t i = 0;
    while (n->word[i] && lower(words[at + i]) == n->word[i])
        i++;
    if (n->word[i])
        return false;
    if (n->where == IN)
        return true;
    char next = words[at + i];
    return begins_word(words, at) && (n->where == START || !is_letter(next) || is_upper(next));
}

/* Entries that start with a letter: found by halving once for each place in a class. */
static size_t first_with(char letter)
{
    size_t low = 0, high = ENTRIES;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (entries[middle].word[0] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Longer ones are lists of generated class names. */
enum { LONGEST_CLASS = 512 };

uint32_t bl_hint_of_words(const char *words)
{
    uint32_t hints = 0;
    size_t size = strnlen(words, LONGEST_CLASS);
    for (size_t at = 0; at < size; at++) {
        char letter = lower(words[at]);
        for (size_t i = is_letter(letter) ? first_with(letter) : ENTRIES;
             i < ENTRIES && entries[i].word[0] == letter; i++)
            if (matches(&entries[i], words, at))
                hints |= entries[i].hints;
        if (words[at] == '-' && lower(words[at + 1]) == 'a' && lower(words[at + 2]) == 'd' &&
            words[at + 3] == '-')
            hints |= U | B;
    }
    return hints;
}

static bool has_style(const char *style, const char *property, const char *value)
{
    const char *s = strstr(style, property);
    if (!s)
        return false;
    s += strlen(property);
    s += strspn(s, " \t\n");
    if (*s++ != ':')
        return false;
    s += strspn(s, " \t\n");
    return strncmp(s, value, strlen(value)) == 0;
}

static uint32_t hint_of_style(const char *style)
{
    bool hidden = has_style(style, "display", "none") || has_style(style, "visibility", "hidden");
    return hidden ? BL_HINT_HIDDEN : 0;
}

static bool is_one_of(const char *value, const char *const *set)
{
    for (; *set; set++)
        if (strcmp(value, *set) == 0)
            return true;
    return false;
}

static uint32_t hint_of_role(const char *role)
{
    static const char *const regions[] = { "menu",   "menubar", "complementary", "navigation", "alert",
                                           "search", "banner",  "alertdialog",   "dialog",     "contentinfo",
                                           NULL };
    if (is_one_of(role, regions))
        return BL_HINT_WRAPPER;
    return strcmp(role, "presentation") == 0 ? BL_HINT_PRESENTATION
           : strcmp(role, "main") == 0       ? BL_HINT_MAIN
                                             : 0;
}

static uint32_t hint_of_property(const char *property)
{
    static const char *const dates[] = { "datePublished", "dateCreated", NULL };
    if (strcmp(property, "articleBody") == 0)
        return BL_HINT_ARTICLE;
    if (is_one_of(property, dates))
        return BL_HINT_DATE;
    if (strcmp(property, "headline") == 0)
        return BL_HINT_TITLE;
    return strstr(property, "author")         ? BL_HINT_BYLINE
           : strcmp(property, "caption") == 0 ? BL_HINT_CAPTION
                                              : 0;
}

static uint32_t hint_of_address(const char *href)
{
    if (*href == '\0' || *href == '#')
        return 0;
    return BL_HINT_LINK;
}

static uint32_t hint_of(const char *name, const char *value)
{
    if (strcmp(name, "class") == 0 || strcmp(name, "id") == 0)
        return bl_hint_of_words(value);
    if (strcmp(name, "style") == 0)
        return hint_of_style(value);
    if (strcmp(name, "role") == 0)
        return hint_of_role(value);
    if (strcmp(name, "itemprop") == 0)
        return hint_of_property(value);
    if (strcmp(name, "href") == 0)
        return hint_of_address(value);
    if (strcmp(name, "rel") == 0)
        return strcmp(value, "author") == 0 ? BL_HINT_BYLINE : 0;
    if (strcmp(name, "aria-hidden") == 0)
        return strcmp(value, "true") == 0 ? BL_HINT_SIGHTED : 0;
    return strcmp(name, "summary") == 0 ? BL_HINT_DATA : 0;
}

uint32_t bl_hint_of_attributes(const unsigned char *const *attributes)
{
    uint32_t hints = 0;
    for (; attributes && attributes[0]; attributes += 2) {
        const char *name = (const char *)attributes[0];
        const char *value = attributes[1] ? (const char *)attributes[1] : "";
        hints |= strcmp(name, "hidden") == 0 ? BL_HINT_HIDDEN : hint_of(name, value);
    }
    return hints;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A bulletin's names to its organizations: by the authority, by what the bulletin itself says, by their
 * letters. */
#include "organization.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

/* A name as it stands in the text. */
typedef struct item {
    size_t start, end;
    char *folded;  /* without "(ABC)"; new */
    size_t size;   /* of it */
    int32_t name;  /* of the authority, -1 = none */
    int32_t owner; /* index of the item whose short form it is, -1 = none */
    bool relative, title;
    size_t organization;
} item;

/* The places of one level that a bulletin names. */
typedef struct place_search {
    bool done;
    char found[64];
    bool several;
} place_search;

typedef struct gathering {
    bl_error *e;
    bl_finder *finder;
    const bl_article *article;
    item *items;
    size_t count, capacity;
    bl_organizations *out;
    char **keys; /* of each organization: its folded name */
    size_t key_capacity, key_count;
    size_t *places; /* of each organization: the one that it turned out to be */
    size_t place_capacity;
    place_search searches[2]; /* of province and city */
    size_t *slots;            /* hash of keys: index + 1 */
    size_t slot_count;
} gathering;

static char *copy_text(bl_error *e, const char *text, size_t size)
{
    char *copy = bl_failed(e) ? NULL : malloc(size + 1);
    if (!copy) {
        bl_fail_nomem(e);
        return NULL;
    }
    memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

static char *folded_of(bl_error *e, const char *text)
{
    bl_folded f = { 0 };
    bl_fold(e, text, strlen(text), &f);
    char *copy = bl_failed(e) ? NULL : copy_text(e, f.text ? f.text : "", f.size);
    bl_folded_free(&f);
    return copy;
}

/* ---- names in title and body ---- */

static void add_item(gathering *g, const bl_found *found, bool title, size_t first)
{
    const bl_finder *f = g->finder;
    const bl_glyph *glyphs = f->folded.glyphs;
    if (!bl_failed(g->e) && !bl_grow(&g->items, &g->capacity, g->count + 1, sizeof *g->items))
        bl_fail_nomem(g->e);
    if (bl_failed(g->e))
        return;
    uint32_t to = found->to;
    if (glyphs[to - 1].code == ')' && glyphs[found->from].code != '(')
        while (to > found->from + 1 && glyphs[to - 1].code != '(')
            to--;
    if (to != found->to)
        to -= to > found->from + 2 && glyphs[to - 2].code == ' ' ? 2 : 1;
    size_t at = glyphs[found->from].at;
    size_t end = to < f->folded.count ? glyphs[to].at : f->folded.size;
    item *i = &g->items[g->count++];
    *i = (item){ .start = glyphs[found->from].start,
                 .end = glyphs[found->to - 1].end,
                 .folded = copy_text(g->e, f->folded.text + at, end - at),
                 .size = end - at,
                 .name = found->relative ? -1 : found->name,
                 .owner = -1,
                 .relative = found->relative,
                 .title = title };
    for (size_t k = first; found->alias >= 0 && k + 1 < g->count; k++)
        if (g->items[k].start == glyphs[found->alias].start)
            i->owner = (int32_t)k;
}

static void read_text(gathering *g, const char *text, bool title)
{
    if (!text || !*text)
        return;
    size_t first = g->count;
    bl_finder_run(g->e, g->finder, text, strlen(text));
    for (int pass = 0; pass < 2; pass++) /* short forms after what they stand for */
        for (size_t i = 0; i < g->finder->count && !bl_failed(g->e); i++)
            if ((g->finder->list[i].alias >= 0) == (pass == 1))
                add_item(g, &g->finder->list[i], title, first);
}

/* ---- organizations by key ---- */

static size_t hash_of(const char *key)
{
    size_t h = 1469598103u;
    for (const unsigned char *s = (const unsigned char *)key; *s; s++)
        h = (h ^ *s) * 1099511628211u;
    return h ^ h >> 29;
}

static bool rehash(gathering *g)
{
    size_t count = g->slot_count ? g->slot_count * 2 : 64;
    size_t *slots = calloc(count, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < g->out->count; i++) {
        size_t k = hash_of(g->keys[i]) & (count - 1);
        while (slots[k])
            k = (k + 1) & (count - 1);
        slots[k] = i + 1;
    }
    free(g->slots);
    g->slots = slots;
    g->slot_count = count;
    return true;
}

/* The organization of a key, made when it is new. */
static size_t organization_of(gathering *g, const char *key)
{
    bl_organizations *out = g->out;
    if (!bl_failed(g->e) && out->count * 2 >= g->slot_count && !rehash(g))
        bl_fail_nomem(g->e);
    if (bl_failed(g->e))
        return 0;
    size_t k = hash_of(key) & (g->slot_count - 1);
    for (; g->slots[k]; k = (k + 1) & (g->slot_count - 1))
        if (strcmp(g->keys[g->slots[k] - 1], key) == 0)
            return g->slots[k] - 1;
    if (!bl_grow(&out->list, &out->capacity, out->count + 1, sizeof *out->list) ||
        !bl_grow(&g->keys, &g->key_capacity, out->count + 1, sizeof *g->keys) ||
        !bl_grow(&g->places, &g->place_capacity, out->count + 1, sizeof *g->places)) {
        bl_fail_nomem(g->e);
        return 0;
    }
    out->list[out->count] = (bl_organization){ .body = -1, .resolved = true };
    g->keys[out->count] = copy_text(g->e, key, strlen(key));
    g->places[out->count] = out->count;
    g->key_count++;
    g->slots[k] = ++out->count;
    return out->count - 1;
}

static size_t organization_of_body(gathering *g, int32_t body)
{
    char key[32];
    size_t n = 0;
    key[n++] = '\x01'; /* no folded name starts with it */
    for (uint32_t rest = (uint32_t)body; n < sizeof key - 1; rest /= 10) {
        key[n++] = (char)('0' + rest % 10);
        if (rest < 10)
            break;
    }
    key[n] = '\0';
    size_t index = organization_of(g, key);
    if (!bl_failed(g->e))
        g->out->list[index].body = body;
    return index;
}

/* ---- names without their place ---- */

/* "该市总" says what "市总工会" says. */
static char *full_relative(bl_error *e, const char *folded)
{
    bl_buffer b = { 0 };
    const char *s = strncmp(folded, "该", 3) == 0 ? folded + 3 : folded;
    size_t n = strlen(s);
    bl_buffer_puts(&b, s);
    if (n >= 6 && n <= 12 && strcmp(s + n - 3, "总") == 0)
        bl_buffer_puts(&b, "工会");
    char *full = bl_buffer_steal(&b);
    if (!full)
        bl_fail_nomem(e);
    return full;
}

static bool ends_with(const item *i, const char *end, size_t size)
{
    return i->size > size && memcmp(i->folded + i->size - size, end, size) == 0;
}

/* The one organization of the bulletin whose name goes on to the left of this one. */
static size_t owner_of_relative(const gathering *g, const char *full)
{
    size_t owner = (size_t)-1, size = strlen(full);
    for (size_t i = 0; i < g->count; i++) {
        const item *other = &g->items[i];
        if (other->relative || other->owner >= 0 || !ends_with(other, full, size))
            continue;
        if (owner != (size_t)-1 && owner != other->organization)
            return (size_t)-1;
        owner = other->organization;
    }
    return owner;
}

/* Places of one level that stand in a text with the name of their level. */
static void search_places(gathering *g, const char *text, const char *level, place_search *s)
{
    bl_folded f = { 0 };
    bl_fold(g->e, text ? text : "", text ? strlen(text) : 0, &f);
    for (size_t i = 0; i < f.count && !bl_failed(g->e) && !s->several; i++) {
        bl_place kind;
        if (!bl_trie_starts(&g->finder->authority->places, f.glyphs[i].code))
            continue;
        size_t n = bl_authority_place(g->finder->authority, f.glyphs, f.count, i, &kind);
        size_t at = f.glyphs[i].at, size = n ? f.glyphs[i + n - 1].at + 3 - at : 0;
        if (size < 9 || size >= sizeof s->found || memcmp(f.text + at + size - 3, level, 3) != 0)
            continue;
        s->several = s->found[0] && (strlen(s->found) != size || memcmp(s->found, f.text + at, size) != 0);
        memcpy(s->found, f.text + at, size);
        s->found[size] = '\0';
        i += n - 1;
    }
    bl_folded_free(&f);
}

/* The name with the only place of its level that the bulletin names; NULL when there is none, or several. */
static char *with_place(gathering *g, const char *full)
{
    static const char *const levels[] = { "省", "市" };
    for (size_t i = 0; i < 2; i++) {
        place_search *s = &g->searches[i];
        if (strncmp(full, levels[i], 3) != 0)
            continue;
        const char *const texts[] = { g->article->title, g->article->body, g->article->source };
        for (size_t k = 0; k < 3 && !s->done; k++)
            search_places(g, texts[k], levels[i], s);
        s->done = true;
        if (!s->found[0] || s->several)
            return NULL;
        bl_buffer b = { 0 };
        bl_buffer_puts(&b, s->found);
        bl_buffer_puts(&b, full + 3);
        return bl_buffer_steal(&b);
    }
    return NULL;
}

static size_t organization_of_name(gathering *g, const char *name)
{
    int32_t known = bl_authority_find(g->e, g->finder->authority, name, strlen(name));
    if (known >= 0 && !g->finder->authority->names[known].relative &&
        !*g->finder->authority->names[known].when)
        return organization_of_body(g, g->finder->authority->names[known].body);
    return organization_of(g, name);
}

static void name_organization(gathering *g, size_t index, const char *text, size_t size)
{
    if (!bl_failed(g->e) && !g->out->list[index].name)
        g->out->list[index].name = copy_text(g->e, text, size);
}

/* A new organization of this name, with its place where the bulletin has it. */
static void place_relative(gathering *g, size_t index, const char *full)
{
    const bl_authority *a = g->finder->authority;
    char *placed = with_place(g, full);
    bl_organization *o = &g->out->list[index];
    o->resolved = placed != NULL;
    if (placed) {
        int32_t known = bl_authority_find(g->e, a, placed, strlen(placed));
        o->body = known >= 0 ? a->names[known].body : -1;
    }
    name_organization(g, index, placed ? placed : full, strlen(placed ? placed : full));
    free(placed);
}

/* What is found for a name once holds for it wherever it stands. */
static void resolve_relative(gathering *g, item *i)
{
    char *full = full_relative(g->e, i->folded);
    size_t before = g->out->count, index = bl_failed(g->e) ? 0 : organization_of(g, full);
    if (!bl_failed(g->e) && g->out->count > before) {
        size_t owner = owner_of_relative(g, full);
        if (owner != (size_t)-1)
            g->places[index] = owner;
        else
            place_relative(g, index, full);
    }
    if (!bl_failed(g->e))
        i->organization = g->places[index];
    free(full);
}

/* ---- what is found of one organization ---- */

static void add_once(bl_error *e, char ***list, size_t *count, size_t *capacity, const char *text,
                     size_t size)
{
    for (size_t i = 0; i < *count; i++)
        if (strlen((*list)[i]) == size && memcmp((*list)[i], text, size) == 0)
            return;
    if (!bl_grow(list, capacity, *count + 1, sizeof **list)) {
        bl_fail_nomem(e);
        return;
    }
    (*list)[*count] = copy_text(e, text, size);
    *count += (*list)[*count] != NULL;
}

static void add_mention(gathering *g, const item *i)
{
    bl_organization *o = &g->out->list[i->organization];
    const char *text = i->title ? g->article->title : g->article->body;
    bl_mention **list = i->title ? &o->title_mentions : &o->mentions;
    size_t *count = i->title ? &o->title_count : &o->mention_count;
    size_t *capacity = i->title ? &o->title_capacity : &o->mention_capacity;
    add_once(g->e, &o->forms, &o->form_count, &o->form_capacity, text + i->start, i->end - i->start);
    if (i->owner >= 0)
        add_once(g->e, &o->learned, &o->learned_count, &o->learned_capacity, i->folded, strlen(i->folded));
    if (!bl_grow(list, capacity, *count + 1, sizeof **list)) {
        bl_fail_nomem(g->e);
        return;
    }
    (*list)[(*count)++] = (bl_mention){ i->start, i->end };
}

static void resolve_full(gathering *g, item *i)
{
    const bl_authority *a = g->finder->authority;
    if (i->name >= 0)
        i->organization = organization_of_body(g, a->names[i->name].body);
    else
        i->organization = organization_of_name(g, i->folded);
}

/* Names that a longer one of the bulletin only sets a place before. */
static bool adds_only_place(const gathering *g, const char *longer, const char *shorter)
{
    bl_folded *f = &g->finder->scratch;
    bl_fold(g->e, longer, strlen(longer) - strlen(shorter), f);
    bool only = !bl_failed(g->e) && f->count > 0;
    for (size_t i = 0; only && i < f->count;) {
        bl_place kind;
        size_t n = bl_authority_place(g->finder->authority, f->glyphs, f->count, i, &kind);
        only = n > 0;
        i += n;
    }
    return only;
}

enum { MOST_COMPARED = 400 };

/* "长丝协会" beside "中国长丝协会". */
static void join_shortened(gathering *g)
{
    for (size_t i = 0; i < g->count && g->count <= MOST_COMPARED; i++) {
        item *one = &g->items[i];
        if (one->name >= 0 || one->relative || one->owner >= 0 || one->size < 12)
            continue;
        for (size_t k = 0; k < g->count; k++) {
            const item *other = &g->items[k];
            if (other->organization != one->organization && !other->relative && other->owner < 0 &&
                ends_with(other, one->folded, one->size) && adds_only_place(g, other->folded, one->folded)) {
                one->organization = other->organization;
                break;
            }
        }
    }
}

static void resolve(gathering *g)
{
    for (size_t i = 0; i < g->count && !bl_failed(g->e); i++)
        if (!g->items[i].relative && g->items[i].owner < 0)
            resolve_full(g, &g->items[i]);
    join_shortened(g);
    for (size_t i = 0; i < g->count && !bl_failed(g->e); i++)
        if (g->items[i].relative)
            resolve_relative(g, &g->items[i]);
    for (size_t i = 0; i < g->count && !bl_failed(g->e); i++)
        if (g->items[i].owner >= 0)
            g->items[i].organization = g->items[g->items[i].owner].organization;
}

static int compare_items(const void *a, const void *b)
{
    const item *x = a, *y = b;
    if (x->title != y->title)
        return x->title ? -1 : 1;
    return x->start < y->start ? -1 : x->start > y->start;
}

static void free_one(bl_organization *o)
{
    for (size_t k = 0; k < o->form_count; k++)
        free(o->forms[k]);
    for (size_t k = 0; k < o->learned_count; k++)
        free(o->learned[k]);
    free(o->forms);
    free(o->learned);
    free(o->name);
    free(o->key);
    free(o->mentions);
    free(o->title_mentions);
}

/* Canonical names; without an authority the first form that is no short one. */
static void finish(gathering *g)
{
    const bl_authority *a = g->finder->authority;
    for (size_t i = 0; i < g->count && !bl_failed(g->e); i++)
        add_mention(g, &g->items[i]);
    size_t kept = 0;
    for (size_t i = 0; i < g->out->count && !bl_failed(g->e); i++) {
        bl_organization *o = &g->out->list[i];
        const char *name = o->body >= 0 ? a->bodies[o->body].name : o->form_count ? o->forms[0] : NULL;
        if (o->body >= 0) {
            free(o->name);
            o->name = NULL;
        } else {
            const char *key = o->name ? o->name : g->keys[i];
            o->key = copy_text(g->e, key, strlen(key));
        }
        if (o->form_count)
            name_organization(g, i, name, strlen(name));
    }
    for (size_t i = 0; i < g->out->count; i++) {
        bl_organization one = g->out->list[i];
        if (one.form_count > 0)
            g->out->list[kept++] = one;
        else
            free_one(&one);
    }
    g->out->count = kept;
}

void bl_organizations_find(bl_error *e, bl_finder *finder, const bl_article *article, bl_organizations *out)
{
    *out = (bl_organizations){ 0 };
    if (bl_failed(e))
        return;
    gathering g = { .e = e, .finder = finder, .article = article, .out = out };
    char *title = folded_of(e, article->title ? article->title : "");
    char *source = folded_of(e, article->source ? article->source : "");
    bl_finder_forget(finder);
    finder->lang = article->lang;
    finder->evidence[0] = title;
    finder->evidence[1] = source;
    finder->evidence[2] = NULL;
    read_text(&g, article->body, false);
    if (article->body && *article->body) {
        const bl_folded spare = finder->body;
        finder->body = finder->folded;
        finder->folded = spare;
        finder->evidence[2] = finder->body.text;
    }
    read_text(&g, article->title, true);
    resolve(&g);
    if (g.count > 1)
        qsort(g.items, g.count, sizeof *g.items, compare_items);
    if (!bl_failed(e))
        finish(&g);
    for (size_t i = 0; i < 3; i++)
        finder->evidence[i] = NULL;
    free(title);
    free(source);
    for (size_t i = 0; i < g.count; i++)
        free(g.items[i].folded);
    for (size_t i = 0; i < g.key_count; i++)
        free(g.keys[i]);
    free(g.items);
    free(g.keys);
    free(g.places);
    free(g.slots);
    if (bl_failed(e))
        bl_organizations_free(out);
}

void bl_organizations_free(bl_organizations *organizations)
{
    for (size_t i = 0; i < organizations->count; i++)
        free_one(&organizations->list[i]);
    free(organizations->list);
    *organizations = (bl_organizations){ 0 };
}

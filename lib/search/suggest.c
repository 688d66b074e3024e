/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* A word that nothing holds to the words of index and thesaurus that may have been meant: letters by their
 * edit distance, characters by their romanization or one that differs. */
#include "suggest.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "expand.h"
#include "found.h"
#include "match.h"
#include "text/fold.h"
#include "text/pinyin.h"

/* Longer words are sentences, or no words at all. */
enum { LONGEST = 32, LONGEST_RUN = 8 };
/* Bounds that keep an answer under a tenth of a second on any archive. */
enum { MOST_TERMS = 200000, MOST_LOOKUPS = 4000 };
enum { MOST_OFFERS = 3, MOST_SUGGESTIONS = 5 };

typedef struct word {
    uint32_t code[LONGEST];
    size_t size;
} word;

typedef struct offer {
    char text[BL_CONCEPT_MOST + 1];
    unsigned distance;
    int64_t bytes; /* of its list: about how often it occurs */
} offer;

typedef struct suggester {
    bl_error *e;
    bl_database *db;
    word typed;
    bl_folded folded; /* scratch */
    offer best[MOST_OFFERS];
    size_t count;
    size_t terms, lookups; /* so far */
} suggester;

static bool is_han(uint32_t code)
{
    return bl_pinyin_class(code) != 0;
}

/* False when the text is longer than a word. */
static bool decode(const char *text, size_t size, word *out)
{
    out->size = 0;
    for (size_t at = 0; at < size;) {
        if (out->size == LONGEST)
            return false;
        out->code[out->size++] = bl_utf8_next(text, size, &at);
    }
    return true;
}

static size_t encode(const word *w, char out[4 * LONGEST + 1])
{
    size_t size = 0;
    for (size_t i = 0; i < w->size; i++)
        size += bl_utf8_put(out + size, w->code[i]);
    out[size] = '\0';
    return size;
}

/* ---- offers ---- */

/* Only the nearest are kept, and of two ways to write the same the first. */
static void put_offer(suggester *s, const char *text, size_t size, unsigned distance, int64_t bytes)
{
    offer one = { .distance = distance, .bytes = bytes };
    bl_fold(s->e, text, size, &s->folded);
    if (bl_failed(s->e) || s->folded.size > BL_CONCEPT_MOST)
        return;
    memcpy(one.text, s->folded.text, s->folded.size);
    if (s->count > 0 && distance < s->best[0].distance)
        s->count = 0;
    if (s->count > 0 && distance > s->best[0].distance)
        return;
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->best[i].text, one.text) == 0)
            return;
    size_t at = s->count;
    while (at > 0 && bytes > s->best[at - 1].bytes)
        at--;
    if (at == MOST_OFFERS)
        return;
    s->count += s->count < MOST_OFFERS;
    memmove(&s->best[at + 1], &s->best[at], (s->count - at - 1) * sizeof one);
    s->best[at] = one;
}

/* ---- letters ---- */

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: Levenshtein's distance with neighbours that changed places (Boytsov, Indexing
 * methods for approximate dictionary searching, 2011). Anything above `most` may come out as more. */
static unsigned distance(const word *a, const word *b, unsigned most)
{
    unsigned rows[3][LONGEST + 1];
    if (a->size > b->size + most || b->size > a->size + most)
        return most + 1;
    for (unsigned k = 0; k <= b->size; k++)
        rows[0][k] = k;
    for (size_t i = 1; i <= a->size; i++) {
        unsigned *now = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        unsigned nearest = now[0] = (unsigned)i;
        for (size_t k = 1; k <= b->size; k++) {
            unsigned same = a->code[i - 1] == b->code[k - 1] ? 0 : 1;
            now[k] = least(least(now[k - 1], before[k]) + 1, before[k - 1] + same);
            if (i > 1 && k > 1 && a->code[i - 1] == b->code[k - 2] && a->code[i - 2] == b->code[k - 1])
                now[k] = least(now[k], earlier[k - 2] + 1);
            nearest = least(nearest, now[k]);
        }
        if (nearest > most)
            return most + 1;
    }
    return rows[a->size % 3][b->size];
}

/* Terms of one beginning, compared with what was typed. */
static void walk_near(suggester *s, const char *beginning, size_t size, unsigned most)
{
    bl_vocabulary terms;
    bl_vocabulary_open(s->e, &s->db->reader->index, beginning, size, &terms);
    while (s->terms < MOST_TERMS && bl_vocabulary_next(s->e, &terms)) {
        bl_list *list = terms.posting.lists[0];
        word other;
        s->terms++;
        if (s->terms % 1024 == 0)
            bl_database_poll(s->e, s->db);
        const char *text = (const char *)list->term + 1; /* behind the index's mark */
        if (!decode(text, list->term_size - 1, &other))
            continue;
        unsigned far = distance(&s->typed, &other, most);
        if (far > 0 && far <= most)
            put_offer(s, text, list->term_size - 1, far, bl_list_bytes(s->e, list));
    }
    bl_vocabulary_close(&terms);
}

/* Most slips spare the first letter; the others are tried as long as the bound allows. */
static void suggest_letters(suggester *s)
{
    unsigned most = s->typed.size < 3 ? 0 : s->typed.size < 5 ? 1 : 2;
    char first[4];
    if (most == 0)
        return;
    walk_near(s, first, bl_utf8_put(first, s->typed.code[0]), most);
    for (char letter = 'a'; letter <= 'z' && s->typed.code[0] < 0x80; letter++)
        if ((uint32_t)letter != s->typed.code[0])
            walk_near(s, &letter, 1, most);
}

/* ---- romanization ---- */

/* Whether letters are how these characters are read, to their end. */
static bool reads_as(const word *typed, const char *text, size_t size)
{
    size_t at = 0;
    for (size_t i = 0; i < size;) {
        const char *syllable = bl_pinyin(bl_utf8_next(text, size, &i));
        if (*syllable == '\0')
            return false;
        for (; *syllable; syllable++, at++)
            if (at == typed->size || typed->code[at] != (unsigned char)*syllable)
                return false;
    }
    return at == typed->size;
}

/* How many letters at the start are this character's; 0 when it is read otherwise. */
static size_t reads_first(const word *typed, uint32_t character)
{
    const char *syllable = bl_pinyin(character);
    size_t size = strlen(syllable);
    for (size_t i = 0; i < size; i++)
        if (i >= typed->size || typed->code[i] != (unsigned char)syllable[i])
            return 0;
    return size;
}

/* Pairs of characters in the index that begin with this one and are read so. */
static void walk_read(suggester *s, uint32_t character)
{
    char first[4];
    bl_vocabulary pairs;
    bl_vocabulary_open(s->e, &s->db->reader->index, first, bl_utf8_put(first, character), &pairs);
    while (s->terms < MOST_TERMS && bl_vocabulary_next(s->e, &pairs)) {
        bl_list *list = pairs.posting.lists[0];
        const char *text = (const char *)list->term + 1;
        s->terms++;
        if (reads_as(&s->typed, text, list->term_size - 1))
            put_offer(s, text, list->term_size - 1, 1, bl_list_bytes(s->e, list));
    }
    bl_vocabulary_close(&pairs);
}

static void suggest_read(suggester *s)
{
    for (uint32_t code = 0x4E00; code <= 0x9FFF && !bl_failed(s->e); code++) {
        size_t read = reads_first(&s->typed, code);
        if (read > 0 && read < s->typed.size && s->lookups++ < MOST_LOOKUPS)
            walk_read(s, code);
    }
}

/* ---- characters ---- */

/* How often a text occurs. */
static int64_t count(suggester *s, const char *text, size_t size)
{
    const bl_expander expander = { .cutter = s->db->fts.cutter };
    bl_plan plan;
    s->lookups++;
    bl_plan_make(s->e, &expander, bl_query_leaf(s->e, text, size, false), BL_PLAN_ALL, &plan);
    int64_t frequency = 0;
    for (size_t i = 0; i < plan.count && plan.tree && !bl_failed(s->e); i++) {
        int64_t one = bl_match_frequency(s->e, s->db, &plan, i);
        frequency = i == 0 || one < frequency ? one : frequency;
    }
    bl_plan_free(&plan);
    return frequency;
}

/* The typed run with one character that is read like the one in its place. */
static void suggest_sound(suggester *s)
{
    char text[4 * LONGEST + 1];
    for (size_t i = 0; i < s->typed.size; i++) {
        const uint32_t typed = s->typed.code[i];
        const unsigned class = bl_pinyin_class(typed);
        for (uint32_t code = bl_pinyin_next(class, 0);
             class && code && s->lookups < MOST_LOOKUPS && !bl_failed(s->e);
             code = bl_pinyin_next(class, code)) {
            if (code == typed)
                continue;
            word other = s->typed;
            other.code[i] = code;
            size_t size = encode(&other, text);
            int64_t frequency = count(s, text, size);
            if (frequency > 0)
                put_offer(s, text, size, 1, frequency);
        }
    }
}

static bool sounds_like(const word *a, const word *b)
{
    for (size_t i = 0; i < a->size; i++)
        if (bl_pinyin_class(a->code[i]) != bl_pinyin_class(b->code[i]))
            return false;
    return a->size == b->size;
}

/* Terms of the thesaurus and names of organizations, which need not be in the index: their other words may
 * be. */
static void suggest_known(suggester *s, bool letters)
{
    const char *term;
    word other;
    for (size_t i = 0; (term = bl_thesaurus_run(s->db->thesaurus, &i)) != NULL;) {
        size_t size = strlen(term);
        if (letters ? !reads_as(&s->typed, term, size) : !decode(term, size, &other))
            continue;
        if (letters || sounds_like(&s->typed, &other))
            put_offer(s, term, size, 0, 0);
        else if (s->typed.size > 2 && distance(&s->typed, &other, 1) == 1)
            put_offer(s, term, size, 1, 0);
    }
}

/* ---- the whole ---- */

/* One word of letters, or one run of Han characters, folded; false for anything else. */
static bool take_typed(suggester *s, const bl_node *leaf, bool *letters)
{
    bl_tokens tokens = { 0 };
    bl_folded folded = { 0 };
    bl_cut(s->e, s->db->fts.cutter, leaf->text, strlen(leaf->text), &tokens);
    bl_fold(s->e, leaf->text, strlen(leaf->text), &folded);
    bool good = !bl_failed(s->e) && tokens.count > 0 && decode(folded.text, folded.size, &s->typed);
    *letters = good && tokens.items[0].kind == BULLETIN_TOKEN_WORD;
    for (size_t i = 1; i < tokens.count && *letters; i++)
        good = good && tokens.items[i].colocated;
    for (size_t i = 0; i < s->typed.size && good; i++)
        good = *letters ? s->typed.code[i] > '9' : is_han(s->typed.code[i]);
    bl_tokens_free(&tokens);
    bl_folded_free(&folded);
    return good && (*letters || (s->typed.size > 1 && s->typed.size <= LONGEST_RUN));
}

/* The whole query with the offer in the leaf's place. */
static void add_suggestion(bl_error *e, const bl_node *tree, bl_node *leaf, char *offered,
                           bl_suggestions *out)
{
    bl_buffer text = { 0 };
    char *typed = leaf->text;
    leaf->text = offered;
    bl_query_print(tree, &text);
    leaf->text = typed;
    if (text.failed || !bl_grow(&out->list, &out->capacity, out->count + 1, sizeof *out->list))
        bl_fail_nomem(e);
    char *query = bl_failed(e) ? NULL : bl_buffer_steal(&text);
    if (query)
        out->list[out->count++] = query;
    bl_buffer_free(&text);
}

static void suggest_leaf(bl_error *e, bl_database *db, const bl_node *tree, bl_node *leaf,
                         bl_suggestions *out)
{
    suggester s = { .e = e, .db = db };
    bool letters;
    if (!take_typed(&s, leaf, &letters) || count(&s, leaf->text, strlen(leaf->text)) > 0)
        return;
    suggest_known(&s, letters);
    bool sure = s.count > 0 && s.best[0].distance == 0;
    if (letters && !sure) {
        suggest_read(&s);
        suggest_letters(&s);
    } else if (!sure) {
        suggest_sound(&s);
    }
    for (size_t i = 0; i < s.count && out->count < MOST_SUGGESTIONS && !bl_failed(e); i++)
        add_suggestion(e, tree, leaf, s.best[i].text, out);
    bl_folded_free(&s.folded);
}

static void suggest_list(bl_error *e, bl_database *db, const bl_node *tree, bl_node *node,
                         bl_suggestions *out)
{
    for (; node && out->count < MOST_SUGGESTIONS && !bl_failed(e); node = node->next) {
        if (node->kind == BL_NODE_LEAF && !node->quoted && !node->prefix && !node->filter)
            suggest_leaf(e, db, tree, node, out);
        else if (node->kind == BL_NODE_AND || node->kind == BL_NODE_OR)
            suggest_list(e, db, tree, node->child, out);
    }
}

void bl_suggest(bl_error *e, bl_database *db, bl_node *tree, bl_suggestions *out)
{
    if (db->reader && db->thesaurus && !bl_failed(e))
        suggest_list(e, db, tree, tree, out);
}

void bl_suggestions_free(bl_suggestions *suggestions)
{
    for (size_t i = 0; i < suggestions->count; i++)
        free(suggestions->list[i]);
    free(suggestions->list);
    *suggestions = (bl_suggestions){ 0 };
}

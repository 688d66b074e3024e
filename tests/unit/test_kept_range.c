/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Property: what blocks of hits say of a range of dates is what the hits themselves say, however they lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "search/kept_range.h"
#include "search/rank.h"

enum { DOCS = 4000, ROUNDS = 8, RANGES = 60 };

/* A small archive: its documents in order, some of them in stories, some of them hits. */
static int64_t docs[DOCS];
static double scores[DOCS]; /* of hits */
static bool is_hit[DOCS];
static bl_stories stories;
static bl_docs altered, changed; /* since blocks were made; all of a story, or none */
static const bl_docs none;
static size_t place_of[DOCS]; /* among those of stories; DOCS = in none */
static uint64_t seed;

static uint64_t chance(uint64_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (seed >> 33) % below;
}

/* Days of few documents, of many, and long times of none; at the end so many undated. */
static void make_docs(size_t undated)
{
    int64_t day = bl_slot_day(bl_slot_of((bl_day){ 2019, 1, 1 })), number = 0;
    for (size_t i = DOCS - undated; i < DOCS; i++)
        docs[i] = BL_SLOT_UNDATED + (int64_t)i * 3;
    for (size_t i = 0, left = 0; i < DOCS - undated; i++, number++) {
        if (left == 0) {
            day += chance(40) == 0 ? 20 + (int64_t)chance(400) : 1 + (int64_t)chance(2);
            left = chance(6) == 0 ? 1 + chance(1200) : 1 + chance(12);
            number = 0;
        }
        left--;
        docs[i] = day * BL_SLOT_SIZE + number;
    }
}

/* The story of a document is mostly that of one shortly before it; any of its bulletins may stand for it. */
static void make_stories(void)
{
    uint32_t story[DOCS], *stands = calloc(DOCS, sizeof *stands);
    bool several[DOCS] = { false };
    assert_non_null(stands);
    for (size_t i = 0; i < DOCS; i++) {
        story[i] = (uint32_t)i;
        if (i > 0 && chance(3) == 0) {
            const size_t back = 1 + chance(chance(4) == 0 ? i : 20);
            story[i] = story[back > i ? 0 : i - back];
            several[i] = several[story[i]] = true;
        }
    }
    stories.docs = calloc(DOCS + 1, sizeof *stories.docs);
    stories.leaders = calloc(DOCS + 1, sizeof *stories.leaders);
    stories.next = calloc(DOCS + 1, sizeof *stories.next);
    assert_true(stories.docs && stories.leaders && stories.next);
    stories.count = 0;
    for (size_t i = 0; i < DOCS; i++) {
        place_of[i] = several[i] ? stories.count : DOCS;
        if (several[i])
            stories.docs[stories.count++] = docs[i];
        if (several[i] && (story[i] == i || chance(3) == 0))
            stands[story[i]] = (uint32_t)place_of[i];
    }
    stories.docs[stories.count] = INT64_MAX;
    for (size_t i = 0; i < DOCS; i++)
        if (several[i])
            stories.leaders[place_of[i]] = stands[story[i]];
    for (size_t a = 0; a < stories.count; a++) { /* the next, or the first */
        size_t next = a + 1;
        while (next < stories.count && stories.leaders[next] != stories.leaders[a])
            next++;
        for (size_t first = 0; next == stories.count; first++)
            if (stories.leaders[first] == stories.leaders[a])
                next = first;
        stories.next[a] = (uint32_t)next;
    }
    free(stands);
}

static bl_buffer make_blocks(bl_error *e, bool lists_all)
{
    bl_buffer out;
    bl_hit_block_maker maker;
    int64_t *last = calloc(DOCS, sizeof *last);
    assert_non_null(last);
    bl_hit_block_open(&maker);
    maker.lists_all = lists_all;
    for (size_t i = 0; i < DOCS; i++) {
        if (!is_hit[i])
            continue;
        const size_t place = place_of[i];
        int64_t *before = place < DOCS ? &last[stories.leaders[place]] : NULL;
        bl_hit_block_note(e, &maker, docs[i], before ? (int64_t)place : -1, before ? *before - 1 : -1);
        if (before)
            *before = (int64_t)place + 1;
        bl_hit_block_offer(e, &maker, &(bl_hit){ .doc = docs[i], .order = docs[i], .score = scores[i] });
    }
    bl_hit_block_close(e, &maker, &out);
    free(last);
    return out;
}

static bool in_blocks[DOCS]; /* hits of those that are whole within the range */

static void look_into_blocks(const bl_kept_range *kept)
{
    memset(in_blocks, false, sizeof in_blocks);
    for (size_t b = 0; b < kept->count; b++)
        for (size_t i = 0; i < DOCS; i++)
            in_blocks[i] |= is_hit[i] && docs[i] >= kept->list[b].first && docs[i] <= kept->list[b].last;
}

static size_t hits_between(int64_t first, int64_t last)
{
    size_t count = 0;
    for (size_t i = 0; i < DOCS; i++)
        count += is_hit[i] && docs[i] >= first && docs[i] <= last;
    return count;
}

static bool same_story(size_t a, size_t b)
{
    return place_of[a] < DOCS && place_of[b] < DOCS &&
           stories.leaders[place_of[a]] == stories.leaders[place_of[b]];
}

static bool is_changed(int64_t doc)
{
    return bl_docs_find(&changed, 0, doc) < bl_docs_find(&changed, 0, doc + 1);
}

static void check_repeated(const bl_kept_range *kept)
{
    int64_t repeated = 0;
    bool seen[DOCS] = { false };
    for (size_t i = 0; i < DOCS; i++) {
        if (!is_hit[i] || docs[i] < kept->range.first || place_of[i] == DOCS || is_changed(docs[i]))
            continue;
        repeated += in_blocks[i] && seen[stories.leaders[place_of[i]]];
        seen[stories.leaders[place_of[i]]] = true;
    }
    assert_int_equal(bl_kept_range_repeated(kept, &stories, &changed), repeated);
}

/* Of a hit in a block: the one that stands for its story, or the earliest. */
static void check_shown(const bl_kept_range *kept, size_t i)
{
    int64_t wanted = -1;
    for (size_t k = 0; k < DOCS; k++) {
        if (k != i && !(same_story(i, k) && in_blocks[k]))
            continue;
        const bool stands = place_of[k] < DOCS && stories.leaders[place_of[k]] == place_of[k];
        if (stands || wanted < 0)
            wanted = docs[k];
    }
    assert_int_equal(bl_kept_range_shown(kept, &stories, docs[i]), wanted);
}

static void check_tells(const bl_kept_range *kept, size_t i)
{
    const int64_t until = chance(2) == 0 ? docs[chance(DOCS)] : INT64_MAX;
    bool tells = false;
    for (size_t k = 0; k < DOCS && !tells; k++)
        tells = same_story(i, k) && in_blocks[k] && docs[k] < until;
    assert_int_equal(bl_kept_range_tells(kept, &stories, docs[i], until), tells);
}

static double score_of(int64_t doc)
{
    size_t i = 0;
    while (docs[i] != doc)
        i++;
    return scores[i];
}

/* What is listed of a block: its newest, or all, and then their scores. */
static bool check_listed(const bl_hit_block *block)
{
    int64_t listed[BL_HIT_BLOCK_SIZE];
    double kept[BL_HIT_BLOCK_SIZE];
    const size_t count = bl_hit_block_newest(block, listed);
    const bool scored = bl_hit_block_all_scores(block, kept);
    for (size_t n = 0, i = DOCS; n < count; n++) {
        while (!is_hit[--i] || docs[i] > block->last)
            continue;
        assert_int_equal(listed[n], docs[i]);
        if (scored)
            assert_true(kept[n] >= scores[i] && kept[n] <= scores[i]);
    }
    for (size_t i = 0; i < block->best_count; i++) {
        const bl_hit hit = bl_hit_block_best(block, i);
        assert_true(hit.score >= score_of(hit.doc) && hit.score <= score_of(hit.doc));
    }
    return scored;
}

/* `scored`: whatever days a range has, all hits and their scores are known. */
static void check_end(const bl_kept_end *end, bool scored)
{
    if (end->hits > 0) {
        assert_int_equal(end->hits, hits_between(end->range.first, end->range.last));
        assert_true(check_listed(&end->block) || !scored);
    } else if (scored) {
        assert_int_equal(hits_between(end->range.first, end->range.last), 0);
    }
}

static bool has_altered(int64_t first, int64_t last)
{
    return bl_docs_find(&altered, 0, first) < bl_docs_find(&altered, 0, last + 1);
}

/* Returns how many hits are to be found in the gaps, in order within the range, blocks beside them. */
static size_t check_gaps(const bl_kept_range *kept)
{
    size_t hits = 0;
    for (size_t i = 0; i < kept->gap_count; i++) {
        const bl_slot_range gap = kept->gaps[i];
        assert_true(gap.first >= kept->range.first && gap.first <= gap.last && gap.last <= kept->range.last);
        assert_true(i == 0 || gap.first > kept->gaps[i - 1].last);
        assert_true(has_altered(gap.first, gap.last));
        for (size_t b = 0; b < kept->count; b++)
            assert_true(kept->list[b].last < gap.first || kept->list[b].first > gap.last);
        hits += hits_between(gap.first, gap.last);
    }
    return hits;
}

static bool is_walked(const bl_kept_range *kept, int64_t doc)
{
    const bl_slot_range before = kept->before.range, behind = kept->behind.range;
    bool walked = (kept->before.hits == 0 && doc >= before.first && doc <= before.last) ||
                  (kept->behind.hits == 0 && doc >= behind.first && doc <= behind.last);
    for (size_t g = 0; g < kept->gap_count && !walked; g++)
        walked = doc >= kept->gaps[g].first && doc <= kept->gaps[g].last;
    return walked;
}

/* Whatever was altered is in none of what is not walked, and in all of what is. */
static void check_altered(const bl_kept_range *kept)
{
    for (size_t b = 0; b < kept->count; b++)
        assert_false(has_altered(kept->list[b].first, kept->list[b].last));
    assert_false(kept->before.hits > 0 && has_altered(kept->before.range.first, kept->before.range.last));
    assert_false(kept->behind.hits > 0 && has_altered(kept->behind.range.first, kept->behind.range.last));
    for (size_t i = 0; i < altered.count; i++) {
        const int64_t doc = altered.list[i];
        assert_true(doc < kept->range.first || doc > kept->range.last || is_walked(kept, doc));
    }
}

/* What changed is asked of the index one by one where nothing is walked, and no more of it than few ranges.
 */
static void check_changed(bl_error *e, const bl_kept_range *kept)
{
    enum { MOST = 6 };
    bl_docs spared = { 0 };
    bl_slot_range wanted[MOST];
    const size_t count = bl_kept_range_wanted(kept, &changed, wanted, MOST);
    bl_kept_range_spared(e, kept, &changed, &spared);
    assert_true(count <= MOST);
    for (size_t i = 1; i < count; i++)
        assert_true(wanted[i].first > wanted[i - 1].last);
    for (size_t i = 0, at = 0; i < changed.count; i++) {
        const int64_t doc = changed.list[i];
        const bool within = doc >= kept->range.first && doc <= kept->range.last;
        bool is_wanted = false;
        for (size_t k = 0; k < count; k++)
            is_wanted |= doc >= wanted[k].first && doc <= wanted[k].last;
        assert_true(is_wanted || !within);
        const bool is_spared = at < spared.count && spared.list[at] == doc;
        assert_int_equal(is_spared, within && !is_walked(kept, doc));
        at += is_spared;
    }
    bl_docs_free(&spared);
}

/* None, a few, or some everywhere; among them such as no block knows of. */
static void change(bl_error *e, uint64_t count)
{
    bl_docs_free(&altered);
    bl_docs_free(&changed);
    while (count-- > 0) {
        const int64_t doc = docs[chance(DOCS)] + (chance(3) == 0 ? 5000 : 0);
        bl_docs_append(e, &changed, doc);
        if (chance(3) == 0)
            bl_docs_append(e, &altered, doc);
    }
    bl_docs_sort(&altered);
    bl_stories_add_copies(e, &stories, &changed);
}

static void check_range(bl_error *e, const bl_buffer *bytes, bool scored, bl_slot_range range)
{
    size_t hits = 0;
    bl_kept_range kept;
    bl_kept_range_open(e, bl_hit_blocks_open((const unsigned char *)bytes->data, bytes->size), range,
                       &altered, &kept);
    for (size_t b = 0; b < kept.count; b++) {
        assert_int_equal(kept.list[b].count, hits_between(kept.list[b].first, kept.list[b].last));
        hits += kept.list[b].count;
        check_listed(&kept.list[b]);
    }
    hits += check_gaps(&kept);
    check_altered(&kept);
    check_changed(e, &kept);
    hits += hits_between(kept.before.range.first, kept.before.range.last);
    hits += hits_between(kept.behind.range.first, kept.behind.range.last);
    assert_int_equal(hits, hits_between(range.first, range.last));
    check_end(&kept.before, scored && altered.count == 0);
    check_end(&kept.behind, scored && altered.count == 0);
    look_into_blocks(&kept);
    check_repeated(&kept);
    for (size_t n = 0; n < 20; n++) {
        const size_t i = chance(DOCS);
        if (is_changed(docs[i]))
            continue;
        check_tells(&kept, i);
        if (in_blocks[i])
            check_shown(&kept, i);
    }
    bl_kept_range_free(&kept);
}

static bool has_hits(const bl_kept_end *end)
{
    return end->range.first <= end->range.last && hits_between(end->range.first, end->range.last) > 0;
}

static bl_slot_range year_of(int64_t doc)
{
    const int64_t months = 32 * BL_SLOT_SIZE, year = bl_slot_year(doc) * 13 * months;
    return (bl_slot_range){ year, year + 13 * months - 1 };
}

/* Nothing of a year is to be walked, nor of a day of many hits from its first on. */
static void check_whole(bl_error *e, const bl_buffer *bytes, int64_t doc)
{
    bl_kept_range kept;
    const bl_hit_blocks blocks = bl_hit_blocks_open((const unsigned char *)bytes->data, bytes->size);
    bl_kept_range_open(e, blocks, year_of(doc), &none, &kept);
    assert_false(has_hits(&kept.before) || has_hits(&kept.behind));
    bl_kept_range_free(&kept);
    const int64_t last = bl_slot_day(doc) * BL_SLOT_SIZE + BL_SLOT_SIZE - 1;
    bl_kept_range_open(e, blocks, (bl_slot_range){ year_of(doc).first, last }, &none, &kept);
    if (hits_between(last + 1 - BL_SLOT_SIZE, last) >= BL_HIT_BLOCK_DAY)
        assert_false(has_hits(&kept.behind));
    bl_kept_range_free(&kept);
}

static void blocks_say_what_their_hits_say(void **state)
{
    (void)state;
    for (seed = 1; seed <= ROUNDS; seed++) {
        const uint64_t round = seed, density = 1 + round % 4;
        bl_error e = BL_ERROR_INIT;
        make_docs(round % 3 == 0 ? DOCS / 4 : 0);
        for (size_t i = 0; i < DOCS; i++) {
            is_hit[i] = chance(4) < density;
            scores[i] = (double)chance(40000) / BL_RANK_STEPS;
        }
        make_stories();
        bl_buffer bytes = make_blocks(&e, round % 2);
        for (size_t n = 0; n < RANGES; n++) {
            const int64_t a = docs[chance(DOCS)], b = docs[chance(DOCS)];
            const int64_t unit = n % 3 == 0 ? 1 : n % 3 == 1 ? BL_SLOT_SIZE : 32 * BL_SLOT_SIZE;
            if (n % 4 == 0)
                change(&e, n % 3 == 0 ? 0 : n % 3 == 1 ? 1 + chance(4) : chance(200));
            const int64_t low = a < b ? a : b, high = a < b ? b : a;
            check_range(&e, &bytes, unit > 1 && round % 2 && high < BL_SLOT_UNDATED,
                        (bl_slot_range){ low / unit * unit, high / unit * unit + unit - 1 });
            if (a < BL_SLOT_UNDATED)
                check_whole(&e, &bytes, a);
        }
        assert_false(bl_failed(&e));
        bl_buffer_free(&bytes);
        bl_stories_clear(&stories);
        bl_docs_free(&altered);
        bl_docs_free(&changed);
        seed = round;
    }
}

static void read_listed(const bl_hit_block *block)
{
    int64_t listed[BL_HIT_BLOCK_SIZE];
    double kept[BL_HIT_BLOCK_SIZE];
    assert_true(bl_hit_block_newest(block, listed) <= BL_HIT_BLOCK_SIZE);
    bl_hit_block_all_scores(block, kept);
    for (size_t i = 0; i < block->best_count; i++)
        bl_hit_block_best(block, i);
}

static void broken_blocks_are_none(void **state)
{
    (void)state;
    bl_error e = BL_ERROR_INIT;
    seed = 7;
    make_docs(0);
    memset(is_hit, true, sizeof is_hit);
    make_stories();
    bl_buffer bytes = make_blocks(&e, true);
    for (size_t n = 0; n < 1000; n++) {
        if (n % 100 == 0)
            change(&e, n % 200);
        const size_t at = chance(bytes.size), size = chance(4) == 0 ? chance(bytes.size) : bytes.size;
        const char old = bytes.data[at];
        bl_kept_range kept;
        unsigned char *copy = malloc(size + 1);
        assert_non_null(copy);
        bytes.data[at] = (char)chance(256);
        memcpy(copy, bytes.data, size);
        bl_kept_range_open(&e, bl_hit_blocks_open(copy, size),
                           (bl_slot_range){ docs[DOCS / 7], docs[DOCS / 7 * 6] }, &altered, &kept);
        bl_kept_range_repeated(&kept, &stories, &changed);
        for (size_t b = 0; b < kept.count; b++)
            read_listed(&kept.list[b]);
        for (size_t i = 0; i < DOCS; i += 97) {
            bl_kept_range_tells(&kept, &stories, docs[i], INT64_MAX);
            bl_kept_range_shown(&kept, &stories, docs[i]);
        }
        bl_kept_range_free(&kept);
        free(copy);
        bytes.data[at] = old;
    }
    bl_docs_free(&altered);
    bl_docs_free(&changed);
    bl_buffer_free(&bytes);
    bl_stories_clear(&stories);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_say_what_their_hits_say),
        cmocka_unit_test(broken_blocks_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

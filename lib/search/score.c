/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Matches to their scores, by bounds as long as these say enough. */
#include "score.h"

#include <stdlib.h>
#include <string.h>

#include "best.h"
#include "found.h"
#include "gather.h"
#include "index/sql.h"
#include "lengths.h"
#include "memo.h"

/* ---- weights ---- */

/* Another word is no rarer than the typed one it stands for, however seldom it is written. */
static void temper(const bl_plan *plan, double *idf)
{
    for (size_t i = 0; i < plan->count; i++) {
        double typed = 0;
        for (size_t k = 0; k < plan->count && plan->terms[i].expansion; k++)
            if (plan->terms[k].group == plan->terms[i].group && !plan->terms[k].expansion && idf[k] > typed)
                typed = idf[k];
        if (typed > 0 && idf[i] > typed)
            idf[i] = typed;
    }
}

/* What makes two terms the same for the index: their phrases and where these are looked for. Lists may be
 * made anew of the same archive. */
static void print_term(const bl_plan *plan, const bl_kept_state *lists, size_t term, bl_buffer *out)
{
    const bl_term *t = &plan->terms[term];
    bl_buffer_printf(out, "frequency %lld %d %x", lists ? (long long)lists->made : -1, plan->articles_only,
                     (unsigned)t->columns);
    for (size_t i = 0; i < t->count; i++)
        bl_buffer_printf(out, "\n%d%s", t->phrases[i].prefix, t->phrases[i].tokens);
}

static int64_t frequency(bl_error *e, bl_scorer *s, const bl_totals *totals, size_t term)
{
    bl_buffer text = { 0 };
    uint64_t count;
    print_term(s->plan, s->lists, term, &text);
    const uint32_t question = bl_memo_question(s->memo, &text);
    if (bl_memo_answer(s->memo, question, 0, &count))
        return (int64_t)count;
    int64_t found = s->usual ? bl_best_count(e, s->db, &s->plan->terms[term], s->lists) : -1;
    if (found < 0) {
        if (!s->gathered)
            bl_gather(e, s->db, s->plan, totals);
        s->gathered = true;
        bl_gather_sequences(e, s->db, s->plan, term, totals);
        found = bl_match_frequency(e, s->db, s->plan, term);
    }
    if (!bl_failed(e))
        bl_memo_keep(s->memo, question, 0, (uint64_t)found);
    return found;
}

static uint32_t lengths_of(bl_memo *memo)
{
    bl_buffer lengths = { 0 };
    bl_buffer_puts(&lengths, "lengths");
    return bl_memo_question(memo, &lengths);
}

void bl_scorer_open(bl_error *e, bl_database *db, const bl_plan *plan, const bl_totals *totals,
                    const bl_kept_state *lists, bl_scorer *out)
{
    *out = (bl_scorer){ .db = db,
                        .lists = lists,
                        .memo = bl_memo_get(e, db, totals->revision),
                        .plan = plan,
                        .usual = plan->articles_only == (totals->furniture > 0),
                        .idf = calloc(plan->count + 1, sizeof *out->idf) };
    if (!out->idf) {
        bl_fail_nomem(e);
        return;
    }
    out->lengths = lengths_of(out->memo);
    for (size_t i = 0; i < plan->count; i++)
        out->terms += !plan->terms[i].filter;
    for (size_t i = 0; i < plan->count && !bl_failed(e); i++)
        if (!plan->terms[i].filter)
            out->idf[i] = out->terms == 1
                              ? 1
                              : bl_rank_idf((double)totals->bulletins, (double)frequency(e, out, totals, i));
    temper(plan, out->idf);
    out->statistics.idf = out->idf;
    bl_kept_state_average(totals, out->statistics.average);
    if (lists)
        memcpy(out->statistics.average, lists->average, sizeof lists->average);
    out->has_ceiling = plan->count == 1;
    if (out->has_ceiling)
        bl_rank_ceiling(&out->statistics, plan, &out->ceiling);
    if (!db->reader)
        out->length = bl_sql_prepare(e, db->sql, "SELECT title, body FROM length WHERE doc = ?1");
}

void bl_scorer_close(bl_scorer *s)
{
    sqlite3_finalize(s->length);
    free(s->idf);
    *s = (bl_scorer){ 0 };
}

void bl_scorer_lend(bl_error *e, bl_database *db, const bl_scorer *scorer, int64_t revision, bl_scorer *out)
{
    *out = *scorer;
    out->db = db;
    out->memo = bl_memo_get(e, db, revision);
    out->lengths = lengths_of(out->memo);
}

/* ---- scores ---- */

/* Most hits are told by how often they hold the only term that they are not among the best. */
bool bl_score_may_enter(const bl_scorer *s, const bl_match *match, const bl_top *top, bl_hit *hit)
{
    uint32_t length[2];
    if (s->has_ceiling && match->count == 1 && match->bounds == 0 && bl_ceiling_knows(match->occurrences)) {
        hit->score = bl_ceiling_of(&s->ceiling, match->occurrences);
        if (!bl_top_admits(top, hit))
            return false;
    }
    const size_t count = match->count + match->bounds;
    bl_rank_shortest(match->occurrences, count, length);
    hit->score = bl_rank(&s->statistics, s->plan, match->occurrences, count, length);
    return bl_top_admits(top, hit);
}

static void read_lengths(bl_error *e, sqlite3_stmt *row, int64_t doc, uint32_t length[2])
{
    bl_sql_int(e, row, 1, doc);
    if (!bl_sql_row(e, row))
        return;
    length[0] = (uint32_t)sqlite3_column_int64(row, 0);
    length[1] = (uint32_t)sqlite3_column_int64(row, 1);
    sqlite3_reset(row);
}

/* Of all documents at once, of an earlier search, or of the index. */
static void find_lengths(bl_error *e, bl_scorer *s, int64_t doc, uint32_t length[2])
{
    const bl_lengths *all = s->db->owner ? s->db->owner->lengths : s->db->lengths;
    const size_t place = all ? bl_docs_place(&all->docs, &s->length_at, doc) : 0;
    uint64_t kept;
    if (all && place < all->docs.count) {
        memcpy(length, all->list[place], sizeof all->list[place]);
        return;
    }
    if (bl_memo_answer(s->memo, s->lengths, doc, &kept)) {
        length[0] = (uint32_t)(kept >> 32);
        length[1] = (uint32_t)kept;
        return;
    }
    if (s->db->reader)
        bl_reader_lengths(e, s->db->reader, doc, length);
    else
        read_lengths(e, s->length, doc, length);
    if (!bl_failed(e))
        bl_memo_keep(s->memo, s->lengths, doc, (uint64_t)length[0] << 32 | length[1]);
}

double bl_score(bl_error *e, bl_scorer *s, const bl_match *match)
{
    uint32_t length[2] = { 0, 0 };
    if (match->count == 0)
        return 0;
    find_lengths(e, s, match->doc, length);
    return bl_rank(&s->statistics, s->plan, match->occurrences, match->count, length);
}

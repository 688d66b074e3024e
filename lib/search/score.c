/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Matches to their scores, by bounds as long as these say enough. */
#include "score.h"

#include <stdlib.h>

#include "found.h"
#include "index/sql.h"
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

static double average(int64_t positions, int64_t documents)
{
    return documents > 0 ? (double)positions / (double)documents : 0;
}

static int64_t frequency(bl_error *e, const bl_scorer *s, size_t term)
{
    int64_t count = bl_memo_frequency(s->memo, s->plan, term);
    if (count >= 0)
        return count;
    count = bl_match_frequency(e, s->db, s->plan, term);
    if (!bl_failed(e))
        bl_memo_keep_frequency(s->memo, s->plan, term, count);
    return count;
}

void bl_scorer_open(bl_error *e, bl_database *db, const bl_plan *plan, const bl_totals *totals,
                    bl_scorer *out)
{
    *out = (bl_scorer){ .db = db,
                        .memo = bl_memo_get(e, db, totals->revision),
                        .plan = plan,
                        .idf = calloc(plan->count + 1, sizeof *out->idf) };
    if (!out->idf) {
        bl_fail_nomem(e);
        return;
    }
    for (size_t i = 0; i < plan->count; i++)
        out->terms += !plan->terms[i].filter;
    for (size_t i = 0; i < plan->count && !bl_failed(e); i++)
        if (!plan->terms[i].filter)
            out->idf[i] =
                out->terms == 1 ? 1 : bl_rank_idf((double)totals->bulletins, (double)frequency(e, out, i));
    temper(plan, out->idf);
    out->statistics.idf = out->idf;
    out->statistics.average[0] = average(totals->title_positions, totals->bulletins);
    out->statistics.average[1] = average(totals->body_positions, totals->bulletins);
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

/* ---- scores ---- */

/* Most hits are told by how often they hold the only term that they are not among the best. */
bool bl_score_may_enter(const bl_scorer *s, const bl_match *match, const bl_top *top, bl_hit *hit)
{
    uint32_t length[2];
    if (s->has_ceiling && match->count == 1 && bl_ceiling_knows(match->occurrences)) {
        hit->score = bl_ceiling_of(&s->ceiling, match->occurrences);
        if (!bl_top_admits(top, hit))
            return false;
    }
    bl_rank_shortest(match->occurrences, match->count, length);
    hit->score = bl_rank(&s->statistics, s->plan, match->occurrences, match->count, length);
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

double bl_score(bl_error *e, const bl_scorer *s, const bl_match *match)
{
    uint32_t length[2] = { 0, 0 };
    if (!bl_memo_lengths(s->memo, match->doc, length)) {
        if (s->db->reader)
            bl_reader_lengths(e, s->db->reader, match->doc, length);
        else
            read_lengths(e, s->length, match->doc, length);
        if (!bl_failed(e))
            bl_memo_keep_lengths(s->memo, match->doc, length);
    }
    return bl_rank(&s->statistics, s->plan, match->occurrences, match->count, length);
}

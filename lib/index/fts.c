/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Tokens to FTS5, through its tokenizer interface (version 1). */
#include "fts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sql.h"

typedef int (*token_sink)(void *, int, const char *, int, int, int);

/* ---- packing ---- */

enum { CHARACTER = 4 }; /* bytes at most */

static unsigned char *put_number(unsigned char *s, size_t number)
{
    *s++ = (unsigned char)number;
    *s++ = (unsigned char)(number >> 8);
    return s;
}

static unsigned char *put_token(unsigned char *s, const bl_tokens *from, size_t i)
{
    const bl_token *token = &from->items[i];
    s = put_number(s, (size_t)token->size << 1 | token->colocated);
    memcpy(s, from->text + token->at, token->size);
    return s + token->size;
}

/* Whether a token is two characters, and the next begins with the second; or is the second, where a run ends.
 */
static bool goes_on(const bl_tokens *from, size_t i)
{
    const bl_token *token = &from->items[i], *next = token + 1;
    if (token->kind != BULLETIN_TOKEN_CJK || i + 1 == from->count)
        return false;
    const char *s = from->text + token->at;
    const size_t first = bl_character_size((unsigned char)*s);
    if (first >= token->size)
        return false;
    const size_t second = token->size - first;
    return bl_character_size((unsigned char)s[first]) == second && next->size >= second &&
           memcmp(from->text + next->at, s + first, second) == 0 &&
           (next->kind == BULLETIN_TOKEN_CJK || (next->kind == BULLETIN_TOKEN_LAST && next->size == second));
}

/* The tokens from `first` on as a run, as far as they are one; where it does not end well, one by one. */
static unsigned char *put_run(unsigned char *s, const bl_tokens *from, size_t *first)
{
    enum { LONGEST = UINT16_MAX - 2 * CHARACTER };
    unsigned char *start = s;
    size_t last = *first;
    for (s += 4; (size_t)(s - start) < LONGEST && goes_on(from, last); last++) {
        const char *text = from->text + from->items[last].at;
        const size_t size = bl_character_size((unsigned char)*text);
        memcpy(s, text, size);
        s += size;
    }
    const bl_token *end = &from->items[last];
    if (last > *first && end->kind == BULLETIN_TOKEN_LAST) {
        memcpy(s, from->text + end->at, end->size);
        s += end->size;
        put_number(put_number(start, BL_PREPARED_RUN), (size_t)(s - start) - 4);
    } else {
        s = start;
        for (size_t i = *first; i <= last; i++)
            s = put_token(s, from, i);
    }
    *first = last;
    return s;
}

static void pack(bl_error *e, const bl_tokens *from, bl_prepared *out)
{
    out->token_size = from->size + 2 * from->count;
    out->bytes = malloc(out->token_size + CHARACTER);
    if (!out->bytes) {
        bl_fail_nomem(e);
        return;
    }
    unsigned char *s = out->bytes;
    for (size_t i = 0; i < from->count; i++)
        s = from->items[i].kind == BULLETIN_TOKEN_CJK ? put_run(s, from, &i) : put_token(s, from, i);
    out->size = (size_t)(s - out->bytes);
    unsigned char *shrunk = realloc(out->bytes, out->size + 1);
    if (shrunk)
        out->bytes = shrunk;
}

void bl_prepare(bl_error *e, bl_cutter *cutter, bl_tokens *scratch, const char *text, bl_prepared *out)
{
    *out = (bl_prepared){ 0 };
    size_t size = text ? strlen(text) : 0;
    bl_cut(e, cutter, text ? text : "", size, scratch);
    if (bl_failed(e))
        return;
    pack(e, scratch, out);
    out->text_size = size;
    out->positions = scratch->positions;
}

/* ---- to FTS5 ---- */

static int emit_end(void *context, token_sink sink)
{
    return sink(context, 0, BL_FTS_COLUMN_END, (int)strlen(BL_FTS_COLUMN_END), 0, 0);
}

static int emit_prepared(const bl_prepared *list, void *context, token_sink sink)
{
    int code = SQLITE_OK;
    bl_prepared_walk w = bl_prepared_begin(list);
    while (code == SQLITE_OK && bl_prepared_next(&w))
        code =
            sink(context, w.colocated ? FTS5_TOKEN_COLOCATED : 0, (const char *)w.token, (int)w.size, 0, 0);
    return code == SQLITE_OK ? emit_end(context, sink) : code;
}

static int emit_listed(const char *text, int size, void *context, token_sink sink)
{
    int code = SQLITE_OK;
    for (int start = 1; start < size && code == SQLITE_OK;) {
        const char *end = memchr(text + start, BL_FTS_TOKEN_END, (size_t)(size - start));
        int length = end ? (int)(end - text) - start : size - start;
        code = sink(context, 0, text + start, length, 0, 0);
        start += length + 1;
    }
    return code;
}

/* In a phrase typed by hand the character that ends a run of two or more is left out: the run may go on in
 * the text. Stems and joined forms are left out too, so that a phrase means what it says. */
static bool only_in_documents(const bl_tokens *tokens, size_t i)
{
    const bl_token *token = &tokens->items[i];
    if (token->colocated)
        return true;
    return token->kind == BULLETIN_TOKEN_LAST && i + 1 == tokens->count && i > 0 &&
           tokens->items[i - 1].kind == BULLETIN_TOKEN_CJK;
}

static int emit_cut(bl_fts *fts, bool query, bool document, const char *text, int size, void *context,
                    token_sink sink)
{
    bl_error e = BL_ERROR_INIT;
    bl_cut(&e, fts->cutter, text, (size_t)size, &fts->tokens);
    int code = bl_failed(&e) ? SQLITE_NOMEM : SQLITE_OK;
    for (size_t i = 0; i < fts->tokens.count && code == SQLITE_OK; i++) {
        const bl_token *token = &fts->tokens.items[i];
        if (!query || !only_in_documents(&fts->tokens, i))
            code = sink(context, token->colocated ? FTS5_TOKEN_COLOCATED : 0, fts->tokens.text + token->at,
                        (int)token->size, (int)token->start, (int)token->end);
    }
    return code == SQLITE_OK && document ? emit_end(context, sink) : code;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int size,
                    token_sink sink)
{
    bl_fts *fts = (bl_fts *)tokenizer;
    if (size <= 0 || !text)
        return SQLITE_OK;
    bool query = (flags & FTS5_TOKENIZE_QUERY) != 0;
    if (query && text[0] == BL_FTS_TOKEN_END)
        return emit_listed(text, size, context, sink);
    if ((flags & FTS5_TOKENIZE_DOCUMENT) && fts->pending_next < fts->pending_count) {
        const bl_prepared *list = fts->pending[fts->pending_next++];
        /* A list of another text here would corrupt the index without a sound. */
        return list->text_size == (size_t)size ? emit_prepared(list, context, sink) : SQLITE_MISUSE;
    }
    return emit_cut(fts, query, (flags & FTS5_TOKENIZE_DOCUMENT) != 0, text, size, context, sink);
}

/* The one tokenizer of the connection is its bl_fts: nothing to make or to release for a table. */
static int create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    (void)arguments;
    (void)count;
    *out = context;
    return SQLITE_OK;
}

static void delete (Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

void *bl_fts_api(bl_error *e, sqlite3 *sql)
{
    fts5_api *api = NULL;
    sqlite3_stmt *s = bl_sql_prepare(e, sql, "SELECT fts5(?1)");
    if (s) {
        sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
        bl_sql_done(e, s);
        sqlite3_finalize(s);
    }
    if (!bl_failed(e) && (!api || api->iVersion < 2))
        bl_fail(e, BULLETIN_MISUSE, "this SQLite has no FTS5; link one that was built with it");
    return api;
}

void bl_fts_register(bl_error *e, sqlite3 *sql, bl_fts *fts)
{
    *fts = (bl_fts){ 0 };
    fts->cutter = bl_cutter_open(e);
    fts5_api *api = bl_fts_api(e, sql);
    if (bl_failed(e))
        return;
    fts5_tokenizer methods = { create, delete, tokenize };
    int code = api->xCreateTokenizer(api, "bulletin", fts, &methods, NULL);
    if (code != SQLITE_OK)
        bl_sql_fail(e, sql, code);
}

void bl_fts_free(bl_fts *fts)
{
    bl_cutter_close(fts->cutter);
    bl_tokens_free(&fts->tokens);
    *fts = (bl_fts){ 0 };
}

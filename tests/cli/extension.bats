#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

# An archive that the library made, asked by programs that bring their own SQLite.

load helper.bash

# ask SQL: what the sqlite3 shell answers with the extension loaded.
ask() {
    sqlite3 "$BULLETIN_DB" ".load ${EXTENSION%.so}" "$1"
}

@test "the shell finds what the client finds, ranked" {
    import_records
    run -0 ask "SELECT key FROM bulletin_fts JOIN bulletin ON doc = bulletin_fts.rowid
        WHERE bulletin_fts MATCH bulletin_query('產改') ORDER BY bulletin_rank(bulletin_fts) DESC"
    [ "$output" = "$(bulletin search --format keys 产改)" ]
    [ "${#lines[@]}" -eq 2 ]
}

@test "a phrase typed for FTS5 itself is cut as the library cuts it" {
    import_records
    run -0 ask "SELECT count(*) FROM bulletin_fts WHERE bulletin_fts MATCH '\"技能竞赛\"'"
    [ "$output" = 1 ]
    run -0 ask "SELECT count(*) FROM bulletin_fts WHERE bulletin_fts MATCH '部署产改'"
    [ "$output" = 1 ]
}

@test "snippets mark what matched" {
    import_records
    run -0 ask "SELECT bulletin_snippet(bulletin_fts, 1, '<', '>', 60) FROM bulletin_fts
        WHERE bulletin_fts MATCH bulletin_query('谜底')"
    [[ "$output" == *"<谜底>是“产改”"* ]]
}

@test "what stands around articles is found only by those who ask for it" {
    echo '{"key":"dock","title":"船坞","body":"船坞今日开工。","furniture":"灯会落幕"}' > records.jsonl
    bulletin import -q records.jsonl 2> /dev/null
    run -0 ask "SELECT count(*) FROM bulletin_fts WHERE bulletin_fts MATCH bulletin_query('灯会')"
    [ "$output" = 0 ]
    run -0 ask "SELECT bulletin_rank(bulletin_fts), bulletin_snippet(bulletin_fts, 2, '<', '>')
        FROM bulletin_fts WHERE bulletin_fts MATCH bulletin_query('灯会', 1)"
    [ "$output" = "0.0|<灯会>落幕" ]
}

@test "text is folded as in the index" {
    run -0 ask "SELECT bulletin_fold('紡織ＡÉ')"
    [ "$output" = "纺织ae" ]
}

@test "a query without a word is an error with a sentence, not a crash" {
    import_records
    run ! ask "SELECT count(*) FROM bulletin_fts WHERE bulletin_fts MATCH bulletin_query('  ')"
    [[ "$output" == *"holds no word"* ]]
}

@test "Python's sqlite3 module loads it" {
    import_records
    run -0 /usr/bin/python3 - "$BULLETIN_DB" "${EXTENSION%.so}" <<'PYTHON'
import sqlite3, sys
archive = sqlite3.connect(sys.argv[1])
archive.enable_load_extension(True)
archive.load_extension(sys.argv[2])
rows = archive.execute(
    "SELECT key, bulletin_rank(bulletin_fts) > 0, bulletin_snippet(bulletin_fts, 1, '[', ']', 80) LIKE '%[mill]%'"
    " FROM bulletin_fts JOIN bulletin ON doc = bulletin_fts.rowid WHERE bulletin_fts MATCH bulletin_query(?)",
    ("mills asking",)).fetchall()
print(rows)
PYTHON
    [ "$output" = "[('lamps', 1, 1)]" ]
}

@test "without the extension the text can still be read" {
    import_records
    run -0 sqlite3 "$BULLETIN_DB" "SELECT title FROM bulletin WHERE key = 'kiln'"
    [ "$output" = "岚溪水泥厂停窑检修" ]
}

# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

@test "a missing archive is told with the way to make one, exit status 4" {
    for command in "search 产改" "show 1" "remove --id 1 --yes" reindex check; do
        # shellcheck disable=SC2086
        run --separate-stderr bulletin $command
        [ "$status" -eq 4 ]
        [ "$stderr" = "bulletin: no archive at $BULLETIN_DB; make one with: bulletin import PATH" ]
        [ ! -e "$BULLETIN_DB" ]
    done
}

@test "what is no archive is told as such, exit status 4" {
    yes "this is a shopping list" | head -500 > "$BULLETIN_DB"
    run --separate-stderr bulletin search 产改
    [ "$status" -eq 4 ]
    [[ "$stderr" == "bulletin: search: "* ]]
}

@test "without --db and BULLETIN_DB the archive is in the user's data folder, for the user alone" {
    unset BULLETIN_DB
    write_records
    umask 022
    bulletin import -q records.jsonl 2> /dev/null
    [ "$(stat -c %a home/.local/share/bulletin/bulletin.db)" = 600 ]
    [ "$(stat -c %a home/.local/share/bulletin)" = 700 ]
    export XDG_DATA_HOME=$PWD/data
    bulletin import -q records.jsonl 2> /dev/null
    [ -e data/bulletin/bulletin.db ]
    rm -r home/.local
    bulletin search -q 检修
}

@test "--db goes before BULLETIN_DB, and may stand before or after the command" {
    import_records
    head -1 records.jsonl | bulletin --db other.db import -q - 2> /dev/null
    [ "$(bulletin --db other.db search --format keys "")" = deploy ]
    [ "$(bulletin search --db=other.db --format keys "")" = deploy ]
    [ "$(bulletin search --format keys "" | wc -l)" -eq 6 ]
}

@test "a folder that does not exist is not made for a path the user named" {
    write_records
    run bulletin --db nowhere/deep.db import records.jsonl
    [ "$status" -eq 5 ] || [ "$status" -eq 4 ]
    [ ! -e nowhere ]
}

@test "show prints a bulletin whole" {
    import_records
    run bulletin show "$(bulletin search --format ids 技能竞赛)"
    [ "$status" -eq 0 ]
    [[ "$output" == *"听潮市总工会部署产改"* ]]
    [[ "$output" == *"2024-04-02"* ]]
    [[ "$output" == *"竞赛由岚溪纺织厂承办。"* ]]
}

@test "show prints JSON that import takes back" {
    import_records
    bulletin show --format json "$(bulletin search --format ids 技能竞赛)" > one.json
    [ "$(field '["key"]' < one.json)" = deploy ]
    [ "$(field '["published"]' < one.json)" = 2024-04-02 ]
    python3 -c 'import json; print(json.dumps(json.load(open("one.json"))))' > one.jsonl
    run bulletin import one.jsonl
    [[ "$output" == *"unchanged 1,"* ]]
}

@test "show names an id that is none and shows the others" {
    import_records
    run --separate-stderr bulletin show 4711 "$(bulletin search --format ids 技能竞赛)"
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"4711"* ]]
    [[ "$output" == *"岚溪纺织厂"* ]]
    run bulletin show 产改
    [ "$status" -eq 2 ]
}

@test "remove needs --yes where nobody can be asked" {
    import_records
    id=$(bulletin search --format ids 检修)
    run bulletin remove --id "$id" < /dev/null
    [ "$status" -eq 2 ]
    bulletin search -q 检修
    run bulletin remove --id "$id" --dry-run
    [ "$status" -eq 0 ]
    [[ "$output" == *"停窑检修"* ]]
    bulletin search -q 检修
}

@test "a removed bulletin is found no more and its id is not used again" {
    import_records
    id=$(bulletin search --format ids 检修)
    run bulletin remove --id "$id" --yes
    [ "$status" -eq 0 ]
    [[ "$output" == *"removed 1"* ]]
    run bulletin search -q 检修
    [ "$status" -eq 1 ]
    run bulletin show "$id"
    [ "$status" -eq 1 ]
    bulletin import -q records.jsonl
    [ "$(bulletin search --format ids 检修)" -gt 6 ]
    bulletin check
}

@test "remove asks on a terminal" {
    import_records
    id=$(bulletin search --format ids 检修)
    echo n | script -qec "$BULLETIN remove --id $id" /dev/null
    bulletin search -q 检修
    (sleep 1; echo y; sleep 1) | script -qec "$BULLETIN remove --id $id" /dev/null
    run bulletin search -q 检修
    [ "$status" -eq 1 ]
}

@test "remove of an id that is none removes nothing" {
    import_records
    run bulletin remove --id "$(bulletin search --format ids 检修)" --id 4711 --yes
    [ "$status" -eq 1 ]
    bulletin search -q 检修
}

@test "reindex finds the same as before" {
    import_records
    before=$(keys 岚溪)
    run bulletin reindex
    [ "$status" -eq 0 ]
    [[ "$output" == *"reindexed 6"* ]]
    [ "$(keys 岚溪)" = "$before" ]
}

@test "check finds no fault in a sound archive and names one in a damaged one" {
    import_records
    run bulletin check
    [ "$status" -eq 0 ]
    python3 -c '
import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute("UPDATE bulletin SET body = ?", ("被人改过的正文",))
c.commit()' "$BULLETIN_DB"
    run bulletin check
    [ "$status" -eq 4 ]
    [ "${#lines[@]}" -gt 0 ]
    run bulletin check --repair
    [ "$status" -eq 0 ]
    [[ "$output" == *"mended"* ]]
    bulletin check
    [ -n "$(keys 被人改过)" ]
}

@test "version tells the library's, and what a named archive says of itself" {
    run bulletin --version
    [[ "$output" =~ ^bulletin\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
    import_records
    run bulletin version --db "$BULLETIN_DB"
    [[ "$output" == *"bulletins  6"* ]]
    [[ "$output" == *"uuid "* ]]
    [[ "$output" == *"tokenizer "* ]]
}

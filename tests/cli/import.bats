# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

@test "import counts what it added and announces a new archive" {
    write_records
    run --separate-stderr bulletin import records.jsonl
    [ "$status" -eq 0 ]
    [ "$output" = "added 6, updated 0, unchanged 0, reposts 0, collisions 0, skipped 0, failed 0" ]
    [[ "$stderr" == *"new archive: $BULLETIN_DB"* ]]
}

@test "importing again changes nothing and announces nothing" {
    import_records
    revision=$(bulletin version | grep revision)
    run --separate-stderr bulletin import records.jsonl
    [ "$status" -eq 0 ]
    [[ "$output" == "added 0, updated 0, unchanged 6,"* ]]
    [ -z "$stderr" ]
    [ "$(bulletin version | grep revision)" = "$revision" ]
}

@test "a changed record is replaced under the same id" {
    import_records
    id=$(bulletin search --format ids 检修)
    sed 's/轮班守夜/轮班守夜三天/' records.jsonl > again.jsonl
    run bulletin import again.jsonl
    [[ "$output" == "added 0, updated 1, unchanged 5,"* ]]
    [ "$(bulletin search --format ids 守夜三天)" = "$id" ]
}

@test "bad records are named by path and line, the rest goes in, exit status 3" {
    write_records
    { head -2 records.jsonl; echo '{"title": '; tail -4 records.jsonl; echo '[1]'; } > mixed.jsonl
    run --separate-stderr bulletin import mixed.jsonl
    [ "$status" -eq 3 ]
    [[ "$output" == "added 6,"*"failed 2" ]]
    [[ "$stderr" == *"mixed.jsonl:3: "* ]]
    [[ "$stderr" == *"mixed.jsonl:8: "* ]]
}

@test "strict stops at the first bad record" {
    write_records
    { echo 'no record'; cat records.jsonl; } > mixed.jsonl
    run bulletin import --strict mixed.jsonl
    [ "$status" -eq 3 ]
    run bulletin search --format ids ""
    [ "$status" -eq 1 ]
}

@test "a dash reads JSON Lines from standard input" {
    write_records
    run bulletin import - < records.jsonl
    [ "$status" -eq 0 ]
    [[ "$output" == *"added 6,"* ]]
}

@test "a problem on standard input is named with its line" {
    run --separate-stderr bulletin import - <<< 'no record'
    [ "$status" -eq 3 ]
    [[ "$stderr" =~ :1:\  ]]
}

@test "a folder of pages is searched through" {
    mkdir -p pages/deeper
    printf '岚溪糖厂的新锅炉\n\n2021-03-04 来源：听潮日报\n\n岚溪糖厂的新锅炉今天点火，老锅炉退役。\n' > pages/boiler.txt
    printf '岚溪糖厂招学徒\n\n2021-03-05\n\n岚溪糖厂招收二十名学徒，学期两年。\n' > pages/deeper/apprentice.txt
    run bulletin import pages
    [ "$status" -eq 0 ]
    [[ "$output" == *"added 2,"* ]]
    [[ "$(bulletin search --format keys 点火)" == */pages/boiler.txt ]]
}

@test "a missing path fails with its name, the others go in" {
    write_records
    run --separate-stderr bulletin import nowhere.txt records.jsonl
    [ "$status" -eq 3 ]
    [[ "$output" == *"added 6,"*"failed 1" ]]
    [[ "$stderr" == *"nowhere.txt: "* ]]
}

@test "counts are one JSON object with --format json" {
    write_records
    run --separate-stderr bulletin import --format json records.jsonl
    [ "$(field '["added"]' <<< "$output")" = 6 ]
    [ "$(field '.keys().__len__()' <<< "$output")" = 8 ]
    [ "$(field '["skipped_by"]["other"]' <<< "$output")" = 0 ]
}

@test "a dry run counts and stores nothing, and makes no archive" {
    write_records
    run --separate-stderr bulletin import --dry-run records.jsonl
    [ "$status" -eq 0 ]
    [[ "$output" == "added 6,"* ]]
    [ ! -e "$BULLETIN_DB" ]
    head -1 records.jsonl | bulletin import -q -
    run bulletin import --dry-run records.jsonl
    [[ "$output" == *"added 5, updated 0, unchanged 1,"* ]]
    [ "$(bulletin search --format ids "" | wc -l)" -eq 1 ]
}

@test "no-create refuses to make an archive" {
    write_records
    run --separate-stderr bulletin import --no-create records.jsonl
    [ "$status" -eq 4 ]
    [ ! -e "$BULLETIN_DB" ]
}

@test "the same keys of two collections are two bulletins" {
    write_records
    bulletin import -q --collection one records.jsonl
    run bulletin import --collection two records.jsonl
    [[ "$output" != *"updated 6"* ]]
    [[ "$output" != *"unchanged 6"* ]]
}

@test "no path is wrong usage" {
    run bulletin import
    [ "$status" -eq 2 ]
    [ ! -e "$BULLETIN_DB" ]
}

@test "quiet prints no counts but still names what failed" {
    run --separate-stderr bulletin import -q - <<< 'no record'
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ "$stderr" =~ :1:\  ]]
}

@test "Ctrl-C ends an import with 130 and keeps what is committed" {
    import_records
    mkfifo pipe
    "$BULLETIN" import pipe.jsonl - < pipe > counts 2> notes &
    import=$!
    exec 7> pipe
    echo '{"key":"late","title":"迟到的消息","body":"迟到的消息还在路上。"}' >&7
    sleep 1
    kill -INT $import
    for _ in $(seq 100); do kill -0 $import 2> /dev/null || break; sleep 0.1; done
    exec 7>&-
    code=0
    wait $import || code=$?
    [ "$code" -eq 130 ]
    bulletin search -q 检修
    run bulletin check
    [ "$status" -eq 0 ]
}

@test "another writer makes import end with 6" {
    import_records
    echo '{"key":"new","title":"新的","body":"新的消息。"}' > new.jsonl
    python3 -c '
import sqlite3, sys, time
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("BEGIN IMMEDIATE")
open("locked", "w").close()
time.sleep(20)' "$BULLETIN_DB" &
    writer=$!
    while [ ! -e locked ]; do sleep 0.05; done
    run --separate-stderr bulletin import --wait 0 new.jsonl
    kill $writer
    [ "$status" -eq 6 ]
    [ -n "$stderr" ]
}

@test "many small imports do not leave the index in as many pieces" {
    for i in $(seq 60); do
        printf '{"key":"k%d","title":"第%d号","body":"第%d号通知,请各车间留意。"}\n' $i $i $i > one.jsonl
        bulletin import one.jsonl > /dev/null
    done
    pieces=$(python3 -c '
import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
print(c.execute("SELECT count(DISTINCT segid) FROM bulletin_fts_idx").fetchone()[0])' "$BULLETIN_DB")
    [ "$pieces" -ge 1 ]
    [ "$pieces" -lt 16 ]
    run bulletin check
    [ "$status" -eq 0 ]
}

# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

# write_pages: three pages in pages/, one of them in a folder below.
write_pages() {
    mkdir -p pages/deeper
    printf '岚溪糖厂的新锅炉\n\n2021-03-04 来源：听潮日报\n\n岚溪糖厂的新锅炉今天点火，老锅炉退役。\n' > pages/boiler.txt
    printf '岚溪糖厂招学徒\n\n2021-03-05\n\n岚溪糖厂招收二十名学徒，学期两年。\n' > pages/deeper/apprentice.txt
    printf '# 晒谷县的水渠\n\n2021-03-06\n\n晒谷县的水渠今年修好了三条，工人冬天也没有停。\n' > pages/canal.md
}

names() {
    bulletin search --format keys "" | sed 's,.*/,,' | sort | tr '\n' ' '
}

@test "files-from imports the paths of a file, one a line" {
    write_pages
    printf 'pages/boiler.txt\n\npages/canal.md\r\n' > list
    run --separate-stderr bulletin import --files-from list
    [ "$status" -eq 0 ]
    [[ "$output" == "added 2,"* ]]
    [ "$(names)" = "boiler.txt canal.md " ]
}

@test "files-from reads standard input, also with NUL after each path" {
    write_pages
    mv pages/boiler.txt $'pages/two\nlines.txt'
    find pages -name '*.txt' -print0 > list
    run --separate-stderr bulletin import --files-from - -0 < list
    [ "$status" -eq 0 ]
    [[ "$output" == "added 2,"* ]]
}

@test "files-from adds to the paths named, and the counts are those of all" {
    write_pages
    for i in $(seq 9000); do echo nowhere$i.txt; done > list
    echo pages/canal.md >> list
    run --separate-stderr bulletin import --format json pages/boiler.txt --files-from list
    [ "$status" -eq 3 ]
    [ "$(field '["added"]' <<< "$output")" = 2 ]
    [ "$(field '["failed"]' <<< "$output")" = 9000 ]
}

@test "a path - in a list is a file of that name" {
    printf '岚溪糖厂停工一天。\n' > ./-
    echo - > list
    run --separate-stderr bulletin import --files-from list < /dev/null
    [[ "$output" == "added 1,"* ]]
}

@test "a list that is missing is named" {
    run --separate-stderr bulletin import --files-from nowhere
    [ "$status" -eq 5 ]
    [[ "$stderr" == *nowhere* ]]
}

@test "include and exclude choose among the files of folders" {
    write_pages
    run --separate-stderr bulletin import --include '*.txt' pages
    [[ "$output" == "added 2,"*"skipped 1 (excluded 1),"* ]]
    rm archive.db*
    bulletin import -q --exclude deeper --exclude '*/canal.*' pages
    [ "$(names)" = "boiler.txt " ]
}

@test "options that contradict each other are wrong usage" {
    for wrong in "-0 x" "--files-from - -" "--watch -" "--watch --dry-run ." "--retry - --files-from -" \
        "--watch --files-from x ."; do
        run --separate-stderr bulletin import $wrong < /dev/null
        [ "$status" -eq 2 ]
    done
    [ ! -e "$BULLETIN_DB" ]
}

@test "max-failures stops after so many, also over several lists" {
    write_records
    { for _ in 1 2 3 4 5; do echo 'no record'; done; cat records.jsonl; } > mixed.jsonl
    run --separate-stderr bulletin import --max-failures 3 mixed.jsonl
    [ "$status" -eq 3 ]
    [[ "$output" == *"failed 3" ]]
    echo mixed.jsonl > list
    run --separate-stderr bulletin import --max-failures 2 nowhere.txt --files-from list
    [ "$status" -eq 3 ]
    [[ "$output" == *"failed 2" ]]
}

@test "an error list holds path, line and reason of each failure" {
    write_records
    { echo 'no record'; cat records.jsonl; } > mixed.jsonl
    run --separate-stderr bulletin import --error-list errors mixed.jsonl nowhere.txt
    [ "$status" -eq 3 ]
    [ "$(wc -l < errors)" -eq 2 ]
    sort -o errors errors
    [ "$(sed -n 1p errors | field '["path"]')" = mixed.jsonl ]
    [ "$(sed -n 1p errors | field '["line"]')" = 1 ]
    [ -n "$(sed -n 1p errors | field '["reason"]')" ]
    [ "$(sed -n 2p errors | field '["path"]')" = nowhere.txt ]
    [ "$(sed -n 2p errors | field '["line"]')" = None ]
}

@test "an error list is written as failures come, and empty when there are none" {
    write_records
    mkfifo pipe
    "$BULLETIN" import -q --error-list errors - < pipe 2> /dev/null &
    import=$!
    exec 7> pipe
    for _ in $(seq 20000); do echo 'no record'; done >&7
    for _ in $(seq 100); do [ -s errors ] && break; sleep 0.1; done
    [ -s errors ]
    exec 7>&-
    wait $import || true
    bulletin import -q --error-list errors records.jsonl
    [ -e errors ]
    [ ! -s errors ]
}

@test "retry imports the files that an error list names, and no others" {
    write_pages
    run --separate-stderr bulletin import --error-list errors gone.txt pages/boiler.txt $'\xff.txt'
    [ "$status" -eq 3 ]
    cp pages/canal.md gone.txt
    cp pages/deeper/apprentice.txt $'\xff.txt'
    run --separate-stderr bulletin import --retry errors --error-list errors
    [ "$status" -eq 0 ]
    [[ "$output" == "added 2, updated 0, unchanged 0,"* ]]
    [ ! -s errors ]
}

@test "retry of what is no error list imports nothing" {
    write_pages
    printf '{"path":"pages"}\nno line of it\n' > errors
    run --separate-stderr bulletin import --retry errors
    [ "$status" -eq 5 ]
    [[ "$stderr" == *"errors:2"* ]]
    [ ! -e "$BULLETIN_DB" ]
}

@test "resume leaves the bulletins alone that are there" {
    import_records
    sed 's/轮班守夜/轮班守夜三天/' records.jsonl > again.jsonl
    echo '{"key":"late","title":"迟到的消息","body":"迟到的消息还在路上。"}' >> again.jsonl
    run --separate-stderr bulletin import --resume again.jsonl
    [[ "$output" == "added 1, updated 0, unchanged 6,"* ]]
    run bulletin search -q 守夜三天
    [ "$status" -eq 1 ]
}

@test "any number of jobs gives the same archive" {
    import_records
    bulletin export > one.jsonl
    rm archive.db*
    bulletin import -q -j 7 records.jsonl
    bulletin export | sed 's/"imported":"[^"]*"//' > seven.jsonl
    sed -i 's/"imported":"[^"]*"//' one.jsonl
    cmp one.jsonl seven.jsonl
}

@test "progress on a terminal tells done, size and speed on one line that goes away" {
    python3 -c '
import json
for i in range(60000):
    print(json.dumps({"key": str(i), "body": f"岚溪糖厂第{i}次检修，工人轮班守夜，老锅炉退役。" * 8}))' > many.jsonl
    run on_terminal "timeout 60 $BULLETIN import many.jsonl"
    [[ "$output" == *" done, "*" of "*" MB, "*" MB/s"* ]]
    [[ "$output" == *"added 60000,"* ]]
}

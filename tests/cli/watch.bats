# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

setup_file() {
    [ "$(uname)" = Linux ] || skip "folders are watched on Linux only"
}

# watch ARGUMENTS...: start watching and wait until the first import is done.
watch() {
    mkdir -p in
    "$BULLETIN" import --watch "$@" > counts 2> notes &
    watcher=$!
    until_notes "watching"
}

teardown() {
    if [ -n "${watcher:-}" ]; then kill -KILL "$watcher" 2> /dev/null || true; fi
}

until_notes() {
    for _ in $(seq 300); do grep -q "$1" notes && return; sleep 0.05; done
    cat notes
    return 1
}

# until_found COUNT QUERY: wait until so many bulletins have the words.
until_found() {
    for _ in $(seq 200); do
        [ "$(bulletin search --format ids "$2" | wc -l)" -eq "$1" ] && return
        sleep 0.1
    done
    cat notes
    return 1
}

# stop SIGNAL: end the watcher; its exit status is in `code`.
stop() {
    code=0
    kill "-$1" "$watcher"
    wait "$watcher" || code=$?
    watcher=
}

page() {
    printf '岚溪糖厂的%s\n\n2021-03-04 来源：听潮日报\n\n岚溪糖厂的%s今天点火，老锅炉退役。\n' "$1" "$1"
}

@test "watch imports what is there and then what appears, and ends with 0 at SIGTERM" {
    mkdir in
    page 新锅炉 > in/boiler.txt
    watch in
    until_found 1 新锅炉
    page 新水塔 > in/tower.txt
    until_found 1 新水塔
    stop TERM
    [ "$code" -eq 0 ]
    [[ "$(cat counts)" == "added 2, updated 0,"* ]]
    run bulletin check
    [ "$status" -eq 0 ]
}

@test "Ctrl-C ends it with 130" {
    watch in
    stop INT
    [ "$code" -eq 130 ]
}

@test "a burst of 200 files is imported in few steps" {
    watch in
    for i in $(seq 200); do page "第$i座水塔" > in/$i.txt; done
    until_found 200 水塔
    stop TERM
    [ "$(grep -c changed notes)" -lt 20 ]
    [[ "$(cat counts)" == "added 200, updated 0, unchanged 0,"*"failed 0" ]]
}

@test "new subfolders are watched, with what is in them already" {
    watch in
    mkdir -p in/a/b
    page 新锅炉 > in/a/b/boiler.txt
    until_found 1 新锅炉
    mkdir -p elsewhere/c
    page 新水塔 > elsewhere/c/tower.txt
    mv elsewhere in/moved
    until_found 1 新水塔
    page 新食堂 > in/moved/c/canteen.txt
    until_found 1 新食堂
    mv in/moved in/again
    page 新仓库 > in/again/c/store.txt
    until_found 1 新仓库
    [[ "$(bulletin search --format keys 新仓库)" == */in/again/c/store.txt ]]
}

@test "a file is read when it has been written, not before" {
    watch in
    exec 7> in/slow.txt
    page 新锅炉 >&7
    sleep 1
    run bulletin search -q 新锅炉
    [ "$status" -eq 1 ]
    echo "工人们合影留念。" >&7
    exec 7>&-
    until_found 1 合影留念
    stop TERM
    [[ "$(cat counts)" == "added 1, updated 0,"* ]]
}

@test "a file in a new folder that is still written is read when it is closed" {
    watch in
    mkdir in/new
    exec 7> in/new/slow.txt
    page 新锅炉 >&7
    sleep 1
    run bulletin search -q 新锅炉
    [ "$status" -eq 1 ]
    exec 7>&-
    until_found 1 新锅炉
}

@test "an editor that renames over a page replaces its bulletin" {
    mkdir in
    page 新锅炉 > in/boiler.txt
    watch in
    id=$(bulletin search --format ids 新锅炉)
    page 大锅炉 > in/.boiler.txt.swp
    page 大锅炉 > in/boiler.txt~
    mv in/.boiler.txt.swp in/boiler.txt
    until_found 1 大锅炉
    [ "$(bulletin search --format ids 大锅炉)" = "$id" ]
    until_found 0 新锅炉
    stop TERM
    [ "$(bulletin search --format ids "" | wc -l)" -eq 1 ]
}

@test "watching keeps to the rules of folders: include, exclude and what is no page" {
    mkdir -p in/draft in/boiler_files in/.git
    watch --include '*.txt' --include '*.md' --exclude draft in
    page 甲 > in/draft/a.txt
    page 乙 > in/boiler_files/b.txt
    page 丙 > in/.git/c.txt
    page 丁 > in/.hidden.txt
    page 戊 > in/note.text
    page 新锅炉 > in/boiler.txt
    until_found 1 新锅炉
    stop TERM
    [ "$(bulletin search --format ids "" | wc -l)" -eq 1 ]
}

@test "a single file can be watched" {
    page 新锅炉 > boiler.txt
    watch boiler.txt
    page 大锅炉 > boiler.txt
    page 水塔 > tower.txt
    until_found 1 大锅炉
    until_found 0 水塔
}

@test "what fails is told and the watch goes on" {
    watch --error-list errors in
    echo 'no record' > in/bad.jsonl
    for _ in $(seq 100); do [ -s errors ] && break; sleep 0.1; done
    [ -s errors ]
    page 新锅炉 > in/boiler.txt
    until_found 1 新锅炉
    stop TERM
    [ "$code" -eq 0 ]
}

@test "a folder that is removed is watched no longer, and with the last one the command ends" {
    mkdir one two
    watch one two
    rm -r one
    until_notes "one.* is gone"
    page 新锅炉 > two/boiler.txt
    until_found 1 新锅炉
    rm -r two
    code=0
    wait "$watcher" || code=$?
    watcher=
    [ "$code" -eq 5 ]
    grep -q "nothing is left" notes
}

@test "a busy archive is tried again until the writer is done" {
    watch --wait 0 in
    python3 -c '
import sqlite3, sys, time
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("BEGIN IMMEDIATE")
open("locked", "w").close()
time.sleep(2)' "$BULLETIN_DB" &
    while [ ! -e locked ]; do sleep 0.05; done
    page 新锅炉 > in/boiler.txt
    until_notes "another program"
    until_found 1 新锅炉
    stop TERM
    [[ "$(cat counts)" == "added 1,"* ]]
}

@test "a folder that is missing cannot be watched" {
    run bulletin import --watch nowhere
    [ "$status" -eq 5 ]
}

@test "files that are linked into a folder are whole when they appear" {
    watch in
    page 新锅炉 > boiler.txt
    page 新水塔 > tower.txt
    ln boiler.txt in/boiler.txt
    ln -s "$PWD/tower.txt" in/tower.txt
    until_found 1 新锅炉
    until_found 1 新水塔
}

@test "more changes at once than the system keeps are found all the same" {
    [ "$(cat /proc/sys/fs/inotify/max_queued_events)" -le 20000 ] || skip "the system keeps very many"
    watch in
    kill -STOP "$watcher"
    mkdir in/late
    python3 -c '
import sys
kept = int(open("/proc/sys/fs/inotify/max_queued_events").read())
for i in range(kept // 2 + 200):
    with open(f"in/{i}.md", "w") as f:
        f.write("第%d号锅炉点火。\n" % i)
with open("in/late/last.txt", "w") as f:
    f.write("最后一座水塔。\n")
print(kept // 2 + 200)' > count
    kill -CONT "$watcher"
    until_found 1 水塔
    until_found "$(cat count)" 锅炉点火
    page 新食堂 > in/late/canteen.txt
    until_found 1 新食堂
    stop TERM
    [ "$code" -eq 0 ]
}

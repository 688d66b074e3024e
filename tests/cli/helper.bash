# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

# What all tests of the client share. Each test has a folder, a home and an archive of its own; places, bodies
# and people in the records are invented.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir home
    unset XDG_DATA_HOME NO_COLOR CLICOLOR_FORCE COLUMNS LC_MESSAGES LC_CTYPE LANG
    export HOME=$PWD/home BULLETIN_DB=$PWD/archive.db LC_ALL=C.UTF-8 TERM=xterm PAGER=cat
}

# bulletin ARGUMENTS...: the program under test, never longer than a minute.
bulletin() {
    timeout 60 "$BULLETIN" "$@"
}

# Six records with dates, sources, languages and one without title and date.
write_records() {
    cat > records.jsonl <<'RECORDS'
{"key":"deploy","title":"听潮市总工会部署产改","published":"2024-04-02","source":"听潮日报","lang":"zh-Hans","url":"https://tingchao.example/1","body":"听潮市总工会聚焦“产改”，今年开展八项技能竞赛。\n竞赛由岚溪纺织厂承办。"}
{"key":"lamps","title":"Mill workers of Tingchao win better lamps","published":"2023-11-05","source":"Tingchao Herald","lang":"en","body":"The weavers of the Lanxi mill asked for better lamps in the weaving hall, and the union agreed with the owner."}
{"key":"riddles","body":"职工互助会的灯谜晚会在岚溪举行，没有人记下日子。\n谜底是“产改”。"}
{"key":"fabric","title":"岚溪纺织协会筹备面料展","published":"2020-09","source":"岚溪纺织协会","lang":"zh-Hans","body":"岚溪纺织协会正在筹备面料展，织布车间先行布置。"}
{"key":"kiln","title":"岚溪水泥厂停窑检修","published":"2022-05-01","source":"听潮日报","lang":"zh-Hans","body":"岚溪水泥厂完成了窑炉的检修，工人轮班守夜。"}
{"key":"canteen","title":"晒谷县职工服务社办食堂","published":"2024-04-20","source":"晒谷快报","lang":"zh-Hans","body":"晒谷县职工服务社的食堂开张，听潮市总工会派人祝贺。"}
RECORDS
}

import_records() {
    write_records
    bulletin import -q records.jsonl 2> /dev/null
}

# keys ARGUMENTS...: the keys that a search prints, sorted, on one line.
keys() {
    bulletin search --format keys "$@" | sort | tr '\n' ' '
}

# field JSON-PATH: a value of the JSON on standard input, as Python writes it.
field() {
    python3 -c 'import json, sys; print(eval("json.load(sys.stdin)" + sys.argv[1]))' "$1"
}

# on_terminal COMMAND: its output, on a terminal of 80 columns.
on_terminal() {
    script -qec "stty cols 80; $1" /dev/null < /dev/null
}

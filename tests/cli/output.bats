# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

@test "kwic is a row for each place that matched, safe in a spreadsheet" {
    import_records
    echo '{"key":"sum","title":"=1+2的产改","source":"+报","published":"2019","body":"甲处\n=产改，“引”一处。\n产改又一处。"}' |
        bulletin import -q -
    bulletin search --format kwic -F 产改 > out.csv
    python3 -c '
import csv
rows = list(csv.reader(open("out.csv", newline="", encoding="utf-8")))
assert rows[0] == ["id", "date", "source", "left", "match", "right"], rows[0]
assert len(rows) == 1 + 3 + 3, rows
assert {row[4] for row in rows[1:]} == {"产改"}
assert ["2024-04-02", "听潮日报", "听潮市总工会聚焦“", "产改", "”，今年开展八项技能竞赛。"] in [r[1:] for r in rows]
assert ["2019", "\x27+报", "\x27=1+2的", "产改", ""] in [r[1:] for r in rows]
assert ["2019", "\x27+报", "\x27=", "产改", "，“引”一处。"] in [r[1:] for r in rows]'
    [ "$(bulletin search --excel --format kwic 产改 | head -c 3 | od -An -tx1 | tr -d ' ')" = efbbbf ]
}

@test "kwic on a terminal stands with its matches under each other" {
    import_records
    on_terminal "$BULLETIN search --color=never --format kwic 岚溪" | tr -d '\r' > out
    python3 -c '
import unicodedata
width = lambda s: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
lines = open("out", encoding="utf-8").read().splitlines()
assert len(lines) >= 6 and len({width(line.split("【")[0]) for line in lines}) == 1, lines
assert all(width(line) <= 80 for line in lines), lines'
}

@test "long text goes through the pager on a terminal, and only there" {
    import_records
    export PAGER='sed "s/^/PAGER /"'
    [[ "$(on_terminal "$BULLETIN search 检修")" == *"PAGER "*"岚溪水泥厂"* ]]
    [[ "$(on_terminal "$BULLETIN show 1")" == *"PAGER title"* ]]
    [[ "$(on_terminal "$BULLETIN search 海底捞月")" == *"PAGER bulletin: nothing found"* ]]
    [[ "$(on_terminal "$BULLETIN --no-pager search 检修")" != *PAGER* ]]
    [[ "$(on_terminal "$BULLETIN search --format json 检修")" != *PAGER* ]]
    [[ "$(on_terminal "BULLETIN_PAGER= $BULLETIN search 检修")" != *PAGER* ]]
    [[ "$(on_terminal "TERM=dumb $BULLETIN search 检修")" != *PAGER* ]]
    [[ "$(bulletin search 检修)" != *PAGER* ]]
}

@test "a pager that ends early is no error, and the status stays that of the search" {
    import_records
    export PAGER=true
    on_terminal "$BULLETIN search 检修; echo status \$?" | grep -q 'status 0'
    on_terminal "$BULLETIN search 海底捞月; echo status \$?" | grep -q 'status 1'
}

@test "snippets are as long as asked for" {
    for i in $(seq 40); do printf '岚溪糖厂第%s次点火。' "$i"; done > body
    printf '{"key":"a","title":"糖厂","body":"%s"}\n' "$(cat body)" | bulletin import -q -
    for columns in 30 100 300; do
        bulletin search --format json --snippet $columns 点火 | python3 -c '
import json, sys, unicodedata
text = json.load(sys.stdin)["hits"][0]["snippet"]["text"]
width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
assert int(sys.argv[1]) * 0.6 <= width <= int(sys.argv[1]), (width, text)' $columns
    done
    bulletin search --format json --snippet 99999999999 点火 | field '["hits"][0]["snippet"]["text"]' | grep -qF "$(cat body)"
    [ "$(bulletin search --format json --snippet 0 点火 | field '["hits"][0]["snippet"]["text"]')" = "" ]
}

@test "show prints what was left out of the article when asked" {
    echo '{"key":"a","title":"锅炉","body":"老锅炉退役。","furniture":"版权所有 岚溪糖厂"}' | bulletin import -q -
    run --separate-stderr bulletin show 1
    [[ "$output" == *"老锅炉退役。"* ]]
    [[ "$output" != *"版权所有"* ]]
    run --separate-stderr bulletin show --furniture 1
    [[ "$output" == *"老锅炉退役。"*"Around the article:"*"版权所有 岚溪糖厂"* ]]
}

# complete_words WORDS...: what bash offers for the last of them.
complete_words() {
    bash -c 'PATH=$(dirname "$BULLETIN"):$PATH
        eval "$(bulletin completion bash)"
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _bulletin
        echo "${COMPREPLY[@]}"' bash "$@"
}

@test "completion knows commands, options and choices from the help" {
    [ "$(complete_words bulletin sea)" = search ]
    [[ " $(complete_words bulletin "") " == *" import "*" show "* ]]
    [ "$(complete_words bulletin search --off)" = --offset ]
    [ "$(complete_words bulletin --db x search --provenance f --exc)" = --excel ]
    [ "$(complete_words bulletin search --sort "")" = "relevance newest oldest" ]
    [ "$(complete_words bulletin show --format j)" = json ]
    [ "$(complete_words bulletin help rein)" = reindex ]
    [ "$(complete_words bulletin completion f)" = fish ]
    run bulletin completion tcsh
    [ "$status" -eq 2 ]
    for shell in zsh fish; do
        bulletin completion $shell > script
        command -v $shell > /dev/null || continue
        $shell -n script
    done
    command -v fish > /dev/null || skip "no fish"
    run --separate-stderr fish -c 'set PATH (dirname $BULLETIN) $PATH; source script
        complete -C "bulletin sea"; complete -C "bulletin search --off"; complete -C "bulletin completion f"'
    [ -z "$stderr" ]
    [[ "$output" == *search*--offset*fish* ]]
}

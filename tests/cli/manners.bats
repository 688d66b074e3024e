# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

# Records enough to fill more than a pipe.
import_many() {
    for i in $(seq 1200); do
        echo "{\"key\":\"k$i\",\"title\":\"岚溪工人夜校第$i课\",\"body\":\"岚溪工人夜校第$i课讲织机保养，学员带工具到场，课后各自回车间试做。\"}"
    done | bulletin import -q - 2> /dev/null
}

@test "help of a command is its --help" {
    for command in import search show extract remove check reindex tokenize version; do
        run bulletin help $command
        [ "$status" -eq 0 ]
        [[ "$output" == "Usage: bulletin $command "* ]]
        [ "$output" = "$(bulletin $command --help)" ]
    done
}

@test "help lists every command, and no command at all is wrong usage" {
    run bulletin --help
    [ "$status" -eq 0 ]
    for command in import search show extract remove check reindex tokenize version help; do
        [[ "$output" == *"  $command "* ]]
    done
    [ "$output" = "$(bulletin help)" ]
    run bulletin
    [ "$status" -eq 2 ]
}

@test "unknown options and commands are answered with the nearest name" {
    run --separate-stderr bulletin search --limt 3 产改
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"--limt"*"--limit"* ]]
    [ -z "$output" ]
    run bulletin serach 产改
    [ "$status" -eq 2 ]
    [[ "$output" == *"search"* ]]
    run bulletin search -Z 产改
    [ "$status" -eq 2 ]
    run bulletin 产改
    [ "$status" -eq 2 ]
}

@test "values that do not fit are wrong usage" {
    import_records
    for words in "--limit many" "--limit -1" "--limit 99999999999999999999" "--sort best" "--format xml" \
        "--limit" "--any=yes" "--color=blue"; do
        # shellcheck disable=SC2086
        run bulletin search 检修 $words
        [ "$status" -eq 2 ]
    done
}

@test "options may follow words, take = or a blank, be grouped, and end with two dashes" {
    import_records
    [ "$(bulletin search 检修 --format=keys)" = kiln ]
    [ "$(bulletin search 检修 --format keys)" = kiln ]
    run bulletin search -qF 检修
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    run --separate-stderr bulletin search --format json -- --limit
    [ "$(field '["query"]' <<< "$output")" = "--limit" ]
}

@test "messages are Chinese in a Chinese locale" {
    import_records
    run --separate-stderr env LC_ALL=zh_CN.UTF-8 "$BULLETIN" search 海底捞月
    [ "$stderr" = "bulletin: 没有找到" ]
    run --separate-stderr env LC_ALL= LC_MESSAGES=zh_TW.UTF-8 LANG=en_US.UTF-8 "$BULLETIN" search 海底捞月
    [ "$stderr" = "bulletin: 没有找到" ]
    run --separate-stderr env LC_ALL= LANG=en_US.UTF-8 "$BULLETIN" search 海底捞月
    [ "$stderr" = "bulletin: nothing found" ]
    run env LC_ALL=zh_CN.UTF-8 "$BULLETIN" search --help
    [[ "$output" == "用法"* ]]
}

@test "colour is for terminals, unless it is asked for or refused" {
    import_records
    red=$'\033[1;31m检修'
    [[ "$(on_terminal "$BULLETIN search -F 检修")" == *"$red"* ]]
    [[ "$(on_terminal "NO_COLOR=1 $BULLETIN search -F 检修")" == *"【检修】"* ]]
    [[ "$(on_terminal "TERM=dumb $BULLETIN search -F 检修")" == *"【检修】"* ]]
    [[ "$(on_terminal "$BULLETIN search --color=never -F 检修")" == *"【检修】"* ]]
    [[ "$(bulletin search -F 检修)" == *"【检修】"* ]]
    [[ "$(CLICOLOR_FORCE=1 bulletin search -F 检修)" == *"$red"* ]]
    [[ "$(NO_COLOR=1 bulletin --color always search -F 检修)" == *"$red"* ]]
    [[ "$(bulletin search --color 检修 -F)" == *"$red"* ]]
}

@test "lines are broken at the width of the terminal" {
    import_records
    on_terminal "$BULLETIN search --color=never 岚溪" | tr -d '\r' > out
    python3 -c '
import unicodedata
for line in open("out", encoding="utf-8"):
    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip("\n"))
    assert width <= 84, (width, line)'
}

@test "no control character of a page reaches the output" {
    printf '%s\n' '{"key":"evil\u001b]0;x\u0007","title":"蒙面\u001b[2J舞会","source":"\u009b31m报","body":"蒙面舞会\u001b]0;pwned\u0007今晚\u202e开始\u007f。"}' \
        > evil.jsonl
    bulletin import -q evil.jsonl 2> /dev/null
    id=$(bulletin search --format ids 蒙面)
    for command in "search 蒙面" "search --format json 蒙面" "search --format jsonl 蒙面" "show $id" \
        "show --format json $id"; do
        # shellcheck disable=SC2086
        bulletin $command > out
        python3 -c '
text = open("out", encoding="utf-8", newline="").read()
bad = [hex(ord(c)) for c in text if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160]
assert not bad, bad'
    done
    for format in csv keys; do
        on_terminal "$BULLETIN search --format $format 蒙面" > out
        run grep -c $'\033\|\007' out
        [ "$output" = 0 ]
    done
}

@test "control characters of a path do not reach the terminal" {
    run --separate-stderr bulletin import $'no\033[2Jwhere.txt'
    [[ "$stderr" != *$'\033'* ]]
}

@test "a closed pipe is no error" {
    import_many
    bulletin search --format jsonl 夜校 2> notes | head -1 > /dev/null
    [ "${PIPESTATUS[0]}" -eq 0 ]
    [ ! -s notes ]
    bulletin search --batch <(yes 夜校 | head -3000) 2> notes | head -1 > /dev/null
    [ "${PIPESTATUS[0]}" -eq 0 ]
    [ ! -s notes ]
}

@test "a full disk is an error with exit status 5" {
    [ -e /dev/full ] || skip "no /dev/full"
    import_many
    for command in "search 夜校" "search --format jsonl 夜校" "show 1" --version --help; do
        # shellcheck disable=SC2086
        run --separate-stderr bash -c '"$BULLETIN" "$@" > /dev/full' bash $command
        [ "$status" -eq 5 ]
        [[ "$stderr" == *"cannot write the output"* ]]
    done
}

@test "results go to standard output and everything else to standard error" {
    import_records
    run --separate-stderr bulletin search --format json --from 2024 产改
    field '["schema"]' <<< "$output"
    run --separate-stderr bulletin search --format keys --from 2024 产改
    [ "$output" = deploy ]
}

@test "two programs read one archive while a third writes" {
    import_many
    for i in $(seq 300); do echo "{\"key\":\"n$i\",\"title\":\"夜班第$i号\",\"body\":\"夜班记录第$i号。\"}"; done > more.jsonl
    bulletin import -q more.jsonl &
    writer=$!
    for _ in 1 2 3; do
        [ "$(bulletin search --no-collapse --format ids 织机保养 | wc -l)" -eq 1200 ]
    done
    wait $writer
    [ "$(bulletin search --no-collapse --format ids 夜班记录 | wc -l)" -eq 300 ]
}

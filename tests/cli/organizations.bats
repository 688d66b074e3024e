# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

import_named() {
    cat > named.jsonl <<'RECORDS'
{"key":"a","published":"2020-01-01","body":"全总与临苇市总工会在临苇市开会。"}
{"key":"b","published":"2020-01-02","body":"ACFTU and the International Labour Organization met."}
{"key":"c","published":"2020-01-03","body":"临苇市纺织协会（以下简称临纺协会）说，临苇市总工会来了人，临纺协会欢迎。"}
{"key":"d","published":"2020-01-04","body":"临苇市纺织协会（以下简称临纺协会）又说。"}
RECORDS
    bulletin import -q named.jsonl 2> /dev/null
}

# names ARGUMENTS...: the names that orgs prints, most named first, on one line.
names() {
    bulletin orgs --format json "$@" |
        python3 -c 'import json, sys; print(" ".join(f"{o['"'name'"']}={o['"'bulletins'"']}" for o in json.load(sys.stdin)))'
}

@test "orgs lists who is named, by how many, under one name" {
    import_named
    [ "$(names --limit 3)" = "中华全国总工会=2 临苇市总工会=2 临苇市纺织协会=2" ]
    [ "$(names ACFTU)" = "中华全国总工会=2" ]
    run bulletin orgs ILO
    [ "$status" -eq 0 ]
    [[ "$output" == *"1  International Labour Organization  [international]"*"国际劳工组织"* ]]
}

@test "orgs with part of a name lists all it could be, and nobody is exit status 1" {
    import_named
    [ "$(names 临苇市)" = "临苇市总工会=2 临苇市纺织协会=2" ]
    run bulletin orgs 岚溪造船协会
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    run bulletin orgs one two
    [ "$status" -eq 2 ]
}

@test "orgs --related lists those named beside" {
    import_named
    [ "$(names --related 临苇市总工会)" = "中华全国总工会=1 临苇市纺织协会=1" ]
}

@test "orgs --suggest offers short forms that several bulletins introduce" {
    import_named
    [ "$(bulletin orgs --suggest --format json | field '[0]["names"]')" = "['临纺协会']" ]
}

@test "search --org says what a part of a name could be, and finds all of them" {
    import_named
    run --separate-stderr bulletin search --org 临苇市 --format keys --sort oldest
    [ "$output" = $'a\nc\nd' ]
    [[ "$stderr" == *"could be one of 2: "*"临苇市总工会"* ]]
    run --separate-stderr bulletin search --org 又说 --format keys
    [ "$output" = d ]
    [[ "$stderr" == *"no organization is called"* ]]
    run --separate-stderr bulletin search --org 全总 --format keys --sort oldest
    [ "$output" = $'a\nb' ]
    [ -z "$stderr" ]
}

@test "hits name their organizations" {
    import_named
    [ "$(bulletin search --org 全总 --sort oldest --format json --fields organizations | field '["hits"][0]["organizations"]')" = "['中华全国总工会', '临苇市总工会']" ]
}

@test "an alias of one's own holds for bulletins that are there already, and stays" {
    import_named
    [ -z "$(bulletin search --org 苇纺 --format keys)" ]
    bulletin orgs --alias 临纺协会 临苇市纺织协会
    bulletin orgs --alias 又说 临苇市纺织协会
    [ "$(names 又说)" = "临苇市纺织协会=2" ]
    [ "$(bulletin search --org 又说 --format keys --sort oldest)" = $'c\nd' ]
    bulletin reindex 2> /dev/null
    [ "$(names 又说)" = "临苇市纺织协会=2" ]
    bulletin check
    bulletin orgs --export > own.tsv
    BULLETIN_DB=other.db import_named
    BULLETIN_DB=other.db bulletin orgs --import own.tsv
    [ "$(BULLETIN_DB=other.db names 又说)" = "临苇市纺织协会=2" ]
    BULLETIN_DB=other.db bulletin check
    run bulletin orgs --alias 全总 临苇市纺织协会
    [ "$status" -ne 0 ]
    [[ "$output" == *acftu* ]]
}

@test "organizations are added and merged" {
    import_named
    bulletin orgs --add 欢迎 --kind association
    [ "$(bulletin search --org 欢迎 --format keys)" = c ]
    [ "$(bulletin orgs 欢迎 --format json | field '[0]["kind"]')" = association ]
    bulletin orgs --merge ILO 全总
    [ "$(names ACFTU)" = "中华全国总工会=2" ]
    [ "$(bulletin search --org 国际劳工组织 --format keys --sort oldest)" = $'a\nb' ]
    bulletin orgs --merge 临苇市总工会 全总
    [ "$(bulletin search --org 全总 --format keys --sort oldest)" = $'a\nb\nc' ]
    bulletin check
}

@test "a table with mistakes is told by line, and the rest is used" {
    import_named
    printf 'id\tname\tform\nx\t临苇街市\tfull\ny\t\tfull\nz\t某会\tfancy\nx\t欢迎\tshort\n' > own.tsv
    run --separate-stderr bulletin orgs --import own.tsv
    [ "$status" -eq 0 ]
    [[ "$stderr" == *"own.tsv:3: a row needs an id and a name"* ]]
    [[ "$stderr" == *"own.tsv:4: the form \"fancy\" is none of"* ]]
    [ "$(names 欢迎)" = "临苇街市=1" ]
    printf 'id\tname\tform\tparent\nq: r\t苇城\tfull\tnobody\nq: r\t新苇城\t新\n' > own.tsv
    LC_ALL=zh_CN.UTF-8 run --separate-stderr bulletin orgs --import own.tsv
    [[ "$stderr" == *"own.tsv:2：上级（parent）“nobody”没有条目"* ]]
    [[ "$stderr" == *"own.tsv:3：form“新”不是 full、short"* ]]
}

@test "a stated organization is shown once, with where the text names it, and survives an export" {
    printf '%s\n' '{"key":"s","title":"全总在临苇市开会","body":"全总的人来了。","organizations":["ACFTU","临苇市某社"]}' > s.jsonl
    bulletin import s.jsonl
    for round in 1 2; do
        bulletin show 1 --format json > shown.json
        python3 - <<'PYTHON'
import json
shown = json.load(open('shown.json'))
shown = shown[0] if isinstance(shown, list) else shown
one, other = [o for o in shown['organizations'] if 'stated' in o]
assert (one['name'], one['stated'], one['forms']) == ('中华全国总工会', 'ACFTU', ['全总']), one
assert (one['mentions'], one['title_mentions']) == ([[0, 6]], [[0, 6]]), one
assert (other['name'], other['id'], other['mentions']) == ('临苇市某社', None, []), other
PYTHON
        bulletin export > out.jsonl
        export BULLETIN_DB=again.db
        [ "$round" = 2 ] || bulletin import out.jsonl
    done
}

@test "a stated form without its place is resolved only where the text supplies it" {
    printf '%s\n' '{"key":"s","title":"会","body":"今天开会。","organizations":["省总","缆都渡工会"]}' > s.jsonl
    bulletin import s.jsonl
    bulletin show 1 --format json | python3 -c '
import json, sys
got = [(o["name"], o["resolved"]) for o in json.load(sys.stdin)["organizations"]]
assert got == [("省总", False), ("缆都渡工会", True)], got'
    bulletin orgs --format json 省总 | grep -q '"name":"省总","kind":null,"resolved":false'
}

@test "every list of organizations is as docs/schema.json says" {
    printf '%s\n' '{"key":"s","title":"会","body":"缆都船坞互助总会（以下简称“船互会”）同全总开会。"}' \
        '{"key":"t","title":"会","body":"缆都船坞互助总会（以下简称“船互会”）同省总开会。"}' > s.jsonl
    bulletin import s.jsonl
    for words in "" "全总" "--related 全总" "--suggest" "--org-scope under 全总" "没有这个"; do
        bulletin orgs --format json $words > out.json || [ $? -eq 1 ]
        python3 - "$BATS_TEST_DIRNAME/../../docs/schema.json" <<'PYTHON'
import json, sys
from jsonschema import Draft202012Validator
schema = json.load(open(sys.argv[1], encoding="utf-8"))
del schema["anyOf"]
schema["$ref"] = "#/$defs/organizations"
Draft202012Validator(schema).validate(json.load(open("out.json")))
PYTHON
    done
    bulletin orgs --suggest --format json | grep -q 船互会
}

@test "a data folder's table stands in place of the built-in one, its broken rows told with their line" {
    mkdir own
    printf '\xEF\xBB\xBFid\tname\tlang\tform\tkind\r\nx1\t临苇渡船工会\tzh-Hans\tfull\tunion\r\nx1\t渡船会\tzh-Hans\tshort\r\n\t没有编号\r\nx3\t坏行会\tzh-Hans\todd\r\nx4\t临苇渡船工会\tzh-Hans\tfull\r\n' > own/organizations.tsv
    printf '%s\n' '{"key":"s","title":"会","body":"渡船会开会，全总来人。"}' > s.jsonl
    export BULLETIN_DATA=own
    run --separate-stderr bulletin import s.jsonl
    [ "$status" -eq 0 ]
    [[ "$stderr" == *"own/organizations.tsv:4: a row needs an id and a name"* ]]
    [[ "$stderr" == *'own/organizations.tsv:5: the form "odd" is none of'* ]]
    [[ "$stderr" == *'own/organizations.tsv:6: "临苇渡船工会" names another entry too'* ]]
    LC_ALL=zh_CN.UTF-8 run --separate-stderr bulletin orgs
    [[ "$stderr" == *"own/organizations.tsv:4：每行须有 id 和 name"* ]]
    [[ "$stderr" == *"own/organizations.tsv:6：“临苇渡船工会”也是另一条目的名称，无从分辨所指"* ]]
    [ "$(bulletin search --org 临苇渡船工会 --format keys 2> /dev/null)" = s ]
    [ "$(bulletin orgs --format json ACFTU 2> /dev/null)" = "[]" ]
    unset BULLETIN_DATA
    bulletin orgs ACFTU | grep -q 中华全国总工会
}

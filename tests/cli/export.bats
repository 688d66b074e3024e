# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

# write_odd_records: what is easily lost on the way: null and empty fields, collections, partial dates, line breaks,
# controls, characters beyond the first plane, ill-formed bytes, colliding keys.
write_odd_records() {
    python3 - <<'PYTHON'
import json
records = [
    {"key": "null", "title": None, "published": None, "source": None, "author": None, "lang": None, "body": "没有别的。"},
    {"key": "month", "title": "只知道月份", "published": "2020-09", "body": "岚溪的夏天。\n\n第二段。\t制表\u2028行\u0085\u007f\u001b[31m"},
    {"key": "plane", "title": "𠮷野家職工會 🎉", "published": "1999", "lang": "zh-Hant", "body": "𠮷野 🎉👩‍🏭 \\ \" / </script>"},
    {"key": "url", "url": "https://tingchao.example/?a=1&b=2#3", "author": "何 岚", "site": "tingchao.example",
     "captured": "2024-05-01", "furniture": "首页\n返回", "body": "有网址的一篇。", "organizations": ["听潮市总工会", "岚溪纺织协会"]},
    {"key": "empty", "title": "", "body": ""},
]
with open("odd.jsonl", "wb") as f:
    for r in records:
        f.write(json.dumps(r, ensure_ascii=False).encode() + b"\n")
    f.write(b'{"key":"bytes","body":"\xff\xfe\xe5\xb2\x9a"}\n')
with open("other.jsonl", "w") as f:
    f.write(json.dumps({"key": "null", "body": "Quite another text that shares no word with it."}) + "\n")
PYTHON
}

# fill: pages, records of two collections, a collision, an id that is gone, a replaced text, a second location.
fill() {
    write_records
    write_odd_records
    mkdir pages
    printf '岚溪糖厂的新锅炉\n\n2021-03-04 来源：听潮日报\n\n岚溪糖厂的新锅炉今天点火，老锅炉退役。\n\n返回首页\n' > pages/boiler.txt
    cp pages/boiler.txt pages/copy.txt
    bulletin import -q records.jsonl pages 2> /dev/null
    bulletin import -q odd.jsonl 2> /dev/null
    bulletin import -q --collection 旧档 odd.jsonl 2> /dev/null
    bulletin import -q other.jsonl 2> /dev/null
    bulletin remove --yes --id 2 > /dev/null
    sed 's/轮班守夜/轮班守夜三天/' records.jsonl | grep kiln | bulletin import -q -
}

@test "export, import and export again give the same bytes" {
    fill
    bulletin export > first.jsonl
    [ "$(wc -l < first.jsonl)" -eq 19 ]
    run --separate-stderr bulletin --db second.db import first.jsonl
    [ "$status" -eq 0 ]
    [[ "$output" == "added 19, updated 0, unchanged 0, reposts 0, collisions 0, skipped 0, failed 0" ]]
    bulletin --db second.db export > second.jsonl
    cmp first.jsonl second.jsonl
    run bulletin --db second.db check
    [ "$status" -eq 0 ]
}

@test "an export of the whole archive changes nothing when it is imported into it" {
    fill
    run bulletin import - < <(bulletin export)
    [[ "$output" == "added 0, updated 0, unchanged 19,"* ]]
}

@test "every column of every bulletin survives" {
    fill
    bulletin export | bulletin --db second.db import -q -
    for db in archive.db second.db; do
        python3 - $db > $db.rows <<'PYTHON'
import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
columns = [r[1] for r in c.execute("PRAGMA table_info(bulletin)") if r[1] != "doc"]
assert "replaced" in columns and "content" in columns
for row in c.execute(f"SELECT {','.join(columns)} FROM bulletin ORDER BY id"):
    print(row)
PYTHON
    done
    [ "$(wc -l < archive.db.rows)" -eq 19 ]
    cmp archive.db.rows second.db.rows
}

@test "export goes by id, lowest first, with a query too" {
    import_records
    bulletin export 听潮市总工会 > found.jsonl
    [ "$(sed 's/.*"key":"\([a-z]*\)".*/\1/' found.jsonl | tr '\n' ' ')" = "deploy canteen " ]
    bulletin export --source 听潮日报 --until 2023 > found.jsonl
    [ "$(sed 's/.*"key":"\([a-z]*\)".*/\1/' found.jsonl | tr '\n' ' ')" = "kiln " ]
}

@test "export never gives bulletins with only some of the words" {
    import_records
    run bulletin export 检修 灯谜
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "an archive whose index is stale can still be exported" {
    import_records
    bulletin export > before.jsonl
    python3 -c '
import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute("UPDATE meta SET value = ? WHERE name = ?", ("another", "tokenizer"))
c.commit()' "$BULLETIN_DB"
    bulletin export > after.jsonl
    cmp before.jsonl after.jsonl
    run bulletin export 检修
    [ "$status" -ne 0 ]
}

@test "a reader that goes away ends export without a complaint" {
    import_records
    run --separate-stderr bash -c '"$BULLETIN" export | head -c 10; exit "${PIPESTATUS[0]}"'
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
}

@test "former texts are shown oldest first, with when they ended" {
    import_records
    id=$(bulletin search --format ids 检修)
    for times in 三 四; do
        sed "s/轮班守夜/轮班守夜${times}天/" records.jsonl | grep kiln | bulletin import -q -
    done
    bulletin show --versions --format json "$id" > versions
    python3 - <<'PYTHON'
import json
d, at, found = json.JSONDecoder(), 0, []
text = open("versions").read()
while text[at:].strip():
    value, at = d.raw_decode(text, at)
    at += len(text[at:]) - len(text[at:].lstrip())
    found.append(value)
assert [v["version"] for v in found] == [1, 2], found
assert "三天" not in found[0]["body"] and "三天" in found[1]["body"]
assert all(v["replaced"].endswith("Z") and v["key"] == "kiln" for v in found)
PYTHON
    run bulletin show --versions "$id"
    [ "$(grep -c '^---$' <<< "$output")" -eq 1 ]
    run --separate-stderr bulletin show --versions "$(bulletin search --format ids 面料展)"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ -n "$stderr" ]
    run bulletin show --versions 999
    [ "$status" -eq 1 ]
}

@test "show lists all places of a text that stands at several" {
    mkdir pages
    printf '岚溪糖厂的新锅炉今天点火，老锅炉退役。\n' > pages/boiler.txt
    cp pages/boiler.txt pages/copy.txt
    printf '晒谷县的水渠修好了。\n' > pages/canal.txt
    bulletin import -q pages
    bulletin show --format json "$(bulletin search --format ids 锅炉)" > shown
    [ "$(field '["locations"].__len__()' < shown)" = 2 ]
    [ "$(field '["locations"][1]' < shown)" = "$PWD/pages/copy.txt" ]
    bulletin show --format json "$(bulletin search --format ids 水渠)" > shown
    [ "$(field '.get("locations")' < shown)" = None ]
}

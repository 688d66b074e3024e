# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

pairs=$BATS_TEST_DIRNAME/../stories/pairs.py

@test "copies are told from look-alikes" {
    bulletin extract --format jsonl "$CORPUS/bulletins" > corpus.jsonl
    python3 "$pairs" make corpus.jsonl > pairs.jsonl
    bulletin import -q pairs.jsonl
    python3 "$pairs" judge archive.db
}

# One report carried by three papers, twice by one of them, and another report.
write_carriers() {
    python3 - <<'PYTHON'
import json
report = "荻浦市第一印染厂的夜班工人昨天领到了新的工作服。厂工会说，布料是工人自己挑的，样子是车间里投票定的。老师傅翁知秋在这个厂做了二十六年。"
rows = [("a", "荻浦日报", "2024-05-01", report), ("b", "听潮日报", "2024-05-02", "（记者 何岚）" + report),
        ("c", "晒谷快报", "2024-06-03", report + "（本报略有改动）"), ("d", "荻浦日报", None, report),
        ("e", "荻浦日报", "2024-05-09", "荻浦市总工会办的夜校开学，第一课讲的是怎样看懂工资条和合同，印染厂来了许多年轻工人。")]
for key, source, published, body in rows:
    print(json.dumps({"key": key, "source": source, "published": published, "body": body}, ensure_ascii=False))
PYTHON
}

@test "a search shows a story once, with its other bulletins" {
    write_carriers > carriers.jsonl
    run --separate-stderr bulletin import carriers.jsonl
    [[ "$output" == "added 5, updated 0, unchanged 0, reposts 3,"* ]]
    bulletin search --format json --fields key,reposts 印染厂 > found
    [ "$(field '["stories"]' < found)" = 2 ]
    [ "$(field '["bulletins"]' < found)" = 5 ]
    [ "$(field '["hits"].__len__()' < found)" = 2 ]
    run python3 -c '
import json
for h in json.load(open("found"))["hits"]:
    if h["key"] == "a":
        print([(r["source"], r["published"], r["similarity"] > 0.8) for r in h["reposts"]])'
    [ "$output" = "[('听潮日报', '2024-05-02', True), ('晒谷快报', '2024-06-03', True), ('荻浦日报', None, True)]" ]
    [ "$(keys --no-collapse 印染厂)" = "a b c d e " ]
}

@test "a story shows where only one of its copies matches" {
    write_carriers | bulletin import -q -
    [ "$(keys 略有改动)" = "c " ]
    [ "$(keys --from 2024-06 印染厂)" = "c " ]
}

@test "bulletins inside other words are counted, not their stories" {
    python3 - <<'PYTHON' | bulletin import -q -
import json
report = "荻浦市第一印染厂投产的新线上周完成生产改造，夜班工人昨天领到了新的工作服，布料是工人自己挑的，样子是车间里投票定的。"
rows = [("a", report), ("b", "（记者 何岚）" + report), ("c", report + "（本厂产改办供稿，本报略有改动）"),
        ("d", "青螺县的砖窑完成生产改造，烧窑师傅不用再守夜。")]
for key, body in rows:
    print(json.dumps({"key": key, "body": body}, ensure_ascii=False))
PYTHON
    bulletin search --format json --no-expand 产改 > found
    [ "$(field '["stories"]' < found) $(field '["bulletins"]' < found) $(field '["inside_other_words"]' < found)" = "2 4 3" ]
    bulletin search --format json --no-expand --no-collapse 产改 > found
    [ "$(field '["bulletins"]' < found) $(field '["inside_other_words"]' < found)" = "4 3" ]
    # A story stands where the best of its bulletins does.
    [ "$(bulletin search --format keys --no-expand 产改 | tr '\n' ' ')" = "a d " ]
    echo '{"key": "e", "body": "晒谷县的几家小厂合办了一间托儿所，孩子们在里面画画、午睡、等妈妈下班，产改的账本上第一次有了玩具。"}' |
        bulletin import -q -
    [ "$(bulletin search --format keys --no-expand 产改 | tr '\n' ' ')" = "a e d " ]
}

@test "min-sources counts publishers, not bulletins" {
    write_carriers | bulletin import -q -
    [ "$(keys --min-sources 3 印染厂)" = "a " ]
    [ "$(keys --min-sources 4 印染厂)" = "" ]
    [ "$(bulletin export --min-sources 2 | wc -l)" -eq 4 ]
}

@test "show lists the copies of a bulletin" {
    write_carriers | bulletin import -q -
    bulletin show --reposts --format json "$(bulletin search --format ids 略有改动)" | python3 -c '
import json, sys
d = json.JSONDecoder(); text = sys.stdin.read().strip(); n = 0
while text:
    value, at = d.raw_decode(text); text = text[at:].strip(); n += 1
assert n == 3, n'
    run --separate-stderr bulletin show --reposts "$(bulletin search --format ids 夜校)"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ -n "$stderr" ]
}

# Besides write_carriers: the same pattern with other figures, and the same headline over another text.
write_likenesses() {
    python3 - <<'PYTHON'
import json
rows = [("new", "夜班工人领到新工作服", "荻浦市第一印染厂的夜班工人昨天领到了新的工作服。厂工会说，布料是工人自己挑的，样子是车间里投票定的。第二印染厂的工人要等到明年，"
         "厂里说今年的钱已经用在修屋顶上了。"),
        ("words", "工会、工人：新的工作服", "望海港的码头边开了一家面馆。"),
        ("half", "夜班工人领到新工作服", "去年十二月，听潮县的人说起：布料是工人自己挑的，样子是车间里投票定的。后来别的厂也这样做了。")]
for key, title, body in rows:
    print(json.dumps({"key": key, "title": title, "source": key, "body": body}, ensure_ascii=False))
PYTHON
}

@test "show lists the bulletins most like one, copies or not" {
    write_carriers | bulletin import -q -
    write_likenesses | bulletin import -q -
    id=$(bulletin search --format ids 修屋顶)
    bulletin show --similar --format json "$id" | jq -r '.source' > order
    [ "$(sort -u order | tr '\n' ' ')" = "half 听潮日报 晒谷快报 荻浦日报 " ]
    [ "$(tail -n 1 order)" = half ]
    bulletin show --similar --format json "$id" | jq -s -e '[.[].similarity] | . == (sort | reverse) and max < 1 and min >= 0.05'
    bulletin show --similar "$id" | grep -q '^similarity  *0\.[0-9]\{1,4\}$'
    run --separate-stderr bulletin show --similar "$(bulletin search --format ids 面馆)"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [[ "$stderr" == *"no bulletin is like"* ]]
    run bulletin show --similar 999
    [ "$status" -eq 1 ]
    run bulletin show --similar --reposts 1
    [ "$status" -eq 2 ]
}

@test "counts equal a scan of export, by every field" {
    bulletin import -q "$CORPUS/bulletins"
    write_carriers | bulletin import -q -
    python3 "$BATS_TEST_DIRNAME/../stories/counts.py"
}

@test "count prints one number, a table or a cross table" {
    write_carriers | bulletin import -q -
    [ "$(bulletin count 印染厂)" = 2 ]
    [ "$(bulletin count --no-collapse 印染厂)" = 5 ]
    [ "$(bulletin count --by month --format csv 印染厂 | tr -d '\r')" = "month,stories,bulletins,base,share
2024-05,2,3,3,1
2024-06,0,1,1,1
,0,1,1,1" ]
    bulletin count --by source --by year --format json 记者 > table
    [ "$(field '["rows"][0]["source"]' < table)" = 听潮日报 ]
    run bulletin count 没有这个
    [ "$status" -eq 1 ]
    [ "$output" = 0 ]
    run bulletin count --by weekday
    [ "$status" -eq 2 ]
}

@test "two fields make a table with sums, aligned by width" {
    write_carriers | bulletin import -q -
    [ "$(bulletin count --no-collapse --by source --by month)" = "\
          2024-05  2024-06  undated  sum
荻浦日报        2        0        1    3
听潮日报        1        0        0    1
晒谷快报        0        1        0    1
sum             3        1        1    5" ]
    [ "$(LC_ALL=C.UTF-8 LANGUAGE=zh bulletin count --by month --by source | tail -n 1 | grep -o '[0-9]*$')" = 2 ]
    for n in $(seq 40); do
        printf '{"key":"%s","source":"第%s报","published":"2023","body":"码头"}\n' "$n" "$n"
    done | bulletin import -q -
    [ "$(bulletin count --by year --by source 码头 | wc -l)" -eq 40 ]
    [ "$(bulletin count --by source --by year 码头 | wc -l)" -eq 42 ]
}

# What is easily lost or obeyed on the way: signs of TeX, line breaks, partial dates, no title, a formula.
write_references() {
    python3 - <<'PYTHON'
import json
rows = [{"key": "a", "title": "100% of {wages} & _more_ \\ #1 $2 ~ ^", "author": "何岚", "source": "听潮日报", "site": "tingchao.example",
         "url": "https://tingchao.example/a_b?c=1&d=%20#e", "published": "2024-05-02", "captured": "2024-06-01", "lang": "en", "body": "One."},
        {"key": "b", "title": "=1+1", "published": "2024-05", "source": "+晒谷快报", "body": "没有别的，\"只有\"这一句。\n第二行。"},
        {"key": "c", "published": "1999", "body": "这一篇没有标题，只有正文，引用的时候就写它开头的几个字，一直写到四十个字为止，后面的就不写了。"},
        {"key": "d", "title": "两行\n标题\r\nER  - ", "body": "无日期。"}]
for row in rows:
    print(json.dumps(row, ensure_ascii=False))
PYTHON
}

@test "other programs read the references that export writes" {
    write_references | bulletin import -q -
    bulletin export --format csl-json > csl.json
    [ "$(jq -r '.[0] | [.title, .author[0].literal, ."container-title", .URL, (.issued."date-parts"[0] | join("-")), (.accessed."date-parts"[0] | join("-"))] | join("|")' csl.json)" = \
        '100% of {wages} & _more_ \ #1 $2 ~ ^|何岚|听潮日报|https://tingchao.example/a_b?c=1&d=%20#e|2024-5-2|2024-6-1' ]
    [ "$(jq -r '.[1].issued."date-parts"[0] | join("-")' csl.json)" = 2024-5 ]
    [ "$(jq -r '.[2].title' csl.json)" != null ]
    [ "$(jq length csl.json)" -eq 4 ]
    bulletin export --format bibtex | bib2xml > bib.xml 2> /dev/null
    bulletin export --format ris | ris2xml > ris.xml 2> /dev/null
    for file in bib.xml ris.xml; do
        [ "$(grep -c '<mods ' $file)" -eq 4 ]
        grep -q 'https://tingchao.example/a_b?c=1&amp;d=%20#e' $file
        grep -q '2024-05-02\|>2024<' $file
    done
    grep -q '100% of' ris.xml
}

@test "a table of bulletins holds no formula" {
    write_references | bulletin import -q -
    bulletin export --format csv > table.csv
    python3 -c '
import csv
rows = list(csv.DictReader(open("table.csv", newline="", encoding="utf-8")))
assert len(rows) == 4 and rows[1]["title"].startswith("\x27=") and rows[1]["source"].startswith("\x27+"), rows
assert rows[1]["body"].count("\n") == 1 and rows[0]["accessed"] == "2024-06-01", rows'
    [ "$(bulletin export --excel | head -c 3 | od -An -tx1 | tr -d ' ')" = efbbbf ]
    run bulletin export --excel --format ris
    [ "$status" -eq 2 ]
}

@test "stats tells stories, and what the parts of an archive take" {
    write_carriers | bulletin import -q -
    bulletin stats --format json > stats
    [ "$(field '["stories"]' < stats)" = 2 ]
    # Not every SQLite tells.
    run python3 -c '
import json
s = json.load(open("stats"))
assert sum(s["parts"].values()) <= s["bytes"] and s["parts"]["texts"] > 0 if "parts" in s else True'
    [ "$status" -eq 0 ]
}

# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

# conforms [NAME]: the JSON on standard input against a definition of the written schema.
conforms() {
    python3 -c '
import json, sys
from jsonschema import Draft202012Validator
schema = json.load(open(sys.argv[1], encoding="utf-8"))
Draft202012Validator.check_schema(schema)
del schema["anyOf"]
schema["$ref"] = "#/$defs/" + sys.argv[2]
Draft202012Validator(schema).validate(json.load(sys.stdin))
' "$BATS_TEST_DIRNAME/../../docs/schema.json" "${1-search}"
}

@test "json is as docs/schema.json says, found or not" {
    import_records
    bulletin search --format json 岚溪 | conforms
    bulletin search --format json --timing --from 2024 产改 | conforms
    bulletin search --format json --fields id,title,published_from,body,site 产改 | conforms
    bulletin search --format json 海底捞月 > nothing.json || [ $? -eq 1 ]
    conforms < nothing.json
    [ "$(field '["hits"]' < nothing.json)" = "[]" ]
    for i in $(seq 510); do
        printf '{"key":"k%d","body":"第%d号，夜班。"}\n' "$i" "$i"
    done | bulletin import -q - 2> /dev/null
    bulletin search --words --format json 夜班 | conforms
}

@test "what other commands print is as docs/schema.json says" {
    write_records
    bulletin import --format json records.jsonl 2> /dev/null | conforms counts
    sed -i 's/点火/熄火/; s/灯谜晚会/灯谜会/' records.jsonl
    bulletin import --format json records.jsonl 2> /dev/null | conforms counts
    changed=$(bulletin search --format ids 灯谜)
    bulletin show --format json "$changed" | conforms bulletin
    bulletin show --format json --versions "$changed" | conforms version
    printf '{"key":"%s","body":"望海港的装卸工人今天不上工，他们在码头上开会，商量雨天的补贴该怎么算。"}\n' x y | bulletin import -q -
    bulletin show --format json --similar "$(bulletin search --format ids 雨天的补贴)" | conforms similar
    bulletin export 食堂 | conforms bulletin
    bulletin extract --format jsonl "$CORPUS"/bulletins/001-* | conforms bulletin
    bulletin stats --format json | conforms stats
    bulletin count --format json 岚溪 | conforms count
    bulletin count --format json --by year --by source 岚溪 | conforms count
    bulletin orgs --format json | conforms organizations
    bulletin audit --format json | conforms findings
    bulletin tokenize --format json "U.S. 工会，" | conforms tokens
    bulletin search --format jsonl 食堂 | conforms hit
    run ! conforms stats <<< '{"bulletins": 1}'
}

@test "json has every field of a hit" {
    import_records
    run --separate-stderr bulletin search --format json 技能竞赛
    [ "$(field '["hits"][0]["key"]' <<< "$output")" = deploy ]
    [ "$(field '["hits"][0]["rank"]' <<< "$output")" = 1 ]
    [ "$(field '["hits"][0]["title"]' <<< "$output")" = 听潮市总工会部署产改 ]
    [ "$(field '["hits"][0]["url"]' <<< "$output")" = https://tingchao.example/1 ]
    [ "$(field '["hits"][0].keys().__len__()' <<< "$output")" = 13 ]
    [ "$(field '["archive"]["bulletins"]' <<< "$output")" = 6 ]
}

@test "highlights are the bytes that matched" {
    import_records
    bulletin search --format json -F 产改 | python3 -c '
import json, sys
for hit in json.load(sys.stdin)["hits"]:
    snippet = hit["snippet"]
    parts = [snippet["text"].encode()[a:b].decode() for a, b in snippet["highlights"]]
    assert parts and set(parts) == {"产改"}, (hit["key"], parts)
    title = [hit["title"].encode()[a:b].decode() for a, b in hit["title_highlights"]]
    assert set(title) <= {"产改"}, title
'
}

@test "provenance repeats a figure and tells what changed" {
    import_records
    bulletin search --provenance one.json --from 2024 --org 听潮市总工会 产改 > /dev/null
    conforms provenance < one.json
    [ "$(field '["figures"]["bulletins"]' < one.json)" = 1 ]
    [ "$(field '["figures"]["undated_excluded"]' < one.json)" = 0 ]
    [ "$(field '["options"]["organizations"]' < one.json)" = "['听潮市总工会']" ]
    [ "$(field '["archive"]["uuid"]' < one.json)" = "$(bulletin version | sed -n 's/^uuid *//p')" ]
    bulletin search --format json --provenance two.json --from 2024 --org 听潮市总工会 产改 > /dev/null
    cmp one.json two.json
    echo '{"key":"new","published":"2024-06","body":"听潮市总工会又谈产改。"}' | bulletin import -q -
    bulletin search --provenance two.json --from 2024 --org 听潮市总工会 产改 > /dev/null
    run diff one.json two.json
    [[ "$output" == *revision* ]]
    [ "$(field '["figures"]["bulletins"]' < two.json)" = 2 ]
    bulletin thesaurus add 产改 听潮新风
    bulletin search --provenance three.json 产改 > /dev/null
    [ "$(field '["archive"]["thesaurus_sha256"]' < three.json)" != "$(field '["archive"]["thesaurus_sha256"]' < two.json)" ]
    run bulletin search --provenance nowhere/three.json 产改
    [ "$status" -eq 5 ]
    run bulletin search --provenance three.json --batch one.json
    [ "$status" -eq 2 ]
}

@test "fields limits a hit to what was asked for, in that order" {
    import_records
    [ "$(bulletin search --format jsonl --fields id,key 检修 | sed 's/[0-9]\+/N/')" = '{"id":N,"key":"kiln"}' ]
    run bulletin search --format csv --fields key,title 检修
    [ "${lines[0]}" = $'key,title\r' ]
    [ "${lines[1]}" = $'kiln,岚溪水泥厂停窑检修\r' ]
}

@test "a field that does not exist is named with the nearest one" {
    import_records
    run bulletin search --format json --fields id,titel 检修
    [ "$status" -eq 2 ]
    [[ "$output" == *"titel"*"title"* ]]
    run bulletin search --fields id 检修
    [ "$status" -eq 2 ]
}

@test "timing adds elapsed_ms to json" {
    import_records
    run --separate-stderr bulletin search --format json --timing 检修
    [ "$(field '["elapsed_ms"] >= 0' <<< "$output")" = True ]
    run --separate-stderr bulletin search --format json 检修
    [[ "$output" != *elapsed_ms* ]]
}

@test "jsonl prints one hit a line" {
    import_records
    run --separate-stderr bulletin search --format jsonl 总工会
    [ "${#lines[@]}" -eq 2 ]
    for line in "${lines[@]}"; do field '["snippet"]["text"]' <<< "$line" > /dev/null; done
}

@test "ids and keys print one a line" {
    import_records
    run bulletin search --format ids 总工会
    [ "${#lines[@]}" -eq 2 ]
    [[ "${lines[0]}" =~ ^[0-9]+$ ]]
    [ "$(bulletin search --format keys 检修)" = kiln ]
}

@test "csv quotes as RFC 4180 wants and cells are no formulas" {
    cat > odd.jsonl <<'RECORDS'
{"key":"a","title":"=SUM(A1)","body":"怪表一"}
{"key":"b","title":"he said \"no\", twice","body":"怪表二"}
{"key":"c","title":"@risk, \"-1\"","body":"怪表三"}
{"key":"d","title":"＋全角","body":"怪表四"}
RECORDS
    bulletin import -q odd.jsonl 2> /dev/null
    bulletin search --format csv --fields key,title 怪表 > out.csv
    python3 -c '
import csv
rows = dict(csv.reader(open("out.csv", newline="", encoding="utf-8")))
assert rows == {"key": "title", "a": "\x27=SUM(A1)", "b": "he said \"no\", twice", "c": "\x27@risk, \"-1\"",
                "d": "\x27＋全角"}, rows'
}

@test "excel begins csv with a byte order mark" {
    import_records
    [ "$(bulletin search --excel --fields id 检修 | head -c 3 | od -An -tx1 | tr -d ' ')" = efbbbf ]
    [ "$(bulletin search --format csv --fields id 检修 | head -c 2)" = id ]
    run bulletin search --excel --format json 检修
    [ "$status" -eq 2 ]
}

@test "text marks what matched and shows date, source and id" {
    import_records
    run --separate-stderr bulletin search -F 检修
    [[ "$output" == *"【检修】"* ]]
    [[ "$output" == *"2022-05-01  听潮日报  #"* ]]
}

@test "text shows the first words of a bulletin without title" {
    import_records
    run --separate-stderr bulletin search 灯谜
    [[ "${lines[0]}" == *"职工互助会的灯谜晚会"* ]]
    [[ "$output" == *"undated"* ]]
}

@test "batch answers each line in order, empty ones too" {
    import_records
    printf '检修\n\n海底捞月\r\n"better lamps"' > queries
    run --separate-stderr bulletin search --batch queries
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 4 ]
    [ "$(field '["hits"][0]["key"]' <<< "${lines[0]}")" = kiln ]
    [ "$(field '["bulletins"]' <<< "${lines[1]}")" = 6 ]
    [ "$(field '["query"]' <<< "${lines[2]}")" = 海底捞月 ]
    [ "$(field '["hits"]' <<< "${lines[2]}")" = "[]" ]
    [ "$(field '["query"]' <<< "${lines[3]}")" = '"better lamps"' ]
    for line in "${lines[@]}"; do conforms <<< "$line"; done
}

@test "batch reads standard input, and the other options hold for each query" {
    import_records
    run bulletin search --batch - --from 2024 --fields key --limit 1 --sort newest <<< $'岚溪\n食堂\n检修'
    [ "${#lines[@]}" -eq 3 ]
    [ "$(field '["hits"]' <<< "${lines[0]}")" = "[{'key': 'deploy'}]" ]
    [ "$(field '["hits"]' <<< "${lines[1]}")" = "[{'key': 'canteen'}]" ]
    [ "$(field '["hits"]' <<< "${lines[2]}")" = "[]" ]
}

@test "a query of the batch that cannot be answered does not stop the rest" {
    import_records
    run --separate-stderr bulletin search --batch - --from 昨天的昨天 <<< $'检修\n面料'
    [ "$status" -eq 3 ]
    [ "${#lines[@]}" -eq 2 ]
    [ "$(field '["query"]' <<< "${lines[1]}")" = 面料 ]
    [ -n "$(field '["error"]' <<< "${lines[1]}")" ]
    conforms <<< "${lines[0]}"
}

@test "a query that cannot be counted does not stop the rest of its batch" {
    import_records
    local many=$(seq -f 'w%g' 2000 | tr '\n' ' ')
    run --separate-stderr bulletin count --batch - <<< "检修"$'\n'"$many"$'\n''面料'
    [ "$status" -eq 3 ]
    [ "${#lines[@]}" -eq 3 ]
    [[ "$(field '["error"]' <<< "${lines[1]}")" == *1024* ]]
    [ "$(field '["query"]' <<< "${lines[2]}")" = 面料 ]
    [ "$(field '["bulletins"]' <<< "${lines[2]}")" -ge 0 ]
}

@test "batch answers a peer that waits for each answer" {
    import_records
    coproc peer { "$BULLETIN" search --batch - --fields key; }
    echo 检修 >&"${peer[1]}"
    read -r -t 20 first <&"${peer[0]}"
    echo 面料 >&"${peer[1]}"
    read -r -t 20 second <&"${peer[0]}"
    kill "$peer_PID" 2> /dev/null
    [ "$(field '["hits"][0]["key"]' <<< "$first")" = kiln ]
    [ "$(field '["hits"][0]["key"]' <<< "$second")" = fabric ]
}

@test "thousands of queries in a batch take seconds" {
    import_records
    for i in $(seq 2000); do echo "检修 $i"; done > queries
    start=$SECONDS
    [ "$(bulletin search --batch queries --fields id --no-partial | wc -l)" -eq 2000 ]
    [ $((SECONDS - start)) -lt 30 ]
}

@test "extract prints what import would store, in the order of the input" {
    printf '岚溪糖厂的新锅炉\n\n2021-03-04 来源：听潮日报\n\n岚溪糖厂的新锅炉今天点火，老锅炉退役。\n' > boiler.txt
    printf '岚溪糖厂招学徒\n\n2021-03-05\n\n岚溪糖厂招收二十名学徒，学期两年。\n' > apprentice.txt
    run --separate-stderr bulletin extract --format jsonl boiler.txt apprentice.txt
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 2 ]
    [ "$(field '["key"]' <<< "${lines[0]}")" = boiler.txt ]
    [ "$(field '["published"]' <<< "${lines[0]}")" = 2021-03-04 ]
    [ "$(field '["title"]' <<< "${lines[1]}")" = 岚溪糖厂招学徒 ]
    [ ! -e "$BULLETIN_DB" ]
    bulletin extract boiler.txt | field '["body"]' | grep -q 点火
    run bulletin extract --format text boiler.txt
    [[ "$output" == *"岚溪糖厂的新锅炉今天点火，老锅炉退役。"* ]]
    [[ "$output" == *"2021-03-04"* ]]
}

@test "extract names what it cannot read and goes on" {
    printf '岚溪糖厂招学徒\n\n岚溪糖厂招收二十名学徒，学期两年。\n' > apprentice.txt
    run --separate-stderr bulletin extract --format jsonl nowhere.txt apprentice.txt
    [ "$status" -eq 3 ]
    [ "${#lines[@]}" -eq 1 ]
    [[ "$stderr" == *"nowhere.txt: "* ]]
}

@test "tokenize prints bytes, kind and token" {
    run bulletin tokenize 产改
    [ "$output" = $'0\t6\tcjk\t产改\n3\t6\tlast\t改' ]
    run bulletin tokenize --format json 产改
    [ "$(field '[0]["kind"]' <<< "$output")" = cjk ]
    [ "$(field '[1]["start"]' <<< "$output")" = 3 ]
    [ "$(printf 'lamps' | bulletin tokenize | head -1)" = $'0\t5\tword\tlamps' ]
    [ "$(bulletin tokenize --format json "")" = "[]" ]
}

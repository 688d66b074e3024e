# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

@test "words side by side must all occur" {
    import_records
    [ "$(keys 岚溪)" = "deploy fabric kiln riddles " ]
    [ "$(keys 岚溪 检修)" = "kiln " ]
    [ "$(keys "岚溪 检修")" = "kiln " ]
    run bulletin search --format keys 岚溪 面料 检修
    [ "$status" -eq 1 ]
}

@test "OR finds either" {
    import_records
    [ "$(keys '检修 OR 面料')" = "fabric kiln " ]
}

@test "one character is found wherever it stands" {
    import_records
    [ "$(keys 窑)" = "kiln " ]
    [ "$(keys 谜)" = "riddles " ]
}

@test "quoted text and -F are the same literal search" {
    import_records
    [ "$(keys '"聚焦“产改”，今年"')" = "deploy " ]
    [ "$(keys -F '聚焦“产改”，今年')" = "deploy " ]
    [ "$(keys --literal better lamps)" = "lamps " ]
    run bulletin search --format keys -F lamps better
    [ "$status" -eq 1 ]
    run bulletin search --format keys -F "weaver"
    [ "$status" -eq 1 ]
}

@test "English words are found by another form of them" {
    import_records
    [ "$(keys --no-expand weaver)" = "lamps " ]
}

@test "other words are looked for, said aloud and told in JSON" {
    import_records
    run -0 --separate-stderr bulletin search weaver
    [[ "$output" == *"岚溪纺织协会筹备面料展"* ]]
    [[ "$stderr" == *"weaver: also looked for 织布 (1)"* ]]
    run -0 bulletin search --format json weaver
    [ "$(field '["as_typed"]' <<< "$output")" = 1 ]
    [ "$(field '["bulletins"]' <<< "$output")" = 2 ]
    [ "$(field '["expansions"][0]["unit"]' <<< "$output")" = weaver ]
    run -0 --separate-stderr bulletin search --format jsonl --fields key '"weavers"'
    [ "$stderr" = "" ]
}

@test "where no bulletin has all the words, people see most of them and programs nothing" {
    import_records
    run -0 --separate-stderr bulletin search 灯谜 晚会 没有这个
    [[ "$output" == *"职工互助会"* ]]
    [[ "$stderr" == *"most of them"* ]]
    run -0 bulletin search --format json 灯谜 晚会 没有这个
    [ "$(field '["partial"]' <<< "$output")" = True ]
    run -1 bulletin search --format keys 灯谜 晚会 没有这个
    run -1 bulletin search --no-partial 灯谜 晚会 没有这个
}

@test "a date range has both ends in it and tells how many are undated" {
    import_records
    [ "$(keys --from 2024-04-02 --until 2024-04-20 "")" = "canteen deploy " ]
    [ "$(keys --from 2020-09 --until 2020-10 "")" = "fabric " ]
    [ "$(keys --until 2022 岚溪)" = "fabric kiln " ]
    run --separate-stderr bulletin search --from 2024 产改
    [ "$status" -eq 0 ]
    [[ "$stderr" == *"1 more match but have no date"* ]]
    run --separate-stderr bulletin search --from 2024 --format json 产改
    [ "$(field '["undated_excluded"]' <<< "$output")" = 1 ]
}

@test "a date that is none is wrong usage" {
    import_records
    run --separate-stderr bulletin search --from 昨天的昨天 产改
    [ "$status" -eq 2 ]
    [[ "$stderr" == "bulletin: search: "* ]]
    [ -z "$output" ]
}

@test "hits are sorted by date either way, undated ones last" {
    import_records
    [ "$(bulletin search --format keys --sort newest "" | tr '\n' ' ')" = "canteen deploy lamps kiln fabric riddles " ]
    [ "$(bulletin search --format keys --sort oldest "" | tr '\n' ' ')" = "fabric kiln lamps deploy canteen riddles " ]
}

@test "limit and offset cut a window out of the hits" {
    import_records
    [ "$(bulletin search --format keys --sort newest --limit 2 --offset 1 "" | tr '\n' ' ')" = "deploy lamps " ]
    run bulletin search --sort newest --limit 2 ""
    [[ "$output" == *"2 of 6"* ]]
    run bulletin search --sort newest --limit 2 --offset 2 ""
    [[ "$output" == *"3-4 of 6"* ]]
    run bulletin search --limit 0 ""
    [[ "$output" != *" of 6"* ]]
}

@test "text and json stop at ten hits, the other formats at none" {
    for i in $(seq 12); do echo "{\"key\":\"k$i\",\"title\":\"第$i期\",\"body\":\"岚溪工人夜校第$i课。\"}"; done \
        | bulletin import -q - 2> /dev/null
    run --separate-stderr bulletin search --format json 夜校
    [ "$(field '["hits"].__len__()' <<< "$output")" = 10 ]
    [ "$(field '["bulletins"]' <<< "$output")" = 12 ]
    [ "$(bulletin search --format ids 夜校 | wc -l)" -eq 12 ]
    run bulletin search 夜校
    [[ "$output" == *"10 of 12"* ]]
}

@test "organizations, source and language narrow the hits" {
    import_records
    [ "$(keys --org 听潮市总工会 "")" = "canteen deploy " ]
    [ "$(keys --org 听潮市总工会 --org 晒谷县职工服务社 "")" = "canteen " ]
    [ "$(keys --source 听潮日报 "")" = "deploy kiln " ]
    [ "$(keys --lang en "")" = "lamps " ]
}

@test "any ranks by best match instead of requiring every word" {
    import_records
    [ "$(keys --any 检修 面料)" = "fabric kiln " ]
}

@test "where no bulletin has all the words, people are shown those with some of them" {
    import_records
    run --separate-stderr bulletin search --format json 检修 面料
    partial=$(field '["partial"]' <<< "$output")
    found=$(field '["bulletins"]' <<< "$output")
    [ "$partial" = False ] || [ "$found" -gt 0 ]
    run bulletin search --format json --no-partial 检修 面料
    [ "$status" -eq 1 ]
    [ "$(field '["partial"]' <<< "$output")" = False ]
}

@test "a short question finds what it asks about, marked as part of it" {
    import_records
    run --separate-stderr bulletin search --format json 如何检修
    [ "$(field '["partial"]' <<< "$output")" = True ]
    [ "$(field '["bulletins"]' <<< "$output")" = "$(bulletin count 检修)" ]
    run -1 bulletin search --no-partial 如何检修
    run -1 bulletin search 如何
}

@test "nothing found is said, exit status 1" {
    import_records
    run --separate-stderr bulletin search 海底捞月
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [ "$stderr" = "bulletin: nothing found" ]
}

@test "quiet prints nothing and answers by exit status" {
    import_records
    run bulletin search -q 检修
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    run bulletin search --quiet 海底捞月
    [ "$status" -eq 1 ]
    [ -z "$output" ]
}

@test "any string is a query" {
    import_records
    for query in '"' '(' 'AND' '-' '*' "'" '\' 'title:' 'NEAR(' '(((' 'a OR' '%' '；DROP TABLE' '"产改'; do
        run --separate-stderr bulletin search --format json -- "$query"
        [ "$status" -le 1 ]
        [ "$(field '["query"]' <<< "$output")" = "$query" ]
    done
}

@test "more than 256 different terms are refused by name" {
    import_records
    run bulletin search "$(seq -f 'w%.0f' -s ' OR ' 256) OR w1 OR w2"
    [ "$status" -eq 1 ]
    run bulletin search "$(seq -f 'w%.0f' -s ' OR ' 257)"
    [ "$status" -eq 2 ]
    [[ "$output" == *256* ]]
}

@test "a query in the encoding of the locale is decoded" {
    import_records
    query=$(printf '检修' | iconv -f UTF-8 -t GB18030)
    [ "$(LC_ALL=zh_CN.GB18030 "$BULLETIN" search --format keys "$query")" = kiln ]
    query=$(printf '檢修' | iconv -f UTF-8 -t BIG5)
    [ "$(LC_ALL=zh_TW.BIG5 "$BULLETIN" search --format keys "$query")" = kiln ]
}

@test "explain shows the query on standard error" {
    import_records
    run --separate-stderr bulletin search --explain --format ids 检修
    [[ "$stderr" == *"检修"* ]]
    [[ "$output" != *"检修"* ]]
}

@test "explain tells units, other words with their origin, dates, plan and counts" {
    import_records
    bulletin thesaurus add 检修 overhaul 2> /dev/null
    run --separate-stderr bulletin search --explain --format ids --from 1990 --until 2030-05 -- 检修 -工会
    [[ "$stderr" == *"parsed: 检修 NOT 工会"* ]]
    [[ "$stderr" == *"unit: 检修 (1) "[1-9]* ]]
    [[ "$stderr" == *"expansion: 检修 -> overhaul (exact, own) 0"* ]]
    [[ "$stderr" == *"dates: 1990-01-01..2030-05-31"* ]]
    [[ "$stderr" == *"plan: lists"* ]]
    [[ "$stderr" == *"found: "[1-9]*" bulletins"* ]]
}

@test "the corpus is found by its own words" {
    [ -d "$CORPUS/bulletins" ] || skip "no corpus"
    bulletin import -q "$CORPUS/bulletins" 2> /dev/null
    run bulletin search --format keys 产改
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -ge 5 ]
    run bulletin check
    [ "$status" -eq 0 ]
}

@test "a glossary says where the words of a query without spaces are" {
    import_records
    printf '{"key":"apart","body":"青梭云的轴，在库里。"}\n{"key":"together","body":"库里有青梭，云轴也在。"}\n' |
        bulletin import -q -
    printf '# words\n青梭\n雲軸\n' > words.txt
    [ "$(keys --no-expand --glossary words.txt 库里青梭云轴)" = "together " ]
    run ! bulletin search --glossary no-such-file 青梭
}

@test "what stands only around an article is told, and found with --all-text" {
    cat > records.jsonl <<'RECORDS'
{"key":"dock","title":"缆都船坞开工","body":"船坞今日开工。","furniture":"首页 新闻\n岚溪灯会落幕"}
{"key":"bare","title":"织机换新","body":"岚溪的织机换新。"}
RECORDS
    bulletin import -q records.jsonl 2> /dev/null
    run -1 bulletin search -F 灯会落幕
    [[ "$output" == *"nothing found"*"1 hold it around the article only"* ]]
    LC_ALL=zh_CN.UTF-8 run bulletin search -F 灯会落幕
    [[ "$output" == *"有 1 篇只在正文以外的地方出现"* ]] || [[ "$output" == *"1 hold it"* ]]
    [ "$(bulletin search --format keys --all-text -F 灯会落幕)" = dock ]
    run -0 bulletin search --all-text 灯会落幕
    [[ "$output" == *"岚溪【灯会落幕】"* ]]
    [ "$(bulletin search --format json 岚溪 | field "['furniture_only']")" = 1 ]
    [ "$(bulletin search --format json 灯会 | field "['furniture_only']")" = 1 ]
    [ "$(bulletin search --format json 织机 | field "['furniture_only']")" = 0 ]
}

@test "of many that hold a word the best are looked at, and that is told" {
    for i in $(seq 600); do
        printf '{"key":"k%d","body":"第%d号：%s"}\n' "$i" "$i" \
            "$([ $((i % 2)) = 0 ] && echo '夜班的工人看着纺机。' || echo '深夜班车到了厂门口。')"
    done > records.jsonl
    bulletin import -q records.jsonl 2> /dev/null
    run -0 bulletin search -w --no-collapse 夜班
    [[ "$output" == *"10 of at most 600"* ]]
    run -0 bulletin search -w --no-collapse --offset 190 夜班
    [[ "$output" == *"191-200 of at most 600"* ]]
    run -0 bulletin search -w --no-collapse --format json 夜班
    [ "$(field "['bulletins']" <<< "$output")" = None ]
    [ "$(field "['candidates']" <<< "$output")" = 600 ]
    [ "$(bulletin search -w --format ids --no-collapse 夜班 | wc -l)" = 300 ]
    run -0 bulletin search -q -w 夜班
    sed 's/夜班的工人/产改的工人/; s/深夜班车/产业工人队伍建设改革/; s/"k/"c/' records.jsonl | bulletin import -q - 2> /dev/null
    run -0 --separate-stderr bulletin search -w --no-collapse 产改
    [[ "$output" == *"10 of at most 600"* ]]
    [[ "$stderr" == *"also looked for 产业工人队伍建设改革 (300)"* ]]
    run -1 --separate-stderr bulletin search -w 班的
    [[ "$stderr" == *"nothing found"* ]]
}

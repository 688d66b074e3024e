# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

import_some() {
    cat > some.jsonl <<'RECORDS'
{"key":"a","published":"2020-01-01","title":"岚溪梭机","body":"岚溪的剑杆梭机开动。"}
{"key":"b","published":"2020-01-02","title":"Looms","body":"The shuttle engine of Lanxi was loud."}
{"key":"c","published":"2020-01-03","title":"无关","body":"岚溪下雨。"}
RECORDS
    bulletin import -q some.jsonl 2> /dev/null
}

keys() {
    bulletin search --sort oldest --format keys "$@" 2> /dev/null | tr '\n' ' '
}

@test "terms of one's own are looked for at once, and no more once they are removed" {
    import_some
    [ "$(keys 剑杆梭机)" = "a " ]
    bulletin thesaurus add 剑杆梭机 'shuttle engine'
    [ "$(keys 剑杆梭机)" = "a b " ]
    [ "$(keys shuttle engines)" = "a b " ]
    [ "$(keys --no-expand 剑杆梭机)" = "a " ]
    [ "$(bulletin thesaurus list)" = $'剑杆梭机  shuttle engine\n剑杆梭机  剑杆梭机' ]
    bulletin thesaurus remove 'shuttle engine'
    [ "$(keys 剑杆梭机)" = "a " ]
    bulletin thesaurus remove --concept 剑杆梭机
    run bulletin thesaurus list
    [ "$status" -eq 1 ]
}

@test "terms of one's own stay through reindex and come back from their export" {
    import_some
    bulletin thesaurus add --quality machine 剑杆梭机 'shuttle engine'
    bulletin thesaurus export > table.tsv
    bulletin reindex
    [ "$(keys 剑杆梭机)" = "a b " ]
    bulletin --db other.db thesaurus import table.tsv
    [ "$(bulletin --db other.db thesaurus export)" = "$(cat table.tsv)" ]
    bulletin check
}

@test "lines that cannot be used are told by their number, the others are used" {
    import_some
    printf 'concept\tterm\n梭\t剑杆梭机\r\n\n# remark\n梭\tx\t\tbetter\n梭\n梭\tshuttle engine\n\xff\tx\n' > t.tsv
    run bulletin thesaurus import t.tsv
    [ "$status" -eq 3 ]
    [[ "$output" == *"t.tsv:5: relation"*"t.tsv:6: "*"too few"*"t.tsv:8: "*"UTF-8"* ]]
    LC_ALL=zh_CN.UTF-8 run bulletin thesaurus import t.tsv
    [[ "$output" == *"t.tsv:5：relation 只能是"*"t.tsv:6：该行的列太少"* ]]
    [ "$(keys 剑杆梭机)" = "a b " ]
}

@test "a saved search stands in others for what it is by then" {
    import_some
    bulletin search --save lanxi '岚溪 OR Lanxi'
    bulletin search --save loud 'query:lanxi -梭机'
    [ "$(keys query:lanxi)" = "a b c " ]
    [ "$(keys --no-expand query:loud)" = "b c " ]
    [ "$(keys --no-expand -- loud -query:none query:loud)" = "b " ]
    [ "$(keys --no-expand -- -query:loud)" = "a " ]
    bulletin search --save lanxi Lanxi
    [ "$(keys --no-expand query:loud)" = "b " ]
    [ "$(bulletin search --saved)" = $'lanxi\tLanxi\nloud\tquery:lanxi -梭机' ]
    bulletin search --forget lanxi
    run bulletin search --forget lanxi
    [ "$status" -eq 5 ] || [ "$status" -eq 1 ]
}

@test "a saved search that holds itself is refused, whoever holds whom" {
    import_some
    bulletin search --save one 'query:two'
    bulletin search --save two 'x query:one'
    run bulletin search query:one
    [ "$status" -eq 2 ]
    [[ "$output" == *"holds itself"* ]]
    run bulletin search --save 'a b' x
    [ "$status" -eq 2 ]
}

@test "--words finds characters only where they are words" {
    cat > words.jsonl <<'RECORDS'
{"key":"word","published":"2020-01-01","title":"无题","body":"岚溪市工会开会。"}
{"key":"inside","published":"2020-01-02","title":"无题","body":"岚溪的员工会议开了。"}
{"key":"both","published":"2020-01-03","title":"员工会议","body":"员工会议之后，工会说。"}
{"key":"latin","published":"2020-01-04","title":"x","body":"The union met."}
RECORDS
    bulletin import -q words.jsonl 2> /dev/null
    [ "$(keys --no-expand 工会)" = "word inside both " ]
    [ "$(keys --no-expand -w 工会)" = "word both " ]
    [ "$(keys --no-expand --words -F 工会)" = "word both " ]
    [ "$(keys --no-expand -w '工会 OR union')" = "word both latin " ]
    [ "$(keys --no-expand -w '员工*')" = "inside both " ]
    [ "$(keys --no-expand -w 'title:员工')" = "both " ]
    [ "$(keys --no-expand -w 'title:工会')" = "" ]
    [ "$(keys --no-expand -w '工会 OR key:latin')" = "word both latin " ]
    [ "$(keys --no-expand -w '(工会 OR key:inside) -key:word')" = "inside both " ]
    [ "$(bulletin search -w 工会 --no-expand --format json 2> /dev/null | python3 -c 'import json, sys; print(json.load(sys.stdin)["bulletins"])')" = 2 ]
}

@test "--words knows words however they are written, and what stands beside the query" {
    cat > words.jsonl <<'RECORDS'
{"key":"old","published":"2020-01-01","title":"无题","body":"嵐溪市工會開會。"}
{"key":"old-inside","published":"2020-01-02","title":"无题","body":"嵐溪的員工會議開了。"}
{"key":"mixed","published":"2020-01-03","title":"员工会议","body":"員工會議之後，工會說。"}
{"key":"near","published":"2020-01-04","title":"无题","body":"岚溪的食堂请大家开会。"}
{"key":"union","published":"2020-01-05","title":"x","body":"The union met all workers of Lanxi."}
RECORDS
    bulletin import -q words.jsonl 2> /dev/null
    [ "$(keys --no-expand -w 工会)" = "old mixed " ]
    [ "$(keys -w 工会)" = "old mixed union " ]
    [ "$(keys --no-expand -w 'NEAR(食堂 开会, 5)')" = "near " ]
    [ "$(keys --no-expand -w 'NEAR(堂请 开会, 5)')" = "" ]
    [ "$(keys --no-expand -w 'NEAR(堂请 开会, 5) OR 工会')" = "old mixed " ]
    [ "$(keys --no-expand -w --org 没有这个的食堂 开会)" = "" ]
    [ "$(keys --no-expand -w --org 的食堂 开会)" = "near " ]
    [ "$(keys --no-expand -w '。')" = "$(keys --no-expand '。')" ]
    [ "$(keys --no-expand -w '“，工会”')" = "mixed " ]
}

@test "--expand exact leaves out renderings of machine translation" {
    import_some
    bulletin thesaurus add --quality machine 剑杆梭机 'shuttle engine'
    [ "$(keys --expand machine 剑杆梭机)" = "a b " ]
    [ "$(keys --expand exact 剑杆梭机)" = "a " ]
}

# meant QUERY...: what is offered when nothing is found.
meant() {
    bulletin search --format json "$@" 2> /dev/null |
        python3 -c 'import json, sys; o = json.load(sys.stdin); assert o["bulletins"] == 0; print("|".join(o["did_you_mean"]))'
}

@test "where nothing is found, words near to the typed one are offered, never applied" {
    import_some
    [ "$(meant shutle)" = "shuttle" ]
    [ "$(meant shuttel)" = "shuttle" ]
    [ "$(meant -- lnaxi -rain)" = "lanxi NOT rain" ]
    [ "$(meant 嵐西)" = "岚溪" ]
    [ "$(meant lanxi岚溪岚溪x)" = "" ]
    [ "$(meant suoji)" = "梭机" ]
    [ "$(meant changai)" = "产改" ]
    [ "$(meant qqqqzzzz)" = "" ]
    [ "$(meant '"shutle"')" = "" ]
    run bulletin search shutle
    [ "$status" -eq 1 ]
    [[ "$output" == *"did you mean: shuttle"* ]]
    [ -z "$(bulletin search --format ids shutle 2>&1)" ]
}

# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

left() {
    bulletin search --format ids "" | wc -l
}

@test "remove by a query shows number and titles, and removes exactly those" {
    import_records
    run --separate-stderr bulletin remove --yes 听潮市总工会
    [ "$status" -eq 0 ]
    [[ "$output" == *"听潮市总工会部署产改"* ]]
    [[ "$output" == *"2 of 2"* ]]
    [[ "$output" == *"removed 2"* ]]
    [ "$(left)" -eq 4 ]
    run bulletin search -q 听潮市总工会
    [ "$status" -eq 1 ]
    run bulletin check
    [ "$status" -eq 0 ]
}

@test "remove takes filters, and a dry run removes nothing" {
    import_records
    run bulletin remove --dry-run --until 2022
    [ "$status" -eq 0 ]
    [[ "$output" == *"2 of 2"* ]]
    [ "$(left)" -eq 6 ]
    bulletin remove -y --until 2022
    [ "$(left)" -eq 4 ]
}

@test "remove needs --yes where nobody can be asked, and asks on a terminal" {
    import_records
    run --separate-stderr bulletin remove 检修 < /dev/null
    [ "$status" -eq 2 ]
    [[ "$stderr" == *--yes* ]]
    [ "$(left)" -eq 6 ]
    run bash -c 'script -qec "$BULLETIN remove 检修" /dev/null <<< n'
    [[ "$output" == *"Remove 1?"* ]]
    [ "$(left)" -eq 6 ]
    run bash -c 'script -qec "$BULLETIN remove 检修" /dev/null <<< y'
    [ "$(left)" -eq 5 ]
}

@test "remove never takes bulletins with only some of the words, nor all by an empty query" {
    import_records
    run bulletin remove --yes 检修 灯谜
    [ "$status" -eq 1 ]
    for nothing in "" " " "--yes"; do
        run bulletin remove --yes "$nothing"
        [ "$status" -eq 2 ]
    done
    run bulletin remove --yes --id 1 检修
    [ "$status" -eq 2 ]
    [ "$(left)" -eq 6 ]
}

@test "a thousand bulletins are removed at once or not at all" {
    python3 -c '
import json
for i in range(1500):
    print(json.dumps({"key": str(i), "published": f"20{i % 20:02}-0{i % 9 + 1}-11", "source": "a" if i % 3 else "b",
                      "body": f"岚溪糖厂第{i}次检修。"}))' > many.jsonl
    bulletin import -q many.jsonl
    revision=$(bulletin version | grep revision | tr -dc 0-9)
    run bulletin remove --yes --source a
    [[ "$output" == *"10 of 1000"*"removed 1000"* ]]
    [ "$(left)" -eq 500 ]
    [ "$(bulletin version | grep revision | tr -dc 0-9)" -eq $((revision + 1)) ]
    run bulletin check
    [ "$status" -eq 0 ]
}

@test "a page that was removed comes back when it is imported again" {
    printf '岚溪糖厂的新锅炉今天点火，老锅炉退役。\n' > boiler.txt
    bulletin import -q boiler.txt
    bulletin remove -y 锅炉
    run bulletin import boiler.txt
    [[ "$output" == "added 1,"* ]]
}

@test "audit counts what may be wrong, each with its search" {
    import_records
    cat > odd.jsonl <<'RECORDS'
{"key":"empty","title":"空","published":"2020","body":" \n　"}
{"key":"short","title":"短","published":"2020","body":"五十九个字以下。"}
{"key":"x","title":"甲","published":"2020","body":"岚溪糖厂的新锅炉今天点火，老锅炉退役，工人们在厂房前合影留念，厂长说明年还要再添一台，车间主任也到场祝贺，食堂加了菜。"}
RECORDS
    sed 's/岚溪.*菜/Quite another text, long enough to be none of the short ones, and without a word of it/' \
        <<< '{"key":"x","title":"乙","published":"2020","body":"岚溪菜"}' > other.jsonl
    printf '{"key":"menu","title":"菜单","published":"2020","body":"%s","furniture":"%s"}\n' \
        "$(printf '岚溪糖厂今天点火。%.0s' 1 2 3 4 5 6 7 8)" "$(printf '首页 返回 上一篇 %.0s' $(seq 30))" >> odd.jsonl
    printf '{"key":"bytes","title":"坏","published":"2020","body":"\xff 岚溪"}\n' > bytes.jsonl
    printf '首页\n%s\n岚溪糖厂停工一天\n\n2021-03-04 来源：听潮日报\n\n岚溪糖厂停工一天。\n' "$(seq 1 2)" > gone.txt
    bulletin import -q odd.jsonl bytes.jsonl gone.txt 2> /dev/null
    bulletin import -q other.jsonl 2> /dev/null
    rm gone.txt bytes.jsonl
    bulletin audit --format json > audit
    kinds() {
        python3 -c '
import json, sys
for f in json.load(open("audit")): print(f["kind"], f["bulletins"], f["query"])' | grep "^$1 "
    }
    [ "$(kinds empty)" = "empty 1 is:empty" ]
    [ "$(kinds collision)" = "collision 1 is:collision" ]
    [ "$(kinds replaced)" = "replaced 1 is:replaced" ]
    [ "$(kinds vanished)" = "vanished 2 is:vanished" ]
    [ "$(kinds undated)" = "undated 1 is:undated" ]
    [ "$(kinds untitled)" = "untitled 1 is:untitled" ]
    [ "$(kinds furniture)" = "furniture 1 is:furniture" ]
    short=$(bulletin export | python3 -c '
import json, sys
print(sum(0 < len(json.loads(line)["body"].strip()) < 60 for line in sys.stdin))')
    [ "$short" -gt 2 ]
    [ "$(kinds short)" = "short $short is:short" ]
    run bulletin audit
    [ "$status" -eq 0 ]
    [[ "$output" == *"       1  without a date "*"bulletin search 'is:undated'"* ]]
}

@test "audit of an archive without faults says so" {
    printf '{"key":"a","title":"岚溪糖厂","published":"2020","body":"%s"}\n' \
        "$(printf '岚溪糖厂的新锅炉今天点火。%.0s' 1 2 3 4 5 6)" | bulletin import -q -
    run --separate-stderr bulletin audit
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ -n "$stderr" ]
}

@test "stats tells numbers, span, sources and languages" {
    import_records
    bulletin stats --format json > stats
    [ "$(field '["bulletins"]' < stats)" = 6 ]
    [ "$(field '["dated"]' < stats)" = 5 ]
    [ "$(field '["earliest"]' < stats)" = 2020-09-01 ]
    [ "$(field '["latest"]' < stats)" = 2024-04-20 ]
    [ "$(field '["sources"]' < stats)" = 4 ]
    [ "$(field '["languages"]["en"]' < stats)" = 1 ]
    [ "$(field '["bytes"]' < stats)" -gt 10000 ]
    run bulletin stats
    [[ "$output" == *"bulletins           6"* ]]
    [[ "$output" == *"languages           zh-Hans 5, en 1"* ]]
}

@test "a backup holds the same bulletins and can be searched" {
    import_records
    run --separate-stderr bulletin backup copy.db
    [ "$status" -eq 0 ]
    [ -z "$output$stderr" ]
    [ "$(stat -c %a copy.db)" = 600 ]
    [ "$(bulletin --db copy.db search --format keys 检修)" = kiln ]
    cmp <(bulletin export) <(bulletin --db copy.db export)
    run bulletin --db copy.db check
    [ "$status" -eq 0 ]
}

@test "a backup replaces nothing unless told to, and never the archive itself" {
    import_records
    echo precious > copy.db
    run --separate-stderr bulletin backup copy.db
    [ "$status" -eq 5 ]
    [[ "$stderr" == *--force* ]]
    [ "$(cat copy.db)" = precious ]
    bulletin backup --force copy.db
    bulletin --db copy.db search -q 检修
    ln archive.db same.db
    run bulletin backup --force same.db
    [ "$status" -ne 0 ]
    bulletin search -q 检修
    run bulletin backup nowhere/copy.db
    [ "$status" -eq 5 ]
    [ -z "$(ls | grep 'copy.db\.')" ]
}

@test "a backup is made while another program writes" {
    import_records
    python3 -c '
import sqlite3, sys, time
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("BEGIN IMMEDIATE")
c.execute("UPDATE meta SET value = 99 WHERE name = ?", ("nothing",))
open("locked", "w").close()
time.sleep(20)' "$BULLETIN_DB" &
    writer=$!
    while [ ! -e locked ]; do sleep 0.05; done
    run bulletin backup copy.db
    kill $writer
    [ "$status" -eq 0 ]
    bulletin --db copy.db search -q 检修
}

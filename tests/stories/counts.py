# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors
"""Hold `bulletin count` against a scan of `bulletin export`: 200 random queries and filters, by every field."""
import collections
import json
import os
import random
import sqlite3
import subprocess

PROGRAM, ARCHIVE = os.environ["BULLETIN"], os.environ["BULLETIN_DB"]
WORDS = "工会 产改 职工 技能 竞赛 纺织 会议 代表 企业 劳模 union workers federation mill 青澜 临苇 沙渚 不会有的词".split()
FILTERS = [[], ["--from", "2020"], ["--until", "2019-06"], ["--from", "2018", "--until", "2024-03"], ["--lang", "zh"],
           ["--source", "青澜"], ["--from", "2021-04-28", "--until", "2021-05"], ["--min-sources", "2"], ["--lang", "en"],
           ["--org", "青澜省总工会"]]
FIELDS = ["year", "month", "day", "org", "source", "lang"]


def run(*arguments, text=""):
    return subprocess.run([PROGRAM, *arguments], input=text, capture_output=True, text=True, check=False).stdout


def query(r):
    a, b = r.choice(WORDS), r.choice(WORDS)
    return r.choice(["", a, a, f"{a} OR {b}", f"{a} {b}", f"{a} -{b}", f'"{a}"'])


def keys(row, field, named):
    date = row["published"]
    if field == "org":
        return named.get(row["id"]) or [None]
    if field in ("source", "lang"):
        return [row[field] or None]
    return [date and date[:{"year": 4, "month": 7, "day": 10}[field]]]


def scan(rows, base, fields, story, named):
    """Cells by their keys: stories, bulletins, base."""
    cells, first = collections.defaultdict(lambda: [0, 0, 0]), {}
    # "2024-05" is the first of May, "2024" the first of January, and sorts before what begins with it.
    for row in sorted(rows, key=lambda r: (r["published"] is None, ((r["published"] or "") + "-01-01")[:10], r["id"])):
        first.setdefault(story.get(row["id"], row["id"] * -1), row["id"])
    stand, found = set(first.values()), {row["id"] for row in rows}
    for row in base:
        ks = [keys(row, f, named) for f in fields]
        for cell in ([(a,) for a in ks[0]] if len(ks) == 1 else [(a, b) for a in ks[0] for b in ks[1]]):
            for i, one in enumerate((row["id"] in stand, row["id"] in found, True)):
                cells[cell][i] += one
    return {k: tuple(v) for k, v in cells.items() if v[1] or fields[0] in FIELDS[:3] and len(fields) == 1}, len(stand)


def main():
    r, db, compared = random.Random(11), sqlite3.connect(ARCHIVE), 0
    story = dict(db.execute("SELECT id, story FROM story JOIN bulletin USING(doc)"))
    assert story, "the archive has copies"
    named = collections.defaultdict(list)
    for id, name in db.execute("SELECT b.id, o.name FROM mention m JOIN organization o ON o.id = m.organization"
                               " JOIN bulletin b ON b.doc = m.doc"):
        named[id].append(name)
    for n in range(20):
        filters = FILTERS[n % len(FILTERS)]
        queries = [query(r) for _ in range(10)]
        fields = [FIELDS[n % 6]] if n % 3 else r.sample(FIELDS, 2)
        by = [x for f in fields for x in ("--by", f)]
        lines = run("count", *filters, *by, "--batch", "-", text="".join(q + "\n" for q in queries)).splitlines()
        assert len(lines) == len(queries), (filters, fields)
        base = [json.loads(l) for l in run("export", *filters).splitlines()]
        for q, line in zip(queries, lines):
            rows = [json.loads(l) for l in run("export", *filters, "--", *([q] if q else [])).splitlines()]
            told = json.loads(line)
            cells, stories = scan(rows, base, fields, story, named)
            assert (told["stories"], told["bulletins"], told["base"]) == (stories, len(rows), len(base)), (q, filters, told)
            counted = {}
            for row in told["rows"]:  # several bodies may have one name: a row each
                key, figures = tuple(row[f] for f in fields), (row["stories"], row["bulletins"], row["base"])
                assert key not in counted or "org" in fields, (q, filters, fields, key)
                counted[key] = tuple(map(sum, zip(counted.get(key, (0, 0, 0)), figures)))
            assert counted.keys() == cells.keys(), (q, filters, fields, counted.keys() ^ cells.keys())
            for key, figures in counted.items():
                assert figures[:2] == cells[key][:2], (q, filters, fields, key, figures, cells[key])
                # Of bodies that nothing is found of there is no row, whoever else has their name.
                assert figures[2] == cells[key][2] or "org" in fields and figures[2] < cells[key][2], (q, key)
            compared += 1
    print(compared, "counts equal a scan")
    assert compared == 200


main()

# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors
"""Pairs of bulletins, by rules from the corpus and from invented patterns: copies, and look-alikes that are other news.

pairs.py make BULLETINS.jsonl > RECORDS.jsonl   records; the key of each is STORY/NUMBER
pairs.py judge ARCHIVE                          precision and recall of the archive's stories; fails below the bounds
"""
import itertools
import json
import os
import random
import re
import sqlite3
import sys

import kinds

PLACES = "临苇 沙渚 云栾 松砚 柳汀 雾岭 听潮 岚溪 晒谷 荻浦 雁归 青螺 石鼓 白鹭 长亭 望海".split()
PEOPLE = "柏青松 卜一帆 梅若初 何岚 虞小满 褚立夏 荀秋白 鲍思远 俞晴川 季怀瑾 翁知秋 汤雨田".split()
TRADES = "纺织 陶瓷 制伞 家具 皮革 造纸 水泥 食糖 钟表 玻璃 印染 铸造".split()
HANDS = "一 二 三 四 五 六 七 八 九 十".split()
NOTES = ["编者按：这篇报道刊出后，不少读者来信谈自己厂里的事，本刊将陆续选登。", "（本文在发表时略有改动，标题为编者所加。）",
         "编者的话：基层的做法值得一看，欢迎各地来稿介绍经验，来稿请寄编辑部。", "（原题为旧题，转载时有删节）"]
AGENCIES = ["青澜社{p}{d}日电（记者 {n}）", "本报讯（记者{n} 通讯员{m}）", "{p}日报{p}{d}日讯 记者{n}报道：", "据{p}广播电台消息，"]
ENGLISH_NOTES = ["Editor's note: this report first appeared in a paper of the coast and is printed here with thanks.",
                 "(The headline is ours. Letters on this report may be sent to the editors until the end of the week.)"]


def paragraphs(text):
    return [p for p in text.split("\n") if p.strip()]


# ---- copies ----

def headline(r, title, body):
    return r.choice(["", "关注｜", "转载："]) + (title or "") + r.choice(["（组图）", "——记者手记", "", " 引关注"]), body


def agency(r, title, body):
    line = r.choice(AGENCIES).format(p=r.choice(PLACES), d=r.randint(1, 28), n=r.choice(PEOPLE), m=r.choice(PEOPLE))
    return title, line + body


def note(r, title, body):
    line = r.choice(NOTES if re.search("[一-龥]", body) else ENGLISH_NOTES)
    return title, line + "\n" + body if r.random() < 0.5 else body + "\n" + line


def cut(r, title, body):
    """The end falls off, or a paragraph in the middle, never more than two fifths."""
    ps, out = paragraphs(body), []
    if len(ps) < 2:
        return title, body[:max(int(len(body) * 0.75), 1)]
    out = list(ps)
    for _ in range(len(ps)):
        i = len(out) - 1 if r.random() < 0.6 else r.randrange(1, len(out)) if len(out) > 1 else 0
        if sum(map(len, out)) - len(out[i]) < 0.6 * sum(map(len, ps)):
            break
        out.pop(i)
    return title, "\n".join(out)


def merge(r, title, body):
    return title, ("" if re.search("[一-龥]", body) else " ").join(paragraphs(body))


def split(r, title, body):
    return title, re.sub("(?<=[。.])(?=.)", lambda m: "\n" if r.random() < 0.4 else "", body)


def widths(r, title, body):
    return title, body.replace("，", ",").replace("“", "\"").replace("”", "\"") if r.random() < 0.3 else body.replace("\n", "\n　　")


# Bulletins of the corpus that tell one story in the same words (corpus/README.md).
SAME = {"012": "011", "081": "011", "082": "015"}
COPIES = [headline, agency, note, cut, merge, split, widths]


def copy_of(r, title, body):
    for rule in [headline] + r.sample(COPIES[1:], r.randint(1, 3)):
        title, body = rule(r, title, body)
    return title, body


# ---- look-alikes ----

MEETING = """{p}市{t}行业工会联合会{y}年年会{m}月{d}日在{q}召开。会议听取了第{k}届委员会所作的工作报告，审议了经费收支情况的报告，选举{n}为主席。
报告说，过去一年，全行业新建工会{a}家，发展会员{b}人，签订集体合同{c}份，覆盖职工{e}人；举办技能竞赛{f}场，{g}名职工晋级。
会议要求，各级工会要把维护职工权益作为基本职责，把提升职工技能作为重要任务，把关心职工生活作为经常工作，让职工有更多的获得感。
会议由{o}主持，来自全市各{t}企业的{h}名代表参加会议。"""
CONTEST = """{m}月{d}日，{p}市职工职业技能大赛{t}项目决赛在{q}职业学校举行，来自{a}家企业的{b}名选手参加了比赛。
比赛分理论考试和实际操作两个部分，总成绩由两部分按比例折算。经过{f}个小时的角逐，来自{q}{t}厂的{n}获得第一名，{o}获得第二名。
市总工会有关负责人表示，竞赛是发现人才的平台，今后要把更多的岗位纳入竞赛，让更多的职工脱颖而出。获奖选手将按规定晋升技能等级。"""
VISIT = """{m}月{d}日，{p}市总工会主席{n}到{q}县走访慰问困难职工，为{a}户困难职工家庭送去慰问金和米面油等慰问品。
每到一处，{n}都详细询问他们的身体状况、家庭收入和子女上学情况，鼓励他们树立信心，克服困难，相信在党委政府的关心下，日子会越来越好。
据了解，今年以来，{p}市总工会共筹集慰问资金{b}万元，慰问困难职工{c}人。"""
WEATHER = """{p}市气象台{m}月{d}日发布：今天白天到夜间多云，最高气温{a}度，最低气温{f}度，偏北风{g}级。高温作业的企业请合理安排作息时间，做好防暑降温工作。"""
COUNCIL = """The annual council of the {p2} branch of the {t2} workers' union met in {q2} on {d} {mm} {y}. Delegates of {a} mills heard the report of the secretary, {n2}, and agreed the accounts of the year.
The report says that the branch has {e} members, {b} more than a year ago, and that {c} of them sat the examination for the higher grade. The council resolved to ask the owners for better lamps, for a canteen in each mill, and for a holiday in the week of the harvest.
The next council will meet in {r2}."""
PATTERNS = [MEETING, CONTEST, VISIT, WEATHER, COUNCIL]
ENGLISH_PLACES = "Linwei Shazhu Gullport Tingchao Lanxi Shaigu Dipu Yangui Qingluo Shigu".split()
ENGLISH_TRADES = "cotton pottery umbrella furniture leather paper cement sugar clock glass".split()
MONTHS = "January February March April May June July August September October November December".split()


def fill(r, pattern):
    values = {k: str(r.randint(*span)) for k, span in dict(
        a=(11, 99), b=(100, 999), c=(100, 999), d=(1, 28), e=(1000, 9999), f=(2, 9), g=(10, 99), h=(100, 300),
        m=(1, 12), y=(2001, 2024)).items()}
    p, q = r.sample(PLACES, 2)
    n, o = r.sample(PEOPLE, 2)
    p2, q2, r2 = r.sample(ENGLISH_PLACES, 3)
    return pattern.format(p=p, q=q, n=n, o=o, t=r.choice(TRADES), k=r.choice(HANDS), p2=p2, q2=q2, r2=r2,
                          t2=r.choice(ENGLISH_TRADES), mm=r.choice(MONTHS), n2=r.choice(ENGLISH_PLACES) + " Brook", **values)


FIGURE = r"(?<!\d)[1-9]\d{0,3}(?!\d)"


def next_year(r, body):
    """The same meeting a year later: dates and figures are others, some words too."""
    year = lambda m: str(int(m.group()) + 1)
    body = re.sub(r"(?:19|20)\d\d", year, body)
    body = re.sub(FIGURE, lambda m: str(int(m.group()) + r.randint(1, 9)), body)
    return body


def elsewhere(r, body):
    """The same pattern in another place."""
    found = [p for p in PLACES if p in body]
    for p in found:
        body = body.replace(p, r.choice([x for x in PLACES if x not in found]))
    return next_year(r, body)


def make(bulletins):
    r, out = random.Random(7), []

    def tell(story, title, body, copies):
        out.append({"key": f"{story}/{len(out)}", "title": title, "body": body})
        for _ in range(copies):
            out.append({"key": f"{story}/{len(out)}"} | dict(zip(("title", "body"), copy_of(r, title, body))))

    for line in open(bulletins, encoding="utf-8"):
        record = json.loads(line)
        title, body = record.get("title") or "", record["body"]
        if len(body) < 150:
            continue
        page = os.path.basename(record["key"])[:3]
        tell(SAME.get(page, page), title, body, 2)
        if len(re.findall(FIGURE, body)) >= 5 and page not in SAME:
            tell(page + " a year later", title, next_year(r, body), 0)
    for i, pattern in enumerate(PATTERNS):
        for k in range(8):
            body = fill(r, pattern)
            tell(f"pattern {i} {k}", "", body, 1)
            tell(f"pattern {i} {k} elsewhere", "", elsewhere(r, body), 0)
    for story, title, body in kinds.tell(r, sys.modules[__name__]):
        tell(story, title, body, 0)
    for record in out:
        print(json.dumps(record, ensure_ascii=False))


def judge(archive):
    db = sqlite3.connect(archive)
    rows = db.execute("SELECT key, coalesce(story, -b.doc) FROM bulletin b LEFT JOIN story s ON s.doc = b.doc").fetchall()
    right = found = both = 0
    wrong = []
    for (a, x), (b, y) in itertools.combinations(rows, 2):
        same, told = a.split("/")[0] == b.split("/")[0], x == y
        right, found, both = right + same, found + told, both + (same and told)
        if same != told:
            wrong.append(("missed" if same else "joined", a, b))
    precision, recall = both / max(found, 1), both / max(right, 1)
    print(f"{len(rows)} bulletins, {right} pairs of copies, precision {precision:.4f}, recall {recall:.4f}")
    for line in wrong[:40]:
        print(*line)
    return right >= 300 and len(rows) >= 500 and precision >= 0.98 and recall >= 0.95


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2])
    elif not judge(sys.argv[2]):
        sys.exit(1)

# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors
"""More kinds of pairs than copies by rule: what papers, agencies and offices do to a report, and what only looks like it.

Each kind gives groups: bulletins of one group are copies of one another, those of different groups are other news.
"""

SPEECH = """各位代表，同志们：工会是职工自己的组织，离开了车间和班组，工会就成了一块牌子。
这几年我们跑遍了全市的街镇，听到最多的一句话是，有事不知道找谁。有人说工会的门槛高，有人说工会的桌子冷，这些话不好听，可都是真话。
我们要把办公桌搬到离职工最近的地方去。流水线旁边可以办公，职工食堂里可以办公，建筑工地的板房里也可以办公。
我们还要学会听。听老师傅说手艺怎么传，听年轻人说工资够不够花，听女工说孩子放学以后没有人接。听完了要记，记完了要办，办完了要告诉人家办成了没有。
钱要花在看得见的地方。会费是大家一分一分交上来的，请人吃饭的钱一分也不能出，买药、修澡堂、添图书的钱一分也不能省。
干部要敢替职工说话。该坐下来谈的就坐下来谈，该写进合同的就写进合同，写进了合同的就要一条一条落到实处。
我相信，只要我们把职工放在心里，职工就会把工会当成家。"""
LEADS = ["{p}市工会代表大会昨天开幕，市总工会主席{n}在会上讲话。本报摘要刊登如下。",
         "“把桌子搬到车间去。”{n}在{p}的一席话，赢得了全场长时间的掌声。记者在现场记录了这篇讲话的全文。",
         "（记者 {m}）工会怎样才能离职工近一些？在日前举行的大会上，{n}给出了自己的回答。以下为讲话内容："]
REPORT = ["{p}的{t}厂里，{n}的徒弟今年都出了师。厂里给每个人发了一只刻着名字的工具箱。",
          "{n}十七岁进厂，跟着师傅学看机器。师傅不爱说话，只让他听，说机器病了会咳嗽，听懂了咳嗽，才算入了门。",
          "后来师傅退休，把一本写满小字的本子交给他。本子里记着每台机器哪一年换过什么零件，哪个螺丝总是先松。",
          "{n}把本子抄了许多份，一个徒弟一份，还添上自己的画。画里的机器都长着眼睛，坏脾气的那台皱着眉头。",
          "厂工会听说了，把这本画册印出来，发到每个班组。别的厂来参观，也要走了不少。",
          "有人问他图什么。他想了想说，师傅给我的时候什么也没图，我不能比师傅小气。",
          "如今厂里要换新机器，屏幕上全是字。{n}戴上老花镜，又买了一本新本子，从头记起。"]
LIVE = ["来自{q}的代表第一个发言，说的是食堂的饭菜和宿舍的热水，台下不时有人点头。",
        "轮到女工代表，她带来了孩子画的一张画，画上写着：妈妈早点回家。会场安静了好一会儿。",
        "休会的时候，代表们围着展板看照片，有人认出了照片里年轻的自己，笑得合不拢嘴。",
        "下半场开始，{n}宣读倡议书，希望各厂把节约下来的电费拿出一半，用来改善照明。",
        "最后一位发言的是刚进厂的学徒，他只说了一句话：我想把手艺学完再想别的事。",
        "表决结果公布，倡议书获得通过，全场起立鼓掌，会议在歌声里结束。"]
MARKET = """{p}{t}市场今日行情：一级品报{a}元，较昨日上涨{f}元；二级品报{b}元，与昨日持平；成交{c}吨，库存{e}吨。交易商表示，下游企业按需采购，观望气氛较浓，预计短期内价格以稳为主，个别规格可能小幅波动。"""
FORECAST = """{p}气象台发布：今天夜间到明天，{w}，气温{f}到{a}度，{v}。请广大职工朋友注意添减衣物，户外作业人员注意安全，出行时尽量避开早晚高峰。"""
NOTICE = """定于{k}月{d}日上午九时在{p}市工人文化宫{q}厅召开{t}行业工会主席例会，请准时参加。"""
TENDER = """{p}市总工会{q}疗养院改造工程已由主管部门批准建设，资金来自{x}，现对该项目的施工进行公开招标，凡具备相应资质的企业均可报名，报名时须携带营业执照、资质证书和法人委托书原件，逾期不予受理，联系人{n}。"""
OBITUARY = """本会退休干部{n}同志因病医治无效，在{p}逝世，享年{a}岁。{n}同志是{q}人，早年在{t}厂当学徒，参加工会工作后长期在基层奔走，为人正直，作风朴素，深受职工爱戴。遵照本人遗愿，丧事从简，不举行告别仪式。"""
WINNERS = """{p}市总工会日前公布本年度{t}行业岗位能手名单。{n}、{o}等获得一等奖，{q}厂获得组织奖。获奖者将由市总工会颁发证书和奖杯，并优先推荐参加上一级的评选。各级工会要广泛宣传他们的事迹，激励更多职工立足岗位、钻研技术、提高本领。"""
PARTS = [["工会的牌子挂出来容易，立得住难。{p}的几家小厂凑在一起，花了整整一个冬天才把章程商量妥当，光是会费交多少就吵了好几回。",
          "{n}那时候骑一辆旧自行车，一家一家敲门。有的老板客客气气倒茶，就是不提正事；有的干脆隔着门说没空。",
          "到了春天，第一次大会总算开成，到会的人坐满了借来的教室，后排还站着不少看热闹的。"],
         ["牌子立住了，事情才刚刚开始。第一桩是澡堂，锅炉坏了两年没人修，工人们下了班只能用冷水冲一冲。",
          "{n}请来了退休的锅炉工，几个人趴在地上量管子，量完又去旧货市场淘零件，硬是没花多少钱就修好了。",
          "通水那天，澡堂门口排起了长队，有个小伙子洗完出来大声说，今天才算知道会费交给谁了。"]]
ENGLISH = ["The lamps in the {t2} mill at {p2} went out for an hour on Tuesday night, and nobody left the looms.",
           "Old hands remember the years when a dark shed meant a day without pay, and they told the young ones so while they waited.",
           "The branch has asked the owners for a second line from the power house, and for candles in glass until it is laid.",
           "A clerk of the company said that the request would be looked at, though he could not say by whom or when.",
           "The women of the carding room have begun to bring their own torches, and the shop is selling them at cost.",
           "Delegates will speak of it again when the council meets in {q2}, and they mean to bring the bill for the torches."]
ENGLISH_LEADS = ["{p2}, Wednesday. - Hands at one of the oldest mills on the coast worked by matchlight this week, and the union wants to know why.",
                 "From our own correspondent: a failure of the current has set the {t2} trade of {p2} talking about its lamps.",
                 "The union has spoken up for its members in {p2} after an hour without light that could have cost somebody a hand."]
SCHOOL = ["{p}市总工会办的夜校搬了新地方，教室里添了二十台旧电脑，是{q}的一家公司淘汰下来捐给他们的。",
          "夜校开的课五花八门，有看图纸的，有学写字的，也有教怎样跟房东签租约的，哪门课人多，哪门课就再开一班。",
          "教看图纸的老师姓{n}，白天在{t}厂上班，晚上骑车过来，讲课费一分不要，只要求学生不准迟到。",
          "有个送货的小伙子，每晚听到一半就得走，{n}便把后一半录下来，第二天发到他的手机上。",
          "还有一位做饭的大姐，认字不多，硬是跟着写字班写完了一本日记，写的全是食堂里的事，念出来满屋子人都笑。",
          "夜校的负责人说，人来了就是信任，桌椅可以旧，灯不能暗，老师不能糊弄。"]
BRIEF = ["{p}的{t}厂昨天给新工人发了第一本职工手册，手册是老工人们自己编的，用的全是大白话。",
         "手册里写着到哪里领手套，迟到了怎么办，受了伤先找谁，厂门口哪一家面馆不给短秤。"]
TITLES = ["车间里的画册", "A picture book for the shop floor", "老师傅和他的本子", "従業員の絵本", "Das Bilderbuch der Werkstatt"]
WEATHERS = ["多云转阴", "晴间多云", "阴有小雨", "小到中雨", "阵雨转多云", "晴"]
WINDS = ["偏北风三到四级", "东南风二到三级", "西风四级左右", "微风", "东北风五级，阵风六级"]
FUNDS = ["上级补助和本会自筹", "会费留成", "财政拨款", "企业赞助", "本会历年结余"]


def fill_all(r, pairs, lines):
    """The same names in all lines of a report."""
    values = names(r, pairs)
    return [line.format(**values) for line in lines]


def names(r, pairs):
    p, q = r.sample(pairs.PLACES, 2)
    n, o, m = r.sample(pairs.PEOPLE, 3)
    p2, q2 = r.sample(pairs.ENGLISH_PLACES, 2)
    return dict(p=p, q=q, n=n, o=o, m=m, p2=p2, q2=q2, t=r.choice(pairs.TRADES), t2=r.choice(pairs.ENGLISH_TRADES),
                a=r.randint(11, 99), b=r.randint(100, 999), c=r.randint(100, 999), d=r.randint(1, 28), e=r.randint(1000, 9999),
                f=r.randint(2, 9), k=r.randint(1, 12), w=r.choice(WEATHERS), v=r.choice(WINDS), x=r.choice(FUNDS))


def speech(r, pairs):
    """One speech in three papers with other leads, one of them short of its end."""
    v = names(r, pairs)
    body = SPEECH.split("\n")
    yield [lead.format(**v) + "\n" + "\n".join(body if i else body[:-1]) for i, lead in enumerate(LEADS)]


def versions(r, pairs):
    """Two agencies from one desk: other leads, other ends, the middle the same; a headline in another language."""
    lines = fill_all(r, pairs, REPORT)
    a, b = names(r, pairs), names(r, pairs)
    first = f"{a['q']}社电（记者{a['m']}）工厂里的师徒故事，往往从一本旧本子开始。\n" + "\n".join(lines[1:])
    second = "\n".join(lines[:6]) + f"\n（{b['q']}通讯社供稿 编辑{b['m']}）"
    yield ["\n".join(lines), first, second]


def english(r, pairs):
    lines = fill_all(r, pairs, ENGLISH)
    v = names(r, pairs)
    yield ["\n".join(lines)] + [lead.format(**v) + "\n" + "\n".join(lines[1:]) for lead in ENGLISH_LEADS[:2]] + \
        ["\n".join(lines[:5]) + "\n(Abridged.)"]


def correction(r, pairs):
    """The same report with a notice and one wrong name put right."""
    lines = fill_all(r, pairs, SCHOOL)
    right = list(lines)
    right[5] = right[5].replace("负责人", "校长")
    yield ["\n".join(lines), "更正：前次刊出的稿件中单位名称有误，现重新刊登，谨向读者致歉。\n" + "\n".join(right)]


def liveblog(r, pairs):
    """A report that grows: each state holds the one before, the newest on top."""
    lines = fill_all(r, pairs, LIVE)
    states = ["\n".join(reversed(lines[:n])) for n in (3, 4, 6)]
    yield states


def digest(r, pairs):
    """A brief within a digest is no copy of the digest."""
    lines = fill_all(r, pairs, BRIEF)
    others = [fill_all(r, pairs, x)[0] for x in ([MARKET], [TENDER], [OBITUARY], [WINNERS])]
    yield ["\n".join(lines)]
    yield ["一周简讯\n" + "\n".join(others[:2] + ["".join(lines)] + others[2:])]


def parts(r, pairs):
    """The first and the second part of one series, under one headline with one note."""
    v = names(r, pairs)
    note = "（本文是连载，全文较长，分期刊出，插图由本报美术组绘制，转载请与编辑部联系。）"
    for part in PARTS:
        yield ["\n".join(x.format(**v) for x in part) + "\n" + note]


def other(pattern, change):
    """The same pattern with other values, one or all of them."""
    def pattern_kind(r, pairs):
        v = names(r, pairs)
        yield [pattern.format(**v), pattern.format(**v) + f"\n（责任编辑：{r.choice(pairs.PEOPLE)}）"]
        seen = {pattern.format(**v)}
        while len(seen) < 4:
            w = names(r, pairs)
            body = pattern.format(**({**v, **{k: w[k] for k in change}} if change else w))
            if body not in seen:
                yield [body]
            seen.add(body)
    pattern_kind.__name__ = "pattern"
    return pattern_kind


KINDS = {"speech": speech, "versions": versions, "english": english, "correction": correction, "liveblog": liveblog,
         "digest": digest, "parts": parts, "market": other(MARKET, "abcef"), "market elsewhere": other(MARKET, None),
         "forecast": other(FORECAST, "afvw"), "forecast elsewhere": other(FORECAST, None), "notice": other(NOTICE, "d"),
         "notice elsewhere": other(NOTICE, None), "tender": other(TENDER, "q"), "tender elsewhere": other(TENDER, None),
         "obituary": other(OBITUARY, "naqt"), "winners": other(WINNERS, "tnoq")}


def tell(r, pairs):
    """(story, title, body) of each bulletin."""
    for name, kind in KINDS.items():
        for n in range(4 if kind.__name__ == "pattern" else 1):
            for g, group in enumerate(kind(r, pairs)):
                for body in group:
                    yield f"{name} {n} {g}", r.choice(TITLES), body

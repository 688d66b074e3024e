#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors
"""Write lib/text/variants.tsv: characters that folding changes and ICU's Traditional-Simplified leaves alone.

    scripts/variants.py > lib/text/variants.tsv

Needs uconv (ICU) and the Unicode data files (Debian: icu-devtools, unicode-data). The result is checked in, so that a
build needs neither; ICU's own pairs are not repeated in it.
"""
import bz2
import collections
import subprocess

UNIHAN = '/usr/share/unicode/Unihan_Variants.txt.bz2'
NAMES = '/usr/share/unicode/UnicodeData.txt'

# kSemanticVariant joins some characters that people keep apart (names above all: 喆 and 哲). These are plain
# variant forms, used by newspapers of Hong Kong, Taiwan, Singapore and older print.
PLAIN = (
    '両塲壻妬峩峯嵗幙廐廸徧怱悤慂憇懽扞拏揑摠擡攷敍旂旛暎櫈枱栢棃棅棊椀椶槀槩欝歴汚涖滙濶烖炤煖煑牕犂猨玅'
    '甎畊畧疎痺瘉皷盌秔稭穅穉窓窻窰竝筦箒糉紥緜纎缾罁羗羮聦脇膓臙舘艶菴葢蕋蘂蟁蠏蠭衞襃襍覇覊覔觧貛貭賍賛賷'
    '趂躶輭辠迺遡邨酧鉄銕鎻閙隣韈靭飃飜餙餻饍鬪鴈鵞鹻麄麪麫収処変戯敎査歳殻氊畵礟糡綂縁裠辤逓隠頼顕餠髙黙鞵'
    '竒凣刄')

# What no data file states as needed here.
BY_HAND = {
    '〇': ('零', 'the numeral zero, written either way'),
    '閤': ('合', 'kSimplifiedVariant, first of two'),
    '韆': ('千', 'kSimplifiedVariant, first of two: 鞦韆 is 秋千'),
    '嶽': ('岳', 'kSemanticVariant; its kSimplifiedVariant is hardly ever written'),
    '麴': ('曲', 'kSimplifiedVariant 麹 is Japanese; 麴酒 is 曲酒'),
    '谘': ('咨', 'plain variant: 諮詢 is 咨询'),
    '蔴': ('麻', 'plain variant: 苧蔴 is 苎麻'),
}


def variants():
    """{property: {character: [character, ...]}}"""
    table = collections.defaultdict(dict)
    for line in bz2.open(UNIHAN, 'rt', encoding='utf8'):
        if line.startswith('U+'):
            code, name, values = line.rstrip('\n').split('\t')
            table[name][chr(int(code[2:], 16))] = [chr(int(v.split('<')[0][2:], 16)) for v in values.split()]
    return table


def transliterated(identifier, characters):
    text = '\n'.join(characters).encode()
    done = subprocess.run(['uconv', '-f', 'utf8', '-t', 'utf8', '-x', identifier], input=text, capture_output=True, check=True)
    return dict(zip(characters, done.stdout.decode().split('\n')))


def in_gb2312(character):
    try:
        return bool(character.encode('gb2312'))
    except UnicodeEncodeError:
        return False


def small_kana():
    """Names such as HIRAGANA LETTER SMALL TU say which letter is meant."""
    names = {}
    with open(NAMES, encoding='utf8') as lines:
        for line in lines:
            code, name = line.split(';')[:2]
            names[name] = chr(int(code, 16))
    for name, character in names.items():
        if name.startswith(('HIRAGANA', 'KATAKANA')) and ' SMALL ' in name and name.replace(' SMALL ', ' ') in names:
            yield character, names[name.replace(' SMALL ', ' ')]


def rows():
    unihan = variants()
    han = [chr(c) for c in range(0x4E00, 0xA000)]
    simple = transliterated('Traditional-Simplified', han)
    left = [c for c in han if simple[c] == c and c not in BY_HAND]
    taken = set()
    for c in left:
        to = unihan['kSimplifiedVariant'].get(c, [])
        if len(to) == 1 and to[0] != c:
            taken.add(c)
            yield c, to[0], 'Unihan kSimplifiedVariant'
    for name, allowed in (('kZVariant', left), ('kSemanticVariant', PLAIN)):
        for c in allowed:
            to = {simple.get(v, v) for v in unihan[name].get(c, [])}
            to = {v for v in to if in_gb2312(v)}
            if len(to) == 1 and not in_gb2312(c) and simple[c] == c and c not in taken:
                taken.add(c)
                yield c, to.pop(), 'Unihan ' + name
    for c, to in small_kana():
        yield c, to, 'UnicodeData: small form'
    for c, (to, source) in BY_HAND.items():
        yield c, to, source


def main():
    print('# Characters that fold to another one, beside those of ICU\'s Traditional-Simplified and of NFKC_Casefold.')
    print('# Written by scripts/variants.py. From, to, source, and the two characters.')
    for c, to, source in sorted(rows()):
        print(f'U+{ord(c):04X}\tU+{ord(to):04X}\t{source}\t{c} {to}')


if __name__ == '__main__':
    main()

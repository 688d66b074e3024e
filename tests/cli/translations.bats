# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

# read_sources STATEMENTS: run them with `said`, every sentence that the client's sources hand to a function
# that translates, and `known`, the pairs of the table.
read_sources() {
    python3 - "$BATS_TEST_DIRNAME/../../cli" "$1" <<'PYTHON'
import glob, re, sys
text = r'((?:"(?:[^"\\]|\\.)*"|PRI[a-z0-9]+|\s)+)'
def joined(source):
    return re.sub(r'\s*\n\s*', ' ', re.sub(r'"\s*"', '', source.strip()))
said = set()
for path in glob.glob(sys.argv[1] + '/*.c'):
    source = open(path, encoding='utf-8').read()
    if path.endswith('/chinese.c'):
        table = source
        continue
    for call in (r'message_(?:say|note|text)\(\s*', r'option_complain\(\s*[^,]+,\s*', r'\.(?:summary|notes) = ',
                 r'OPTION_[A-Z]+, [^,]+,\s+(?:NULL|"[^"]*"),\s+', r'\{ "[a-z]+", command_[a-z]+, ',
                 r'BULLETIN_[A-Z_]+, EXIT_[A-Z]+,\s+', r'\{ "[a-z]+", ', r'_notes\[\] =\s+'):
        said |= {joined(found) for found in re.findall(call + text, source)}
for name in ('text/concept.c', 'index/concepts.c'): # what the library says of a line of terms
    source = open(sys.argv[1] + '/../lib/' + name, encoding='utf-8').read()
    said |= {joined(found) for found in re.findall(r'(?:return|[?:]) ' + text + r'(?:;|\s)', source) if ' ' in found}
source = open(sys.argv[1] + '/../lib/page/authority.c', encoding='utf-8').read() # and of organizations
said |= {joined(found) for found in re.findall(r'report\(r, ' + text, source)}
known = [(joined(a), joined(b)) for a, b in re.findall(r'\{\s*' + text + ',' + text + r'\}', table)]
assert len(said) > 80 and len(known) > 80, (len(said), len(known))
exec(sys.argv[2])
PYTHON
}

@test "a translation has the conversions of its original, in their order" {
    read_sources '
conversions = lambda s: re.findall(r"%(?:\" PRI\w+|[-0-9.]*(?:zu|[a-z]))", s)
for a, b in known:
    assert conversions(a) == conversions(b), (a, b)'
}

@test "every sentence has a translation, and no translation is left over" {
    read_sources '
words = {s for s in said if re.search(r"[a-z]{2}", re.sub(r"\" PRI\w+ \"|%[a-z]+|bulletin", "", s))}
missing = words - {a for a, b in known}
assert not missing, missing
left = {a for a, b in known} - said
assert not left, left'
}

-- The archive: one SQLite file. This file is the only place where its tables are declared; the build embeds
-- it into the library. Everything but bulletin_fts is readable by any SQLite tool; bulletin_fts needs the
-- tokenizer of libbulletin.

-- 'BLTN': lets file(1) and the library tell an archive from another SQLite file.
PRAGMA application_id = 1112298574;
PRAGMA user_version = 1;

-- What the archive says of itself: uuid, revision (raised by every change), tokenizer and icu (the index was
-- made with), next_id (public numbers are never used twice), bulletins, title_positions and body_positions
-- (totals for ranking), furniture (how many bulletins have any), unpacked (how many had their mentions written
-- since those were packed).
CREATE TABLE meta(
    name  TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;

-- The bulletins. id is the public number; it grows, so that texts are written one behind the other whatever their
-- dates. doc is what every other table and the index know a bulletin by. It runs in order of publication:
-- ((year * 13 + month) * 32 + day) << 14 | sequence, month and day 0 where unknown, so that a block of days is a
-- range of documents; the undated start at 1 << 40, what a full day cannot hold at 1 << 41. Large columns come
-- last, so that lists of hits read only the head of a row.
CREATE TABLE bulletin(
    id                 INTEGER PRIMARY KEY,
    doc                INTEGER NOT NULL UNIQUE,
    key                TEXT NOT NULL,
    collection         TEXT NOT NULL DEFAULT '',
    published          TEXT, -- YYYY-MM-DD, YYYY-MM or YYYY
    published_earliest TEXT, -- the same as a block of days
    published_latest   TEXT,
    published_from     TEXT,
    source             TEXT,
    site               TEXT,
    author             TEXT,
    url                TEXT,
    lang               TEXT, -- BCP 47
    title              TEXT,
    path               TEXT, -- origin: where it was read
    captured           TEXT, --         when the page was saved, if known
    imported           TEXT NOT NULL, -- UTC, RFC 3339
    sha256             BLOB, --         of the bytes read
    extractor          INTEGER NOT NULL,
    replaced           INTEGER NOT NULL DEFAULT 0, -- broken pieces of the input that became U+FFFD
    content            BLOB NOT NULL, -- SHA-256 of the fields, to tell a changed bulletin from the same
    organizations      TEXT, -- names a record stated, as a JSON array
    body               TEXT NOT NULL,
    furniture          TEXT NOT NULL DEFAULT '',
    UNIQUE(key, collection)
);

-- What bulletins are counted by, without a walk over their texts.
CREATE INDEX bulletin_head ON bulletin(doc, source, lang);

-- Addresses are looked through as a whole.
CREATE INDEX bulletin_url ON bulletin(doc, url) WHERE url IS NOT NULL;

-- Bulletins that something may be wrong with (is:short ...), so that no text is read to find them. Conditions are
-- those of lib/index/audit.c, letter for letter.
CREATE INDEX bulletin_short ON bulletin(doc) WHERE length(trim(body, ' ' || char(9, 10, 13, 12288))) < 60;
CREATE INDEX bulletin_untitled ON bulletin(doc) WHERE coalesce(title, '') = '';
CREATE INDEX bulletin_undated ON bulletin(doc) WHERE published IS NULL;
CREATE INDEX bulletin_replaced ON bulletin(doc) WHERE replaced > 0;
CREATE INDEX bulletin_collision ON bulletin(doc)
    WHERE key GLOB '*#[1-9]*' AND rtrim(key, '0123456789') GLOB '*#';
CREATE INDEX bulletin_furniture ON bulletin(doc)
    WHERE length(furniture) >= 60 AND length(furniture) > 2 * length(body);

-- Dates of the bulletins that stand beyond the block of their day (from 1 << 41 on).
CREATE INDEX bulletin_spilled ON bulletin(doc, published_earliest, published_latest) WHERE doc >= 2199023255552;

-- Pages at other paths with the same text are found by it; records have keys of their own.
CREATE INDEX bulletin_page ON bulletin(content) WHERE key = path;

-- Former texts of bulletins that were replaced, each as the JSON record that import takes back.
CREATE TABLE version(
    id       INTEGER NOT NULL,
    number   INTEGER NOT NULL, -- 1 is the oldest
    replaced TEXT NOT NULL,    -- UTC, RFC 3339
    record   TEXT NOT NULL,
    PRIMARY KEY(id, number)
);

-- Files that were read whole, so that unchanged ones need not be opened again. A page's row names its bulletin:
-- several paths may hold the same text.
CREATE TABLE file(
    path       TEXT NOT NULL,
    collection TEXT NOT NULL,
    size       INTEGER NOT NULL, -- -1 = to be read again
    mtime      INTEGER NOT NULL, -- nanoseconds; 0 = too young to be trusted
    extractor  INTEGER NOT NULL,
    id         INTEGER,          -- of a page
    records    INTEGER NOT NULL, -- bulletins in it
    failed     INTEGER NOT NULL, -- pieces of it that were reported and not taken in
    PRIMARY KEY(path, collection)
) WITHOUT ROWID;
CREATE INDEX file_id ON file(id) WHERE id IS NOT NULL;

-- Organizations that bulletins name, and those that name them. key tells them apart: 'a:' and the id of the
-- authority's entry, 'n:' and a folded name that it does not know, 'u:' and a form that could be many bodies
-- (市总工会 where nothing says of which city). mention is derived from title, body and stated organizations.
CREATE TABLE organization(
    id   INTEGER PRIMARY KEY,
    key  TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL -- canonical, or as a bulletin writes it
);
CREATE TABLE mention(
    organization INTEGER NOT NULL,
    doc          INTEGER NOT NULL,
    PRIMARY KEY(organization, doc)
) WITHOUT ROWID;
CREATE INDEX mention_doc ON mention(doc);

-- What a search reads instead of very many rows of mention: all bulletins from first to last that name an
-- organization, docs holding the step to each from the one before, the first left out (LEB128: seven bits a byte,
-- lowest first, the eighth set in all but the last). Where there is no block, the rows are read. Whoever changes a row
-- sets docs to NULL, which is as if there were no block, until the library packs it anew.
CREATE TABLE mention_block(
    organization INTEGER NOT NULL,
    last         INTEGER NOT NULL,
    first        INTEGER NOT NULL,
    docs         BLOB,
    PRIMARY KEY(organization, last)
) WITHOUT ROWID;

-- What a search reads instead of very many organizations: those with the ids from first to last. keys holds the key of
-- each, with a NUL behind it; docs for each the number of bytes that follow, and in those the steps to the documents
-- that name it, from -1, numbers and steps as in mention_block. An id that none has is an empty key; no bytes follow
-- where rows are to be read. organization_changed holds those of which the blocks are no longer true, and ids above the
-- last of all stand in no block.
CREATE TABLE organization_block(
    last  INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    keys  BLOB NOT NULL,
    docs  BLOB NOT NULL
);
CREATE TABLE organization_changed(
    organization INTEGER PRIMARY KEY
);
CREATE TRIGGER organization_renamed AFTER UPDATE OF key ON organization BEGIN
    INSERT OR IGNORE INTO organization_changed SELECT old.id
        WHERE EXISTS(SELECT 1 FROM organization_block WHERE last >= old.id);
END;
CREATE TRIGGER mention_added AFTER INSERT ON mention BEGIN
    UPDATE mention_block SET docs = NULL
        WHERE organization = new.organization AND last >= new.doc AND first <= new.doc AND docs IS NOT NULL;
    INSERT OR IGNORE INTO organization_changed SELECT new.organization
        WHERE EXISTS(SELECT 1 FROM organization_block WHERE last >= new.organization);
END;
CREATE TRIGGER mention_removed AFTER DELETE ON mention BEGIN
    UPDATE mention_block SET docs = NULL
        WHERE organization = old.organization AND last >= old.doc AND first <= old.doc AND docs IS NOT NULL;
    INSERT OR IGNORE INTO organization_changed SELECT old.organization
        WHERE EXISTS(SELECT 1 FROM organization_block WHERE last >= old.organization);
END;
CREATE TRIGGER mention_moved AFTER UPDATE ON mention BEGIN
    UPDATE mention_block SET docs = NULL
        WHERE organization = old.organization AND last >= old.doc AND first <= old.doc AND docs IS NOT NULL;
    UPDATE mention_block SET docs = NULL
        WHERE organization = new.organization AND last >= new.doc AND first <= new.doc AND docs IS NOT NULL;
    INSERT OR IGNORE INTO organization_changed SELECT old.organization
        WHERE EXISTS(SELECT 1 FROM organization_block WHERE last >= old.organization);
    INSERT OR IGNORE INTO organization_changed SELECT new.organization
        WHERE EXISTS(SELECT 1 FROM organization_block WHERE last >= new.organization);
END;

-- The user's own entries of the authority, in the columns of corpus/organizations.tsv; they come after those that
-- are compiled in. A row whose form is 'merged' says that its id is the body `successor` now.
CREATE TABLE authority(
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL,
    lang       TEXT NOT NULL,
    form       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    parent     TEXT NOT NULL,
    place      TEXT NOT NULL,
    successor  TEXT NOT NULL,
    "when"     TEXT NOT NULL,
    not_after  TEXT NOT NULL,
    not_before TEXT NOT NULL,
    UNIQUE(id, name)
);

-- Short forms that bulletins themselves introduce for an organization, folded: they hold within their bulletin,
-- and may be worth an entry of the authority where several say so.
CREATE TABLE short_form(
    doc          INTEGER NOT NULL,
    organization INTEGER NOT NULL,
    form         TEXT NOT NULL,
    PRIMARY KEY(doc, organization, form)
) WITHOUT ROWID;

-- Terms that were added to this archive's thesaurus by hand, in the columns of corpus/thesaurus.tsv: searches use
-- them beside those that are compiled in. Rows of one concept stand for each other.
CREATE TABLE thesaurus(
    concept    TEXT NOT NULL,
    term       TEXT NOT NULL,
    lang       TEXT NOT NULL, -- BCP 47, or empty
    relation   TEXT NOT NULL, -- same, narrower, broader
    direction  TEXT NOT NULL, -- both, to, from
    quality    TEXT NOT NULL, -- exact, machine, ambiguous
    context    TEXT NOT NULL, -- words parted by |, one of which a bulletin must hold
    not_after  TEXT NOT NULL, -- characters beside which the term is part of another word
    not_before TEXT NOT NULL,
    note       TEXT NOT NULL,
    PRIMARY KEY(concept, term)
) WITHOUT ROWID;

-- Searches kept under a name, for query:NAME inside others.
CREATE TABLE saved(
    name  TEXT PRIMARY KEY,
    query TEXT NOT NULL
) WITHOUT ROWID;

-- Tokens of title and body by document: narrow, since ranking reads it for every good hit.
CREATE TABLE length(
    doc   INTEGER PRIMARY KEY,
    title INTEGER NOT NULL,
    body  INTEGER NOT NULL
);

-- What the commonest terms of the index find: how many bulletins and stories, the best of them, the newest, and blocks
-- of all of them, as blobs that lib/search/kept_hit.c and hit_block.c describe. Before each term stands the form that
-- the blobs have. The row of no term is written last; nobody looks at rows of another revision than its own. It says how
-- many bulletins there were; its best are the totals that scores were made with, its blocks what story held, packed
-- (lib/search/stories_kept.c). best_changed holds the documents that were added, removed or altered since, and those
-- whose story is another: of them the index is asked, and of all in a block where one was altered.
CREATE TABLE best(
    term      TEXT NOT NULL PRIMARY KEY,
    revision  INTEGER NOT NULL,
    bulletins INTEGER NOT NULL,
    stories   INTEGER NOT NULL,
    best      BLOB NOT NULL,
    newest    BLOB NOT NULL,
    blocks    BLOB NOT NULL
);
CREATE TABLE best_changed(
    doc INTEGER PRIMARY KEY,
    how TEXT NOT NULL -- added, altered (or removed), story: the text is the same
);
CREATE TRIGGER bulletin_added AFTER INSERT ON bulletin WHEN EXISTS(SELECT 1 FROM best) BEGIN
    INSERT INTO best_changed VALUES(new.doc, 'added') ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER bulletin_removed AFTER DELETE ON bulletin WHEN EXISTS(SELECT 1 FROM best) BEGIN
    INSERT INTO best_changed VALUES(old.doc, 'altered')
        ON CONFLICT DO UPDATE SET how = 'altered' WHERE how = 'story';
END;
CREATE TRIGGER bulletin_altered AFTER UPDATE OF doc, published_earliest, title, body, furniture ON bulletin
    WHEN EXISTS(SELECT 1 FROM best) BEGIN
    INSERT INTO best_changed VALUES(old.doc, 'altered')
        ON CONFLICT DO UPDATE SET how = 'altered' WHERE how = 'story';
    INSERT INTO best_changed VALUES(new.doc, 'added') ON CONFLICT DO NOTHING;
END;

-- Copies of one text are one story. A text is known by a hash of its words (text), so that the same words are
-- one; very short texts have none. The sketch is a sample of the text: those that have too little of it in common
-- need not be read to be compared; short texts have none.
CREATE TABLE fingerprint(
    text   INTEGER NOT NULL,
    doc    INTEGER NOT NULL,
    sketch BLOB,
    PRIMARY KEY(text, doc)
) WITHOUT ROWID;

-- Labels of each text, in order: those of texts that share much stand together.
CREATE TABLE label(
    label INTEGER NOT NULL,
    text  INTEGER NOT NULL,
    PRIMARY KEY(label, text)
) WITHOUT ROWID;

-- Texts of which one was found to be a copy of the other, both ways.
CREATE TABLE copy(
    text  INTEGER NOT NULL,
    other INTEGER NOT NULL,
    PRIMARY KEY(text, other)
) WITHOUT ROWID;

-- Bulletins of which there are copies; story is the document that stands for all of them.
CREATE TABLE story(
    doc   INTEGER PRIMARY KEY,
    story INTEGER NOT NULL
);
CREATE INDEX story_story ON story(story);
CREATE TRIGGER story_added AFTER INSERT ON story WHEN EXISTS(SELECT 1 FROM best) BEGIN
    INSERT INTO best_changed VALUES(new.doc, 'story') ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER story_removed AFTER DELETE ON story WHEN EXISTS(SELECT 1 FROM best) BEGIN
    INSERT INTO best_changed VALUES(old.doc, 'story') ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER story_changed AFTER UPDATE ON story WHEN EXISTS(SELECT 1 FROM best) BEGIN
    INSERT INTO best_changed VALUES(old.doc, 'story'), (new.doc, 'story') ON CONFLICT DO NOTHING;
END;

-- The index refers to the text in bulletin and keeps none of its own. It has no triggers: the library alone
-- writes it, and other tools can still write other tables. Lengths stand in their own table. Searches leave the
-- column of furniture out unless it is asked for; by hand: MATCH '{title body} : …'.
CREATE VIRTUAL TABLE bulletin_fts USING fts5(
    title, body, furniture,
    content='bulletin', content_rowid='doc', columnsize=0,
    tokenize='bulletin'
);

"""The archive's tables, as numbered migrations.

Some things hold everywhere:

- Times are whole seconds since 1970 (UTC) in the article tables, microseconds in `feed`, `host`, `robots`.
- A list's order is (sort, id), newest first; `sort` is the time of publication, or of the first sight
  where the feed gives none or one in the future. It never changes, so an article keeps its place.
- An article owns the passage ids from `top` downwards: `top` is its title's row, passage n is
  `top - 1 - n`. `top` is made of the minute of publication, so that counting ids down runs from the newest
  article to the oldest and through each in reading order: the search index answers newest first by itself.
- Text is stored once, compressed, in `revision`; `passage_text` holds only the index, but for the articles
  in `unindexed`, which are still to come.
- Passages that do not count (sub-headings, furniture, title rows) have `unread` NULL.
- `topic`, `labelling`, `deep_state`, `combination`, `totals` and the counts in `feed` are maintained by
  `tally` in the transaction that changes what they count; the counts of entities by `entity_counts`.
"""

from __future__ import annotations

APPLICATION_ID = 0x6E64736B
"""The four letters ndsk, in the file's header."""

_FIRST = """
CREATE TABLE feed (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  position INTEGER,                       -- in the config; NULL: not subscribed any more
  subscription TEXT NOT NULL,             -- models.Feed as JSON
  publisher TEXT NOT NULL,                -- what the lists show
  title TEXT NOT NULL DEFAULT '',
  site TEXT NOT NULL DEFAULT '',
  etag TEXT,
  last_modified TEXT,
  body_hash TEXT,
  last_poll INTEGER,
  last_success INTEGER,
  next_due INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',
  gone INTEGER NOT NULL DEFAULT 0,
  articles INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0       -- passages
) STRICT;

CREATE TABLE topic (
  id INTEGER PRIMARY KEY,
  desk TEXT NOT NULL,
  key TEXT NOT NULL,                      -- the topic's id in its desk, or 'unsorted'
  passages INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  UNIQUE (desk, key)
) STRICT;
INSERT INTO topic (id, desk, key) VALUES (0, '', 'unsorted');

CREATE TABLE labelling (                  -- a desk in one wording: what labels were made with
  id INTEGER PRIMARY KEY,
  desk TEXT NOT NULL,
  digest TEXT NOT NULL,
  articles INTEGER NOT NULL DEFAULT 0,
  UNIQUE (desk, digest)
) STRICT;

CREATE TABLE article (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  feed_id INTEGER NOT NULL REFERENCES feed,
  guid TEXT NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  published INTEGER,                      -- as the feed says
  first_seen INTEGER NOT NULL,
  sort INTEGER NOT NULL,
  fetched INTEGER NOT NULL,               -- the current revision
  revision INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  full_text TEXT NOT NULL,
  starred INTEGER NOT NULL DEFAULT 0,
  top INTEGER NOT NULL,
  blocks INTEGER NOT NULL,                -- passages, those that do not count too
  passages INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  labelling_id INTEGER NOT NULL REFERENCES labelling,
  deep_version TEXT NOT NULL DEFAULT '',
  UNIQUE (feed_id, guid)
) STRICT;
CREATE INDEX article_sort ON article (sort DESC, id DESC);
CREATE INDEX article_unread ON article (sort DESC, id DESC, unread) WHERE unread > 0;
CREATE INDEX article_starred ON article (sort DESC, id DESC) WHERE starred = 1;
CREATE INDEX article_labelling ON article (labelling_id, sort DESC, id DESC);
CREATE INDEX article_deep ON article (deep_version, sort DESC, id DESC);

CREATE TABLE revision (
  article_id INTEGER NOT NULL REFERENCES article,
  number INTEGER NOT NULL,
  fetched INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  title TEXT NOT NULL,
  full_text TEXT NOT NULL,
  blocks BLOB NOT NULL,                   -- packing.Block, all of them
  original BLOB,                          -- the markup, packing.pack_original
  UNIQUE (article_id, number)
) STRICT;

CREATE TABLE passage (                    -- of the current revision
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL,
  topic_id INTEGER NOT NULL,              -- the primary topic
  unread INTEGER
) STRICT;

CREATE TABLE label (                      -- topics with scores and reasons, packing.Label, all passages
  article_id INTEGER PRIMARY KEY REFERENCES article,
  labels BLOB NOT NULL
) STRICT;

CREATE TABLE also (                       -- further topics of a passage
  passage_id INTEGER NOT NULL,
  topic_id INTEGER NOT NULL REFERENCES topic,
  PRIMARY KEY (passage_id, topic_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE correction (                 -- topics that a person gave; they outlive revisions
  article_id INTEGER NOT NULL REFERENCES article,
  desk TEXT NOT NULL,
  text_hash BLOB NOT NULL,
  topics TEXT NOT NULL,                   -- JSON, the primary one first
  PRIMARY KEY (article_id, desk, text_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_topic (              -- passages with the topic as primary one
  topic_id INTEGER NOT NULL REFERENCES topic,
  sort INTEGER NOT NULL,
  article_id INTEGER NOT NULL REFERENCES article,
  passages INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  PRIMARY KEY (topic_id, sort DESC, article_id DESC)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_topic_unread ON article_topic (topic_id, sort DESC, article_id DESC, unread)
  WHERE unread > 0;

CREATE TABLE combination (                -- articles by the set of their topics: exact counts of every view
  unread INTEGER NOT NULL,                -- 1: by the topics with unread passages
  topics TEXT NOT NULL,                   -- topic ids, ascending, blanks between
  articles INTEGER NOT NULL,
  PRIMARY KEY (unread, topics)
) STRICT, WITHOUT ROWID;

CREATE TABLE totals (                     -- one row
  articles INTEGER NOT NULL,
  unread_articles INTEGER NOT NULL,
  passages INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  revisions INTEGER NOT NULL,
  figures INTEGER NOT NULL,
  listed INTEGER NOT NULL,                -- grows when articles enter or change lists, or change words
  marked INTEGER NOT NULL                 -- grows when read marks change
) STRICT;
INSERT INTO totals VALUES (0, 0, 0, 0, 0, 0, 0, 0);

CREATE TABLE deep_state (                 -- articles by the version of their deep pass; '' is none yet
  version TEXT PRIMARY KEY,
  articles INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entity (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,               -- kind/slug
  name TEXT NOT NULL,
  kind TEXT NOT NULL
) STRICT;

CREATE TABLE article_entity (
  article_id INTEGER NOT NULL REFERENCES article,
  position INTEGER NOT NULL,              -- in the article's entities
  entity_id INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
  passage_id INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (passage_id, start, "end", entity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity_id, passage_id DESC);

CREATE TABLE figure (
  article_id INTEGER NOT NULL REFERENCES article,
  position INTEGER NOT NULL,              -- in the article's figures
  passage_id INTEGER NOT NULL,
  category TEXT NOT NULL,
  scope TEXT NOT NULL,
  quantifier TEXT NOT NULL,
  min REAL,
  max REAL,
  best REAL,
  asserted_by TEXT,
  place TEXT,
  body TEXT NOT NULL,                     -- models.Figure as JSON, all of it
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX figure_category ON figure (category, passage_id DESC);

CREATE VIRTUAL TABLE passage_text USING fts5 (
  text, title, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
);
"""

_SECOND = """
ALTER TABLE article ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE article ADD COLUMN notices TEXT NOT NULL DEFAULT '[]';  -- of the deep pass, JSON
ALTER TABLE article_entity ADD COLUMN about INTEGER NOT NULL DEFAULT 0;

CREATE TABLE entity_alias (               -- other names that an entity was seen under, or has in a lexicon
  entity_id INTEGER NOT NULL REFERENCES entity,
  name TEXT NOT NULL,
  PRIMARY KEY (entity_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_alias_name ON entity_alias (name COLLATE NOCASE, entity_id);
CREATE INDEX entity_name ON entity (name COLLATE NOCASE, id);
CREATE INDEX article_entity_entity ON article_entity (entity_id, article_id DESC, about);
"""

_THIRD = """
ALTER TABLE feed ADD COLUMN manners TEXT NOT NULL DEFAULT '{}';  -- models.Manners as JSON

ALTER TABLE article ADD COLUMN page_note TEXT NOT NULL DEFAULT '';
                                          -- what took the text out of its page, or why that was not taken

CREATE TABLE wanted_page (                -- articles whose page is still to be read
  article_id INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  feed_id INTEGER NOT NULL REFERENCES feed,
  url TEXT NOT NULL,
  length INTEGER NOT NULL,                -- characters of the feed's own text
  tries INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX wanted_page_feed ON wanted_page (feed_id, article_id DESC);

CREATE TABLE host (                       -- hosts that asked for a pause
  name TEXT PRIMARY KEY,
  paused_until INTEGER,
  pages_until INTEGER                     -- for article pages only
) STRICT, WITHOUT ROWID;

CREATE TABLE robots (                     -- robots.txt, read before article pages
  origin TEXT PRIMARY KEY,                -- scheme, host, port
  fetched INTEGER NOT NULL,
  status INTEGER NOT NULL,
  body BLOB NOT NULL,
  etag TEXT,
  last_modified TEXT
) STRICT, WITHOUT ROWID;
"""

_FOURTH = """
ALTER TABLE revision ADD COLUMN figures BLOB;  -- of an earlier revision, packing.pack; NULL: never read

CREATE TABLE journal (                    -- what a person did, to be undone: the newest steps
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  desk TEXT NOT NULL,
  body BLOB NOT NULL,                     -- undo.Step, packing.pack
  undone INTEGER NOT NULL DEFAULT 0,
  part_of INTEGER                         -- the first row of a step that has several; NULL: this is it
) STRICT;

CREATE TABLE pruned (                     -- entries that were taken out: they do not come back with a poll
  feed_id INTEGER NOT NULL REFERENCES feed,
  guid TEXT NOT NULL,
  PRIMARY KEY (feed_id, guid)
) STRICT, WITHOUT ROWID;

ALTER TABLE labelling ADD COLUMN wording BLOB;  -- models.Desk and rules, update.relabel; NULL: not known

CREATE TABLE unindexed (                  -- articles that the search index has not yet (store.indexing)
  top INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL UNIQUE REFERENCES article
) STRICT;

CREATE UNIQUE INDEX article_top ON article (top DESC);       -- the order of the passage ids
CREATE INDEX article_feed ON article (feed_id, top DESC);
CREATE INDEX article_changed ON article (top DESC) WHERE revision > 1;
-- Entries end with the row's id anyhow: in the order of the passages without a column of their own for it.
CREATE INDEX passage_topic ON passage (topic_id);
CREATE INDEX also_topic ON also (topic_id, passage_id DESC);
CREATE INDEX figure_speaker ON figure (asserted_by, passage_id DESC) WHERE asserted_by IS NOT NULL;

CREATE TABLE series (                     -- figures of one category, place, scope, population (store.ledger)
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,               -- newsdesk.series.identity
  name TEXT NOT NULL,                     -- models.ledger.SeriesName as JSON
  near TEXT NOT NULL,                     -- category and place
  figures INTEGER NOT NULL DEFAULT 0,
  speakers INTEGER NOT NULL DEFAULT 0,    -- of the newest figures, as are conflicts
  conflicts INTEGER NOT NULL DEFAULT 0,
  newest INTEGER NOT NULL DEFAULT 0,      -- passage of the newest figure
  listed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX series_newest ON series (newest DESC, id DESC) WHERE figures > 0;
CREATE INDEX series_listed ON series (newest DESC, id DESC) WHERE listed = 1;
CREATE INDEX series_conflicts ON series (newest DESC, id DESC) WHERE conflicts > 0;
CREATE INDEX series_uncounted ON series (id) WHERE figures = 0;
CREATE INDEX series_near ON series (near, newest DESC, id DESC);
ALTER TABLE figure ADD COLUMN series_id INTEGER;             -- 0: no claim; NULL: not looked at yet
CREATE INDEX figure_series ON figure (series_id, passage_id DESC);

ALTER TABLE entity ADD COLUMN mentions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entity ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;  -- with mentions

CREATE TABLE entity_day (                 -- mentions by the day of publication
  entity_id INTEGER NOT NULL REFERENCES entity,
  day INTEGER NOT NULL,                   -- in UTC, since 1970
  mentions INTEGER NOT NULL,
  PRIMARY KEY (entity_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity_kind (                -- entities that are mentioned at all
  kind TEXT PRIMARY KEY,
  entities INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

UPDATE entity SET (mentions, articles) = (one.mentions, one.articles) FROM (
  SELECT m.entity_id, count(*) AS mentions, count(DISTINCT p.article_id) AS articles
  FROM mention AS m JOIN passage AS p ON p.id = m.passage_id GROUP BY m.entity_id) AS one
  WHERE one.entity_id = entity.id;
INSERT INTO entity_day (entity_id, day, mentions)
  SELECT m.entity_id, a.sort / 86400, count(*) FROM mention AS m JOIN passage AS p ON p.id = m.passage_id
  JOIN article AS a ON a.id = p.article_id GROUP BY 1, 2;
INSERT INTO entity_kind (kind, entities)
  SELECT kind, count(*) FROM entity WHERE mentions > 0 GROUP BY kind;
CREATE INDEX entity_mentions ON entity (mentions DESC, id DESC, articles) WHERE mentions > 0;
CREATE INDEX entity_kind_mentions ON entity (kind, mentions DESC, id DESC, articles) WHERE mentions > 0;

CREATE INDEX passage_unread ON passage (topic_id) WHERE unread = 1;

CREATE TABLE watermark (                  -- how far a topic was looked at: rows are new beyond it
  topic_id INTEGER PRIMARY KEY REFERENCES topic,
  revision INTEGER NOT NULL,              -- rowid of the newest revision then
  deep INTEGER NOT NULL,                  -- the highest article.deep_order then
  looked INTEGER NOT NULL
) STRICT;
ALTER TABLE article ADD COLUMN deep_order INTEGER;  -- grows with each text that the deep pass has read first
CREATE INDEX article_deep_order ON article (deep_order) WHERE deep_order IS NOT NULL;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH)
"""Migration n (from 0) leads to version n + 1; a released one is never edited."""

VERSION = len(MIGRATIONS)

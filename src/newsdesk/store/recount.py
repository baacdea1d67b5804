"""Every maintained count, made anew from the articles and passages alone."""

from __future__ import annotations

from newsdesk.store.base import Database, Row

_COUNTS = (
    "SELECT articles, unread_articles, passages, unread, revisions, figures FROM totals",
    "SELECT id, passages, unread FROM topic WHERE passages > 0 ORDER BY 1",
    "SELECT id, articles, unread FROM feed WHERE articles > 0 ORDER BY 1",
    "SELECT id, articles FROM labelling WHERE articles > 0 ORDER BY 1",
    "SELECT version, articles FROM deep_state WHERE articles > 0 ORDER BY 1",
    "SELECT unread, topics, articles FROM combination ORDER BY 1, 2",
    "SELECT id, passages, unread FROM article ORDER BY 1",
    "SELECT topic_id, sort, article_id, passages, unread FROM article_topic ORDER BY 1, 2, 3",
    "SELECT id, figures, newest FROM series ORDER BY 1",
    "SELECT count(*) FROM figure WHERE series_id IS NULL",
    "SELECT id, mentions, articles FROM entity WHERE mentions > 0 ORDER BY 1",
    "SELECT entity_id, day, mentions FROM entity_day ORDER BY 1, 2",
    "SELECT kind, entities FROM entity_kind WHERE entities > 0 ORDER BY 1",
)

_ANEW = """
UPDATE article SET (passages, unread) = (SELECT count(unread), coalesce(sum(unread), 0)
  FROM passage AS p WHERE p.id BETWEEN top - blocks AND top - 1);
DELETE FROM article_topic;
INSERT INTO article_topic (topic_id, sort, article_id, passages, unread)
  SELECT p.topic_id, a.sort, a.id, count(*), sum(p.unread) FROM passage AS p
  JOIN article AS a ON a.id = p.article_id WHERE p.unread IS NOT NULL GROUP BY p.topic_id, a.id;
UPDATE topic SET (passages, unread) = (SELECT coalesce(sum(t.passages), 0), coalesce(sum(t.unread), 0)
  FROM article_topic AS t WHERE t.topic_id = topic.id);
UPDATE feed SET (articles, unread) = (0, 0);
UPDATE feed SET (articles, unread) = (one.articles, one.unread)
  FROM (SELECT feed_id, count(*) AS articles, sum(unread) AS unread FROM article GROUP BY feed_id) AS one
  WHERE one.feed_id = feed.id;
UPDATE labelling SET articles = (SELECT count(*) FROM article AS a WHERE a.labelling_id = labelling.id);
DELETE FROM deep_state;
INSERT INTO deep_state (version, articles) SELECT deep_version, count(*) FROM article GROUP BY deep_version;
DELETE FROM combination;
INSERT INTO combination (unread, topics, articles)
  SELECT 0, coalesce(topics, ''), count(*) FROM (SELECT a.id, (SELECT group_concat(topic_id, ' ' ORDER BY topic_id)
    FROM (SELECT DISTINCT topic_id FROM passage WHERE id BETWEEN a.top - a.blocks AND a.top - 1
      AND unread IS NOT NULL)) AS topics FROM article AS a) GROUP BY 2;
INSERT INTO combination (unread, topics, articles)
  SELECT 1, coalesce(topics, ''), count(*) FROM (SELECT a.id, (SELECT group_concat(topic_id, ' ' ORDER BY topic_id)
    FROM (SELECT DISTINCT topic_id FROM passage WHERE id BETWEEN a.top - a.blocks AND a.top - 1
      AND unread = 1)) AS topics FROM article AS a) GROUP BY 2;
INSERT INTO totals SELECT 0, 0, 0, 0, 0, 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM totals);
UPDATE totals SET articles = (SELECT count(*) FROM article),
  unread_articles = (SELECT count(*) FROM article WHERE unread > 0),
  passages = (SELECT coalesce(sum(passages), 0) FROM article),
  unread = (SELECT coalesce(sum(unread), 0) FROM article),
  revisions = (SELECT count(*) FROM revision), figures = (SELECT count(*) FROM figure);
UPDATE figure SET series_id = NULL WHERE series_id > 0 AND series_id NOT IN (SELECT id FROM series);
DELETE FROM series WHERE id NOT IN (SELECT series_id FROM figure WHERE series_id > 0);
UPDATE series SET (figures, newest) = (SELECT count(*), max(passage_id) FROM figure WHERE series_id = series.id);
UPDATE entity SET (mentions, articles) = (0, 0);
UPDATE entity SET (mentions, articles) = (one.mentions, one.articles)
  FROM (SELECT m.entity_id, count(*) AS mentions, count(DISTINCT p.article_id) AS articles
    FROM mention AS m JOIN passage AS p ON p.id = m.passage_id GROUP BY m.entity_id) AS one
  WHERE one.entity_id = entity.id;
DELETE FROM entity_day;
INSERT INTO entity_day (entity_id, day, mentions)
  SELECT m.entity_id, a.sort / 86400, count(*) FROM mention AS m JOIN passage AS p ON p.id = m.passage_id
  JOIN article AS a ON a.id = p.article_id GROUP BY 1, 2;
DELETE FROM entity_kind;
INSERT INTO entity_kind (kind, entities) SELECT kind, count(*) FROM entity WHERE mentions > 0 GROUP BY kind;
"""  # noqa: E501


def recount(database: Database, *, keep: bool = True) -> bool:
    """Make every count anew, in one transaction; whether one was wrong. Without `keep` nothing is changed.

    Raises ArchiveError.
    """
    try:
        with database.write():
            before = _counts(database)
            database.run(_ANEW)
            wrong = before != _counts(database)
            if wrong and keep:
                database.run("UPDATE totals SET listed = listed + 1, marked = marked + 1")
            else:
                raise _Undo
    except _Undo:
        pass
    return wrong


class _Undo(Exception):
    """Roll back: nothing is to be written."""


def _counts(database: Database) -> list[list[Row]]:
    return [database.rows(query) for query in _COUNTS]

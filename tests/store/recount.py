"""The archive's counts, made anew by reading everything: what the maintained ones must equal."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from newsdesk.store.base import Database, open_database


def maintained(path: Path) -> dict[str, Any]:
    """Every maintained count as it is stored; what is zero is left out."""
    database = open_database(path, read_only=True)
    rows = database.rows
    found = {
        "totals": rows("SELECT articles, unread_articles, passages, unread, revisions, figures FROM totals"),
        "topics": set(rows("SELECT id, passages, unread FROM topic WHERE passages > 0")),
        "feeds": set(rows("SELECT id, articles, unread FROM feed WHERE articles > 0")),
        "labellings": set(rows("SELECT id, articles FROM labelling WHERE articles > 0")),
        "deep": set(rows("SELECT version, articles FROM deep_state WHERE articles > 0")),
        "combinations": set(rows("SELECT unread, topics, articles FROM combination")),
        "article": set(rows("SELECT id, passages, unread FROM article")),
        "article_topic": set(rows("SELECT topic_id, sort, article_id, passages, unread FROM article_topic")),
        "entities": set(rows("SELECT id, mentions, articles FROM entity WHERE mentions > 0")),
        "entity_day": set(rows("SELECT entity_id, day, mentions FROM entity_day")),
        "series": set(rows("SELECT id, figures, newest FROM series")),
        "entity_kind": set(rows("SELECT kind, entities FROM entity_kind WHERE entities > 0")),
    }
    database.close()
    return found


def recounted(path: Path) -> dict[str, Any]:
    """The same from the articles and passages alone."""
    database = open_database(path, read_only=True)
    articles = database.rows("SELECT id, feed_id, sort, labelling_id, deep_version FROM article")
    passages: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for article, topic, unread in database.rows("SELECT article_id, topic_id, unread FROM passage"):
        if unread is not None:
            passages[article].append((topic, unread))
    topics, unread_topics, feeds = Counter[int](), Counter[int](), Counter[int]()
    feed_unread, combinations = Counter[int](), Counter[tuple[int, str]]()
    rows, lists = set(), set()
    for id, feed, sort, *_ in articles:
        own = passages[id]
        unread = sum(mark for _, mark in own)
        rows.add((id, len(own), unread))
        feeds[feed] += 1
        feed_unread[feed] += unread
        by_topic = {topic: [mark for other, mark in own if other == topic] for topic, _ in own}
        for topic, marks in by_topic.items():
            topics[topic] += len(marks)
            unread_topics[topic] += sum(marks)
            lists.add((topic, sort, id, len(marks), sum(marks)))
        combinations[0, " ".join(map(str, sorted(by_topic)))] += 1
        fresh = sorted(topic for topic, marks in by_topic.items() if sum(marks))
        combinations[1, " ".join(map(str, fresh))] += 1
    revisions = database.value("SELECT count(*) FROM revision")
    figures = database.value("SELECT count(*) FROM figure")
    entities = _entities(database)
    series = defaultdict[int, list[int]](list)
    for row_id, passage in database.rows("SELECT series_id, passage_id FROM figure WHERE series_id > 0"):
        series[row_id].append(passage)
    database.close()
    return {
        **entities,
        "series": {(row_id, len(found), max(found)) for row_id, found in series.items()},
        "totals": [
            (
                len(articles),
                sum(unread > 0 for _, _, unread in rows),
                sum(counted for _, counted, _ in rows),
                sum(unread for _, _, unread in rows),
                revisions,
                figures,
            )
        ],
        "topics": {(topic, count, unread_topics[topic]) for topic, count in topics.items()},
        "feeds": {(feed, count, feed_unread[feed]) for feed, count in feeds.items()},
        "labellings": set(Counter(labelling for *_, labelling, _ in articles).items()),
        "deep": set(Counter(version for *_, version in articles).items()),
        "combinations": {(*key, count) for key, count in combinations.items()},
        "article": rows,
        "article_topic": lists,
    }


def _entities(database: Database) -> dict[str, Any]:
    """What is said of entities, mention by mention."""
    kinds: dict[int, str] = dict(database.rows("SELECT id, kind FROM entity"))
    days, mentions, articles = Counter[tuple[int, int]](), Counter[int](), defaultdict[int, set[int]](set)
    for entity, article, sort in database.rows(
        """SELECT m.entity_id, a.id, a.sort FROM mention AS m JOIN passage AS p ON p.id = m.passage_id
        JOIN article AS a ON a.id = p.article_id"""
    ):
        mentions[entity] += 1
        days[entity, sort // 86_400] += 1
        articles[entity].add(article)
    return {
        "entities": {(entity, number, len(articles[entity])) for entity, number in mentions.items()},
        "entity_day": {(*key, number) for key, number in days.items()},
        "entity_kind": set(Counter(kinds[entity] for entity in mentions).items()),
    }

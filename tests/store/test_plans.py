"""Plans of the hot queries: seeks in indexes, no table read whole, nothing sorted that an index has sorted.

Every statement that an operation runs is recorded and explained by SQLite itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import apsw
import pytest

from newsdesk.models import UNSORTED, FeedState, Found, Label, Passage, View
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.base import open_database
from store.build import DESK, DIGEST, NOW, TOPICS, Writer, fill, label

BIG = ("article", "a", "passage", "p", "article_topic", "t", "revision", "label", "also", "mention", "figure")
ARTICLES = 40


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plans") / "archive.db"
    archive = open_archive(path)
    fill(archive, ARTICLES)
    archive.close()
    return path


class Recorder:
    """An archive whose statements are recorded with their bindings."""

    def __init__(self, path: Path) -> None:
        self.database = open_database(path)
        self.archive = Archive(self.database)
        self.archive.set_desk(DESK, TOPICS, DIGEST)
        self.statements: dict[str, apsw.Bindings | None] = {}

    def plans(self, operation: Callable[[Archive], object]) -> dict[str, list[str]]:
        """Each statement that the operation runs, with the lines of its plan."""
        connection = self.database.connection
        connection.exec_trace = self._record
        operation(self.archive)
        connection.exec_trace = None
        assert self.statements
        return {
            sql: [
                str(row[3])
                for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", bindings, can_cache=False)
            ]
            for sql, bindings in self.statements.items()
            if re.match(r"\s*(SELECT|WITH|UPDATE|DELETE|INSERT)", sql)
        }

    def _record(self, _: apsw.Cursor, sql: str, bindings: apsw.Bindings | None) -> bool:
        self.statements[sql] = bindings
        return True


@pytest.fixture
def recorder(filled: Path) -> Iterator[Recorder]:
    recorder = Recorder(filled)
    yield recorder
    recorder.archive.close()


LISTS: dict[str, View] = {
    "all": View(),
    "all, later ones wait": View(up_to=ARTICLES - 3),
    "unread": View(unread=True),
    "a topic": View(frozenset({"tides"})),
    "a topic, unread": View(frozenset({"tides"}), unread=True, up_to=ARTICLES),
    "three topics": View(frozenset({"tides", "cargo", UNSORTED})),
    "three topics, unread": View(frozenset({"tides", "cargo", UNSORTED}), unread=True),
}
KEPT: dict[str, View] = {
    "unread with kept ones": View(unread=True, kept=frozenset({3, 4})),
    "a topic, unread, with kept ones": View(frozenset({"tides"}), unread=True, kept=frozenset({3, 4})),
}


def whole_reads(plans: dict[str, list[str]]) -> list[str]:
    """Plan lines that read a whole big table or index."""
    return [
        f"{line} in {sql}"
        for sql, lines in plans.items()
        for line in lines
        if re.match(rf"SCAN ({'|'.join(BIG)})( |$)", line) and not bounded(line)
    ]


def bounded(line: str) -> bool:
    """A walk along the list's own index, which its LIMIT ends, or along the matches of the text index, or
    the starred or changed articles."""
    own_index = r"SCAN article USING (COVERING INDEX article_(sort|unread)|INDEX article_(starred|changed))$"
    return bool(re.match(rf"{own_index}|SCAN t VIRTUAL TABLE INDEX \d+:=?M", line))


def sorts(plans: dict[str, list[str]]) -> list[str]:
    return [f"{line} in {sql}" for sql, lines in plans.items() for line in lines if "TEMP B-TREE" in line]


@pytest.mark.parametrize("view", LISTS.values(), ids=LISTS.keys())
def test_lists_are_walked_in_their_index(recorder: Recorder, view: View) -> None:
    def operation(archive: Archive) -> None:
        archive.headlines(view, 0, 10)
        archive.headlines(view, 5, 10)
        archive.headlines(view, 2, 3)
        archive.next_unread(view, None)
        archive.next_unread(view, (20, 2), False)

    plans = recorder.plans(operation)
    assert whole_reads(plans) == []
    assert sorts(plans) == []
    keys = [lines for sql, lines in plans.items() if "LIMIT :limit OFFSET" in sql]
    assert keys
    walks = [line for lines in keys for line in lines if "article" in line]
    assert walks
    assert all("COVERING INDEX" in line or "USING PRIMARY KEY" in line for line in walks), walks


@pytest.mark.parametrize("view", [*LISTS.values(), *KEPT.values()], ids=[*LISTS.keys(), *KEPT.keys()])
def test_counting_and_finding_a_row_reads_no_table(recorder: Recorder, view: View) -> None:
    def operation(archive: Archive) -> None:
        archive.headline_count(view)
        archive.headline_index(view, 30)

    plans = recorder.plans(operation)
    counted = {sql: lines for sql, lines in plans.items() if ":top_sort" not in sql}
    assert whole_reads(counted) == []


@pytest.mark.parametrize("view", KEPT.values(), ids=KEPT.keys())
def test_kept_articles_are_merged_by_their_ids(recorder: Recorder, view: View) -> None:
    plans = recorder.plans(lambda archive: archive.headlines(view, 0, 10))
    assert whole_reads(plans) == []


def labelled(texts: Sequence[Passage]) -> list[Label]:
    """Every passage under one topic."""
    return [label(("tides", "cargo"))] * len(texts)


OPERATIONS: dict[str, Callable[[Archive], object]] = {
    "an article": lambda archive: archive.article(7),
    "revisions": lambda archive: archive.revisions(7),
    "counts": lambda archive: archive.counts(),
    "feeds": lambda archive: archive.feed_statuses(),
    "known entries": lambda archive: archive.known("https://wire0.example/feed", ["guid-1", "guid-2"]),
    "a search": lambda archive: archive.search("te lo"),
    "a search's next page": lambda archive: archive.search("te", before=1 << 50),
    "a search without texts": lambda archive: archive.find("te lo", 1_001),
    "a search's texts": lambda archive: archive.hits((1 << 40, 1 << 41), archive.find("te", 5)),
    "values of a filter": lambda archive: [archive.filter_values(one, "te", 9) for one in ("tag", "place")],
    "narrowed by a query": lambda archive: archive.headlines(View(query="te topic:tides"), 0, 10),
    "narrowed by a query and more": lambda archive: archive.headlines(
        View(frozenset({"cargo"}), unread=True, words="ter ", query="te"), 0, 10
    ),
    "narrowed by words": lambda archive: archive.headlines(View(words="ter lon "), 0, 10),
    "what waits for the deep pass": lambda archive: archive.deep_pending(5, [3]),
    "what waits for labels": lambda archive: archive.unlabelled("second wording", 5),
    "a mark": lambda archive: archive.mark_read(9, [0]),
    "a star": lambda archive: archive.star(9, True),
    "results of the deep pass": lambda archive: archive.save_deep(9, 1, Found((), ())),
    "a correction": lambda archive: archive.correct(9, 0, ["tides"]),
    "a correction taken back": lambda archive: archive.correct(9, 0, None),
    "new labels": lambda archive: archive.save_labels(
        "second wording",
        [(version, labelled(texts)) for version, texts in archive.unlabelled("second wording", 5)],
    ),
    "the newest texts": lambda archive: archive.newest_texts(40),
    "texts by id": lambda archive: archive.texts_of([3, 7]),
    "a poll": lambda archive: archive.save_poll(
        FeedState(url="https://wire0.example/feed"),
        [Writer(5).article(9, NOW), Writer(6).article(len(archive.feed_states()) + 5_000, NOW)],
        NOW,
    ),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS.keys())
def test_operations_seek(recorder: Recorder, operation: Callable[[Archive], object]) -> None:
    assert whole_reads(recorder.plans(operation)) == []


def test_a_search_takes_its_order_from_the_index(recorder: Recorder) -> None:
    plans = recorder.plans(lambda archive: archive.search("te"))
    [lines] = [lines for sql, lines in plans.items() if "MATCH" in sql]
    assert not any("TEMP B-TREE" in line for line in lines)


QUERIES = [
    *(
        'te "te lo"',
        "te or (lo not ra)",
        "te topic:tides",
        "te is:unread source:wire1",
        "te since:2d",
        "te is:unread",
    ),
    *("topic:tides", "topic:tides topic:cargo", "topic:tides not te", "topic:tides is:unread since:1w"),
    *("entity:nobody", "place:nowhere te", "figure:killed", "figure:killed>100 te", "by:ministry"),
    *("title:te", "title:te topic:tides", "is:starred", "is:starred te", "te sort:rank"),
    *("source:wire1", "source:nobody", "is:unread", "is:changed", "is:changed source:wire1 te"),
    *("te or topic:tides", "(te is:read) or entity:nobody", "te or (ra topic:tides)"),
]
MADE = re.compile("AUTOMATIC|BLOOM FILTER ON [apgtm] ")
"""What SQLite makes of a whole table before it begins."""
WALKS = ["is:read", "since:2d", "before:2d", "has:figure", "te or is:read", "te or title:te"]
"""Nothing leads these: articles are walked from the newest until a page is full."""


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("before", [None, 1 << 50])
def test_queries_are_led_by_an_index(recorder: Recorder, query: str, before: int | None) -> None:
    for operation in (
        lambda archive: archive.search(query, 10, before),
        lambda archive: archive.figures(query, 10, before and (before, 0, 0)),
    ):
        plans = recorder.plans(operation)
        assert whole_reads(plans) == []
        assert [line for lines in plans.values() for line in lines if MADE.search(line)] == []
        recorder.statements.clear()


@pytest.mark.parametrize("query", WALKS)
def test_filters_without_an_index_walk_articles_in_order(recorder: Recorder, query: str) -> None:
    plans = recorder.plans(lambda archive: archive.search(query, 10, 1 << 50))
    [lines] = [lines for sql, lines in plans.items() if "article_top" in sql and ":limit" in sql]
    walk, below = [line for line in lines if re.match(r"(SEARCH|SCAN) [ap] ", line)]
    assert re.match(r"SEARCH a USING INDEX article_top \((top>\? AND )?top<\?\)", walk)
    assert below == "SEARCH p USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"
    assert not any("ORDER BY" in line or MADE.search(line) for line in lines)


@pytest.mark.parametrize(
    "query", ["topic:tides", "te topic:tides", "source:wire1", "te", "is:unread", "te or topic:tides"]
)
def test_a_page_of_a_query_is_not_sorted(recorder: Recorder, query: str) -> None:
    plans = recorder.plans(lambda archive: archive.search(query, 10))
    pages = {sql: lines for sql, lines in plans.items() if ":limit" in sql}
    assert pages
    assert sorts(pages) == []


@pytest.mark.parametrize("query", ["", "te"])
@pytest.mark.parametrize("after", [None, (1 << 40, 7, 0)])
def test_figures_are_walked_in_order(
    recorder: Recorder, query: str, after: tuple[int, int, int] | None
) -> None:
    plans = recorder.plans(lambda archive: archive.figures(query, 10, after))
    lines = [line for sql, plan in plans.items() if "figure" in sql for line in plan]
    walk = r"SCAN t VIRTUAL TABLE INDEX \d+:M|(SCAN|SEARCH) a USING INDEX article_sort\b"
    assert re.match(walk, lines[0])
    assert all(line.startswith("SEARCH") for line in lines[1:])
    assert any("SEARCH g USING PRIMARY KEY" in line for line in lines)
    assert sorts(plans) == []


def test_entities_of_a_query_are_sought(recorder: Recorder) -> None:
    plans = recorder.plans(lambda archive: archive.entities("te", 10))
    lines = [line for sql, plan in plans.items() if "mention" in sql for line in plan]
    assert any("SEARCH m USING PRIMARY KEY (passage_id=?)" in line for line in lines)
    assert whole_reads(plans) == []


def test_entities_are_walked_in_the_order_of_their_mentions(recorder: Recorder) -> None:
    for after in (None, (7, 7)):
        plans = recorder.plans(lambda archive, after=after: archive.entities("", 10, after))  # type: ignore[misc]
        lines = [line for plan in plans.values() for line in plan]
        assert any("USING COVERING INDEX entity_mentions" in line for line in lines)
        assert not any(re.search(r"\bm\b", line) for line in lines)
        recorder.statements.clear()

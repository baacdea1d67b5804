"""Series in the archive: kept up to date with the figures, walked in their index, narrowed by queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newsdesk.errors import QueryError
from newsdesk.models import FeedState, Figure, Found
from newsdesk.models.ledger import Report, Series
from newsdesk.store import ledger, series
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.base import open_database
from newsdesk.store.recount import recount
from store.build import DESK, DIGEST, NOW, TOPICS, fill, incoming, passage
from store.test_plans import Recorder, sorts, whole_reads

WIRE = FeedState(url="https://wire.example/feed", title="Wire")
TEXTS = ("Quill said ferries sank off Kelm.", "The harbour counted the dead.", "The tide turned.")


def toll(number: float, place: str | None = "Kelm", index: int = 0, **changes: object) -> Figure:
    fields = {
        **{"passage": index, "start": 0, "end": 5, "text": f"{number:g} people", "noun": "people"},
        **{"min": number, "max": number, "best": number, "quantifier": "exact", "unit": "person"},
        **{"category": "killed", "event": "kill", "scope": "incident", "place": place, **changes},
    }
    return Figure(**fields)  # type: ignore[arg-type]


class Filled:
    """An archive to which stories with figures are added."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive = open_archive(path)
        self.archive.set_desk(DESK, TOPICS, DIGEST)

    def add(self, hours: float, *figures: Figure, topic: str = "tides") -> int:
        """A story so many hours old; its id."""
        texts = tuple(passage(index, text, (topic,)) for index, text in enumerate(TEXTS))
        story = incoming(f"g{hours}", f"Title {hours}", texts, NOW - timedelta(hours=hours))
        [article] = self.archive.save_poll(WIRE, [story], NOW).new_ids
        assert self.archive.save_deep(article, 1, Found((), figures))
        return article

    def revise(self, hours: float) -> None:
        """Another text of a story: its figures are to be found anew."""
        story = incoming(f"g{hours}", f"Title {hours}", (passage(0, "Other words."),), NOW)
        self.archive.save_poll(WIRE, [story], NOW)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    one = Filled(tmp_path / "archive.db")
    yield one
    one.archive.close()


def said(rows: Sequence[Series]) -> list[tuple[str, str, int, int, int]]:
    return [(row.name.category, row.name.place, row.figures, row.speakers, row.conflicts) for row in rows]


def numbers(reports: Sequence[Report]) -> list[float | None]:
    return [report.hit.figure.best for report in reports]


def test_figures_of_one_definition_are_a_series(filled: Filled) -> None:
    filled.add(3, toll(7, asserted_by="official"), toll(2, "Tyre"), toll(30, hypothetical=True))
    filled.add(2, toll(1, asserted_by="military"))
    filled.add(1, toll(4, scope="day"))
    rows = filled.archive.series()
    assert said(rows) == [
        ("killed", "Kelm", 1, 1, 0),
        ("killed", "Kelm", 2, 2, 2),
        ("killed", "Tyre", 1, 1, 0),
    ]
    assert [row.name.scope for row in rows] == ["day", "incident", "incident"]
    assert rows[1].newest.figure.asserted_by == "military"
    assert rows[1].newest.article.publisher == "Wire"
    assert numbers(filled.archive.reports(rows[1].id)) == [1, 7]
    assert [row.id for row in filled.archive.series("conflicts")] == [rows[1].id]


def test_what_nobody_claims_is_in_no_series(filled: Filled) -> None:
    filled.add(1, toll(30, hypothetical=True))
    assert filled.archive.series("all") == ()


def test_one_number_of_no_category_is_not_listed(filled: Filled) -> None:
    other: dict[str, Any] = {"category": "other", "event": "gather", "noun": "relatives"}
    filled.add(2, toll(300, **other), toll(48, category="other", event="wait", unit="hour"))
    assert filled.archive.series() == ()
    assert len(filled.archive.series("all")) == 2
    filled.add(1, toll(310, **other), toll(49, category="other", event="wait", unit="hour"))
    assert [row.name.event for row in filled.archive.series()] == ["gather"]


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_pages_join_without_a_gap(filled: Filled, size: int) -> None:
    for number in range(5):
        filled.add(number, *(toll(number, f"Place {place}") for place in range(number, 5)), toll(9, "Kelm"))
    found: list[Series] = []
    while more := filled.archive.series(limit=size, after=found[-1].key if found else None):
        found += more
    assert found == list(filled.archive.series(limit=99))
    assert len(found) == 6
    [kelm] = [row for row in found if row.name.place == "Kelm"]
    reports: list[Report] = []
    while further := filled.archive.reports(kelm.id, size, reports[-1].hit.key if reports else None):
        reports += further
    assert reports == list(filled.archive.reports(kelm.id, 99))
    assert len(reports) == 5


def test_several_numbers_of_one_passage_stay_in_reading_order(filled: Filled) -> None:
    filled.add(1, toll(45, asserted_by="ministry"), toll(30, asserted_by="ministry"))
    [row] = filled.archive.series()
    assert row.newest.figure.best == 45
    reports = filled.archive.reports(row.id)
    assert numbers(reports) == [45, 30]
    assert filled.archive.reports(row.id, 1, reports[0].hit.key) == reports[1:]


def test_beside_a_series_stands_what_cannot_be_compared(filled: Filled) -> None:
    filled.add(2, toll(60, scope="cumulative"), toll(81, scope="day"), toll(11, noun="children"))
    filled.add(1, toll(90, scope="day"), toll(3, "Tyre"), toll(70, category="injured"))
    [cumulative] = [row for row in filled.archive.series() if row.name.scope == "cumulative"]
    beside = filled.archive.beside(cumulative.id)
    assert [(report.hit.figure.best, report.differs) for report in beside] == [
        (90, ("scope",)),
        (11, ("scope", "population")),
    ]


def test_beside_figures_without_a_place_stands_nothing(filled: Filled) -> None:
    filled.add(2, toll(60, None), toll(81, None, scope="day"))
    for row in filled.archive.series():
        assert filled.archive.beside(row.id) == ()


def test_a_revised_text_takes_its_figures_out(filled: Filled) -> None:
    filled.add(3, toll(7, asserted_by="official"))
    filled.add(2, toll(1, asserted_by="military"), toll(5, "Tyre"))
    filled.revise(2)
    assert said(filled.archive.series("all")) == [("killed", "Kelm", 1, 1, 0)]
    filled.revise(3)
    assert filled.archive.series("all") == ()


def test_results_stored_again_are_counted_once(filled: Filled) -> None:
    article = filled.add(3, toll(7))
    assert filled.archive.save_deep(article, 1, Found((), (toll(7), toll(8))))
    assert said(filled.archive.series()) == [("killed", "Kelm", 2, 1, 0)]


def test_figures_of_an_earlier_version_are_put_into_series(filled: Filled) -> None:
    filled.add(3, toll(7, asserted_by="official"), toll(1, hypothetical=True))
    filled.add(2, toll(1, asserted_by="military"))
    before = filled.archive.series()
    database = open_database(filled.path)
    database.run("UPDATE figure SET series_id = NULL; DELETE FROM series")
    assert series.assign(database, 2) == 2
    assert series.assign(database, 2) == 1
    assert filled.archive.series("all") == ()
    assert series.assign(database, 2) == 1
    assert series.assign(database, 2) == 0
    database.close()
    assert said(filled.archive.series()) == said(before)


def test_a_check_counts_series_anew(filled: Filled) -> None:
    filled.add(3, toll(7), toll(3, "Tyre"))
    database = open_database(filled.path)
    assert not recount(database, keep=False)
    database.run("UPDATE series SET figures = 5")
    assert recount(database)
    assert not recount(database)
    database.run("DELETE FROM series")
    recount(database)
    assert series.assign(database) == 2
    assert series.assign(database) == 2
    assert series.assign(database) == 0
    database.close()
    assert sorted(said(filled.archive.series())) == [("killed", "Kelm", 1, 1, 0), ("killed", "Tyre", 1, 1, 0)]


class TestNarrowed:
    @pytest.fixture
    def archive(self, filled: Filled) -> Archive:
        filled.add(3, toll(7, asserted_by="Quill"), toll(2, "Tyre", 1), topic="tides")
        filled.add(2, toll(1, asserted_by="military"), toll(3, "Tyre", 2), topic="cargo")
        filled.add(1, toll(30, hypothetical=True), topic="cargo")
        return filled.archive

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("ferries", [("Kelm", 2)]),
            ("by:quill", [("Kelm", 1)]),
            ("topic:tides", [("Kelm", 1), ("Tyre", 1)]),
            ("tide or harbour", [("Tyre", 2)]),
            ("figure:killed>2", [("Tyre", 1), ("Kelm", 1)]),
            ("zebra", []),
            ("", []),
        ],
    )
    def test_a_query_leaves_the_figures_that_it_finds(
        self, archive: Archive, query: str, expected: list[tuple[str, int]]
    ) -> None:
        found = archive.narrowed(query)
        rows = archive.narrowed_page(found, 0, 50)
        assert [(row.name.place, row.figures) for row in rows] == expected
        assert found.figures == sum(figures for _, figures in expected)
        assert not found.capped
        for row, (row_id, places) in zip(rows, found.series, strict=True):
            reports = archive.reports_at(row_id, places)
            assert [report.hit.key[1:] for report in reports] == list(places)
            assert reports[0].hit == row.newest

    def test_pages_join(self, archive: Archive) -> None:
        found = archive.narrowed("topic:tides or topic:cargo")
        whole = archive.narrowed_page(found, 0, 50)
        assert len(whole) == 2
        assert (*archive.narrowed_page(found, 0, 1), *archive.narrowed_page(found, 1, 1)) == whole

    def test_a_query_that_is_wrong_says_so(self, archive: Archive) -> None:
        with pytest.raises(QueryError):
            archive.narrowed("figure:eaten")

    def test_no_more_are_looked_at_than_fit(self, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ledger, "MOST_NARROWED", 1)
        found = archive.narrowed("topic:cargo")
        assert (found.figures, found.capped) == (1, True)

    def test_what_is_gone_meanwhile_is_left_out(self, archive: Archive, filled: Filled) -> None:
        found = archive.narrowed("ferries")
        filled.revise(2)
        [row] = archive.narrowed_page(found, 0, 50)
        assert row.newest.figure.best == 7
        assert numbers(archive.reports_at(*found.series[0])) == [7]


# ---------------------------------------------------------------------- plans


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    path = tmp_path_factory.mktemp("plans") / "archive.db"
    archive = open_archive(path)
    fill(archive, 12)
    for article in range(1, 13):
        archive.save_deep(article, 1, Found((), (toll(article), toll(article, f"Place {article}", 2))))
    archive.close()
    recorder = Recorder(path)
    yield recorder
    recorder.archive.close()


OPERATIONS = {
    "series": lambda archive: archive.series("listed", 10),
    "series, further": lambda archive: archive.series("listed", 10, (1 << 50, 3)),
    "conflicts": lambda archive: archive.series("conflicts", 10, (1 << 50, 3)),
    "all": lambda archive: archive.series("all", 10),
    "reports": lambda archive: archive.reports(1, 10),
    "reports, further": lambda archive: archive.reports(1, 10, (1 << 50, 3, 0)),
    "beside": lambda archive: archive.beside(1),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS.keys())
def test_the_ledger_is_walked_in_its_indexes(recorder: Recorder, operation: object) -> None:
    recorder.statements.clear()
    plans = recorder.plans(operation)  # type: ignore[arg-type]
    assert whole_reads(plans) == []
    assert sorts(plans) == []
    lines = [
        line for plan in plans.values() for line in plan if re.match(r"(SCAN|SEARCH) (s|g|series)\b", line)
    ]
    assert lines
    assert all("USING" in line for line in lines)
    assert [line for plan in plans.values() for line in plan if "AUTOMATIC" in line] == []


@pytest.mark.parametrize("query", ["te", "topic:tides", "by:quill", "figure:killed>2 topic:tides"])
def test_a_narrowed_ledger_is_led_by_an_index(recorder: Recorder, query: str) -> None:
    recorder.statements.clear()

    def operation(archive: Archive) -> None:
        found = archive.narrowed(query)
        archive.narrowed_page(found, 0, 10)
        for row_id, places in found.series[:1]:
            archive.reports_at(row_id, places)

    plans = recorder.plans(operation)
    assert whole_reads(plans) == []
    assert [line for plan in plans.values() for line in plan if "AUTOMATIC" in line] == []


def test_storing_results_reads_no_table_whole(recorder: Recorder) -> None:
    recorder.statements.clear()
    plans = recorder.plans(lambda archive: archive.save_deep(3, 1, Found((), (toll(3), toll(4)))))
    assert whole_reads(plans) == []

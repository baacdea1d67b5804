"""Results of the deep pass come back as they were given; what waits for it, and in which order."""

from __future__ import annotations

import json
from datetime import timedelta

import apsw
import msgspec
import pytest

from newsdesk.analysis import entities
from newsdesk.models import (
    ANALYSIS_VERSION,
    Desk,
    Entity,
    EntityKind,
    FeedState,
    Figure,
    Found,
    Manners,
    Mention,
)
from newsdesk.store import deep
from newsdesk.store.archive import Archive
from store.build import NOW, incoming, passage

STATE = FeedState(url="https://wire.example/feed")
TEXT = "Seven ferries and Ada Mole left Tidewick, says Ada Mole."
ADA = Entity(
    "person/ada-mole", "Ada Mole", "person", (Mention(0, 18, 26, "Ada Mole"), Mention(0, 47, 55, "Ada Mole"))
)
WICK = Entity(
    "place/tidewick", "Tidewick", "place", (Mention(0, 32, 40, "Tidewick"), Mention(1, 0, 8, "Tidewick"))
)
FIGURES = (
    Figure(
        0, 0, 13, "Seven ferries", 7, 7, 7, "exact", "ferries", "ferry", "other", "leave",
        place="Tidewick", when="Monday", asserted_by="Ada Mole", stance="says", via="The Wire",
        inferred=("place",),
    ),
    Figure(1, 9, 18, "up to 0.5", None, 0.5, None, "up_to", None, None, "other", None, parent=0, trend="up"),
)  # fmt: skip


@pytest.fixture
def articles(archive: Archive) -> list[int]:
    """Four articles, the oldest first."""
    batch = [
        incoming(
            f"g{n}",
            "Title",
            (passage(0, TEXT), passage(1, "Tidewick up to 0.5")),
            NOW - timedelta(hours=9 - n),
        )
        for n in range(4)
    ]
    return sorted(archive.save_poll(STATE, batch, NOW).new_ids)


def test_results_come_back_in_their_order(archive: Archive, articles: list[int]) -> None:
    assert archive.save_deep(articles[0], 1, Found((WICK, ADA), FIGURES))
    assert archive.save_deep(articles[1], 1, Found((ADA,), FIGURES[::-1]))
    stored = archive.article(articles[0])
    assert stored is not None
    assert (stored.entities, stored.figures, stored.deep) == ((WICK, ADA), FIGURES, True)
    second = archive.article(articles[1])
    assert second is not None
    assert (second.entities, second.figures) == ((ADA,), FIGURES[::-1])


def test_results_given_again_replace_the_first(archive: Archive, articles: list[int]) -> None:
    archive.save_deep(articles[0], 1, Found((WICK, ADA), FIGURES))
    archive.save_deep(articles[0], 1, Found((ADA,), FIGURES[:1]))
    stored = archive.article(articles[0])
    assert stored is not None
    assert (stored.entities, stored.figures) == ((ADA,), FIGURES[:1])
    assert archive.counts().deep_pending == 3


def test_what_is_visible_comes_before_the_newest(archive: Archive, articles: list[int]) -> None:
    assert [article for article, *_ in archive.deep_pending(2)] == articles[:1:-1]
    first = (articles[0], 999, articles[0], articles[1])
    assert [article for article, *_ in archive.deep_pending(3, first)] == [
        articles[0],
        articles[1],
        articles[3],
    ]
    archive.save_deep(articles[0], 1, Found((), ()))
    assert [article for article, *_ in archive.deep_pending(9, first)] == [
        articles[1],
        articles[3],
        articles[2],
    ]
    [(_, revision, passages, _), *_] = archive.deep_pending(9)
    assert (revision, [one.text for one in passages]) == (1, [TEXT, "Tidewick up to 0.5"])


def test_all_done_leaves_nothing_pending(archive: Archive, articles: list[int]) -> None:
    for article in articles:
        assert archive.counts().deep_pending > 0
        archive.save_deep(article, 1, Found((), ()))
    assert archive.counts().deep_pending == 0
    assert archive.deep_pending(9) == ()


def test_results_of_a_replaced_text_are_not_stored(archive: Archive, articles: list[int]) -> None:
    archive.save_deep(articles[0], 1, Found((ADA,), FIGURES))
    archive.save_poll(STATE, [incoming("g0", "Title", (passage(0, "Other."),))], NOW)
    assert not archive.save_deep(articles[0], 1, Found((ADA,), FIGURES))
    stored = archive.article(articles[0])
    assert stored is not None
    assert (stored.entities, stored.figures, stored.deep) == ((), (), False)
    assert not archive.save_deep(12_345, 1, Found((), ()))


def test_another_version_of_the_analysis_waits_anew_and_shows_the_old_results(
    archive: Archive, articles: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.save_deep(articles[0], 1, Found((ADA,), FIGURES))
    monkeypatch.setattr(deep, "ANALYSIS_VERSION", f"{ANALYSIS_VERSION}-next")
    assert archive.counts().deep_pending == 4
    assert articles[0] in [article for article, *_ in archive.deep_pending(9)]
    stored = archive.article(articles[0])
    assert stored is not None
    assert stored.figures == FIGURES
    archive.save_deep(articles[0], 1, Found((), ()))
    assert archive.counts().deep_pending == 3


def test_figures_can_be_asked_for_by_their_columns(archive: Archive, articles: list[int]) -> None:
    archive.save_deep(articles[0], 1, Found((), FIGURES))
    rows = archive._database.rows(
        "SELECT category, quantifier, min, max, best, asserted_by, place, body FROM figure ORDER BY position"
    )
    assert rows[0][:7] == ("other", "exact", 7.0, 7.0, 7.0, "Ada Mole", "Tidewick")
    assert rows[1][:7] == ("other", "up_to", None, 0.5, None, None, None)
    assert json.loads(rows[0][7])["via"] == "The Wire"


def named(kind: EntityKind, name: str, *aliases: str, start: int = 18) -> Entity:
    key = f"{kind}/{name.lower().replace(' ', '-')}"
    return Entity(key, name, kind, (Mention(0, start, start + 8, TEXT[start : start + 8]),), aliases=aliases)


def stored_names(archive: Archive, article: int) -> list[tuple[str, tuple[str, ...]]]:
    stored = archive.article(article)
    assert stored is not None
    return [(entity.name, entity.aliases) for entity in stored.entities]


def test_a_name_joins_what_is_known_by_it(archive: Archive, articles: list[int]) -> None:
    archive.save_deep(articles[0], 1, Found((named("person", "Ada Mole", "Mole"),), ()))
    archive.save_deep(articles[1], 1, Found((named("person", "Ada Ruth Mole", "Ada Mole", "Mole"),), ()))
    archive.save_deep(articles[2], 1, Found((named("person", "Mole"),), ()))
    expected = [("Ada Mole", ("Ada Ruth Mole", "Mole"))]
    assert [stored_names(archive, article) for article in articles[:3]] == [expected] * 3


def test_a_surname_of_two_stays_apart(archive: Archive, articles: list[int]) -> None:
    both = (named("person", "Ada Mole", "Mole"), named("person", "Ben Mole", "Mole", start=32))
    archive.save_deep(articles[0], 1, Found(both, ()))
    archive.save_deep(articles[1], 1, Found((named("person", "Mole"),), ()))
    assert stored_names(archive, articles[0]) == [("Ada Mole", ("Mole",)), ("Ben Mole", ("Mole",))]
    assert stored_names(archive, articles[1]) == [("Mole", ())]


def test_a_name_of_another_kind_stays_apart(archive: Archive, articles: list[int]) -> None:
    board = named("organization", "Tidewick Harbour Board", "THB")
    archive.save_deep(articles[0], 1, Found((board,), ()))
    archive.save_deep(articles[1], 1, Found((named("place", "THB"),), ()))
    archive.save_deep(articles[2], 1, Found((named("organization", "THB"),), ()))
    assert stored_names(archive, articles[1]) == [("THB", ())]
    assert stored_names(archive, articles[2]) == [("Tidewick Harbour Board", ("THB",))]


def test_what_an_article_names_apart_is_not_joined(archive: Archive, articles: list[int]) -> None:
    archive.save_deep(articles[0], 1, Found((named("person", "Ada Mole", "Mole"),), ()))
    both = (named("person", "Ada Mole"), named("person", "Mole", start=32))
    archive.save_deep(articles[1], 1, Found(both, ()))
    assert [name for name, _ in stored_names(archive, articles[1])] == ["Ada Mole", "Mole"]


def test_a_figure_points_at_the_stored_place(archive: Archive, articles: list[int]) -> None:
    known = named("place", "Tidewick", "Tidewick Town", start=32)
    archive.save_deep(articles[0], 1, Found((known,), ()))
    other = named("place", "Tidewick Town", start=32)
    figure = msgspec.structs.replace(FIGURES[0], place_id=other.id)
    archive.save_deep(articles[1], 1, Found((other,), (figure,)))
    stored = archive.article(articles[1])
    assert stored is not None
    assert stored.figures[0].place_id == stored.entities[0].id == known.id


def test_about_is_kept_by_article(archive: Archive, articles: list[int]) -> None:
    archive.save_deep(articles[0], 1, Found((msgspec.structs.replace(ADA, about=True), WICK), ()))
    archive.save_deep(articles[1], 1, Found((ADA,), ()))
    about = [
        [entity.about for entity in stored.entities]
        for article in articles[:2]
        if (stored := archive.article(article)) is not None
    ]
    assert about == [[True, False], [False]]


def test_looking_a_name_up_reads_indexes_only(archive: Archive, articles: list[int]) -> None:
    run: dict[str, apsw.Bindings | None] = {}

    def record(_: apsw.Cursor, sql: str, bindings: apsw.Bindings | None) -> bool:
        run[sql] = bindings
        return True

    connection = archive._database.connection
    connection.exec_trace = record
    archive.save_deep(articles[0], 1, Found((ADA,), ()))
    connection.exec_trace = None
    plans = [
        str(row[3])
        for sql, bindings in run.items()
        if "entity_alias AS a" in sql
        for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", bindings)
    ]
    assert plans
    assert not [step for step in plans if step.startswith("SCAN") and "CONSTANT" not in step]


def test_names_join_across_articles_as_the_analysis_gives_them(archive: Archive) -> None:
    texts = (
        "President Anna Ruth Berg met the Coastal Workers Party (CWP) in the United States. Berg smiled.",
        "President Anna Berg left the U.S. on Monday, and the CWP thanked Mr. Berg.",
        "The CWP sent Mr. Berg to America.",
    )
    batch = [
        incoming(f"n{n}", "Title", (passage(0, text),), NOW - timedelta(hours=9 - n))
        for n, text in enumerate(texts)
    ]
    stored = sorted(archive.save_poll(STATE, batch, NOW).new_ids)
    for article, text in zip(stored, texts, strict=True):
        found = entities.find([passage(0, text)], [], Desk("Test", ()))
        archive.save_deep(article, 1, Found(found, ()))
    names = [{name for name, _ in stored_names(archive, article)} for article in stored]
    assert names == [{"Anna Ruth Berg", "Coastal Workers Party", "United States"}] * 3


def test_what_a_feed_says_of_its_language_is_a_hint(archive: Archive) -> None:
    state = FeedState(url="https://wire.example/feed", manners=Manners(language="de"))
    archive.save_poll(state, [incoming("g", "Title", (passage(0, "Berlin"),))], NOW)
    archive.save_poll(FeedState(url="https://other.example/"), [incoming("h", "T", (passage(0, "x"),))], NOW)
    assert [one.info.language for one in archive.deep_pending(9)] == ["en", "de"]

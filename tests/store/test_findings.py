"""Figures and entities across the archive: order, pages, queries, what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from newsdesk.models import Entity, EntityHit, FeedState, Figure, FigureHit, Found, Mention
from newsdesk.store.archive import Archive, open_archive
from store.build import DESK, DIGEST, NOW, TOPICS, incoming, passage

STATE = FeedState(url="https://wire.example/feed", title="Wire")
TEXTS = ("Ferries sank off Kelm.", "Quill counted ferries.", "The tide turned.")


def figure(place: int, number: float, **changes: object) -> Figure:
    fields = {
        **{"passage": place, "start": 0, "end": 4, "text": f"{number:g} ferries"},
        **{"min": number, "max": number, "best": number, "quantifier": "exact", "noun": "ferries"},
        **{"unit": "ferry", "category": "other", "event": "sink", **changes},
    }
    return Figure(**fields)  # type: ignore[arg-type]


def entity(name: str, *places: int, kind: str = "person", about: bool = False, also: str = "") -> Entity:
    mentions = tuple(Mention(place, 0, 4, TEXTS[place][:4]) for place in places)
    aliases = (also,) if also else ()
    return Entity(f"{kind}/{name.lower()}", name, kind, mentions, about, aliases)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Four articles of three passages, an hour apart; the two in the middle have no figures left or none."""
    archive = open_archive(tmp_path_factory.mktemp("findings") / "archive.db")
    archive.set_desk(DESK, TOPICS, DIGEST)
    stories = [
        incoming(
            f"g{hour}",
            f"Title {hour}",
            tuple(passage(index, text) for index, text in enumerate(TEXTS)),
            NOW - timedelta(hours=hour),
        )
        for hour in range(4)
    ]
    ids = archive.save_poll(STATE, stories, NOW).new_ids
    by_title = {}
    for article in ids:
        stored = archive.article(article)
        assert stored is not None
        by_title[stored.title] = article
    found = {
        "Title 0": Found((entity("Quill", 1, about=True, also="A. Quill"),), (figure(0, 1), figure(1, 2))),
        "Title 1": Found((entity("Kelm", 0, 1, kind="place"),), (figure(2, 3, hypothetical=True),)),
        "Title 2": Found((entity("Quill", 0, 1),), ()),
        "Title 3": Found((entity("Doe", 2),), (figure(2, 4, asserted_by="Quill"), figure(1, 5))),
    }
    for title, one in found.items():
        assert archive.save_deep(by_title[title], 1, one)
    yield archive
    archive.close()


def numbers(hits: Sequence[FigureHit]) -> list[float | None]:
    return [hit.figure.best for hit in hits]


def names(hits: Sequence[EntityHit]) -> list[tuple[str, int]]:
    return [(hit.name, hit.mentions) for hit in hits]


def test_figures_come_newest_first_and_suppositions_not_at_all(archive: Archive) -> None:
    hits = archive.figures()
    assert numbers(hits) == [1, 2, 4, 5]
    assert (hits[0].article.title, hits[0].article.publisher) == ("Title 0", "Wire")
    assert hits[0].article.published == NOW
    assert hits[2].figure.asserted_by == "Quill"


def test_a_query_looks_into_passages(archive: Archive) -> None:
    assert numbers(archive.figures("ferries")) == [1, 2, 5]
    assert numbers(archive.figures('"tide turned"')) == [4]
    assert numbers(archive.figures("quill counted")) == [2, 5]
    assert archive.figures("zebra") == archive.figures('"') == ()
    assert numbers(archive.figures("  ")) == [1, 2, 4, 5]


@pytest.mark.parametrize("query", ["", "ferries", "t"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_of_figures_join_without_a_gap(archive: Archive, query: str, size: int) -> None:
    found: list[FigureHit] = []
    page = archive.figures(query, size)
    while page:
        found += page
        page = archive.figures(query, size, found[-1].key)
    assert found == list(archive.figures(query, 99))


def test_entities_come_by_mentions(archive: Archive) -> None:
    hits = archive.entities()
    assert names(hits) == [("Quill", 3), ("Kelm", 2), ("Doe", 1)]
    quill = hits[0]
    assert (quill.id, quill.kind, quill.aliases) == ("person/quill", "person", ("A. Quill",))
    assert (quill.articles, quill.about) == (2, 1)


def test_entities_of_a_query_are_counted_in_its_passages(archive: Archive) -> None:
    assert names(archive.entities("counted")) == [("Quill", 2), ("Kelm", 1)]
    assert names(archive.entities("tide")) == [("Doe", 1)]
    assert archive.entities("zebra") == archive.entities("", 0) == ()


@pytest.mark.parametrize("query", ["", "ferries"])
def test_pages_of_entities_join_without_a_gap(archive: Archive, query: str) -> None:
    found: list[EntityHit] = []
    page = archive.entities(query, 1)
    while page:
        found += page
        page = archive.entities(query, 1, found[-1].key)
    assert found == list(archive.entities(query, 99))
    assert len(found) >= 2


def test_a_changed_text_takes_its_findings_along(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "archive.db")
    archive.set_desk(DESK, TOPICS, DIGEST)
    [article] = archive.save_poll(STATE, [incoming("g", "T", (passage(0, TEXTS[0]),))], NOW).new_ids
    archive.save_deep(article, 1, Found((entity("Quill", 0),), (figure(0, 1),)))
    assert len(archive.figures()) == len(archive.entities()) == 1
    archive.save_poll(STATE, [incoming("g", "T", (passage(0, "Other words."),))], NOW)
    assert not archive.figures()
    assert not archive.entities()
    archive.close()

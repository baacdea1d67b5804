"""Entities as a list and an entity's dossier: order, pages, kinds, words, topics, trends, plans, counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from newsdesk.models import Entity, FeedState, Figure, Found, Mention
from newsdesk.models.entities import DossierHit, EntityRow, EntityView
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.dossier import speaks
from newsdesk.store.prune import remove
from store.build import DESK, DIGEST, NOW, TOPICS, incoming, passage
from store.recount import maintained, recounted
from store.test_plans import Recorder, sorts

EVERY = EntityView()
STATE = FeedState(url="https://wire.example/feed", title="Wire")
TEXTS = ("Quill counted ferries off Kelm.", "The Harbour Board met in Kelm.", "It said 40 ferries sank.")


def named(name: str, *places: int, kind: str = "person", also: tuple[str, ...] = ()) -> Entity:
    """An entity with a mention wherever one of its names stands in these passages."""
    mentions = tuple(
        Mention(place, TEXTS[place].index(one), TEXTS[place].index(one) + len(one), one)
        for place in places
        for one in (name, *also)
        if one in TEXTS[place]
    )
    return Entity(f"{kind}/{name.lower()}", name, kind, mentions, False, also)  # type: ignore[arg-type]


def figure(place: int, speaker: str | None) -> Figure:
    return Figure(
        place, 0, 4, "40", 40, 40, 40, "exact", "ferries", "ferry", "other", "sink", asserted_by=speaker
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six articles of three passages, a day apart; the first is about tides, the second about cargo."""
    path = tmp_path_factory.mktemp("entities") / "archive.db"
    archive = open_archive(path)
    archive.set_desk(DESK, TOPICS, DIGEST)
    topics = (("tides",), ("cargo",), ())
    stories = [
        incoming(
            f"g{day}",
            f"Title {day}",
            tuple(passage(index, text, topics[index]) for index, text in enumerate(TEXTS)),
            NOW - timedelta(days=day),
        )
        for day in range(6)
    ]
    archive.save_poll(STATE, stories, NOW)
    for waiting in archive.deep_pending(9):
        day = int(waiting.info.title.split()[1]) if waiting.info.title else 0
        entities = [named("Kelm", 0, 1, kind="place")]
        if day % 2 == 0:
            entities.append(named("A. Quill", 0, also=("Quill",)))
        if day < 2:
            entities.append(named("Harbour Board", 1, kind="organization", also=("the Board",)))
        found = Found(tuple(entities), (figure(2, "the Board" if day < 2 else None), figure(0, "A. Quill")))
        assert archive.save_deep(waiting.id, waiting.revision, found)
    archive.close()
    return path


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    archive = open_archive(path)
    archive.set_desk(DESK, TOPICS, DIGEST)
    yield archive
    archive.close()


def page(
    archive: Archive, limit: int = 50, after: EntityRow | None = None, view: EntityView = EVERY
) -> list[EntityRow]:
    return list(archive.entity_page(view, limit, after, NOW))


def names(rows: list[EntityRow]) -> list[tuple[str, int, int]]:
    return [(row.name, row.mentions, row.articles) for row in rows]


def dossier(
    archive: Archive, entity: EntityRow, limit: int = 99, before: int | None = None
) -> tuple[DossierHit, ...]:
    return archive.dossier(entity, archive.dossier_keys(entity, limit, before))


def one(archive: Archive, id: str) -> EntityRow:
    found = archive.entity(id, NOW)
    assert found is not None
    return found


def test_entities_stand_by_mentions_with_names_and_trend(archive: Archive) -> None:
    rows = page(archive)
    assert names(rows) == [("Kelm", 12, 6), ("A. Quill", 3, 3), ("Harbour Board", 2, 2)]
    assert rows[1].aliases == ("Quill",)
    assert rows[0].trend == (*[0] * 8, *[2] * 6)
    assert rows[2].trend == (*[0] * 12, 1, 1)
    assert rows[0].last == NOW.replace(hour=0)
    assert archive.entity_counts(EntityView()) == {"place": 1, "person": 1, "organization": 1}


def test_a_trend_ends_today(archive: Archive) -> None:
    [kelm, *_] = archive.entity_page(EntityView(), 1, None, NOW + timedelta(days=3))
    assert kelm.trend == (*[0] * 5, *[2] * 6, 0, 0, 0)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (EntityView(kind="person"), ["A. Quill"]),
        (EntityView(words="quil"), ["A. Quill"]),
        (EntityView(words="board har"), ["Harbour Board"]),
        (EntityView(words="uill"), []),
        (EntityView(words="k", kind="person"), []),
        (EntityView(words="%"), []),
        (EntityView(words="_uill"), []),
        (EntityView(words="  "), ["Kelm", "A. Quill", "Harbour Board"]),
        (EntityView(topics=frozenset({"cargo"})), ["Kelm", "Harbour Board"]),
        (EntityView(topics=frozenset({"cargo"}), words="harb"), ["Harbour Board"]),
        (EntityView(topics=frozenset({"tides", "cargo"})), ["Kelm", "A. Quill", "Harbour Board"]),
        (EntityView(topics=frozenset({"nothing"})), []),
    ],
)
def test_views(archive: Archive, view: EntityView, expected: list[str]) -> None:
    assert [row.name for row in page(archive, view=view)] == expected
    counts = archive.entity_counts(view)
    assert (counts.get(view.kind, 0) if view.kind else sum(counts.values())) == len(expected)


def test_a_topics_mentions_are_those_in_its_passages(archive: Archive) -> None:
    assert names(page(archive, view=EntityView(topics=frozenset({"cargo"})))) == [
        ("Kelm", 6, 6),
        ("Harbour Board", 2, 2),
    ]


@pytest.mark.parametrize(
    "view",
    [EVERY, EntityView("place"), EntityView(topics=frozenset({"cargo", "tides"})), EntityView(words="a")],
)
def test_pages_join_without_a_gap(archive: Archive, view: EntityView) -> None:
    found = page(archive, 1, view=view)
    while more := page(archive, 1, found[-1], view):
        found += more
    assert found == page(archive, view=view)


def test_a_dossier_has_every_passage_newest_first(archive: Archive) -> None:
    hits = dossier(archive, one(archive, "place/kelm"))
    assert [(hit.article.title, hit.passage) for hit in hits] == [
        (f"Title {day}", place) for day in range(6) for place in (0, 1)
    ]
    assert [hit.topic for hit in hits[:2]] == ["tides", "cargo"]
    assert all(hit.text[start:end] == "Kelm" for hit in hits for start, end in hit.spans)
    assert hits[0].article.publisher == "Wire"
    assert not any(hit.figures for hit in hits)


def test_a_speakers_figures_are_in_its_dossier(archive: Archive) -> None:
    """Where it is not named, too: "It said 40 ferries sank." is the Board's."""
    hits = dossier(archive, one(archive, "organization/harbour board"))
    assert [(hit.article.title, hit.passage, len(hit.figures)) for hit in hits] == [
        ("Title 0", 1, 0),
        ("Title 0", 2, 1),
        ("Title 1", 1, 0),
        ("Title 1", 2, 1),
    ]
    quill = dossier(archive, one(archive, "person/a. quill"))
    assert [(hit.article.title, len(hit.figures)) for hit in quill] == [
        (f"Title {day}", 1) for day in range(6)
    ]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_of_a_dossier_join_without_a_gap(archive: Archive, size: int) -> None:
    entity = one(archive, "organization/harbour board")
    found: list[DossierHit] = []
    before = None
    while more := dossier(archive, entity, size, before):
        found += more
        before = found[-1].key
    assert tuple(found) == dossier(archive, entity)
    keys = archive.dossier_keys(entity, 99)
    assert archive.dossier_keys(entity, 2, after=keys[3]) == keys[1:3]
    assert archive.dossier_keys(entity, 2, after=-1) == keys[-2:]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Yoav Gallant", True),
        ("Defense Minister Yoav  Gallant", True),
        ("a spokesman for Yoav Gallant's office", False),
        ("Hamas-run Gaza Health Ministry", False),
        (None, False),
    ],
)
def test_who_speaks(said: str | None, expected: bool) -> None:
    assert speaks(said, ("Yoav Gallant", "Gallant"), "person") is expected


def test_an_organization_speaks_under_its_very_name() -> None:
    assert speaks("The Hamas", ("Hamas",), "organization")
    assert not speaks("the health ministry of Hamas", ("Hamas",), "organization")


def test_the_unknown_and_nothing(archive: Archive) -> None:
    assert archive.entity("person/nobody", NOW) is None
    assert page(archive, 0) == []


def test_counts_follow_another_text_and_pruning(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    archive = open_archive(path)
    archive.set_desk(DESK, TOPICS, DIGEST)
    passages = tuple(passage(index, text) for index, text in enumerate(TEXTS))
    first, second = archive.save_poll(
        STATE, [incoming(f"g{n}", f"T{n}", passages) for n in range(2)], NOW
    ).new_ids
    for article in (first, second):
        archive.save_deep(article, 1, Found((named("Kelm", 0, 1, kind="place"), named("Quill", 0)), ()))
    assert names(page(archive)) == [("Kelm", 4, 2), ("Quill", 2, 2)]
    archive.save_deep(second, 1, Found((named("Kelm", 0, kind="place"),), ()))
    assert names(page(archive)) == [("Kelm", 3, 2), ("Quill", 1, 1)]
    assert maintained(path) == recounted(path)
    remove(archive._database, (first,), marked=True)
    assert names(page(archive)) == [("Kelm", 1, 1)]
    assert archive.entity_counts(EntityView()) == {"place": 1}
    stays = archive.article(second)
    assert stays is not None
    other = incoming(f"g{stays.title[1:]}", stays.title, (passage(0, "Other words."),))
    archive.save_poll(STATE, [other], NOW)
    assert page(archive) == []
    assert maintained(path) == recounted(path)
    archive.close()


PLACES = EntityView("place")
PAGES: dict[str, Callable[[Archive], object]] = {
    "the first": lambda archive: page(archive, 10),
    "the next": lambda archive: page(archive, 10, page(archive, 2)[-1]),
    "of a kind": lambda archive: page(archive, 1, page(archive, 1, view=PLACES)[-1], PLACES),
    "how many": lambda archive: archive.entity_counts(EntityView()),
    "one": lambda archive: one(archive, "place/kelm"),
    "a dossier": lambda archive: dossier(archive, one(archive, "organization/harbour board"), 10),
    "its next page": lambda archive: dossier(
        archive, one(archive, "organization/harbour board"), 10, 1 << 50
    ),
}


@pytest.mark.parametrize("operation", PAGES.values(), ids=PAGES.keys())
def test_pages_are_sought_in_their_order(path: Path, operation: Callable[[Archive], object]) -> None:
    recorder = Recorder(path)
    plans = recorder.plans(operation)
    tables = ("article", "passage", "mention", "figure", "entity", "entity_day", "entity_alias", "revision")
    walks = {"SCAN entity USING COVERING INDEX entity_mentions"}
    scans = [
        line
        for lines in plans.values()
        for line in lines
        if line.startswith("SCAN") and "json_each" not in line and "wanted" not in line
    ]
    aliases = ("m", "g", "p", "a", "e", "n", "d", "f", *tables)
    assert [
        line for line in scans if line.split()[1] in aliases and line not in walks | {"SCAN entity_kind"}
    ] == []
    assert [line for line in sorts(plans) if "g.position" not in line] == []
    recorder.archive.close()


@pytest.mark.parametrize("view", [EntityView(words="har"), EntityView(topics=frozenset({"cargo"}))])
def test_what_narrows_looks_at_so_much_and_no_more(path: Path, view: EntityView) -> None:
    recorder = Recorder(path)
    plans = recorder.plans(lambda archive: archive.entity_page(view, 10, None, NOW))
    [(sql, lines)] = [(sql, lines) for sql, lines in plans.items() if ":most" in sql]
    assert not any(
        line.startswith(("SCAN m ", "SCAN e ", "SCAN p ", "SCAN n USING INDEX sqlite")) for line in lines
    )
    assert "LIMIT :looked" in sql or "LIMIT :passages" in sql
    recorder.archive.close()

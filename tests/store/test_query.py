"""The query language: what a query means, where a wrong one is wrong, and that no string breaks it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta, timezone
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsdesk.errors import QueryError, UsageError
from newsdesk.models import Entity, Feed, FeedState, Figure, Found, Mention
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.query import MOST_PARTS, parse
from newsdesk.store.search import search
from store.build import DESK, DIGEST, NOW, TOPICS, fill, incoming, passage

WIRE = Feed(url="https://wire.example/feed", title="Wire", tags=("agencies",))
GAZETTE = Feed(url="https://gazette.example/feed", title="Gazette Été")
SAVED = {
    "north": "harbour or lantern",
    "both": "@north not pilot",
    "loop": "harbour @pool",
    "pool": "@loop",
    "best": "harbour sort:rank",
    "broken": "harbour (",
}
# Two articles of Wire, an hour and a day old; one of Gazette, ten days old. Each passage has a number to be
# told by, and "common".
TEXTS = {
    "One harbour": ("n1 common harbour pilot", "n2 common lantern", "n3 common harbours of the East"),
    "Two": ("n4 common Pilot left the harbour today", "n5 common quay"),
    "Three boats": ("n6 common lantern of the harbour, not far", "n7 common café"),
}
AGES = {"One harbour": timedelta(hours=1), "Two": timedelta(days=1), "Three boats": timedelta(days=10)}
LABELS = {"n1": ("tides",), "n2": ("cargo", "tides"), "n4": ("cargo",), "n6": ("tides",)}


def claim(place: int, category: str, number: float | None, by: str | None = None, **more: object) -> Figure:
    fields = {
        **{"passage": place, "start": 0, "end": 2, "text": "many", "min": number, "max": None, "best": None},
        **{"quantifier": "more_than", "noun": "people", "unit": "person", "event": None},
        **{"category": category, "asserted_by": by, **more},
    }
    return Figure(**fields)  # type: ignore[arg-type]


def named(name: str, kind: str, *places: int, aliases: tuple[str, ...] = ()) -> Entity:
    mentions = tuple(Mention(place, 0, 2, "nn") for place in places)
    return Entity(f"{kind}/{name.lower().replace(' ', '-')}", name, kind, mentions, False, aliases)  # type: ignore[arg-type]


FOUND = {
    "One harbour": Found(
        (named("Red Cross", "organization", 0, 2, aliases=("ICRC", "Croix-Rouge été")),),
        (claim(0, "killed", 150, "Ministry of Health"), claim(0, "injured", 20, hypothetical=True)),
    ),
    "Two": Found(
        (named("Kelm", "place", 0, 1), named("Red Cross", "organization", 1)),
        (claim(0, "killed", 20, "a spokesman"), claim(1, "injured", 300, "the health ministry")),
    ),
    "Three boats": Found((named("Kelm Ferries", "organization", 0),), (claim(1, "displaced", None),)),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = open_archive(tmp_path_factory.mktemp("query") / "archive.db")
    archive.set_desk(DESK, TOPICS, DIGEST)
    archive.set_queries(SAVED)
    archive.sync_feeds([WIRE, GAZETTE])
    ids = {}
    for feed, titles in ((WIRE, ("One harbour", "Two")), (GAZETTE, ("Three boats",))):
        for title in titles:
            texts = [passage(n, text, LABELS.get(text[:2], ())) for n, text in enumerate(TEXTS[title])]
            article = incoming(title, title, tuple(texts), NOW - AGES[title])
            [ids[title]] = archive.save_poll(FeedState(url=feed.url), [article], NOW).new_ids
    for title, found in FOUND.items():
        stored = archive.article(ids[title])
        assert stored is not None
        assert archive.save_deep(stored.id, stored.revision, found)
    archive.mark_read(ids["One harbour"], [0])
    archive.star(ids["Two"], True)
    yield archive
    archive.close()


def found(archive: Archive, query: str, **more: object) -> str:
    """The numbers of the passages that a query finds."""
    database, desk = archive._database, archive._desk
    hits = search(database, desk, query, saved=SAVED, now=NOW, **more)  # type: ignore[arg-type]
    return " ".join(hit.text[1] for hit in hits)


MEANINGS = {
    # words
    "harbour pilot": "1 4",
    "harbour and pilot": "1 4",
    "HARBOUR AND PILOT": "1 4",
    '"harbour pilot"': "1",
    '"pilot left" harbour': "4",
    "lantern or quay": "2 5 6",
    "pilot quay or lantern ": "2 6",
    "(pilot or lantern) harbour ": "1 4 6",
    "harbour* not pilot": "3 6",
    "common not (harbour* or lantern)": "5 7",
    "not common": "",
    "not not quay": "5",
    "harbo* east": "3",
    "ha*": "",
    '"harb*"': "",
    "harb": "1 3 4 6",
    "harb lantern": "",
    "lantern near/2 harbour": "6",
    "harbour near/2 lantern": "6",
    "lantern near/1 harbour": "",
    '"pilot left" near/1 harbour': "4",
    "common near/0 harbour near/0 pilot": "1",
    "cafe": "7",
    "CAFÉ": "7",
    "quay or ?!": "5",
    "((((quay))))": "5",
    # filters
    "topic:tides": "1 2 6",
    "topic:cargo": "2 4",
    "topic:unsorted": "3 5 7",
    "topic:tides topic:cargo": "2",
    "topic:tides not topic:cargo": "1 6",
    "harbour topic:tides": "1 6",
    "source:wire": "1 2 3 4 5",
    "feed:gazette.example": "6 7",
    'source:"gazette ete"': "6 7",
    "source:nobody": "",
    "tag:agencies lantern": "2",
    "not tag:agencies": "6 7",
    "title:harbour": "1 2 3",
    "title:boa*": "6 7",
    "title:bo*": "",
    'title:"three boats" lantern': "6",
    "title:harb": "",
    "entity:icrc": "1 3 5",
    'entity:"Croix-Rouge ete"': "1 3 5",
    'entity:"red cross" not harbour* ': "5",
    "entity:kelm": "4 5",
    "entity:kelm*": "4 5 6",
    "entity:nobody": "",
    "not entity:red*": "2 4 6 7",
    "not entity:icrc": "2 4 6 7",
    "place:kelm": "4 5",
    'place:"kelm ferries"': "",
    "by:ministry": "1 5",
    "by:MINISTRY by:health": "1 5",
    "by:spokesman pilot": "4",
    "figure:killed": "1 4",
    "figure:killed>100": "1",
    "figure:killed>=20": "1 4",
    "figure:killed<=20": "4",
    "figure:killed=150": "1",
    "figure:>1,00": "1 5",
    "figure:injured": "5",
    "figure:displaced": "7",
    "figure:displaced>0": "",
    "has:figure": "1 4 5 7",
    "has:entity not has:figure": "3 6",
    "is:read": "1",
    "is:unread harbour": "3 4 6",
    "is:starred": "4 5",
    "is:changed": "",
    "since:2h": "1 2 3",
    "since:2d harbour": "1 3 4",
    "since:1w": "1 2 3 4 5",
    "before:1w": "6 7",
    "before:2h since:2d": "4 5",
    "since:2026-02-28": "1 2 3 4 5",
    "since:2026-03-01": "1 2 3",
    "before:2026-02-28 harbour": "6",
    "quay or topic:tides or figure:displaced": "1 2 5 6 7",
    "(harbour or topic:cargo) source:wire": "1 2 4",
    "harbour sort:new": "1 4 6",
    # saved queries
    "@north": "1 2 4 6",
    "query:north since:2d": "1 2 4",
    "@both": "2 6",
    "not @north": "3 5 7",
    # nothing to look for
    "": "",
    "?!": "",
    '"': "",
    "(": "",
    "sort:rank": "",
}


@pytest.mark.parametrize("query", MEANINGS)
def test_a_query_finds_what_it_says(archive: Archive, query: str) -> None:
    assert found(archive, query) == MEANINGS[query]


@pytest.mark.parametrize("query", [query for query, numbers in MEANINGS.items() if numbers])
def test_pages_join_without_a_gap(archive: Archive, query: str) -> None:
    numbers, before = [], None
    while page := search(archive._database, archive._desk, query, 1, before, saved=SAVED, now=NOW):
        numbers.append(page[0].text[1])
        before = page[0].key
    assert " ".join(numbers) == MEANINGS[query]


TIMED = ("since:", "before:", "figure:", "by:")


@pytest.mark.parametrize("query", [one for one in MEANINGS if one and not any(t in one for t in TIMED)])
def test_figures_and_entities_are_those_of_the_passages(archive: Archive, query: str) -> None:
    numbers = MEANINGS[query].split()
    assert len(archive.figures(query)) == len({"1", "4", "5", "7"} & set(numbers))
    mentions = {"1": 1, "3": 1, "4": 1, "5": 2, "6": 1}
    counted = sum(one.mentions for one in archive.entities(query))
    assert counted == sum(mentions.get(one, 0) for one in numbers)


def test_figure_filters_speak_of_the_figure_itself(archive: Archive) -> None:
    def numbers(query: str) -> list[float | None]:
        return [hit.figure.min for hit in archive.figures(query)]

    assert numbers("figure:killed") == [150, 20]
    assert numbers("not figure:killed") == [300, None]
    assert numbers("by:ministry") == [150, 300]
    assert numbers("figure:killed by:ministry") == [150]
    assert numbers("harbour figure:killed<100") == [20]
    assert numbers("quay or figure:killed>100") == [150, 300]
    paged = list(archive.figures("figure:>10", 1))
    while page := archive.figures("figure:>10", 1, paged[-1].key):
        paged += page
    assert [hit.figure.min for hit in paged] == [150, 20, 300]


def test_the_best_come_first_on_demand(archive: Archive) -> None:
    by_rank = found(archive, "harbour sort:rank")
    assert by_rank.split()[0] == "1", "the shortest text with the word"
    assert sorted(by_rank) == sorted("1 4 6")
    assert found(archive, "@best") == by_rank
    first = search(archive._database, archive._desk, "harbour sort:rank", 1)
    rest = search(archive._database, archive._desk, "harbour sort:rank", 9, first[0].key)
    assert " ".join(hit.text[1] for hit in (*first, *rest)) == by_rank


def test_words_are_marked_but_not_those_denied(archive: Archive) -> None:
    [hit] = archive.search('lantern near/3 harbour not pilot (far or source:"far")')
    assert [hit.text[start:end] for start, end in hit.spans] == ["lantern", "harbour", "far"]


def test_changed_articles_are_found(archive: Archive, tmp_path: Path) -> None:
    own = open_archive(tmp_path / "archive.db")
    own.set_desk(DESK, TOPICS, DIGEST)
    state = FeedState(url=WIRE.url)
    for text in ("before", "after"):
        own.save_poll(
            state, [incoming("g", "T", (passage(0, text),)), incoming("h", "U", (passage(0, "same"),))], NOW
        )
    assert [hit.text for hit in own.search("is:changed")] == ["after"]
    own.close()


# ---------------------------------------------------------------------- what cannot be read


class Wrong(NamedTuple):
    column: int
    says: str


ERRORS = {
    "boats or": Wrong(9, "wanted after or"),
    "or boats": Wrong(1, "wanted before or"),
    "boats and or ships": Wrong(11, "wanted before or"),
    "boats not": Wrong(10, "wanted after not"),
    "(boats": Wrong(7, "the ( at column 1 is open"),
    "boats)": Wrong(6, "has no ( before it"),
    "boats ()": Wrong(8, "wanted before )"),
    "near/5 boats": Wrong(1, "between two words"),
    "boats near/5": Wrong(13, "wanted after near/5"),
    "boats near/5 topic:tides": Wrong(14, "topic:tides"),
    "tpic:tides": Wrong(1, "did you mean topic?"),
    "boats  topic:tide": Wrong(14, "did you mean tides?"),
    "topic:": Wrong(7, "as in topic:"),
    "is:red": Wrong(4, "did you mean read?"),
    "has:figures": Wrong(5, "did you mean figure?"),
    "figure:kiled>5": Wrong(8, "did you mean killed?"),
    "figure:killed>many": Wrong(8, "figure:killed>100 is the form"),
    "since:soon": Wrong(7, "2024-03-27 is the form"),
    "before:2024-13-01": Wrong(8, "2024-03-27 is the form"),
    "sort:best boats": Wrong(6, "rank and new"),
    "boats or (ships sort:rank)": Wrong(17, "outside"),
    "@nort": Wrong(1, "did you mean north?"),
    "boats query:nowhere": Wrong(7, "there is no saved query"),
    "boats @loop": Wrong(7, "stands for itself"),
    "@broken": Wrong(1, "in the saved query broken: "),
    "boats " * (MOST_PARTS + 1): Wrong(6 * MOST_PARTS + 1, "more than 64"),
}


@pytest.mark.parametrize("query", ERRORS)
def test_an_error_points_at_the_column(archive: Archive, query: str) -> None:
    column, says = ERRORS[query]
    with pytest.raises(QueryError) as raised:
        archive.search(query)
    assert raised.value.column == column
    line = raised.value.line()
    assert line.startswith(f"at column {column}: ")
    assert says in line
    assert isinstance(raised.value, UsageError)


def test_saved_queries_that_name_each_other_often_are_refused() -> None:
    saved = {f"q{n}": f"@q{n - 1} or @q{n - 1}" for n in range(1, 40)} | {"q0": "boats"}
    with pytest.raises(QueryError, match="more than"):
        parse("@q39", saved)


RAW = [
    '"',
    "*",
    "covid-19",
    "C++",
    "4.5%",
    "it's",
    "AND",
    "(",
    '"cease-fire" qatar',
    "10:30",
    "https://x.org/a?b=c",
]


@pytest.mark.parametrize("query", RAW)
def test_what_people_paste_is_looked_for(tmp_path: Path, query: str) -> None:
    own = open_archive(tmp_path / "archive.db")
    own.set_desk(DESK, TOPICS, DIGEST)
    text = "covid-19 and C++ are 4.5% it's cease-fire in Qatar at 10:30, https://x.org/a?b=c"
    own.save_poll(FeedState(url=WIRE.url), [incoming("g", "T", (passage(0, text), passage(1, "x")))], NOW)
    expected = [] if query in ('"', "*", "(") else [text]
    assert [hit.text for hit in own.search(query)] == expected
    own.close()


# ---------------------------------------------------------------------- no string breaks it


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = open_archive(tmp_path_factory.mktemp("strings") / "archive.db")
    fill(archive, 8)
    archive.set_queries(SAVED)
    yield archive
    archive.close()


PIECES = st.sampled_from(
    [
        *(
            '"',
            "(",
            ")",
            "*",
            ":",
            " ",
            "and",
            " or ",
            " not ",
            " near/3 ",
            "NEAR(",
            "te",
            "lo*",
            "@north",
            "@",
        ),
        *(
            "topic:",
            "tides",
            "source:",
            "entity:",
            "is:unread",
            "since:2d",
            "before:9999-12-31",
            "figure:killed>1",
        ),
        *(
            "title:",
            "by:",
            "tag:x",
            "has:figure",
            "sort:rank",
            "query:both",
            "place:a*",
            "{text} :",
            "^",
            "-",
            "'",
        ),
        *(
            "\0",
            "é",
            "漢",
            "\ud800",
            "\u2028",
            "١",
            "9" * 400,
            "since:999999w",
            "figure:>" + "9" * 400,
            "²",
            "_",
        ),
    ]
)


@settings(max_examples=10_000 if os.environ.get("NEWSDESK_SOAK") else 2_000, deadline=None)
@given(
    st.text(max_size=40)
    | st.lists(PIECES, max_size=14).map("".join)
    | st.lists(PIECES, max_size=9).map(" ".join)
)
@example("(" * 10_000)
@example("(" * 100 + "a" + ")" * 100)
@example("not " * 400 + "a")
@example("a near/99999999999999999999 b")
@example("before:0001-01-01 since:0001-01-01")
@example("since:9999-12-31")
def test_no_string_breaks_a_query(filled: Archive, query: str) -> None:
    ways: list[Callable[[str, int], object]] = [filled.search, filled.figures, filled.entities]
    for way in ways:
        with suppress(QueryError):
            way(query, 5)


def test_times_are_counted_from_now_in_its_zone(archive: Archive) -> None:
    database, desk = archive._database, archive._desk
    later = NOW + timedelta(days=30)
    assert search(database, desk, "since:1w", now=later) == ()
    assert len(search(database, desk, "since:31d", now=later)) == 5
    # Midnight of 1 March in a zone 13 hours ahead is 11:00 on 28 February here: before article Two.
    ahead = NOW.astimezone(timezone(timedelta(hours=13)))
    assert len(search(database, desk, "since:2026-03-01", now=ahead)) == 5

"""Figures in series: what belongs together, what is compared, what excludes what, where lines break."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from time import process_time
from typing import Any

import pytest

from newsdesk import series
from newsdesk.models import ArticleRef, Figure, FigureHit

NOON = datetime(2024, 3, 27, 12, tzinfo=UTC)


def figure(number: float | tuple[float, float] = 7, quantifier: str = "exact", **changes: Any) -> Figure:
    """Seven people killed in Hebbariye, an incident; fields as named."""
    low, high = number if isinstance(number, tuple) else (number, number)
    bounds = {
        "exact": (low, low, low),
        "more_than": (low, None, None),
        "at_least": (low, None, None),
        "less_than": (None, low, None),
        "up_to": (None, low, None),
        "approximately": (None, None, low),
        "range": (low, high, None),
        "vague": (None, None, None),
        "fraction": (None, None, low),
    }[quantifier]
    fields = {
        **{"passage": 0, "start": 0, "end": 5, "text": f"{low:g} people", "noun": "people", "unit": "person"},
        **dict(zip(("min", "max", "best"), bounds, strict=True)),
        **{"quantifier": quantifier, "category": "killed", "event": "kill", "scope": "incident"},
        **{"place": "Hebbariye", "asserted_by": "official", **changes},
    }
    return Figure(**fields)


ARTICLES = count(1)


def hit(
    one: Figure,
    hours: float = 0,
    outlet: str = "Wire A",
    article: int | None = None,
    place: int | None = None,
) -> FigureHit:
    """A figure in an article of its own; with `place`, the one of article 1 at that place."""
    published = NOON + timedelta(hours=hours)
    number = 1 if place is not None else article or 1 + next(ARTICLES)
    ref = ArticleRef(number, "T", "https://a.example/1", outlet, published)
    return FigureHit(ref, one, (1000 - number, number, place or 0))


def said(number: Any, by: str | None, hours: float = 0, outlet: str = "Wire A", **changes: Any) -> FigureHit:
    quantifier, article = changes.pop("quantifier", "exact"), changes.pop("article", None)
    return hit(figure(number, quantifier, asserted_by=by, **changes), hours, outlet, article)


EXCLUDED = [
    # one, other, whether not both can hold
    ((30, "more_than"), (35, "exact"), False),
    ((30, "more_than"), (30, "exact"), True),
    ((30, "at_least"), (30, "exact"), False),
    ((30, "at_least"), (29, "exact"), True),
    ((30, "more_than"), (60, "more_than"), False),
    ((30, "more_than"), (30, "up_to"), True),
    ((30, "at_least"), (30, "up_to"), False),
    ((30, "at_least"), (30, "less_than"), True),
    ((31, "more_than"), (30, "less_than"), True),
    ((40, "up_to"), (7, "exact"), False),
    ((40, "up_to"), (41, "exact"), True),
    ((7, "exact"), (7, "exact"), False),
    ((7, "exact"), (1, "exact"), True),
    (((10, 15), "range"), (12, "exact"), False),
    (((10, 15), "range"), (16, "exact"), True),
    (((10, 15), "range"), ((15, 20), "range"), False),
    (((10, 15), "range"), ((16, 20), "range"), True),
    (((10, 15), "range"), (15, "more_than"), True),
    ((250, "approximately"), (253, "exact"), False),
    ((250, "approximately"), (300, "exact"), True),
    ((100, "approximately"), (130, "exact"), True),
    ((100, "approximately"), (109, "approximately"), False),
    ((0, "vague"), (7, "exact"), False),
    ((0, "vague"), (0, "vague"), False),
    ((32_000, "exact"), (32_333, "exact"), False),
    ((32_000, "more_than"), (32_000, "exact"), False),
    ((1_200, "exact"), (1_139, "exact"), True),
    ((1_200, "exact"), (1_160, "exact"), False),
    ((1_201, "exact"), (1_200, "exact"), False),
    ((1_201, "exact"), (1_202, "exact"), True),
    ((100, "exact"), (101, "exact"), True),
    ((2 / 3, "fraction"), (0.7, "fraction"), False),
    ((2 / 3, "fraction"), (0.5, "fraction"), True),
]


@pytest.mark.parametrize(("one", "other", "expected"), EXCLUDED)
def test_numbers_exclude_each_other_as_their_words_say(one: Any, other: Any, expected: bool) -> None:
    assert series.excludes(figure(*one), figure(*other)) is expected
    assert series.excludes(figure(*other), figure(*one)) is expected


DIFFERENT: list[tuple[dict[str, Any], dict[str, Any], tuple[str, ...]]] = [
    ({}, {}, ()),
    ({}, {"best": 1, "min": 1, "max": 1}, ()),
    ({}, {"asserted_by": None}, ()),
    ({}, {"category": "injured"}, ("category",)),
    ({}, {"scope": "day"}, ("scope",)),
    ({}, {"place": "Rafah"}, ("place",)),
    ({"place": "Gaza's"}, {"place": "gaza"}, ()),
    ({"place": "Gaza", "place_id": "place/gaza"}, {"place": "the Strip", "place_id": "place/gaza"}, ()),
    ({}, {"status": "civilian"}, ("population",)),
    ({"status": "civilian", "noun": "civilians"}, {"status": "civilian"}, ()),
    ({"status": "civilian"}, {"status": "combatant"}, ("population",)),
    # A number of people that says nothing more counts fighters and civilians alike.
    ({"status": "mixed"}, {"status": "unknown"}, ()),
    ({}, {"noun": "children"}, ("population",)),
    ({"noun": "women and children"}, {"noun": "children and women"}, ()),
    ({"noun": "dead"}, {"noun": "victims"}, ()),
    ({"noun": "others"}, {}, ()),
    ({"noun": "those taken"}, {}, ("population",)),
    ({"category": "captured", "noun": "those taken"}, {"category": "captured"}, ()),
    ({"noun": "soldiers"}, {"noun": "soldier"}, ()),
    ({"noun": "hostages"}, {}, ("population",)),
    ({"noun": "Palestinians"}, {}, ("population",)),
    ({"noun": "Palestinians"}, {"noun": "Israelis"}, ("population",)),
    ({"unit": "household", "noun": "families"}, {}, ("population",)),
    ({"parent": 0, "noun": "children"}, {"noun": "children"}, ("measure",)),
    ({"trend": "up"}, {}, ("measure",)),
    ({"stance": "demands"}, {}, ("measure",)),
    ({"quantifier": "fraction"}, {}, ("measure",)),
    ({"date": "2024-03-26"}, {"date": "2024-03-27"}, ("date",)),
    ({"date": "2024-03-26"}, {}, ()),
    ({"scope": "cumulative", "date": "2023-10-07"}, {"scope": "cumulative", "date": "2024-03-27"}, ()),
    # Nothing printed ties the two to one place.
    ({"place": None}, {"place": None}, ("place",)),
    ({"place": None, "date": "2023-10-07"}, {"place": None, "date": "2023-10-07"}, ()),
    ({"place": None, "date": "2023-10-07"}, {"place": None, "date": "2023-11-07"}, ("place", "date")),
    ({"place": None, "scope": "cumulative"}, {"place": None, "scope": "cumulative"}, ()),
    (
        {"place": None, "scope": "cumulative", "asserted_by": "Gaza's Health Ministry"},
        {
            "place": None,
            "scope": "cumulative",
            "asserted_by": "Health Ministry in the Hamas-run Gaza Strip",
        },
        (),
    ),
    (
        {"place": None, "scope": "cumulative", "asserted_by": "army"},
        {"place": None, "scope": "cumulative", "asserted_by": "ministry"},
        ("place",),
    ),
    ({"place": None, "asserted_by": "police"}, {"place": None, "asserted_by": "police"}, ("place",)),
    ({"category": "other", "event": "rise"}, {"category": "other", "event": "fall"}, ("category",)),
    ({"unit": "money", "text": "$5 million"}, {"unit": "money", "text": "€5 million"}, ("population",)),
    ({"unit": "money", "text": "$5 million"}, {"unit": "money", "text": "$9"}, ()),
    (
        {"unit": "building", "noun": "houses"},
        {"unit": "building", "noun": "mosques"},
        (),
    ),
    (
        {"category": "injured", "scope": "day", "noun": "children"},
        {},
        ("category", "scope", "population"),
    ),
]


@pytest.mark.parametrize(("one", "other", "fields"), DIFFERENT)
def test_only_what_counts_the_same_is_compared(
    one: dict[str, Any], other: dict[str, Any], fields: tuple[str, ...]
) -> None:
    first, second = hit(figure(**one)), hit(figure(**other), 1)
    assert series.differences(first, second) == fields
    assert series.differences(second, first) == fields
    if not fields:
        assert series.identity(first.figure) == series.identity(second.figure)
        assert series.nearness(first.figure) == series.nearness(second.figure)


def test_figures_of_a_day_are_compared_with_those_of_that_day() -> None:
    today = said(81, "ministry", scope="day")
    assert series.differences(today, said(60, "ministry", 3, scope="day")) == ()
    assert series.differences(today, said(60, "ministry", 24, scope="day")) == ("date",)


def test_a_series_beside_another_is_of_the_same_category_and_place() -> None:
    toll = figure(scope="cumulative", place="Gaza")
    for other in (
        figure(scope="day", place="Gaza"),
        figure(scope="cumulative", noun="children", place="Gaza"),
    ):
        assert series.identity(toll) != series.identity(other)
        assert series.nearness(toll) == series.nearness(other) != ""
    assert series.nearness(figure(scope="cumulative", place="Rafah")) != series.nearness(toll)
    assert series.nearness(figure(place=None)) == ""


CONFLICTS: list[tuple[str, list[FigureHit], dict[int, tuple[int, ...]]]] = [
    ("two accounts", [said(7, "official"), said(1, "military", 2)], {0: (1,), 1: (0,)}),
    ("one account twice", [said(7, "official"), said(7, "police", 2)], {}),
    ("more than 30 and 35", [said(30, "ministry", quantifier="more_than"), said(35, "army")], {}),
    ("a voice that goes on counting", [said(30, "ministry"), said(45, "ministry", 5)], {}),
    (
        "a body's short name",
        [said(30, "Health Ministry in the Hamas-run Gaza Strip"), said(45, "ministry")],
        {},
    ),
    ("a day apart is an update", [said(7, "official"), said(9, "police", 25)], {}),
    ("the outlet's own voice", [said(7, "official"), said(9, None, 1)], {0: (1,), 1: (0,)}),
    ("two outlets", [said(7, None), said(9, None, 1, "Wire B")], {0: (1,), 1: (0,)}),
    ("one outlet", [said(7, None), said(9, None, 1)], {}),
    (
        "what was replaced meanwhile",
        [said(45, "ministry"), said(60, "ministry", 5), said(60, "council", 6)],
        {},
    ),
    (
        "what was replaced later",
        [said(45, "ministry"), said(60, "council", 1), said(60, "ministry", 5)],
        {0: (1,), 1: (0,)},
    ),
    ("another scope", [said(7, "official"), said(1, "military", scope="day")], {}),
    ("another population", [said(7, "official"), said(1, "military", noun="militants")], {}),
    ("another place", [said(7, "official"), said(1, "military", place="Tyre")], {}),
    ("no place", [said(7, "official", place=None), said(1, "military", place=None)], {}),
    (
        "other incidents of one place",
        [said(7, "official", date="2024-03-27"), said(1, "military", date="2024-03-26")],
        {},
    ),
    ("a denial of it", [said(7, "official"), said(7, "military", stance="denies")], {0: (1,), 1: (0,)}),
    ("a denial of something else", [said(7, "official"), said(20, "military", stance="denies")], {}),
    ("two denials", [said(7, "a", stance="denies"), said(9, "b", stance="denies")], {}),
    ("a demand", [said(7, "official"), said(9, "military", stance="demands")], {}),
    ("dozens", [said(7, "official"), said(0, "military", quantifier="vague")], {}),
    (
        "a number that an article only looks back on",
        [
            hit(figure(45, asserted_by="ministry"), place=0),
            hit(figure(30, asserted_by="ministry"), place=1),
            said(45, "council", 1, article=2),
        ],
        {},
    ),
    (
        "three voices",
        [said(7, "official"), said(1, "military"), said(7, "doctors")],
        {0: (1,), 1: (0, 2), 2: (1,)},
    ),
]


@pytest.mark.parametrize(
    ("hits", "expected"), [case[1:] for case in CONFLICTS], ids=[c[0] for c in CONFLICTS]
)
def test_conflicts(hits: list[FigureHit], expected: dict[int, tuple[int, ...]]) -> None:
    assert series.conflicts(hits) == expected
    backwards = series.conflicts(hits[::-1])
    last = len(hits) - 1
    assert {last - place for place in backwards} == set(expected)


@pytest.mark.parametrize(("one", "other", "fields"), DIFFERENT)
def test_only_what_may_be_compared_is_a_conflict(
    one: dict[str, Any], other: dict[str, Any], fields: tuple[str, ...]
) -> None:
    numbers = ({"best": 10.0, "min": 10.0, "max": 10.0}, {"best": 90.0, "min": 90.0, "max": 90.0})
    first = hit(figure(**{**one, **numbers[0], "asserted_by": one.get("asserted_by", "army")}))
    second = hit(figure(**{**other, **numbers[1], "asserted_by": other.get("asserted_by", "doctors")}))
    fractions = "fraction" in (one.get("quantifier"), other.get("quantifier"))
    different = {first.figure.asserted_by, second.figure.asserted_by} == {"army", "doctors"}
    if different and not fractions:
        assert bool(series.conflicts([first, second])) == (series.differences(first, second) == ())
    elif fields:
        assert series.conflicts([first, second]) == {}


def test_a_hundred_reports_of_one_day_are_compared_in_no_time() -> None:
    hits = [said(number, f"ministry {number}", number / 10) for number in range(100)]
    begin = process_time()
    found = series.conflicts(hits)
    assert process_time() - begin < 1.0
    assert len(found) == 100
    assert len(found[0]) == 99


BREAKS: list[tuple[str, list[FigureHit], dict[int, tuple[str, ...]]]] = [
    ("one definition", [said(30, "ministry"), said(45, "ministry", 5)], {}),
    (
        "identified women and children of May 2024",
        [
            said(14_500, "OCHA", place="Gaza", noun="children", scope="cumulative"),
            said(7_797, "OCHA", 48, place="Gaza", noun="identified children", scope="cumulative"),
        ],
        {1: ("population",)},
    ),
    (
        "from people to Palestinians",
        [said(30, "ministry"), said(32, "ministry", 5, noun="Palestinians")],
        {1: ("population",)},
    ),
    ("each voice has its own line", [said(30, "ministry"), said(32, "army", 5, noun="Palestinians")], {}),
    (
        "another incident",
        [said(7, "police", date="2024-03-20"), said(2, "police", 90, date="2024-03-30")],
        {1: ("date",)},
    ),
]


@pytest.mark.parametrize(
    ("hits", "expected"), [case[1:] for case in BREAKS], ids=[case[0] for case in BREAKS]
)
def test_lines_break_where_the_definition_changes(
    hits: list[FigureHit], expected: dict[int, tuple[str, ...]]
) -> None:
    assert series.breaks(hits) == expected
    last = len(hits) - 1
    assert series.breaks(hits[::-1]) == {last - place: why for place, why in expected.items()}


DAYS: list[tuple[dict[str, Any], date]] = [
    ({}, date(2024, 3, 27)),
    ({"scope": "day", "date": "2024-03-25"}, date(2024, 3, 25)),
    ({"scope": "cumulative", "date": "2024-03-26"}, date(2024, 3, 26)),
    ({"scope": "cumulative", "date": "2023-10-07"}, date(2024, 3, 27)),
    ({"scope": "current", "date": "2024-03"}, date(2024, 3, 27)),
    ({"scope": "day", "date": "2024-03-30"}, date(2024, 3, 27)),
    ({"scope": "incident", "date": "2024-03-26"}, date(2024, 3, 27)),
    ({"scope": "cumulative", "date": "2024-03-20/2024-03-26"}, date(2024, 3, 27)),
]


@pytest.mark.parametrize(("changes", "day"), DAYS)
def test_as_of(changes: dict[str, Any], day: date) -> None:
    assert series.as_of(hit(figure(**changes))) == day


SPEAKERS = [
    ("Health Ministry in the Hamas-run Gaza Strip", "Gaza’s Health Ministry", True),
    ("Gaza Health Ministry", "health ministry in Gaza", True),
    ("health ministry of the Mirdal valley", "valley's health ministry", False),
    ("Israeli military", "Israel's military", False),
    ("médecins", "Medecins", True),
    ("ministry", "army", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SPEAKERS)
def test_a_speaker_in_other_words(one: str, other: str, same: bool) -> None:
    assert (series.speaker_key(one) == series.speaker_key(other)) is same


def test_voices_are_counted_with_those_who_confirm() -> None:
    hits = [said(7, "official", confirmed_by=("Lebanese security sources",)), said(7, "official", 1)]
    assert series.voices(hits) == 2
    assert series.voices([*hits, said(7, None)]) == 3
    assert series.voices([]) == 0


def test_words_of_an_identity_cannot_pass_for_others() -> None:
    odd, plain = (
        figure(place="a|b", category="other", event="x"),
        figure(place="b", category="other", event="x|a"),
    )
    assert series.identity(odd) != series.identity(plain)

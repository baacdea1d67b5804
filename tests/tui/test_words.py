"""Strings of the screens: times, numbers, speakers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsdesk.models import Figure
from newsdesk.tui import present, words

NOW = datetime(2024, 3, 27, 12, 0, tzinfo=UTC)


def figure(**changes: Any) -> Figure:
    fields: dict[str, Any] = {
        "passage": 0,
        "start": 0,
        "end": 1,
        "text": "as printed",
        "min": None,
        "max": None,
        "best": None,
        "quantifier": "exact",
        "noun": "people",
        "unit": "person",
        "category": "killed",
        "event": "kill",
    }
    return Figure(**(fields | changes))


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.mark.parametrize(
    ("ago", "shown"),
    [
        (timedelta(minutes=5), "11:55"),
        (timedelta(hours=11, minutes=59), "00:01"),
        (timedelta(hours=13), "Tue"),
        (timedelta(days=6), "Thu"),
        (timedelta(days=7), "20 Mar"),
        (timedelta(days=100), "18 Dec 2023"),
        (timedelta(days=-2), "29 Mar"),
    ],
)
def test_when_is_the_clock_today_and_the_date_beyond(ago: timedelta, shown: str) -> None:
    assert words.when(NOW - ago, NOW) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(20, "just now"), (720, "12 min ago"), (7300, "2 h ago"), (90_000, ""), (-60, "")],
)
def test_ago(seconds: int, shown: str) -> None:
    assert words.ago(NOW - timedelta(seconds=seconds), NOW) == shown


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"min": 32400.0, "quantifier": "more_than"}, (">", "32,400")),
        ({"best": 7.0, "min": 7.0, "max": 7.0}, ("", "7")),
        ({"max": 40.0, "quantifier": "up_to"}, ("≤", "40")),
        ({"best": 250.0, "quantifier": "approximately"}, ("~", "250")),
        ({"min": 10.0, "max": 15.0, "quantifier": "range"}, ("", "10–15")),
        ({"quantifier": "vague", "text": "dozens"}, ("", "dozens")),
        ({"best": 5.5, "unit": "percent"}, ("", "5.5 %")),
        (
            {"quantifier": "fraction", "best": 0.67, "text": "two-thirds of the dead"},
            ("", "two-thirds of the dead"),
        ),
        ({"best": 2.0, "unit": "money", "text": "$2 million"}, ("", "$2 million")),
    ],
)
def test_number_with_its_quantifier(fields: dict[str, Any], shown: tuple[str, str]) -> None:
    assert words.figure_value(figure(**fields)) == shown


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, "unattributed, in Wire A"),
        ({"asserted_by": "Health Ministry", "stance": "says"}, "says Health Ministry"),
        ({"asserted_by": "army", "stance": "denies", "via": "Reuters"}, "denies army, via Reuters"),
        ({"asserted_by": "army"}, "says army"),
    ],
)
def test_every_figure_names_its_speaker(fields: dict[str, Any], shown: str) -> None:
    assert words.figure_speaker(figure(**fields), "Wire A") == shown


@pytest.mark.parametrize("width", [45, 60, 93, 160])
def test_a_speaker_is_never_cut_and_details_only_at_the_end_of_a_line(width: int) -> None:
    said = figure(asserted_by="Health Ministry in the north", stance="says", place="Gaza", when="October 7")
    shown = present.figures([said, figure(place="Lebanon", when="Wednesday")], "Sample Wire", width).plain
    text = " ".join(shown.split())
    assert "says Health Ministry in the north" in text
    assert "unattributed, in Sample Wire" in text
    assert all(len(line) <= width for line in shown.split("\n"))
    assert all("…" not in line.rstrip()[:-1] for line in shown.split("\n"))

"""The words for a time, resolved by the day of the article."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.analysis.figures.dates import resolve

WEDNESDAY = date(2026, 3, 11)
ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}-\d\d-\d\d)?")


@pytest.mark.parametrize(
    ("when", "meant"),
    [
        ("Monday", "2026-03-09"),
        ("Wednesday", "2026-03-11"),
        ("Thursday", "2026-03-05"),
        ("last Wednesday", "2026-03-04"),
        ("late on Monday night", "2026-03-09"),
        ("Friday morning", "2026-03-06"),
        ("next Wednesday", "2026-03-18"),
        ("today", "2026-03-11"),
        ("overnight", "2026-03-11"),
        ("this morning", "2026-03-11"),
        ("yesterday", "2026-03-10"),
        ("tomorrow", "2026-03-12"),
        ("Oct. 7", "2025-10-07"),
        ("March 11", "2026-03-11"),
        ("March 12", "2025-03-12"),
        ("4 May", "2025-05-04"),
        ("the 4th of May", "2025-05-04"),
        ("Saturday, May 3, 2025", "2025-05-03"),
        ("14 May 2021", "2021-05-14"),
        ("September 11, 2001", "2001-09-11"),
        ("March 2019", "2019-03"),
        ("early April 2020", "2020-04"),
        ("February", "2026-02"),
        ("November", "2025-11"),
        ("last March", "2025-03"),
        ("2014", "2014"),
        ("the year 2014", "2014"),
        ("three days ago", "2026-03-08"),
        ("two months ago", "2026-01"),
        ("20 years ago", "2006"),
        ("last week", "2026-03-02/2026-03-08"),
        ("this week", "2026-03-09/2026-03-15"),
        ("last month", "2026-02"),
        ("this year", "2026"),
        ("last year", "2025"),
        ("the past 24 hours", "2026-03-10/2026-03-11"),
        ("the last two weeks", "2026-02-25/2026-03-11"),
        ("the weekend", "2026-03-07/2026-03-08"),
        ("the third quarter", "2025-07-01/2025-09-30"),
        ("the first quarter of 2024", "2024-01-01/2024-03-31"),
        ("June 31", None),
        ("recent years", None),
        ("the 1990s", None),
        ("a few weeks ago", None),
        ("Ramadan", None),
    ],
)
def test_words_for_a_time_mean_a_day_a_month_or_a_year(when: str, meant: str | None) -> None:
    assert resolve(when, WEDNESDAY) == meant


@pytest.mark.parametrize(
    ("when", "meant"), [("Monday", None), ("May 4", None), ("May 4, 2021", "2021-05-04"), ("2014", "2014")]
)
def test_without_the_day_of_the_article_only_what_has_its_year_is_resolved(
    when: str, meant: str | None
) -> None:
    assert resolve(when, None) == meant


@given(when=st.text(max_size=40), day=st.dates())
def test_any_words_are_read(when: str, day: date) -> None:
    resolved = resolve(when, day)

    assert resolved is None or ISO.fullmatch(resolved)


@given(
    when=st.sampled_from(
        ["last week", "999 days ago", "the last 999 years", "next Monday", "next month", "first quarter"]
    ),
    day=st.dates(),
)
def test_the_ends_of_the_calendar_are_no_crash(when: str, day: date) -> None:
    resolved = resolve(when, day)

    assert resolved is None or ISO.fullmatch(resolved)

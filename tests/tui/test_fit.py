"""How panes share the room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.tui import fit

NEEDS = st.lists(st.integers(min_value=fit.LEAST_HEIGHT, max_value=200), min_size=1, max_size=10)


@given(NEEDS, st.integers(min_value=30, max_value=120))
def test_a_column_is_filled_and_no_pane_is_starved(needs: list[int], height: int) -> None:
    heights = fit.share(needs, height)
    assert sum(heights) == height
    assert all(given >= min(need, height // len(needs)) for given, need in zip(heights, needs, strict=True))


@given(NEEDS, st.integers(min_value=1, max_value=3), st.integers(min_value=30, max_value=120))
def test_columns_keep_the_order_and_have_every_pane(needs: list[int], count: int, height: int) -> None:
    columns = fit.split(needs, min(count, len(needs)), height)
    assert len(columns) == min(count, len(needs))
    assert sum(len(column) for column in columns) == len(needs)
    assert all(column for column in columns)


def test_what_fits_gets_what_it_needs() -> None:
    assert fit.share([5, 7, 3], 30) == [5, 7, 18]
    assert fit.share([50, 4, 50], 24) == [10, 4, 10]


def test_the_fullest_column_is_as_low_as_can_be() -> None:
    assert fit.split([20, 10, 10], 2, 20) == [[20], [10, 10]]


def test_columns_by_width() -> None:
    assert [fit.columns(width, 5) for width in (40, 107, 108, 161, 162, 400)] == [1, 1, 2, 2, 3, 3]
    assert fit.columns(400, 2) == 2

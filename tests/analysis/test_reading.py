"""How much of an article is read deeply: bounded, whatever the text; what is left out is told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.analysis import reading
from newsdesk.analysis.passages import number
from newsdesk.analysis.reading import LONGEST, MANY, MOST, as_read
from newsdesk.models import Block, Passage


def passages(texts: Sequence[str]) -> tuple[Passage, ...]:
    return number(Block("paragraph", text) for text in texts)


def test_an_article_is_read_whole() -> None:
    given_ = passages(["A first one.", "", "  ", "A last one."])
    read, whole = as_read(given_)
    assert [p.text for p in read] == ["A first one.", "", "", "A last one."]
    assert whole


def test_furniture_is_not_read() -> None:
    read, whole = as_read(
        [Passage(0, "furniture", None, "Read more"), Passage(1, "paragraph", None, "A text.")]
    )
    assert [p.text for p in read] == ["", "A text."]
    assert whole


@pytest.mark.parametrize(
    ("texts", "lengths"),
    [
        (["word " * LONGEST], [LONGEST]),
        (["word " * 1500] * 20, [7500] * (MOST // 7500) + [0] * (20 - MOST // 7500)),
        (["word"] * (MANY + 5), [4] * MANY + [0] * 5),
        (["x" * 5000, "A last one."], [0, 11]),
        (["x" * 1000], [1000]),
    ],
)
def test_what_is_too_much_is_left_out(texts: list[str], lengths: list[int]) -> None:
    read, whole = as_read(passages(texts))
    assert [len(p.text) for p in read] == lengths
    assert whole == (lengths == [len(text) for text in texts])


@given(st.lists(st.text(max_size=40), max_size=12))
def test_what_is_read_is_the_beginning_of_each_passage(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "LONGEST", 20)
        patch.setattr(reading, "MOST", 100)
        patch.setattr(reading, "MANY", 5)
        given_ = passages(texts)
        read, whole = as_read(given_)
    assert [(p.index, p.kind, p.heading) for p in read] == [(p.index, p.kind, p.heading) for p in given_]
    given_ = tuple(p for p in given_ if p.kind != "furniture")
    read = [p for p in read if p.kind != "furniture"]
    assert all(full.text.startswith(p.text) for p, full in zip(read, given_, strict=True))
    assert sum(len(p.text) for p in read) <= 100
    assert sum(bool(p.text) for p in read) <= 5
    assert whole == all(
        p.text == full.text or not full.text.strip() for p, full in zip(read, given_, strict=True)
    )

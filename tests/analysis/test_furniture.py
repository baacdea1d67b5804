"""Furniture of news pages, line by line, and lines of a story that look like it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.analysis.furniture import looks_like_furniture
from newsdesk.analysis.passages import number, split_text
from newsdesk.analysis.pipeline import instant
from newsdesk.analysis.topics import Labeller
from newsdesk.models import Block, Desk, Topic

CASES = tomllib.loads(Path(__file__).with_name("furniture_cases.toml").read_text(encoding="utf-8"))
DESK = Desk("Any", (Topic("a", "A", strong=("a", "the", "#")), Topic("b", "B", weak=("é*",), needs=("x",))))


@pytest.mark.parametrize("line", CASES["furniture"])
def test_furniture(line: str) -> None:
    assert looks_like_furniture(line)


@pytest.mark.parametrize("line", CASES["story"])
def test_lines_of_a_story_stay_in_it(line: str) -> None:
    assert not looks_like_furniture(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("JANE DOE reported from " + "CAIRO" * 40, True),
        ("By " + "A. " * 75, False),
        ("(" * 590, False),
        ("Jane " * 40 + "said", False),
        ("a/" * 290, False),
    ],
)
def test_patterns_do_not_run_wild(text: str, expected: bool) -> None:
    assert looks_like_furniture(text) is expected


@given(st.lists(st.text(max_size=60), max_size=10).map("\n".join))
@settings(max_examples=150, deadline=None)  # the first makes the labeller
def test_no_character_of_any_text_is_lost(text: str) -> None:
    labelled = instant(split_text(text), Labeller(DESK))
    assert "".join("".join(p.text for p in labelled).split()) == "".join(text.split())
    assert [p.index for p in labelled] == list(range(len(labelled)))


@given(
    st.lists(
        st.builds(Block, st.sampled_from(["paragraph", "heading", "quote", "item"]), st.text(max_size=60))
    )
)
@settings(max_examples=100)
def test_every_block_of_a_page_becomes_one_passage_with_its_own_text(blocks: list[Block]) -> None:
    assert [p.text for p in number(blocks)] == [block.text for block in blocks]

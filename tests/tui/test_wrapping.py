"""The measured height of a text is that of the wrapped one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.content import Content

from newsdesk.tui.wrapping import height

LETTERS = st.text(st.sampled_from("aabcde  -.\n\té한👩‍👩‍👧\u00ad\u0301ש"), max_size=120)
PLAIN = st.lists(st.text("abc.,'-", min_size=1, max_size=14), max_size=40).map(" ".join)


@given(st.one_of(LETTERS, PLAIN, st.text(max_size=60)), st.integers(1, 40))
@example("", 5)
@example("   ", 1)
@example(" a", 1)
@example("aaaaaaaaaa b", 4)
@example("  aaaa", 5)
def test_height_is_that_of_the_wrapped_text(text: str, width: int) -> None:
    assert height(text, width) == max(1, len(Content(text).wrap(width)))


@pytest.mark.parametrize("width", [20, 79, 80])
def test_a_sentence(width: int) -> None:
    text = "The Health Ministry in Gaza says more than 32,400 people have been killed. " * 7
    assert height(text, width) == len(Content(text).wrap(width))

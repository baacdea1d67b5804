"""Finding words and phrases: endings, numbers, capitals, gaps, and offsets that hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.analysis import phrases
from newsdesk.analysis.phrases import WHITE, PhraseFinder, tokens
from newsdesk.analysis.shadow import shadow


def found(phrase: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in PhraseFinder([phrase]).find(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("hostage", "A hostage, the Hostage and hostages.", ["hostage", "Hostage"]),
        ("hostage*", "A hostage and two hostages.", ["hostage", "hostages"]),
        ("death toll", "The death toll rose; a death tolled.", ["death toll"]),
        (
            "cease-fire",
            "A cease fire, a cease-fire, a cease‑fire.",
            ["cease fire", "cease-fire", "cease‑fire"],
        ),
        ("death toll", "There was one death. Toll roads are closed.", []),
        ("people's party", "The People’s Party won.", ["People’s Party"]),
        ("# people", "Some 1,200 people, two people, few people.", ["1,200 people", "two people"]),
        ("killed #", "It killed 7 and killed nobody.", ["killed 7"]),
        ("WHO", "The WHO asks who is ill.", ["WHO"]),
        ("U.S.", "The U.S. told us.", ["U.S"]),
        ("U.N. council", "The U.N. council met.", ["U.N. council"]),
        ("pre-industrial", "Above pre-industrial levels.", ["pre-industrial"]),
        ("Ernst & Young", "Ernst & Young said.", ["Ernst & Young"]),
        ("art", "The party started.", []),
    ],
)
def test_phrases(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_an_empty_phrase_finds_nothing() -> None:
    assert found("", "anything") == []
    assert found("...", "anything ... else") == []


def test_hits_come_in_the_order_of_the_text_with_their_phrase() -> None:
    finder = PhraseFinder(["dead", "the dead", "wounded"])
    hits = finder.find("The wounded and the dead.")
    assert [(h.phrase, h.start) for h in hits] == [(2, 4), (1, 16), (0, 20)]


@given(st.text(max_size=200))
def test_offsets_are_within_the_text_whatever_it_is(text: str) -> None:
    finder = PhraseFinder(["a*", "# b", "A b*", "é"])
    for hit in finder.find(text):
        assert 0 <= hit.start < hit.end <= len(text)
    assert finder.find(text) == finder.find(text)


@given(st.text(max_size=200))
def test_the_shadow_is_as_long_as_the_text(text: str) -> None:
    assert len(shadow(text)) == len(shadow(text, dashes=True)) == len(text)


def test_the_shadow_makes_typographic_signs_plain() -> None:
    assert shadow("“It’s 5 – 6”") == '"It\'s 5 – 6"'
    assert shadow("5 – 6", dashes=True) == "5 - 6"


_MIXED = st.text(st.sampled_from("aB1é停’“—-.,!% \n\x1c\u00a0\u2028"), max_size=30)


@given(st.text() | _MIXED)
def test_a_text_read_piece_by_piece_has_the_tokens_that_it_has_as_a_whole(text: str) -> None:
    assert tokens(text) == phrases._apart(text if text.isascii() else shadow(text, dashes=True))


def test_pieces_end_where_a_phrase_may_go_on_or_not() -> None:
    assert tokens("Gaza. A dash - and a full-stop. - U.S. aid.") == [
        *("Gaza", ". ", "A", "dash", " - ", "and", "a", "full", "stop", ". ", "U", "S", "aid")
    ]
    assert tokens("x. yes. ") == ["x", "yes", ". "]


def test_white_space_is_all_that_unicode_has() -> None:
    assert set(WHITE) == {sign for sign in map(chr, range(0x110000)) if sign.isspace()}

"""Sections: every passage once, topics in the desk's order, Unsorted last."""

from __future__ import annotations

from newsdesk.analysis.sections import sections
from newsdesk.models import Desk, LabelledPassage, PassageKind, Topic

DESK = Desk("Two", (Topic("first", "First"), Topic("second", "Second")), id="two")


def passage(index: int, *topics: str, kind: PassageKind = "paragraph") -> LabelledPassage:
    return LabelledPassage(index, kind, None, f"Passage {index}.", topics, {t: 1.0 for t in topics}, ())


def test_passages_stand_under_their_primary_topic_in_reading_order() -> None:
    found = sections(
        [passage(0, "second"), passage(1), passage(2, "first", "second"), passage(3, "second")], DESK
    )
    assert [(s.topic, s.title, s.passages, s.also) for s in found] == [
        ("first", "First", (2,), ()),
        ("second", "Second", (0, 3), (2,)),
        (None, "Unsorted", (1,), ()),
    ]


def test_a_heading_stands_with_the_passage_after_it() -> None:
    found = sections([passage(0, "first"), passage(1, kind="heading"), passage(2, "second")], DESK)
    assert [s.passages for s in found] == [(0,), (1, 2)]


def test_two_headings_in_a_row_stand_together_and_a_last_one_is_unsorted() -> None:
    article = [
        passage(0, kind="heading"),
        passage(1, kind="heading"),
        passage(2, "first"),
        passage(3, kind="heading"),
    ]
    assert [(s.topic, s.passages) for s in sections(article, DESK)] == [("first", (0, 1, 2)), (None, (3,))]


def test_furniture_is_unsorted() -> None:
    found = sections([passage(0, "first"), passage(1, kind="furniture")], DESK)
    assert [(s.topic, s.passages) for s in found] == [("first", (0,)), (None, (1,))]


def test_a_topic_that_is_only_a_further_one_has_a_section_without_passages() -> None:
    found = sections([passage(0, "first", "second")], DESK)
    assert [(s.topic, s.passages, s.also) for s in found] == [("first", (0,), ()), ("second", (), (0,))]


def test_a_topic_the_desk_has_no_more_keeps_its_passages() -> None:
    found = sections([passage(0, "gone"), passage(1)], DESK)
    assert sorted(n for s in found for n in s.passages) == [0, 1]


def test_nothing_gives_nothing() -> None:
    assert sections([], DESK) == ()

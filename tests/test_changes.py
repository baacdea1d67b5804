"""What changed between two versions: nothing is lost, figures and speakers are paired by what they count."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.changes import Changes, compare, words
from newsdesk.models import Edition, Figure, Passage

NOW = datetime(2024, 3, 28, tzinfo=UTC)
Pair = tuple[Figure | None, Figure | None]


def edition(number: int, *texts: str, figures: tuple[Figure, ...] | None = (), title: str = "T") -> Edition:
    passages = tuple(Passage(index, "paragraph", None, text) for index, text in enumerate(texts))
    return Edition(number, NOW, f"{number}" * 64, title, passages, figures)


def figure(best: float, noun: str = "people", category: Any = "killed", **more: Any) -> Figure:
    return Figure(
        0, 0, 2, f"{best:g} {noun}", best, best, best, "exact", noun, "person", category, "die", **more
    )


def figures(
    before: tuple[Figure, ...], after: tuple[Figure, ...]
) -> list[tuple[Figure | None, Figure | None]]:
    found = compare(edition(1, figures=before), edition(2, figures=after))
    return [(one.before, one.after) for one in found.figures]


def texts(found: Changes) -> list[str]:
    signs = {"same": "", "gone": "-", "new": "+"}
    return ["".join(f"[{signs[did]}{text}]" for did, text in one.runs) for one in found.passages]


def test_words_of_a_passage() -> None:
    found = compare(
        edition(1, "Officials said 30 people died.", "Same."), edition(2, "Officials said 35 died.", "Same.")
    )
    assert texts(found) == ["[Officials said ][-30 people][+35][ died.]"]


def test_passages_come_and_go() -> None:
    found = compare(
        edition(1, "One two three.", "Rain fell."), edition(2, "Wholly other words.", "One two four.")
    )
    assert texts(found) == ["[+Wholly other words.]", "[One two ][-three][+four][.]", "[-Rain fell.]"]


def test_the_title_too() -> None:
    found = compare(edition(1, "a", title="Seven dead"), edition(2, "a", title="Nine dead"))
    assert found.title is not None
    assert not found.passages
    assert compare(edition(1, "a"), edition(2, "a")).title is None


def test_a_number_that_rose_is_one_change() -> None:
    assert figures(
        (figure(30), figure(5, category="injured")), (figure(35), figure(5, category="injured"))
    ) == [(figure(30), figure(35))]


def test_another_speaker_is_a_change() -> None:
    ministry, army = figure(30, asserted_by="Health Ministry"), figure(30, asserted_by="army")
    assert figures((ministry,), (army,)) == [(ministry, army)]


def test_different_things_are_not_paired() -> None:
    here, there = figure(30, place="Gaza"), figure(30, place="Beirut")
    assert figures((here,), (there,)) == [(None, there), (here, None)]
    assert figures((figure(3),), (figure(3, category="injured"),))[0] == (None, figure(3, category="injured"))


def test_what_is_only_supposed_is_no_claim() -> None:
    assert figures((), (figure(30, hypothetical=True),)) == []


def test_figures_not_found_yet() -> None:
    assert not compare(edition(1, figures=None), edition(2)).figures_known
    assert compare(edition(1), edition(2)).figures_known


@given(st.text(), st.text())
def test_both_texts_can_be_read_out_of_the_words(before: str, after: str) -> None:
    runs = words(before, after).runs
    assert "".join(text for did, text in runs if did != "new") == before
    assert "".join(text for did, text in runs if did != "gone") == after


@given(st.lists(st.text("ab ", min_size=1), max_size=6), st.lists(st.text("ab ", min_size=1), max_size=6))
def test_no_passage_is_lost(before: list[str], after: list[str]) -> None:
    found = compare(edition(1, *before), edition(2, *after)).passages
    gone = [text for one in found if (text := "".join(t for did, t in one.runs if did != "new"))]
    new = [text for one in found if (text := "".join(t for did, t in one.runs if did != "gone"))]
    assert set(gone) >= set(before) - set(after)
    assert set(new) >= set(after) - set(before)

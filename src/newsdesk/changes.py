"""What changed between two versions of an article: figures and speakers first, then words.

Pure: two editions in, records out. Figures are paired, never summed or called right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from newsdesk.models import Edition, Figure

Did = Literal["same", "gone", "new"]

ALIKE = 0.4
"""Share of words that two passages have in common at least, to be told as one that changed."""
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class FigureChange(Struct, frozen=True):
    """A claim before and after; None: it was not there, or is there no more."""

    before: Figure | None
    after: Figure | None


class PassageChange(Struct, frozen=True):
    """A passage that changed, as runs of words: what is the same, what is gone, what is new."""

    runs: tuple[tuple[Did, str], ...]


class Changes(Struct, frozen=True):
    """All that is different in `after`."""

    before: Edition
    after: Edition
    title: PassageChange | None
    figures: tuple[FigureChange, ...]
    figures_known: bool
    """Whether the figures of both versions were found already."""
    passages: tuple[PassageChange, ...]


def compare(before: Edition, after: Edition) -> Changes:
    """What changed from one version to the other, in reading order of the later one."""
    figures: tuple[FigureChange, ...] = ()
    known = before.figures is not None and after.figures is not None
    if before.figures is not None and after.figures is not None:
        figures = tuple(_figures(_claims(before.figures), _claims(after.figures)))
    return Changes(
        before=before,
        after=after,
        title=None if before.title == after.title else words(before.title, after.title),
        figures=figures,
        figures_known=known,
        passages=tuple(
            _passages([one.text for one in before.passages], [one.text for one in after.passages])
        ),
    )


def words(before: str, after: str) -> PassageChange:
    """The words of two texts, by difflib."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[tuple[Did, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("same", "".join(old[i1:i2])))
            continue
        if i1 < i2:
            runs.append(("gone", "".join(old[i1:i2])))
        if j1 < j2:
            runs.append(("new", "".join(new[j1:j2])))
    return PassageChange(tuple(runs))


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[PassageChange]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _paired(list(before[i1:i2]), after[j1:j2])


def _paired(gone: list[str], new: Sequence[str]) -> Iterator[PassageChange]:
    """Each new passage with the gone one that is most like it, if any is; gone ones stay in their order."""
    for text in new:
        likeness = [_likeness(old, text) for old in gone]
        best = max(likeness, default=0.0)
        if best < ALIKE:
            yield PassageChange((("new", text),))
            continue
        place = likeness.index(best)
        for old in gone[:place]:
            yield PassageChange((("gone", old),))
        yield words(gone[place], text)
        del gone[: place + 1]
    for old in gone:
        yield PassageChange((("gone", old),))


def _likeness(one: str, other: str) -> float:
    """The share of words in common; word order does not count, so that it costs little."""
    mine, others = set(one.lower().split()), set(other.lower().split())
    return 2 * len(mine & others) / max(len(mine) + len(others), 1)


def _claims(figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if not figure.hypothetical]


def _figures(before: list[Figure], after: Sequence[Figure]) -> Iterator[FigureChange]:
    """Claims that are another one now: paired where they count the same thing of the same kind."""
    left = list(before)
    changed: list[Figure] = []
    for figure in after:
        same = next((one for one in left if _said(one) == _said(figure)), None)
        if same is None:
            changed.append(figure)
        else:
            left.remove(same)
    for figure in changed:
        best = max(left, key=lambda one: _kinship(one, figure), default=None)
        if best is not None and _kinship(best, figure) >= 0:
            left.remove(best)
            yield FigureChange(best, figure)
        else:
            yield FigureChange(None, figure)
    for one in left:
        yield FigureChange(one, None)


def _said(figure: Figure) -> tuple[object, ...]:
    """What makes a claim the same one: number, what is counted, and who says so."""
    return (
        *(figure.min, figure.max, figure.best, figure.quantifier, figure.noun, figure.unit),
        *(figure.category, figure.place, figure.scope, figure.asserted_by, figure.stance, figure.via),
        figure.text if figure.min is figure.max is figure.best is None else None,
    )


def _kinship(one: Figure, other: Figure) -> int:
    """How much two claims have in common; below 0 they are of different things."""
    if (one.category, one.unit) != (other.category, other.unit):
        return -1
    if one.category == "other" and (one.event, one.noun) != (other.event, other.noun):
        return -1
    if one.place and other.place and one.place != other.place:
        return -1
    pairs = (
        (one.noun, other.noun),
        (one.place, other.place),
        (one.scope, other.scope),
        (one.asserted_by, other.asserted_by),
        (one.best or one.min or one.max, other.best or other.min or other.max),
    )
    return sum(mine == others for mine, others in pairs)

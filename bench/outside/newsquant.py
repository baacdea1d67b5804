"""Quantities of news sentences: NewsQuant (Almasian et al., EMNLP 2023), its sentences of even index.

A quantity is found when a figure of its sentence has its value, or both ends of its range; with its change
when the two also agree on `=`, `~`, `<`, `>`, `up` or `down`. Each figure answers one quantity. Figures
without a number ("dozens") are not counted: the labels have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isclose
from pathlib import Path
from typing import NamedTuple

from bench.outside.common import deep, row
from msgspec import Struct
from msgspec.json import decode

from newsdesk.evaluate import Rate
from newsdesk.models import Figure, Passage

CHANGES = {"more_than": ">", "at_least": ">", "less_than": "<", "up_to": "<", "approximately": "~"}


class Labelled(Struct):
    """A quantity as the file has it; `value` is a number, or a range as `1.5-2`."""

    value: str
    change: str


class Sentence(Struct):
    text: str
    quantities: list[Labelled]


class Quantity(NamedTuple):
    value: tuple[float, ...]
    """One number, or the two ends of a range."""
    change: str


def measured(file: Path) -> Iterator[str]:
    """The rows to print. Raises OSError."""
    sentences = decode(file.read_bytes(), type=list[Sentence])[::2]
    values, changes = Rate(), Rate()
    reader = deep()
    for sentence in sentences:
        found = reader.run([Passage(0, "paragraph", None, sentence.text)]).figures
        wanted = [Quantity(value_of(one.value), one.change) for one in sentence.quantities]
        count(wanted, [one for figure in found if (one := quantity(figure))], values, changes)
    yield f"{len(sentences)} sentences, {values.wanted} quantities"
    yield row("value", values)
    yield row("value with change", changes)


def count(wanted: Sequence[Quantity], found: Sequence[Quantity], values: Rate, changes: Rate) -> None:
    """Pair what agrees in both first, then in the value alone."""
    left, rest = list(found), []
    for one in wanted:
        same = next((other for other in left if other.change == one.change and near(one, other)), None)
        if same is None:
            rest.append(one)
        else:
            left.remove(same)
    exact = len(wanted) - len(rest)
    for one in rest:
        if alike := next((other for other in left if near(one, other)), None):
            left.remove(alike)
    valued = len(found) - len(left)
    for rate, right in ((changes, exact), (values, valued)):
        rate.right += right
        rate.extra += len(found) - right
        rate.missed += len(wanted) - right


def near(one: Quantity, other: Quantity) -> bool:
    return len(one.value) == len(other.value) and all(
        isclose(a, b, rel_tol=1e-5, abs_tol=1e-8) for a, b in zip(one.value, other.value, strict=True)
    )


def value_of(written: str) -> tuple[float, ...]:
    """The number, or the two of a range; a hyphen in front or beside an exponent is a sign."""
    bare = written.replace(" ", "")
    if "-" in bare[1:] and "E" not in bare:
        start, end = bare.split("-")
        return float(start), float(end)
    return (float(bare),)


def quantity(figure: Figure) -> Quantity | None:
    """A figure as the labels would write it; None where it has no number."""
    if figure.quantifier == "vague":
        return None
    ends = [end for end in (figure.min, figure.max) if end is not None]
    if figure.quantifier == "range" and len(ends) == 2:
        return Quantity(tuple(ends), figure.trend or "=")
    value = figure.best if figure.best is not None else ends[0]
    return Quantity((value,), change(figure))


def change(figure: Figure) -> str:
    """The labels' sign for a figure's quantifier or trend."""
    if figure.quantifier in CHANGES:
        return CHANGES[figure.quantifier]
    if figure.quantifier == "fraction" and figure.best is None:
        return ">" if figure.min is not None else "<"
    return figure.trend or "="

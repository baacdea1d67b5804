"""How much of an article the deep pass reads, so that no text, however large, can hold it up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from newsdesk.models import LabelledPassage, Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST: Final = 8_000
"""Code points of a passage that are read; no news paragraph is longer, and parsing takes memory."""
MOST: Final = 100_000
"""Code points of an article that are read: twenty articles' worth, some 4 s of work."""
MANY: Final = 2_000
"""Passages with words that are read: a passage costs time however short it is."""
UNBROKEN: Final = re.compile(r"\S{1001}")
"""So much without a blank is no prose, and tokenizing takes time with its square. (Chinese, which has none,
is not read at all.)"""


class Reading(NamedTuple):
    """An article's passages as far as they are read: the others are empty. `whole`: nothing is left out."""

    passages: list[Passage]
    whole: bool


def as_read(passages: Sequence[Passage | LabelledPassage]) -> Reading:
    """The passages with their text as far as it is read, empty where it is not; offsets hold.

    Furniture is not read: it says nothing.
    """
    left, places, whole = MOST, MANY, True
    read = []
    for p in passages:
        text = p.text[:LONGEST] if p.kind != "furniture" and p.text.strip() else ""
        whole = whole and (not text or len(text) == len(p.text))
        if text and (len(text) > left or not places or UNBROKEN.search(text)):
            text, whole = "", False
        if text:
            left -= len(text)
            places -= 1
        read.append(Passage(p.index, p.kind, p.heading, text))
    return Reading(read, whole)


def as_parsed(reading: Reading, docs: Sequence[Doc]) -> Reading:
    """The reading without the passages that the parser did not come to."""
    missed = {n for n, p in enumerate(reading.passages) if docs and p.text and not len(docs[n])}
    if not missed:
        return reading
    rest = [
        Passage(p.index, p.kind, p.heading, "") if n in missed else p for n, p in enumerate(reading.passages)
    ]
    return Reading(rest, False)

"""How much of an article the deep pass reads, so that no text, however large, can hold it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsdesk.models import LabelledPassage, Passage

LONGEST: Final = 8_000
"""Code points of a passage that are read; no news paragraph is longer, and parsing takes memory."""
MOST: Final = 100_000
"""Code points of an article that are read: twenty articles' worth, some 5 s of work."""


def as_read(passages: Sequence[Passage | LabelledPassage]) -> list[Passage]:
    """The passages with their text as far as it is read, empty where it is not; offsets hold."""
    left = MOST
    read = []
    for p in passages:
        text = p.text[:LONGEST]
        if len(text) > left or not text.strip():
            text = ""
        left -= len(text)
        read.append(Passage(p.index, p.kind, p.heading, text))
    return read

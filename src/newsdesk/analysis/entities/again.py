"""Names that an article has elsewhere, found where nothing was seen before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newsdesk.analysis.entities.cues import is_no_name
from newsdesk.analysis.entities.names import CURRENCY_SIGNS
from newsdesk.analysis.entities.persons import person_table
from newsdesk.analysis.entities.settle import name_parts
from newsdesk.analysis.entities.spans import Span
from newsdesk.analysis.entities.words import words
from newsdesk.analysis.phrases import PhraseFinder

_TITLED: Final = re.compile(
    r"(?:\b(?:[Mm]rs?|[Mm]s|[Dd]r|Sen|Rep|Gov|Gen|Sgt|Capt|Lt|Col)\.?|[^\w\s]|\b[a-z]+|^) ?$"
)
_DETERMINED: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|his|her|our|their|its|my|your|former|late|new) $"
)
_GOES_ON: Final = re.compile(r" (?:of\b|[A-Z])")
_ACTS: Final = re.compile(
    r"(?:,|'s\b| (?:is|was|has|had|will|would|could|did|also|who|says?|said|told|lost|won|left|spoke|led|went"
    r"|took|met|ran|made|\w+ed)\b)"
)
RULED: Final = ("person", "organization", "place")
"""Kinds whose names are looked for again where the model missed them."""


def found_again(texts: Sequence[str], spans: Sequence[Span], lower_words: frozenset[str]) -> list[Span]:
    """Settled names, and surnames of persons named in full, where nothing was seen before."""
    known: dict[str, Span] = {}
    for span in spans:
        if span.kind in RULED and len(span.text) > 2:
            known.setdefault(span.text, span)
    surnames, _ = name_parts(s.text for s in spans if s.kind == "person" and " " in s.text)
    for surname in sorted(surnames):
        if len(surname) > 2 and surname not in known and surname[:1].isupper() and _can_be_surname(surname):
            known[surname] = Span(0, 0, 0, surname, "person", "known")
    surfaces = [s for s in known if s.lower() not in lower_words or s.isupper()]
    finder = PhraseFinder(surfaces)
    found = []
    for n, text in enumerate(texts):
        for hit in finder.find(text):
            surface = surfaces[hit.phrase]
            if text[hit.start : hit.end] != surface or text.startswith(CURRENCY_SIGNS, hit.end):
                continue
            model = known[surface]
            if is_no_name(surface) and not _is_borne(text, hit.start, hit.end):
                continue
            found.append(Span(n, hit.start, hit.end, surface, model.kind, "known", model.name, model.certain))
    return found


def _can_be_surname(word: str) -> bool:
    """Titles and such can be, if they are known surnames: "King", "Bishop", "Park"."""
    if not is_no_name(word):
        return True
    lower = word.lower()
    return lower in person_table().surnames and lower not in words().months | words().openers


def _is_borne(text: str, start: int, end: int) -> bool:
    """Whether a title or a common word is a surname here: "King said"; not "the King", "King Harald"."""
    before = text[max(0, start - 20) : start]
    if before.rstrip()[-1:] in ("", ".", "!", "?") and not _ACTS.match(text, end):
        return False  # "Major cities"
    return (
        _TITLED.search(before) is not None
        and _DETERMINED.search(before) is None
        and _GOES_ON.match(text, end) is None
    )

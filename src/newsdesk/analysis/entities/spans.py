"""Spans of text that may be names, cut to the bare name: no article, title, possessive or tail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from newsdesk.analysis.entities.persons import person_table
from newsdesk.analysis.entities.places import place_table
from newsdesk.analysis.entities.words import words
from newsdesk.models import EntityKind

_EDGE: Final = " \t\"'()[]{}<>,;:!?*|/–—-…·•_=+~#@\u2026"
_ABBREVIATION: Final = re.compile(r"(?:\b[A-Za-z]\.)+$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros|Calif)\.$")
_ARTICLE: Final = re.compile(r"(?:the|a|an|this|that|its|his|her|their)\s+", re.I)
_POSSESSIVE: Final = re.compile(r"'s?$")
_LOWER_TAIL: Final = re.compile(r"\s+(?!(?:al|el|ul|ad|as|at|an)-)[^\W\d_A-Z][\w'.-]*$")
_PARENTHESIS: Final = re.compile(r"\s+[(\[]|[)\]]\s*|\s+[-–—]{1,2}\s+|;\s|\"")
_MAY_BE_SEVERAL: Final = re.compile(r"['()\[\];\"]| [-–—]")
_OWNER: Final = re.compile(r"(?<=[a-z])'s (?=[A-Z])")
_WORD: Final = re.compile(r"\S+")
_LAST_CAPITALISED: Final = re.compile(r"[A-Z][\w']*$")
_NUMERAL: Final = re.compile(r" (?:I|II|III|IV|V|VI|VII|VIII|IX|XI{0,3}|XIV|XV|XVI{0,3})\b(?![.\w-])")
_FAMILY_NAME: Final = re.compile(r" (?:Al|El|Bin|Ibn|bin|ibn|al|el)[ -][A-Z]\w+")
_HYPHENED: Final = re.compile(r"-[A-Z][\w']*")
_PARTICLES: Final = "al- bin ibn ben abu de la du da di van von del el der den"
STANCE: Final = re.compile(r"(?:pro|anti|non|pan|ex)-\w+$|nonpartisan$|bipartisan$", re.I)
"""pro-Marlow, nonpartisan: how a person stands, before the name."""
_FAMILY: Final = tuple(_PARTICLES.split())
_SEAT: Final = re.compile(r"[DRI]-(?=[A-Z][a-z])")
"""An American lawmaker's party, before the state: R-Ohio."""
STRETCH: Final = 32
"""Characters: few spans begin in as many."""
_SAINT: Final = ("st", "st.", "saint")
_SECOND_SYLLABLE: Final = re.compile(r"-([a-z]{2,6})\b(?!-)")
_OF_SAINT: Final = re.compile(r"'s? (?=[A-Z])((?:[A-Z][\w-]+ ){0,2}[A-Z][\w-]+)")


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate or a settled name in passage `passage` (its position); `text` is its shadow text."""

    passage: int
    start: int
    end: int
    text: str
    kind: EntityKind | None = None
    """The model's or the lexicon's opinion; None: none yet."""
    source: str = "model"
    """model, lexicon, capitals or known (a settled name found again)."""
    name: str | None = None
    """The full name, where the lexicon gives it."""
    certain: bool = False

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Stretch:
    """Spans of one passage, by the stretches of text they touch: what overlaps a span is found at once."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._at: dict[int, list[Span]] = {}
        self._all: dict[int, Span] = {}
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        self._all[id(span)] = span
        for stretch in _stretches(span):
            self._at.setdefault(stretch, []).append(span)

    def remove(self, span: Span) -> None:
        """`span` is one that `overlapping` or `spans` gave."""
        del self._all[id(span)]
        for stretch in _stretches(span):
            self._at[stretch].remove(span)

    def overlapping(self, span: Span) -> list[Span]:
        """In the order of the text."""
        start, end = span.start, span.end
        found = {
            id(other): other
            for stretch in _stretches(span)
            for other in self._at.get(stretch, ())
            if other.start < end and start < other.end
        }
        return sorted(found.values(), key=lambda other: max(start, other.start))

    def spans(self) -> list[Span]:
        """All of them, as they were added."""
        return list(self._all.values())


def _stretches(span: Span) -> range:
    return range(span.start // STRETCH, (span.end - 1) // STRETCH + 1)


def bare(text: str, start: int, end: int, kind: EntityKind | None) -> Iterator[tuple[int, int]]:
    """The bare names in text[start:end], which is shadow text: none, one, or more where it was several.

    A parenthesis or a dash parts names: "Council (PLC" is "Council" and "PLC".
    """
    if not _MAY_BE_SEVERAL.search(text, start, end):
        if (name := _trimmed(text, start, end, kind)) is not None:
            yield name
        return
    at = start
    cuts = [*_PARENTHESIS.finditer(text, start, end), *_owners(text, start, end)]
    for cut in [*sorted(cuts, key=lambda m: m.start()), None]:
        stop = cut.start() if cut else end
        name = _trimmed(text, at, stop, kind)
        if name is not None:
            yield name
        at = cut.end() if cut else end


def _owners(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Owners' marks in the span: "Harbour Trust's Night Watch" is two names, "Korean People's Army" one."""
    for mark in _OWNER.finditer(text, start, end):
        before = text[start : mark.start()].split()
        after = text[mark.end() : end].split()
        owned = len(after) == 2 and after[0].lower() in person_table().given  # "Brightport's Ryan Holm"
        owner = before[-1].lower()
        if owner in words().owners_in_names or before[0].lower() in _SAINT:
            continue
        if len(before) > 1 or owned or _is_town(before[0]):
            yield mark


def _is_town(name: str) -> bool:
    """Whether a lone name is rather a place's than a person's: "Mosul" of "Mosul's Great Mosque"."""
    table = place_table()
    if name in table.prominent:
        return True
    lower, people = name.lower(), person_table()
    return table.knows(name) and lower not in people.given and lower not in people.surnames


def _trimmed(text: str, start: int, end: int, kind: EntityKind | None) -> tuple[int, int] | None:
    before = (-1, -1)
    while (start, end) != before and start < end:
        before = (start, end)
        while start < end and text[start] in _EDGE:
            start += 1
        while start < end and text[end - 1] in _EDGE:
            end -= 1
        if text[start:end].endswith(".") and not _ABBREVIATION.search(text[start:end]):
            end -= 1
        if article := _ARTICLE.match(text, start, end):
            start = article.end()
        if seat := _SEAT.match(text, start, end):
            start = seat.end()
        if tail := _LOWER_TAIL.search(text[start:end]):
            end = start + tail.start()
        if possessive := _POSSESSIVE.search(text[start:end]):
            end = start + possessive.start()
        start = _without_leading(text, start, end, kind)
    if start >= end or not any(c.isalnum() for c in text[start:end]):
        return None
    return start, end


def _without_leading(text: str, start: int, end: int, kind: EntityKind | None) -> int:
    """Past lower-case words, and for a person past titles and nationalities."""
    lists = words()
    parts = list(_WORD.finditer(text, start, end))
    for part in parts[:-1]:
        word = part[0].lower().rstrip(",")
        small = part[0][:1].islower() and not word.startswith(_FAMILY)
        people = word in lists.demonyms and not (part is parts[-2] and word in person_table().given)
        title = word in lists.titles or ("-" in word and lists.titles.issuperset(word.split("-")))
        title = title or (
            word in lists.offices and text.endswith(" of ", 0, part.start())
        )  # Secretary of State
        counted = word in lists.counted and kind in ("person", "place")
        if small or counted or (kind == "person" and (title or people or STANCE.match(word))):
            start = part.end()
        else:
            break
    while start < end and text[start].isspace():
        start += 1
    return start


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widened over a hyphen to a capitalised neighbour ("Shefa" in "Shefa-Amr" is all of it) and over a
    king's number ("Henry IV")."""
    while (
        start > 1
        and text[start - 1] == "-"
        and (m := _LAST_CAPITALISED.search(text, max(0, start - 41), start - 1))
    ):
        start = m.start()
    while end < len(text) and (m := _HYPHENED.match(text, end)):
        end = m.end()
    if (m := _FAMILY_NAME.match(text, end)) and " " in text[start:end]:  # "Hamad bin Faisal" "Al Sabah"
        end = m.end()
    if m := _NUMERAL.match(text, end):  # "Ramesses II"
        end = m.end()
    if (m := _SECOND_SYLLABLE.match(text, end)) and _is_two_syllables(text[start:end], m[1]):
        end = m.end()
    saint = text[start:end].lower().startswith(("st. ", "st ", "saint "))
    if saint and (m := _OF_SAINT.match(text, end)) and m[1].split()[-1].lower() in words().place_last:
        end = m.end()  # "St. Peter's Square"
    return start, end


def _is_two_syllables(name: str, second: str) -> bool:
    """Whether a given name goes on in small letters: "Ban Ki" before "-moon", not "Seoul" before "-based"."""
    parts = name.split()
    lists = words()
    return len(parts) > 1 and parts[-2].lower() in lists.family_first and second not in lists.after_hyphen

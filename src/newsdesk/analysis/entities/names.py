"""Names known beforehand: the desk's lexicon, then the names every desk knows, then prominent places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from newsdesk.analysis.entities.places import place_table
from newsdesk.analysis.entities.words import words
from newsdesk.analysis.phrases import PhraseFinder
from newsdesk.analysis.shadow import shadow
from newsdesk.models import EntityKind, Term

_PARTS: Final = re.compile(r"[\s-]+")
CURRENCY_SIGNS: Final = ("$", "€", "£")
"""Letters right before one of these are a currency's: US$2 million."""
_DEPARTMENT: Final = re.compile(r"^Department of |^[A-Z]\w+ Department$|^National Guard$|^Border Patrol$")


@dataclass(frozen=True, slots=True)
class Known:
    """A name found by the lexicon. `certain`: its kind is not up for a vote."""

    start: int
    end: int
    name: str
    kind: EntityKind
    certain: bool


class Names:
    """Finds the names of a lexicon in a text, the longest first; a name needs its capitals."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._entries: list[tuple[str, str, EntityKind, bool]] = []
        seen: set[str] = set()
        for surface, name, kind, certain in _surfaces(terms):
            if surface not in seen:
                seen.add(surface)
                self._entries.append((surface, name, kind, certain))
        self._finder = PhraseFinder(surface for surface, *_ in self._entries)
        others: defaultdict[str, list[str]] = defaultdict(list)
        for surface, name, _, _ in self._entries:
            if surface != name:
                others[name].append(surface)
        self.others: Mapping[str, Sequence[str]] = dict(others)
        """Full name -> its other names."""
        self._by_surface = {surface: entry for entry in self._entries for surface in [entry[0]]}

    def find(self, text: str) -> list[Known]:
        """Names in the text, none inside another."""
        plain = shadow(text)
        found: list[Known] = []
        for hit in sorted(self._finder.find(text), key=lambda h: (h.start, -h.end)):
            surface, name, kind, certain = self._entries[hit.phrase]
            end = hit.end
            if surface.endswith(".") and plain[end : end + 1] == ".":
                end += 1
            if (found and hit.start < found[-1].end) or not _same_capitals(surface, plain[hit.start : end]):
                continue
            if plain.startswith(CURRENCY_SIGNS, end):
                continue
            start = hit.start + 4 if plain.startswith("the ", hit.start) else hit.start
            found.append(Known(start, end, name, kind, certain))
        return found

    def look_up(self, surface: str) -> tuple[str, EntityKind, bool] | None:
        """(full name, kind, certain) of exactly this surface."""
        entry = self._by_surface.get(surface)
        return entry[1:] if entry else None


@cache
def names_for(terms: tuple[Term, ...]) -> Names:
    """The finder for a desk's lexicon, built once."""
    return Names(terms)


def _surfaces(terms: Iterable[Term]) -> Iterator[tuple[str, str, EntityKind, bool]]:
    for term in terms:
        for surface in (term.name, *term.aliases):
            yield surface, term.name, term.kind, True
    raw = msgspec.toml.decode(files(__package__).joinpath("names.toml").read_bytes())
    kinds: tuple[EntityKind, ...] = ("place", "organization", "event")
    for kind in kinds:
        for name, aliases in raw[kind].items():
            for surface in (name, *aliases):
                yield surface, name, kind, surface not in words().ambiguous
                if _DEPARTMENT.search(surface):
                    yield f"U.S. {surface}", name, kind, True
                    yield f"US {surface}", name, kind, True
    for people in sorted(words().demonyms):
        for society in ("Red Crescent", "Red Cross"):
            name = f"{people.capitalize()} {society}"
            yield name, name, "organization", True
    for name in raw["landscape"]["names"].split():
        yield name, name, "place", False
    for name in sorted(place_table().prominent):
        yield name, name, "place", name not in words().ambiguous


def _same_capitals(surface: str, found: str) -> bool:
    """Every word that the lexicon writes with a capital has one here too; but for "Indian ocean"."""
    small = words().water_and_land
    pairs = zip(_PARTS.split(surface), _PARTS.split(found), strict=False)
    return all(
        here[:1].isupper() or (n > 0 and here in small)
        for n, (wanted, here) in enumerate(pairs)
        if wanted[:1].isupper()
    )

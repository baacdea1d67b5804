"""Mentions to entities: short forms, surnames and abbreviations join their full names in the article."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import msgspec

from newsdesk.analysis.entities.places import place_table
from newsdesk.analysis.entities.spans import Span
from newsdesk.analysis.entities.words import words
from newsdesk.models import Entity, EntityKind, Mention

SOUNDED: Final = 6
"""Letters from which on names are compared by sound."""
_SOUNDS: Final = (
  *((letters, sound)
    for sound, many in {
        "h": ("kh", "ch"), "g": ("gh",), "s": ("sh",), "j": ("zh",), "f": ("ph",), "t": ("th",), "d": ("dh",),
        "u": ("ou", "oo", "o"), "i": ("ee", "ai", "ei", "ay", "ey", "y", "e"), "k": ("q", "c"), "v": ("w",),
    }.items()
    for letters in many), ("j", "g"), ("z", "s"),
)  # fmt: skip
"""Spellings of one sound in Latin letters, the longer ones first."""
_SMALL: Final = frozenset({"of", "the", "and", "for", "on", "in", "de", "la"})


def linked(
    texts: Sequence[str],
    indexes: Sequence[int],
    spans: Sequence[Span],
    known: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[Entity, ...]:
    """Entities in the order of their first mention; `texts` are the stored ones, `spans` do not overlap.

    `known`: the lexicon's other names by full name.
    """
    ordered = sorted(spans, key=lambda s: (s.passage, s.start))
    names = full_names(texts, ordered)
    mentions: defaultdict[tuple[EntityKind, str], list[Mention]] = defaultdict(list)
    for span, name in zip(ordered, names, strict=True):
        assert span.kind is not None
        stored = texts[span.passage][span.start : span.end]
        mentions[span.kind, name].append(Mention(indexes[span.passage], span.start, span.end, stored))
    merged: dict[str, Entity] = {}
    for (kind, name), found in mentions.items():
        key = entity_id(kind, name)
        if key in merged:
            found = sorted([*merged[key].mentions, *found], key=lambda m: (m.passage, m.start))
            name = merged[key].name
        merged[key] = Entity(key, name, kind, tuple(found))
    return tuple(
        msgspec.structs.replace(entity, aliases=_aliases(entity, known.get(entity.name, ())))
        for entity in merged.values()
    )


def entity_id(kind: EntityKind, name: str) -> str:
    """kind/slug, the same for every spelling of a person's name and for one or many of a people."""
    if kind == "person":
        parts = [words().spellings.get(part, part) for part in slug(name).split("-")]
        name = " ".join("al" if part == "el" else part for part in parts)
    elif kind == "group" and name.removesuffix("s").lower() in words().demonyms:
        name = name.removesuffix("s")
    return f"{kind}/{slug(name)}"


def _aliases(entity: Entity, known: Sequence[str]) -> tuple[str, ...]:
    """The lexicon's other names, those of the article, and a person's name without the middle one."""
    names = [*known, *(mention.text for mention in entity.mentions)]
    parts = entity.name.split()
    if entity.kind == "person" and len(parts) == 3 and parts[1].lower() not in words().name_joiners:
        names.append(f"{parts[0]} {parts[2]}")
    return tuple(dict.fromkeys(name for name in names if name != entity.name))


def slug(name: str) -> str:
    """`Benjamin Netanyahu` -> `benjamin-netanyahu`; letters of other scripts are kept."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", plain.replace("'", "").lower()).strip("-") or "name"


def full_names(texts: Sequence[str], spans: Sequence[Span]) -> list[str]:
    """The full name of each span, spans in the order of the text."""
    defined = _defined(texts, spans)
    by_kind: defaultdict[EntityKind | None, list[str]] = defaultdict(list)
    for span in spans:
        by_kind[span.kind].append(span.name or span.text)
    longest = {kind: _canonical(kind, dict.fromkeys(names)) for kind, names in by_kind.items()}
    heard: defaultdict[EntityKind | None, dict[str, str]] = defaultdict(dict)
    result = []
    persons = _Persons(full for full in dict.fromkeys(longest.get("person", {}).values()) if " " in full)
    for span in spans:
        name = span.name or span.text
        name = defined.get(name, name)
        name = longest[span.kind].get(name, name)
        if " " in name and not span.name:
            name = heard[span.kind].setdefault(sound(name), name)
        if span.kind == "person":
            name = persons.full(name)
        result.append(name)
    return result


# ---------------------------------------------------------------------- persons


class _Persons:
    """Persons named in full, by the short forms that mean them."""

    def __init__(self, full_names: Iterable[str]) -> None:
        self._first: dict[str, str] = {}
        self._heard: dict[str, str] = {}
        self._last: dict[str, str] = {}
        for full in full_names:
            for key in _person_keys(full):
                self._first.setdefault(key, full)
            self._heard.setdefault(sound(full.split()[-1]), full)

    def full(self, name: str) -> str:
        """A lone name goes to the person last named in full by it, else to the first one named later.

        One that is nobody's goes to the person whose surname sounds like it, as transliterated names do.
        """
        if " " in name:
            self._last.update(dict.fromkeys(_person_keys(name), name))
            return name
        return self._last.get(name) or self._first.get(name) or self._heard.get(sound(name), name)


def _person_keys(full: str) -> tuple[str, ...]:
    """Short forms that mean the person: surname, its last part, the name without a particle, given name."""
    first, *_, surname = full.split()
    family = surname.removeprefix("al-")
    return (surname, surname.split("-")[-1], family, f"Al-{family}", first)


def sound(name: str) -> str:
    """What stays of a name across transliterations: "al-Jailani" and "Al-Gilani" are one.

    Short names are left as they are, for they would be taken for each other.
    """
    plain = slug(name).removeprefix("al-").removeprefix("el-").replace("-", "")
    if len(plain) < SOUNDED:
        return name
    for one, other in _SOUNDS:
        plain = plain.replace(one, other)
    return re.sub(r"(.)\1+", r"\1", plain)


# ---------------------------------------------------------------------- all kinds


def _canonical(kind: EntityKind | None, names: Iterable[str]) -> dict[str, str]:
    """Name -> the fuller name of the same thing among the article's names."""
    known = sorted(names, key=len, reverse=True)
    having: defaultdict[str, list[str]] = defaultdict(list)
    for name in known:
        for word in {*name.split(), initials(name)}:
            having[word].append(name)
    result: dict[str, str] = {}
    for name in known:
        likely = having[name.split()[-1]]  # all that is fuller has its last word, or it for initials
        fuller = [other for other in likely if len(other) > len(name) and _same(kind, name, other)]
        result[name] = result.get(fuller[0], fuller[0]) if fuller else name
    return result


def _same(kind: EntityKind | None, short: str, full: str) -> bool:
    """Whether `short` is a form of `full`."""
    a, b = short.split(), full.split()
    if kind == "person":
        return len(a) > 1 and a[-1] == b[-1] and _same_given(a[0], b[0])
    if kind == "group":
        return False
    if len(a) == 1 and short.isupper() and 2 <= len(short) <= 7 and len(b) > 1:
        return initials(full) == short
    if len(a) > 1 or kind == "organization":
        inside = _is_run(a, b)
        return inside and (len(a) > 1 or b[-1] == a[0] or len(b) > 2) and not _is_place_word(a, b, kind)
    return kind == "place" and len(b) == 2 and a[0] in b and not _is_place_word(a, b, kind)


def _same_given(one: str, other: str) -> bool:
    """Equal, or in another spelling, or an initial."""
    spellings = words().spellings
    a, b = (spellings.get(name.lower(), name.lower()).rstrip(".") for name in (one, other))
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _is_place_word(short: Sequence[str], full: Sequence[str], kind: EntityKind | None) -> bool:
    """ "North Darfur" is not a longer name of "Darfur", nor "Gaza City" of "Gaza"; but "Yangtze River" is."""
    head = full[-1].lower()
    if kind != "place" or (full[:-1] == short and head in words().water_and_land):
        return False
    if full[:-1] == short and head in words().facilities and not place_table().knows(" ".join(short)):
        return False  # "Salam", of "Salam Hospital"
    return full[0].lower() in words().directions or full[-1] not in short


def _is_run(short: Sequence[str], full: Sequence[str]) -> bool:
    size = len(short)
    return any(list(full[n : n + size]) == list(short) for n in range(len(full) - size + 1))


def initials(name: str) -> str:
    """`Israel Defense Forces` -> `IDF`."""
    parts = re.split(r"[\s-]+", name)
    return "".join(part[0] for part in parts if part[:1].isupper() and part.lower() not in _SMALL)


def _defined(texts: Sequence[str], spans: Sequence[Span]) -> dict[str, str]:
    """Abbreviation -> name where the article says so: "Movement for Democratic Change (MDC)"."""
    result: dict[str, str] = {}
    for first, second in pairwise(spans):
        if first.passage != second.passage or first.kind != second.kind or first.kind == "person":
            continue
        between = texts[first.passage][first.end : second.start]
        after = texts[first.passage][second.end : second.end + 1]
        if between.strip() == "(" and after == ")":
            full, short = first.name or first.text, second.name or second.text
            several = " " in full and first.kind == "organization"
            if several and (short.isupper() or " " in short):
                result[short] = full
    return result

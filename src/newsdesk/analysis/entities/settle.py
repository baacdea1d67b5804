"""One kind for every name of an article, by all that the article and the lists say of it.

Each place where a name stands gives evidence (the model's opinion, the words around, the name's own
words, the place table); it is added up over the article, so that what is plain in one sentence helps
in another. Names of several words are settled first, places among them before persons lend their
surnames: "Khan Younis" the town must not make a person of "Younis".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from newsdesk.analysis.entities.cues import (
    AROUND,
    HINT,
    OWN_WORDS,
    add,
    by_neighbours,
    by_own_words,
    is_no_name,
)
from newsdesk.analysis.entities.grammar import Evidence, by_grammar
from newsdesk.analysis.entities.spans import Span
from newsdesk.analysis.entities.words import Sort, words
from newsdesk.models import EntityKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

UNSURE: Final = 0.6
"""The model's opinion where it is wrong as often as right."""
NEEDED: Final = 2.0
"""Evidence that a name must have where no model has seen it."""
SURE: Final = 2.0
"""A kind that is ahead of the next by less is in doubt."""
_ORDER: Final[tuple[Sort, ...]] = ("person", "place", "organization", "event", "group", "thing")
_SPEAKS: Final = re.compile(r", who\b|,? \d\d,| ([a-z]+)")
_IN_A_ROW: Final = re.compile(r"(?:, ?| (?=and|or)|, (?=and|or))(and|or)?(?: ?(?:the )?)")


def settled(
    texts: Sequence[str], spans: Iterable[Span], docs: Sequence[Doc | None] = ()
) -> dict[str, EntityKind]:
    """Surface -> kind for every surface of the spans that names something; the others are missing.

    `docs`: the parsed texts, None where one was not parsed; nothing at all without a model.
    """
    occurrences: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        occurrences[span.text].append(span)
    whole = "\n".join(texts)
    lone = {surface: found for surface, found in occurrences.items() if " " not in surface}
    kinds: dict[str, EntityKind] = {}
    doubted: dict[str, Evidence] = {}
    full = _Full()
    for surface in sorted(occurrences, key=lambda s: (-len(s.split()), s)):
        found = occurrences[surface]
        kind = next((span.kind for span in found if span.certain), None)
        if kind is None and (surface in full.bodies or not is_no_name(surface)):
            evidence = _evidence(surface, found, texts, docs, full)
            _by_lone_surname(evidence, surface, lone, whole)
            kind = _decided(evidence, found)
            if _margin(evidence) < SURE:
                doubted[surface] = evidence
        if kind is not None:
            kinds[surface] = kind
            full.add(next((span.name for span in found if span.name), surface), kind)
    for surface, kind in list(kinds.items()):
        if kind in ("organization", "place") and " " in surface and _is_relative(surface, full):
            kinds[surface] = "person"
    _by_company(texts, occurrences, kinds, doubted)
    return kinds


def _by_company(
    texts: Sequence[str],
    occurrences: Mapping[str, Sequence[Span]],
    kinds: dict[str, EntityKind],
    doubted: Mapping[str, Evidence],
) -> None:
    """Names in a row are mostly of one kind: those in doubt follow those that are not."""
    more: defaultdict[str, Evidence] = defaultdict(lambda: defaultdict(float))
    for row in rows(texts, [span for found in occurrences.values() for span in found]):
        sure = {
            span.text: kinds[span.text] for span in row if span.text in kinds and span.text not in doubted
        }
        for span in row:
            if span.text in doubted:
                for other in sure:
                    more[span.text][kinds[other]] += HINT
    for surface, evidence in more.items():
        add(evidence, doubted[surface])
        kind = _decided(evidence, occurrences[surface], needed=HINT)
        if kind is not None:
            kinds[surface] = kind


def rows(texts: Sequence[str], spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Names that stand in a row: "A and B", "A, B and C".

    Not "A, B" alone, which may be a town and its country.
    """
    row: list[Span] = []
    joined = ""
    for span in [*sorted(spans, key=lambda s: (s.passage, s.start, -s.end)), None]:
        if row and span is not None and span.passage == row[-1].passage:
            if span.start < row[-1].end:
                continue
            gap = _IN_A_ROW.fullmatch(texts[span.passage], row[-1].end, span.start)
            if gap:
                joined += gap[1] or ","
                row.append(span)
                continue
        if len(row) > 2 or (len(row) == 2 and joined != ","):
            yield row
        row, joined = ([span] if span is not None else []), ""


@dataclass(slots=True)
class _Full:
    """What the names of several words that are settled already say of shorter ones."""

    surnames: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)

    def add(self, name: str, kind: EntityKind) -> None:
        parts = name.split()
        if len(parts) < 2:
            return
        if kind == "person":
            surnames, given = name_parts([name])
            self.surnames |= surnames
            self.given |= given
        elif kind == "place":
            self.places.add(parts[-1])
            if len(parts) == 2 and parts[1].lower() in words().facilities:
                self.places.add(parts[0])  # "Salam", of "Salam Hospital"
        elif kind == "organization":
            self.bodies |= {part for part in parts if part.lower() in words().bodies}

    def evidence(self, surface: str) -> Evidence:
        evidence: Evidence = defaultdict(float)
        if surface in self.surnames:
            evidence["person"] += 2 * OWN_WORDS
        elif surface in self.given:
            evidence["person"] += AROUND
        if surface in self.places:
            evidence["place"] += OWN_WORDS
        return evidence


def _is_relative(surface: str, full: _Full) -> bool:
    """Two words that nothing but the model calls a body or a place, the second a person's surname."""
    parts = surface.split()
    return len(parts) == 2 and parts[1] in full.surnames and not by_own_words(surface)


def name_parts(persons: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """(surnames, given names) of full names; "Natan-Zada" gives "Zada" too, "al-Bashir" gives "Bashir"."""
    surnames: set[str] = set()
    given: set[str] = set()
    for person in persons:
        first, *_, last = person.split()
        surnames |= {last, *(part for part in last.split("-")[-1:] if len(part) > 2)}
        given.add(first)
    return frozenset(surnames), frozenset(given)


def _evidence(
    surface: str, found: Sequence[Span], texts: Sequence[str], docs: Sequence[Doc | None], full: _Full
) -> Evidence:
    """All that the article says of a surface."""
    evidence = by_own_words(surface)
    for span in found:
        if span.kind is not None:
            evidence[span.kind] += _vote(span)
        add(evidence, by_neighbours(span, texts[span.passage]))
        doc = docs[span.passage] if docs else None
        if doc is not None:
            add(evidence, by_grammar(span, doc))
    if " " not in surface:
        add(evidence, full.evidence(surface))
    if surface in full.bodies and any(span.kind == "organization" for span in found):
        evidence["organization"] += 4 * OWN_WORDS
    return evidence


def _by_lone_surname(
    evidence: Evidence, surface: str, lone: Mapping[str, Sequence[Span]], whole: str
) -> None:
    """A name of two or three words is a person's if its last one is elsewhere taken for one, or speaks."""
    parts = surface.split()
    if not 1 < len(parts) < 4 or any(by_own_words(surface).values()):
        return
    seen = [span for span in lone.get(parts[-1], ()) if span.source == "model" and span.kind == "person"]
    evidence["person"] += HINT * min(2, len(seen))
    if _speaks(parts[-1], parts[-2], whole):
        evidence["person"] += AROUND


def _speaks(name: str, before: str, text: str) -> bool:
    """Whether a lone `name`, without the word before it, does in the text what persons do."""
    at = text.find(name)
    while at >= 0:
        after = _SPEAKS.match(text, at + len(name))
        alone = not text[:at].rstrip().endswith(before) and not text[at - 1 : at].isalnum()
        if alone and after and (after[1] is None or after[1] in words().speech):
            return True
        at = text.find(name, at + 1)
    return False


def _decided(evidence: Evidence, found: Sequence[Span], needed: float = NEEDED) -> EntityKind | None:
    """The kind with most evidence, if it is one, and if the model or much else speaks for it."""
    best = max(_ORDER, key=lambda kind: (evidence[kind], -_ORDER.index(kind)))
    seen_by_model = any(span.source in ("model", "lexicon") for span in found)
    if best == "thing" or not evidence[best] or not (seen_by_model or evidence[best] >= needed):
        return None
    return best


def _margin(evidence: Evidence) -> float:
    """How far the best is ahead of the next."""
    first, second, *_ = sorted((evidence[kind] for kind in _ORDER), reverse=True)
    return first - second


def _vote(span: Span) -> float:
    """What the model's opinion weighs: it often takes a rare single name for an organization."""
    if span.source == "capitals":
        return AROUND  # where the tagger and the verb speak for it
    if span.source == "lexicon":
        return AROUND if span.kind == "organization" else HINT
    if span.kind == "organization" and " " not in span.text and not span.text.isupper():
        return UNSURE
    return HINT

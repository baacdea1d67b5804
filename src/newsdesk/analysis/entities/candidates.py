"""What may be a name: the lexicon's and common names, the language model's spans, capitalised runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsdesk.analysis.entities.capitals import is_title_case, runs
from newsdesk.analysis.entities.cues import is_of_town, is_people, is_personal, names_body, styled
from newsdesk.analysis.entities.names import CURRENCY_SIGNS, Names
from newsdesk.analysis.entities.places import place_table
from newsdesk.analysis.entities.spans import Span, Stretch, bare, whole_words
from newsdesk.analysis.entities.whole import joined, with_known
from newsdesk.analysis.entities.words import words
from newsdesk.models import EntityKind, LabelledPassage, Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KINDS: Final[dict[str, EntityKind]] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "event",
    "LAW": "event",
}
_FACILITY: Final = re.compile(r" (?:international |specialist |children's |field )?([a-z]+)\b")
_ANY: Final = re.compile(r"(?:\b[Aa]n?|'s?) $")


def candidates_in(
    passages: Sequence[Passage | LabelledPassage],
    texts: Sequence[str],
    docs: Sequence[Doc],
    names: Names,
    lower_words: frozenset[str],
) -> Iterable[Span]:
    """The candidates of every passage but furniture; `lower_words` are those that the
    article has in small letters. Their kinds are not settled yet.
    """
    parsed: Sequence[Doc | None] = [doc if len(doc) else None for doc in docs] or [None] * len(passages)
    for n, (passage, text, doc) in enumerate(zip(passages, texts, parsed, strict=True)):
        if passage.kind == "furniture":
            continue
        known = [
            Span(
                n,
                k.start,
                k.end,
                text[k.start : k.end],
                k.kind,
                "lexicon",
                k.name,
                k.certain and not (k.kind == "place" and styled(text[max(0, k.start - 20) : k.start])),
            )
            for k in names.find(text)
        ]
        if passage.kind == "heading" and is_title_case(text):  # known names only; others are found again
            yield from known
            continue
        modelled = [
            span
            for span in (() if doc is None else _from_model(n, text, doc))
            if span.start or span.text.lower() not in lower_words  # "Electoral officials have five days"
        ]
        capitals = list(_from_capitals(n, text, lower_words))
        if doc is not None:
            capitals = list(_seen_by_tagger(capitals, modelled, doc))
        yield from joined(with_known(modelled, known), capitals)


def _from_model(n: int, text: str, doc: Doc) -> Iterable[Span]:
    for entity in doc.ents:
        kind = _KINDS.get(entity.label_)
        if kind is None:
            continue
        start, end = whole_words(text, entity.start_char, entity.end_char)
        for at, to in bare(text, start, end, kind):
            if not text.startswith(CURRENCY_SIGNS, to):
                head = _small_head(text, at, to)
                yield Span(n, at, head or to, text[at : head or to], "place" if head else kind, "model")


def _small_head(text: str, start: int, end: int) -> int | None:
    """Where a facility's name with a small head ends: "the Salam hospital"; not "a Paris hospital"."""
    head = _FACILITY.match(text, end)
    if head is None or head[1] not in words().facilities:
        return None
    name = text[start:end]
    last = name.split()[-1].lower()
    other = place_table().knows(name) or name.isupper() or is_people(last) or is_of_town(name)
    return None if other or last in words().organization_last or _ANY.search(text[:start]) else head.end()


def _from_capitals(n: int, text: str, lower_words: frozenset[str]) -> Iterable[Span]:
    for start, end in runs(text, lower_words=lower_words):
        first, *rest = text[start:end].lower().split()
        whole = is_people(first) and names_body(rest)  # "American Congress of Poets"
        for at, to in bare(text, start, end, None if whole else "person"):
            if not text.startswith(CURRENCY_SIGNS, to):
                head = _small_head(text, at, to)
                yield Span(n, at, head or to, text[at : head or to], "place" if head else None, "capitals")


def _seen_by_tagger(capitals: Iterable[Span], modelled: Sequence[Span], doc: Doc) -> Iterable[Span]:
    """The runs, as persons where the tagger takes them for a name of one; a lone word that opens the
    passage only so, for it may owe its capital to that."""
    taken = Stretch(modelled)
    for run in capitals:
        if taken.overlapping(run):
            yield run
        elif _is_lone_person(run, doc):
            yield replace(run, kind="person")
        elif run.start > 0 or " " in run.text or run.text in place_table().large:
            yield run


def _is_lone_person(run: Span, doc: Doc) -> bool:
    """A common given name or surname, or a few names that are a subject."""
    several = " " in run.text
    if not several and not is_personal(run.text.lower()):
        return False
    tokens = doc.char_span(run.start, run.end)
    if tokens is None or len(tokens) > 3 or any(token.tag_ != "NNP" for token in tokens):
        return False
    dep = tokens.root.dep_
    if several and dep == "conj":
        dep = tokens.root.head.dep_
    return dep == "nsubj" if several else dep in ("nsubj", "nsubjpass", "poss", "dobj", "pobj")

"""Entities: persons, organizations, places, groups and events, as offsets into the passages.

The desk's lexicon and common names come first, then the language model's spans, then capitalised
runs that both left; the article as a whole settles what each name is, and joins short forms to
full names. Without the model the lexicon and the capitals serve alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from newsdesk.analysis.entities.about import is_about
from newsdesk.analysis.entities.again import found_again
from newsdesk.analysis.entities.candidates import candidates_in
from newsdesk.analysis.entities.link import linked
from newsdesk.analysis.entities.names import names_for
from newsdesk.analysis.entities.settle import settled
from newsdesk.analysis.entities.spans import Span, bare
from newsdesk.analysis.entities.words import words
from newsdesk.analysis.shadow import shadow
from newsdesk.models import Desk, Entity, LabelledPassage, Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LOWER_WORD: Final = re.compile(r"(?<![\w'-])[a-z]{2,}(?![\w-])")


def find(
    passages: Sequence[Passage | LabelledPassage],
    docs: Sequence[Doc],
    desk: Desk,
    title: str | None = None,
) -> tuple[Entity, ...]:
    """The entities of one article, in the order of their first mention.

    `docs`: one spaCy Doc a passage, parsed from its shadow (empty where it was not parsed); an empty
    sequence means that there is no model, and the rules serve alone. `title`: the article's, see `about`.
    """
    texts = [shadow(p.text) for p in passages]
    names = names_for(desk.lexicon)
    lower_words = frozenset(word for text in texts for word in _LOWER_WORD.findall(text))
    seen = list(candidates_in(passages, texts, docs, names, lower_words))
    kinds = settled(texts, seen, [doc if len(doc) else None for doc in docs])
    spans = [_untitled(replace(span, kind=kinds[span.text]), texts) for span in seen if span.text in kinds]
    spans = _apart(spans)
    spans += found_again(texts, spans, lower_words)
    found = linked([p.text for p in passages], [p.index for p in passages], _apart(spans), names.others)
    return tuple(msgspec.structs.replace(one, about=is_about(one, passages, title)) for one in found)


def _untitled(span: Span, texts: Sequence[str]) -> Span:
    """A person that the model took for something else keeps no title: "King Harald"."""
    first, _, rest = span.text.partition(" ")
    if (
        span.kind != "person"
        or span.certain
        or not rest
        or first.lower() not in words().titles | words().offices
    ):
        return span
    start, end = next(bare(texts[span.passage], span.start, span.end, "person"), (span.start, span.end))
    return replace(span, start=start, end=end, text=texts[span.passage][start:end])


def _apart(spans: Iterable[Span]) -> list[Span]:
    """No two overlapping: the lexicon's certain ones and the longer ones first."""
    kept: list[Span] = []
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for span in sorted(spans, key=lambda s: (s.passage, -(s.end - s.start), not s.certain, s.start)):
        places = range(span.start, span.end)
        if taken[span.passage].isdisjoint(places):
            taken[span.passage].update(places)
            kept.append(span)
    return kept

"""Entities of single sentences: the English PUD part of Universal NER (Mayhew et al., NAACL 2024).

Only the sentences whose id starts with `w` count, those from Wikipedia.
Right is an entity with the label's exact span and kind (person, organization, place). "the" in front and a
possessive at the end count for neither side. newsdesk's groups and events have no label there and do not
count. Plain spaCy is the same model's own entities with GPE, LOC and FAC as places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.outside.common import deep, row

from newsdesk.analysis import language
from newsdesk.config import AnalysisSettings
from newsdesk.evaluate import Rate
from newsdesk.models import Passage

KINDS = {"PER": "person", "ORG": "organization", "LOC": "place"}
PLAIN = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place"}
Span = tuple[int, int, str]
"""Start, end, kind."""


class Sentence(NamedTuple):
    text: str
    spans: list[Span]


def measured(file: Path) -> Iterator[str]:
    """The rows to print. Raises OSError."""
    sentences = list(labelled(file.read_text(encoding="utf-8")))
    passages = [Passage(0, "paragraph", None, sentence.text) for sentence in sentences]
    reader, ours, plain = deep(), Rate(), Rate()
    parsed = language.load(AnalysisSettings().model).parse(passages)
    for sentence, passage, doc in zip(sentences, passages, parsed, strict=True):
        wanted = trimmed(sentence.text, sentence.spans)
        found = [
            (mention.start, mention.end, str(entity.kind))
            for entity in reader.run([passage]).entities
            if entity.kind in KINDS.values()
            for mention in entity.mentions
        ]
        spacy = [(one.start_char, one.end_char, PLAIN[one.label_]) for one in doc.ents if one.label_ in PLAIN]
        for rate, spans in ((ours, found), (plain, spacy)):
            count(wanted, trimmed(sentence.text, spans), rate)
    yield f"{len(sentences)} sentences, {ours.wanted} entities"
    yield row("newsdesk", ours)
    yield row("plain spaCy", plain)


def count(wanted: set[Span], found: set[Span], rate: Rate) -> None:
    rate.right += len(wanted & found)
    rate.extra += len(found - wanted)
    rate.missed += len(wanted - found)


def labelled(text: str) -> Iterator[Sentence]:
    """The sentences of an IOB2 file whose id starts with `w`."""
    for block in text.split("\n\n"):
        lines = block.strip().split("\n")
        head = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        if head.get("sent_id", "").startswith("w"):
            rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
            yield Sentence(head["text"], list(spans_of(head["text"], rows)))


def spans_of(text: str, rows: list[list[str]]) -> Iterator[Span]:
    """The labels of a sentence's tokens as spans of its text; rows of number, token, tag and more."""
    at = start = end = 0
    kind = ""
    for _, token, tag, *_ in rows:
        at = text.index(token, at)
        if kind and not tag.startswith("I"):
            yield start, end, kind
            kind = ""
        if tag.startswith("B"):
            start, kind = at, KINDS.get(tag[2:], "")
        at += len(token)
        end = at
    if kind:
        yield start, end, kind


def trimmed(text: str, spans: list[Span]) -> set[Span]:
    return {(*bare(text, start, end), kind) for start, end, kind in spans}


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without "the" in front and a possessive at the end."""
    name = text[start:end]
    left = re.sub(r"^(?:the\s+)+", "", name, flags=re.IGNORECASE)
    return end - len(left), start + len(re.sub(r"(?:\s*['’]s?)+$", "", name))

"""Figures from a parse: every number that is a claim, with its noun, event, speaker and context."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import context, event, noun, numbers, quantifier, reject, words
from newsdesk.analysis.figures.claim import is_claim
from newsdesk.analysis.figures.event import Happening
from newsdesk.analysis.figures.noun import Counted
from newsdesk.analysis.figures.speaker import Memory, Report, Speakers
from newsdesk.analysis.shadow import shadow
from newsdesk.models import Category, Entity, Figure, LabelledPassage, Mention, Passage, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


MEASURED = frozenset(["percent", "money", "distance", "area", "mass", "temperature"])
SUFFERERS = frozenset(["person", "household", "body", "case", "infection"])
SUBSET = re.compile(
    r"\b(?:including|among (?:them|whom)|of (?:whom|which|them)|(?:they|these) includ\w+)[^.;]{0,30}$", re.I
)


@dataclass(slots=True)
class _Article:
    """What is carried from passage to passage."""

    diseased: bool
    memory: Memory = field(default_factory=Memory)
    figures: list[Figure] = field(default_factory=list)


def find(
    passages: Sequence[LabelledPassage | Passage], docs: Sequence[Doc], entities: Sequence[Entity]
) -> tuple[Figure, ...]:
    """The figures of an article in reading order.

    `docs` holds one parsed Doc for each passage, of its text or of a copy of equal length; offsets are
    code points into the passage's text. `entities` give the places. Furniture has no figures. Raises
    ValueError where `docs` and `passages` differ in number.
    """
    places = _places(entities)
    article = _Article(diseased=any(words.DISEASE_NAME.search(passage.text) for passage in passages))
    for passage, doc in zip(passages, docs, strict=True):
        if passage.kind != "furniture" and len(doc):
            _read_passage(article, passage, doc, places.get(passage.index, []))
    return tuple(article.figures)


def _places(entities: Sequence[Entity]) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = {}
    for entity in entities:
        if entity.kind == "place":
            for mention in entity.mentions:
                found.setdefault(mention.passage, []).append(mention)
    return found


def _read_passage(
    article: _Article, passage: LabelledPassage | Passage, doc: Doc, places: list[Mention]
) -> None:
    text = shadow(passage.text)
    speakers = Speakers(doc, text, article.memory)
    for number in numbers.scan(text):
        if reject.is_no_figure(text, number):
            continue
        span = doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is None:
            continue
        figure = _figure(article, passage, doc, text, span, number, speakers, places)
        if figure is not None:
            article.figures.append(figure)


def _figure(
    article: _Article,
    passage: LabelledPassage | Passage,
    doc: Doc,
    text: str,
    span: Span,
    number: numbers.Number,
    speakers: Speakers,
    places: list[Mention],
) -> Figure | None:
    quantity = quantifier.read(text, number)
    counted = noun.read(doc, text, span, number, quantity.end)
    happening = event.read(doc, counted)
    before = _last(article, passage.index)
    settled = _settle(article, number, counted, happening, before)
    unit, category = settled.unit, settled.category
    if not is_claim(text, span, number, quantity, counted, category, unit):
        return None
    report = speakers.of(counted.argument, span.start_char)
    if (
        report is None
        and "category" in settled.inferred
        and before is not None
        and _one_sentence(before, span.root)
    ):
        asserted, stance, via = before.asserted_by, before.stance, before.via
    else:
        asserted, stance, via = _says(report)
    low, high, best = quantifier.bounds(number, quantity)
    start, end = quantity.start, max(counted.end, quantity.end)
    sentence = span.root.sent
    return Figure(
        passage=passage.index,
        start=start,
        end=end,
        text=passage.text[start:end],
        min=low,
        max=high,
        best=best,
        quantifier=quantity.quantifier,
        noun=settled.noun,
        unit=unit,
        category=category,
        event=happening.lemma,
        status=context.status(settled.noun, _described(counted)),
        scope=context.scope(category, unit, sentence.text, happening.word),
        trend=context.trend(span.root, changes=number.unit is not None or settled.noun is None),
        place=context.place(doc, span.root, places, _speaker_span(doc, report)),
        when=context.when(sentence, span.root),
        asserted_by=asserted,
        stance=stance,
        via=via,
        hypothetical=context.is_hypothetical(counted.argument, happening.word, reported=report is not None),
        parent=_parent(article, text, number, counted, passage.index),
        inferred=settled.inferred,
    )


def _says(report: Report | None) -> tuple[str | None, Stance | None, str | None]:
    return (None, None, None) if report is None else (report.speaker, report.stance, report.via)


def _one_sentence(before: Figure, token: Token) -> bool:
    return bool(before.start >= token.sent.start_char)


def _speaker_span(doc: Doc, report: Report | None) -> Span | None:
    return None if report is None else doc[report.who.left_edge.i : report.who.right_edge.i + 1]


def _described(counted: Counted) -> str:
    """The words joined to the counted noun: "fighters and civilians"."""
    if counted.head is None:
        return ""
    return " ".join(t.text for t in counted.head.children if t.dep_ in ("conj", "amod", "compound"))


# ------------------------------------------------------------------------ from the figure before


def _last(article: _Article, passage: int) -> Figure | None:
    """The figure before this one in the same passage, measures left out."""
    for figure in reversed(article.figures):
        if figure.passage != passage:
            return None
        if figure.unit not in MEASURED and figure.unit not in words.TIME_UNITS:
            return figure
    return None


@dataclass(frozen=True, slots=True)
class _Settled:
    unit: str | None
    noun: str | None
    category: Category
    inferred: tuple[str, ...]


def _settle(
    article: _Article, number: numbers.Number, counted: Counted, happening: Happening, before: Figure | None
) -> _Settled:
    """Unit, noun and category, what is left out taken from the figure before and named as inferred."""
    unit, noun_, category = counted.unit or happening.unit, counted.noun or happening.noun, happening.category
    inferred: list[str] = []
    if number.unit is not None and number.unit not in ("vote",):
        return _Settled(number.unit, noun_, "other", ())
    people = category in words.CASUALTY or _only_people(happening, counted)
    if (
        unit is None
        and (category in words.CASUALTY or not counted.points_back)
        and (people or (number.kind == "vague" and before is None))
    ):
        unit = "person"
        inferred.append("unit")
        if before is not None and before.unit == "person" and before.noun is not None:
            noun_ = before.noun
            inferred.append("noun")
    elif (
        unit is None
        and before is not None
        and (counted.points_back or _one_sentence(before, counted.argument))
    ):
        unit, noun_ = before.unit, before.noun
        inferred += ["unit", "noun"]
        if category == "other":
            category = before.category
            inferred.append("category")
    if unit in words.CASE and (article.diseased or unit == "infection"):
        category = "infected"
    elif article.diseased and happening.lemma in words.HOSPITAL:
        category = "other"
    if category not in ("other", "affected") and unit not in SUFFERERS:
        category = "other"
    return _Settled(unit, noun_, category, tuple(inferred))


def _only_people(happening: Happening, counted: Counted) -> bool:
    """ "hundreds protested", "24,000 who lost their jobs"."""
    argument = counted.argument
    if any(c.dep_ == "relcl" and any(t.lower_ == "who" for t in c.subtree) for c in argument.children):
        return True
    return happening.lemma in words.HUMAN_ACT and argument.dep_ in ("nsubj", "nsubjpass", "pobj")


def _parent(
    article: _Article, text: str, number: numbers.Number, counted: Counted, passage: int
) -> int | None:
    """The figure that a share or subset belongs to: "seven people, including three children"."""
    last = len(article.figures) - 1
    if last < 0:
        return None
    part = number.kind == "fraction" or counted.points_back or SUBSET.search(text[: number.start]) is not None
    if not part:
        return None
    for position in range(last, -1, -1):
        figure = article.figures[position]
        if figure.passage != passage:
            return None
        if figure.unit == "person" and figure.quantifier != "fraction" and figure.parent is None:
            return position
    return None

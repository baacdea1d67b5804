"""Figures from a parse: every number that is a claim, with its noun, event, speaker and context."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from newsdesk.analysis.figures import (
    context,
    dates,
    event,
    inherit,
    noun,
    numbers,
    quantifier,
    reject,
    words,
)
from newsdesk.analysis.figures.claim import is_claim
from newsdesk.analysis.figures.confirm import confirm
from newsdesk.analysis.figures.context import Spot
from newsdesk.analysis.figures.memory import Memory
from newsdesk.analysis.figures.noun import Counted
from newsdesk.analysis.figures.report import Report
from newsdesk.analysis.figures.scene import NamedSpan
from newsdesk.analysis.figures.speaker import Speakers
from newsdesk.analysis.shadow import shadow
from newsdesk.models import Entity, Figure, LabelledPassage, Passage, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


def find(
    passages: Sequence[LabelledPassage | Passage],
    docs: Sequence[Doc],
    entities: Sequence[Entity],
    published: datetime | None = None,
) -> tuple[Figure, ...]:
    """The figures of an article in reading order.

    `docs` holds one parsed Doc for each passage, of its text or of a copy of equal length; offsets are
    code points into the passage's text. `entities` give the places. Furniture has no figures. Raises
    ValueError where `docs` and `passages` differ in number.
    """
    places = _places(entities)
    diseased = any(words.DISEASE_NAME.search(passage.text) for passage in passages)
    names = _names(entities)
    memory = Memory()
    figures: list[Figure] = []
    for passage, doc in zip(passages, docs, strict=True):
        if passage.kind != "furniture" and len(doc):
            at = passage.index
            speakers = Speakers(doc, shadow(passage.text), memory, names.get(at, ()))
            setting = _Setting(places.get(at, []), diseased, None if published is None else published.date())
            _Reader(passage, doc, speakers, setting).read(figures)
            confirm(figures, speakers.scene, speakers.reports, at)
    return tuple(figures)


def _places(entities: Sequence[Entity]) -> dict[int, list[Spot]]:
    found: dict[int, list[Spot]] = {}
    for entity in entities:
        if entity.kind == "place":
            for mention in entity.mentions:
                found.setdefault(mention.passage, []).append(Spot(mention, entity.id))
    return found


def _names(entities: Sequence[Entity]) -> dict[int, list[NamedSpan]]:
    found: dict[int, list[NamedSpan]] = {}
    for entity in entities:
        for mention in entity.mentions:
            found.setdefault(mention.passage, []).append((mention.start, mention.end, entity.kind))
    return found


LONGEST_SENTENCE = 400
"""Tokens: what is longer is a table or an attack, and would take seconds."""
MEASURED = inherit.MEASURED | words.word_set("speed volume magnitude") | {"basis point", "point"}
"""Units of amounts: what is measured, not counted."""
LARGE = 1000
"""A toll from here on is hardly that of one incident."""


class _Said(NamedTuple):
    by: str | None = None
    stance: Stance | None = None
    via: str | None = None


def _said_with(shared: Figure, span: Span) -> _Said:
    if not inherit.same_sentence(shared, span.root):
        return _Said()
    return _Said(shared.asserted_by, shared.stance, shared.via)


class _Setting(NamedTuple):
    """What an article and its entities say about the figures of a passage."""

    places: list[Spot]
    diseased: bool
    """The article names an illness."""
    published: date | None


class _Reader:
    """Reads the figures of one passage."""

    def __init__(
        self, passage: LabelledPassage | Passage, doc: Doc, speakers: Speakers, setting: _Setting
    ) -> None:
        self.passage = passage
        self.text = speakers.scene.text
        self.doc = doc
        self.speakers = speakers
        self.setting = setting
        self.times = dates.named_times(doc)
        self.arguments: list[tuple[Figure, Token]] = []
        """The figures so far, each with the token that stands for it in its clause."""

    def read(self, figures: list[Figure]) -> None:
        """Add the passage's figures to those of the article so far."""
        for number in numbers.scan(self.text):
            if reject.is_no_figure(self.text, number):
                continue
            span = self.doc.char_span(number.start, number.end, alignment_mode="expand")
            sentence = None if span is None else span.root.sent
            if span is None or sentence is None or sentence.end - sentence.start > LONGEST_SENTENCE:
                continue
            figure = self._figure(number, span, sentence, figures)
            if figure is not None:
                figures.append(figure)

    def _figure(
        self, number: numbers.Number, span: Span, sentence: Span, figures: list[Figure]
    ) -> Figure | None:
        quantity = quantifier.read(self.text, number)
        counted = noun.read(self.doc, self.text, span, number, quantity.end)
        happening = event.read(self.doc, counted)
        before = self._before(figures)
        settled = inherit.settle(number, counted, happening, before, diseased=self.setting.diseased)
        if not is_claim(self.text, span, number, quantity, counted, settled.category, settled.unit):
            return None
        if self.speakers.counts_speakers(counted, number):
            return None
        parent = inherit.parent(figures, self.text, number, counted, self.passage.index)
        if parent is not None and number.kind != "fraction":
            settled = settled.as_part_of(figures[parent])
        report = self.speakers.of(counted, span.start_char)
        said = _Said() if report is None else _Said(report.speaker, report.stance, report.via)
        if report is None:
            # What is part of a figure in its sentence, or goes on with its category, shares its speaker.
            shared = figures[parent] if parent is not None else before
            if shared is not None and (parent is not None or "category" in settled.inferred):
                said = _said_with(shared, span)
        elif "noun" in settled.inferred and before is not None and before.asserted_by not in (None, said.by):
            settled = settled.without_noun()
        low, high, best = quantifier.bounds(number, quantity)
        start, end = quantity.start, max(counted.end, quantity.end)
        inferred_noun = "noun" in settled.inferred
        spot = context.place(self.doc, span.root, self.setting.places, self._words_of(report))
        when = dates.pick(self.times, sentence, span)
        scope = context.scope(
            settled.category,
            settled.unit,
            self.text[sentence.start_char : sentence.end_char],
            happening.word,
            large=(number.low or 0) >= LARGE,
        )
        inferred = settled.inferred
        if spot is None and report is not None and scope == "cumulative":
            # A running toll is kept where its keeper is: "the ministry in the Gaza Strip says".
            who = self._words_of(report)
            spot = None if who is None else context.keepers_place(self.doc, self.setting.places, who)
            inferred = (*inferred, "place") if spot is not None else inferred
        figure = Figure(
            passage=self.passage.index,
            start=start,
            end=end,
            text=self.passage.text[start:end],
            min=low,
            max=high,
            best=best,
            quantifier=quantity.quantifier,
            noun=settled.noun,
            unit=settled.unit,
            category=settled.category,
            event=happening.lemma,
            status="unknown" if inferred_noun else context.status(settled.noun, _beside(counted)),
            scope=scope,
            trend=context.trend(
                span,
                measured=number.unit is not None or settled.noun is None or settled.unit in MEASURED,
                up_to=quantity.quantifier == "up_to",
            ),
            place=None if spot is None else spot.mention.text,
            place_id=None if spot is None else spot.id,
            when=when,
            date=None if when is None else dates.resolve(when, self.setting.published),
            asserted_by=said.by,
            stance=said.stance,
            via=said.via,
            hypothetical=context.is_hypothetical(
                counted.argument,
                happening.word,
                reported=report is not None,
                suffered=settled.category in words.CASUALTY,
            ),
            parent=parent,
            inferred=inferred,
        )
        self.arguments.append((figure, counted.argument))
        return figure

    def _before(self, figures: list[Figure]) -> Figure | None:
        """The figure before, or the one that it is a detail of: "900 voters from 19 parties, 80 of them"."""
        before = inherit.last(figures, self.passage.index)
        inner = next((token for figure, token in self.arguments if figure is before), None)
        if inner is None or inner.dep_ != "pobj":
            return before
        for figure, outer in self.arguments:
            if figure.unit not in MEASURED and outer.is_ancestor(inner):
                return figure
        return before

    def _words_of(self, report: Report | None) -> Span | None:
        return None if report is None else self.doc[report.who.left_edge.i : report.who.right_edge.i + 1]


def _beside(counted: Counted) -> str:
    """The words joined to the counted noun and not counted themselves: "fighters and civilians"."""
    if counted.head is None:
        return ""
    joined = (t for t in counted.head.children if t.dep_ in ("conj", "amod", "compound"))
    return " ".join(t.text for t in joined if not any(c.dep_ == "nummod" for c in t.children))

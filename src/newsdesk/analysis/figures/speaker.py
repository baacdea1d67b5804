"""Who says so: which report of a passage a figure stands under."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import documents, governed, nominal, reporting
from newsdesk.analysis.figures.clause import lemma
from newsdesk.analysis.figures.closing import closing
from newsdesk.analysis.figures.memory import Memory
from newsdesk.analysis.figures.noun import Counted
from newsdesk.analysis.figures.numerals import Number
from newsdesk.analysis.figures.quotes import Quotation, around
from newsdesk.analysis.figures.quoting import speakers_of_quotes
from newsdesk.analysis.figures.report import Report, is_anybody, is_bare, is_own_voice, is_relay
from newsdesk.analysis.figures.reports import ASIDE, reports
from newsdesk.analysis.figures.scene import NamedSpan, Scene

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FEW_SPEAKERS = 12


class Speakers:
    """The speakers of one passage; `memory` is taken on from passage to passage, in reading order."""

    def __init__(self, doc: Doc, text: str, memory: Memory, names: Iterable[NamedSpan] = ()) -> None:
        self.scene = Scene.of(doc, text, names)
        self.reports = reports(self.scene, memory)
        self._verbs = list(self.reports)
        self._by_sentence: dict[int, dict[int, Report]] = {}
        self._of_quotes = speakers_of_quotes(self.scene, self.reports, memory)

    def of(self, counted: Counted, at: int) -> Report | None:
        """The report that the figure at offset `at` stands under; None: the article's own voice."""
        token = counted.argument
        found = self._stated(token, counted.head or token, at)
        quote = around(self.scene.quotes, at)
        if quote is None:
            return found
        quoting = self._of_quotes.get(quote)
        if found is None or (quoting is not None and _gives_way(found, quote)):
            return quoting
        return found

    def _beside(self, token: Token) -> dict[int, Report]:
        """The reports of the sentence of `token`."""
        first = token.sent.start
        if first not in self._by_sentence:
            inside = range(bisect_left(self._verbs, first), bisect_left(self._verbs, token.sent.end))
            self._by_sentence[first] = {self._verbs[i]: self.reports[self._verbs[i]] for i in inside}
        return self._by_sentence[first]

    def _stated(self, token: Token, noun: Token, at: int) -> Report | None:
        beside = self._beside(token)
        near = governed.inserted(beside, token, noun)
        if near is not None:
            return near
        listed = documents.listing(self.scene, token)
        if listed is not None:
            return listed
        governing = governed.over(self.scene, self.reports, token, at)
        if governing is not None:
            return self._relayed(nominal.cited(governing, token), token)
        found = governed.aside(self.scene, beside, token)
        if found is not None:
            return nominal.cited(found, token)
        return (
            nominal.according(self.scene, token)
            or closing(self.scene, token)
            or nominal.made_by(noun)
            or governed.before_semicolon(self.scene, beside, token)
            or nominal.misread(self.scene, token)
            or nominal.forecast(self.scene, self.reports, token)
            or nominal.measured(self.scene, token)
            or nominal.shown(self.scene, token)
            or nominal.headed(self.scene, token)
        )

    def _relayed(self, report: Report, token: Token) -> Report:
        """ "the BBC reported that 12 died, according to police": the source, by way of the medium."""
        if report.via is not None or not is_relay(report.who):
            return report
        source = nominal.according(self.scene, token)
        return report if source is None else replace(source, via=report.speaker)

    def counts_speakers(self, counted: Counted, number: Number) -> bool:
        """ "two security sources said": a few speakers counted are no claim."""
        if number.low is None or number.low > FEW_SPEAKERS:
            return False
        if counted.head is None:  # "the two said"
            word = counted.argument
            return word.dep_ == "nsubj" and word.head.i == word.i + 1 and lemma(word.head) in ASIDE
        if any(r.who == counted.head and lemma(r.verb) in ASIDE for r in self._beside(counted.head).values()):
            return True
        return _is_named_as_source(counted.head)


def _is_named_as_source(noun: Token) -> bool:
    """ "according to two officials", "citing two officials", "described by two officials"."""
    over = noun.head
    if noun.dep_ == "dobj":
        return over.lower_ in ("citing", "quoting")
    if noun.dep_ != "pobj":
        return False
    verb = lemma(over.head)
    described = over.lower_ == "by" and (verb in reporting.QUOTE_REPORT or verb in reporting.OBJECT_REPORT)
    return described or (over.lower_ == "to" and over.head.lower_ == "according")


def _gives_way(report: Report, quote: Quotation) -> bool:
    """Whether the speaker of the quotation goes before this one: the one inside it, or a bare pronoun."""
    inside = quote.start <= report.verb.idx < quote.end
    return inside or is_own_voice(report.who) or is_bare(report) or is_anybody(report)

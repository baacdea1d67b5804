"""Further speakers who confirm a figure: "with hospital officials confirming the toll"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from newsdesk.analysis.figures import words
from newsdesk.analysis.figures.clause import child, is_passive, lemma
from newsdesk.analysis.figures.report import Report
from newsdesk.analysis.figures.scene import Scene
from newsdesk.analysis.figures.wording import phrase
from newsdesk.models import Figure

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CONFIRMING = words.word_set("confirm corroborate verify acknowledge affirm")
TOLD = words.word_set(
    "toll figure number count death killing casualty attack account report claim information strike that "
    "this it which incident"
)
"""What is confirmed where the figure itself is not said again."""


DEATHS = words.word_set("toll death killing casualty")


class Confirmation(NamedTuple):
    """Who confirms what was said before the verb."""

    verb: Token
    speaker: str
    deaths: bool = False
    """Only the dead are confirmed ("confirming the death toll")."""


def confirmations(scene: Scene, reports: Mapping[int, Report]) -> list[Confirmation]:
    """The confirmations of a passage that point back to what was said before."""
    found = []
    for verb in (scene.doc[at] for at in scene.with_lemmas(CONFIRMING)):
        if verb.pos_ != "VERB" or scene.quoted(verb):
            continue
        who, what = _parties(verb)
        if who is None or what is None or not _points_back(what):
            continue
        speaker = _speaker(who, reports.get(verb.i))
        if speaker is not None:
            found.append(Confirmation(verb, speaker, lemma(what) in DEATHS))
    return found


def _parties(verb: Token) -> tuple[Token | None, Token | None]:
    """Who confirms, and what."""
    if verb.dep_ == "acl" and verb.tag_ == "VBN":  # "a figure confirmed by the army"
        return _agent(verb), verb.head
    if is_passive(verb):
        return _agent(verb), child(verb, "nsubjpass")
    if verb.dep_ == "acl":  # "with the army confirming the toll"
        return verb.head, child(verb, "dobj")
    return child(verb, "nsubj"), child(verb, "dobj")


def _speaker(who: Token, report: Report | None) -> str | None:
    if who.pos_ == "PRON":
        return report.speaker if report is not None and report.resolved else None
    return phrase(who) if who.pos_ in ("NOUN", "PROPN") else None


def _points_back(what: Token) -> bool:
    """ "the toll", "which", "a figure": no number of its own."""
    return lemma(what) in TOLD and not any(t.like_num or t.ent_type_ == "CARDINAL" for t in what.lefts)


def _agent(verb: Token) -> Token | None:
    by = child(verb, "agent")
    return None if by is None else child(by, "pobj")


def confirm(figures: list[Figure], scene: Scene, reports: Mapping[int, Report], passage: int) -> None:
    """Add to figures of `passage` who confirms them: those of the same sentence, else of the one before.

    The passage's figures are the last of `figures`, in reading order.
    """
    first = bisect_left(figures, passage, key=lambda figure: figure.passage)
    for confirmation in confirmations(scene, reports):
        sentence = confirmation.verb.sent
        for part in (sentence, scene.doc[sentence.start - 1].sent if sentence.start else None):
            said = [] if part is None else _said_in(figures, first, part, confirmation.verb.idx)
            dead = [at for at in said if figures[at].category == "killed"]
            for at in dead if confirmation.deaths and dead else said:
                figures[at] = _with(figures[at], confirmation.speaker)
            if said:
                break


def _said_in(figures: list[Figure], first: int, sentence: Span, end: int) -> list[int]:
    """The positions, from `first` on, of the figures that stand in `sentence` and before offset `end`."""
    low = bisect_left(figures, sentence.start_char, lo=first, key=lambda figure: figure.start)
    high = bisect_left(figures, min(sentence.end_char, end), lo=first, key=lambda figure: figure.start)
    return list(range(low, high))


def _with(figure: Figure, speaker: str) -> Figure:
    if speaker in (figure.asserted_by, *figure.confirmed_by):
        return figure
    return msgspec.structs.replace(figure, confirmed_by=(*figure.confirmed_by, speaker))

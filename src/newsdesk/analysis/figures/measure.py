"""What a measure counts that a figure is the value of: "the death toll rose to 12"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import words
from newsdesk.analysis.figures.acts import Happening, described
from newsdesk.analysis.figures.clause import PASSIVE_SUBJECTS, child, governor, is_verb, lemma, subject
from newsdesk.analysis.figures.noun import Counted, unit_of
from newsdesk.models import Category

if TYPE_CHECKING:
    from spacy.tokens import Token

MEASURES = words.word_set("number loss total count tally toll figure amount sum proportion share")
MOVING = words.word_set("bring raise take push lift increase")
PEOPLE_MEASURES = words.word_set("unemployment joblessness attendance enrolment enrollment headcount")


def measured(counted: Counted) -> Happening | None:
    """ "the death toll rose to 12", "the number of confirmed cases has passed one thousand"."""
    moved = _moved(counted)
    if moved is not None:
        return moved
    verb = governor(counted.argument)
    for _ in range(3):
        if verb is None:
            return None
        done = child(verb, "dobj")
        first = done if done is not None and lemma(done) in MEASURES else None  # "raising its losses to 115"
        for measure in (first, subject(verb), done, child(verb, *PASSIVE_SUBJECTS)):
            if measure is None or measure == counted.argument:
                continue
            if measure.is_ancestor(counted.argument) and not _of_measure(verb, measure, counted.argument):
                continue
            moves = verb in (counted.argument.head, counted.argument.head.head)
            verbs = words.REACH | words.RISE | words.FALL if moves else words.REACH
            reach = lemma(verb) in verbs or lemma(measure) in MEASURES
            found = _measure(verb, measure) if reach else None
            if found is not None and (counted.head is None or (found.category != "other" and moves)):
                if found.as_before and counted.head is not None:
                    return None
                return _of_casualties(found, counted)
        if verb.dep_ not in ("conj", "advcl", "xcomp"):
            return None
        verb = governor(verb.head)
    return None


def _moved(counted: Counted) -> Happening | None:
    """ "raised the number of people killed since May to 400", "brings to 400 the number of"."""
    doc, at = counted.argument.doc, counted.argument.i
    first = counted.argument.left_edge.i
    if counted.head is not None or not first or doc[first - 1].lower_ != "to":
        return None
    start = counted.argument.sent.start
    verb = next((t for t in reversed(doc[start:first]) if lemma(t) in MOVING and is_verb(t)), None)
    if verb is None:
        return None
    behind = doc[at + 2 : at + 3] if doc[at + 1 : at + 2].text.lower() == "the" else doc[verb.i + 1 : first]
    number = next((t for t in behind if lemma(t) in MEASURES), None)
    return None if number is None else _measure(verb, number)


def _of_measure(verb: Token, measure: Token, argument: Token) -> bool:
    """ "the number of fighters at 8,000", "protesters, who numbered 3,000": inside the measure's phrase."""
    at = argument.dep_ == "pobj" and argument.head.lower_ == "at" and argument.head.head == measure
    return at or (verb.dep_ == "relcl" and verb.head == measure)


def _state_behind(measure: Token) -> Category | None:
    """ "the number of dead climbed": an adjective that the parse hangs on the verb."""
    behind = measure.doc[measure.i + 1 : measure.i + 4]
    if len(behind) < 2 or behind[0].lower_ != "of":
        return None
    state = behind[2:][0] if behind[1].lower_ == "the" and len(behind) > 2 else behind[1]
    after = state.i + 1 < len(state.doc) and state.nbor().pos_ in ("NOUN", "PROPN")
    return None if after else words.STATE.get(state.lower_)


FROM_STATE = re.compile(
    r"\s*(?:,\s*up\s+)?from\s+(?:an?\s+|the\s+)?(?:[a-z]+\s+)?[\d,]+\s+(?P<state>injured|wounded|hurt)\b",
    re.I,
)
"""Behind a count of casualties: what those of the count before were."""


def _of_casualties(found: Happening, counted: Counted) -> Happening:
    """ "casualties rose to 167 from 93 injured people": injured, too."""
    said = FROM_STATE.match(counted.argument.doc.text[counted.end :])
    if said is None or found.category != "killed":
        return found
    return Happening(found.word, words.STATE[said["state"].lower()], found.unit)


def _measure(verb: Token, measure: Token) -> Happening | None:
    name = lemma(measure)
    if name in PEOPLE_MEASURES:
        return Happening(verb, "other", "person")
    kind = next((lemma(c) for c in measure.children if c.dep_ == "compound" and c.i == measure.i - 1), "")
    if name in MEASURES and (kind == "body" or kind in words.COUNTED_STATE):  # "the death count"
        return Happening(verb, words.COUNTED_STATE[kind], "person")
    if name in MEASURES:
        below = [
            p
            for c in measure.children
            if c.dep_ == "prep" and c.lower_ == "of"
            for p in c.children
            if p.dep_ == "pobj"
        ]
        if below:
            inner = below[0]
            state = words.COUNTED_STATE.get(lemma(inner)) or words.STATE.get(inner.lower_)
            if state is None:
                told = described(inner)
                state = told.category if told is not None and told.category != "other" else None
            if name == "toll" and state is None and unit_of(inner) not in ("person", "case"):
                return Happening(verb, "killed", "person")  # "the toll of the storm"
            return Happening(verb, state or "other", unit_of(inner), inner.text)
        state = _state_behind(measure)
        if state is not None:
            return Happening(verb, state, "person")
        if name == "toll":
            return Happening(verb, "killed", "person")
        if name in ("number", "figure", "total", "count", "tally", "loss"):
            return Happening(verb, "other", as_before=True)
        return None
    if name in words.COUNTED_STATE and (name not in words.WEAK_STATE or measure.lower_ in words.STATE):
        return Happening(verb, words.COUNTED_STATE[name], "person")
    if measure.pos_ == "NOUN" and measure.tag_ == "NNS":
        return Happening(verb, "other", unit_of(measure), measure.text)
    return None

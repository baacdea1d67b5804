"""Whether a figure stands under a report: by the clauses over it, or beside an aside between commas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import reporting, words
from newsdesk.analysis.figures.agents import is_agent
from newsdesk.analysis.figures.clause import WH, above, child, holds, is_passive, is_verb, lemma
from newsdesk.analysis.figures.nominal import of_noun
from newsdesk.analysis.figures.quotes import around
from newsdesk.analysis.figures.report import (
    Report,
    concedes,
    crosses_clause,
    goes_on,
    is_clause,
    is_in_speaker,
    is_unjoined,
    shifts_tense,
)
from newsdesk.analysis.figures.reports import ASIDE, ASIDE_MARKS, ASIDE_VERBS
from newsdesk.analysis.figures.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

ATTITUDE = words.word_set(
    "know hope worry think fear believe doubt guess suspect understand learn hear want expect assume"
)
"""What someone thinks is said of the clause, not of a relative clause in it."""
ADVERBIAL = ASIDE | words.word_set("vow pledge insist argue stress allege maintain explain oppose cite quote")
SOFTENING = ("around", "about", "over", "under", "nearly", "some")
LYING = words.word_set("lie sit border stretch straddle locate situate stand")
CLOSE = 3
"""Code points between a quotation and a clause that is joined to it."""
RECORDING = words.word_set("record register document project count log tally")
"""What happens in what another says ("said the country had recorded 40 cases"), else a report."""
LOOK_BACK = 160
TIMED_CLAUSE = re.compile(
    r",\s+(?:(?:just|only|some|about|less than|more than|barely)\s+)?(?:\w+\s+)?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?)\s+(?:after|before)\s(?![^.]*[,;])[^.;]*$"
)
"""What follows ", hours after" is the article's own telling."""
GOING_ON = (reporting.CLAUSE_REPORT - {"point"}) | words.word_set("refer reference go call compare")
"""Participles with which a speaker says more."""
AMOUNTS = ("million", "billion", "trillion", "percent", "%")
CLAUSE_END = (",", ".", ";", '"', "-", "–", "—", "!", "?")


def over(scene: Scene, reports: Mapping[int, Report], token: Token, at: int) -> Report | None:
    """The nearest report whose clause, object or complement holds the figure `token` at offset `at`."""
    below, recorded = token, None
    for verb in above(token):
        noun = of_noun(scene, verb, below)
        if noun is not None:
            return noun
        report = reports.get(verb.i)
        if report is not None and _reports(scene, reports, report, below, token, at):
            if recorded is not None or not _is_recording(verb, below):
                return report
            recorded = report
        below = verb
    if recorded is not None:
        return recorded
    own = reports.get(token.i)
    if own is None or holds(own.who, token):
        return None
    return own if _reports(scene, reports, own, token, token, at) else None


def _is_recording(verb: Token, below: Token) -> bool:
    return lemma(verb) in RECORDING or (lemma(verb) == "claim" and below.dep_ == "dobj")


def _reports(
    scene: Scene, reports: Mapping[int, Report], report: Report, below: Token, figure: Token, at: int
) -> bool:
    """Whether what stands under `report.verb` by way of `below` is what is reported."""
    verb = report.verb
    if is_in_speaker(report, figure) or _after_quotation(scene, verb, below, at):
        return False
    quoted = around(scene.quotes, at) is not None
    if not quoted and TIMED_CLAUSE.search(scene.text[max(verb.idx, at - LOOK_BACK) : at]) is not None:
        return False
    if _is_geography(figure, below):
        return False
    if lemma(verb) in ATTITUDE and (crosses_clause(figure, below) or concedes(figure, below)):
        return False
    return _takes(scene, report, below, figure, reports)


def _is_geography(figure: Token, below: Token) -> bool:
    """ "said it had hit the town, which lies 3 miles off": where a place is, says the article."""
    for token in (figure, *above(figure)):
        if token.dep_ == "relcl":
            pronoun = next((c for c in token.subtree if c.lower_ in ("which", "where")), None)
            apart = pronoun is not None and pronoun.i > 0 and pronoun.nbor(-1).text == ","
            return apart and lemma(token) in LYING and _is_present(token)
        if token == below:
            return False
    return False


def _is_present(verb: Token) -> bool:
    return verb.tag_ in ("VBZ", "VBP") or any(c.lower_ in ("is", "are") for c in verb.lefts)


def _is_claimed(report: Report, figure: Token) -> bool:
    """ "organizers claimed 50,000"; a storm claims lives."""
    who = lemma(report.who)
    known = who in words.PERSON or who in reporting.BODIES or is_agent(who)
    said = known or report.who.ent_type_ in ("ORG", "PERSON")
    return said and lemma(figure) not in ("life", "victim")


def _takes(scene: Scene, report: Report, below: Token, figure: Token, reports: Mapping[int, Report]) -> bool:
    """Whether the verb reports its complement `below`, by the relation between them."""
    verb, dep, name = report.verb, below.dep_, lemma(report.verb)
    if name == "want" and not _is_wished(figure, below):
        return False
    source = lemma(report.who) in reporting.SOURCE_NOUN and name in reporting.SOURCE_VERB
    if (
        dep in ("prep", "dobj", "dative")
        and name in reporting.CLAUSE_REPORT
        and _in_that_clause(figure, below)
    ):
        return True
    match dep:
        case "nsubjpass":
            return is_passive(verb) and name in reporting.OBJECT_REPORT and child(verb, "agent") is not None
        case "ccomp" | "parataxis" | "dep" | "csubj":
            return (
                not _is_told_before(report, below)
                and (name in reporting.CLAUSE_REPORT or name == "want" or source)
                and is_clause(below, verb)
            )
        case "xcomp":
            expects = name in reporting.EXPECTING and child(below, "aux") is not None
            return name in reporting.INTENT_REPORT or expects or _is_described(verb, below)
        case "advcl":
            mark = child(below, "mark", "advmod")
            linked = mark is not None and mark.lower_ in reporting.LINKING_AFTER
            return (
                below.i > verb.i
                and (name in ADVERBIAL or source)
                and not _is_order(verb)
                and not linked
                and not _is_meanwhile(scene, verb, below)
            )
        case "dobj" | "oprd" | "attr":
            answered = name == "say" and figure == below and figure.like_num  # "the governor said 40"
            reported = (
                answered
                or name in reporting.OBJECT_REPORT
                or (name == "claim" and _is_claimed(report, figure))
            )
            return (reported or source) and not crosses_clause(figure, below)
        case "conj":
            return (
                not _is_order(verb)
                and name in reporting.CLAUSE_REPORT
                and (goes_on(verb, below) or shifts_tense(verb, below) or is_unjoined(verb, below))
            )
        case "prep":
            return _takes_preposition(report, below, figure, source=source, reports=reports)
    return False


def _is_told_before(report: Report, below: Token) -> bool:
    """ "12 died; the governor said 40", "Many fell ill: women were advised by doctors to wait"."""
    verb, first = report.verb, report.who.left_edge.i
    if below.i > verb.i:
        return False
    apart = first > 0 and verb.doc[first - 1].text == ";"
    return apart or (is_passive(verb) and child(verb, "agent") is not None)


def _is_order(verb: Token) -> bool:
    """ "told residents to flee, and thousands have": what follows an order is no part of it."""
    told = child(verb, "xcomp")
    return told is not None and child(told, "aux") is not None and child(verb, "dobj", "dative") is not None


def _is_wished(figure: Token, below: Token) -> bool:
    """ "wants to sign up 5 million people", not "wants to end the 15% tariffs": what is there already."""
    over = figure.head
    near = figure.dep_ in ("dobj", "nsubj", "nsubjpass") and over in (below, below.head)
    return near and not any(c.lower_ in ("the", "these", "all") for c in figure.lefts)


def _in_that_clause(figure: Token, below: Token) -> bool:
    """ "said in a statement that 40 had died": a clause with "that" between the figure and what holds it."""
    for token in (figure, *above(figure)):
        if token == below:
            return False
        if any(c.dep_ == "mark" and c.lower_ == "that" for c in token.lefts):
            return True
    return False


def _is_meanwhile(scene: Scene, verb: Token, below: Token) -> bool:
    """'"...," he said, pointing at 30 machines': what the speaker of a quotation does, not says."""
    said = child(verb, "ccomp")
    quoting = said is not None and said.i < verb.i and scene.quoted(said)
    return quoting and below.tag_ == "VBG" and lemma(below) not in GOING_ON


def _is_described(verb: Token, below: Token) -> bool:
    """ "camps that they said killed nine", "said by the union to have cost": the clause of a relative."""
    if lemma(verb) not in reporting.CLAUSE_REPORT:
        return False
    if verb.dep_ == "relcl":
        return below.tag_ in ("VBD", "VBZ", "VBP", "VBN")
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and child(verb, "agent") is not None


def _takes_preposition(
    report: Report, below: Token, figure: Token, *, source: bool, reports: Mapping[int, Report]
) -> bool:
    verb, name, word = report.verb, lemma(report.verb), below.lower_
    if word in SOFTENING and name in reporting.CLAUSE_REPORT and figure.left_edge.i == below.i + 1:
        return True  # "says around two-thirds were women": parsed as a preposition
    if word in ("at", "to") and child(verb, "dobj") is not None:
        return name in ("put", "estimate", "revise", "raise")
    if word == "with":
        return name in ADVERBIAL | {"put"} and not any(o.i in reports for o in above(verb))
    if word == "against" and name in reporting.WARNING:
        return True
    if word == "for" and name in reporting.CALLING_FOR:
        return True
    if word in ("of", "for") and name in reporting.CENSURE:
        return not crosses_clause(figure, below)
    return source or (word in ("of", "about") and name in ("warn", "tell", "speak", "complain"))


def _after_quotation(scene: Scene, verb: Token, below: Token, at: int) -> bool:
    """The clause that follows a closed quotation is the article's again: 'said "...," when 12 died'."""
    if not scene.quotes or around(scene.quotes, at) is not None:
        return False
    span = scene.doc.char_span(at, at + 1, alignment_mode="expand")
    here = scene.doc[0] if span is None else span[0]
    for token in (here, *above(here)):
        if token.dep_ in ("advcl", "relcl") and holds(below, token):
            mark = token.left_edge
            if any(verb.idx < q.start and q.end <= mark.idx <= q.end + CLOSE for q in scene.quotes):
                return True
    return False


def aside(scene: Scene, reports: Mapping[int, Report], token: Token) -> Report | None:
    """ "12 were killed, police said": a report between commas, or behind one, speaks for its sentence.

    `reports` are those of the sentence, as in the functions below.
    """
    for report in reports.values():
        if _is_aside_to(scene, report, token):
            return report
    return None


def _is_aside_to(scene: Scene, report: Report, token: Token) -> bool:
    verb, who, doc = report.verb, report.who, scene.doc
    if lemma(verb) not in ASIDE_VERBS or scene.quoted(verb):
        return False
    if verb.dep_ == "advcl" and lemma(verb) in ASIDE:  # "As Orr told the Herald, ..."
        mark = child(verb, "mark")
        return (
            mark is not None
            and mark.lower_ == "as"
            and not holds(verb, token)
            and mark.i + 1 == who.left_edge.i
        )
    first, last = min(who.left_edge.i, verb.i), max(verb.i, who.right_edge.i)
    if not first or doc[first - 1].text not in ASIDE_MARKS or verb.dep_ in ("relcl", "acl", "advcl"):
        return False
    if any(c.dep_ in ("ccomp", "dobj") and c.i > verb.i and c != who for c in verb.children):
        return False
    if token.i > last and _is_comma(scene, last + 1):
        return not any(holds(c, token) and _is_apart(scene, verb, c) for c in verb.children)
    if (
        holds(who, token)
        or holds(verb, token)
        or any(c.dep_ in ("ccomp", "dobj") and c != who for c in verb.children)
    ):
        return False
    if token.i < first:
        return _ends_soon(scene, last)
    return _is_comma(scene, verb.right_edge.i + 1)


def _is_apart(scene: Scene, verb: Token, part: Token) -> bool:
    """Whether `part` tells of the saying: "he said, as 200 supporters cheered"."""
    mark = child(part, "mark", "advmod")
    linked = mark is not None and mark.lower_ in reporting.LINKING_AFTER
    return part.dep_ == "advcl" and (linked or _is_meanwhile(scene, verb, part))


def _is_comma(scene: Scene, at: int) -> bool:
    return at < len(scene.doc) and scene.doc[at].text == ","


def _ends_soon(scene: Scene, at: int) -> bool:
    """Whether a comma or the sentence's end comes before another clause does."""
    for token in scene.doc[at + 1 : at + 12]:
        if token.text in CLAUSE_END or token.is_sent_start:
            return True
        if is_verb(token) and token.tag_ != "VBG":
            return False
    return at + 12 >= len(scene.doc)


def inserted(reports: Mapping[int, Report], token: Token, noun: Token) -> Report | None:
    """ "the $20 million experts say it costs": a report inside the clause that describes the counted `noun`.

    `token` is the figure's own in the clause.
    """
    before = _counts_speaker(reports, token)
    if before is not None:
        return before
    for clause in noun.children:
        report = reports.get(clause.i) if clause.dep_ == "relcl" else None
        if report is None or report.who == noun or lemma(clause) not in reporting.CLAUSE_REPORT:
            continue
        if child(clause, "ccomp", "xcomp") is not None or not any(c.lower_ in WH for c in clause.lefts):
            return report
    return None


def _counts_speaker(reports: Mapping[int, Report], token: Token) -> Report | None:
    """ "the $35 million analysts expected": an amount that the parse gives to the speaker behind it."""
    if token.dep_ not in ("nummod", "compound", "nmod"):
        return None
    for report in reports.values():
        amount = token.lower_ in AMOUNTS or (token.like_num and lemma(report.verb) in reporting.EXPECTING)
        if amount and report.who == token.head and token.i < report.who.i < report.verb.i:
            return replace(report, speaker=token.doc[token.i + 1 : report.who.i + 1].text)
    return None


def before_semicolon(scene: Scene, reports: Mapping[int, Report], token: Token) -> Report | None:
    """What follows a semicolon goes on with the report before it, where it has no other speaker."""
    if ";" not in scene.text:
        return None
    marks = [t.i for t in token.sent if t.text == ";" and not scene.quoted(t)]
    before = [i for i in marks if i < token.i]
    if not before:
        return None
    end = next((i for i in marks if i > token.i), token.sent.end)
    earlier = [r for i, r in reports.items() if token.sent.start <= i < before[-1]]
    own = [r for i, r in reports.items() if before[-1] < i < end and not scene.quoted(r.verb)]
    return earlier[0] if earlier and not own and lemma(earlier[0].verb) in ASIDE else None

"""Whose words a quotation is: the report beside it, or that of the quotation before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import reporting
from newsdesk.analysis.figures.clause import child, index_from, lemma
from newsdesk.analysis.figures.memory import Memory
from newsdesk.analysis.figures.quotes import Quotation
from newsdesk.analysis.figures.report import PERSONAL, Report
from newsdesk.analysis.figures.scene import Scene
from newsdesk.analysis.figures.wording import phrase
from newsdesk.analysis.figures.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

SHORTENED = "".join(
    rf"(?<!\b{title}\.)"
    for title in (
        *("Mr", "Mrs", "Ms", "Dr", "St", "Jr", "Sr", "Gen", "Sen", "Rep", "Gov", "Lt", "Col", "Maj", "Sgt"),
        *("Capt", "Prof", "Rev", "Sheik", "[A-Z]"),
    )
)
SENTENCE_END = re.compile(rf"(?:[!?]|\.{SHORTENED})[\"”')\]]*\s+[\"“(\[]?[A-Z]")
"""A full stop that shortens no title or first name, and a capital."""
FARTHEST = 600
"""Code points between a quotation and the verb beside it."""
RUNS_ON_WORDS = 12
"""Words between two quotations of one speaker, at most."""
CLOSE_BEHIND = 60
"""Code points behind "...?" in which its speaker stands."""


def speakers_of_quotes(
    scene: Scene, reports: Mapping[int, Report], memory: Memory
) -> dict[Quotation, Report]:
    """The report that each quotation stands under; `memory.running` is taken up and left for the next."""
    out: dict[Quotation, Report] = {}
    outside = [
        r for r in reports.values() if lemma(r.verb) in reporting.QUOTE_REPORT and not scene.quoted(r.verb)
    ]
    opens = bool(scene.quotes) and not scene.text[: scene.quotes[0].start].strip()
    last = memory.running if opens else None
    for at, quote in enumerate(scene.quotes):
        near = _near(outside, quote)
        found = _beside(scene, quote, near)
        if found is None and last is not None and _runs_on(scene, at):
            found = last
        if found is None:
            found = _sentence_before(scene, quote, near)
        if found is not None:
            out[quote] = found
            last = found
    memory.running = _left_running(scene, outside, out, memory)
    return out


def _near(outside: Sequence[Report], quote: Quotation) -> Sequence[Report]:
    """The reports whose verb stands no farther from a quotation than `FARTHEST`; `outside` is in order."""
    first = bisect_left(outside, quote.start - FARTHEST, key=lambda report: report.verb.idx)
    last = bisect_left(outside, quote.end + FARTHEST, key=lambda report: report.verb.idx)
    return outside[first:last]


def _left_running(
    scene: Scene, outside: Sequence[Report], out: Mapping[Quotation, Report], memory: Memory
) -> Report | None:
    """Whose quotation the next passage may go on with."""
    if scene.text.rstrip().endswith(":"):
        leads = [r for r in outside if r.verb.sent.end == len(scene.doc)]
        return leads[-1] if leads else _lead_in(scene, memory)
    closing = scene.quotes[-1] if scene.quotes else None
    if closing is None:
        return None
    ends_quoted = closing.open or not scene.text[closing.end :].strip()
    return out.get(closing) if ends_quoted or closing in out else None


def _lead_in(scene: Scene, memory: Memory) -> Report | None:
    """ "The mayor posted the following message:" speaks for the quotation in the next passage."""
    root = scene.doc[len(scene.doc) - 1].sent.root
    who = next((c for c in root.children if c.dep_ == "nsubj"), None)
    if who is None:
        return None
    if who.lower_ in PERSONAL:
        meant = memory.meant_by(who.lower_)
        return None if meant is None else Report(root, who, meant, "says", resolved=True)
    return Report(root, who, phrase(who), "says") if scene.is_person(who) or scene.is_body(who) else None


def _sentence_before(scene: Scene, quote: Quotation, outside: Sequence[Report]) -> Report | None:
    """Who speaks in the sentence before a quotation, or whom it is about ('Ellis gave his view. "..."')."""
    if scene.text[max(0, quote.start - 9) : quote.start].rstrip()[-1:] not in (".", ":"):
        return None
    last = index_from(scene.doc, quote.start)
    for at in range(last - 1, max(-1, last - FARTHEST), -1):
        token = scene.doc[at]
        if token.idx >= quote.start or scene.quoted(token):
            continue
        if token.is_sent_start and token.idx < quote.start - 1:
            sentence = token.sent
            said = [
                r for r in outside if sentence.start <= r.verb.i < sentence.end and r.verb.idx < quote.start
            ]
            if said:
                return said[-1]
            who = _subject_named(token)
            if who is None and scene.text[: quote.start].rstrip().endswith(":"):
                who = _before_colon(scene, token, quote)
            return None if who is None else Report(token, who, phrase(who), "says")
    return None


def _before_colon(scene: Scene, first: Token, quote: Quotation) -> Token | None:
    """Whose words follow: 'The ministry justified it: "..."', 'Its head's message was clear: "..."'."""
    for token in scene.doc[first.i : index_from(scene.doc, quote.start)]:
        if token.dep_ != "nsubj" or scene.quoted(token) or token.head.dep_ in ("relcl", "advcl", "acl"):
            continue
        owner = child(token, "poss")
        if owner is not None and lemma(token) in MESSAGES:
            token = owner
        named = scene.is_person(token) or scene.is_body(token)
        return token if named and token.pos_ in ("NOUN", "PROPN") else None
    for token in first.sent:
        owner = child(token, "poss") if token.idx < quote.start and lemma(token) in MESSAGES else None
        if owner is not None and (scene.is_person(owner) or scene.is_body(owner)):
            return owner  # 'Her verdict on the plan: "..."' has no verb
    return None


MESSAGES = word_set(
    "message statement letter answer reply response verdict warning word post appeal demand tweet"
)


def _subject_named(first: Token) -> Token | None:
    subjects = [t for t in first.sent if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"]
    named = [t for t in subjects if any(x.ent_type_ == "PERSON" for x in t.subtree)]
    return named[-1] if named else None


def _runs_on(scene: Scene, at: int) -> bool:
    """Whether no speech of another stands between this quotation and the one before it."""
    before = scene.quotes[at - 1].end if at else 0
    return len(scene.text[before : scene.quotes[at].start].split()) <= RUNS_ON_WORDS


def _beside(scene: Scene, quote: Quotation, outside: Sequence[Report]) -> Report | None:
    best: tuple[int, Report] | None = None
    for report in outside:
        cost = _distance(scene.text, quote, report.verb)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, report)
    return None if best is None else best[1]


def _distance(text: str, quote: Quotation, verb: Token) -> int | None:
    """Code points between a quotation and a verb of the same sentence."""
    start, end = verb.idx, verb.idx + len(verb)
    if start > quote.end + FARTHEST or end < quote.start - FARTHEST:
        return None
    if start >= quote.end:
        asked = text[quote.end - 2 : quote.end - 1] in ("?", "!") and start - quote.end < CLOSE_BEHIND
        between = text[quote.end - (1 if asked else 2) : start]
        if SENTENCE_END.search(between) and quote.end - quote.start > 2:
            return None
        return start - quote.end
    gap = text[end : quote.start]
    ended = gap.rstrip().endswith((".", "!", "?"))
    return None if SENTENCE_END.search(gap + " A" if ended else gap) else quote.start - end

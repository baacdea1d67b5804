"""Speakers that a report names, in front of what it says or behind: "In the ministry's bulletin, ..."."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import reporting, words
from newsdesk.analysis.figures.clause import child, holds, is_verb, lemma
from newsdesk.analysis.figures.report import Report
from newsdesk.analysis.figures.scene import Scene
from newsdesk.analysis.figures.wording import phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

DOCUMENT = words.word_set(
    "report bulletin update statement note release assessment survey poll study census analysis review "
    "dispatch communique communiqué memo briefing summary tally count letter paper filing log"
)
"""What a body puts out, and what stands in it is its word."""
ASKED = words.word_set("poll survey census study analysis")
"""Documents that speak for themselves, whoever made them."""
SHOWING = reporting.SOURCE_VERB | words.word_set("list figure count record note log detail document register")
LONGEST_ASIDE = 10
"""Tokens between a document and the "which" that stands for it."""


def in_front(scene: Scene, word: Token, token: Token) -> Report | None:
    """ "In a Northgate poll, 52% ...", "In a report by the ministry, 12 ...": `word` opens the sentence."""
    what = child(word, "pobj")
    if what is None or not word.is_sent_start or what.tag_ != "NN" or holds(what, token):
        return None
    name = lemma(what)
    if name not in DOCUMENT:
        return None
    owner = _owner(scene, what)
    if owner is not None:
        return Report(word, owner, phrase(owner), "says")
    return Report(word, what, phrase(what), "says") if name in ASKED else None


def _owner(scene: Scene, document: Token) -> Token | None:
    """Whose document it is: "X's report", "a report by X", "an X report"; a body or a person only."""
    owners = [child(document, "poss")]
    for part in document.children:
        if part.dep_ in ("prep", "agent") and part.lower_ in ("of", "by", "from"):
            owners.append(child(part, "pobj"))
        made = child(part, "agent") if part.dep_ == "acl" else None  # "put out by X"
        if made is not None:
            owners.append(child(made, "pobj"))
    for owner in owners:
        if owner is None or owner.pos_ not in ("NOUN", "PROPN") or owner.ent_type_ in ("DATE", "TIME"):
            continue
        named = owner.pos_ == "PROPN" and scene.kinds.get(owner.i) != "event"
        if scene.is_body(owner) or scene.is_person(owner) or named:
            return owner
    return None


def listing(scene: Scene, token: Token) -> Report | None:
    """ "..., according to a ministry report on Monday, which listed 21 in Orr, 36 in Mell": the document."""
    doc, first = scene.doc, token.sent.start
    for verb in reversed(doc[first : token.i]):
        if verb.text == ";" or scene.quoted(verb):
            return None
        if not is_verb(verb) or verb.tag_ not in ("VBD", "VBZ", "VBP"):
            continue
        if lemma(verb) not in SHOWING:
            if child(verb, "nsubj", "nsubjpass") is not None:
                return None  # a clause of its own
            continue
        if verb.i <= first or verb.nbor(-1).lower_ not in ("which", "that"):
            return None
        return _document_before(doc[max(first, verb.i - 1 - LONGEST_ASIDE) : verb.i - 1])
    return None


def _document_before(before: Iterable[Token]) -> Report | None:
    for noun in reversed(list(before)):
        if noun.pos_ == "NOUN" and lemma(noun) in reporting.SOURCE_NOUN:
            return Report(noun, noun, phrase(noun), "says")
        if is_verb(noun) and noun.lower_ != "according":
            return None
    return None

"""The speaker that closes a sentence: "The strike in the suburb killed 45, including a child, medics said.".

Read from the words behind the last comma, for where the parse takes the sentence's own verb for a participle
and leaves the reporting verb with the wrong subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.analysis.figures import reporting, words
from newsdesk.analysis.figures.clause import lemma
from newsdesk.analysis.figures.report import Report, is_nobody, is_relay, stance_of
from newsdesk.analysis.figures.reports import ASIDE, NAMING, relay_of
from newsdesk.analysis.figures.scene import Scene
from newsdesk.analysis.figures.wording import ARTICLES, LONGEST

if TYPE_CHECKING:
    from spacy.tokens import Token

FINITE = ("VBD", "VBZ", "VBP", "VBN")
TRAILING = words.word_set(
    "in on at a an the to by from of late early earlier later today yesterday statement news conference "
    "scene briefing interview report telegram post morning afternoon evening night local television message "
    "social media week weekend reporters journalists lawmakers parliament news agency"
)
"""What may follow the verb: when and where it was said."""
MOST_TRAILING = 8
NOT_NAMING = words.word_set("which who whom that what as when while where than there")


def closing(scene: Scene, token: Token) -> Report | None:
    """The report in the last words of the sentence of `token`, behind a comma that `token` stands before."""
    verb = _last_verb(token)
    if verb is None or scene.quoted(verb):
        return None
    doc, first = scene.doc, verb.i
    while first > token.i + 1 and verb.i - first < LONGEST and _names(doc[first - 1]):
        first -= 1
    if first == verb.i or first - 1 <= token.i or doc[first - 1].text != ",":
        return None
    first += doc[first].lower_ in ARTICLES
    who = _head(scene, first, verb.i)
    if who is None or is_nobody(who) or scene.kinds.get(who.i) == "event":
        return None
    return Report(
        verb,
        who,
        scene.text[doc[first].idx : doc[verb.i - 1].idx + len(doc[verb.i - 1])],
        stance_of(verb),
        relay_of(verb),
    )


def _last_verb(token: Token) -> Token | None:
    """The verb of saying that ends the sentence, but for when and where it was said."""
    doc, at = token.doc, token.sent.end - 1
    for _ in range(MOST_TRAILING):
        if at <= token.i:
            return None
        word = doc[at]
        if lemma(word) in ASIDE and word.tag_ in FINITE:
            return word
        known = (
            word.is_punct
            or word.lower_ in reporting.RELAY
            or is_relay(word)
            or word.lower_ in TRAILING
            or word.ent_type_ in ("DATE", "TIME", "CARDINAL")
        )
        if not known or word.text == ";":
            return None
        at -= 1
    return None


def _names(token: Token) -> bool:
    return (token.pos_ in NAMING or token.tag_ in ("PRP$", "NNP")) and token.lower_ not in NOT_NAMING


def _head(scene: Scene, first: int, end: int) -> Token | None:
    """The noun that speaks: the last before "of", "in", "for", or the last word; None where it cannot."""
    stop = next((i for i in range(first + 1, end) if scene.doc[i].pos_ == "ADP"), end)
    who = scene.doc[stop - 1]
    if who.pos_ not in ("NOUN", "PROPN") or who.tag_ == "CD":
        return None
    return who if who.pos_ == "PROPN" or scene.is_person(who) or scene.is_body(who) else None

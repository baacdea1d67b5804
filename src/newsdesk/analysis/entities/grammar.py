"""What the sentence's grammar says of a name: its verb, its owner's mark, its relative clause.

Reads spaCy's parse; the words that count are in words.toml. Each cue is weak alone and is added up over
all places where the name stands (see settle).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from newsdesk.analysis.entities.spans import Span
from newsdesk.analysis.entities.words import Sort, named_by, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Evidence = defaultdict[Sort, float]

PLAIN: Final = 2.0
"""Only persons marry; only places have a capital."""
LIKELY: Final = 1.0
"""More often than not."""

_HE: Final = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_WAYS: Final = frozenset({"to", "for", "from", "into", "toward", "towards", "through", "via"})
_SUBJECTS: Final = ("nsubj", "nsubjpass")


def by_grammar(span: Span, doc: Doc) -> Evidence:
    """Evidence for the kind of the name at `span` of the parsed shadow; none where the tokens do not fit."""
    evidence: Evidence = defaultdict(float)
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return evidence
    head = tokens.root
    _article(evidence, tokens.start, tokens.end, doc)
    if span.source == "lexicon":
        evidence["group"] = 0.0  # "the Alps"
        if evidence["person"] < 0:
            evidence["organization"] -= PLAIN  # "the Amazon"
    _verb(evidence, head)
    _relative_clause(evidence, head)
    if head.dep_ == "poss":
        _owned(evidence, head.head.lemma_.lower())
    elif head.dep_ == "compound" and head.head.i >= tokens.end and head.head.text.islower():
        kind = named_by(head.head.lower_)
        if kind in ("place", "organization"):
            evidence[kind] += LIKELY
    before = doc[tokens.start - 1] if tokens.start else None
    if before is not None and before.pos_ == "NOUN" and before.text.islower():
        kind = named_by(before.lower_)
        if kind is not None:
            evidence[kind] += PLAIN
    return evidence


def _article(evidence: Evidence, start: int, end: int, doc: Doc) -> None:
    """ "the Bosphorus" is no person; "the Ottomans" are a people."""
    if start == 0 or doc[start - 1].lower_ not in ("the", "a", "an") or end - start > 1:
        return
    token = doc[start]
    if token.head.i >= end and token.dep_ in ("compound", "amod", "poss", "nmod"):
        return  # the article belongs to what follows
    evidence["person"] -= PLAIN
    if token.tag_ == "NNPS" and not token.text.isupper():
        evidence["group"] += PLAIN
    elif doc[start - 1].lower_ == "the":
        evidence["place"] += LIKELY / 2


def _verb(evidence: Evidence, head: Token) -> None:
    lists = words()
    if head.dep_ == "conj" and head.head.pos_ == "PROPN":  # as the first name of the row stands
        while head.dep_ == "conj" and head.head.pos_ == "PROPN":
            head = head.head
        if head.dep_ == "pobj" and head.head.lower_ in lists.place_prepositions:
            evidence["place"] += LIKELY
    verb = head.head.lemma_.lower()
    if head.dep_ in _SUBJECTS:
        if verb in lists.person_acts or (head.dep_ == "nsubjpass" and verb in lists.person_suffers):
            evidence["person"] += PLAIN
        if any(token.lower_ in _HE for token in head.head.subtree if token.i > head.i):
            evidence["person"] += LIKELY
    elif head.dep_ == "dobj":
        if verb in lists.person_suffers:
            evidence["person"] += LIKELY
        elif verb in lists.place_suffers:
            evidence["place"] += (PLAIN + LIKELY) / 2
        elif verb in lists.organization_suffers:
            evidence["organization"] += PLAIN
    elif head.dep_ == "pobj" and head.head.lower_ in _WAYS and head.head.head.lemma_.lower() in lists.motion:
        evidence["place"] += (PLAIN + LIKELY) / 2
    elif head.dep_ == "pobj" and head.head.dep_ == "agent" and head.head.head.lemma_.lower() in lists.made_by:
        evidence["person"] += LIKELY


def _relative_clause(evidence: Evidence, head: Token) -> None:
    for child in head.children:
        if child.dep_ == "relcl":
            opening = {token.lower_ for token in child.subtree if token.i < child.i}
            if opening & {"who", "whom"}:
                evidence["person"] += PLAIN
            elif "where" in opening:
                evidence["place"] += PLAIN


def _owned(evidence: Evidence, noun: str) -> None:
    lists = words()
    if noun in lists.person_owns:
        evidence["person"] += PLAIN
    elif noun in lists.place_owns:
        evidence["place"] += PLAIN
    elif noun in lists.organization_owns:
        evidence["organization"] += LIKELY

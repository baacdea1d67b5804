"""Questions to the parse that several parts ask: subjects, clauses, the words under a token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DEEPEST = 60
SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
WH = ("who", "which", "that", "whom")


def lemma(token: Token) -> str:
    return token.lemma_.lower()


def holds(token: Token, inner: Token) -> bool:
    """Whether `inner` stands in the phrase under `token`."""
    return bool(token.left_edge.i <= inner.i <= token.right_edge.i)


def above(token: Token) -> Iterator[Token]:
    """The tokens over `token`, from near to far; a chain deeper than `DEEPEST` is no sentence."""
    for _ in range(DEEPEST):
        if token.head == token:
            return
        token = token.head
        yield token


def index_from(doc: Doc, offset: int) -> int:
    """The index of the first token that begins at `offset` or behind it."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        if doc[middle].idx < offset:
            low = middle + 1
        else:
            high = middle
    return low


def child(token: Token, *deps: str) -> Token | None:
    """The first child of `token` with one of these relations."""
    return next((c for c in token.children if c.dep_ in deps), None)


def is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def is_passive(verb: Token | None) -> bool:
    return verb is not None and any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


def subject(verb: Token) -> Token | None:
    """Who does `verb`: its own subject, the noun that it describes, or the subject of the verb above."""
    for _ in range(5):
        own = child(verb, *SUBJECTS, *PASSIVE_SUBJECTS)
        if own is not None:
            return antecedent(own)
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "pcomp") or verb.head == verb:
            return None
        verb = verb.head
        if verb.pos_ == "ADP":  # "with the ministry saying", "by announcing"
            holder = child(verb, "pobj")
            if holder is not None:
                return holder
            verb = verb.head
    return None


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token is its own."""
    if token.lower_ in WH:
        for verb in above(token):
            if verb.dep_ in ("relcl", "acl"):
                return verb.head
            if verb.dep_ not in ("conj", "ccomp", "xcomp"):
                break
    return token


def governor(token: Token) -> Token | None:
    """The nearest verb over `token`, or `token` itself where it is one."""
    if is_verb(token):
        return token
    return next((t for t in above(token) if is_verb(t)), None)

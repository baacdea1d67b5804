"""The words of a speaker as printed: the noun with what belongs to its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.analysis.figures import reporting, words
from newsdesk.analysis.figures.clause import child, lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ARTICLES = ("the", "a", "an", "both")
PREPOSITIONS = words.word_set("of in for at from with on to near")
LONGEST = 16
TIMES = ("DATE", "TIME")
CLAUSES = ("relcl", "acl", "advcl")


def phrase(token: Token, *, described: bool = False) -> str:
    """The words of a speaker, without article, clauses and times.

    `described` keeps a participle behind it ("data released by the statistics office").
    """
    last = _last(token, described=described or lemma(token) in reporting.SOURCE_NOUN)
    first = _first(token)
    return token.doc[first : last + 1].text.strip(" ,;:\"'<>[]–—").removesuffix("'s")


def _first(token: Token) -> int:
    doc, first = token.doc, token.left_edge.i
    while first < token.i and (
        doc[first].lower_ in ARTICLES or doc[first].is_punct or doc[first].dep_ in ("cc", "mark", "predet")
    ):
        first += 1
    first = max(first, token.i - LONGEST)
    for at in range(token.i - 1, first, -1):
        if doc[at].text in ("-", "–", "—", ";", ":") and doc[at - 1].whitespace_ and doc[at].whitespace_:
            return at + 1  # "an aggressive - some say unrealistic - pledge"
    return first


def _last(token: Token, *, described: bool) -> int:
    last = token.i
    for part in token.children:
        if part.i < token.i or part.dep_ in ("cc", "punct"):
            continue
        if part.dep_ == "case":
            last = part.i
        elif _belongs(part, token, last, described=described):
            last = _until_clause(part)
        elif part.dep_ in ("relcl", "acl"):
            break
    doc = token.doc
    while last + 1 < len(doc) and token.pos_ == "NOUN" and _continues_name(doc[last], doc[last + 1]):
        last += 1
    last = max(min(last, token.left_edge.i + LONGEST), token.i)
    return whole_name(doc, last)


def _belongs(part: Token, token: Token, last: int, *, described: bool) -> bool:
    """Whether `part`, behind the speaker's noun `token`, is of its name; `last`: what is so far."""
    touches = part.left_edge.i == last + 1
    if part.dep_ == "prep":
        if touches and part.text[0].isupper():
            return True  # "Doctors Without Borders"
        by = part.lower_ == "by" and lemma(token) in reporting.SOURCE_NOUN
        return touches and (part.lower_ in PREPOSITIONS or by) and not _is_time(part)
    if part.dep_ == "amod":
        return touches  # "people familiar with the talks"
    if part.dep_ == "acl":
        return described and touches and part.tag_ == "VBN"
    if part.dep_ == "appos" and part.pos_ == "PROPN" and (part.ent_type_ == "PERSON" or _is_office(token)):
        return True
    if part.dep_ == "conj" and part.i - last <= 8:
        return True
    return (
        touches and part.dep_ in ("conj", "appos", "flat", "nmod", "npadvmod") and part.ent_type_ not in TIMES
    )


def _is_time(preposition: Token) -> bool:
    """ "on Monday", "in May"; "on average" too is no part of a name."""
    what = child(preposition, "pobj")
    return what is not None and (what.ent_type_ in TIMES or what.lower_ == "average")


def whole_name(doc: Doc, last: int) -> int:
    """The last token of the word that token `last` begins: hyphens hold a name together (al-Noor)."""
    while last + 2 < len(doc) and not doc[last].whitespace_:
        joint = doc[last + 1]
        if joint.text not in ("-", "–") or joint.whitespace_ or not doc[last + 2].text[:1].isalnum():
            break
        last += 2
    return last


def _continues_name(word: Token, following: Token) -> bool:
    """ "curator Elaine Fox", where the parse cuts the name off."""
    return following.pos_ == "PROPN" and following.ent_type_ == "PERSON" and following.sent == word.sent


def _is_office(token: Token) -> bool:
    """A single person's office, whose name may follow behind a comma."""
    return token.pos_ == "NOUN" and token.tag_ == "NN" and lemma(token) in words.PERSON


def _until_clause(part: Token) -> int:
    """The last token under `part` before a clause, a comma or a time begins."""
    last = part.i
    for token in part.subtree:
        if token.i <= part.i:
            continue
        if token.dep_ in CLAUSES or token.text in (",", ";", ":", "(", '"'):
            break
        if token.dep_ == "prep" and _is_time(token):
            break
        last = max(last, token.i)
    return last

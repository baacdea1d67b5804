"""What a number counts: the noun, its unit, and where the figure's words end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import words
from newsdesk.analysis.figures.clause import child, index_from, lemma
from newsdesk.analysis.figures.numerals import Number
from newsdesk.analysis.figures.units import CAPITALS, IRREGULAR, SHORT, lemma_of, unit_of_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NOMINAL = ("NOUN", "PROPN", "ADJ")
NUMBER_RELATIONS = ("nummod", "compound", "amod", "nmod", "quantmod", "poss", "npadvmod", "advmod")
POINTERS = ("them", "those", "these", "which", "whom", "us", "you")
LEADING = words.word_set(
    "of the a an its his her their our my your other more additional new remaining further such some all "
    "these those that another"
)
NATION = re.compile(
    r"^[A-Z]\w+(?:ans|is|ese)$|^(?:Arabs|Croats|Czechs|Danes|Druze|Finns|Greeks|Jews|Kurds|Poles|Scots"
    r"|Serbs|Sikhs|Slovaks"
    r"|Swedes|Tajiks|Thais|Turks|Uighurs|Uyghurs|Uzbeks|Yazidis|French|Filipinos?|Dutch|British|Irish|English|Swiss)$"
)
"""Peoples by their name."""
SPANNING = words.word_set("this last next per a an each every")
FORECASTERS = words.word_set("analyst economist expert investor trader forecaster official scientist")
FORECAST = words.word_set("expected forecast predicted projected estimated anticipated expect forecasted")
DESCRIBED = words.word_set(
    "pledged suspected armed displaced registered imprisoned confirmed unconfirmed elected"
)
REACH = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """`head` is the counted noun's token, `argument` the token that stands in the clause for the whole "
    "figure."""

    argument: Token
    head: Token | None
    noun: str | None
    unit: str | None
    end: int
    points_back: bool = False
    """ "400,000 of them": the noun is that of an earlier figure."""


def read(doc: Doc, text: str, span: Span, number: Number, end: int) -> Counted:
    """What `number` (tokens `span`, its words ending at `end`) counts."""
    root = span.root
    at = index_from(doc, end)
    if number.unit is not None:
        return _measured(doc, text, span, number, at, end)
    if at < len(doc) and doc[at].lower_ == "the":
        return Counted(root, None, None, None, end)  # "brings to 395 the number of"
    hyphened = _hyphened(doc, at, end) or _short_unit(doc, at)
    if hyphened is not None:
        return _counted(doc, text, root, hyphened, end)
    if at + 1 < len(doc) and (doc[at].lower_, doc[at + 1].lower_) == ("out", "of"):
        at += 1
    if at < len(doc) and doc[at].lower_ == "of":
        part = child(doc[at], "pobj")
        if part is not None and part.lower_ == "total":  # "16 out of a total of 254"
            part = next((child(c, "pobj") for c in part.children if c.lower_ == "of"), part)
        if part is None or part.pos_ == "NUM":
            part = _next_noun(doc, next((t.i for t in doc[at + 1 :] if t.pos_ != "NUM"), len(doc)))
        if part is not None and part.i > at:
            if part.lower_ in POINTERS:
                return _pointing(doc, text, root, part)
            return _counted(doc, text, root, part, end)
    if (
        root.dep_ in NUMBER_RELATIONS
        and root.head.i >= at
        and root.head.pos_ in NOMINAL
        and not _is_time_name(root.head)
        and not _is_span(doc, at, root.head)
        and not _is_forecaster(root.head)
        and not any(t.text == "(" for t in doc[at : root.head.i])
    ):
        return _counted(doc, text, root.head, _whole(root.head), end)
    following = _next_noun(doc, at)
    if following is not None and not _is_span(doc, at, following) and not _is_forecaster(following):
        argument = following if root.dep_ in NUMBER_RELATIONS or not root.is_ancestor(following) else root
        return _counted(doc, text, argument, following, end)
    return Counted(root, None, None, None, end)


def _pointing(doc: Doc, text: str, root: Token, part: Token) -> Counted:
    """ "400,000 of them", "a third of those killed"."""
    following = part.i + 1
    if part.lower_ == "those" and following < len(doc) and doc[following].tag_ == "VBN":
        last = doc[following]
        return Counted(root, part, text[part.idx : _end(last)], None, _end(last), points_back=True)
    return Counted(root, None, None, None, _end(part), points_back=True)


def _measured(doc: Doc, text: str, span: Span, number: Number, at: int, end: int) -> Counted:
    """A share or an amount: "46% of seats" keeps its noun, "$3 million" has none."""
    root = span.root
    if number.unit == "percent" and at < len(doc) and doc[at].lower_ == "of":
        part = child(doc[at], "pobj")
        if part is not None and part.pos_ in NOMINAL:
            return Counted(root, part, _words(doc, text, at, part), number.unit, _end(part))
    return Counted(root, None, None, number.unit, end)


def _counted(doc: Doc, text: str, argument: Token, head: Token, end: int) -> Counted:
    if head.lower_ in ("more", "fewer", "less"):  # "wounding 12 more"
        return Counted(argument, None, None, None, max(end, _end(head)))
    if (
        lemma(head) == "degree"
        and head.i + 1 < len(doc)
        and doc[head.i + 1].lower_ in words.MEASURE["temperature"]
    ):
        head = doc[head.i + 1]
    first = min(index_from(doc, end), head.i)
    return Counted(argument, head, _words(doc, text, first, head), unit_of(head), max(end, _end(head)))


def _words(doc: Doc, text: str, first: int, head: Token) -> str:
    while first < head.i and (
        doc[first].lower_ in LEADING or not doc[first].is_alpha or doc[first].pos_ == "NUM"
    ):
        first += 1
    return text[doc[first].idx : _end(head)]


def _end(token: Token) -> int:
    """Where the token's word ends; "miles-" and "elects," are the tokenizer's."""
    return int(token.idx + len(token.text.rstrip("-,;:/") or token.text))


def unit_of(head: Token) -> str:
    """The unit of a counted noun; its lemma where it is none of the known ones."""
    if head.lower_.startswith("hour") and head.i > 1 and head.nbor(-1).text == "-":
        power = SHORT.get(lemma_of(head.nbor(-2).text), "")
        if power.endswith("watt"):
            return f"{power}-hour"
    if head.text in CAPITALS:
        return "person"
    short = SHORT.get(lemma_of(head.text))
    if short is not None:
        return short
    irregular = IRREGULAR.get(head.lower_)
    word = irregular or (lemma(head) if head.pos_ == "NOUN" else lemma_of(head.text))
    before = head.nbor(-1).lower_ if head.i else ""
    known = unit_of_noun(word, before) or unit_of_noun(lemma_of(head.text), before)
    if known is not None and not (before == "cubic" and known == "distance"):
        return known
    if head.lower_.endswith("olds") or head.ent_type_ == "NORP" or NATION.search(head.text) is not None:
        return "person"
    return f"{before} {word}" if (before, word) in (("basis", "point"), ("cubic", word)) else word


def _hyphened(doc: Doc, at: int, end: int) -> Token | None:
    """six-month, 12-member."""
    if at + 1 < len(doc) and doc[at].text == "-" and doc[at].idx == end and doc[at + 1].is_alpha:
        return doc[at + 1]
    return None


def _short_unit(doc: Doc, at: int) -> Token | None:
    """ "a 20 minute walk", "a 2 km tunnel": the unit, not what is measured."""
    if at + 1 < len(doc) and doc[at].lower_ in ("square", "cubic"):
        at += 1
    if at < len(doc) and lemma_of(doc[at].text) in SHORT:
        hours = doc[at + 2] if at + 2 < len(doc) and doc[at + 1].text == "-" else doc[at]
        return hours if hours.lower_.startswith("hour") else doc[at]
    if at < len(doc) and doc[at].text not in ("second", "night", "season", "quarter", "foot"):
        unit = unit_of_noun(lemma_of(doc[at].text))
        if unit in words.MEASURE or unit in words.TIME_UNITS:
            return doc[at]
    return None


def _whole(head: Token) -> Token:
    """The last noun of a compound: the number may hang on an inner one."""
    while head.dep_ == "compound" and head.head.i == head.i + 1 and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    following = head.nbor() if head.i + 1 < len(head.doc) else head
    if head.tag_ in ("NN", "JJ") and following.tag_ == "NNS" and head.whitespace_:
        return following  # "two veteran politicians", cut off by the parse
    return head


def _is_time_name(token: Token) -> bool:
    """Sunday, March: names of times, never counted."""
    return bool(token.pos_ == "PROPN" and token.ent_type_ in ("DATE", "TIME"))


def _is_span(doc: Doc, at: int, head: Token) -> bool:
    """ "9,000 this year", "400 a day": the time, not the counted."""
    if at and doc[at - 1].lower_ == "half":  # half an hour
        return False
    return doc[at].lower_ in SPANNING and lemma(head) in words.TIME_UNITS


def _is_forecaster(head: Token) -> bool:
    """ "fewer than the 240,000 analysts had expected": who expects the number."""
    return lemma(head) in FORECASTERS and any(
        t.lower_ in FORECAST for t in head.doc[head.i + 1 : head.i + 4] if t.lower_ not in ("to", "by")
    )


def _is_people(token: Token) -> bool:
    """The Lebanese of "90,000 Lebanese and 60,000 Israelis": a people, tagged as an adjective."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return NATION.search(token.text) is not None and (
        following is None or following.pos_ not in ("NOUN", "PROPN", "ADJ")
    )


def _next_noun(doc: Doc, at: int) -> Token | None:
    """The noun that ends the words from `at` on, where only adjectives and names stand before it."""
    noun = None
    for token in doc[at : at + REACH]:
        if _is_time_name(token) or token.is_punct:
            break
        if token.pos_ in ("NOUN", "PROPN") or (noun is None and _is_people(token)):
            if noun is not None and noun.dep_ != "compound":
                break
            noun = token
        elif (
            noun is None
            and token.lower_ in DESCRIBED
            and token.i + 1 < len(doc)
            and token.nbor().tag_ == "NNS"
        ):
            continue  # "1,124 pledged delegates": a participle that the parse takes for the verb
        elif (
            noun is not None
            or token.pos_ not in ("ADJ", "DET", "ADV")
            or token.lower_ in ("up", "down", "earlier", "later", "ago")
        ) or (token.pos_ == "DET" and token.i > at and doc[token.i - 1].lower_ != "of"):
            break
    return noun

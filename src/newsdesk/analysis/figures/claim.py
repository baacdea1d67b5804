"""Numbers that the parse shows to be no claims: parts of names, "one" as a mere article, bare numerals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import words
from newsdesk.analysis.figures.clause import governor, lemma, subject
from newsdesk.analysis.figures.noun import Counted
from newsdesk.analysis.figures.numerals import Number
from newsdesk.analysis.figures.quantifier import Quantity
from newsdesk.analysis.figures.reject import MEASURED_AFTER, MONTH, YEAR, befalls, counts_people
from newsdesk.analysis.figures.units import lemma_of
from newsdesk.models import Category

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

NAMES = words.word_set("PRODUCT WORK_OF_ART EVENT LAW FAC ORG PERSON")
LOOK_BACK = 80
MOVING = words.RISE | words.FALL | words.REACH - {"be", "come", "go"}
BARE_LARGE = 1000
"""A number without any noun is a claim from here on ("threatening 450,000")."""


def is_claim(
    text: str,
    span: Span,
    number: Number,
    quantity: Quantity,
    counted: Counted,
    category: Category,
    unit: str | None,
) -> bool:
    """Whether `number` is a count or an amount, by its place in the sentence."""
    if number.weak:
        return category in words.CASUALTY and unit == "person"
    if number.kind in ("fraction", "vague", "range") or number.unit is not None:
        return True
    if text[number.start : number.end].lower() == "one" and not _counts_one(
        text, number, quantity, counted, category, unit
    ):
        return False
    if _in_date(text, span, number) or _in_name(span):
        return False
    if (
        counted.head is not None
        and counted.head.tag_ == "NNP"
        and _is_model(counted, number, quantity, category)
    ):
        return False
    if counted.head is None and not counted.points_back:
        root = span.root
        if unit is not None and _is_of_list(text, number):
            return True
        if number.digits and _names(root, span.start):
            return False
        if (
            root.dep_ in ("nummod", "appos", "npadvmod", "compound")
            and root.head.i < span.start
            and category == "other"
        ):
            return False
        if unit is None and category == "other" and quantity.quantifier == "exact":
            return (number.low is not None and number.low >= BARE_LARGE) or (
                number.digits and _is_level(text, span)
            )
    return True


LEVEL_BEFORE = ("to", "at", "by", "from", "above", "below", "past")
NO_COUNT = words.word_set("level alert status stage phase category grade rating")
"""What is raised to four is a step on a scale."""


def _is_level(text: str, span: Span) -> bool:
    """A bare value: "fell to 36.2", "stood at 52", "decreased by 1", "from 240 to 273"."""
    root = span.root
    if root.dep_ == "quantmod" and root.head.like_num:
        root = root.head
    decimal = "." in text[span.start_char : span.end_char]
    if root.dep_ != "pobj" or root.head.lower_ not in LEVEL_BEFORE:
        return decimal and root.dep_ in ("dobj", "attr", "pobj", "npadvmod")
    verb = governor(root)
    if verb is None or decimal:
        return decimal
    who = subject(verb)
    return lemma(verb) in MOVING and (who is None or lemma(who) not in NO_COUNT)


LISTED_BEFORE = re.compile(
    r"\d[\w ,-]*\s(?:in|on|at)\s+(?:the\s+)?[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*,\s+(?:and\s+)?$"
)
LISTED_AFTER = re.compile(rf"\s+(?:in|on|at)\s+(?!{MONTH}\b)(?:the\s+)?[A-Z]")


def _is_of_list(text: str, number: Number) -> bool:
    """ "200 cases in Lim, 45 in Tarn": one place after the other."""
    before = text[max(0, number.start - LOOK_BACK) : number.start]
    return LISTED_BEFORE.search(before) is not None and LISTED_AFTER.match(text, number.end) is not None


def _is_model(counted: Counted, number: Number, quantity: Quantity, category: Category) -> bool:
    """ "787 Dreamliner", "11 Pro Max": a name behind the numeral, in the singular."""
    head = counted.head
    return (
        head is not None
        and number.digits
        and quantity.quantifier == "exact"
        and category == "other"
        and head.ent_type_ != "NORP"
        and head.text[:1].isupper()
        and not _is_decimal(number)
        and counted.unit == head.lower_
    )


def _is_decimal(number: Number) -> bool:
    return number.low is not None and not number.low.is_integer() and number.low < BARE_LARGE


def _names(root: Token, start: int) -> bool:
    """ "Internet Explorer 6", "posts 542 and 543": the number names the noun before it."""
    while root.dep_ == "conj" and root.head.like_num and root.head.i < root.i:
        root, start = root.head, root.head.i
    if lemma_of(root.head.text) in words.SUFFERED and root.head.is_title and root.head.i:
        return False  # "Blast Wounds 12": a headline's verb
    relation = root.dep_ in ("nummod", "appos", "compound", "nmod")
    return relation and root.head.i == start - 1 and root.head.pos_ in ("PROPN", "NOUN")


def _suffers(counted: Counted) -> bool:
    """ "One of its soldiers was killed"; not "one of the men killed was a teacher"."""
    verb = counted.argument.head
    return (
        counted.argument.dep_ in ("nsubj", "nsubjpass")
        and verb.tag_ in ("VBN", "VBD")
        and lemma(verb) != "be"
    )


def _counts_one(
    text: str, number: Number, quantity: Quantity, counted: Counted, category: Category, unit: str | None
) -> bool:
    """ "one person was killed", "at least one", "two soldiers and one driver"; not "one official said"."""
    if re.match(r"\s+of\b", text[number.end :]):
        return category != "other" and _suffers(counted)
    if category != "other" or quantity.cue or unit in words.TIME_UNITS or unit == "count":
        return True
    return (
        re.search(
            r"\b(?:just|only)\s+$|\b(?:only|two|three|four|five|six|seven|eight|nine|ten|\d+)\b[^.;]{0,40}(?:\band|\bwith|\bplus|,)\s+$",
            text[max(0, number.start - LOOK_BACK) : number.start],
            re.I,
        )
        is not None
    )


def _in_date(text: str, span: Span, number: Number) -> bool:
    if span.doc[span.start].ent_type_ not in ("DATE", "TIME") or not text[span.start_char].isdigit():
        return False
    entity = next((e for e in span.doc.ents if e.start <= span.start < e.end), None)
    if entity is None:
        return False
    words_ = text[entity.start_char : entity.end_char]
    if befalls(text, number):
        return False
    if counts_people(text, number) is not None or MEASURED_AFTER.match(text, number.end) is not None:
        return False
    if (number.low or 0) > 31 and YEAR.fullmatch(text[number.start : number.end]) is None:
        return False  # "since January 400 civilians"
    return (
        re.search(rf"\b{MONTH}\b", words_) is not None
        and re.search(r"\bhours?|days?|weeks?|months?|years?\b", words_) is None
    ) or (YEAR.fullmatch(words_) is not None)


def _in_name(span: Span) -> bool:
    """A numeral in the middle of a name: Section 427, Apollo 11, Group of 20."""
    if span[0].ent_type_ not in NAMES:
        return False
    entity = next((e for e in span.doc.ents if e.start <= span.start < e.end), None)
    return (
        entity is not None
        and entity.start < span.start
        and any(t.pos_ == "PROPN" for t in entity if t.i < span.start)
    )

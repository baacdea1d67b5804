"""Figures from the words alone, for when the language model is missing: few fields, no guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsdesk.analysis.figures import numbers, quantifier, reject, words
from newsdesk.analysis.figures.units import lemma_of, unit_of_noun
from newsdesk.analysis.shadow import shadow
from newsdesk.models import Category, Figure, LabelledPassage, Passage

FOLLOWING = re.compile(
    r"(?:\s+(?:of\s+(?:the\s+|its\s+|their\s+|his\s+|her\s+)?)?"
    r"|-)([^\W\d_][\w'-]*(?:\s+[^\W\d_][\w'-]*){0,3})"
)
WORD = re.compile(r"[^\W\d_][\w']*(?:-\w+)?")
STATE_AFTER = re.compile(
    r"\s+(?:(?:were|was|are|is|have been|has been|had been|people|others|more)\s+){0,2}"
    r"(killed|dead|died|wounded|injured|missing|displaced|arrested|detained|released|freed|kidnapped"
    r"|abducted|infected)\b",
    re.I,
)
STATE_BEFORE = re.compile(
    r"\b(killed|kills|killing|wounded|wounds|wounding|injured|injures|injuring|arrested|kidnapped"
    r"|abducted|released|freed"
    r"|displaced)\s+(?:the\s+)?$",
    re.I,
)
STATE_CATEGORY: dict[str, Category] = {
    "died": "killed",
    "kills": "killed",
    "killing": "killed",
    "wounds": "injured",
    "wounding": "injured",
    "injures": "injured",
    "injuring": "injured",
    **words.STATE,
}
ONE_OF = re.compile(r"one\s+of\b", re.I)
"""A count only where the parse shows what befell it."""
UNLIKELY = re.compile(r"\b(?:could|would|might|may|if|unless|no|not|never)\b", re.I)


def find_plain(passages: Sequence[LabelledPassage | Passage]) -> tuple[Figure, ...]:
    """The figures of `passages` by numbers, counted noun and the word beside it.

    A figure needs a noun that counts people, a unit, or a word of what befell them right beside it;
    `asserted_by` is always None. Numbers next to "could", "if" or "not" are marked hypothetical.
    """
    found: list[Figure] = []
    for passage in passages:
        if passage.kind == "furniture":
            continue
        text = shadow(passage.text)
        for number in numbers.scan(text):
            unclear = number.weak or ONE_OF.match(text, number.start) is not None
            figure = None if unclear or reject.is_no_figure(text, number) else _figure(passage, text, number)
            if figure is not None:
                found.append(figure)
    return tuple(found)


def _figure(passage: LabelledPassage | Passage, text: str, number: numbers.Number) -> Figure | None:
    quantity = quantifier.read(text, number)
    low, high, best = quantifier.bounds(number, quantity)
    noun, unit, end = _noun(text, quantity.end)
    unit = number.unit or unit
    category = _category(text, quantity.start, quantity.end, end)
    if unit is None and category == "other":
        return None
    if number.unit is not None:
        noun, end, category = None, quantity.end, "other"
    if unit is None:
        unit, noun, end = "person", None, quantity.end
    before = text[max(0, quantity.start - 60) : quantity.start]
    return Figure(
        passage=passage.index,
        start=quantity.start,
        end=end,
        text=passage.text[quantity.start : end],
        min=low,
        max=high,
        best=best,
        quantifier=quantity.quantifier,
        noun=noun,
        unit=unit,
        category=category if unit == "person" else "other",
        event=None,
        hypothetical=UNLIKELY.search(re.split(r"[.;]", before)[-1]) is not None,
    )


def _noun(text: str, end: int) -> tuple[str | None, str | None, int]:
    """(noun, unit, its end) where one of the next words is a noun that the lists know."""
    following = FOLLOWING.match(text, end)
    if following is None:
        return None, None, end
    for word in WORD.finditer(text, following.start(1), following.end()):
        unit = unit_of_noun(lemma_of(word[0]))
        if unit is not None:
            return text[following.start(1) : word.end()], unit, word.end()
    return None, None, end


def _category(text: str, start: int, number_end: int, noun_end: int) -> Category:
    before = STATE_BEFORE.search(text[max(0, start - 30) : start])
    if before is not None:
        return STATE_CATEGORY[before[1].lower()]
    after = STATE_AFTER.match(text, noun_end) or STATE_AFTER.match(text, number_end)
    return STATE_CATEGORY[after[1].lower()] if after is not None else "other"

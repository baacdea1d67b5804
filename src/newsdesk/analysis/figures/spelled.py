"""Numbers in words: seven, twenty-two, a dozen, two-thirds, dozens, several hundred."""

from __future__ import annotations

from newsdesk.analysis.figures.numerals import (
    CURRENCY_WORDS,
    LARGEST,
    MANY,
    PARTS,
    SCALE,
    SMALL,
    TENS,
    Lexeme,
    Number,
)
from newsdesk.analysis.figures.tail import and_a_half, finished, is_glued, scaled_by, word_at

SPANS = {
    "hour",
    "day",
    "century",
    "decade",
    "mile",
    "kilometer",
    "kilometre",
    "hectare",
    "acre",
    "ton",
    "tonne",
    "degree",
}
HALF_AFTER = {"of", "the", "its", "their", "his", "her", "our", "all", "a", "an", "those", "that"}
HALF_CUES = {"than", "nearly", "about", "almost", "over", "least", "around", "roughly", "under"}


def many(words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """dozens; tens of thousands; hundreds of millions of dollars."""
    word, after = words[at].word, at + 1
    while word_at(words, after) == "of" and word_at(words, after + 1) in MANY:
        after += 2
    if word in ("scores", "tens") and after == at + 1 and word_at(words, after) not in ("of", "more"):
        return None, after
    unit = None
    if word_at(words, after) == "of" and word_at(words, after + 1) in CURRENCY_WORDS:
        unit, after = "money", after + 2
    return Number(words[at].start, words[after - 1].end, "vague", None, None, unit), after


def few(words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """several hundred; a few thousand; a few."""
    first = at - 1 if word_at(words, at - 1) in ("a", "some", "the", "last", "next", "past") else at
    if words[at].word in ("few", "handful", "couple") and word_at(words, at - 1) != "a":
        return None, at + 1
    after = at + 1
    if words[at].word in ("handful", "couple") and word_at(words, after) == "of":
        after += 1
    scaled = False
    while word_at(words, after) in SCALE:
        after, scaled = after + 1, True
    unit = "money" if scaled and word_at(words, after) in CURRENCY_WORDS else None
    after += unit is not None
    end = words[after - 1].end if words[after - 1].word != "of" else words[after - 2].end
    return Number(words[first].start, end, "vague", None, None, unit, scaled=scaled, weak=not scaled), after


def part_of(words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """half of, half a million, a third of, a quarter of. "the third quarter" is none."""
    word, after = words[at].word, word_at(words, at + 1)
    article = word_at(words, at - 1) in ("a", "an")
    first = at - 1 if article else at
    if word == "half":
        if after in ("a", "an") and word_at(words, at + 2) in SCALE:
            value, scaled, end = scaled_by(words, at + 2, 0.5, False)
            return finished(words, at, end, "number", value, None, scaled=scaled)
        if after in ("a", "an") and word_at(words, at + 2) in SPANS:  # half an hour
            return Number(words[first].start, words[at].end, "number", 0.5, 0.5), at + 1
        point = _point(words, at + 2 if after in ("a", "-") else at + 1)
        if point is not None:  # half a percentage point
            return Number(words[first].start, words[point].end, "number", 0.5, 0.5, "percent"), point + 1
        before = word_at(words, at - 1)
        if after == "as" or (
            before in ("first", "second", "latter", "other", "better", "in", "by") and not article
        ):
            return None, at + 1
        if after in HALF_AFTER or before in HALF_CUES:
            return Number(words[at].start, words[at].end, "fraction", 0.5, 0.5), at + 1
        return None, at + 1
    if article and after in ("-", "point", "percentage") and word == "quarter":
        point = _point(words, at + 2 if after == "-" else at + 1)
        if point is not None:  # a quarter-point
            return Number(words[first].start, words[point].end, "number", 0.25, 0.25, "percent"), point + 1
    if article and after == "of" and not word.endswith("s"):
        value = 1 / PARTS[word]
        if word_at(words, at + 2) == "a" and word_at(words, at + 3) in SCALE:  # a quarter of a million
            value, scaled, end = scaled_by(words, at + 3, value, False)
            return finished(words, first, end, "number", value, None, scaled=scaled)
        return Number(words[first].start, words[at].end, "fraction", value, value), at + 1
    return None, at + 1


def _point(words: list[Lexeme], at: int) -> int | None:
    """Where "percentage point" or "point", from `at` on, ends."""
    at += word_at(words, at) == "percentage"
    return at if word_at(words, at) == "point" else None


def in_words(words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """seven; twenty-two; one hundred and six thousand; a dozen; two-thirds."""
    word = words[at].word
    if word in ("a", "an") and word_at(words, at + 1) in SCALE:
        value, _, after = scaled_by(words, at + 1, 1.0, False)
        half, after = and_a_half(words, after, 0.0)
        value *= 1 + half
        return finished(words, at, after, "number", value, None, scaled=True)
    value_here, after = _below_hundred(words, at)
    if value_here is None:
        return None, at + 1
    skip = 1 if word_at(words, after) == "-" and is_glued(words, after) else 0
    part = word_at(words, after + skip)
    if (
        part in PARTS
        and part != "half"
        and (part.endswith("s") or (value_here == 1 and (skip or word_at(words, after + 1) == "of")))
    ):
        fraction = value_here / PARTS[part]
        if fraction >= 1:  # "in four quarters"
            return None, after + skip + 1
        return Number(
            words[at].start, words[after + skip].end, "fraction", fraction, fraction
        ), after + skip + 1
    total, current, scaled = 0.0, value_here, False
    current, after = and_a_half(words, after, current)  # two and a half million
    while True:
        skip = 1 if word_at(words, after) == "-" and is_glued(words, after) else 0
        scale = SCALE.get(word_at(words, after + skip))
        if scale is None or (total + current) * scale >= LARGEST:
            break
        after, scaled = after + skip + 1, True
        if scale == 100:
            current *= scale
        else:
            total, current = total + current * scale, 0.0
        join = 1 if word_at(words, after) == "and" else 0
        more, end = _below_hundred(words, after + join)
        if more is not None and scale > 12 and word_at(words, end) not in ("point",):
            current, after = current + more, end
    value, after = and_a_half(words, after, total + current)
    return finished(words, at, after, "number", value, None, scaled=scaled)


def _below_hundred(words: list[Lexeme], at: int) -> tuple[float | None, int]:
    word = word_at(words, at)
    if word in SMALL:
        return SMALL[word], at + 1
    if word not in TENS:
        return None, at
    skip = 1 if word_at(words, at + 1) == "-" and is_glued(words, at + 1) else 0
    ones = SMALL.get(word_at(words, at + 1 + skip), 0.0)
    if 0 < ones < 10:
        return TENS[word] + ones, at + 2 + skip
    return TENS[word], at + 1

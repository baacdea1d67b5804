"""Numbers in running text: digits and words, multipliers, fractions, vague counts, ranges.

Works on characters, not on tokens: the same scan serves with and without the language model.
Offsets are code points.
"""

from __future__ import annotations

import re
from dataclasses import replace

from newsdesk.analysis.figures.numerals import (
    ASCII_CURRENCY,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    DOLLAR_PREFIXES,
    FEW,
    FOLDS,
    GLUED_SCALE,
    GLUED_UNITS,
    MANY,
    MOST,
    PARTS,
    PERCENT,
    POSSIBLE,
    SIGNS,
    STARTERS,
    Lexeme,
    Number,
    lexemes,
)
from newsdesk.analysis.figures.ranges import join_ranges
from newsdesk.analysis.figures.spelled import few, in_words, many, part_of
from newsdesk.analysis.figures.tail import (
    and_a_half,
    finished,
    is_digits,
    is_glued,
    scaled_by,
    value_of,
    word_at,
)
from newsdesk.analysis.figures.words import word_set

__all__ = ["Number", "scan"]

MONTHS = word_set(
    "jan january feb february mar march apr april may june jun july jul aug august sep sept september oct "
    "october nov november dec december"
)

METRES = re.compile(
    r"\s*(?:\([^)]*\))?\s*-?(?:deep|high|tall|long|wide|race|sprint|hurdles|away|from|freestyle|relay)\b",
    re.I,
)


def scan(text: str) -> list[Number]:
    """Every number of `text` in reading order, ranges joined. What is no figure is not yet sorted out.

    At most `MOST` of them.
    """
    if POSSIBLE.search(text) is None:
        return []
    words = lexemes(text)
    found: list[Number] = []
    at = 0
    while at < len(words) and len(found) < MOST:
        if words[at].word not in STARTERS and not is_digits(words, at):
            at += 1
            continue
        number, after = _read(text, words, at)
        if number is not None:
            found.append(number)
        at = max(after, at + 1)
    return join_ranges(text, found)


def _read(text: str, words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    word = word_at(words, at)
    if word[0] in CURRENCY_SIGNS or word in CURRENCY_CODES or word in ASCII_CURRENCY:
        return _money(text, words, at)
    if word in FOLDS:
        value = FOLDS[word]
        return Number(words[at].start, words[at].end, "number", value, value, "time"), at + 1
    if is_digits(words, at):
        return _digits(text, words, at, at, None)
    if word in SIGNS:
        return Number(words[at].start, words[at].end, "fraction", SIGNS[word], SIGNS[word]), at + 1
    if word in MANY:
        return many(words, at)
    if word in FEW:
        return few(words, at)
    if word in PARTS:
        return part_of(words, at)
    return in_words(words, at)


def _money(text: str, words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    first = at
    if word_at(words, at)[0] in CURRENCY_SIGNS and _is_prefix(text, words, at - 1):
        first = at - 1
    after = at + 1
    if word_at(words, after) in DOLLAR_PREFIXES and is_glued(words, after):  # $US17
        after += 1
    if word_at(words, at) in ASCII_CURRENCY:
        return _ascii_money(text, words, at)
    if word_at(words, after) == "." and word_at(words, at) in CURRENCY_CODES:  # Rs. 20 crore
        after += 1
    if word_at(words, after) == "-" and is_glued(words, after) and is_glued(words, after + 1):  # $-50.8bn
        after += 1
    if not is_digits(words, after):
        return None, at + 1
    return _digits(text, words, first, after, "money")


def _ascii_money(text: str, words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """ "PS2.7m", "Y=590 billion"; a lone "PS5" is a name."""
    yen = word_at(words, at) == "y" and word_at(words, at + 1) == "="
    after = at + 2 if yen else at + 1
    if not (yen or word_at(words, at) == "ps") or text[words[at].start] not in "PY":
        return None, at + 1
    if not is_digits(words, after) or not is_glued(words, after):
        return None, at + 1
    number, end = _digits(text, words, at, after, "money")
    if number is not None and not yen and not number.scaled and words[after].word.isdigit():
        return None, end
    return number, end


def _is_prefix(text: str, words: list[Lexeme], at: int) -> bool:
    """US$5, HK $5: the letters before a dollar sign, in capitals where they stand apart from it."""
    if word_at(words, at) not in DOLLAR_PREFIXES:
        return False
    return is_glued(words, at + 1) or (
        len(words[at].word) > 1
        and text[words[at].start : words[at].end].isupper()
        and word_at(words, at - 1) != "the"
    )


def _digits(
    text: str, words: list[Lexeme], first: int, at: int, unit: str | None
) -> tuple[Number | None, int]:
    value = value_of(words[at].word)
    run = _digit_run(words, at)
    if run > at + 1:
        return _slashed(words, at, run), run
    if value is None or _stuck_left(text, words, first):
        return None, at + 1
    after, scaled = at + 1, False
    value, after = _blank_thousands(text, words, at, value)
    if word_at(words, after) in ("fold", "-") and is_glued(words, after):  # 10-fold
        last = after + (word_at(words, after) == "-")
        if word_at(words, last) == "fold" and is_glued(words, last):
            return Number(words[first].start, words[last].end, "number", value, value, "time", True), last + 1
    if is_glued(words, after) and (word_at(words, after).isalpha() or word_at(words, after) in GLUED_UNITS):
        suffix = word_at(words, after)
        power = _power(words, after)
        if power is not None:
            unit, after = power, after + 2
        elif suffix in GLUED_SCALE and not (
            suffix == "m" and unit is None and METRES.match(text, words[after].end)
        ):
            value, scaled, after = value * GLUED_SCALE[suffix], True, after + 1
        elif suffix == "m":
            unit, after = "distance", after + 1
        elif suffix in GLUED_UNITS and not _is_generation(text, words[after]):
            unit, after = GLUED_UNITS[suffix], after + 1
        elif suffix not in PERCENT:
            return None, after + 1  # 11th, 1990s, 5G, 7pm
    value, scaled, after = scaled_by(words, after, value, scaled)
    if word_at(words, after) in SIGNS and is_glued(words, after):
        value, after = value + SIGNS[word_at(words, after)], after + 1
    value, after = and_a_half(words, after, value)
    if not scaled:
        value, scaled, after = scaled_by(words, after, value, scaled)  # 2 and a half million
    if unit is None and _is_magnitude(words, first, value):
        unit = "magnitude"
    number, after = finished(words, first, after, "number", value, unit, digits=True, scaled=scaled)
    return _negated(text, words, number, first, at), after


BLANK_BEFORE = re.compile(r"(?<!\d[ ,.-])(?<![\w.,])$")


def _blank_thousands(text: str, words: list[Lexeme], at: int, value: float) -> tuple[float, int]:
    """ "12 500": groups of three digits, one blank between, behind one to three digits and no month."""
    end = at + 1
    if not words[at].word.isdigit() or not 0 < len(words[at].word) <= 3 or words[at].word[0] == "0":
        return value, end
    if (
        word_at(words, at - 1) in MONTHS
        or BLANK_BEFORE.search(text[max(0, words[at].start - 3) : words[at].start]) is None
    ):
        return value, end
    while (
        len(word_at(words, end)) == 3
        and word_at(words, end).isdigit()
        and words[end].start == words[end - 1].end + 1
        and text[words[end - 1].end] == " "
        and value < 1e9
    ):
        value = value * 1000 + float(words[end].word)
        end += 1
    return value, end


def _power(words: list[Lexeme], at: int) -> str | None:
    """The m2 of 32m2 is an area, the m3 of 50m3 a volume."""
    if word_at(words, at) not in ("m", "km", "cm") or not is_glued(words, at + 1):
        return None
    return {"2": "area", "3": "volume"}.get(word_at(words, at + 1))


STRONGEST = 10
"""No earthquake is stronger."""


def _is_magnitude(words: list[Lexeme], first: int, value: float) -> bool:
    """ "magnitude 6.4", "magnitude-6.6", "magnitudes of 5.9 and 5.6"."""
    before = [word.word for word in words[max(0, first - 5) : first] if word.word not in ("a", "of", "-")]
    return value < STRONGEST and (
        before[-1:] == ["magnitude"] or ("magnitudes" in before[-4:] and before[-1] in ("magnitudes", "and"))
    )


def _is_generation(text: str, word: Lexeme) -> bool:
    """The G of 5G."""
    return word.word == "g" and text[word.start] == "G"


SIGNED = ("percent", "temperature", "money")


def _negated(text: str, words: list[Lexeme], number: Number | None, first: int, at: int) -> Number | None:
    """`number` below zero where it is written so: "minus 18", "minus-5", "-0.3", "-12°C", "$-50.8bn".

    A mere hyphen is taken for a minus only with a decimal or a unit: else it is a dash.
    """
    if number is None or number.high is None:
        return number
    joined = word_at(words, first - 1) == "-" and is_glued(words, first)
    named = first - 2 if joined else first - 1
    if word_at(words, named) == "minus":
        start = words[named].start
    elif first < at - 1 and word_at(words, at - 1) == "-":
        start = number.start
    elif (
        joined
        and (number.unit in SIGNED or not number.high.is_integer())
        and (not words[first - 1].start or text[words[first - 1].start - 1] in " (\"'")
    ):
        start = words[first - 1].start
    else:
        return number
    return replace(number, start=start, low=-number.high, high=-number.high)


def _stuck_left(text: str, words: list[Lexeme], first: int) -> bool:
    """H.R.1424, RI-1, M16, x.5: part of a name or code, not a count."""
    start = words[first].start
    if not start or text[start - 1].isspace() or text[start - 1] in "([{\"'“”‘’~+=<>≈—–…,;:*/":
        return False
    if text[start - 1] == "-":
        return (
            start > 1
            and text[start - 2].isalpha()
            and word_at(words, first - 2) not in ("minus", "magnitude")
        )
    return True


def _digit_run(words: list[Lexeme], at: int) -> int:
    """The end of digits joined by : or /, by two hyphens or more, or by full stops: clocks, dates, phones."""
    end, joints = at + 1, []
    while (
        word_at(words, end) in (":", "/", "⁄", "-", ".")
        and is_glued(words, end)
        and is_digits(words, end + 1)
        and is_glued(words, end + 1)
    ):
        joints.append(word_at(words, end))
        end += 2
    if not joints or joints == ["-"]:
        return at + 1
    return end


def _slashed(words: list[Lexeme], at: int, run: int) -> Number | None:
    """3/5 is a fraction; dates, clock times, 9/11 and 24/7 are nothing."""
    if run != at + 3 or word_at(words, at + 1) not in ("/", "⁄"):
        return None
    top, bottom = value_of(words[at].word), value_of(words[at + 2].word)
    if top is None or bottom is None or not 0 < top < bottom:
        return None
    if bottom not in (2, 3, 4, 5, 6, 8, 10) and (word_at(words, run) != "of" or (top, bottom) == (9, 11)):
        return None
    return Number(words[at].start, words[run - 1].end, "fraction", top / bottom, top / bottom, digits=True)

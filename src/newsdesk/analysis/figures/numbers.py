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
    CURRENCY_WORDS,
    DOLLAR_PREFIXES,
    FEW,
    FOLDS,
    GLUED_SCALE,
    GLUED_UNITS,
    LARGEST,
    LENGTHS,
    MANY,
    MOST,
    PAID,
    PARTS,
    PERCENT,
    POSSIBLE,
    SCALE,
    SIGNS,
    SMALL,
    SPEED,
    STARTERS,
    TENS,
    Kind,
    Lexeme,
    Number,
    lexemes,
)
from newsdesk.analysis.figures.ranges import join_ranges
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
        if words[at].word not in STARTERS and not _is_digits(words, at):
            at += 1
            continue
        number, after = _read(text, words, at)
        if number is not None:
            found.append(number)
        at = max(after, at + 1)
    return join_ranges(text, found)


def _word(words: list[Lexeme], at: int) -> str:
    return words[at].word if 0 <= at < len(words) else ""


def _glued(words: list[Lexeme], at: int) -> bool:
    """Whether lexeme `at` follows the one before it without a blank."""
    return 0 < at < len(words) and words[at].start == words[at - 1].end


def _is_digits(words: list[Lexeme], at: int) -> bool:
    return 0 <= at < len(words) and words[at].word.lstrip(".")[:1].isdigit()


def _value(digits: str) -> float | None:
    try:
        value = float(digits.replace(",", ""))
    except ValueError:  # digits of no decimal system
        return None
    return value if value < LARGEST else None


def _read(text: str, words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    word = _word(words, at)
    if word[0] in CURRENCY_SIGNS or word in CURRENCY_CODES or word in ASCII_CURRENCY:
        return _money(text, words, at)
    if word in FOLDS:
        value = FOLDS[word]
        return Number(words[at].start, words[at].end, "number", value, value, "time"), at + 1
    if _is_digits(words, at):
        return _digits(text, words, at, at, None)
    if word in SIGNS:
        return Number(words[at].start, words[at].end, "fraction", SIGNS[word], SIGNS[word]), at + 1
    if word in MANY:
        return _many(words, at)
    if word in FEW:
        return _few(words, at)
    if word in PARTS:
        return _part(words, at)
    return _in_words(words, at)


def _money(text: str, words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    first = at
    if _word(words, at)[0] in CURRENCY_SIGNS and _is_prefix(text, words, at - 1):
        first = at - 1
    after = at + 1
    if _word(words, after) in DOLLAR_PREFIXES and _glued(words, after):  # $US17
        after += 1
    if _word(words, at) in ASCII_CURRENCY:
        return _ascii_money(text, words, at)
    if _word(words, after) == "." and _word(words, at) in CURRENCY_CODES:  # Rs. 20 crore
        after += 1
    if _word(words, after) == "-" and _glued(words, after) and _glued(words, after + 1):  # $-50.8bn
        after += 1
    if not _is_digits(words, after):
        return None, at + 1
    return _digits(text, words, first, after, "money")


def _ascii_money(text: str, words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """ "PS2.7m", "Y=590 billion"; a lone "PS5" is a name."""
    yen = _word(words, at) == "y" and _word(words, at + 1) == "="
    after = at + 2 if yen else at + 1
    if not (yen or _word(words, at) == "ps") or text[words[at].start] not in "PY":
        return None, at + 1
    if not _is_digits(words, after) or not _glued(words, after):
        return None, at + 1
    number, end = _digits(text, words, at, after, "money")
    if number is not None and not yen and not number.scaled and words[after].word.isdigit():
        return None, end
    return number, end


def _is_prefix(text: str, words: list[Lexeme], at: int) -> bool:
    """US$5, HK $5: the letters before a dollar sign, in capitals where they stand apart from it."""
    if _word(words, at) not in DOLLAR_PREFIXES:
        return False
    return _glued(words, at + 1) or (
        len(words[at].word) > 1
        and text[words[at].start : words[at].end].isupper()
        and _word(words, at - 1) != "the"
    )


def _digits(
    text: str, words: list[Lexeme], first: int, at: int, unit: str | None
) -> tuple[Number | None, int]:
    value = _value(words[at].word)
    run = _digit_run(words, at)
    if run > at + 1:
        return _slashed(words, at, run), run
    if value is None or _stuck_left(text, words, first):
        return None, at + 1
    after, scaled = at + 1, False
    value, after = _blank_thousands(text, words, at, value)
    if _word(words, after) in ("fold", "-") and _glued(words, after):  # 10-fold
        last = after + (_word(words, after) == "-")
        if _word(words, last) == "fold" and _glued(words, last):
            return Number(words[first].start, words[last].end, "number", value, value, "time", True), last + 1
    if _glued(words, after) and _word(words, after).isalpha():
        suffix = _word(words, after)
        if suffix in GLUED_SCALE and not (
            suffix == "m" and unit is None and METRES.match(text, words[after].end)
        ):
            value, scaled, after = value * GLUED_SCALE[suffix], True, after + 1
        elif suffix == "m":
            unit, after = "distance", after + 1
        elif suffix in GLUED_UNITS and not _is_generation(text, words[after]):
            unit, after = GLUED_UNITS[suffix], after + 1
        elif suffix not in PERCENT:
            return None, after + 1  # 11th, 1990s, 5G, 7pm
    value, scaled, after = _scales(words, after, value, scaled)
    if _word(words, after) in SIGNS and _glued(words, after):
        value, after = value + SIGNS[_word(words, after)], after + 1
    value, after = _and_a_half(words, after, value)
    if not scaled:
        value, scaled, after = _scales(words, after, value, scaled)  # 2 and a half million
    if unit is None and _word(words, first - 1) == "magnitude":
        unit = "magnitude"
    number, after = _finish(words, first, after, "number", value, unit, digits=True, scaled=scaled)
    return _negated(text, words, number, first, at), after


BLANK_BEFORE = re.compile(r"(?<!\d[ ,.-])(?<![\w.,])$")


def _blank_thousands(text: str, words: list[Lexeme], at: int, value: float) -> tuple[float, int]:
    """ "12 500": groups of three digits, one blank between, behind one to three digits and no month."""
    end = at + 1
    if not words[at].word.isdigit() or not 0 < len(words[at].word) <= 3 or words[at].word[0] == "0":
        return value, end
    if _word(words, at - 1) in MONTHS or BLANK_BEFORE.search(text[: words[at].start][-3:]) is None:
        return value, end
    while (
        len(_word(words, end)) == 3
        and _word(words, end).isdigit()
        and words[end].start == words[end - 1].end + 1
        and text[words[end - 1].end] == " "
        and value < 1e9
    ):
        value = value * 1000 + float(words[end].word)
        end += 1
    return value, end


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
    joined = _word(words, first - 1) == "-" and _glued(words, first)
    named = first - 2 if joined else first - 1
    if _word(words, named) == "minus":
        start = words[named].start
    elif first < at - 1 and _word(words, at - 1) == "-":
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
        return start > 1 and text[start - 2].isalpha()
    return True


def _digit_run(words: list[Lexeme], at: int) -> int:
    """The end of digits joined by : or /, by two hyphens or more, or by full stops: clocks, dates, phones."""
    end, joints = at + 1, []
    while (
        _word(words, end) in (":", "/", "-", ".")
        and _glued(words, end)
        and _is_digits(words, end + 1)
        and _glued(words, end + 1)
    ):
        joints.append(_word(words, end))
        end += 2
    if not joints or joints == ["-"]:
        return at + 1
    return end


def _slashed(words: list[Lexeme], at: int, run: int) -> Number | None:
    """3/5 is a fraction; dates, clock times, 9/11 and 24/7 are nothing."""
    if run != at + 3 or _word(words, at + 1) != "/":
        return None
    top, bottom = _value(words[at].word), _value(words[at + 2].word)
    if top is None or bottom is None or not 0 < top < bottom or bottom not in (2, 3, 4, 5, 6, 8, 10):
        return None
    return Number(words[at].start, words[run - 1].end, "fraction", top / bottom, top / bottom, digits=True)


def _scales(words: list[Lexeme], after: int, value: float, scaled: bool) -> tuple[float, bool, int]:
    """Multipliers behind a number: "4.5 million", "two-million", "a hundred thousand"."""
    while True:
        skip = 1 if _word(words, after) == "-" and _glued(words, after) else 0
        scale = SCALE.get(_word(words, after + skip))
        if scale is None or value * scale >= LARGEST:
            return value, scaled, after
        value, scaled, after = value * scale, True, after + skip + 1


def _finish(
    words: list[Lexeme],
    first: int,
    after: int,
    kind: Kind,
    value: float | None,
    unit: str | None,
    *,
    digits: bool = False,
    scaled: bool = False,
) -> tuple[Number | None, int]:
    """Take in a percent sign or a currency's name that follows."""
    if _word(words, after) in PERCENT and not (_word(words, after) == "pc" and not _glued(words, after)):
        unit, after = "percent", after + 1
    elif (_word(words, after) == "per" and _word(words, after + 1) == "cent") or (
        _word(words, after) == "percentage" and _word(words, after + 1) in ("point", "points")
    ):
        unit, after = "percent", after + 2
    elif _word(words, after) == "°":
        if _glued(words, after + 1) and _word(words, after + 1) in ("n", "s", "e", "w"):
            return None, after + 2  # a latitude
        unit, after = "temperature", after + 1
        if _word(words, after) in ("c", "f", "celsius", "fahrenheit", "k"):
            after += 1
    elif (_word(words, after) in CURRENCY_CODES and digits and unit is None) or (
        _word(words, after) in CURRENCY_WORDS
    ):
        unit, after = _pounds(words, first, after) or "money", after + 1
    elif unit is None and _word(words, after) in CURRENCY_SIGNS and _glued(words, after) and digits:
        unit, after = "money", after + 1  # 1,200€
    elif _word(words, after) in ("us", "u") and _word(words, after + 1) in ("dollars", "."):
        stop = next((k for k in range(after, min(after + 5, len(words))) if words[k].word == "dollars"), None)
        if stop is not None:
            unit, after = "money", stop + 1
    elif unit in (None, "distance"):
        unit, after = _speed(words, after, unit)
    number = Number(words[first].start, words[after - 1].end, kind, value, value, unit, digits, scaled)
    return number, after


def _pounds(words: list[Lexeme], first: int, after: int) -> str | None:
    """ "mass" for pounds that weigh: "2,000 pounds of rice", "weighs 230 pounds"."""
    if _word(words, after) != "pounds":
        return None
    if _word(words, after + 1) == "of":
        return None if _word(words, after + 2) in PAID else "mass"
    return "mass" if any(word.word.startswith("weigh") for word in words[max(0, first - 5) : first]) else None


def _speed(words: list[Lexeme], after: int, unit: str | None) -> tuple[str | None, int]:
    """ "90 miles per hour", "120 km/h": a speed, its words taken in."""
    at = after
    if unit is None and _word(words, at) in LENGTHS:
        at += 1
    elif unit is None:
        return unit, after
    if (_word(words, at), _word(words, at + 1)) in SPEED:
        return "speed", at + 2
    if _word(words, at) == "/" and _word(words, at + 1) in ("h", "hr", "hour", "s", "sec"):
        return "speed", at + 2
    return unit, after


def _many(words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """dozens; tens of thousands; hundreds of millions of dollars."""
    word, after = words[at].word, at + 1
    while _word(words, after) == "of" and _word(words, after + 1) in MANY:
        after += 2
    if word in ("scores", "tens") and after == at + 1 and _word(words, after) not in ("of", "more"):
        return None, after
    unit = None
    if _word(words, after) == "of" and _word(words, after + 1) in CURRENCY_WORDS:
        unit, after = "money", after + 2
    return Number(words[at].start, words[after - 1].end, "vague", None, None, unit), after


def _few(words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """several hundred; a few thousand; a few."""
    first = at - 1 if _word(words, at - 1) in ("a", "some", "the", "last", "next", "past") else at
    if words[at].word in ("few", "handful", "couple") and _word(words, at - 1) != "a":
        return None, at + 1
    after = at + 1
    if words[at].word in ("handful", "couple") and _word(words, after) == "of":
        after += 1
    scaled = False
    while _word(words, after) in SCALE:
        after, scaled = after + 1, True
    unit = "money" if scaled and _word(words, after) in CURRENCY_WORDS else None
    after += unit is not None
    end = words[after - 1].end if words[after - 1].word != "of" else words[after - 2].end
    return Number(words[first].start, end, "vague", None, None, unit, scaled=scaled, weak=not scaled), after


HALF_AFTER = {"of", "the", "its", "their", "his", "her", "our", "all", "a", "an", "those", "that"}
HALF_CUES = {"than", "nearly", "about", "almost", "over", "least", "around", "roughly", "under"}


def _part(words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """half of, half a million, a third of, a quarter of. "the third quarter" is none."""
    word, after = words[at].word, _word(words, at + 1)
    article = _word(words, at - 1) in ("a", "an")
    first = at - 1 if article else at
    if word == "half":
        if after in ("a", "an") and _word(words, at + 2) in SCALE:
            value, scaled, end = _scales(words, at + 2, 0.5, False)
            return _finish(words, at, end, "number", value, None, scaled=scaled)
        before = _word(words, at - 1)
        if after == "as" or (
            before in ("first", "second", "latter", "other", "better", "in", "by") and not article
        ):
            return None, at + 1
        if after in HALF_AFTER or before in HALF_CUES:
            return Number(words[at].start, words[at].end, "fraction", 0.5, 0.5), at + 1
        return None, at + 1
    if article and after == "of" and not word.endswith("s"):
        value = 1 / PARTS[word]
        if _word(words, at + 2) == "a" and _word(words, at + 3) in SCALE:  # a quarter of a million
            value, scaled, end = _scales(words, at + 3, value, False)
            return _finish(words, first, end, "number", value, None, scaled=scaled)
        return Number(words[first].start, words[at].end, "fraction", value, value), at + 1
    return None, at + 1


def _in_words(words: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """seven; twenty-two; one hundred and six thousand; a dozen; two-thirds."""
    word = words[at].word
    if word in ("a", "an") and _word(words, at + 1) in SCALE:
        value, _, after = _scales(words, at + 1, 1.0, False)
        return _finish(words, at, after, "number", value, None, scaled=True)
    value_here, after = _below_hundred(words, at)
    if value_here is None:
        return None, at + 1
    skip = 1 if _word(words, after) == "-" and _glued(words, after) else 0
    part = _word(words, after + skip)
    if (
        part in PARTS
        and part != "half"
        and (part.endswith("s") or (value_here == 1 and (skip or _word(words, after + 1) == "of")))
    ):
        fraction = value_here / PARTS[part]
        if fraction >= 1:  # "in four quarters"
            return None, after + skip + 1
        return Number(
            words[at].start, words[after + skip].end, "fraction", fraction, fraction
        ), after + skip + 1
    total, current, scaled = 0.0, value_here, False
    current, after = _and_a_half(words, after, current)  # two and a half million
    while True:
        skip = 1 if _word(words, after) == "-" and _glued(words, after) else 0
        scale = SCALE.get(_word(words, after + skip))
        if scale is None or (total + current) * scale >= LARGEST:
            break
        after, scaled = after + skip + 1, True
        if scale == 100:
            current *= scale
        else:
            total, current = total + current * scale, 0.0
        join = 1 if _word(words, after) == "and" else 0
        more, end = _below_hundred(words, after + join)
        if more is not None and scale > 12 and _word(words, end) not in ("point",):
            current, after = current + more, end
    value, after = _and_a_half(words, after, total + current)
    return _finish(words, at, after, "number", value, None, scaled=scaled)


def _and_a_half(words: list[Lexeme], after: int, value: float) -> tuple[float, int]:
    if [_word(words, after + k) for k in range(3)] == ["and", "a", "half"]:
        return value + 0.5, after + 3
    return value, after


def _below_hundred(words: list[Lexeme], at: int) -> tuple[float | None, int]:
    word = _word(words, at)
    if word in SMALL:
        return SMALL[word], at + 1
    if word not in TENS:
        return None, at
    skip = 1 if _word(words, at + 1) == "-" and _glued(words, at + 1) else 0
    ones = SMALL.get(_word(words, at + 1 + skip), 0.0)
    if 0 < ones < 10:
        return TENS[word] + ones, at + 2 + skip
    return TENS[word], at + 1

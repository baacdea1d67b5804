"""What stands behind a number and belongs to it: multipliers, percent signs, currencies, speeds.

Works on lexemes; `words` are those of a whole passage, `at` and `after` positions in them.
"""

from __future__ import annotations

from newsdesk.analysis.figures.numerals import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    LARGEST,
    LENGTHS,
    PAID,
    PERCENT,
    SCALE,
    SPEED,
    Kind,
    Lexeme,
    Number,
)


def word_at(words: list[Lexeme], at: int) -> str:
    return words[at].word if 0 <= at < len(words) else ""


def is_glued(words: list[Lexeme], at: int) -> bool:
    """Whether lexeme `at` follows the one before it without a blank."""
    return 0 < at < len(words) and words[at].start == words[at - 1].end


def is_digits(words: list[Lexeme], at: int) -> bool:
    return 0 <= at < len(words) and words[at].word.lstrip(".")[:1].isdigit()


def value_of(digits: str) -> float | None:
    try:
        value = float(digits.replace(",", ""))
    except ValueError:  # digits of no decimal system
        return None
    return value if value < LARGEST else None


def scaled_by(words: list[Lexeme], after: int, value: float, scaled: bool) -> tuple[float, bool, int]:
    """Multipliers behind a number: "4.5 million", "two-million", "a hundred thousand"."""
    while True:
        skip = 1 if word_at(words, after) == "-" and is_glued(words, after) else 0
        scale = SCALE.get(word_at(words, after + skip))
        if scale is None or value * scale >= LARGEST:
            return value, scaled, after
        value, scaled, after = value * scale, True, after + skip + 1


def and_a_half(words: list[Lexeme], after: int, value: float) -> tuple[float, int]:
    if [word_at(words, after + k) for k in range(3)] == ["and", "a", "half"]:
        return value + 0.5, after + 3
    return value, after


def finished(
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
    if word_at(words, after) in PERCENT and not (
        word_at(words, after) == "pc" and not is_glued(words, after)
    ):
        unit, after = "percent", after + 1
    elif (word_at(words, after) == "per" and word_at(words, after + 1) == "cent") or (
        word_at(words, after) == "percentage" and word_at(words, after + 1) in ("point", "points")
    ):
        unit, after = "percent", after + 2
    elif word_at(words, after) == "°":
        if is_glued(words, after + 1) and word_at(words, after + 1) in ("n", "s", "e", "w"):
            return None, after + 2  # a latitude
        unit, after = "temperature", after + 1
        if word_at(words, after) in ("c", "f", "celsius", "fahrenheit", "k"):
            after += 1
    elif (word_at(words, after) in CURRENCY_CODES and digits and unit is None) or (
        word_at(words, after) in CURRENCY_WORDS
    ):
        unit, after = _pounds(words, first, after) or "money", after + 1
    elif unit is None and word_at(words, after) in CURRENCY_SIGNS and is_glued(words, after) and digits:
        unit, after = "money", after + 1  # 1,200€
    elif word_at(words, after) in ("us", "u") and word_at(words, after + 1) in ("dollars", "."):
        stop = next((k for k in range(after, min(after + 5, len(words))) if words[k].word == "dollars"), None)
        if stop is not None:
            unit, after = "money", stop + 1
    elif unit in (None, "distance"):
        unit, after = _speed(words, after, unit)
    if value is not None:
        value = float(f"{value:.12g}")  # 8.2 billion is no 8199999999.999999
    number = Number(words[first].start, words[after - 1].end, kind, value, value, unit, digits, scaled)
    return number, after


def _pounds(words: list[Lexeme], first: int, after: int) -> str | None:
    """ "mass" for pounds that weigh: "2,000 pounds of rice", "weighs 230 pounds"."""
    if word_at(words, after) != "pounds":
        return None
    if word_at(words, after + 1) == "of":
        return None if word_at(words, after + 2) in PAID else "mass"
    return "mass" if any(word.word.startswith("weigh") for word in words[max(0, first - 5) : first]) else None


def _speed(words: list[Lexeme], after: int, unit: str | None) -> tuple[str | None, int]:
    """ "90 miles per hour", "120 km/h": a speed, its words taken in."""
    at = after
    if unit is None and word_at(words, at) in LENGTHS:
        at += 1
    elif unit is None:
        return unit, after
    if (word_at(words, at), word_at(words, at + 1)) in SPEED:
        return "speed", at + 2
    if word_at(words, at) == "/" and word_at(words, at + 1) in ("h", "hr", "hour", "s", "sec"):
        return "speed", at + 2
    return unit, after

"""Quantifiers: the words left and right of a number that say how exactly it is meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsdesk.analysis.figures.numerals import Number
from newsdesk.models import Quantifier

LEFT: tuple[tuple[Quantifier, str], ...] = (
    (
        "at_least",
        r"at least|at the very least|no fewer than|no less than|not less than|not fewer than"
        r"|a minimum of|minimum of"
        r"|at a minimum",
    ),
    (
        "up_to",
        r"up to|as many as|as much as|as high as|as few as|at most|at the most|no more than"
        r"|not more than|a maximum of"
        r"|maximum of|no greater than|not exceeding",
    ),
    (
        "more_than",
        r"more than|greater than|over|above|well over|upwards? of|in excess of|exceeding|exceeds?|exceeded"
        r"|surpass(?:ed|es|ing)?|topp(?:ed|ing)|tops|passed|north of|just over|higher than|larger than"
        r"|beyond",
    ),
    (
        "less_than",
        r"less than|fewer than|under|below|nearly|almost|just under|lower than"
        r"|(?:just|well|far|little|slightly) short of"
        r"|smaller than"
        r"|not quite",
    ),
    (
        "approximately",
        r"(?:an )?estimated (?:cost|value|price|total|average) of|about|around|approximately|approx\.?"
        r"|roughly|some|an estimated|estimated(?: at)?|estimates of"
        r"|circa|close(?:r)? to|perhaps|maybe|possibly|probably|barely|not far from|in the order of"
        r"|near|more or less|something like|in the region of|of the order of|on average|~|≈",
    ),
    ("exact", r"exactly|precisely"),
)
BETWEEN = r"(?:\s+(?:a|an|another|additional|other|further|only|just|some|total of|estimated|perhaps))?"
DEGREE = (
    r"(?:(?:well|far|much|just|slightly|considerably|significantly|substantially|way|somewhat|marginally"
    r"|comfortably|a little|a bit|little|fractionally)\s+(?=more|less|fewer|over|above|under|below|beyond"
    r"|higher|lower|short|in excess))?"
)
"""How far above or below; says nothing else."""
LEFT_CUE = re.compile(
    r"(?<!\bhand )(?<!\bhanded )(?<!\bhanding )(?<!\bhands )(?<!\bturned )(?<!\bsigned )(?<![\w-])"
    + DEGREE
    + r"(?:"
    + "|".join(f"(?P<{name}>{cues})" for name, cues in LEFT)
    + r")(?P<link>"
    + BETWEEN
    + r")\s*$",
    re.I,
)
RIGHT_CUE = re.compile(
    r"\s*(?:(?P<approximately>or so\b|or thereabouts\b|-odd\b|odd\b|-ish\b|,? give or take\b|or about that\b)"
    r"|(?P<at_least>or (?:more|higher|greater|above|over|better|upwards?)\b|and (?:above|over|upwards?|more"
    r"|counting|rising|climbing)\b|,? at least\b(?=\s*[.,;)]|\s*$)|-?plus\b|\+)"
    r"|(?P<up_to>or (?:less|fewer|lower|under|below)\b|and (?:under|below)\b|,? at (?:the )?most\b))",
    re.I,
)
RIGHT_LATER = re.compile(
    r"\s+\w+(?:\s+\w+)?,?\s+(?:(?P<at_least>or (?:more|above|higher)|and (?:counting|rising)"
    r"|at least(?=\s*[.,;)]|\s*$))|(?P<up_to>or (?:less|fewer|under)|at (?:the )?most)"
    r"|(?P<approximately>or so|or thereabouts|give or take))\b",
    re.I,
)
RANGE_OPENER = re.compile(r"\b(?:between|from|anywhere from)\s+$", re.I)
TOPIC = re.compile(
    r"\b(?:news|information|words?|stor(?:y|ies)|concerns?|questions?|worr(?:y|ies|ied)|detail\w*|anything|nothing"
    r"|inquir\w+|updates?|allegations?|complaints?|complain(?:s|ed|ing)?|film|book|documentary|rumou?rs?"
    r"|ask(?:s|ed|ing)?|talk(?:s|ed|ing)?|speak\w*|spoke|wrote|writ(?:e|es|ing|ten)|joke[sd]?)\s+$",
    re.I,
)
"""What is told about something: the "about" behind it softens no number."""
LOOK_BACK = 40
ONLY = re.compile(r"(?<!\w)(?:only|just|all|another|an additional|a further|a total of|a combined)\s*$", re.I)


class Quantity(NamedTuple):
    """How a number is meant, and where its words begin and end."""

    quantifier: Quantifier
    start: int
    end: int
    cue: str
    """The words read as quantifier, lower case; empty where there are none."""


def read(text: str, number: Number) -> Quantity:
    """The quantifier of `number` and its span with the number."""
    start, end = number.start, number.end
    found: Quantifier | None = None
    cue = ""
    before = text[max(0, start - LOOK_BACK) : start]
    left = LEFT_CUE.search(before)
    if (
        left is not None
        and left["approximately"] in ("about", "around")
        and TOPIC.search(before[: left.start()])
    ):
        left = None  # "news about four relatives"
    if left is not None:
        found = next(name for name, _ in LEFT if left[name] is not None)
        cue = left[0].lower().strip()
        start -= len(before) - left.start()
    else:
        only = ONLY.search(before)
        if only is not None and not before[only.start() :].lower().startswith("all"):
            start -= len(before) - only.start()
    right = RIGHT_CUE.match(text, end) or (None if found else RIGHT_LATER.match(text, end))
    if right is not None:
        said = {name: words for name, words in right.groupdict().items() if words}
        found, cue = next((name, said[name].lower()) for name, _ in LEFT if name in said)
        if right.re is RIGHT_CUE:
            end = right.end()
    if number.kind == "range":
        opener = RANGE_OPENER.search(text[max(0, start - LOOK_BACK) : start])
        if opener is not None:
            start -= len(opener[0])
        return Quantity("range", start, end, cue)
    if number.kind == "vague":
        return Quantity("vague", start, end, cue)
    if number.kind == "fraction":
        return Quantity("fraction", start, end, cue)
    return Quantity(found or "exact", start, end, cue)


def bounds(number: Number, quantity: Quantity) -> tuple[float | None, float | None, float | None]:
    """(min, max, best) as the design has them: "more than 30" is min 30, "about 250" is best 250."""
    low, high = number.low, number.high
    if number.kind == "vague":
        return None, None, None
    if number.kind == "range":
        return low, high, None
    meant: Quantifier = quantity.quantifier
    if number.kind == "fraction":
        meant = cue_quantifier(quantity.cue)
        if meant == "exact":
            return None, None, low
    if meant in ("more_than", "at_least"):
        return low, None, None
    if meant in ("less_than", "up_to"):
        return None, high, None
    if meant == "approximately":
        return None, None, low
    return low, high, low


def cue_quantifier(cue: str) -> Quantifier:
    """The quantifier that the words of a cue stand for: "nearly" of "nearly half of"."""
    match = LEFT_CUE.search(cue + " ") if cue else None
    if match is None:
        return "exact"
    return next(quantifier for quantifier, _ in LEFT if match[quantifier] is not None)

"""Two numbers side by side: a range, a share, a vote, a score, or two figures."""

from __future__ import annotations

import re
from dataclasses import replace

from newsdesk.analysis.figures.numerals import GLUED_SCALE, SCALE, Number, lexemes

CHANGE_BEFORE = re.compile(
    r"\b(?:r[io]sen?|rising|rose|increas\w+|grew|grow\w*|climb\w*|jump\w*|surg\w+|soar\w*|f[ae]ll\w*|drop\w*|"
    r"declin\w+|decreas\w+|slid\w*|cut|cuts|rais\w+|lower\w*|reduc\w+|up|down|went|gone|expand\w*"
    r"|shr[aiu]nk\w*|"
    r"chang\w+|mov\w+|slump\w*|plung\w+|doubl\w+|tripl\w+)\b[^.;]{0,60}\bfrom\s+$",
    re.I,
)
ROUND = (3, 4, 5, 6, 8, 10, 20, 50, 100, 1000)
"""What shares are told out of."""
FEW = (3, 4, 5, 10, 100)
"""What shares of things that are named are told out of."""
VOTED = re.compile(
    r"\b(?:vot(?:ed|es?|ing)(?:\s+(?:by|of|was|were))?|(?:margin|tally) of"
    r"|(?:passed|approved|rejected|failed|defeated)(?: by|,))\s+$",
    re.I,
)
VOTE_BEFORE = re.compile(
    r"\b(?:vot\w+|ruling|ruled|approved|passed|rejected|majority|margin)\b[^.;]{0,40}$", re.I
)


def join_ranges(text: str, found: list[Number]) -> list[Number]:
    """`found` with the neighbours that are one range, share or vote joined, scores left out."""
    out: list[Number] = []
    at = 0
    while at < len(found):
        number = found[at]
        following = found[at + 1] if at + 1 < len(found) else None
        if following is not None:
            between = text[number.end : following.start].lower()
            pair = _pair(text, number, following, between)
            if pair is not None:
                out.extend(pair)
                at += 2
                continue
        out.append(number)
        at += 1
    return out


def _pair(text: str, first: Number, second: Number, between: str) -> tuple[Number, ...] | None:
    """What two neighbouring numbers are together: a range, a share, a score, a vote; None: two numbers."""
    if first.low is None or second.low is None or "vague" in (first.kind, second.kind):
        return None
    before = text[max(0, first.start - 80) : first.start]
    dash = between in ("-", "–", "—")
    word = between.strip()
    if not dash and word not in ("to", "or", "and", "in", "out of", "in every"):
        return None
    if word in ("in", "out of", "in every"):
        return _share(text, first, second, word)
    if "fraction" in (first.kind, second.kind):
        return None
    if word == "to" and VOTED.search(before) is not None and first.unit is None and second.unit is None:
        return (replace(first, unit="vote"), replace(second, unit="vote"))
    if dash and _votes(before, first, second):
        return (replace(first, unit="vote"), replace(second, unit="vote"))
    if _year_like(text, first):
        return () if dash else None
    low, high = first.low, second.low
    if second.scaled and not first.scaled and low < 1000 and low < high:
        scale = _scale_of(text, second)
        if low * scale < high:
            low *= scale
    if dash and low >= high:
        return ()  # a score: 3-1
    if word == "and" and not re.search(r"\bbetween\s+(?:about\s+|some\s+|an estimated\s+)?$", before, re.I):
        return None
    if word == "or" and not (high - low == 1 or (high <= 12 and high - low <= 2)):
        return None
    if low >= high or (word == "to" and (CHANGE_BEFORE.search(before) or _changed_by(before, first))):
        return None
    shared = first.unit == "money" and second.unit is None and dash  # $3-5 million
    if first.unit is not None and first.unit != second.unit and not shared:
        return None  # "up 9.4 percent to $84"
    unit = second.unit or first.unit
    return (
        Number(
            first.start, second.end, "range", low, high, unit, second.digits, first.scaled or second.scaled
        ),
    )


def _changed_by(before: str, first: Number) -> bool:
    """ "rose by 2% to 9%", two figures; "by 1 to 1.5 degrees" is one range."""
    return first.unit is not None and re.search(r"\bby\s+$", before) is not None


def _votes(before: str, first: Number, second: Number) -> bool:
    return first.digits and second.digits and VOTE_BEFORE.search(before) is not None


def _share(text: str, first: Number, second: Number, word: str) -> tuple[Number, ...] | None:
    """one in five, three out of four."""
    low, high = first.low, second.low
    if low is None or high is None or not 0 < low < high or _year_like(text, second):
        return None
    if word == "in" and (high > 100 or (low > 1 and high not in (3, 4, 5, 10, 20, 100))):
        return None
    if re.match(
        r"[\s-]*(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|attacks?|strikes?)\b",
        text[second.end :],
    ):
        return None
    if word == "out of" and high not in (
        FEW if low not in (1, high - 1) and _counted(text, second) else ROUND
    ):
        return None  # "9 out of 36 clinics", "7 out of 20 patients": two counts
    return (Number(first.start, second.end, "fraction", low / high, low / high, None, second.digits),)


def _counted(text: str, number: Number) -> bool:
    """Whether a plural stands behind `number`."""
    return (
        re.match(r"\s+(?:[a-z-]+\s+)?(?:[a-z]+s|people|children|men|women)\b", text[number.end :]) is not None
    )


def _year_like(text: str, number: Number) -> bool:
    return re.fullmatch(r"(?:1[5-9]|20)\d\d", text[number.start : number.end]) is not None


def _scale_of(text: str, number: Number) -> float:
    words = lexemes(text[number.start : number.end].lower())
    scale = 1.0
    for lexeme in words:
        scale *= SCALE.get(lexeme.word, 1.0)
    if scale == 1.0 and words and words[-1].word in GLUED_SCALE:
        scale = GLUED_SCALE[words[-1].word]
    return scale

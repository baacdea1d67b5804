"""When a figure is of: the words for it in the sentence, and the day, month or year that they mean.

Days without a year are those nearest before the article's own date: news tells what has happened.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from newsdesk.analysis.figures.clause import governor
from newsdesk.analysis.figures.numerals import SMALL

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
WEEKDAY = r"(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day"
COUNT = (
    r"(?P<count>\d{1,3}|" + "|".join(word for word, value in SMALL.items() if value) + r"|a|an|few|couple of)"
)
UNIT = r"(?P<unit>hour|day|week|month|year)s?"
PARTS_OF_DAY = re.compile(
    r"\b(?:late|early|mid|the|on|in|at|of|around|about|local|time|morning|afternoon|evening|night|noon|midnight"
    r"|dawn|dusk|gmt|just|only|earlier|later)\b(?!\s+ago)|(?<=mid)-|'s?\b|,",
    re.I,
)
"""What narrows a day or softens a date; nothing that moves it to another."""
NAMED = re.compile(
    rf"\b(?:{MONTH.replace('?P<month>', '?:')}(?!\w)|{YEAR.replace('?P<year>', '?:')}\b"
    rf"|{WEEKDAY.replace('?P<weekday>', '?:')}|today|yesterday|tomorrow|tonight|overnight|ago|earlier|weekend"
    r"|last|past|previous|next|this|recent|same|following|morning|evening|night|quarter|christmas|ramadan|easter"
    r"|\d{4}s)\b",
    re.I,
)
"""What a span of time has and a mere duration ("two days") has not."""
A_NIGHT = re.compile(r"(?:an? )?(?:night|evening|morning|dawn)", re.I)
AGE = re.compile(r"\bold$", re.I)
RELATIVE_END = re.compile(r"\b(?:last|past|previous|next|this|first|recent|same|following)$", re.I)
EARLIER = re.compile(r"\bearlier$", re.I)
NEXT_TO = 2
"""Tokens: "from $2.3 billion a year earlier" dates the number right before it only."""
FROM_ANOTHER = re.compile(r"\b(?:from|than|compared with|against)\b.*\d", re.S)
"""The date behind is that of the value it is compared with: "61%, down from 68% in 2019"."""
FAR = 50
"""Tokens that another clause counts for."""


def named_times(doc: Doc) -> tuple[Span, ...]:
    """The dates and times of a passage in reading order; spaCy gathers them anew whenever it is asked."""
    return tuple(e for e in doc.ents if e.label_ in ("DATE", "TIME"))


def pick(times: Sequence[Span], sentence: Span, number: Span) -> str | None:
    """The words for a time nearest to the figure in its sentence, its own clause first; no durations.

    `times`: those of the passage, from `named_times`.
    """
    token = number.root
    verb = governor(token)
    clause = (verb.left_edge.i, verb.right_edge.i) if verb is not None else (sentence.start, sentence.end)
    best: tuple[int, str] | None = None
    first = bisect_left(times, sentence.start, key=_start)
    for entity in times[first : bisect_left(times, sentence.end, key=_start)]:
        words = entity
        if entity.start <= number.start < entity.end:  # "since January 400 civilians"
            words = entity.doc[entity.start : number.start]
            if RELATIVE_END.search(words.text) is not None:  # "the past three weeks", three weeks counted
                continue
        named = words.text
        if A_NIGHT.fullmatch(named):  # a night raid
            continue
        if not len(words) or NAMED.search(named) is None or AGE.search(named):
            continue
        between = entity.doc[number.end : words.start].text if words.start >= number.end else ""
        if FROM_ANOTHER.search(between) or (EARLIER.search(named) and words.start - number.end > NEXT_TO):
            continue
        cost = abs(words.start - token.i) + (0 if clause[0] <= words.start <= clause[1] else FAR)
        if best is None or cost < best[0]:
            best = (cost, named)
    return None if best is None else best[1]


def _start(span: Span) -> int:
    return int(span.start)


def resolve(when: str, published: date | None) -> str | None:
    """`when` as ISO 8601: a day, a month, a year, or from/to; None where the words do not settle it.

    `published`: the day of the article; without it only what has its year is resolved.
    """
    plain = " ".join(PARTS_OF_DAY.sub(" ", when).split()).lower()
    for pattern, meaning in RULES:
        match = pattern.fullmatch(plain)
        if match is not None:
            try:
                return meaning(match, published)
            except (ValueError, OverflowError):  # the 31st of June; before the first year
                return None
    return None


def _dated(match: re.Match[str], published: date | None) -> str | None:
    """ "May 4", "4 May 2021", "Friday May 4": without a year the last such day."""
    month, day = MONTHS.index(match["month"][:3]) + 1, int(match["day"])
    if match["year"]:
        return date(int(match["year"]), month, day).isoformat()
    if published is None:
        return None
    year = published.year if (month, day) <= (published.month, published.day) else published.year - 1
    return date(year, month, day).isoformat()


def _month(match: re.Match[str], published: date | None) -> str | None:
    """ "March 2019"; "March", "last March": the last such month."""
    month = MONTHS.index(match["month"][:3]) + 1
    if match["year"]:
        return _iso(int(match["year"]), month)
    if published is None:
        return None
    before = month <= published.month if match["shift"] != "last" else month < published.month
    return _iso(published.year if before else published.year - 1, month)


def _weekday(match: re.Match[str], published: date | None) -> str | None:
    """The last such day, the day of publication among them; "last Friday" is before it."""
    if published is None:
        return None
    wanted = WEEKDAYS.index(match["weekday"] + "day")
    if match["shift"] in ("next", "coming"):
        return (published + timedelta((wanted - published.weekday() - 1) % 7 + 1)).isoformat()
    back = (published.weekday() - wanted) % 7
    return (published - timedelta(back or (7 if match["shift"] == "last" else 0))).isoformat()


def _near(match: re.Match[str], published: date | None) -> str | None:
    """today, yesterday, tomorrow."""
    shift = {"yesterday": -1, "tomorrow": 1}.get(match[0], 0)
    return None if published is None else (published + timedelta(shift)).isoformat()


def _ago(match: re.Match[str], published: date | None) -> str | None:
    """ "three days ago" is a day, "two months ago" a month, "20 years ago" a year; weeks are too vague."""
    count = _count(match["count"])
    if published is None or count is None or match["unit"] in ("hour", "week"):
        return None
    if match["unit"] == "day":
        return (published - timedelta(count)).isoformat()
    if match["unit"] == "year":
        return _iso(published.year - count)
    months = published.year * 12 + published.month - 1 - count
    return _iso(months // 12, months % 12 + 1)


def _stretch(match: re.Match[str], published: date | None) -> str | None:
    """ "the past three weeks": from then until the day of publication."""
    count = _count(match["count"])
    if published is None or count is None:
        return None
    days = {"hour": 1, "day": 1, "week": 7, "month": 30, "year": 365}[match["unit"]]
    back = -(-count // 24) if match["unit"] == "hour" else count * days
    return f"{(published - timedelta(back)).isoformat()}/{published.isoformat()}"


def _around(match: re.Match[str], published: date | None) -> str | None:
    """ "last month", "this week", "next year"."""
    if published is None:
        return None
    shift = {"last": -1, "previous": -1, "past": -1, "next": 1}.get(match["shift"], 0)
    if match["unit"] == "year":
        return _iso(published.year + shift)
    if match["unit"] == "month":
        months = published.year * 12 + published.month - 1 + shift
        return _iso(months // 12, months % 12 + 1)
    if match["unit"] == "week":
        monday = published - timedelta(published.weekday() - 7 * shift)
        return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"
    return (published + timedelta(shift)).isoformat() if match["unit"] == "day" else None


def _weekend(_: re.Match[str], published: date | None) -> str | None:
    if published is None:
        return None
    saturday = published - timedelta((published.weekday() - 5) % 7)
    return f"{saturday.isoformat()}/{(saturday + timedelta(1)).isoformat()}"


def _quarter(match: re.Match[str], published: date | None) -> str | None:
    """ "the third quarter": the last one that has begun, or that of the year named."""
    quarter = ("first", "second", "third", "fourth").index(match["which"]) + 1
    first = 3 * quarter - 2
    if match["year"]:
        year = int(match["year"])
    elif published is None:
        return None
    else:
        year = published.year if first <= published.month else published.year - 1
    last = date(year, first + 2, monthrange(year, first + 2)[1])
    return f"{date(year, first, 1).isoformat()}/{last.isoformat()}"


def _iso(year: int, month: int | None = None) -> str:
    """A year or a month as ISO 8601. Raises ValueError outside the calendar."""
    first = date(year, month or 1, 1).isoformat()
    return first[:4] if month is None else first[:7]


def _count(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    return 1 if word in ("a", "an") else int(SMALL[word]) if word in SMALL else None


SHIFT = r"(?:(?P<shift>last|past|previous|this|next|coming|current)\s+)?"
Meaning = Callable[[re.Match[str], date | None], str | None]
RULES: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (re.compile(rf"(?:\w+day\s+)?{MONTH}\s+{DAY}(?:\s+{YEAR})?"), _dated),
    (re.compile(rf"(?:\w+day\s+)?{DAY}\s+{MONTH}(?:\s+{YEAR})?"), _dated),
    (re.compile(rf"{SHIFT}{MONTH}(?:\s+{YEAR})?"), _month),
    (re.compile(rf"(?:year\s+)?{YEAR}"), lambda match, _: match["year"]),
    (re.compile(rf"{SHIFT}{WEEKDAY}"), _weekday),
    (re.compile(r"today|tonight|overnight|this|yesterday|tomorrow"), _near),
    (re.compile(rf"{COUNT}\s+{UNIT}\s+ago"), _ago),
    (re.compile(rf"(?:last|past|previous)\s+{COUNT}\s+{UNIT}"), _stretch),
    (re.compile(rf"(?P<shift>last|past|previous|this|next|current)\s+{UNIT}"), _around),
    (re.compile(r"(?:(?:last|this|past)\s+)?weekend"), _weekend),
    (re.compile(rf"(?P<which>first|second|third|fourth)[\s-]+quarter(?:\s+{YEAR})?"), _quarter),
)

"""What the screens say, as plain strings: cleaned text, local times, numbers with their speakers.

Nothing here knows of Textual. Times come in as aware UTC and go out as local ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from newsdesk.models import UNSORTED, Desk, Figure, LabelledPassage, StoredArticle

# Ingest has cleaned the text; this second pass keeps every character's place, so that the offsets of
# entities and figures still fit: control characters, C1, embeddings and isolates of the bidirectional
# algorithm, line and paragraph separators, the byte-order mark, and surrogates that cannot be printed.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)

QUANTIFIER_SIGNS = {
    "exact": "",
    "more_than": ">",
    "at_least": "≥",
    "less_than": "<",
    "up_to": "≤",
    "approximately": "~",
    "range": "",
    "vague": "",
    "fraction": "",
}


def clean(text: str) -> str:
    """The text without anything that moves a cursor or turns the line round; same length."""
    return _CONTROL.sub(" ", text).replace("\t", " ")


def clean_line(text: str) -> str:
    """The text on one line, white space folded."""
    return " ".join(clean(text).split())


# ---------------------------------------------------------------------- times


def local(moment: datetime) -> datetime:
    """The moment in the reader's time zone."""
    return moment.astimezone()


def clock(moment: datetime) -> str:
    """`09:41`, local."""
    return f"{local(moment):%H:%M}"


def when(moment: datetime, now: datetime) -> str:
    """Short: the clock today, the weekday in the last six days, the date beyond."""
    there, here = local(moment), local(now)
    days = (here.date() - there.date()).days
    if days == 0:
        return clock(moment)
    if 0 < days < 7:
        return f"{there:%a}"
    if there.year == here.year:
        return f"{there.day} {there:%b}"
    return f"{there.day} {there:%b %Y}"


def date_and_clock(moment: datetime) -> str:
    """Long: `Wed 27 Mar 2024 09:41`."""
    there = local(moment)
    return f"{there:%a} {there.day} {there:%b %Y} {clock(moment)}"


def ago(moment: datetime, now: datetime) -> str:
    """`12 min ago`, `3 h ago`; empty for what is a day old or lies ahead."""
    gone = now - moment
    if timedelta(0) <= gone < timedelta(minutes=1):
        return "just now"
    if timedelta(0) < gone < timedelta(hours=1):
        return f"{int(gone.total_seconds() // 60)} min ago"
    if timedelta(0) < gone < timedelta(days=1):
        return f"{int(gone.total_seconds() // 3600)} h ago"
    return ""


def reading_minutes(passages: tuple[LabelledPassage, ...]) -> int:
    """Minutes to read, at 230 words a minute (Brysbaert 2019: 238 for English non-fiction)."""
    words = sum(len(passage.text.split()) for passage in passages)
    return max(1, round(words / 230))


# ---------------------------------------------------------------------- passages

SILENT = frozenset(("heading", "furniture"))
"""Kinds of passages that are not counted and carry no mark of their own."""


def counted(passages: Iterable[LabelledPassage]) -> list[LabelledPassage]:
    """The passages that count."""
    return [passage for passage in passages if passage.kind not in SILENT]


# ---------------------------------------------------------------------- topics


def count(number: int, one: str, many: str = "") -> str:
    """`1 passage`, `2 passages`; thousands with a comma."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def topic_keys(desk: Desk) -> dict[str, str]:
    """Topic id -> the digit that shows it; topics beyond the ninth have none (`·`)."""
    keys = {topic.id: str(place) if place < 10 else "·" for place, topic in enumerate(desk.topics, 1)}
    return {**keys, UNSORTED: "0"}


def topic_titles(desk: Desk) -> dict[str, str]:
    """Topic id -> title, with Unsorted."""
    return {**{topic.id: clean_line(topic.title) for topic in desk.topics}, UNSORTED: "Unsorted"}


def topic_hues(desk: Desk) -> dict[str, str]:
    """Topic id -> theme variable (`$topic-3`); hues come round again after the ninth."""
    hues = {topic.id: f"$topic-{place % 9 + 1}" for place, topic in enumerate(desk.topics)}
    return {**hues, UNSORTED: "$topic-0"}


_REMARKS = {
    "(at most)": "over the most that words can give",
    "(at least)": "below nothing",
    "(weak words alone)": "weak words alone",
    "(out of context)": "nothing around that the topic needs",
    "neighbours": "the passages beside it",
}


def cue(text: str) -> str:
    """A reason for a label as it reads in a sum: words as the desk has them, remarks in plain words."""
    plain = clean_line(text)
    word = plain.removeprefix("against: ")
    return f"{word}, which speaks against it" if word != plain else _REMARKS.get(plain, plain)


# ---------------------------------------------------------------------- figures


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def figure_value(figure: Figure) -> tuple[str, str]:
    """Sign and number: `(">", "32,400")`. Where there is no number, its words: `("", "dozens")`."""
    sign = QUANTIFIER_SIGNS[figure.quantifier]
    if figure.quantifier == "range" and figure.min is not None and figure.max is not None:
        return "", f"{_number(figure.min)}–{_number(figure.max)}"
    if figure.quantifier in ("fraction", "vague") or figure.unit == "money":
        return "", clean_line(figure.text)
    values = [value for value in (figure.best, figure.min, figure.max) if value is not None]
    if not values:
        return "", clean_line(figure.text)
    number = _number(values[0])
    return sign, f"{number} %" if figure.unit == "percent" else number


def figure_counts(figure: Figure) -> str:
    """What is counted and what happened to it: `people killed`."""
    in_words = figure.quantifier in ("fraction", "vague") or figure.unit == "money"
    what = "" if in_words else figure.noun or ""
    happened = figure.category if figure.category != "other" else figure.event or ""
    return clean_line(f"{what} {happened}")


def figure_speaker(figure: Figure, publisher: str) -> str:
    """Who asserts it: `says Health Ministry`, `denies X, via Y`, `unattributed, in OUTLET`."""
    if not figure.asserted_by:
        return f"unattributed, in {clean_line(publisher)}"
    via = f", via {clean_line(figure.via)}" if figure.via else ""
    return f"{figure.stance or 'says'} {clean_line(figure.asserted_by)}{via}"


def figure_details(figure: Figure) -> str:
    """Place, date and scope, as far as known: `Gaza · October 7 · cumulative`."""
    scope = "" if figure.scope == "unknown" else figure.scope
    return " · ".join(clean_line(part) for part in (figure.place, figure.when, scope) if part)


def claims(article: StoredArticle) -> tuple[Figure, ...]:
    """The figures that someone asserts: negated and conditional numbers are none."""
    return tuple(figure for figure in article.figures if not figure.hypothetical)


DURATIONS = frozenset(
    ("second", "minute", "hour", "day", "night", "week", "weekend", "month", "year", "decade", "century")
)
"""Units of how long something takes."""


def listed(article: StoredArticle) -> tuple[Figure, ...]:
    """The claims that stand beside the text: durations would push the counts out of sight."""
    return tuple(figure for figure in claims(article) if figure.unit not in DURATIONS)


# ---------------------------------------------------------------------- the clipboard


def clip(article: StoredArticle, passage: LabelledPassage) -> str:
    """A passage as it goes to the clipboard: words, outlet, time, title, address, and who says each
    figure in it."""
    lines = [
        clean(passage.text),
        "",
        f"— {clean_line(article.publisher)}, {date_and_clock(article.published)}: "
        f"{clean_line(article.title)}",
    ]
    if article.url:
        lines.append(clean_line(article.url))
    lines += [
        f"{clean_line(figure.text)}: {figure_speaker(figure, article.publisher)}"
        for figure in claims(article)
        if figure.passage == passage.index
    ]
    return "\n".join(lines)

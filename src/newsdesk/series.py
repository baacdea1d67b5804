"""Figures in series, and which of them may be held against each other. Pure; below analysis and store.

Two figures are compared only if category, scope, place and population match (DESIGN.md section 5, after the
rules of casualty recorders: the UN's count of May 2024 seemed halved where only its definition had changed).
What is not printed is not guessed: without a place, a printed date or the keeper of a running count stands
for it; without these a figure is compared with nothing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from newsdesk.models import Category, Figure, FigureHit
from newsdesk.models.ledger import Anchor, Measure, SeriesName

SAME_TIME = timedelta(hours=24)
"""Reports further apart are an update, not a disagreement."""
ROUGHLY = 0.1
"""What "about" and a share leave open, as a part of the number."""
REMEMBERED = 2_048
"""Figures of which is remembered what was made out: lists ask for the same ones again."""
_ROUND_FROM = 1_000
"""Exact numbers from here on that end in noughts are rounded: "32,000" for 32,333."""

MEASURES: Mapping[Measure, str] = {
    "": "",
    "share": "share",
    "part": "part of it",
    "up": "rise",
    "down": "fall",
    "demanded": "demanded",
}
"""What a series measures, in words; nothing for a count."""
_RUNNING = frozenset(("cumulative", "current", "period"))
"""Scopes of a count that somebody keeps."""
_EVENTS = frozenset(("incident", "day", "period"))
"""Scopes of something that happened on a date."""
_DAYS_BACK = 1
"""A day printed with a running count says as of when, where it is no further back; else since when."""

_ANYONE = frozenset(
    (
        *("people", "person", "persons", "individual", "individuals", "other", "others", "remaining", "more"),
        *("additional", "another", "further", "total", "all", "some", "such", "these", "those", "them"),
        *("their", "its", "his", "her", "or", "and", "so", "of", "the", "a", "an", "in", "at", "from", "as"),
        *("far", "victim", "victims", "life", "lives", "body", "bodies", "casualty", "casualties"),
    )
)
"""Words of a counted noun that leave nobody out."""
_BEFALLEN: Mapping[str, Category] = {
    **dict.fromkeys(("dead", "death", "deaths", "killed", "fatality", "fatalities"), "killed"),
    **dict.fromkeys(("wounded", "injured", "hurt"), "injured"),
    **dict.fromkeys(("captured", "taken", "seized"), "captured"),
    "held": "held",
    "missing": "missing",
}
"""Words that leave nobody out of a category; in another one they do: "30 of those taken" have died."""
_CIVILIANS = frozenset(("civilian", "noncombatant", "non-combatant"))
_SINGULAR = {"women": "woman", "men": "man", "children": "child", "people": "people", "wives": "wife"}

_LITTLE = frozenset(
    ("the", "a", "an", "of", "in", "at", "for", "from", "by", "on", "and", "to", "its", "their", "his", "her")
)
_CONTROLLED = re.compile(r"\b[\w-]+-(?:run|controlled|led|backed|held|ruled|appointed|affiliated)\b")
_GROUND = frozenset(
    (
        *("strip", "city", "town", "village", "valley", "province", "region", "governorate", "district"),
        *("enclave", "territory"),
    )
)
_CURRENCY = re.compile(
    r"US\$|[$€£¥₹₪₽₺]|\b(?:USD|EUR|GBP|dollars?|euros?|pounds?|shekels?|rubles?|yen|yuan)\b"
)


class Population(NamedTuple):
    """Who or what is counted."""

    unit: str
    words: str
    """Folded words that narrow it: `child woman`; civilians and combatants among them."""
    group: str
    """Names in it, such as a nationality: it tells readings apart, but makes no series of its own."""


class Interval(NamedTuple):
    """Numbers that a figure leaves possible."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False


# ---------------------------------------------------------------------- what a figure is of


def folded(text: str) -> str:
    """Without accents, case, possessives and double blanks."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    plain = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    return " ".join(re.sub(r"'s\b|'(?=\s|$)", "", plain).split())


@lru_cache(maxsize=REMEMBERED)
def population(figure: Figure) -> Population:
    """Who is counted: the unit, what narrows it, and names of groups."""
    unit = figure.unit or ""
    if unit == "money":
        found = _CURRENCY.search(figure.text)
        return Population(f"money {found[0]}" if found else unit, "", "")
    noun = figure.noun or ""
    if unit not in ("person", "percent") and figure.quantifier != "fraction":
        return Population(unit, "", "")
    words: set[str] = set()
    group: set[str] = set()
    for word in re.findall(r"[\w'\u2019-]+", noun):
        plain = folded(word)
        if any(one.isdigit() for one in plain) or plain in _ANYONE:
            continue
        if _BEFALLEN.get(plain) == figure.category:
            continue
        if word[:1].isupper():
            group.add(_singular(plain))
        elif (one := _singular(plain)) not in _ANYONE:
            words.add(one)
    if figure.status in ("civilian", "combatant"):
        words -= _CIVILIANS
        words.add(figure.status)
    return Population(unit, " ".join(sorted(words)), " ".join(sorted(group)))


def _singular(word: str) -> str:
    if word in _SINGULAR:
        return _SINGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def measure(figure: Figure) -> Measure:
    """Whether the number is a count, or a share, a part, a change, a demand."""
    if figure.stance == "demands":
        return "demanded"
    if figure.trend is not None:
        return figure.trend
    if figure.quantifier == "fraction":
        return "share"
    return "part" if figure.parent is not None else ""


def anchor(figure: Figure) -> tuple[Anchor, str, str]:
    """What ties it to one thing counted: kind, folded key, and the words as printed."""
    if figure.place:
        return "place", figure.place_id or folded(figure.place), figure.place
    if figure.scope in _EVENTS and figure.date:
        return "date", figure.date, figure.when or figure.date
    if figure.scope in _RUNNING and (key := speaker_key(figure.asserted_by)):
        return "speaker", key, figure.asserted_by or ""
    return "none", "", ""


def name_of(figure: Figure) -> SeriesName:
    """The series that a figure belongs to."""
    kind, _, shown = anchor(figure)
    who = population(figure)
    return SeriesName(
        category=figure.category,
        event=folded(figure.event or "") if figure.category == "other" else "",
        anchor=kind,
        place=shown,
        scope=figure.scope,
        population=who.words,
        unit=who.unit,
        measure=measure(figure),
    )


def counted(figure: Figure, name: SeriesName) -> str:
    """Who or what is counted, as printed, where that says more than people."""
    return figure.noun or name.unit if name.population or name.unit not in ("person", "") else ""


def title(name: SeriesName, figure: Figure) -> str:
    """A series in words, `hostages captured · October 7 · incident`; the figure is one of it."""
    what = name.event if name.category == "other" else name.category
    where = f"by {name.place}" if name.anchor == "speaker" else name.place or "place not printed"
    parts = (
        " ".join(part for part in (counted(figure, name), what) if part),
        where,
        "" if name.scope == "unknown" else name.scope,
        MEASURES[name.measure],
    )
    return " · ".join(part for part in parts if part)


def identity(figure: Figure) -> str:
    """The series' key: equal for the figures of one series."""
    name, (kind, key, _) = name_of(figure), anchor(figure)
    parts = (name.category, name.event, kind, key, name.scope, name.unit, name.population, name.measure)
    return "|".join(part.replace("|", "/") for part in parts)


def nearness(figure: Figure) -> str:
    """Equal for figures of one category and place, whatever scope and population; empty without a place."""
    kind, key, _ = anchor(figure)
    name = name_of(figure)
    if kind != "place":
        return ""
    return "|".join(part.replace("|", "/") for part in (name.category, name.event, key))


# ---------------------------------------------------------------------- who says so, and when


def speaker_key(speaker: str | None) -> str:
    """A speaker's words in any order, without who controls the body: "Gaza's Health Ministry" and "Health
    Ministry in the Hamas-run Gaza Strip" are one. Empty: nobody is named."""
    words = re.findall(r"[\w-]+", _CONTROLLED.sub(" ", folded(speaker or "")))
    return " ".join(sorted({word for word in words if word not in _LITTLE and word not in _GROUND}))


def voice(hit: FigureHit) -> str:
    """Who asserts it: the speaker's key, or the outlet in its own voice."""
    return speaker_key(hit.figure.asserted_by) or f"in {folded(hit.article.publisher)}"


def as_of(hit: FigureHit) -> date:
    """The day that a number is given for (UTC): a printed day, where it says as of when; else that of
    publication."""
    published = hit.article.published.date()
    day = _day(hit.figure.date)
    if day is None or day > published:
        return published
    if hit.figure.scope == "day":
        return day
    running = hit.figure.scope in ("cumulative", "current")
    return day if running and (published - day).days <= _DAYS_BACK else published


def _day(text: str | None) -> date | None:
    try:
        return datetime.strptime(text or "", "%Y-%m-%d").date()
    except ValueError:
        return None


# ---------------------------------------------------------------------- what may be compared


def differences(one: FigureHit, other: FigureHit) -> tuple[str, ...]:
    """Fields in which two figures do not match, in the order of DESIGN.md; none: they may be compared.

    `place` too where nothing printed ties them to one place, `date` where they are of different incidents
    or days, `population` where one counts a nationality that the other does not name.
    """
    a, b = one.figure, other.figure
    mine, theirs = name_of(a), name_of(b)
    fields = []
    if (mine.category, mine.event) != (theirs.category, theirs.event):
        fields.append("category")
    if mine.scope != theirs.scope:
        fields.append("scope")
    if anchor(a)[:2] != anchor(b)[:2] or mine.anchor == "none":
        fields.append("place")
    if population(a) != population(b):
        fields.append("population")
    if mine.measure != theirs.measure:
        fields.append("measure")
    if mine.scope == theirs.scope and _other_date(one, other):
        fields.append("date")
    return tuple(fields)


def _other_date(one: FigureHit, other: FigureHit) -> bool:
    scope = one.figure.scope
    if scope == "day":
        return as_of(one) != as_of(other)
    return scope in _EVENTS and bool(
        one.figure.date and other.figure.date and one.figure.date != other.figure.date
    )


def interval(figure: Figure) -> Interval | None:
    """The numbers that its words leave possible; None where they exclude none ("dozens")."""
    low, high, best = figure.min, figure.max, figure.best
    if figure.quantifier == "vague":
        return None
    if figure.quantifier in ("more_than", "at_least"):
        bound = low if low is not None else best
        return None if bound is None else Interval(bound, math.inf, figure.quantifier == "more_than", True)
    if figure.quantifier in ("less_than", "up_to"):
        bound = high if high is not None else best
        return None if bound is None else Interval(0, bound, False, figure.quantifier == "less_than")
    if figure.quantifier == "range" and low is not None and high is not None:
        return Interval(low, high)
    number = best if best is not None else low if low is not None else high
    if number is None:
        return None
    if figure.quantifier in ("approximately", "fraction"):
        return Interval(number * (1 - ROUGHLY), number * (1 + ROUGHLY))
    half = _rounding(number) if figure.unit != "percent" else 0
    return Interval(number - half, number + half)


def _rounding(number: float) -> float:
    """How far off a round number may be: half of its last digit's place; 0 for one that is not round."""
    if number < _ROUND_FROM or number != int(number):
        return 0
    digits = str(int(number))
    noughts = len(digits) - len(digits.rstrip("0"))
    return 10**noughts / 2 if noughts >= 2 else 0


def excludes(one: Figure, other: Figure) -> bool:
    """Whether not both numbers can hold: "more than 30" leaves 35 possible, 30 not."""
    return _apart(interval(one), interval(other))


def _apart(a: Interval | None, b: Interval | None) -> bool:
    if a is None or b is None:
        return False
    low, high = max(a.low, b.low), min(a.high, b.high)
    open_end = any(
        (one.open_low and one.low == low) or (one.open_high and one.high == high) for one in (a, b)
    )
    return low > high or (low == high and open_end)


class _Claim(NamedTuple):
    """A figure with what is asked of it again and again, made out once."""

    published: datetime
    voice: str
    words: frozenset[str]
    """Of a named speaker; empty: the outlet's own voice."""
    definition: tuple[object, ...]
    tied: bool
    date: str | None
    """Of an incident or a period, as far as it is printed."""
    denies: bool
    interval: Interval | None


@lru_cache(maxsize=REMEMBERED)
def _claim(hit: FigureHit) -> _Claim:
    figure = hit.figure
    said = voice(hit)
    dated = figure.scope in _EVENTS and figure.scope != "day"
    return _Claim(
        published=hit.article.published,
        voice=said,
        words=frozenset(said.split()) if figure.asserted_by else frozenset(),
        definition=(
            identity(figure),
            population(figure).group,
            as_of(hit) if figure.scope == "day" else None,
        ),
        tied=anchor(figure)[0] != "none",
        date=figure.date if dated else None,
        denies=figure.stance == "denies",
        interval=interval(figure),
    )


def _comparable(one: _Claim, other: _Claim) -> bool:
    """Whether there are no `differences`."""
    same = one.tied and one.definition == other.definition
    return same and not (one.date and other.date and one.date != other.date)


def _one_voice(one: _Claim, other: _Claim) -> bool:
    if one.words and other.words:
        return one.words <= other.words or other.words <= one.words
    return one.voice == other.voice


def _contradict(one: _Claim, other: _Claim) -> bool:
    """Whether two voices disagree about the same count; a denial disagrees with what it leaves possible."""
    if _one_voice(one, other) or not _comparable(one, other):
        return False
    apart = _apart(one.interval, other.interval)
    return not apart if one.denies != other.denies else apart and not one.denies


def conflicts(hits: Sequence[FigureHit]) -> dict[int, tuple[int, ...]]:
    """Which of the figures contradict which others, by their places in `hits`: of different voices, at most
    SAME_TIME apart. What a voice has replaced by a number of its own is not held against what comes after.
    """
    claims = [_claim(hit) for hit in hits]
    passed = recalled(hits)
    order = [place for place in range(len(hits)) if place not in passed]
    order.sort(key=lambda place: claims[place].published)
    replaced = _replaced(claims, order)
    found: dict[int, list[int]] = {}
    for number, later in enumerate(order):
        now = claims[later].published
        for earlier in reversed(order[:number]):
            if now - claims[earlier].published > SAME_TIME:
                break
            until = replaced.get(earlier)
            if (until is None or until > now) and _contradict(claims[earlier], claims[later]):
                found.setdefault(earlier, []).append(later)
                found.setdefault(later, []).append(earlier)
    return {place: tuple(sorted(others)) for place, others in found.items()}


def _replaced(claims: Sequence[_Claim], order: Sequence[int]) -> dict[int, datetime]:
    """When a claim's voice has said another number for the same, by the claim's place."""
    found: dict[int, datetime] = {}
    last: dict[tuple[object, ...], list[int]] = {}
    for place in order:
        claim = claims[place]
        before = last.setdefault((claim.voice, claim.definition, claim.date), [])
        if before and claims[before[0]].published < claim.published:
            found |= dict.fromkeys(before, claim.published)
            before.clear()
        before.append(place)
    return found


def recalled(hits: Sequence[FigureHit]) -> frozenset[int]:
    """Places of figures that their article only looks back on: "45, up from 30". Of several numbers that one
    voice has for the same in one article, the first one printed is the newest.
    """
    first: dict[tuple[object, ...], int] = {}
    for place in sorted(range(len(hits)), key=lambda one: (-hits[one].key[0], hits[one].key[2])):
        first.setdefault((hits[place].article.id, *_count_of(hits[place])), place)
    return frozenset(range(len(hits))) - set(first.values())


def _count_of(hit: FigureHit) -> tuple[object, ...]:
    claim = _claim(hit)
    return claim.voice, claim.definition, claim.date, claim.denies


def breaks(hits: Sequence[FigureHit]) -> dict[int, tuple[str, ...]]:
    """Where the line of a voice is not to be drawn through, by places in `hits`: what differs from this
    voice's report before, in order of time."""
    order = sorted(range(len(hits)), key=lambda place: (as_of(hits[place]), hits[place].article.published))
    last: dict[str, int] = {}
    found = {}
    passed = recalled(hits)
    for place in order:
        if place in passed:
            continue
        before = last.get(voice(hits[place]))
        if before is not None and (fields := differences(hits[before], hits[place])):
            found[place] = fields
        last[voice(hits[place])] = place
    return found


def voices(hits: Sequence[FigureHit]) -> int:
    """How many different voices there are, those who only confirm among them."""
    said = {voice(hit) for hit in hits}
    confirmed = {speaker_key(one) for hit in hits for one in hit.figure.confirmed_by}
    return len(said | (confirmed - {""}))

"""Entities and their dossiers -> `Content`. Beside `present`, whose styles it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from textual.content import Content, Span

from newsdesk.models import EntityKind, Figure
from newsdesk.models.entities import DossierHit, EntityRow
from newsdesk.tui import present, words
from newsdesk.tui.widgets.lines import spread

NAMED_STYLE = "bold underline "
"""The name, where a passage has it, before the hue of its kind: lit without colour, too."""

KINDS: tuple[EntityKind, ...] = tuple(present.ENTITY_MARKS)
"""In the order in which a key goes through them."""
KIND_WORDS: Mapping[EntityKind, tuple[str, str]] = {
    "person": ("person", "people"),
    "organization": ("organization", "organizations"),
    "place": ("place", "places"),
    "group": ("group", "groups"),
    "event": ("event", "events"),
}
_SHORT: Mapping[EntityKind, str] = {"organization": "orgs"}
_BARS = "▁▂▃▄▅▆▇█"
_NO_DAY = "·"


def mark(kind: EntityKind) -> Content:
    """`◆ `, in the hue of its kind."""
    return Content.styled(f"{present.ENTITY_MARKS[kind]} ", present.ENTITY_HUES[kind])


def row(row: EntityRow, width: int, now: datetime) -> list[Content]:
    """An entity's two lines: name, trend and mentions; kind, other names, articles and last day."""
    hue = present.ENTITY_HUES[row.kind]
    name = Content(" ") + mark(row.kind) + present.line(row.name, f"bold {hue}")
    number = Content.styled(f"{row.mentions:>7,}", "$prose")
    trend = Content.styled(sparkline(row.trend), hue) if width >= 46 else Content("")
    also = ", ".join(words.clean_line(alias) for alias in row.aliases)
    about = present.join([Content.styled(KIND_WORDS[row.kind][0], hue), present.plain(also, present.QUIET)])
    where = present.plain(f"in {words.count(row.articles, 'article')}", present.QUIET)
    return [
        spread(name, trend + number, width),
        spread(Content("   ") + about, present.join([last_seen(row, now), where]), width),
    ]


def sparkline(trend: Sequence[int]) -> str:
    """A day a sign, the last at the right; a dot is a day without a mention."""
    most = max(trend, default=0)
    return "".join(_BARS[(number * 8 - 1) // most] if number else _NO_DAY for number in trend)


def last_seen(row: EntityRow, now: datetime) -> Content:
    """The last day, where that is not today: `27 Mar`."""
    if row.last is None or row.last.date() >= now.date():
        return Content("")
    day = f"{row.last.day} {row.last:%b}" + (f" {row.last.year}" if row.last.year != now.year else "")
    return Content.styled(day, present.QUIET)


def kind_label(kind: EntityKind | None, number: int, *, chosen: bool, short: bool) -> Content:
    """One entry of the bar of kinds; None is all of them."""
    sign, name, hue = (
        ("", "All" if short else "All kinds", "$cursor")
        if kind is None
        else (f"{present.ENTITY_MARKS[kind]} ", KIND_WORDS[kind][1], present.ENTITY_HUES[kind])
    )
    if short and kind is not None:
        name = _SHORT.get(kind, name)
    label, count = Content(f" {sign}{name}"), f" {number:,} "
    if chosen:
        return (label + Content(count)).stylize(f"bold reverse {hue}")
    return label.stylize(hue) + Content.styled(count, present.QUIET)


# ---------------------------------------------------------------------- the dossier


def head(row: EntityRow, width: int, now: datetime) -> Content:
    """Name and kind; how often and where; the trend; other names."""
    hue = present.ENTITY_HUES[row.kind]
    first = mark(row.kind) + present.join(
        [present.line(row.name, f"bold {hue}"), Content.styled(KIND_WORDS[row.kind][0], hue)]
    )
    numbers = present.join(
        [
            Content.styled(
                f"{words.count(row.mentions, 'mention')} in {words.count(row.articles, 'article')}", "$prose"
            ),
            Content.styled(sparkline(row.trend), hue) + Content.styled(" 14 days", present.QUIET),
            last_seen(row, now),
        ]
    )
    lines = [first.truncate(width, ellipsis=True), numbers.truncate(width, ellipsis=True)]
    if row.aliases:
        names = " · ".join(words.clean_line(alias) for alias in row.aliases)
        also = Content.styled("also ", present.QUIET)
        lines.append((also + present.plain(names, "$prose")).truncate(width, ellipsis=True))
    return Content("\n").join(lines)


def hit(
    hit: DossierHit, kind: EntityKind, topics: present.Topics, width: int, now: datetime
) -> list[Content]:
    """A passage of a dossier: time, outlet, topic, title; its words with the name lit; its figures."""
    time = words.ago(hit.article.published, now) or words.when(hit.article.published, now)
    fixed = present.join(
        [
            Content.styled(time, present.QUIET),
            present.line(hit.article.publisher, "$strong"),
            Content.styled(f"{topics.key(hit.topic)} {topics.title(hit.topic)}", topics.hue(hit.topic)),
        ]
    )
    title = present.line(hit.article.title, present.QUIET)
    lines = [present.join([fixed, title]).truncate(width, ellipsis=True)]
    lines += [part.rstrip() for part in _lit(hit, kind).wrap(max(width, 1))]
    for figure in hit.figures:
        lines += _figure(figure, hit.article.publisher, width)
    return [*lines, Content("")]


def _lit(hit: DossierHit, kind: EntityKind) -> Content:
    text = words.clean(hit.text)
    style = NAMED_STYLE + present.ENTITY_HUES[kind]
    spans = [Span(start, end, style) for start, end in hit.spans if 0 <= start < end <= len(text)]
    return Content(text, spans=spans)


def _figure(figure: Figure, publisher: str, width: int) -> list[Content]:
    sign, value = words.figure_value(figure)
    lead = Content.styled("  # ", "$figure-name") + Content.styled(
        f"{sign} {value}".strip() + " ", "bold $figure-name"
    )
    said = present.join(
        [
            Content.styled(words.figure_counts(figure), "$prose"),
            Content.styled(words.figure_speaker(figure, publisher), "$strong"),
            Content.styled(words.figure_details(figure), present.QUIET),
        ]
    )
    return present.hanging(lead, said, width).split("\n")


def clip(row: EntityRow) -> str:
    """An entity as it goes to the clipboard: name, kind, how often, other names."""
    counted = f"{words.count(row.mentions, 'mention')} in {words.count(row.articles, 'article')}"
    lines = [f"{words.clean_line(row.name)} ({KIND_WORDS[row.kind][0]}): {counted}"]
    if row.aliases:
        lines.append("also " + ", ".join(words.clean_line(alias) for alias in row.aliases))
    return "\n".join(lines)

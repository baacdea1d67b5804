"""Figures in series -> `Content`: rows of the ledger, its plot. Beside `present`, whose styles it takes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from textual.content import Content

from newsdesk import series
from newsdesk.models import Figure, FigureHit
from newsdesk.models.ledger import Report, Series, SeriesName
from newsdesk.tui import present, words
from newsdesk.tui.widgets.lines import spread

NUMBER = "bold $figure-name"
CONFLICT = "bold $alarm"
CARD = 72
"""Columns below which a report has no columns of its own."""
_SCOPE_FROM, _WORDS_FROM = 88, 100
"""Columns from which the table has the scope, the words."""
_SCOPES = {
    "cumulative": "total",
    "current": "now",
    "incident": "incident",
    "day": "day",
    "period": "period",
    "unknown": "",
}
"""Scopes in a narrow column."""
_MARKS = re.compile(r"[A-Z][>≥<≤~\[\]]?")


# ---------------------------------------------------------------------- words


def title(name: SeriesName, figure: Figure) -> str:
    """`hostages captured · October 7 · incident`."""
    return words.clean_line(series.title(name, figure))


def number(figure: Figure) -> str:
    """Sign and number: `> 32,400`; without a number, the words."""
    sign, value = words.figure_value(figure)
    return f"{sign} {value}" if sign else value


def as_of(hit: FigureHit, now: datetime) -> str:
    """The day that a number is given for, short; today the clock of its publication."""
    day = series.as_of(hit)
    if day == hit.article.published.date():
        return words.when(hit.article.published, now)
    return words.when(datetime.combine(day, hit.article.published.timetz()), now)


def difference(report: Report, of: SeriesName) -> str:
    """Why a report is not compared: `different scope: day`."""
    name = series.name_of(report.hit.figure)
    said = []
    for field in report.differs:
        value = {
            "scope": name.scope,
            "population": series.counted(report.hit.figure, name) or "people",
            "measure": series.MEASURES[name.measure] or "a count",
        }.get(field, "")
        said.append(f"different {field}" + (f": {words.clean_line(value)}" if value else ""))
    return ", ".join(said)


def clip(hit: FigureHit) -> str:
    """A figure as it goes to the clipboard: words, speaker, outlet, time, title, address."""
    figure, article = hit.figure, hit.article
    details = words.figure_details(figure)
    lines = [
        f"{words.clean_line(figure.text)}: {words.figure_speaker(figure, article.publisher)}",
        " · ".join(part for part in (words.figure_counts(figure), details) if part),
        f"— {words.clean_line(article.publisher)}, {words.date_and_clock(article.published)}: "
        f"{words.clean_line(article.title)}",
        words.clean_line(article.url),
    ]
    return "\n".join(one for one in lines if one)


# ---------------------------------------------------------------------- the list of series


def series_row(row: Series, width: int) -> list[Content]:
    """Two lines: what is counted with the number of reports; the newest number with its speaker."""
    mark = Content.styled(" !", CONFLICT) if row.conflicts else Content("  ")
    head = Content(" ") + present.line(title(row.name, row.newest.figure), present.STRONG)
    count = Content.styled(f"{row.figures:,}", "$prose") + mark
    hit = row.newest
    said = Content.assemble(
        Content.styled(f"   {number(hit.figure)}", NUMBER),
        Content("  "),
        present.line(words.figure_speaker(hit.figure, hit.article.publisher), present.QUIET),
    )
    voices = Content.styled(words.count(row.speakers, "voice") + "  ", present.QUIET)
    return [spread(head, count, width), spread(said, voices, width)]


# ---------------------------------------------------------------------- the reports


class Table(Struct, frozen=True):
    """What the rows of a series have in common: letters of voices, conflicts, breaks, and the width that
    numbers need."""

    name: SeriesName
    letters: Mapping[str, str]
    conflicts: Mapping[tuple[int, int, int], tuple[str, ...]]
    """By a figure's key: the reports that contradict it, in words."""
    breaks: Mapping[tuple[int, int, int], tuple[str, ...]]
    numbers: int
    plotted: bool = False


def table(name: SeriesName, hits: Sequence[FigureHit], *, plotted: bool) -> Table:
    """Of the reports of a series that are there, the newest first."""
    conflicts = series.conflicts(hits)
    letters: dict[str, str] = {}
    for hit in sorted(hits, key=lambda one: one.article.published):
        letters.setdefault(series.voice(hit), _letter(len(letters)))
    return Table(
        name=name,
        letters=letters,
        conflicts={
            hits[place].key: tuple(_rival(hits[other]) for other in others)
            for place, others in conflicts.items()
        },
        breaks={hits[place].key: fields for place, fields in series.breaks(hits).items()},
        numbers=min(20, max([11, *(len(number(hit.figure)) for hit in hits)])),
        plotted=plotted,
    )


def _letter(place: int) -> str:
    return chr(ord("A") + min(place, 25))


def _rival(hit: FigureHit) -> str:
    said = words.figure_speaker(hit.figure, hit.article.publisher)
    return f"{number(hit.figure)}, {said}" + (
        f", in {words.clean_line(hit.article.publisher)}" if hit.figure.asserted_by else ""
    )


def heads(width: int, of: Table) -> Content:
    """The line above the reports."""
    if width < CARD:
        return Content("")
    cells = "".join(f"{text:<{room}} " for text, room in _columns(width, of))
    return Content.styled(f" {'as of':>8}    {'figure':>{of.numbers}}  {cells}", present.QUIET)


def _columns(width: int, of: Table) -> list[tuple[str, int]]:
    """Columns after the number: what each says above, how wide it is."""
    left = width - 15 - of.numbers
    counts, outlet = (10, 14) if width >= _SCOPE_FROM else (9, 12)
    scope = 8 if width >= _SCOPE_FROM else 0
    quoted = max(18, left // 5) if width >= _WORDS_FROM else 0
    fixed = [room + 1 for room in (counts, outlet, scope, quoted) if room]
    found = [
        *(("", counts), ("says", max(14, left - sum(fixed) - 1))),
        *(("outlet", outlet), ("scope", scope), ("words", quoted)),
    ]
    return [(text, room) for text, room in found if room]


def report_row(report: Report, of: Table, width: int, now: datetime) -> Content:
    """A report on one line: as of, sign, number, speaker, outlet, scope, words."""
    hit, figure = report.hit, report.hit.figure
    beside = bool(report.differs)
    mark = _mark(report, of)
    letter = of.letters.get(series.voice(hit), " ") if of.plotted and not beside else " "
    when = Content.styled(f"{as_of(hit, now):>8.8} ", "$prose") + mark
    lead = Content(" ") + when + Content.styled(f"{letter} ", NUMBER)
    speaker = words.figure_speaker(figure, hit.article.publisher)
    style = present.QUIET if beside else "$strong"
    value = Content.styled(number(figure), present.QUIET if beside else NUMBER)
    if width < CARD:
        # The speaker before all else: what is counted stands above.
        outlet = f", {words.clean_line(hit.article.publisher)}" if figure.asserted_by else ""
        why = f" · {difference(report, of.name)}" if beside else ""
        return (lead + value + Content.styled(f"  {speaker}{outlet}{why}", style)).truncate(
            width, ellipsis=True
        )
    value = value.truncate(of.numbers, ellipsis=True)
    row = lead + Content(" " * max(0, of.numbers - value.cell_length)) + value + Content("  ")
    quoted = difference(report, of.name) if beside else f"“{words.clean_line(figure.text)}”"
    in_words = figure.quantifier in ("fraction", "vague") or figure.unit == "money"
    columns = _columns(width, of)
    cells = [
        ("" if in_words else words.clean_line(figure.noun or ""), "$prose"),
        (speaker, style),
        (words.clean_line(hit.article.publisher), "$prose"),
        *([(_SCOPES[figure.scope], present.QUIET)] if len(columns) > 3 else []),
        *([(quoted, present.QUIET)] if len(columns) > 4 else []),
    ]
    for (text, tone), (_, room) in zip(cells, columns, strict=True):
        cell = Content.styled(text, present.QUIET if beside else tone).truncate(room, ellipsis=True)
        row += cell + Content(" " * (room - cell.cell_length + 1))
    return row.truncate(width, ellipsis=True)


def _mark(report: Report, of: Table) -> Content:
    if report.differs:
        return Content.styled("≠", "$prose")
    if report.hit.key in of.conflicts:
        return Content.styled("!", CONFLICT)
    return Content.styled("┆" if report.hit.key in of.breaks else " ", present.QUIET)


def about(report: Report, of: Table) -> Content:
    """What is to be said of the report under the cursor: who confirms, what contradicts, why it differs."""
    figure = report.hit.figure
    parts = [
        present.plain(words.figure_speaker(figure, report.hit.article.publisher), "$strong"),
        present.plain(words.figure_details(figure), present.QUIET),
    ]
    if figure.confirmed_by:
        named = ", ".join(words.clean_line(one) for one in figure.confirmed_by)
        parts.append(present.plain(f"confirmed by {named}", "$prose"))
    if rivals := of.conflicts.get(report.hit.key, ()):
        parts.append(present.plain(f"! contradicted by {'; '.join(rivals)}", CONFLICT))
    if fields := of.breaks.get(report.hit.key, ()):
        parts.append(
            present.plain(f"┆ another {', '.join(fields)} than this voice's report before", present.QUIET)
        )
    if report.differs:
        parts.append(present.plain(f"≠ {difference(report, of.name)}", "$prose"))
    article = report.hit.article
    return (
        present.join(parts)
        + Content("\n")
        + present.join(
            [
                present.line(article.publisher, "$prose"),
                present.plain(words.date_and_clock(article.published), present.QUIET),
                present.line(article.title or "(no title)", present.QUIET),
            ]
        )
    )


def head(name: SeriesName, hits: Sequence[FigureHit], total: int, *, more: bool) -> Content:
    """The series over its reports: title, how many, by how many voices, from when to when."""
    if not hits:
        return Content("")
    said = [
        present.plain(title(name, hits[0].figure), present.STRONG),
        Content.styled(words.count(total, "report"), present.QUIET),
        Content.styled(words.count(series.voices(hits), "voice") + ("+" if more else ""), present.QUIET),
    ]
    days = sorted(hit.article.published for hit in hits)
    first, last = (f"{words.local(one).day} {words.local(one):%b}" for one in (days[0], days[-1]))
    said.append(Content.styled(first if first == last else f"{first} to {last}", present.QUIET))
    return Content(" ") + present.join(said)


# ---------------------------------------------------------------------- the series over time


def plotted(hits: Sequence[FigureHit], of: Table, width: int, height: int) -> Content:
    """The plot with its letters; what cannot be drawn says so."""
    from newsdesk.tui.chart import Point, draw

    points: list[Point] = []
    lines: dict[str, int] = {}
    for hit in _in_time(hits):
        voice = series.voice(hit)
        if hit.key in of.breaks or voice not in lines:
            lines[voice] = max(lines.values(), default=0) + 1
        letter = of.letters.get(voice, "?")
        for value, sign in _values(hit.figure):
            joined = sign not in ("[", "]")
            points.append(Point(_moment(hit), value, letter + sign, lines[voice] if joined else -len(points)))
    if len({(point.when, point.number) for point in points}) < 2:
        return Content.styled(" One number: nothing to draw over time.", present.QUIET)
    return Content("\n").join(_toned(line) for line in draw(points, width, height))


def _in_time(hits: Sequence[FigureHit]) -> list[FigureHit]:
    """What is drawn, the oldest first; not the numbers that an article only looks back on."""
    passed = series.recalled(hits)
    drawn = [hit for place, hit in enumerate(hits) if place not in passed]
    return sorted(drawn, key=lambda one: (series.as_of(one), one.article.published))


def _moment(hit: FigureHit) -> datetime:
    published = hit.article.published
    return published - timedelta(days=(published.date() - series.as_of(hit)).days)


def _values(figure: Figure) -> list[tuple[float, str]]:
    """Numbers to draw with their signs; both ends of a range."""
    if figure.quantifier == "range" and figure.min is not None and figure.max is not None:
        return [(figure.min, "["), (figure.max, "]")]
    found = next((one for one in (figure.best, figure.min, figure.max) if one is not None), None)
    return [] if found is None else [(found, words.QUANTIFIER_SIGNS[figure.quantifier])]


def _toned(line: str) -> Content:
    """A line of the plot: letters with their signs stand out, the rest is quiet."""
    axis = max(line.find("┤"), line.find("│"))
    content = Content.styled(line, present.QUIET)
    if axis < 0:
        return content
    for found in _MARKS.finditer(line, axis):
        content = content.stylize(NUMBER, found.start(), found.end())
    return content


def legend(hits: Sequence[FigureHit], of: Table, now: datetime) -> Content:
    """The plot in words: who is which letter, from what to what, where lines break."""
    first: dict[str, FigureHit] = {}
    last: dict[str, FigureHit] = {}
    for hit in _in_time(hits):
        first.setdefault(series.voice(hit), hit)
        last[series.voice(hit)] = hit
    lines = []
    for voice, letter in of.letters.items():
        begin, end = first[voice], last[voice]
        said = words.figure_speaker(end.figure, end.article.publisher)
        moved = f"{number(begin.figure)} ({as_of(begin, now)})"
        if begin.key != end.key:
            moved += f" to {number(end.figure)} ({as_of(end, now)})"
        lines.append(
            Content.styled(f" {letter} ", NUMBER)
            + present.plain(said, "$strong")
            + Content.styled(f"  {moved}", present.QUIET)
        )
    for hit in hits:
        if fields := of.breaks.get(hit.key):
            where = f"the line of {of.letters[series.voice(hit)]} breaks at {as_of(hit, now)}"
            lines.append(present.plain(f" ┆ {where}: another {', '.join(fields)}", present.QUIET))
    return Content("\n").join(lines)

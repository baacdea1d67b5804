"""Search -> `Content`: hits with their words lit, where a query is wrong, its language. Beside `present`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content, Span

from newsdesk.errors import QueryError
from newsdesk.models import Hit
from newsdesk.tui import present, words
from newsdesk.tui.widgets.lines import spread

ALARM = "bold $alarm"
_BEFORE = 36
"""Characters of a passage that a snippet shows before the first word found."""

EXAMPLES = (
    ("ceasefire qatar", "both words in one passage; the last one may be half typed"),
    ('"went on" or hostage*', "the words in a row, or a word that begins so"),
    ("topic:{topic} since:2d", "a topic's passages of the last two days"),
    ("figure:killed>100 by:ministry", "claims of more than 100 killed, as a ministry says"),
    ("entity:Hezbollah not source:wire", "mentions under any name, without some outlets"),
)

LANGUAGE = (
    (
        "Words",
        (
            ("ceasefire qatar", "both words in one passage"),
            ('"went on"', "the words in a row"),
            ("doha or cairo", "one of them; and, or, not, ( )"),
            ("not rumour", "none of it"),
            ("hostage*", "a word that begins so"),
            ("truce near/5 violated", "at most five words between"),
        ),
    ),
    (
        "Filters",
        (
            ("topic:diplomacy", "a topic of this desk; topic:unsorted"),
            ("source:reuters", "outlet, title or address of the feed"),
            ("tag:agencies", "feeds with this tag"),
            ("by:ministry", "figures whose speaker has this in the name"),
            ('entity:"Red Cross"', "mentions of it, under any of its names"),
            ("place:Rafah", "the same, places only"),
            ("title:ceasefire", "the article's title has it"),
            ("is:unread", "unread, read, starred, changed"),
            ("since:2d  before:1w", "h, d, w, or a date: 2024-03-27"),
            ("figure:killed>100", "claims of a category, with > >= < <= ="),
            ("has:figure", "a claim in it; has:entity"),
            ("sort:rank", "the best of the newest 1,000 first"),
            ("@name", "a saved query"),
        ),
    ),
)


def lit(text: str, spans: Sequence[tuple[int, int]]) -> Content:
    """A text with the words found lit; offsets are those of the text as stored."""
    clean = words.clean(text)
    marks = [Span(start, end, present.HIT_STYLE) for start, end in spans if 0 <= start < end <= len(clean)]
    return Content(clean, spans=marks)


def snippet(hit: Hit, width: int, lines: int) -> list[Content]:
    """Lines of a passage around the first word found."""
    content = lit(hit.text, hit.spans)
    first = hit.spans[0][0] if hit.spans else 0
    start = 0
    if first > max(width - 12, _BEFORE):
        blank = content.plain.find(" ", first - _BEFORE)
        start = blank + 1 if 0 <= blank < first else first
        content = Content.styled("… ", present.QUIET) + content[start:]
    wrapped = [part.rstrip() for part in content.wrap(max(width, 8))]
    if len(wrapped) <= lines:
        return wrapped
    *above, last = wrapped[:lines]
    return [*above, (last + Content.styled(" …", present.QUIET)).truncate(width, ellipsis=True)]


def hit(found: Hit, topics: present.Topics, width: int, now: datetime) -> list[Content]:
    """A hit as three lines: time, outlet and title with the topic at the right; then the words."""
    topic = Content.styled(f"{topics.key(found.topic)} {topics.title(found.topic)}", topics.hue(found.topic))
    room = width - 4
    when = Content.styled(f" {words.when(found.published, now):>{11 if width >= 80 else 6}}  ", present.QUIET)
    outlet = present.line(found.publisher, "$prose").truncate(max(12, room // 4), ellipsis=True)
    title = present.line(found.title or "(no title)", present.STRONG)
    head = spread(when + outlet + Content("  ") + title, topic + Content(" "), width)
    return [head, *(Content("   ") + part for part in snippet(found, room, 2))]


def preview(found: Hit, topics: present.Topics, width: int, now: datetime) -> Content:
    """The passage under the cursor, whole."""
    age = words.ago(found.published, now)
    about = present.join(
        [
            present.line(found.publisher, "$prose"),
            present.plain(
                words.date_and_clock(found.published) + (f" ({age})" if age else ""), present.QUIET
            ),
            Content.styled(f"{topics.key(found.topic)} {topics.title(found.topic)}", topics.hue(found.topic)),
        ]
    )
    title = present.line(found.title or "(no title)", present.STRONG)
    parts = [title, about, Content(""), lit(found.text, found.spans), Content("")]
    return Content("\n").join([*parts, present.line(found.url, present.QUIET)])


def counted(number: int, *, capped: bool, ranked: bool) -> str:
    """`1 hit`, `1,000+ hits`, `best of the newest 1,000`."""
    if ranked:
        return f"the best of {words.count(number, 'hit')}"
    return f"{number:,}+ hits" if capped else words.count(number, "hit")


def wrong(error: QueryError, offset: int, width: int) -> Content:
    """An arrow below the column where a query is wrong, and what is wanted; `offset` is that of column 1."""
    said = words.clean_line(f"{error.wrong}; {error.way_out}" if error.way_out else error.wrong)
    column = max(0, min(offset + error.column - 1, width - 1))
    after = present.line(said, "$figure-name")
    if column + 2 + after.cell_length <= width or column < width // 2:
        text = Content(" " * column) + Content.styled("↑ ", ALARM) + after
        return text.truncate(width, ellipsis=True)
    before = after.truncate(max(column - 1, 1), ellipsis=True)
    return Content(" " * (column - before.cell_length - 1)) + before + Content.styled(" ↑", ALARM)


def offered(values: Sequence[str], key: str) -> Content:
    """What may complete the query: `Tab topic: · title:`."""
    if not values:
        return Content("")
    first, *others = (present.line(one) for one in values)
    shown = [first.stylize(present.STRONG), *(one.stylize(present.QUIET) for one in others)]
    return Content.styled(f" {key} ", present.QUIET) + present.join(shown)


def lesson(topic: str, saved: Sequence[str], language: str, width: int) -> Content:
    """What stands where hits will be: how to ask. `topic` is one of the desk's."""
    examples = [(form.format(topic=words.clean_line(topic)), says) for form, says in EXAMPLES]
    widest = max(len(form) for form, _ in examples)
    lines = [Content.styled("Type words, or ask for more:", present.STRONG), Content("")]
    for form, says in examples:
        lead = Content.styled(f"  {form:<{widest}}  ", "bold $cursor")
        text = Content.styled(says, "$prose")
        if width - lead.cell_length >= 24:
            lines.append(present.hanging(lead, text, width))
        else:
            lines += [lead, present.hanging(Content("    "), text, width)]
    lines.append(Content(""))
    if saved:
        names = present.line(" ".join(f"@{name}" for name in saved), "bold $cursor")
        lines.append(Content.styled("  saved: ", present.QUIET) + names)
    more = Content.styled(f"{language} has the whole language; ↑ brings earlier queries", present.QUIET)
    lines.append(present.hanging(Content("  "), more, width))
    return Content("\n").join(lines)


def nothing(query: str, width: int) -> Content:
    """No passage has what is asked for."""
    ways = Content.styled(
        "fewer words find more, `or` between them too; word* finds what begins so", "$prose"
    )
    said = present.line(f"No passage has {query}", present.STRONG)
    parts = [
        present.hanging(Content(""), said, width),
        Content(""),
        present.hanging(Content("  "), ways, width),
    ]
    return Content("\n").join(parts)


def language(width: int) -> Content:
    """The query language on a page."""
    lines: list[Content] = []
    for title, rows in LANGUAGE:
        lines.append(Content.styled(title, "bold $cursor"))
        for form, says in rows:
            lead = Content.styled(f"  {form:<22} ", present.STRONG)
            lines.append(present.hanging(lead, Content.styled(says, present.QUIET), width))
        lines.append(Content(""))
    return Content("\n").join(lines)

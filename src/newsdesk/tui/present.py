"""Records -> `Content`: the one place that styles text.

Colours are theme variables only, and never the only sign: people are bold, organizations underlined,
places in italics, groups both of these, events bold and in italics, figures on a ground of their own; lists
put a mark beside every kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from textual.content import Content, Span

from newsdesk.models import (
    UNSORTED,
    Counts,
    Cue,
    Desk,
    Entity,
    EntityKind,
    Figure,
    Headline,
    LabelledPassage,
    Section,
    StoredArticle,
)
from newsdesk.tui import words

Highlights = Literal["all", "entities", "figures", "none"]
HIGHLIGHTS: tuple[Highlights, ...] = ("all", "entities", "figures", "none")

ENTITY_MARKS: Mapping[EntityKind, str] = {
    "person": "◆",
    "organization": "■",
    "place": "▲",
    "group": "◇",
    "event": "▷",
}
ENTITY_STYLES: Mapping[EntityKind, str] = {
    "person": "bold $person",
    "organization": "underline $organization",
    "place": "italic $place",
    "group": "italic underline $group",
    "event": "bold italic $event",
}
ENTITY_HUES: Mapping[EntityKind, str] = {
    "person": "$person",
    "organization": "$organization",
    "place": "$place",
    "group": "$group",
    "event": "$event",
}
FIGURE_STYLE = "bold $figure on $figure-back"
HIT_STYLE = "bold reverse $cursor"
"""Words that were searched for."""

BESIDE = 84
"""Columns from which a figure's speaker stands beside it."""
WIDE = 120
"""Columns from which the header says everything."""

BETWEEN = " · "
BULLET = "• "
BY_HAND = "✎ set by hand"
QUIET = "$quiet"
STRONG = "bold $strong"


class Topics(Struct, frozen=True):
    """How a desk's topics are shown: key, title and hue by topic id, `UNSORTED` among them."""

    order: tuple[str, ...]
    keys: dict[str, str]
    titles: dict[str, str]
    hues: dict[str, str]

    @classmethod
    def of(cls, desk: Desk) -> Topics:
        return cls(
            order=(*(topic.id for topic in desk.topics), UNSORTED),
            keys=words.topic_keys(desk),
            titles=words.topic_titles(desk),
            hues=words.topic_hues(desk),
        )

    def key(self, topic: str | None) -> str:
        return self.keys.get(topic or UNSORTED, "·")

    def title(self, topic: str | None) -> str:
        return self.titles.get(topic or UNSORTED, words.clean_line(topic or UNSORTED))

    def hue(self, topic: str | None) -> str:
        return self.hues.get(topic or UNSORTED, "$topic-0")


def plain(text: str, style: str = "") -> Content:
    """Any text as content, with nothing in it taken for markup."""
    return Content.styled(words.clean(text), style) if style else Content(words.clean(text))


def line(text: str, style: str = "") -> Content:
    """Any text as content on one line."""
    return plain(words.clean_line(text), style)


def join(parts: Iterable[Content]) -> Content:
    """The parts that are not empty, with a quiet separator."""
    return Content.styled(BETWEEN, QUIET).join([part for part in parts if part])


def in_frame(title: Content) -> Content:
    """A title with room around it in the line that it stands in."""
    return Content(" ") + title + Content(" ")


def hanging(lead: Content, text: Content, width: int) -> Content:
    """`lead`, then `text` beside it, wrapped below its own first line."""
    room = max(width - lead.cell_length, 12)
    first, *more = text.wrap(room) or [Content("")]
    indent = Content(" " * lead.cell_length)
    return Content("\n").join([lead + first, *(indent + part for part in more)])


# ---------------------------------------------------------------------- the list


def headline(
    row: Headline, topics: Topics, width: int, now: datetime, height: int = 3
) -> tuple[Content, ...]:
    """An article as three lines of the list, or two: title on all but one, then time, outlet and topics."""
    room = max(width - 4, 8)
    title = words.clean_line(row.title) or "(no title)"
    style = STRONG if row.unread else "$prose"
    wrapped = Content.styled(title, style).wrap(room)
    lines = [part.rstrip() for part in wrapped]
    if len(lines) > height - 1:
        above = lines[: height - 2]
        rest = Content.styled(" ".join(part.plain.strip() for part in lines[height - 2 :]), style)
        lines = [*above, rest.truncate(room, ellipsis=True)]
    lead = Content.styled(" ● ", "$cursor") if row.unread else Content("   ")
    shown = [lead + lines[0], *(Content("   ") + part for part in lines[1:])]
    shown.append((Content("   ") + _meta(row, topics, now, room)).truncate(width - 1, ellipsis=True))
    return (*shown, *[Content("")] * (height - len(shown)))


def _meta(row: Headline, topics: Topics, now: datetime, room: int) -> Content:
    """Time, outlet, topics; the outlet is what gets cut."""
    star = Content.styled("★ ", "$figure-name") if row.starred else Content("")
    time = star + Content.styled(f"{words.when(row.published, now):>5}", QUIET)
    counts = Content(" ").join(
        Content.styled(f"{topics.key(topic)}·{passages}", topics.hue(topic)) for topic, passages in row.topics
    )
    revision = Content.styled(f"rev {row.revision}" if row.revision > 1 else "", QUIET)
    fixed = [part for part in (time, counts, revision) if part]
    left = room - sum(part.cell_length + 2 for part in fixed)
    outlet = line(row.publisher, QUIET).truncate(max(left, 4), ellipsis=True)
    return Content("  ").join([time, outlet, *fixed[1:]])


# ---------------------------------------------------------------------- running text


def passage(
    passage: LabelledPassage,
    entities: Sequence[Entity],
    figures: Sequence[Figure],
    highlights: Highlights,
    lit: Sequence[tuple[int, int]] = (),
) -> Content:
    """A passage's text, with what `highlights` asks for; offsets are those of the stored text."""
    text = words.clean(passage.text)
    spans: list[Span] = []
    if highlights in ("all", "entities"):
        spans += (
            Span(mention.start, mention.end, ENTITY_STYLES[entity.kind])
            for entity in entities
            for mention in entity.mentions
            if mention.passage == passage.index
        )
    if highlights in ("all", "figures"):
        spans += (
            Span(figure.start, figure.end, FIGURE_STYLE)
            for figure in figures
            if figure.passage == passage.index
        )
    spans += (Span(start, end, HIT_STYLE) for start, end in lit)
    if passage.kind == "heading":
        return Content.styled(text, STRONG)
    content = Content(text, spans=[span for span in spans if 0 <= span.start < span.end <= len(text)])
    if passage.kind == "item":
        return Content.styled(BULLET, QUIET) + content
    return content


def passage_text(passage: LabelledPassage) -> str:
    """The words of `passage` without their styles: made in no time, for measuring."""
    text = words.clean(passage.text)
    return f"{BULLET}{text}" if passage.kind == "item" else text


def reference(passage: LabelledPassage, topics: Topics) -> Content:
    """One line for a passage that stands in another pane: `↪ in 2  Israeli emergency services …`."""
    where = topics.key(passage.topic)
    return Content.assemble(
        Content.styled(f"↪ in {where} ", topics.hue(passage.topic)),
        Content.styled(words.clean_line(passage.text), QUIET),
    )


def also(passage: LabelledPassage, topics: Topics) -> Content:
    """The further topics of a passage, and whether a person set them: `also in 2 3 · set by hand`."""
    keys = [Content.styled(topics.key(topic), topics.hue(topic)) for topic in passage.topics[1:]]
    further = Content.styled("also in ", QUIET) + Content(" ").join(keys) if keys else Content("")
    return join([further, Content.styled(BY_HAND if passage.manual else "", QUIET)])


def under_heading(text: str) -> Content:
    """The sub-heading that a passage stands under, where the heading itself is in another pane."""
    return Content.styled("… " + words.clean_line(text), "bold $quiet")


def pane_title(section: Section, passages: Sequence[LabelledPassage], topics: Topics) -> Content:
    """`1 Diplomacy · 8 passages · +3 from 2 3`: those of other panes that belong here, too."""
    here = len([one for one in words.counted(passages) if one.index in section.passages])
    parts = [Content.styled(words.count(here, "passage"), QUIET)]
    others = {one.topic for one in passages if one.index in section.also}
    if others:
        keys = sorted((topics.key(topic), topics.hue(topic)) for topic in others)
        named = Content(" ").join(Content.styled(key, hue) for key, hue in keys)
        parts.append(Content.styled(f"+{len(section.also)} from ", QUIET) + named)
    name = f"{topics.key(section.topic)} {topics.title(section.topic)}"
    return in_frame(join([Content.styled(name, f"bold {topics.hue(section.topic)}"), *parts]))


def article_head(
    article: StoredArticle, now: datetime, language: str = "", voice: str = ""
) -> tuple[Content, Content]:
    """Title, and the line under it: outlet, author, date, age, revision, minutes.

    `language`: the name of the one it is in where that is not English. `voice`: its feed's source class.
    """
    age = words.ago(article.published, now)
    parts = [
        line(f"{article.publisher} ({voice.replace('_', ' ')})" if voice else article.publisher, "$prose"),
        plain(f"in {language}: topics by words alone" if language else "", "$figure-name"),
        line(article.author, QUIET),
        plain(words.date_and_clock(article.published) + (f" ({age})" if age else ""), QUIET),
        plain(f"revision {article.revision}" if article.revision > 1 else "", QUIET),
        plain(_only_summary(article), QUIET),
        plain(f"{words.reading_minutes(article.passages)} min", QUIET),
    ]
    star = Content.styled("★ ", "$figure-name") if article.starred else Content("")
    return star + line(article.title or "(no title)", STRONG), join(parts)


# ---------------------------------------------------------------------- figures and entities


UNDER = 14
"""Columns before a speaker that stands below its figure."""


def _only_summary(article: StoredArticle) -> str:
    """What is shown of an article of which there is no more than the feed's summary, and why."""
    if article.full_text != "summary":
        return ""
    return f"summary only: {article.page_note}" if article.page_note else "summary only"


def figures(claims: Sequence[Figure], publisher: str, width: int) -> Content:
    """The figures as `figure_rows` has them, one below the other."""
    return Content("\n").join(row for rows in figure_rows(claims, publisher, width) for row in rows)


def figure_rows(claims: Sequence[Figure], publisher: str, width: int) -> list[list[Content]]:
    """The rows of each figure, its speaker beside it where there is room, else below: never without.

    The speaker is wrapped where it must be; place, date and scope take the rest of its last line and are
    cut at the end of it.
    """
    lefts = [_counted(claim) for claim in claims]
    most = width // 2 + 2 if width >= BESIDE else 0
    column = max((left.cell_length for left in lefts if left.cell_length <= most), default=0)
    found = []
    for claim, left in zip(claims, lefts, strict=True):
        speaker = Content.styled(words.figure_speaker(claim, publisher), "$strong")
        details = Content.styled(words.figure_details(claim), QUIET)
        if left.cell_length <= column and speaker.cell_length <= width - column - 2:
            said = left + Content(" " * (column + 2 - left.cell_length)) + speaker
        else:
            indent = Content(" " * min(UNDER, width // 4))
            said = left + Content("\n") + hanging(indent, speaker, width)
        *above, last = said.split("\n")
        room = width - last.cell_length - len(BETWEEN)
        found.append([*above, join([last, details.truncate(room, ellipsis=True)]) if room >= 4 else last])
    return found


def _counted(claim: Figure) -> Content:
    sign, value = words.figure_value(claim)
    number = f"{sign} {value}" if sign else value
    return Content.assemble(
        Content.styled("# ", "$figure-name"),
        Content.styled(f"{number:>11} ", "bold $figure-name"),
        Content.styled(words.figure_counts(claim), "$prose"),
    )


def entity(entity: Entity) -> Content:
    """`◆ Benjamin Netanyahu 6`."""
    return Content.assemble(
        Content.styled(f"{ENTITY_MARKS[entity.kind]} ", ENTITY_HUES[entity.kind]),
        Content.styled(words.clean_line(entity.name), ENTITY_HUES[entity.kind]),
        Content.styled(f" {len(entity.mentions)}", QUIET),
    )


# ---------------------------------------------------------------------- why


def why(passage: LabelledPassage, topics: Topics, threshold: float, width: int) -> Content:
    """Scores and cues: `Lebanon front  2.6  =  Hezbollah 1.0 + heading … 0.4 − out of context 0.7`."""
    rows: list[Content] = []
    if passage.manual:
        named = [Content.styled(topics.title(topic), f"bold {topics.hue(topic)}") for topic in passage.topics]
        where = Content(", ").join(named) if named else Content.styled("Unsorted", f"bold {topics.hue(None)}")
        rows += [Content.styled("✎ Set by hand: ", STRONG) + where, Content("")]
        rows.append(Content.styled("What its words would say:", QUIET))
    elif not passage.topics:
        rows.append(Content.styled("No topic scores enough: the passage stands in Unsorted.", "$prose"))
    for topic in sorted(passage.scores, key=lambda key: -passage.scores[key]):
        counts = topic in passage.topics and not passage.manual
        hue = topics.hue(topic) if counts else QUIET
        name = f"{'✓' if counts else ' '} {topics.key(topic)} {topics.title(topic)}"
        reasons = _reasons([cue for cue in passage.why if cue.topic == topic])
        lead = Content.assemble(
            Content.styled(f"{name:<24.24}", f"bold {hue}" if counts else hue),
            Content.styled(f"{passage.scores[topic]:>5.1f}", "bold $strong" if counts else QUIET),
            Content.styled("  =  " if reasons else "", QUIET),
        )
        if width >= 70 or not reasons:
            rows.append(hanging(lead, reasons, width))
        else:
            rows += [lead, hanging(Content("    "), reasons, width)]
    if not passage.scores:
        rows.append(Content.styled("None of the desk's words stands here or around.", QUIET))
    if not passage.manual:
        rows += [Content(""), Content.styled(f"✓ counts: a score from {threshold:.1f} on", QUIET)]
    return Content("\n").join(rows)


def _reasons(cues: Sequence[Cue]) -> Content:
    """Cues as a sum; what speaks against the topic is taken away."""
    reasons = Content("")
    for cue in cues:
        sign = "−" if cue.weight < 0 else "+"
        reasons += Content.assemble(
            Content.styled(f" {sign} " if reasons or cue.weight < 0 else "", QUIET),
            Content.styled(words.cue(cue.cue), "$prose"),
            Content.styled(f" {abs(cue.weight):.1f}", QUIET),
        )
    return reasons


# ---------------------------------------------------------------------- header, topic bar, footer


def progress(states: Mapping[str, tuple[int, int]], *, room: int) -> Content:
    """What is under way: `fetching 7 of 18 ████░░░░░░ · reading figures 3 of 40`."""
    names = {
        "refresh": "fetching",
        "index": "indexing",
        "deep": "reading figures",
        "relabel": "re-labelling",
    }
    parts = []
    for what, (done, total) in states.items():
        full = round(10 * done / total) if total else 0
        meter = " " + "█" * full + "░" * (10 - full) if room >= WIDE else ""
        text = f"{names.get(what, what)} {done:,} of {total:,}{meter}"
        parts.append(Content.styled(text, "$cursor" if what == "refresh" else QUIET))
    return join(parts)


def header_right(counts: Counts, *, offline: bool, progress: Content, now: datetime, room: int) -> Content:
    """Feeds, what fails, when it goes on, articles, and what is under way."""
    due = counts.next_due
    upcoming = f"next {words.when(due, now)}" if due and not offline and due > now else ""
    parts = [
        Content.styled(words.count(counts.feeds, "feed") if room >= WIDE else "", QUIET),
        Content.styled(f"{counts.failing} failing" if counts.failing else "", "bold $alarm"),
        Content.styled(upcoming if room >= WIDE and not progress else "", QUIET),
        Content.styled(f"{words.count(counts.articles, 'article')} cached" if room >= WIDE else "", QUIET),
        progress,
        Content.styled("offline" if offline else "", "bold $figure-name"),
    ]
    return join(parts) + Content(" ")


def topic_label(
    topic: str | None, total: int, topics: Topics, *, chosen: bool, width: int | None = None
) -> Content:
    """One entry of the topic bar; None is All. `width` cuts the title to so many cells."""
    key, title, hue = (
        ("a", "All", "$cursor")
        if topic is None
        else (topics.key(topic), topics.title(topic), topics.hue(topic))
    )
    name = Content(title) if width is None else Content(title).truncate(max(width, 1), ellipsis=True)
    label = Content(f" {key} ") + name
    number = f" {total:,} "
    if chosen:
        return (label + Content(number)).stylize(f"bold reverse {hue}")
    return label.stylize(hue) + Content.styled(number, QUIET)


def saved_label(name: str, *, chosen: bool) -> Content:
    """A saved query's entry of the topic bar."""
    label = line(f"@{name}", "$cursor")
    label = Content(" ") + label + Content(" ")
    return label.stylize("bold reverse $cursor") if chosen else label


def key_hint(key: str, says: str) -> Content:
    """`n next unread`, as in the footer."""
    return Content.styled(key, STRONG) + Content.styled(f" {says}", QUIET)

"""An analysed article as lines: its sections, its figures with their speakers, its entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from newsdesk.cli.printer import Part, Printer, Role
from newsdesk.errors import UsageError
from newsdesk.models import UNSORTED, Analysis, Desk, Entity, Figure, LabelledPassage, Section

KINDS: tuple[tuple[Role, str], ...] = (
    ("person", "People"),
    ("organization", "Organizations"),
    ("place", "Places"),
    ("group", "Groups"),
    ("event", "Events"),
)
EXCERPT = 60
"""Characters of a passage that stands elsewhere."""


def local_time(moment: datetime | None) -> str:
    """A time as people here write it, or nothing."""
    return f"{moment.astimezone():%a %d %b %Y %H:%M}" if moment else ""


def count(number: int, noun: str) -> str:
    """`1 passage`, `2 passages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def choose_topic(word: str, desk: Desk) -> str | None:
    """The topic that `word` (id, title, or number on the topic bar) means; None is Unsorted.

    Raises UsageError with the nearest topic.
    """
    wanted = word.casefold()
    if wanted in (UNSORTED, "0"):
        return None
    for number, topic in enumerate(desk.topics, start=1):
        if wanted in (topic.id.casefold(), topic.title.casefold(), str(number)):
            return topic.id
    from newsdesk.config import nearest

    names = [*(topic.id for topic in desk.topics), UNSORTED]
    raise UsageError(f"desk {desk.id} has no topic {word!r}", nearest(word, names))


def print_article(
    out: Printer,
    analysis: Analysis,
    desk: Desk,
    *,
    name: str = "Untitled",
    topics: Collection[str | None] | None = None,
) -> None:
    """Print the article in its sections; `topics` narrows it to these (None among them: Unsorted).

    `name` stands for a title where there is none.
    """
    print_head(out, analysis, name)
    sections = [one for one in analysis.sections if topics is None or one.topic in topics]
    if not sections:
        out.line(("Nothing in this article is about that.", "quiet"))
    shown: set[int] = set()
    for section in sections:
        _print_section(out, section, analysis, desk)
        shown.update(section.passages, section.also)
    everything = topics is None
    print_figures(out, (one for one in analysis.figures if everything or one.passage in shown), analysis)
    print_entities(out, analysis.entities, None if everything else shown)


def print_head(out: Printer, analysis: Analysis, name: str) -> None:
    """Title (or `name`), outlet, time and address."""
    article = analysis.article
    out.line((article.title or name, "title"))
    language = "" if article.language == "en" else f"language: {article.language}"
    facts = [article.publisher or "", local_time(article.published), language, article.url or ""]
    if any(facts):
        out.line((" · ".join(fact for fact in facts if fact), "quiet"))


def print_figures(out: Printer, figures: Iterable[Figure], analysis: Analysis) -> None:
    """A line a figure, never without who asserts it; what is only supposed is no claim and left out."""
    claims = [figure for figure in figures if not figure.hypothetical]
    if not claims:
        return
    out.heading(f"Figures · {len(claims)}")
    for figure in claims:
        out.line(*figure_parts(figure, analysis.article.publisher))


def print_entities(out: Printer, entities: Iterable[Entity], passages: Collection[int] | None) -> None:
    """A line a kind, names with their mentions (in `passages`, or in all), the most mentioned first."""
    mentions = Counter[Entity]()
    for entity in entities:
        found = [one for one in entity.mentions if passages is None or one.passage in passages]
        mentions.update({entity: len(found)})
    named = [(entity, number) for entity, number in mentions.most_common() if number]
    if not named:
        return
    out.heading(f"Entities · {len(named)}")
    for kind, title in KINDS:
        parts: list[Part] = []
        for entity, number in named:
            if entity.kind == kind:
                parts += [", " if parts else f"{title}: ", (entity.name, kind), f" {number}"]
        if parts:
            out.line(*parts)


def figure_parts(figure: Figure, publisher: str | None) -> tuple[Part, ...]:
    """One claim: its words, what happened, who says so, and what else is known of it."""
    happened = figure.event if figure.category == "other" else figure.category
    known = [
        figure.status if figure.status != "unknown" else None,
        figure.place,
        figure.when,
        figure.scope if figure.scope != "unknown" else None,
        f"from a neighbour: {', '.join(figure.inferred)}" if figure.inferred else None,
    ]
    rest = [word for word in known if word]
    return (
        (figure.text, "figure"),
        f" · {happened}" if happened else "",
        " · ",
        (speaker(figure, publisher), "speaker"),
        "".join(f" · {word}" for word in rest),
    )


def speaker(figure: Figure, publisher: str | None) -> str:
    """Who asserts the figure, in the outlet's own words; or that nobody is named."""
    relay = f" via {figure.via}" if figure.via else ""
    if figure.asserted_by:
        return f"{figure.asserted_by} {figure.stance or 'says'}{relay}"
    return f"{unattributed(publisher)}{relay}"


def unattributed(publisher: str | None) -> str:
    """Who says it where nobody is named: the article's own voice."""
    return f"unattributed, in {publisher}" if publisher else "unattributed"


def marked(passage: LabelledPassage, analysis: Analysis) -> Iterator[Part]:
    """The passage's text with its figures and entities; where two overlap, the figure counts."""
    spans: list[tuple[int, int, Role]] = []
    for figure in analysis.figures:
        if figure.passage == passage.index:
            spans.append((figure.start, figure.end, "figure"))
    for entity in analysis.entities:
        spans += [
            (one.start, one.end, entity.kind) for one in entity.mentions if one.passage == passage.index
        ]
    at = 0
    for start, end, role in sorted(_apart(spans)):
        yield passage.text[at:start]
        yield passage.text[start:end], role
        at = end
    yield passage.text[at:]


def _apart(spans: Iterable[tuple[int, int, Role]]) -> list[tuple[int, int, Role]]:
    """The spans that overlap none before them."""
    kept: list[tuple[int, int, Role]] = []
    for start, end, role in spans:
        if start < end and all(end <= taken[0] or taken[1] <= start for taken in kept):
            kept.append((start, end, role))
    return kept


def _print_section(out: Printer, section: Section, analysis: Analysis, desk: Desk) -> None:
    number = _number(section.topic, desk)
    by_index = {passage.index: passage for passage in analysis.passages}
    here = sum(by_index[index].kind != "heading" for index in section.passages)
    out.heading(f"{number} {section.title} · {count(here, 'passage')}")
    for position, index in enumerate(section.passages):
        passage = by_index[index]
        if position:
            out.line()
        if passage.kind == "heading":
            out.subheading(passage.text)
        else:
            out.line(*marked(passage, analysis))
    if section.also:
        out.line()
    for index in section.also:
        passage = by_index[index]
        text = passage.text if len(passage.text) <= EXCERPT else passage.text[:EXCERPT].rstrip() + "…"
        out.line((f"also in {_number(passage.topic, desk)}: {text}", "quiet"))


def _number(topic: str | None, desk: Desk) -> int:
    """The key of the topic on the topic bar; 0 is Unsorted."""
    ids = [one.id for one in desk.topics]
    return ids.index(topic) + 1 if topic in ids else 0

"""An analysis as lines: sections, figures with their speakers, entities."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from newsdesk.cli.article import choose_topic, count, figure_parts, marked, print_article, speaker
from newsdesk.cli.printer import Printer
from newsdesk.errors import UsageError
from newsdesk.models import (
    Analysis,
    ArticleInfo,
    Desk,
    Entity,
    Figure,
    LabelledPassage,
    Mention,
    PassageKind,
    Section,
    Topic,
)

DESK = Desk(
    title="Test",
    id="test",
    topics=(Topic(id="talks", title="Talks"), Topic(id="lebanon-front", title="Lebanon front")),
)


def passage(index: int, text: str, *topics: str, kind: PassageKind = "paragraph") -> LabelledPassage:
    return LabelledPassage(index, kind, None, text, topics, dict.fromkeys(topics, 1.5), ())


MOMENT = datetime(2024, 3, 27, 9, 41, tzinfo=UTC)
SEVEN = Figure(
    passage=2, start=15, end=27, text="seven people", min=7, max=7, best=7, quantifier="exact", noun="people",
    unit="person", category="killed", event="kill",
)  # fmt: skip
ANALYSIS = Analysis(
    article=ArticleInfo("A [bold]title[/]", "https://example.org/1", "Example Wire", MOMENT),
    desk="test",
    passages=(
        passage(0, "Envoys met in Tassour."),
        passage(1, "At the border", kind="heading"),
        passage(2, "Rockets killed seven people in Halvane.", "lebanon-front", "talks"),
        passage(3, "Envoys of Halvane agreed to meet again.", "talks"),
    ),
    sections=(
        Section("talks", "Talks", (3,), also=(2,)),
        Section("lebanon-front", "Lebanon front", (1, 2)),
        Section(None, "Unsorted", (0,)),
    ),
    entities=(
        Entity("place/tassour", "Tassour", "place", (Mention(0, 14, 21, "Tassour"),)),
        Entity(
            "place/halvane", "Halvane", "place",
            (Mention(2, 31, 38, "Halvane"), Mention(3, 10, 17, "Halvane")),
        ),
        Entity("organization/un", "United Nations", "organization", ()),
    ),
    figures=(SEVEN, replace(SEVEN, text="thousands", hypothetical=True)),
)  # fmt: skip


@dataclass
class Sheet:
    """A printer and what it printed."""

    out: io.StringIO = field(default_factory=io.StringIO)

    @property
    def printer(self) -> Printer:
        return Printer(self.out, io.StringIO())

    @property
    def lines(self) -> list[str]:
        return self.out.getvalue().splitlines()


@pytest.fixture
def sheet() -> Sheet:
    return Sheet()


def test_an_article_in_its_sections(sheet: Sheet) -> None:
    print_article(sheet.printer, ANALYSIS, DESK)
    when = f"{MOMENT.astimezone():%a %d %b %Y %H:%M}"
    assert sheet.lines == [
        "A [bold]title[/]",
        f"Example Wire · {when} · https://example.org/1",
        "",
        "## 1 Talks · 1 passage",
        "Envoys of Halvane agreed to meet again.",
        "",
        "also in 2: Rockets killed seven people in Halvane.",
        "",
        "## 2 Lebanon front · 1 passage",
        "### At the border",
        "",
        "Rockets killed seven people in Halvane.",
        "",
        "## 0 Unsorted · 1 passage",
        "Envoys met in Tassour.",
        "",
        "## Figures · 1",
        "seven people · killed · unattributed, in Example Wire",
        "",
        "## Entities · 2",
        "Places: Halvane 2, Tassour 1",
    ]


def test_a_topic_alone_brings_its_own_figures_and_entities(sheet: Sheet) -> None:
    print_article(sheet.printer, ANALYSIS, DESK, topics=[None])
    assert sheet.lines[3:] == [
        "## 0 Unsorted · 1 passage",
        "Envoys met in Tassour.",
        "",
        "## Entities · 1",
        "Places: Tassour 1",
    ]


def test_a_topic_that_the_article_does_not_have(sheet: Sheet) -> None:
    print_article(sheet.printer, replace(ANALYSIS, sections=ANALYSIS.sections[:1]), DESK, topics=[None])
    assert sheet.lines[-1] == "Nothing in this article is about that."


def test_every_passage_stands_once(sheet: Sheet) -> None:
    print_article(sheet.printer, ANALYSIS, DESK)
    printed = [line.removeprefix("### ") for line in sheet.lines]
    for one in ANALYSIS.passages:
        assert printed.count(one.text) == 1


def test_an_unknown_article_still_has_a_title_line(sheet: Sheet) -> None:
    print_article(sheet.printer, replace(ANALYSIS, article=ArticleInfo()), DESK)
    assert sheet.lines[:3] == ["Untitled", "", "## 1 Talks · 1 passage"]


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("talks", "talks"), ("Talks", "talks"), ("1", "talks"), ("LEBANON FRONT", "lebanon-front"),
        ("2", "lebanon-front"), ("unsorted", None), ("Unsorted", None), ("0", None),
    ],
)  # fmt: skip
def test_topics_by_id_title_and_number(word: str, topic: str | None) -> None:
    assert choose_topic(word, DESK) == topic


@pytest.mark.parametrize(
    ("word", "meant"), [("lebanon", "lebanon-front"), ("talk", "talks"), ("unsort", "unsorted")]
)
def test_an_unknown_topic_names_the_nearest(word: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        choose_topic(word, DESK)
    assert caught.value.line() == f"desk test has no topic {word!r}; did you mean {meant}?"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "unattributed, in Example Wire"),
        ({"asserted_by": "the Hamas-run Health Ministry"}, "the Hamas-run Health Ministry says"),
        ({"asserted_by": "Israel", "stance": "denies"}, "Israel denies"),
        ({"asserted_by": "an official", "via": "Reuters"}, "an official says via Reuters"),
        ({"via": "Reuters"}, "unattributed, in Example Wire via Reuters"),
    ],
)
def test_a_figure_never_goes_without_its_speaker(changes: dict[str, str], said: str) -> None:
    figure = replace(SEVEN, **changes)
    assert speaker(figure, "Example Wire") == said
    assert (said, "speaker") in figure_parts(figure, "Example Wire")


def test_unattributed_without_an_outlet() -> None:
    assert speaker(SEVEN, None) == "unattributed"


def test_a_figure_says_what_is_known_of_it() -> None:
    figure = replace(
        SEVEN, category="other", event="gather", status="civilian", place="Halvane", when="October 7",
        scope="incident", inferred=("noun", "place"),
    )  # fmt: skip
    words = "".join(part if isinstance(part, str) else part[0] for part in figure_parts(figure, None))
    assert words == (
        "seven people · gather · unattributed · civilian · Halvane · October 7 · incident"
        " · from a neighbour: noun, place"
    )


def test_marks_keep_every_character_and_the_figure_wins() -> None:
    text = ANALYSIS.passages[2]
    crossing = Entity("group/people", "people", "group", (Mention(2, 21, 27, "people"),))
    around = Entity("event/x", "killed seven", "event", (Mention(2, 8, 20, "killed seven"),))
    parts = list(marked(text, replace(ANALYSIS, entities=(*ANALYSIS.entities, crossing, around))))
    assert "".join(part if isinstance(part, str) else part[0] for part in parts) == text.text
    assert [part for part in parts if not isinstance(part, str)] == [
        ("seven people", "figure"),
        ("Halvane", "place"),
    ]


def test_count() -> None:
    assert (count(1, "feed"), count(0, "feed"), count(2, "new article")) == (
        "1 feed",
        "0 feeds",
        "2 new articles",
    )

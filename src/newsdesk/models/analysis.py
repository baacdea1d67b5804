"""What the analysis says of an article: passages with topics, entities, figures. docs/analysis.md."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from msgspec import Struct

from newsdesk.models.desk import EntityKind

ANALYSIS_SCHEMA = "newsdesk/analysis/1"
ANALYSIS_VERSION = "2"
"""Stamp of the deep pass (entities, figures). Stored results of another version are made anew."""

PassageKind = Literal["paragraph", "heading", "quote", "item", "furniture"]
Quantifier = Literal[
    "exact", "more_than", "at_least", "less_than", "up_to", "approximately", "range", "vague", "fraction"
]
Category = Literal[
    "killed",
    "injured",
    "missing",
    "captured",
    "held",
    "released",
    "displaced",
    "sheltered",
    "arrested",
    "infected",
    "affected",
    "other",
]
Status = Literal["civilian", "combatant", "mixed", "unknown"]
Scope = Literal["incident", "day", "period", "cumulative", "current", "unknown"]
Stance = Literal["says", "confirms", "denies", "believes", "estimates", "demands"]


class Passage(Struct, frozen=True):
    """One block of an article. `heading` is the sub-heading that it stands under."""

    index: int
    kind: PassageKind
    heading: str | None
    text: str


class Cue(Struct, frozen=True):
    """Why a passage has a topic: a word, phrase, entity, `heading …`, `neighbours`, or a person."""

    topic: str
    cue: str
    weight: float


class Label(Struct, frozen=True, array_like=True):
    """A passage's topics, scores and reasons, without its text; the fields of `LabelledPassage`."""

    topics: tuple[str, ...]
    scores: dict[str, float]
    why: tuple[tuple[str, str, float], ...]
    manual: bool = False


NO_LABEL = Label((), {}, ())


class LabelledPassage(Struct, frozen=True):
    """A passage with its topics, the primary one first; no topics means Unsorted."""

    index: int
    kind: PassageKind
    heading: str | None
    text: str
    topics: tuple[str, ...]
    scores: dict[str, float]
    """Of every topic with a score above 0, counted or not."""
    why: tuple[Cue, ...]
    manual: bool = False

    @property
    def topic(self) -> str | None:
        """The pane it stands in; None is Unsorted."""
        return self.topics[0] if self.topics else None


class Section(Struct, frozen=True):
    """The passages of one article under one topic; `topic` None is Unsorted (and comes last).

    `passages` holds each passage once, under its primary topic; `also` the ones that have this topic
    as a further one and stand elsewhere. A sub-heading stands in the section of the passage after it.
    """

    topic: str | None
    title: str
    passages: tuple[int, ...]
    also: tuple[int, ...] = ()


class Mention(Struct, frozen=True):
    """One occurrence of an entity."""

    passage: int
    start: int
    end: int
    text: str


class Entity(Struct, frozen=True):
    """A named thing of one article; `id` is kind/slug, the same in every article."""

    id: str
    name: str
    kind: EntityKind
    mentions: tuple[Mention, ...]
    about: bool = False
    """The article is about it (title, lead, or spoken of throughout); else it only mentions it."""
    aliases: tuple[str, ...] = ()
    """Other names that it goes by, here or in the lexicon: what joins it across articles."""


class Figure(Struct, frozen=True):
    """A numeric claim; docs/design.md has the meaning of every field."""

    passage: int
    start: int
    end: int
    text: str
    min: float | None
    max: float | None
    best: float | None
    quantifier: Quantifier
    noun: str | None
    unit: str | None
    category: Category
    event: str | None
    status: Status = "unknown"
    scope: Scope = "unknown"
    trend: Literal["up", "down"] | None = None
    place: str | None = None
    place_id: str | None = None
    """The entity that `place` names, where it is one of the article's."""
    when: str | None = None
    date: str | None = None
    """`when` resolved by the article's date, ISO 8601: a day, a month, a year, or from/to."""
    asserted_by: str | None = None
    confirmed_by: tuple[str, ...] = ()
    """Further speakers who confirm it, as printed."""
    stance: Stance | None = None
    via: str | None = None
    hypothetical: bool = False
    parent: int | None = None
    """For a fraction or subset: the position, in the article's figures, of the figure it is a part of."""
    inferred: tuple[str, ...] = ()


class ArticleInfo(Struct, frozen=True):
    """What `analyze` says of the article itself."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: datetime | None = None
    language: str = "en"


class Found(NamedTuple):
    """What the deep pass found in one article."""

    entities: tuple[Entity, ...]
    figures: tuple[Figure, ...]
    language: str = "en"
    """ISO 639-1; another one than `en` is labelled by words alone."""
    notices: tuple[str, ...] = ()
    """What the reader should know: no model, another language, too large to be read whole."""


class Analysis(Struct, frozen=True):
    """One article, analysed: what `newsdesk analyze --json` prints."""

    article: ArticleInfo
    desk: str
    passages: tuple[LabelledPassage, ...]
    sections: tuple[Section, ...]
    entities: tuple[Entity, ...]
    figures: tuple[Figure, ...]
    schema: str = ANALYSIS_SCHEMA
    analysis_version: str = ANALYSIS_VERSION
    notices: tuple[str, ...] = ()
    """What the reader should know of the analysis, such as that the language model is missing."""

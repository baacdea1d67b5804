"""Figures and entities of one article -> `Content`, for the desk's strips; what they light in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from newsdesk.models import Entity, Figure, StoredArticle
from newsdesk.tui import present

PICKED_STYLE = "bold reverse $cursor on $background"
"""The words of what is selected, whatever they look like else."""
SPEAKER_STYLE = "bold underline $figure-name"
"""A figure's speaker in the text, while the figure is selected."""
GAP = 1
"""Columns before a cell, for the cursor."""


class Picked(NamedTuple):
    """Words of a passage that are lit: code points of its text, and how they look."""

    passage: int
    start: int
    end: int
    style: str


class Grid(NamedTuple):
    """How entities stand in columns: `height` rows, `room` columns of the screen each."""

    entities: tuple[Entity, ...]
    height: int
    room: int

    def cell(self, place: int) -> Content:
        """The entity at a place, cut to its room; places go down the columns."""
        return present.entity(self.entities[place]).truncate(self.room - GAP - 1, ellipsis=True)


def grid(entities: Sequence[Entity], width: int, most: int = 3) -> Grid:
    """The entities by kind, each kind by mentions, in as many columns as fit."""
    kinds = list(present.ENTITY_MARKS)
    ordered = tuple(
        sorted(entities, key=lambda item: (kinds.index(item.kind), -len(item.mentions), item.name))
    )
    widest = max((present.entity(item).cell_length for item in ordered), default=1)
    columns = max(1, min(most, width // min(widest + GAP + 2, 34)))
    return Grid(ordered, -(-len(ordered) // columns), max(6, width // columns))


def of_entity(entity: Entity) -> tuple[Picked, ...]:
    """All its mentions, in reading order."""
    return tuple(
        Picked(one.passage, one.start, one.end, PICKED_STYLE)
        for one in sorted(entity.mentions, key=lambda one: (one.passage, one.start))
    )


def of_figure(article: StoredArticle, figure: Figure) -> tuple[Picked, ...]:
    """Its words, then its speaker where the text names that: in the passage, else in the nearest before."""
    own = Picked(figure.passage, figure.start, figure.end, PICKED_STYLE)
    speakers = [name for name in (figure.asserted_by, *figure.confirmed_by) if name]
    found = [spot for name in speakers if (spot := _speaker(article, figure, name)) is not None]
    return (own, *(Picked(*spot, SPEAKER_STYLE) for spot in found))


def _speaker(article: StoredArticle, figure: Figure, name: str) -> tuple[int, int, int] | None:
    for names in ([name], _other_names(article.entities, name)):
        for index in range(figure.passage, -1, -1):
            spots = [spot for one in names for spot in _spots(article.passages[index].text, one)]
            if index != figure.passage and spots:
                return (index, *spots[-1])
            if spots:
                return (index, *min(spots, key=lambda spot: abs(spot[0] - figure.start)))
    return None


def _spots(text: str, name: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        yield match.span()


def _other_names(entities: Iterable[Entity], name: str) -> list[str]:
    for entity in entities:
        names = (entity.name, *entity.aliases)
        if any(one.casefold() == name.casefold() for one in names):
            return [one for one in names if one.casefold() != name.casefold()]
    return []

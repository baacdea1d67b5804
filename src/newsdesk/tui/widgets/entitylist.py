"""The Entities screen's list, its bar of kinds, and the dossier of one entity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from textual import events
from textual.content import Content
from textual.message import Message

from newsdesk.models import EntityKind
from newsdesk.models.entities import DossierHit, EntityRow
from newsdesk.tui import present, present_entities
from newsdesk.tui.widgets.flow import Direction, Flow
from newsdesk.tui.widgets.lines import EdgeLine, spread
from newsdesk.tui.widgets.rows import RowList

BATCH = 10
"""Passages whose words one query brings."""
KEPT_HITS = 300
MOST_COUNTED = 500
"""Passages of a dossier that are counted one by one."""


class EntityList(RowList[EntityRow]):
    """Entities by mentions, two lines each."""

    ROW_HEIGHT = 2

    def __init__(self, now: Callable[[], datetime], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._now = now

    def draw(self, row: EntityRow, width: int) -> Sequence[Content]:
        return present_entities.row(row, width, self._now())

    def identity(self, row: EntityRow) -> int:
        return row.key


class KindBar(EdgeLine):
    """All kinds and each with how many there are; a click chooses one."""

    class Chosen(Message):
        """A kind was clicked; None is all."""

        def __init__(self, kind: EntityKind | None) -> None:
            super().__init__()
            self.kind = kind

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._counts: Mapping[EntityKind, int] = {}
        self._kind: EntityKind | None = None
        self._spots: list[tuple[int, EntityKind | None]] = []

    def show_kinds(self, counts: Mapping[EntityKind, int], kind: EntityKind | None, right: Content) -> None:
        """Entities by kind, the chosen kind, and what else narrows the list."""
        if (counts, kind) != (self._counts, self._kind) or not right.is_same(self.right):
            self._counts, self._kind, self.right = counts, kind, right
            self.refresh()

    def render(self) -> Content:
        width = self.content_size.width
        labels = self._labels(short=False)
        if sum(label.cell_length for label in labels) > width - self.right.cell_length - 2:
            labels = self._labels(short=True)
        self._spots, end = [], 0
        for kind, label in zip((None, *present_entities.KINDS), labels, strict=True):
            end += label.cell_length
            self._spots.append((end, kind))
        return spread(Content("").join(labels), self.right, width)

    def _labels(self, *, short: bool) -> list[Content]:
        total = sum(self._counts.values())
        return [
            present_entities.kind_label(
                kind, self._counts.get(kind, 0) if kind else total, chosen=kind == self._kind, short=short
            )
            for kind in (None, *present_entities.KINDS)
        ]

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        for end, kind in self._spots:
            if place is not None and place.x < end:
                self.post_message(self.Chosen(kind))
                return


class Source(Protocol):
    """Where a dossier comes from: the facade."""

    def dossier_keys(
        self, entity: EntityRow, limit: int, before: int | None = None, after: int | None = None
    ) -> tuple[int, ...]: ...
    def dossier(self, entity: EntityRow, keys: Sequence[int]) -> tuple[DossierHit, ...]: ...


class Dossier(Flow, inherit_bindings=False):
    """Every passage that has an entity under any of its names, newest first."""

    def __init__(
        self, source: Source, topics: present.Topics, now: Callable[[], datetime], *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._source = source
        self._topics = topics
        self._now = now
        self.entity: EntityRow | None = None
        self._hits: dict[int, DossierHit] = {}
        self._passages = 0

    def show(self, entity: EntityRow | None) -> None:
        """Show an entity's dossier; the same one stays where it stands, with what the archive has now."""
        same = entity is not None and self.entity is not None and entity.key == self.entity.key
        self.entity = entity
        self._hits.clear()
        self._passages = len(self._source.dossier_keys(entity, MOST_COUNTED)) if entity is not None else 0
        if same:
            self.renew()
        else:
            self.begin()

    @property
    def hit(self) -> DossierHit | None:
        """The passage under the cursor."""
        return self._hit(self.cursor) if self.current is not None else None

    # ------------------------------------------------------------------ items

    def bring(self, way: Direction, key: int | None, limit: int) -> Sequence[int]:
        if self.entity is None:
            return ()
        if way == "below":
            return self._source.dossier_keys(self.entity, limit, before=key)
        return self._source.dossier_keys(self.entity, limit, after=-1 if key is None else key)

    @property
    def total(self) -> int:
        """Its passages; of a dossier with more than MOST_COUNTED, about as many as there are mentions."""
        if self.counted or self.entity is None:
            return self._passages
        return max(self.entity.mentions, self._passages)

    @property
    def counted(self) -> bool:
        """Whether `total` is exact."""
        return self._passages < MOST_COUNTED

    def draw(self, place: int, width: int) -> Sequence[Content]:
        hit = self._hit(place)
        if hit is None or self.entity is None:
            return [Content.styled("  taken out of the archive meanwhile", present.QUIET), Content("")]
        return present_entities.hit(hit, self.entity.kind, self._topics, min(width, 100), self._now())

    def nothing(self, width: int) -> Sequence[Content]:
        if self.entity is None:
            return ()
        return [present.plain("No passage has it any more.", present.QUIET)]

    def _hit(self, place: int) -> DossierHit | None:
        key = self.keys[place]
        if key not in self._hits and self.entity is not None:
            if len(self._hits) > KEPT_HITS:
                self._hits.clear()
            around = self.keys[max(0, place - 1) : place + BATCH]
            wanted = [one for one in around if one not in self._hits]
            self._hits |= {hit.key: hit for hit in self._source.dossier(self.entity, wanted)}
        return self._hits.get(key)

"""Labels of many articles, made in this process or, where there are very many, in others beside it."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator, Sequence
from types import TracebackType

from newsdesk.analysis.topics import Labeller
from newsdesk.models import Desk, Label, Passage
from newsdesk.store.labels import Version
from newsdesk.update.workers import WorkerFailed, Workers

Waiting = Sequence[tuple[Version, tuple[Passage, ...]]]
Labelled = list[tuple[Version, Sequence[Label]]]
MANY = 2_000
"""Articles for which processes are worth their start, a third of a second."""
MOST = 2
"""Processes at most: one that stores has no work for more."""
PATIENCE = 60.0
"""Seconds that a process has for a batch; a tenth of a second is usual."""

_labeller: Labeller | None = None
"""In a process that helps: its labeller."""


def helpers_for(articles: int) -> int:
    """How many processes help with so many articles: none with few."""
    return min(MOST, os.cpu_count() or 1) if articles >= MANY else 0


class Labelling:
    """Labels batches, in their order; a context manager. What the helpers fail at is labelled here."""

    def __init__(self, labeller: Labeller, helpers: int) -> None:
        self._labeller = labeller
        self.helpers = helpers
        desk = labeller.desk
        self._workers = Workers(helpers, lambda: (_begin, (desk,)), modules=[__name__])

    def __enter__(self) -> Labelling:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workers.__exit__(kind, error, trace)

    def labelled(self, batches: Sequence[Waiting]) -> Iterator[Labelled]:
        """The labels of every batch. All are under way at once; the first is there first."""
        if not self.helpers:
            yield from (_with(batch, _labels(self._labeller, batch)) for batch in batches)
            return
        promises = [
            self._workers.promised(PATIENCE, _helped, [passages for _, passages in batch])
            for batch in batches
        ]
        for batch, promise in zip(batches, promises, strict=True):
            try:
                yield _with(batch, promise())
            except WorkerFailed:
                yield _with(batch, _labels(self._labeller, batch))


def _with(batch: Waiting, labels: Sequence[Sequence[Label]]) -> Labelled:
    return [(version, made) for (version, _), made in zip(batch, labels, strict=True)]


def _labels(labeller: Labeller, batch: Waiting) -> list[Sequence[Label]]:
    return [labeller.labels(passages) for _, passages in batch]


def _begin(desk: Desk) -> None:
    """What a helper does first. ^C is for the process that it helps."""
    global _labeller
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # labels have no cycles
    _labeller = Labeller(desk)


def _helped(articles: Sequence[Sequence[Passage]]) -> list[Sequence[Label]]:
    assert _labeller is not None
    return [_labeller.labels(passages) for passages in articles]

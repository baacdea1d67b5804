"""Label stored passages anew, from their text alone, after a desk was edited or another one opened."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Generator, Iterator, Sequence

from newsdesk.analysis.rewording import changed_words, remembered
from newsdesk.analysis.topics import Labeller
from newsdesk.models import Label, Passage, Progress
from newsdesk.store.archive import Archive
from newsdesk.store.labels import Version

BATCH = 250
"""Articles a transaction: some 2,500 passages, so that a mark waits a tenth of a second at most."""

FEW_CHANGES = 300
"""Changed phrases that the index is asked for; a desk written anew has every article looked at."""

Labelled = list[tuple[Version, Sequence[Label]]]


def relabel(archive: Archive, labeller: Labeller, digest: str) -> Generator[Progress, None, None]:
    """Work until every article carries the labels of the desk with this digest.

    Every batch is stored whole, so work that was stopped goes on where it was. Raises ArchiveError.
    """
    done, changed, total = 0, 0, archive.unlabelled_count(digest)
    archive.note_wording(remembered(labeller.desk))
    for kept in _kept(archive, labeller):
        done += kept
        yield Progress("relabel", done, max(total, done), changed)
    while True:
        with _uncollected():
            waiting = archive.unlabelled(digest, BATCH)
            if not waiting:
                return
            changed += archive.save_labels(digest, _labelled(labeller, waiting))
        done += len(waiting)
        yield Progress("relabel", done, max(total, done), changed)


def _kept(archive: Archive, labeller: Labeller) -> Iterator[int]:
    """Leave the labels of articles that the edit does not concern as they are; how many, batch by batch."""
    for before, wording in archive.earlier_wordings():
        words = changed_words(wording, labeller.desk)
        if words is not None and len(words) <= FEW_CHANGES:
            yield from archive.keep_untouched(before, words)


def _labelled(labeller: Labeller, waiting: list[tuple[Version, tuple[Passage, ...]]]) -> Labelled:
    return [(version, labeller.labels(passages)) for version, passages in waiting]


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which finds nothing in labels and takes a seventh of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()

"""Label stored passages anew, from their text alone, after a desk was edited or another one opened."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Generator, Iterator

from newsdesk.analysis.rewording import changed_words, remembered
from newsdesk.analysis.topics import Labeller
from newsdesk.models import Progress
from newsdesk.store.archive import Archive
from newsdesk.update.labelling import Labelling, helpers_for

BATCH = 250
"""Articles a transaction: some 2,500 passages, so that a mark waits a tenth of a second at most."""

AHEAD = 8
"""Batches that a helper may be ahead."""

FEW_CHANGES = 300
"""Changed phrases that the index is asked for; a desk written anew has every article looked at."""


def relabel(
    archive: Archive, labeller: Labeller, digest: str, helpers: int | None = None
) -> Generator[Progress, None, None]:
    """Work until every article carries the labels of the desk with this digest.

    `helpers`: processes that label while this one reads and stores; None: as many as the work is worth. Every
    batch is stored whole, so work that was stopped goes on where it was. Raises ArchiveError.
    """
    done, changed, total = 0, 0, archive.unlabelled_count(digest)
    archive.note_wording(remembered(labeller.desk))
    for kept in _kept(archive, labeller):
        done += kept
        yield Progress("relabel", done, max(total, done), changed)
    if helpers is None:
        helpers = helpers_for(archive.unlabelled_count(digest))
    with Labelling(labeller, helpers) as labelling:
        while waiting := archive.unlabelled(digest, BATCH * max(1, helpers * AHEAD)):
            batches = [waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH)]
            for labelled in labelling.labelled(batches):
                with _uncollected():
                    changed += archive.save_labels(digest, labelled)
                done += len(labelled)
                yield Progress("relabel", done, max(total, done), changed)


def _kept(archive: Archive, labeller: Labeller) -> Iterator[int]:
    """Leave the labels of articles that the edit does not concern as they are; how many, batch by batch."""
    for before, wording in archive.earlier_wordings():
        words = changed_words(wording, labeller.desk)
        if words is not None and len(words) <= FEW_CHANGES:
            yield from archive.keep_untouched(before, words)


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

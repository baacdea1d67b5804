"""Label stored passages anew, from their text alone, after a desk was edited or another one opened."""

from __future__ import annotations

from collections.abc import Iterator

from newsdesk.analysis.topics import Labeller
from newsdesk.models import Progress
from newsdesk.store.archive import Archive

BATCH = 200
"""Articles a transaction."""


def relabel(archive: Archive, labeller: Labeller, digest: str) -> Iterator[Progress]:
    """Work until every article carries the labels of the desk with this digest. Raises ArchiveError."""
    done, total = 0, archive.counts().articles
    while waiting := archive.unlabelled(digest, BATCH):
        archive.save_labels(digest, [(one, labeller.label(passages)) for one, passages in waiting])
        done += len(waiting)
        yield Progress("relabel", done, max(total, done))

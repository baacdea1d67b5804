"""The deep pass over the archive: entities and figures of the articles that wait for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from newsdesk.analysis.pipeline import Deep
from newsdesk.models import DeepDone
from newsdesk.store.archive import Archive

BATCH = 8
"""Articles a round: small, so that an article that becomes visible waits no longer than a second."""


def deep_pass(
    archive: Archive, deep: Deep, wanted: Callable[[], Sequence[int]] = lambda: ()
) -> Iterator[DeepDone]:
    """Work until nothing waits: what `wanted()` names first, then the newest.

    Every article is stored as soon as it is done, so a killed pass goes on where it stopped.
    Raises ArchiveError.
    """
    while waiting := archive.deep_pending(BATCH, wanted()):
        done = []
        for article in waiting:
            archive.save_deep(article.id, article.revision, deep.run(article.passages, article.info))
            done.append(article.id)
        yield DeepDone(ids=tuple(done), pending=archive.counts().deep_pending)

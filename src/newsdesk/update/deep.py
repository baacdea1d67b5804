"""The deep pass over the archive: entities and figures of the articles that wait for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from newsdesk.analysis.pipeline import Deep
from newsdesk.models import DeepDone, Found
from newsdesk.store.archive import Archive
from newsdesk.store.deep import Waiting
from newsdesk.update.trying import Attempt, Trying

BATCH = 8
"""Articles a round: small, so that an article that becomes visible waits no longer than a second."""
DEATHS = 2
"""Times that the process may die of one article, read alone, until it is left to its words."""
DEADLY = "reading it ended the process: it is labelled by words alone"


def deep_pass(
    archive: Archive, deep: Deep, wanted: Callable[[], Sequence[int]] = lambda: ()
) -> Iterator[DeepDone]:
    """Work until nothing waits: what `wanted()` names first, then the newest.

    Every article is stored as soon as it is done, so a killed pass goes on where it stopped; what it was
    about to read when it was killed is read one by one then, and what it dies of again is marked.
    Raises ArchiveError.
    """
    archive.set_stamp(deep.stamp)
    trying = Trying(archive.path)
    before = trying.read()
    for article in before.ids:
        for waiting in archive.deep_pending(1, (article,)):
            if waiting.id != article:
                continue
            deaths = before.deaths if before.ids == (article,) else 0
            if deaths < DEATHS:
                trying.write(Attempt((article,), deaths + 1))
                yield _work(archive, deep, [waiting])
            else:
                archive.save_deep(article, waiting.revision, Found((), (), notices=(DEADLY,)))
                yield _done(archive, [waiting])
    while round := archive.deep_pending(BATCH, wanted()):
        trying.write(Attempt(tuple(article.id for article in round)))
        yield _work(archive, deep, round)
    trying.forget()


def _work(archive: Archive, deep: Deep, round: Sequence[Waiting]) -> DeepDone:
    found = deep.run_many([(article.passages, article.info) for article in round])
    for article, result in zip(round, found, strict=True):
        archive.save_deep(article.id, article.revision, result)
    return _done(archive, round)


def _done(archive: Archive, round: Sequence[Waiting]) -> DeepDone:
    return DeepDone(tuple(article.id for article in round), archive.counts().deep_pending)

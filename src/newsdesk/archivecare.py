"""The facade's part for looking after the archive: told, copied, taken back, pruned, checked, saved.

Beside `desk.py`: what these do must not have the archive open already.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from newsdesk.config import Settings
from newsdesk.errors import ArchiveError, NotAnArchive, UsageError
from newsdesk.models.care import ArchiveInfo, Finding, Pruning
from newsdesk.store import backup, care, prune
from newsdesk.store.base import Database, open_database

_WORKS = (("fetch", "is fetching"), ("relabel", "re-labels the archive"), ("deep", "runs the deep pass"))


class Pruned(Struct, frozen=True):
    """What a pruning did."""

    articles: int
    copy: str
    """The copy made before; empty without one."""
    given_back: bool
    """Whether the file is smaller now; other processes may have kept it from that."""


class Saved(Struct, frozen=True):
    """What was saved of a damaged file."""

    articles: int
    damaged: tuple[str, ...]
    """Tables of which rows are lost, or may be."""
    aside: str


def info(settings: Settings) -> ArchiveInfo:
    """The archive at a glance; it is neither made nor changed. Raises ArchiveError."""
    from newsdesk.analysis.installed import choose

    with closing(open_database(settings.paths.archive, read_only=True)) as database:
        return care.info(database, choose(settings.config.analysis.model).stamp)


def back_up(settings: Settings, file: Path | None) -> Path:
    """Copy the archive to `file`, or into the backups folder; the copy. Raises ArchiveError."""
    with _opened(settings) as database:
        if file is None:
            return backup.make(database, datetime.now(UTC), backup.ASKED)
        backup.write(database, file)
        return file


def restore(settings: Settings, file: Path) -> Path | None:
    """Put a copy in the archive's place; where the archive that was there lies now.

    Raises Busy while any other newsdesk has the archive open; ArchiveError.
    """
    from newsdesk.store import restore as work

    with _alone(settings):
        return work.restore(settings.paths.archive, file.absolute(), datetime.now(UTC))


def plan(settings: Settings, wish: prune.Wish) -> Pruning:
    """What a pruning would take. Raises UsageError for a feed that the archive never had, ArchiveError."""
    with closing(open_database(settings.paths.archive, read_only=True)) as database:
        if wish.feed is not None and not prune.knows_feed(database, wish.feed):
            raise UsageError(f"no feed {wish.feed} in the archive", "`newsdesk feeds list` has the addresses")
        return prune.plan(database, wish)


def take_out(settings: Settings, wish: prune.Wish, *, copy: bool) -> Pruned:
    """Prune, after a copy was made. Raises Busy, ArchiveError."""
    with _alone(settings), _opened(settings) as database:
        planned = prune.plan(database, wish)
        made = ""
        if copy and planned.articles:
            made = str(backup.make(database, datetime.now(UTC), backup.PRUNE))
        gone = prune.take(database, planned, wish)
        return Pruned(gone, made, bool(gone) and prune.give_back(database))


def wish(
    before: datetime | None, keep: int | None, feed: str | None, *, figures: bool, marked: bool
) -> prune.Wish:
    """What is to go: see `prune.Wish`."""
    return prune.Wish(before, keep, feed, figures, marked)


def check(settings: Settings, *, repair: bool) -> tuple[Finding, ...]:
    """Look at all of the archive, and mend what can be mended. Raises Busy, ArchiveError."""
    with _alone(settings), _opened(settings) as database:
        try:
            return care.check(database, repair=repair)
        except NotAnArchive as error:  # damage that only shows when a row is read
            return (Finding(care.STRUCTURE, error.message),)


def salvage(settings: Settings) -> Saved:
    """What can be read of a damaged archive, in a new one in its place. Raises Busy, ArchiveError."""
    from newsdesk.store.salvage import salvage as work

    file = settings.paths.archive
    if not file.exists():
        raise ArchiveError(f"{file} is not there", "`newsdesk fetch` makes it")
    with _alone(settings):
        done = work(file, datetime.now(UTC))
    return Saved(done.articles, done.damaged, done.aside)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """No other process fetches, labels anew or reads deeply meanwhile. Raises Busy."""
    from newsdesk.update.background import alone

    file = settings.paths.archive
    file.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as locks:
        for work, doing in _WORKS:
            locks.enter_context(alone(file, work, doing))
        yield


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    file = settings.paths.archive
    if not file.exists():
        raise ArchiveError(f"{file} is not there", "`newsdesk fetch` makes it")
    with closing(open_database(file)) as database:
        yield database

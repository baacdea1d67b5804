"""The background: a child process that refreshes, or indexes and reads deeply, so that no key ever waits.

    python -m newsdesk.update.background

reads one `Job` as a JSON line on standard input, does it, and prints an event as JSON a line. Further
lines on standard input are lists of article ids that the deep pass takes first. When standard input
ends, the interface is gone, and so is the child.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from newsdesk.errors import ArchiveError, Busy, NewsdeskError
from newsdesk.models import ANALYSIS_VERSION, Desk, Event, Feed, Limits, Notice, Progress
from newsdesk.update.trying import Trying

if TYPE_CHECKING:
    from newsdesk.store.archive import Archive

DEEP_NICENESS = 10
"""The language model takes what time the interface leaves."""


class Job(Struct, frozen=True):
    """What the child is to do, in plain values."""

    kind: Literal["refresh", "deep"]
    archive: str
    """The archive's path."""
    desk: Desk
    feeds: tuple[Feed, ...] = ()
    limits: Limits = Limits()
    model: str = "auto"
    urls: tuple[str, ...] | None = None
    force: bool = False
    gently: bool = False
    first: tuple[int, ...] = ()
    log: str = ""


def desk_digest(desk: Desk) -> str:
    """Stamp of everything in a desk that labels depend on."""
    relevant = (ANALYSIS_VERSION, desk.id, desk.topics, desk.lexicon, desk.threshold)
    return hashlib.sha256(msgspec.json.encode(relevant)).hexdigest()[:16]


@contextlib.contextmanager
def alone(archive: Path, work: str, doing: str) -> Iterator[None]:
    """One process at a time does `work` on an archive. Raises Busy, which names what is `doing`, and
    ArchiveError in a folder that cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(archive.with_name(f"{work}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(f"another newsdesk {doing}", "wait until it is done") from None
    except OSError as error:
        message = f"{archive.parent} cannot be written: {error.strerror or error}"
        raise ArchiveError(message, "check its permissions, or use --home DIR; reading works") from error
    try:
        yield
    finally:
        lock.release()


async def refresh(job: Job) -> AsyncGenerator[Event]:
    """Poll the job's feeds in this process. Raises Busy, ArchiveError."""
    from newsdesk.analysis.rewording import remembered
    from newsdesk.store.archive import open_archive
    from newsdesk.update import upkeep
    from newsdesk.update.pipeline import Refresh

    path = Path(job.archive)
    with alone(path, "fetch", "is fetching"), contextlib.closing(open_archive(path)) as archive:
        for notice in upkeep.weekly_copy(path):
            yield notice
        archive.set_desk(job.desk.id, [topic.id for topic in job.desk.topics], desk_digest(job.desk))
        archive.note_wording(remembered(job.desk))
        archive.sync_feeds(job.feeds)
        work = Refresh(archive, job.feeds, job.desk, job.limits)
        async with contextlib.aclosing(work.events(job.urls, force=job.force, gently=job.gently)) as events:
            async for event in events:
                yield event


def index(job: Job, wanted: Sequence[int] = ()) -> Iterator[Progress]:
    """Let searches find what was stored: `wanted` first, then the newest, in this process; then bring the
    index's parts together where they are many.

    Several processes may do so at once, each takes other articles. Raises ArchiveError.
    """
    from newsdesk.store.archive import open_archive

    with contextlib.closing(open_archive(job.archive)) as archive:
        yield from _index(archive, wanted)
        begin = True
        while archive.merge_index(begin=begin):
            begin = False


def _index(archive: Archive, wanted: Sequence[int]) -> Iterator[Progress]:
    done, total = 0, archive.unindexed_count()
    while indexed := archive.index(first=wanted):
        done += indexed
        yield Progress("index", done, max(total, done))


def relabel(job: Job) -> Iterator[Progress]:
    """Re-label what the desk's last edit left behind, in this process. Raises Busy, ArchiveError."""
    from newsdesk.analysis.topics import Labeller
    from newsdesk.store.archive import open_archive
    from newsdesk.update import relabel as work

    path = Path(job.archive)
    with alone(path, "relabel", "re-labels the archive"), contextlib.closing(open_archive(path)) as archive:
        digest = desk_digest(job.desk)
        archive.set_desk(job.desk.id, [topic.id for topic in job.desk.topics], digest)
        if archive.unlabelled_count(digest):
            yield from work.relabel(archive, Labeller(job.desk), digest)


def deepen(job: Job, wanted: list[int]) -> Generator[Event, None, None]:
    """Index what searches do not find yet, re-label what a desk's edit left behind, then the deep pass;
    articles that come in meanwhile are indexed between two of its steps. Raises Busy, ArchiveError.
    """
    from newsdesk.analysis.installed import choose
    from newsdesk.store.archive import open_archive
    from newsdesk.update import upkeep
    from newsdesk.update.deep import deep_pass

    path = Path(job.archive)
    yield from upkeep.look_over(path)
    yield from index(job, wanted)
    # Another process that re-labels does this one's work, too.
    with contextlib.suppress(Busy):
        yield from relabel(job)
    with alone(path, "deep", "runs the deep pass"), contextlib.closing(open_archive(path)) as archive:
        archive.set_desk(job.desk.id, [topic.id for topic in job.desk.topics], desk_digest(job.desk))
        while archive.assign_series():
            pass
        installed = choose(job.model)
        archive.set_stamp(installed.stamp)
        if not archive.counts().deep_pending:
            if installed.reason:
                yield Notice(installed.reason, "warning")
            return
        from newsdesk.analysis.pipeline import Deep

        deep = Deep(job.model, job.desk)
        if deep.notice:
            yield Notice(deep.notice, "warning")
        for event in deep_pass(archive, deep, lambda: tuple(wanted)):
            yield event
            yield from _index(archive, wanted)


def _log_to(file: str) -> None:
    """Warnings go to the log; a log that cannot be written is no reason not to work."""
    if not file:
        return
    with contextlib.suppress(OSError):
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        logging.basicConfig(filename=file, level=logging.WARNING)


def _say(event: Event) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(event) + b"\n")
    sys.stdout.buffer.flush()


def _lines() -> Iterator[bytes]:
    """Standard input by lines, read past Python's buffer: its lock would be held when the process ends."""
    rest = b""
    while chunk := os.read(0, 1 << 16):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


def _listen(lines: Iterator[bytes], wanted: list[int], archive: Path) -> None:
    """Take ids from standard input until it ends; then leave at once: every step is stored whole."""
    for line in lines:
        with contextlib.suppress(msgspec.DecodeError):
            wanted[:] = msgspec.json.decode(line, type=list[int])
    for worker in multiprocessing.active_children():
        worker.kill()
    Trying(archive).forget()
    os._exit(0)


async def _refresh_and_say(job: Job) -> None:
    async for event in refresh(job):
        _say(event)


def main() -> int:
    """Do the job on standard input. Exit status 1 when it could not be done; the reason is a notice."""
    lines = _lines()
    job = msgspec.json.decode(next(lines), type=Job)
    _log_to(job.log)
    wanted = list(job.first)
    threading.Thread(target=_listen, args=(lines, wanted, Path(job.archive)), daemon=True).start()
    try:
        if job.kind == "refresh":
            asyncio.run(_refresh_and_say(job))
        else:
            os.nice(DEEP_NICENESS)
            for event in deepen(job, wanted):
                _say(event)
    except Busy as busy:
        _say(Notice(busy.message))
    except NewsdeskError as error:
        _say(Notice(error.line(), "warning"))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

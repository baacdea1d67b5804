"""Who has the archive open for writing, so that an unclean stop is known afterwards.

Each connection that may write shares a lock on `open.lock` beside the archive until it is closed. Who opens
the archive and is alone with it must find no write-ahead log: the last one to close the archive puts it
away. One that lies there is what a killed process, or a power cut, left; SQLite takes it in by itself, and
the mark in `open.lock` has the background look the file over once.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
from pathlib import Path

_MARK = b"not closed\n"
_DRAFT = re.compile(r"\.(\d+)\.new(-wal|-shm|-journal)?$")


class Presence:
    """Held while an archive is open for writing; where there is no place for the lock, it does nothing."""

    def __init__(self, archive: Path) -> None:
        self._handle = -1
        with contextlib.suppress(OSError):
            self._handle = os.open(_file(archive), os.O_RDWR | os.O_CREAT, 0o644)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if archive.with_name(f"{archive.name}-wal").exists():
                    os.pwrite(self._handle, _MARK, 0)
                remove_drafts(archive.parent)
            fcntl.flock(self._handle, fcntl.LOCK_SH)

    def end(self) -> None:
        """The archive is closed."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def unclean(archive: Path) -> bool:
    """Whether the archive was not closed the last time, and was not looked over since."""
    try:
        return _file(archive).stat().st_size > 0
    except OSError:
        return False


def looked_over(archive: Path) -> None:
    """The archive was found sound."""
    with contextlib.suppress(OSError):
        os.truncate(_file(archive), 0)


def remove_drafts(folder: Path) -> None:
    """Remove the half-made files of processes that are no more (`NAME.PID.new`)."""
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            named = _DRAFT.search(file.name)
            if named and not _alive(int(named[1])):
                with contextlib.suppress(OSError):
                    file.unlink()


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _file(archive: Path) -> Path:
    return archive.with_name("open.lock")

"""Copies of the archive, made by SQLite (`VACUUM INTO`): whole, compact, while others read and write.

They lie in `backups/` beside the archive, named by time (UTC) and occasion. Of those that newsdesk makes by
itself the newest three stay; copies that a person asked for, or made before a repair, are never removed.
"""

from __future__ import annotations

import contextlib
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.errors import ArchiveError
from newsdesk.models.care import BackupCopy
from newsdesk.store.presence import remove_drafts

if TYPE_CHECKING:
    from newsdesk.store.base import Database

KEPT = 3
"""Automatic copies that stay."""
EVERY = timedelta(days=7)
"""Between two automatic copies."""

WEEKLY, MIGRATION, PRUNE, REPAIR, ASKED = "weekly", "migration", "prune", "repair", "asked"
_AUTOMATIC = frozenset({WEEKLY, MIGRATION, PRUNE})
_NAME = re.compile(r"archive-(\d{8}-\d{6})-([a-z]+)(?:-\d+)?\.db")
_STAMP = "%Y%m%d-%H%M%S"
_SAME_SECOND = 100


def folder(archive: Path) -> Path:
    """Where an archive's copies lie."""
    return archive.parent / "backups"


def copies(archive: Path) -> tuple[BackupCopy, ...]:
    """The copies in the backups folder, the newest first."""
    found = []
    with contextlib.suppress(OSError):
        for file in folder(archive).iterdir():
            named = _NAME.fullmatch(file.name)
            if named:
                made = datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)
                found.append(BackupCopy(str(file), made, named[2], file.stat().st_size))
    return tuple(sorted(found, key=lambda one: (one.made, one.path), reverse=True))


def make(database: Database, now: datetime, occasion: str) -> Path:
    """Copy the archive into the backups folder; of automatic copies the newest `KEPT` stay.

    Raises ArchiveError, and leaves nothing half-made.
    """
    place = folder(database.path)
    stem = f"archive-{now.astimezone(UTC).strftime(_STAMP)}-{occasion}"
    names = [f"{stem}.db", *(f"{stem}-{number}.db" for number in range(2, _SAME_SECOND))]
    file = next((place / name for name in names if not (place / name).exists()), place / names[-1])
    remove_drafts(place)
    write(database, file)
    automatic = [copy for copy in copies(database.path) if copy.occasion in _AUTOMATIC]
    for copy in automatic[KEPT:]:
        with contextlib.suppress(OSError):
            os.unlink(copy.path)
    return file


def weekly(database: Database, now: datetime) -> Path | None:
    """The automatic copy, where the last one is `EVERY` old, or an archive that old has none."""
    last = next((copy.made for copy in copies(database.path) if copy.occasion in _AUTOMATIC), None)
    if last is None:
        oldest = database.value("SELECT first_seen FROM article ORDER BY id LIMIT 1")
        if oldest is None:
            return None
        last = datetime.fromtimestamp(oldest, UTC)
    # A copy from the future was made by a clock that went wrong.
    return None if timedelta(0) <= now - last < EVERY else make(database, now, WEEKLY)


def write(database: Database, file: Path) -> None:
    """Copy the archive to `file`, on the disk when this returns; a file that is there is not written over.

    Raises ArchiveError.
    """
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    if file.exists():
        raise ArchiveError(f"{file} is there already", "name another file")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        database.run("VACUUM INTO ?", (str(draft),))
        sync(draft)
        name(draft, file)
        sync(file.parent)
    except OSError as error:
        raise ArchiveError(
            f"{file} cannot be written: {error.strerror or error}", "name a file in another folder"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def name(draft: Path, file: Path) -> None:
    """Give a file its name. Raises FileExistsError where that is taken, OSError."""
    try:
        os.link(draft, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if file.exists():
            raise FileExistsError(str(file)) from None
        os.replace(draft, file)


def sync(path: Path) -> None:
    """Have a file, or a folder's names, on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

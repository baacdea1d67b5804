"""What the background does for the archive first: the weekly copy, a look after an unclean stop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from newsdesk.errors import ArchiveError
from newsdesk.models import Notice
from newsdesk.store import backup, care, presence
from newsdesk.store.base import open_database


def weekly_copy(archive: Path) -> Iterator[Notice]:
    """Copy the archive where the last automatic copy is a week old; says only what went wrong."""
    try:
        with closing(open_database(archive)) as database:
            backup.weekly(database, datetime.now(UTC))
    except ArchiveError as error:
        yield Notice(f"no weekly copy of the archive: {error.line()}", "warning")


def look_over(archive: Path) -> Iterator[Notice]:
    """Check the archive once after it was not closed; says what came of it."""
    if not presence.unclean(archive):
        return
    with closing(open_database(archive)) as database:
        faults = care.quick_check(database)
    if faults:
        yield Notice(f"the archive is damaged ({faults}); `newsdesk archive check` says more", "warning")
    else:
        presence.looked_over(archive)
        yield Notice("newsdesk was not closed the last time: the archive was checked and is whole")

"""Before a query of the command line: what the search index has not yet."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from newsdesk.errors import ArchiveError

if TYPE_CHECKING:
    from newsdesk.cli.printer import Printer
    from newsdesk.desk import Newsdesk

FEW = 1_000
"""Articles that a query waits for: half a second."""


def index_few(desk: Newsdesk, out: Printer) -> None:
    """Index what waits when it is little; else say how much the answer cannot have."""
    from newsdesk.cli.article import count

    waiting = desk.unindexed()
    if 0 < waiting <= FEW:
        with suppress(ArchiveError):  # an archive that cannot be written is searched as it is
            for _ in desk.index():
                pass
        waiting = desk.unindexed()
    if waiting:
        said = f"{count(waiting, 'article')} not indexed yet"
        out.note(f"{said}; `newsdesk fetch` or the interface goes on with it")

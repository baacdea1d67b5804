"""The progress bar of long work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsdesk.cli.printer import Printer

    Advance = Callable[[int, int], None]
    """Called with how much is done, and of how much."""


@contextmanager
def bar(out: Printer, doing: str, *, quiet: bool = False) -> Iterator[Advance]:
    """A progress bar while the block runs, where there is a terminal; none where `quiet`, beside JSON."""
    if quiet or not out.styled:
        yield lambda done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(doing, markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out.console, transient=True) as shown:
        task = shown.add_task("work", total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)

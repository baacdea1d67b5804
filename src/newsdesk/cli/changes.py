"""`newsdesk read ID --changes`: what changed in an article between its last two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.changes import Changes, FigureChange, PassageChange
from newsdesk.cli.article import figure_parts, local_time
from newsdesk.cli.printer import Part, Role

if TYPE_CHECKING:
    from newsdesk.cli.printer import Printer

_ROLES: dict[str, Role] = {"gone": "bad", "new": "good"}
_BRACKETS = {"gone": ("[-", "-]"), "new": ("{+", "+}")}
"""As wdiff and `git diff --word-diff` write it."""


def print_changes(out: Printer, changes: Changes, publisher: str) -> None:
    """Figures and speakers first, then title and words."""
    before, after = changes.before, changes.after
    out.line((after.title, "title"))
    for one in (before, after):
        out.line((f"revision {one.number} · {local_time(one.fetched)} · sha256 {one.content_hash}", "quiet"))
    if not changes.figures_known:
        out.note("figures of both versions are not found yet: only words are compared")
    if changes.figures:
        out.heading(f"Changed figures and speakers · {len(changes.figures)}")
    for figure in changes.figures:
        _print_figure(out, figure, publisher)
    texts = [*([changes.title] if changes.title else []), *changes.passages]
    out.heading(f"Changed words · {len(texts)}")
    for text in texts:
        out.line(*_parts(text))
        out.line()


def _print_figure(out: Printer, change: FigureChange, publisher: str) -> None:
    if change.before is not None:
        out.line(("- ", "bad"), *figure_parts(change.before, publisher))
    if change.after is not None:
        out.line(("+ ", "good"), *figure_parts(change.after, publisher))
    out.line()


def _parts(change: PassageChange) -> list[Part]:
    parts: list[Part] = []
    for did, text in change.runs:
        if did == "same":
            parts.append(text)
        else:
            opened, closed = _BRACKETS[did]
            parts.append((f"{opened}{text}{closed}", _ROLES[did]))
    return parts

"""The queries that a person asked, the newest last, in a file beside the archive: a line each."""

from __future__ import annotations

import contextlib
from pathlib import Path

from newsdesk.paths import Paths

KEPT = 200
_SLACK = 100
"""Lines beyond those kept that the file may have before it is cut."""


def read(paths: Paths) -> list[str]:
    """The queries asked, the newest last, each once. Empty where there is no file, or none to be read."""
    try:
        lines = _file(paths).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    newest = dict.fromkeys(line for line in reversed(lines) if line.strip())
    return list(newest)[:KEPT][::-1]


def note(paths: Paths, query: str) -> None:
    """Add a query. Where the file cannot be written nothing is kept: no search fails for it."""
    query = " ".join(query.split())
    if not query:
        return
    with contextlib.suppress(OSError):
        file = _file(paths)
        file.parent.mkdir(parents=True, exist_ok=True)
        known = file.read_text(encoding="utf-8", errors="replace").count("\n") if file.exists() else 0
        if known > KEPT + _SLACK:
            draft = file.with_name(f"{file.name}.new")
            draft.write_text("".join(f"{line}\n" for line in read(paths)), encoding="utf-8")
            draft.replace(file)
        with file.open("a", encoding="utf-8", errors="replace") as lines:
            lines.write(f"{query}\n")


def _file(paths: Paths) -> Path:
    return paths.data_dir / "searches"

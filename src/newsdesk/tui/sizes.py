"""How much room the list and the strips of figures and entities take, as the reader has set it; in cells."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from newsdesk.paths import Paths

LEAST_LIST = 24
LEAST_TEXT = 40
"""Columns that the text keeps, whatever the list takes."""
LEAST_SIDE = 3
LEAST_ABOVE = 12
"""Rows that list and text keep, whatever the strips below them take."""


class Sizes(msgspec.Struct, frozen=True):
    """None: as newsdesk has it."""

    wide_list: int | None = None
    """Columns of the list on a wide terminal ..."""
    medium_list: int | None = None
    """... and on a medium one."""
    side: int | None = None
    """Rows of figures and entities below the text; wide terminals only."""


def list_width(wanted: int, columns: int) -> int:
    """The width nearest to the one wanted that leaves the text enough."""
    return max(LEAST_LIST, min(wanted, columns - LEAST_TEXT))


def side_height(wanted: int, rows: int) -> int:
    """The height nearest to the one wanted that leaves list and text enough."""
    return max(LEAST_SIDE, min(wanted, rows - LEAST_ABOVE))


def read(paths: Paths) -> Sizes:
    """The sizes kept; those of newsdesk where there is no file, or none to be read."""
    try:
        return msgspec.json.decode(_file(paths).read_bytes(), type=Sizes)
    except (OSError, msgspec.DecodeError):
        return Sizes()


def keep(paths: Paths, sizes: Sizes) -> None:
    """Write the sizes down. Where that cannot be nothing is kept: it is no reason to stop reading."""
    file = _file(paths)
    with contextlib.suppress(OSError):
        if sizes == Sizes():
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.new")
        draft.write_bytes(msgspec.json.encode(sizes))
        draft.replace(file)


def _file(paths: Paths) -> Path:
    return paths.data_dir / "sizes.json"

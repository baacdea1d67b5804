"""What the deep pass is about to read, kept beside the archive: it tells what a process died of."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec


class Attempt(msgspec.Struct, frozen=True):
    """Articles that are being read, and how often the process has died of them when there is one."""

    ids: tuple[int, ...] = ()
    deaths: int = 0


class Trying:
    """What is being read, in a file beside the archive: it is still there after a process that died."""

    def __init__(self, archive: Path) -> None:
        self._file = archive.with_name("deep.trying")

    def read(self) -> Attempt:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Attempt)
        except (OSError, msgspec.MsgspecError):
            return Attempt()

    def write(self, attempt: Attempt) -> None:
        """Without it the pass works as well, so a full disk is no reason to stop here."""
        with contextlib.suppress(OSError):
            self._file.write_bytes(msgspec.json.encode(attempt))

    def forget(self) -> None:
        """For an end that nothing has died of."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

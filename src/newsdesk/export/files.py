"""Files that are made new or not at all, under names that are safe everywhere."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from newsdesk.errors import UsageError

_MOST = 80
"""Characters of a title in a file's name."""
_TRIES = 1000


def file_name(title: str, tail: str, suffix: str) -> str:
    """`a-title-12.md`: only a to z, digits and hyphens, whatever the title is; `tail` is the article's id."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", letters)[:_MOST].strip("-") or "newsdesk"
    return f"{slug}-{re.sub(r'[^a-z0-9]+', '', tail.lower())}.{suffix}"


def write_new(file: Path, text: Iterable[str]) -> None:
    """Write a file that is not there yet; a link in its place is not followed. What fails leaves none.

    Raises UsageError: it is there, or cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        opened = os.open(file, flags, 0o666)
    except FileExistsError:
        raise UsageError(f"{file}: is there already", "name another file, or move it away") from None
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from None
    try:
        # newline="": the formats say themselves how their lines end.
        with os.fdopen(opened, "w", encoding="utf-8", newline="") as stream:
            stream.writelines(text)
    except BaseException as error:
        with suppress(OSError):
            file.unlink()
        if isinstance(error, OSError):
            raise UsageError(f"{file}: cannot be written: {error.strerror}") from None
        raise


def free_file(folder: Path, name: str, text: Iterable[str]) -> Path:
    """Write a new file of that name into a folder (made where there is none), `name-2` where it is taken;
    returns it. Raises UsageError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot be made: {error.strerror}", "move away what is there, or allow writing"
        ) from None
    stem, _, suffix = name.rpartition(".")
    for number in range(1, _TRIES):
        file = folder / (name if number == 1 else f"{stem}-{number}.{suffix}")
        if not os.path.lexists(file):
            write_new(file, text)
            return file
    raise UsageError(f"{folder}: has {_TRIES} files {name}", "move some of them away")

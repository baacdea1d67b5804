"""`newsdesk analyze --jsonl -`: many articles through one loaded language model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

import msgspec
from msgspec import Raw, Struct

from newsdesk.cli.records import analysis_record
from newsdesk.errors import InputError

if TYPE_CHECKING:
    from newsdesk.cli.printer import Printer
    from newsdesk.desk import Newsdesk

LINE_BYTES = 20_000_000
"""A longer line is refused, so that one bad producer cannot fill the memory."""


class Item(Struct, frozen=True):
    """One line of input; `id` comes back exactly as it was written."""

    text: str
    id: Raw = Raw(b"null")
    title: str | None = None


def analyze_lines(desk: Newsdesk, lines: BinaryIO, out: Printer) -> int:
    """Print one object a line; returns 1 when a line was refused. Blank lines are ignored."""
    refused = False
    told: set[str] = set()
    for number, line in _lines(lines):
        try:
            item = _read(line)
            analysis = desk.analyze(desk.read_text(item.text, item.title))
        except InputError as error:
            refused = True
            out.note(f"standard input, line {number}: {error.line()}; skipped")
            continue
        for notice in analysis.notices:
            if notice not in told:
                told.add(notice)
                out.note(notice)
        out.json({"id": item.id, **analysis_record(analysis)})
    return 1 if refused else 0


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers; an oversized one is cut at the limit and one byte."""
    number = 0
    while line := source.readline(LINE_BYTES + 1):
        number += 1
        rest = line
        while len(rest) > LINE_BYTES and not rest.endswith(b"\n"):
            rest = source.readline(LINE_BYTES + 1)
        if line.strip():
            yield number, line


def _read(line: bytes) -> Item:
    if len(line) > LINE_BYTES:
        raise InputError(f"longer than {LINE_BYTES // 1_000_000} MB")
    try:
        return msgspec.json.decode(line, type=Item)
    except msgspec.ValidationError as error:
        raise InputError(f"not of the form id, title, text: {error}") from None
    except msgspec.DecodeError as error:
        raise InputError(f"not JSON: {error}") from None
    except UnicodeDecodeError:
        raise InputError("not UTF-8") from None

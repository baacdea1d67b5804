"""Quotations in a passage: where they begin and end."""

from __future__ import annotations

import re
from typing import NamedTuple

OPENING = "“„«"
CLOSING = "”»"
PLAIN = '"＂'
MARKS = re.compile(f"[{OPENING}{CLOSING}{PLAIN}]")


class Quotation(NamedTuple):
    """From the opening mark to the one past the closing mark; `open` where no closing mark came."""

    start: int
    end: int
    open: bool = False


def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of `text`, by direction of the marks and by what stands beside a plain mark."""
    found: list[Quotation] = []
    start: int | None = None
    for match in MARKS.finditer(text):
        at, mark = match.start(), match[0]
        if mark in OPENING or (mark in PLAIN and _opens(text, at, start)):
            if start is not None and mark in OPENING:
                found.append(Quotation(start, at))
            start = at
        else:
            if start is not None:
                found.append(Quotation(start, at + 1))
            start = None
    if start is not None:
        found.append(Quotation(start, len(text), open=True))
    return tuple(found)


def _opens(text: str, at: int, start: int | None) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if start is None:
        return not after.isspace() or before.isspace()
    return before.isspace() and not after.isspace()


def around(found: tuple[Quotation, ...], at: int) -> Quotation | None:
    """The quotation that offset `at` stands in."""
    return next((q for q in found if q.start <= at < q.end), None)

"""Quotations in a passage: where they begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

OPENING = "“„«"
CLOSING = "”»"
PLAIN = '"＂'
MARKS = re.compile(f"[{OPENING}{CLOSING}{PLAIN}]|''|``")
"""Two single marks stand for a double one, as agencies wire it."""


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
        opening = mark in OPENING or mark == "``"
        if opening or (mark not in CLOSING and _opens(text, match, start)):
            if start is not None and opening:
                found.append(Quotation(start, at))
            start = at
        else:
            if start is not None:
                found.append(Quotation(start, match.end()))
            start = None
    if start is not None:
        found.append(Quotation(start, len(text), open=True))
    return tuple(found)


def _opens(text: str, mark: re.Match[str], start: int | None) -> bool:
    """Whether a mark without direction opens, by the white space on its sides."""
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    if start is None:
        return not after.isspace() or before.isspace()
    return before.isspace() and not after.isspace()


def around(found: tuple[Quotation, ...], at: int) -> Quotation | None:
    """The quotation that offset `at` stands in; `found` is in order."""
    before = bisect_right(found, at, key=lambda quote: quote.start)
    quote = found[before - 1] if before else None
    return quote if quote is not None and at < quote.end else None

"""How many lines a text takes, without wrapping it: a long article is measured whole, and drawn in part."""

from __future__ import annotations

import re

from textual.content import Content

_WORD = re.compile(r"\s*\S+\s*")
_SPECIAL = re.compile(r"[^ -~]")
"""Whatever is not a printable ASCII character, one cell wide."""


def height(text: str, width: int) -> int:
    """Lines of a text at a width in cells, exactly as `Content.wrap` makes them; at least one."""
    if _SPECIAL.search(text):
        return max(1, len(Content(text).wrap(width)))
    if len(text) <= width:
        return 1
    lines, taken = 1, 0
    for word in _WORD.findall(text):
        length = len(word.rstrip())
        if width - taken >= length:
            taken += len(word)
        elif length > width:
            return len(Content(text).wrap(width))
        elif taken:
            lines += 1
            taken = len(word)
    return lines

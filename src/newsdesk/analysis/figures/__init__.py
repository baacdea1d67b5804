"""Figures: the numeric claims of an article, each with who says so.

`find` reads them from a parse, `find_plain` from the words alone, where the language model is missing.
"""

from __future__ import annotations

from newsdesk.analysis.figures.find import find
from newsdesk.analysis.figures.plain import find_plain

__all__ = ["find", "find_plain"]

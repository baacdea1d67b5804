"""What is being typed at the end of a query, and what may complete it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from msgspec import Struct

from newsdesk.models.analysis import Category

SET_VALUES = {
    "is": ("unread", "read", "starred", "changed"),
    "has": ("figure", "entity"),
    "sort": ("rank", "new"),
    "since": ("1d", "2d", "1w", "4w"),
    "before": ("1d", "1w", "4w"),
    "figure": get_args(Category),
}
"""Values of filters that are the same in every archive."""

_END = re.compile(
    r"""(?:^|(?<=[\s(]))(?:
        (?P<field>[^\W\d_]+):(?P<value>"[^"]*|[^\s()"]*)
      | (?P<saved>@[^\s()"]*)
      | (?P<word>[^\W\d_]{2,})
    )\Z""",
    re.VERBOSE,
)


class Unfinished(Struct, frozen=True):
    """The end of a query: `begin` of a value of `field`, of a saved query (`@`), of a filter's name ("")."""

    field: str
    begin: str
    start: int
    """Where what is to be completed begins in the query."""


def unfinished(query: str) -> Unfinished | None:
    """What the end of a query may be the beginning of."""
    found = _END.search(query)
    if found is None:
        return None
    if found["field"]:
        return Unfinished(found["field"].lower(), found["value"].lstrip('"'), found.start("value"))
    if found["saved"]:
        return Unfinished("@", found["saved"][1:], found.start("saved") + 1)
    return Unfinished("", found["word"], found.start("word"))


def beginning(names: Iterable[str], begin: str, most: int) -> tuple[str, ...]:
    """The names that begin so, without what is whole already."""
    low = begin.casefold()
    found = [one for one in names if one.casefold().startswith(low) and one.casefold() != low]
    return tuple(found[:most])


def completed(query: str, end: Unfinished, value: str) -> str:
    """The query with its end completed; values that are several words stand in quotes."""
    if not end.field:
        return f"{query[: end.start]}{value}:"
    quoted = value if re.fullmatch(r'[^\s()"]+', value) else '"{}"'.format(value.replace('"', " "))
    return f"{query[: end.start]}{quoted} "

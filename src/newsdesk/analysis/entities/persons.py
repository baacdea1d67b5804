"""The name table: given names and surnames, from the US census of 1990 (public domain).

It speaks for a person where a text leaves a name in doubt; it makes no name by itself.
tools/build_persons.py makes it.
"""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsdesk.analysis.entities.words import words


@dataclass(frozen=True, slots=True)
class PersonTable:
    """Names in small letters."""

    given: frozenset[str]
    surnames: frozenset[str]


@cache
def person_table() -> PersonTable:
    """The table with the given names of words.toml, read once: some 15 ms and 2 MB."""
    packed = files(__package__).joinpath("persons.xz").read_bytes()
    given, surnames = lzma.decompress(packed).decode().split("\n\n")
    return PersonTable(
        frozenset(given.split("\n")) | words().given_names,
        frozenset(surnames.split("\n")),
    )

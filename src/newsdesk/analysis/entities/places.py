"""The place table: names of countries, states, continents and towns, from GeoNames.

Its credit and licence: places.CREDIT.txt.
"""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """`prominent`: countries, states, continents, cities of a million people; `known`: all the others."""

    prominent: frozenset[str]
    known: frozenset[str]

    def knows(self, name: str) -> bool:
        """Whether any place goes by this name; many surnames do as well."""
        return name in self.prominent or name in self.known


@cache
def place_table() -> PlaceTable:
    """The table, read once: some 0.1 s and 12 MB, for the deep pass only."""
    packed = files(__package__).joinpath("places.xz").read_bytes()
    prominent, known = lzma.decompress(packed).decode().split("\n\n")
    return PlaceTable(frozenset(prominent.split("\n")), frozenset(known.split("\n")))

"""The place table: names of countries, states, continents, regions and towns, from GeoNames.

Its credit and licence: places.CREDIT.txt. tools/build_places.py makes it.
"""

from __future__ import annotations

import lzma
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """Names of places, each in one of four sets.

    `prominent`: countries, US states, continents, cities of a million people; `large`: towns of more than
    100,000 people, states and provinces; `districts`; `known`: smaller towns, and what towns are also called.
    """

    prominent: frozenset[str]
    large: frozenset[str]
    districts: frozenset[str]
    known: frozenset[str]

    def knows(self, name: str) -> bool:
        """Whether any place goes by this name; many surnames do as well."""
        return name in self.prominent or name in self.large or name in self.districts or name in self.known


def _plain(name: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


@cache
def place_table() -> PlaceTable:
    """The table, read once: some 0.1 s and 20 MB, for the deep pass only."""
    packed = files(__package__).joinpath("places.xz").read_bytes()
    parts = lzma.decompress(packed).decode().split("\n\n")
    prominent, large, districts, known = (frozenset(part.split("\n")) for part in parts)
    return PlaceTable(prominent, large, districts, known)

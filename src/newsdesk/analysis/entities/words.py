"""The word lists of words.toml: what a word in or beside a name says of the name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Sets of lower-case words; words.toml says what each is for."""

    titles: frozenset[str]
    offices: frozenset[str]
    organization_last: frozenset[str]
    organization_first: frozenset[str]
    organization_after: frozenset[str]
    organization_apart: frozenset[str]
    event_last: frozenset[str]
    place_last: frozenset[str]
    place_first: frozenset[str]
    place_last_two: frozenset[str]
    place_before: frozenset[str]
    place_after: frozenset[str]
    place_prepositions: frozenset[str]
    speech: frozenset[str]
    given_names: frozenset[str]
    capitals_no_name: frozenset[str]
    openers: frozenset[str]
    joiners: frozenset[str]
    name_joiners: frozenset[str]
    demonyms: frozenset[str]
    honorifics: frozenset[str]
    directions: frozenset[str]
    craft: frozenset[str]
    water_and_land: frozenset[str]
    bodies: frozenset[str]


@cache
def words() -> Words:
    """The lists, read once."""
    raw = msgspec.toml.decode(files(__package__).joinpath("words.toml").read_bytes())
    return Words(**{key: _set(value) for key, value in raw.items()})


def _set(value: str | list[str]) -> frozenset[str]:
    return frozenset(value if isinstance(value, list) else value.split())

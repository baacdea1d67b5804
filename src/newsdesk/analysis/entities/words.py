"""The word lists of words.toml: what a word in or beside a name says of the name."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import msgspec
from msgspec import Struct

from newsdesk.models import EntityKind

Sort = EntityKind | Literal["thing"]
"""A kind, or a thing that is named but is none of the kinds: a film, a ship, an age."""

_ROLE: Final = re.compile(r"\w{2,}(?:er|or|ist|ian|man|woman|ess|ee)$")


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Sets of lower-case words, but for `media` and `ambiguous`; words.toml says what each is for."""

    titles: frozenset[str]
    offices: frozenset[str]
    organization_last: frozenset[str]
    organization_first: frozenset[str]
    organization_after: frozenset[str]
    organization_apart: frozenset[str]
    event_last: frozenset[str]
    event_first: frozenset[str]
    organization_last_two: frozenset[str]
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
    motion: frozenset[str]
    months: frozenset[str]
    person_nouns: frozenset[str]
    no_person: frozenset[str]
    place_nouns: frozenset[str]
    organization_nouns: frozenset[str]
    group_nouns: frozenset[str]
    thing_nouns: frozenset[str]
    person_acts: frozenset[str]
    person_suffers: frozenset[str]
    made_by: frozenset[str]
    place_suffers: frozenset[str]
    person_owns: frozenset[str]
    place_owns: frozenset[str]
    organization_owns: frozenset[str]
    organization_suffers: frozenset[str]
    loose_titles: frozenset[str]
    media: frozenset[str]
    ambiguous: frozenset[str]
    owners_in_names: frozenset[str]
    counted: frozenset[str]
    family_first: frozenset[str]
    after_hyphen: frozenset[str]
    facilities: frozenset[str]
    fields: frozenset[str]
    programs: frozenset[str]
    spellings: dict[str, str]
    """Another spelling -> the one that is taken for all."""


@cache
def words() -> Words:
    """The lists, read once."""
    raw = msgspec.toml.decode(files(__package__).joinpath("words.toml").read_bytes())
    spellings = {other: one for one, others in raw.pop("spellings").items() for other in others.split()}
    return Words(**{key: _set(value) for key, value in raw.items()}, spellings=spellings)


def _set(value: str | list[str]) -> frozenset[str]:
    return frozenset(value if isinstance(value, list) else value.split())


@cache
def named_by(noun: str) -> Sort | None:
    """What this common noun, in small letters, is said of: "village" of a place."""
    lists = words()
    if noun in lists.place_nouns:
        return "place"
    if noun in lists.organization_nouns:
        return "organization"
    if noun in lists.group_nouns:
        return "group"
    if noun in lists.thing_nouns:
        return "thing"
    if noun in lists.person_nouns or (_ROLE.match(noun) and noun not in lists.no_person):
        return "person"
    return None

"""What a name's own words, the tables and the words beside it say of its kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from newsdesk.analysis.entities.grammar import Evidence
from newsdesk.analysis.entities.persons import person_table
from newsdesk.analysis.entities.places import place_table
from newsdesk.analysis.entities.spans import STANCE, Span
from newsdesk.analysis.entities.words import Sort, named_by, words

OWN_WORDS: Final = 4.0
"""A name's own head word (Ministry, Hospital) or full surname outweighs a few of the model's votes."""
AROUND: Final = 2.0
"""A title before it, "town of", an age after it."""
HINT: Final = 1.0
"""A preposition, a verb of speech, the place table's small towns."""
BESIDE: Final = 60
"""Characters before and after a name that are looked at."""

_CIVIL: Final = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof", "prof."})
_BEFORE: Final = re.compile(r"([\w.'-]+)(?:\s+(?:of|the|in))*\s*[\"'(\[]?$")
_WORD_BEFORE: Final = re.compile(r"([\w.'-]+),?\s*[\"'(\[]?$")
_PLURAL: Final = re.compile(r"[A-Z]{2,5}s")
"""Things, not bodies: "EVs", "IPOs"."""
_CITIZENS: Final = re.compile(r"(?P<a>[A-Z]\w+a)ns?|(?P<b>[A-Z][\w ]+?)(?:ers|is)|(?P<c>[A-Z]\w+?)n?i")
_SIGN: Final = re.compile(r" (?![IVX]+$)[A-Z]{2,}$")
_OF_BODY: Final = re.compile(r" (?:of|at|from) (?:the )?(?:[A-Z][\w&.-]* ){1,5}([A-Z]\w+)")
_LETTERS: Final = re.compile(r"[A-Z]{3,5} [A-Z][a-z]+$")
_CAMEL: Final = re.compile(r"[a-z][A-Z][a-z]")
_KING: Final = re.compile(r"^[^\W\d_]+ [IVX]+$")
_STYLE: Final = re.compile(r"\b([A-Z][\w-]+\.?) $")
_ACCORDING: Final = re.compile(r"\baccording to\s+$", re.I)
_AFTER: Final = re.compile(r"(?:'s?)?[\"')\]]?[,]?\s*([\w-]+)")
_INTERVIEW: Final = re.compile(
    r" (?:in|during|by) (?:an? |tele)?[\w -]{0,20}(?:interview|phone|email|e-mail)\b"
)
_FIGHTERS_OF: Final = re.compile(
    r"\b(?:gunmen|fighters|militants|members|rebels|commanders?|insurgents|activists|executives?|owners) "
    r"(?:of|from) (?:the )?$",
    re.I,
)
_LIES: Final = re.compile(
    r",? (?:(?:just|about|some|\d+ (?:km|miles|kilomet(?:er|re)s)) )?(?:to the )?"
    r"(?:north|south|east|west)(?:-?(?:east|west))? of\b"
    r"|, in (?:the )?(?:north|south|east|west|central|the |[A-Z])"
)
"""South of another place."""
_AGE: Final = re.compile(r",? (?:\()?(?:aged )?\d{1,2}(?:,|\)|\.| \(| who| and| began|$)")
_TWO_PEOPLES: Final = re.compile(
    r"(?:anglo|franco|sino|indo|austro|russo|italo|greco|afro|euro|turko|serbo)-\w"
)
_SAID_TO_BE: Final = re.compile(
    r"(?:,| (?:is|was|are|were|became|remains)|,? which (?:is|was)) "
    r"(?:an?|(?:one of )?(?:the|his|her|its|their)) "
    r"((?:[^,.;:()\"]|(?<=\b[A-Z])\.){2,80})"
)
_HEAD_ENDS: Final = re.compile(
    r"\b(?:of|in|on|at|for|from|that|which|who|whose|where|with|to|by|and|near|about|between|under|over|as|was|is)\b"
)
_TERRITORIES: Final = frozenset({"Gaza", "Crimea", "Kashmir", "Tibet", "Tigray", "Darfur"})
_BEFORE_PLACE: Final = (
    "just",
    "outside",
    "inside",
    "close",
    "next",
    "not",
    "far",
    "only",
    "located",
    "situated",
)
_APPOSITION: Final = re.compile(r", ((?:an? |the |his |her |their |who |whose )?[^,.;\"]{2,60})(?=[,.;]|$)")


def add(evidence: Evidence, more: Mapping[Sort, float]) -> None:
    """Add up."""
    for kind, weight in more.items():
        evidence[kind] += weight


@lru_cache(4096)
def is_no_name(surface: str) -> bool:
    """Offices, abbreviations of other things, days, numbers: nothing that is named."""
    lists = words()
    parts = surface.lower().split()
    if len(parts) > 1 and parts[-1] in lists.organization_last:
        return False
    if parts[0] in lists.months and any(c.isdigit() for c in surface):
        return True
    if any(part in lists.craft for part in parts) or (len(parts) == 1 and STANCE.match(surface) is not None):
        return True
    if all(part in lists.offices or part in lists.titles or len(part) == 1 for part in parts):
        return True
    if len(parts) == 1:
        only = parts[0].rstrip(".")
        if (
            only in lists.capitals_no_name
            or only.split("-")[0] in lists.capitals_no_name
            or only in lists.openers
            or len(only) < 2
        ):
            return True
        if only in lists.place_last or only in lists.directions:
            return True
        if _PLURAL.fullmatch(surface):
            return True
        if any(c.isdigit() for c in only) and not re.fullmatch(r"G-?\d+|[A-Z]+[-\d]+", surface):
            return True
        if re.fullmatch(r"[A-Z]+\d+[A-Z]*\d*", surface) and not surface.startswith("G"):
            return True
    elif any(c.isdigit() for c in parts[0]) and not surface[:1].isalpha():
        return True
    elif len(parts) == 2 and parts[1] in lists.capitals_no_name and _SIGN.search(surface):
        return True  # "Rooftop PV"
    return not any(c.isupper() for c in surface) and not surface.startswith("al-")


def names_body(parts: Sequence[str]) -> bool:
    """Whether the words, in small letters, begin as bodies do: "Army of", "Popular Front for the"."""
    lists = words()
    return len(parts) > 2 and (
        (parts[0] in lists.organization_first and parts[1] in lists.joiners)
        or any(a in lists.organization_first and b in ("of", "for") for a, b in pairwise(parts[:-1]))
    )


def in_city(surface: str) -> bool:
    """Whether a name ends in that of a country or a large town: "Imperial College London"."""
    return surface.split()[-1] in place_table().prominent


def is_people(word: str) -> bool:
    """Whether a word, in small letters, names a people or a faith: "Norwegians", "Franco-German"."""
    demonyms = words().demonyms
    return word in demonyms or word.removesuffix("s") in demonyms or _TWO_PEOPLES.match(word) is not None


def is_of_town(surface: str) -> bool:
    """Whether a name is that of a town's or a state's people: "Gazans", "Londoners", "Beiruti"."""
    citizens = _CITIZENS.fullmatch(surface)
    table = place_table()
    known = surface in table.prominent or surface in table.large or surface in table.districts
    if citizens is None or known or is_personal(surface.lower()):
        return False
    town = citizens["a"] or citizens["b"] or citizens["c"]
    return town in table.prominent or town in table.large or town in _TERRITORIES


def is_personal(word: str) -> bool:
    """Whether a word, in small letters, is a given name or a common surname."""
    table = person_table()
    return word in table.given or word in table.surnames


def by_own_words(surface: str) -> Evidence:
    """What the name's own words and the place table say."""
    lists, table = words(), place_table()
    parts = surface.lower().replace("'s", "").split()
    evidence: Evidence = defaultdict(float)
    if len(parts) == 1:
        if is_people(parts[0]) or is_of_town(surface):
            evidence["group"] += 2 * OWN_WORDS
        elif surface in table.prominent:
            evidence["place"] += OWN_WORDS
        elif surface in table.large:
            evidence["place"] += 1.5 * HINT
        elif (is_personal(parts[0]) or parts[0] in lists.spellings) and surface not in lists.ambiguous:
            evidence["person"] += HINT
        elif table.knows(surface):
            evidence["place"] += 0.75 * HINT
        if _CAMEL.search(surface) and not surface.startswith(
            ("Mc", "Mac", "De", "Di", "Le", "La", "Van", "O'")
        ):
            evidence["organization"] += AROUND  # "BlackRock"
        if len(surface) > 2 and surface.isupper() and surface.isascii():
            evidence["organization"] += OWN_WORDS
        return evidence
    if all(is_people(part) for part in parts) or (len(parts) == 2 and is_of_town(surface)):
        evidence["group"] += 2 * OWN_WORDS
        return evidence
    ends_with_two = " ".join(parts[-2:])
    if ends_with_two in lists.place_last_two:
        evidence["place"] += 2 * OWN_WORDS
    elif names_body(parts) or (len(parts) > 2 and parts[-2] in lists.organization_last and in_city(surface)):
        evidence["organization"] += OWN_WORDS
    elif parts[-1] in lists.place_last:
        evidence["place"] += OWN_WORDS
    elif parts[-1] in lists.organization_last or ends_with_two in lists.organization_last_two:
        evidence["organization"] += OWN_WORDS
    elif parts[-1] in lists.event_last or parts[0] in lists.event_first:
        evidence["event"] += OWN_WORDS
    elif parts[0] in lists.place_first or (
        parts[0] in lists.directions and table.knows(surface.split(None, 1)[1])
    ):
        evidence["place"] += AROUND
    if table.knows(surface):
        evidence["place"] += OWN_WORDS
    if _KING.search(surface):
        evidence["person"] += OWN_WORDS
    elif parts[0] in lists.honorifics or (parts[0] in lists.given_names and len(parts) <= 4 and not evidence):
        evidence["person"] += AROUND
    elif len(parts) <= 4 and not evidence and parts[0] in person_table().given:
        evidence["person"] += HINT
    elif _LETTERS.match(surface) and not evidence and in_city(surface):
        evidence["organization"] += AROUND  # "ETH Zurich"
    return evidence


def by_neighbours(span: Span, text: str) -> Mapping[Sort, float]:
    """What the words before and after say."""
    lists = words()
    evidence: Evidence = defaultdict(float)
    before = text[max(0, span.start - BESIDE) : span.start]
    direct = _WORD_BEFORE.search(before)
    word = direct[1].lower() if direct else ""
    near = _BEFORE.search(before)
    over_of = near[1].lower() if near else ""
    after = text[span.end : span.end + BESIDE]
    following = _AFTER.match(after)
    next_word = following[1].lower() if following else ""
    several = " " in span.text
    if (
        word in lists.titles
        and not before.rstrip().endswith(",")
        and word.rstrip(".") not in lists.organization_last
    ):
        evidence["person"] += AROUND if several or word in _CIVIL else HINT
        if styled(before):
            evidence["person"] += OWN_WORDS
    headed = span.text.split()[-1].lower() in lists.organization_last  # "the state Supreme Court"
    if (over_of in lists.place_before and over_of != word) or (word in lists.place_before and not headed):
        evidence["place"] += AROUND
    elif word in lists.place_prepositions and span.text[:1].isupper():
        known = place_table().knows(span.text)
        evidence["place"] += AROUND if known else 1.5 * HINT if word in ("in", "near") else HINT / 2
    elif word in ("to", "from") and not _ACCORDING.search(before) and place_table().knows(span.text):
        evidence["place"] += AROUND
    if _FIGHTERS_OF.search(before) and not place_table().knows(span.text):
        evidence["organization"] += AROUND
    if word == "told" and _INTERVIEW.match(after):
        evidence["organization"] += AROUND
    if _LIES.match(after):
        evidence["place"] += AROUND
    if next_word in lists.place_after and not after.startswith(","):
        evidence["place"] += AROUND
    elif next_word in lists.organization_apart and not after.startswith((",", "'")):
        evidence["organization"] += 1.5 * AROUND
    elif next_word in lists.organization_after and not after.startswith((",", "'")):
        evidence["organization"] += HINT
    elif next_word in lists.speech:
        evidence["person"] += HINT if several else HINT / 2
    elif (
        span.text.count(" ") == 1
        and (body := _OF_BODY.match(after))
        and body[1].lower() in lists.organization_last
    ):
        evidence["person"] += HINT  # "Ada Brink of Harbour University"
    elif several and after.startswith(" of the "):
        evidence["person"] += HINT / 2
    if word in lists.organization_apart:
        evidence["organization"] += AROUND
    if several and before.endswith('"') and after.startswith('"'):
        evidence["thing"] += HINT  # the title of a work
    if _AGE.match(after):
        evidence["person"] += AROUND
    add(evidence, _said_to_be(text, span.end))
    if not _AGE.match(after) and several and (role := _APPOSITION.match(text, span.end)):
        held = role[1].lower().split()
        evidence["person"] += AROUND if lists.titles.intersection(held) else HINT / 4
    return evidence


def styled(before: str) -> bool:
    """Whether a text ends in a title that only persons bear: "Queen", "Governor"; not "Finance"."""
    last = _STYLE.search(before)
    return last is not None and last[1].lower() in words().titles - words().loose_titles


def _said_to_be(text: str, end: int) -> Evidence:
    """By the head noun of what follows: "X, a village near Y", "X is the largest retailer"."""
    evidence: Evidence = defaultdict(float)
    said = _SAID_TO_BE.match(text, end)
    if said:
        phrase = _HEAD_ENDS.split(said[1], maxsplit=1)[0].lower().split()
        while phrase and (phrase[-1] in words().directions or phrase[-1] in _BEFORE_PLACE):
            phrase.pop()
        noun = phrase[-1] if phrase else ""
        kind = named_by(noun.removesuffix("s") if "one of" in said[0] else noun)
        if kind is not None:
            evidence[kind] += AROUND
    return evidence

"""The unit of a counted noun: person, household, building, distance, or the noun's own lemma."""

from __future__ import annotations

from newsdesk.analysis.figures import words
from newsdesk.analysis.figures.agents import is_agent, is_craft

IRREGULAR = {
    "people": "people",
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "policemen": "policeman",
    "wives": "wife",
    "lives": "life",
    "families": "family",
    "bodies": "body",
    "graves": "grave",
    "doses": "dose",
    "bases": "base",
    "axes": "axe",
    "vases": "vase",
    "taxes": "tax",
    "species": "species",
    "series": "series",
    "premises": "premises",
    "corpses": "corpse",
    "synapses": "synapse",
    "senses": "sense",
    "reverses": "reverse",
    "motives": "motive",
    "cookies": "cookie",
    "hippies": "hippie",
    "lice": "louse",
    "knives": "knife",
    "loaves": "loaf",
    "calves": "calf",
    "wolves": "wolf",
    "leaves": "leaf",
    "halves": "half",
    "shelves": "shelf",
    "thieves": "thief",
    "scarves": "scarf",
    "buses": "bus",
    "viruses": "virus",
    "crises": "crisis",
    "movies": "movie",
    "zombies": "zombie",
}
SHORT = {
    **dict.fromkeys(("gw", "gwp", "gigawatt"), "gigawatt"),
    **dict.fromkeys(("mw", "mwp", "megawatt"), "megawatt"),
    **dict.fromkeys(("kw", "kwp", "kilowatt"), "kilowatt"),
    **dict.fromkeys(("tw", "terawatt"), "terawatt"),
    **dict.fromkeys(("gwh", "gigawatt-hour"), "gigawatt-hour"),
    **dict.fromkeys(("mwh", "megawatt-hour"), "megawatt-hour"),
    **dict.fromkeys(("kwh", "kilowatt-hour"), "kilowatt-hour"),
    **dict.fromkeys(("twh", "terawatt-hour"), "terawatt-hour"),
    "bpd": "barrel",
    "bbl": "barrel",
    "bcm": "cubic metre",
    "ppm": "ppm",
    "kb": "kilobyte",
    "mb": "megabyte",
    "gb": "gigabyte",
    "tb": "terabyte",
}
"""Units of power, energy and the like, written short or in full."""
CAPITALS = {
    "SEALs",
    "SEALS",
    "GIs",
    "POWs",
    "IDPs",
    "MEPs",
    "VIPs",
    "CEOs",
    "MSPs",
    "EMTs",
    "Marines",
    "Rangers",
}
"""People that are people only in this spelling."""
CARRIERS = words.word_set("air budget national low-cost wireless phone mobile telecom insurance")
"""Carriers that are companies."""
NO_ATTACK = words.word_set(
    "lightning hunger general labor labour rail train transport teacher teachers nurse nurses school doctors "
    "union national nationwide"
)
"""What stands before strikes of work, of food, of the weather."""


MANY_PEOPLE = ("children", "women", "people", "folk", "workforce")


def lemma_of(word: str) -> str:
    """A rough singular of an English noun, lower case; for where no tagger is at hand."""
    word = word.lower()
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("men") and len(word) > 5:
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def unit_of_noun(lemma: str, before: str = "") -> str | None:
    """The unit that the lists give the noun `lemma`, None where they do not know it; `before`: the word "
    "before it."""
    if lemma == "carrier":  # of aircraft or passengers
        return "carrier" if before in CARRIERS else "vehicle"
    if is_craft(lemma, before):
        return "vehicle" if before not in CARRIERS else "carrier"
    if lemma in words.PERSON or lemma.removesuffix("s") in words.PERSON or lemma.endswith(MANY_PEOPLE):
        return "person"
    if lemma in words.HOUSEHOLD:
        return "household"
    if lemma in words.MONEY_WORDS and lemma != "pound":
        return "money"
    if lemma in words.TIME_UNITS:
        return lemma
    for unit, lemmas in words.MEASURE.items():
        if lemma in lemmas:
            return "area" if before in words.AREA_WORDS and unit == "distance" else unit
    if lemma in words.BUILDING:
        return "building"
    if lemma in words.VEHICLE:
        return "vehicle"
    if lemma in words.ATTACK or lemma.endswith(("bombing", "strike")):
        return "strike" if before in NO_ATTACK else "attack"
    return "person" if is_agent(lemma) else None

"""What a figure takes from the figures before it: an elided noun, a category, a speaker, a parent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import words
from newsdesk.analysis.figures.acts import Happening
from newsdesk.analysis.figures.clause import child, governor, is_passive, lemma
from newsdesk.analysis.figures.noun import Counted, unit_of
from newsdesk.analysis.figures.numerals import Number
from newsdesk.models import Category, Figure

if TYPE_CHECKING:
    from spacy.tokens import Token

CROWDS = words.word_set(
    "workforce force staff crowd population army team group delegation congregation crew membership family "
    "panel town city village electorate garrison squad platoon throng audience"
)
"""Nouns that a bare number behind "of" counts the people of."""
POPULACE = words.word_set("population populace workforce electorate citizenry crowd staff garrison")
"""Of a city a part may be flooded; of these only people are parts."""
A_CROWD = 20
"""Fewer are told of only where something befell them: "a family of five was killed", "groups of three"."""
HELD_THINGS = frozenset({"held", "captured", "sheltered", "released"})
"""What befalls things as well: where the noun is left out, it takes a figure of persons before it."""
MEASURED = frozenset({"percent", "money", "distance", "area", "mass", "temperature"})
SUFFERERS = frozenset({"person", "household", "body", "case", "infection"})
BODILY = frozenset({"killed", "injured", "missing", "arrested"})
IN_HOSPITAL = words.HOSPITAL | words.word_set("take rush airlift fly admit transport treat be remain stay")
FALL_ILL = words.word_set("fall become get take")
DONE_TO_PEOPLE = words.word_set(
    "trap rescue vaccinate convict sentence acquit execute hospitalize hospitalise evacuate deport"
)
"""Verbs whose object, left out, is people."""
THINGS_TOO = words.word_set("work turn return arrive strike join sign wait line escape hold hurt")
"""What things are said to do or suffer as well: "15 clinics were open, 21 were not working"."""
STATED = frozenset(words.STATE) | words.word_set(
    "bodies corpses deaths fatalities injuries casualties remains"
)
"""Nouns that say what befell those counted, and so count none of another fate."""
BODILY_EVENTS = frozenset({"killed", "injured", "missing", "arrested", "captured"})
COUNTS_PEOPLE = words.word_set(
    "death fatality killing murder drowning injury wound disappearance kidnapping abduction arrest "
    "assassination"
)
"""Nouns for what befell one person each: 60 arrests are 60 people."""
AGENT = re.compile(r"(?:er|or|ian|ant|aut|ee)$")
"""How nouns for people end: a counted noun that no list knows, and that was killed or arrested."""
LOOK_BACK = 80
GOES_ON = (None, "be", "have", "include")
"""Verbs that say nothing of their own: the figure goes on with what was said of the one before."""
SUBSET = re.compile(
    r"\b(?:including|among (?:them|whom)|of (?:whom|which|them)|(?:they|these) includ\w+)[^.;,\d]{0,25}$"
    r"|\bof (?:those|these|them|whom),\s+(?:about |at least |some |more than |nearly )?$"
    r"|(?:^|[.;]\s+)Of (?:the |these |those |its |their |all )?(?:[a-z-]+ ){0,3}\d[^.;]{0,60},\s+"
    r"[a-z ]{0,15}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Settled:
    """The fields of a figure that may come from the one before; `inferred` names those that do."""

    unit: str | None
    noun: str | None
    category: Category
    inferred: tuple[str, ...] = ()

    def as_part_of(self, whole: Figure) -> Settled:
        """ "27 people were killed, including nine children": what befell the whole befell the part."""
        if self.category != "other" or self.unit != "person" or whole.unit != "person":
            return self
        inferred = tuple(dict.fromkeys((*self.inferred, "category")))
        return Settled(self.unit, self.noun, whole.category, inferred)

    def without_noun(self) -> Settled:
        return Settled(self.unit, None, self.category, tuple(f for f in self.inferred if f != "noun"))


def last(figures: list[Figure], passage: int) -> Figure | None:
    """The figure before in the same passage, measures and durations left out."""
    for figure in reversed(figures):
        if figure.passage != passage:
            return None
        if figure.unit not in MEASURED and figure.unit not in words.TIME_UNITS:
            return figure
    return None


def settle(
    number: Number, counted: Counted, happening: Happening, before: Figure | None, *, diseased: bool
) -> Settled:
    """Unit, noun and category; `diseased`: the article names an illness, so that cases are infections."""
    unit, noun = counted.unit or happening.unit, counted.noun or happening.noun
    category = happening.category
    if number.unit is not None and number.unit != "vote":
        own = happening.word is None or happening.word == governor(counted.argument)
        share = category if category in words.CASUALTY and _is_of_people(number, counted) else "other"
        return Settled(number.unit, noun if own else counted.noun, share)
    inferred: tuple[str, ...] = ()
    if number.kind == "fraction" and counted_lemma(counted) in POPULACE:
        unit = "person"  # "a quarter of the population"
    if unit is None and happening.as_before and before is not None:
        return Settled(before.unit, before.noun, before.category, ("unit", "noun", "category"))
    if category == "other" and _is_cut_off(unit, counted, happening, before):
        category, inferred = before.category if before is not None else "other", ("category",)
    if unit is None:
        unit, noun, category, inferred = _elided(number, counted, happening, before, noun)
    if unit is not None and unit == counted_lemma(counted) and category in BODILY and AGENT.search(unit):
        unit = "person"
    if unit in words.CASE and (diseased or unit == "infection"):
        category = "infected"
    elif category == "infected" and not diseased and happening.lemma in FALL_ILL:
        category = "affected"
    elif _is_other(category, happening, diseased):
        category = "other"
    if category in BODILY_EVENTS and counted_lemma(counted) in COUNTS_PEOPLE:
        unit = "person"
    if category not in ("other", "affected") and unit not in SUFFERERS:
        category = "other"
    return Settled(unit, noun, category, inferred)


def _is_of_people(number: Number, counted: Counted) -> bool:
    """ "85% of the town's residents": a share of whom, not of what."""
    if number.unit != "percent" or counted.head is None:
        return False
    return unit_of(counted.head) == "person" or lemma(counted.head) in POPULACE


def _is_cut_off(unit: str | None, counted: Counted, happening: Happening, before: Figure | None) -> bool:
    """ "killed 40, according to officials, and 320 people overall": hung on the wrong word by the parse."""
    return (
        unit == "person"
        and happening.lemma == "accord"
        and before is not None
        and before.unit == "person"
        and same_sentence(before, counted.argument)
    )


def _is_other(category: Category, happening: Happening, diseased: bool) -> bool:
    """In hospital with an illness, or tested for something else."""
    if diseased:
        return category == "injured" and happening.lemma in IN_HOSPITAL
    return category == "infected" and happening.lemma in ("test", "be")


def _complement(argument: Token) -> Token | None:
    """The noun that the elided one is said to be."""
    if argument.dep_ != "nsubj" or lemma(argument.head) != "be":
        return None
    what = child(argument.head, "attr")
    return what if what is not None and what.tag_ == "NNS" else None


def counted_lemma(counted: Counted) -> str | None:
    return None if counted.head is None else lemma(counted.head)


def _elided(
    number: Number, counted: Counted, happening: Happening, before: Figure | None, noun: str | None
) -> tuple[str | None, str | None, Category, tuple[str, ...]]:
    """ "More than 100 were released", "88 in the fourth", "400,000 of them"."""
    category = happening.category
    if _is_crowd(counted) and (category != "other" or (number.low or 0) >= A_CROWD):
        return "person", noun, category, ("unit",)
    after_persons = before is not None and before.unit == "person"
    done = is_passive(happening.word) or _is_seen(happening.word)
    if category in HELD_THINGS and not done and not after_persons:
        category = "other"  # "the coalition holds 64"
    people = category in words.CASUALTY or (not counted.points_back and _only_people(happening, counted))
    if category == "other" and before is not None and not after_persons and happening.lemma in THINGS_TOO:
        people = people and not same_sentence(before, counted.argument)
    if people or (number.kind == "vague" and before is None and not counted.points_back):
        if category == "other" and before is not None and happening.lemma == before.event:
            category = before.category  # "433 died, up from 270"
        stated = before is not None and (before.noun or "").lower() in STATED  # "12 dead and 30 injured"
        if before is not None and after_persons and before.noun is not None and noun is None and not stated:
            return "person", before.noun, category, ("unit", "noun")
        return "person", noun, category, ("unit",)
    what = _complement(counted.argument)
    if what is not None:  # "12 were children"
        return unit_of(what), what.text, category, ("unit", "noun")
    if before is not None and (counted.points_back or same_sentence(before, counted.argument)):
        if category == "other" and happening.lemma in (*GOES_ON, before.event):
            return before.unit, before.noun, before.category, ("unit", "noun", "category")
        return before.unit, before.noun, category, ("unit", "noun")
    return None, noun, category, ()


def _is_seen(verb: Token | None) -> bool:
    """ "the raid saw 90 marched off": a participle without its auxiliary."""
    return verb is not None and verb.dep_ == "ccomp" and lemma(verb.head) == "see"


def _is_crowd(counted: Counted) -> bool:
    """ "a work force of 75,000", "a town of 4,000"."""
    over = counted.argument.head
    return counted.argument.dep_ == "pobj" and over.lower_ == "of" and lemma(over.head) in CROWDS


def _only_people(happening: Happening, counted: Counted) -> bool:
    """ "hundreds protested", "24,000 who lost their jobs"."""
    argument = counted.argument
    if any(c.dep_ == "relcl" and any(t.lower_ == "who" for t in c.subtree) for c in argument.children):
        return True
    if happening.lemma == "take" and happening.word is not None and argument.dep_ == "dobj":
        return any(c.dep_ == "prt" and c.lower_ == "in" for c in happening.word.children)
    if happening.lemma in DONE_TO_PEOPLE and argument.dep_ == "dobj":
        return True
    return happening.lemma in words.HUMAN_ACT and argument.dep_ in ("nsubj", "nsubjpass", "pobj")


def same_sentence(before: Figure, token: Token) -> bool:
    return bool(before.start >= token.sent.start_char)


def parent(figures: list[Figure], text: str, number: Number, counted: Counted, passage: int) -> int | None:
    """The position of the figure that a share or subset belongs to: "seven people, including three "
    "children"."""
    if not (
        number.kind == "fraction"
        or counted.points_back
        or SUBSET.search(text[max(0, number.start - LOOK_BACK) : number.start])
    ):
        return None
    for position in range(len(figures) - 1, -1, -1):
        figure = figures[position]
        if figure.passage != passage:
            return None
        if figure.unit not in MEASURED and figure.quantifier != "fraction" and figure.parent is None:
            return position
    return None

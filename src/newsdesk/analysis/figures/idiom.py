"""What turns of phrase say befell the counted: lost their lives, taken to hospital, among the dead.

The single verbs and nouns are in `words`; here are those that say it only together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.analysis.figures import words
from newsdesk.analysis.figures.clause import SUBJECTS, child, lemma
from newsdesk.models import Category

if TYPE_CHECKING:
    from spacy.tokens import Token

HELD_BY: dict[tuple[str, str], Category] = {
    ("in", "captivity"): "held",
    ("in", "prison"): "held",
    ("in", "jail"): "held",
    ("in", "custody"): "held",
    ("in", "detention"): "held",
    ("behind", "bar"): "held",
    ("into", "custody"): "arrested",
    ("under", "arrest"): "arrested",
    ("in", "shelter"): "sheltered",
    ("without", "home"): "displaced",
    ("from", "home"): "displaced",
    ("in", "hospital"): "injured",
    ("under", "treatment"): "injured",
    ("without", "power"): "affected",
    ("without", "electricity"): "affected",
    ("without", "water"): "affected",
    ("without", "food"): "affected",
    ("without", "heat"): "affected",
    ("without", "heating"): "affected",
    ("in", "condition"): "injured",
    ("into", "captivity"): "captured",
}
FIGURATIVE = words.word_set(
    "responsible accountable liable up back off over together sway dear high spellbound harmless answerable"
)
VENUES = words.word_set(
    "stadium hall arena room theater theatre auditorium venue ground church mosque cinema bus train plane "
    "aircraft boat ferry ship car van elevator lift tent bunker shelter pool club restaurant studio chamber "
    "capsule vehicle coach square park"
)
HOMES = words.word_set("home house village town city area country property district")
LEAVING = words.word_set("leave abandon flee evacuate vacate quit")
WOUNDS = words.word_set("injury wound burn fracture bruise cut shock concussion inhalation")
ADMITTED = words.word_set("take rush airlift fly admit transport ambulance")
PRISONERS = words.word_set("prisoner captive hostage")
DEAD_OR_HURT = words.word_set(
    "dead wounded injured missing killed captive casualty detained arrested displaced"
)
WITH_PARTICLE: dict[tuple[str, str], Category] = {
    ("gun", "down"): "killed",
    ("mow", "down"): "killed",
    ("hunt", "down"): "killed",
    ("strike", "down"): "killed",
    ("shoot", "dead"): "killed",
    ("set", "free"): "released",
    ("let", "go"): "released",
    ("turn", "loose"): "released",
    ("hand", "over"): "released",
    ("send", "home"): "released",
    ("round", "up"): "arrested",
    ("lock", "up"): "held",
    ("go", "missing"): "missing",
    ("carry", "off"): "captured",
}
"""Verbs that say it with a second word, right behind them or behind their object."""
HANDED = words.word_set("hostage captive prisoner detainee inmate")
"""Who is handed over or sent home is set free."""
NOT_TO_DEATH = words.word_set("sentence condemn doom scare frighten bore put respond react come flee")
REFUGE = words.word_set("shelter refuge cover")
KIN = words.word_set(
    "child son daughter brother sister parent mother father wife husband relative sibling cousin grandchild "
    "uncle aunt friend colleague comrade"
)
"""Who is lost is dead, as soldiers are; a club loses players, a firm workers."""
FREE_ACT = words.word_set("escape return arrive come vote protest riot sue meet reunite")
"""What prisoners and refugees do: a count of them, but not of what befell them."""


def of_subject(verb: Token) -> Category | None:
    """The figure does `verb`."""
    name, what = lemma(verb), child(verb, "dobj")
    if what is not None and name == "lose" and lemma(what) in ("life", "live"):
        return "killed"
    if what is not None and name in ("take", "seek", "find") and lemma(what) in REFUGE:
        return "sheltered"
    if what is not None and name in ("contract", "catch", "get") and words.DISEASE_NAME.search(what.text):
        return "infected"
    if name in ("fall", "become", "get", "take") and child_word(verb, ("ill", "sick")):
        return "infected"
    if _to_death(verb) or (name, _beside(verb)) == ("go", "missing"):
        return "killed" if _to_death(verb) else "missing"
    if what is not None and name in LEAVING and (lemma(what) in HOMES or name == "flee"):
        return "displaced" if _is_home(name, what) else None
    if name in ("sustain", "suffer", "receive") and what is not None and lemma(what) in WOUNDS:
        return "injured"
    if name in ("test", "be") and any(c.lower_ == "positive" for c in verb.children):
        return "infected"
    for part in verb.children:
        if part.dep_ == "xcomp" and lemma(part) in LEAVING:
            return of_subject(part)
    return among(verb)


FUGITIVE = words.word_set(
    "man gunman attacker assailant suspect robber thief prisoner inmate convict driver shooter bomber "
    "kidnapper burglar raider culprit perpetrator"
)
"""Who flees a deed, not a home."""


def acts_free(verb: Token | None, argument: Token) -> bool:
    """ "40 prisoners escaped": what they do, not what befell them; not "families of 40 prisoners met"."""
    return verb is not None and lemma(verb) in FREE_ACT and argument.dep_ in SUBJECTS


def label_of(argument: Token) -> Token | None:
    """The word of state before a colon: "Killed: 14; missing: 3"."""
    first = argument.left_edge.i
    if first < 2 or argument.doc[first - 1].text != ":":
        return None
    label = argument.doc[first - 2]
    return label if state_of(label) is not None else None


def of_sufferer(verb: Token) -> Category | None:
    """ "were forced to leave their homes", "were taken to hospital", "were treated for burns"."""
    if lemma(verb) == "force" or lemma(verb) == "tell" or lemma(verb) == "order":
        told = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp")), None)
        return None if told is None else of_subject(told)
    return of_object(verb, None)


def of_object(verb: Token, token: Token | None) -> Category | None:
    """ "took 40 prisoners", "rounded up 60 protesters", "rushed 12 pupils to hospital"."""
    name = lemma(verb)
    told = next((said for (of, by), said in WITH_PARTICLE.items() if of == name and _has(verb, by)), None)
    if told is not None and (name not in ("hand", "send") or _is_captive(verb, token)):
        return told
    if name == "rescue" and _is_captive(verb, token):
        return "released"
    if token is not None and name == "lose" and lemma(token) in words.COMBATANT | KIN:
        return "killed"
    if _to_death(verb):
        return "killed"
    if token is not None and name == "take" and lemma(token) in PRISONERS:
        return "captured"
    if token is not None and name == "claim" and lemma(token) == "victim":
        return "killed"
    if token is not None and name in ("include", "be"):
        who = child(verb, *SUBJECTS)
        if who is not None and who != token:
            done = next((c for c in who.children if c.dep_ == "acl" and c.tag_ == "VBN"), who)
            if lemma(who) in DEAD_OR_HURT or done != who:
                return state_of(done)  # "those killed included 12 children"
    for part in verb.children:
        if part.dep_ != "prep":
            continue
        held = child(part, "pobj")
        if held is None:
            continue
        if part.lower_ == "to" and lemma(held) in ("hospital", "clinic") and name in ADMITTED:
            return "injured"
        if part.lower_ == "for" and name in ("treat", "hospitalize", "hospitalise") and lemma(held) in WOUNDS:
            return "injured"
    return among(verb) if name in ("be", "include", "count") else None


def child_word(verb: Token, those: tuple[str, ...]) -> bool:
    return any(c.lower_ in those for c in verb.children)


def _beside(verb: Token) -> str:
    """The word right behind `verb`."""
    return verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""


def _has(verb: Token, particle: str) -> bool:
    return _beside(verb) == particle or any(
        c.lower_ == particle and c.dep_ in ("prt", "advmod", "acomp", "oprd", "xcomp", "ccomp")
        for c in verb.children
    )


def _is_captive(verb: Token, token: Token | None) -> bool:
    who = token if token is not None else child(verb, "nsubjpass")
    if who is None and verb.dep_ == "acl":
        who = verb.head  # "saw 30 hostages handed over"
    return who is not None and lemma(who) in HANDED


def _to_death(verb: Token) -> bool:
    """Stabbed, beaten, burned, starved to death."""
    return lemma(verb) not in NOT_TO_DEATH and any(
        part.dep_ == "prep" and part.lower_ == "to" and _beside(part) == "death" for part in verb.children
    )


def among(verb: Token) -> Category | None:
    """ "Eight children were among the dead", "among the 40 wounded were two nurses"."""
    for part in verb.children:
        if part.dep_ == "prep" and part.lower_ == "among":
            held = child(part, "pobj")
            if held is not None and (lemma(held) in DEAD_OR_HURT or held.lower_ in words.STATE):
                return state_of(held)
    return None


def state_of(noun: Token) -> Category | None:
    return words.STATE.get(noun.lower_) or words.COUNTED_STATE.get(lemma(noun))


def is_figurative(verb: Token) -> bool:
    """Held responsible, held up, held back: no captivity."""
    return any(c.lower_ in FIGURATIVE and c.i > verb.i for c in verb.children)


def has_room(verb: Token, token: Token) -> bool:
    """ "the hall holds 400 guests": a capacity; "the prison holds 400 inmates" is none."""
    who = child(verb, *SUBJECTS)
    return who is not None and lemma(who) in VENUES and words.COUNTED_STATE.get(lemma(token)) != "held"


def _is_home(name: str, what: Token) -> bool:
    """Whether leaving `what` is losing one's home: "fled the town", "left their homes", not "left town"."""
    if name in ("flee", "evacuate"):
        return True
    return lemma(what) in ("home", "house", "village") and any(c.dep_ == "poss" for c in what.children)

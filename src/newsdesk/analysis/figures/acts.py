"""What a verb says of the counted that does it or suffers it, by its own words and its complements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import idiom, words
from newsdesk.analysis.figures.clause import PASSIVE_SUBJECTS, SUBJECTS, WH, child, is_passive, is_verb, lemma
from newsdesk.models import Category

if TYPE_CHECKING:
    from spacy.tokens import Token

LIVES = words.word_set("life soul")


@dataclass(frozen=True, slots=True)
class Happening:
    """`word` is the verb or noun that governs the figure, `category` what it means for the counted."""

    word: Token | None
    category: Category
    unit: str | None = None
    """The unit where the clause gives it: "the death toll rose to 12" counts persons."""
    noun: str | None = None
    as_before: bool = False
    """ "the number has since risen to 40": it measures what the figure before counts."""

    said: str | None = None
    """The lemma where the tagger has a wrong one."""

    @property
    def lemma(self) -> str | None:
        if self.said is not None:
            return self.said
        return None if self.word is None else lemma(self.word)


def as_written(verb: Token, phrase: Token) -> Happening:
    """The figure before the verb is its subject, behind it its object."""
    if phrase.i < verb.i:
        return as_sufferer(verb) if is_passive(verb) or child(verb, "auxpass") else as_subject(verb)
    return as_object(verb, phrase)


def as_sufferer(verb: Token) -> Happening:
    """The figure is the subject of a passive verb."""
    if lemma(verb) == "hold" and idiom.is_figurative(verb):
        return Happening(verb, "other")
    name = lemma(verb)
    said = words.SUFFERED.get(name) or idiom.of_sufferer(verb) or _complement(verb) or _goes_on(verb)
    return Happening(verb, said or words.HARMED.get(name) or "other")


def _goes_on(verb: Token) -> Category | None:
    """ "were shot and killed": the participle joined to the verb."""
    other = child(verb, "conj")
    if other is None or other.tag_ != "VBN" or child(other, *SUBJECTS, *PASSIVE_SUBJECTS, "dobj") is not None:
        return None
    return words.SUFFERED.get(lemma(other))


def finite(verb: Token) -> Token:
    """The verb proper where a reduced relative was read as one: "Israelis taken in May have died".

    A bare participle has no subject; the next verb with an auxiliary and no subject of its own has.
    """
    if verb.tag_ != "VBN" or child(verb, "aux", "auxpass") is not None or child(verb, "cc") is not None:
        return verb
    for later in verb.sent[verb.i - verb.sent.start + 1 :]:
        if (
            is_verb(later)
            and later.dep_ in ("conj", "ccomp", "ROOT")
            and child(later, "aux", "auxpass") is not None
            and child(later, *SUBJECTS, *PASSIVE_SUBJECTS) is None
        ):
            return later
    return verb


def as_subject(verb: Token) -> Happening:
    """The figure is the subject: what it did, what it is, or, in a headline, what was done to it."""
    name = lemma(verb)
    if (
        verb.tag_ in ("VBN", "VBD")
        and verb.dep_ == "ccomp"
        and lemma(verb.head) == "see"
        and not _has_object(verb)
    ):
        return as_sufferer(verb)  # "the swap saw 30 handed over"
    if verb.lower_ == "missing" and not _has_object(verb):
        return Happening(verb, "missing")
    if name == "flee" and any(lemma(c) in idiom.FUGITIVE for c in verb.children if c.dep_ in SUBJECTS):
        return Happening(verb, "other")
    if name in words.DID and not _has_object(verb):
        return Happening(verb, words.DID[name])
    if name in words.SUFFERED and (
        is_passive(verb)
        or (
            verb.tag_ in ("VBN", "VBD")
            and not _has_object(verb)
            and name not in ("hold", "shelter", "capture")
        )
    ):
        return Happening(verb, words.SUFFERED[name])
    category = idiom.of_subject(verb) or _complement(verb)
    for other in verb.children:
        if category is None and other.dep_ == "conj" and is_verb(other) and child(other, *SUBJECTS) is None:
            again = as_sufferer(other) if is_passive(other) else None
            if again is not None and again.category != "other":
                return again
    return Happening(verb, category or "other")


def as_object(verb: Token, token: Token) -> Happening:
    """The figure is what the verb is done to."""
    name = lemma(verb)
    if not is_verb(verb):
        return Happening(verb, words.EVENT_NOUN.get(name, "other"))
    if name in ("claim", "lose", "take", "cost") and lemma(token) in LIVES:
        return Happening(verb, "killed")
    if name == "hold" and (idiom.is_figurative(verb) or idiom.has_room(verb, token)):
        return Happening(verb, "other")
    category = words.SUFFERED.get(name) or idiom.of_object(verb, token)
    category = category or _complement(verb)
    if category is None and lemma(token) not in words.COUNTED_STATE:
        category = _complement(token)
    if category is None and token.dep_ == "attr":
        who = child(verb, *SUBJECTS)
        category = None if who is None else words.COUNTED_STATE.get(lemma(who))
    downed = verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "down"  # aircraft
    harmed = None if downed else words.HARMED.get(name)
    return Happening(verb, category or harmed or "other")


def _has_object(verb: Token) -> bool:
    return child(verb, "dobj") is not None


def _as_captives(verb: Token) -> bool:
    """ "dragged over the border as hostages", whatever the parse hangs it on."""
    for word in verb.doc[verb.i + 1 : verb.right_edge.i]:
        if is_verb(word):
            return False
        if word.lower_ == "as" and lemma(word.nbor()) in ("hostage", "captive"):
            return True
    return False


def _complement(verb: Token) -> Category | None:
    """left dead, reported injured, taken hostage, believed to have died, in captivity, under arrest."""
    if _as_captives(verb):
        return "captured"
    for part in verb.children:
        if part.dep_ in ("advcl", "ccomp") and child(part, *SUBJECTS, *PASSIVE_SUBJECTS) is not None:
            continue  # "while the rest were released"
        if part.dep_ in (
            "acomp",
            "oprd",
            "xcomp",
            "attr",
            "advcl",
            "ccomp",
            "advmod",
            "dobj",
            "prt",
            "dep",
            "conj",
        ):
            state = words.STATE.get(part.lower_)
            if state is not None and (part.dep_ != "conj" or part.pos_ == "ADJ"):
                return (
                    "captured"
                    if state == "captured" and lemma(verb) != "hold"
                    else ("held" if lemma(verb) == "hold" else state)
                )
            if part.dep_ in ("xcomp", "oprd", "ccomp") and is_verb(part):
                name = lemma(part)
                if name in words.DID:
                    return words.DID[name]
                if (
                    name in words.SUFFERED
                    and (is_passive(part) or part.tag_ == "VBN")
                    and not _has_object(part)
                ):
                    return words.SUFFERED[name]
                deeper = _complement(part)
                if deeper is not None:
                    return deeper
        if part.dep_ == "prep":
            held = child(part, "pobj")
            if held is not None and (part.lower_, lemma(held)) in idiom.HELD_BY:
                return idiom.HELD_BY[part.lower_, lemma(held)]
    return None


def described(head: Token) -> Happening | None:
    """The clause that describes the noun: "killed in the blast", "it is holding", "who lost their jobs"."""
    for part in head.children:
        if part.i < head.i or not is_verb(part):
            continue
        name = lemma(part)
        if part.dep_ == "acl" and part.tag_ == "VBN":
            return as_sufferer(part)
        if part.dep_ == "acl" and part.tag_ == "VBG":
            return Happening(part, words.DID.get(name) or _complement(part) or "other")
        if part.dep_ == "relcl":
            who = child(part, *SUBJECTS, *PASSIVE_SUBJECTS)
            if who is not None and who.lower_ not in WH and any(t.lower_ in WH for t in who.subtree):
                continue  # "34 of whom are dead": the part, not the whole
            if who is not None and who.lower_ not in WH:  # hostages it is holding
                return Happening(part, words.SUFFERED.get(name) or _complement(part) or "other")
            return as_sufferer(part) if is_passive(part) else as_subject(part)
    return None

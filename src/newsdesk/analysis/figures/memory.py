"""Who was named last: what a pronoun of a report stands for, by gender and number."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from newsdesk.analysis.figures import gender
from newsdesk.analysis.figures.report import Report
from newsdesk.analysis.figures.wording import phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

Gender = Literal["m", "f"]
KEPT = 12
"""Names held at once: what was named longer ago is meant by no pronoun."""
GENDER_OF: dict[str, Gender] = {"he": "m", "she": "f"}


@dataclass
class Named:
    """A person or body that was named: its head word, and the words printed (read when they are needed)."""

    who: Token
    words: str | None = None
    plural: bool = False
    speaks: bool = True
    """A body or a country, not a study or a letter."""
    meant_as: Gender | None = None
    """By which pronoun it was meant before."""

    @cached_property
    def printed(self) -> str:
        return phrase(self.who) if self.words is None else self.words

    @cached_property
    def gender(self) -> Gender | None:
        """By a title, an office, or a first name that nearly always is of one gender."""
        for word in self.printed.lower().replace(".", "").split():
            if word in gender.MALE:
                return "m"
            if word in gender.FEMALE:
                return "f"
        return None

    def may_be(self, wanted: Gender) -> bool:
        return (self.meant_as or self.gender or wanted) == wanted


@dataclass(slots=True)
class Memory:
    """The people and bodies of the article so far, and a quotation that runs on."""

    people: list[Named] = field(default_factory=list)
    bodies: list[Named] = field(default_factory=list)
    running: Report | None = None
    """Of a quotation that the last passage left open, or closed as its last words."""

    def note_person(self, who: Token, words: str | None = None, *, told: bool = False) -> None:
        """A person was named: whom "he" or "she" means from here on, unless a speaker `told` of them."""
        known = next((p for p in reversed(self.people) if p.who.text == who.text), None)
        new = Named(who, words)
        if known is not None:
            new.meant_as = known.meant_as or known.gender
        _add(self.people, new, told=told)

    def note_body(
        self, who: Token, words: str | None = None, *, plural: bool, speaks: bool = True, told: bool = False
    ) -> None:
        """A body, or several people, was named: the one that "it", or "they", means from here on."""
        _add(self.bodies, Named(who, words, plural=plural, speaks=speaks), told=told)

    def meant_by(self, pronoun: str) -> str | None:
        """Whom `pronoun` (he, she, it, they) stands for; None where nobody fits it."""
        wanted = GENDER_OF.get(pronoun)
        if wanted is not None:
            return self._person(wanted)
        if pronoun == "it":
            return next((b.printed for b in reversed(self.bodies) if not b.plural), None)
        speaking = [b for b in reversed(self.bodies) if b.speaks]
        return next((b.printed for b in speaking if b.plural), speaking[0].printed if speaking else None)

    def _person(self, wanted: Gender) -> str | None:
        for person in reversed(self.people):
            if person.may_be(wanted):
                person.meant_as = wanted
                return person.printed
        return None


def _add(names: list[Named], new: Named, *, told: bool) -> None:
    """Put `new` last; before the speaker who tells of it, where it is `told` of."""
    if names and names[-1].who == new.who:
        names.pop()
    names.insert(len(names) - 1 if told and names else len(names), new)
    del names[:-KEPT]

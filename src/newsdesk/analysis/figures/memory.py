"""Who was named last: what a pronoun of a report stands for, by gender and number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from newsdesk.analysis.figures import gender
from newsdesk.analysis.figures.report import Report

Gender = Literal["m", "f"]
KEPT = 12
"""Names held at once: what was named longer ago is meant by no pronoun."""
GENDER_OF: dict[str, Gender] = {"he": "m", "she": "f"}


@dataclass(slots=True)
class Named:
    """A person or body by the words printed last."""

    printed: str
    gender: Gender | None = None
    plural: bool = False
    speaks: bool = True
    """A body or a country, not a study or a letter."""


@dataclass(slots=True)
class Memory:
    """The people and bodies of the article so far, and a quotation that runs on."""

    people: list[Named] = field(default_factory=list)
    bodies: list[Named] = field(default_factory=list)
    running: Report | None = None
    """Of a quotation that the last passage left open, or closed as its last words."""

    def note_person(self, printed: str) -> None:
        """A person was named: the one whom "he" or "she" means from here on."""
        known = self._known(printed)
        by_name = _gender(printed) or (known.gender if known is not None else None)
        self._add(self.people, Named(printed, by_name), known)

    def note_body(self, printed: str, *, plural: bool, speaks: bool = True) -> None:
        """A body, or several people, was named: the one that "it", or "they", means from here on."""
        known = next((b for b in self.bodies if b.printed == printed), None)
        self._add(self.bodies, Named(printed, plural=plural, speaks=speaks), known)

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
            if person.gender in (None, wanted):
                person.gender = wanted
                return person.printed
        return None

    def _known(self, printed: str) -> Named | None:
        surname = printed.rsplit(maxsplit=1)[-1]
        return next((p for p in reversed(self.people) if p.printed.rsplit(maxsplit=1)[-1] == surname), None)

    @staticmethod
    def _add(names: list[Named], new: Named, known: Named | None) -> None:
        if known is not None:
            names.remove(known)
        names.append(new)
        del names[:-KEPT]


def _gender(printed: str) -> Gender | None:
    """By a title, an office, or a first name that nearly always is of one gender."""
    for word in printed.lower().replace(".", "").split():
        if word in gender.MALE:
            return "m"
        if word in gender.FEMALE:
            return "f"
    return None

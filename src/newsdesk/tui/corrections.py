"""What `+` and `-` make of a passage's topics; nothing here knows of Textual."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from newsdesk.models import UNSORTED, LabelledPassage

Sign = Literal["+", "-"]


class Correction(Struct, frozen=True):
    """A passage's topics before and after a person changed them; None: those of its words."""

    article: int
    passage: int
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None


def corrected(topics: tuple[str, ...], sign: Sign, topic: str) -> tuple[str, ...] | None:
    """The topics after a correction; None where it changes nothing.

    Put in, a topic comes first: the passage stands there, and its other topics refer to it. Put in
    Unsorted, it has no topic; out of Unsorted it cannot be taken, only put in a topic.
    """
    others = tuple(one for one in topics if one != topic)
    if topic == UNSORTED:
        wanted = () if sign == "+" else topics
    else:
        wanted = (topic, *others) if sign == "+" else others
    return None if wanted == topics else wanted


def by_hand(passage: LabelledPassage) -> tuple[str, ...] | None:
    """The topics that a person gave a passage, if one did."""
    return passage.topics if passage.manual else None

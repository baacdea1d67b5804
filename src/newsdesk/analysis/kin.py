"""Built-in topics that a person's topic of few words plainly means: six words are a beginning, not a beat.

Diplomacy, casualties, prices or evacuations are written about in the same words everywhere. A topic
whose words stand among those of one built-in topic borrows the rest of them, so that a desk of six words
a topic finds what a long list would. `needs` are never borrowed: whose war it is, the desk says itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import msgspec

from newsdesk.analysis.lexicon import builtin_desks
from newsdesk.analysis.phrases import PhraseFinder
from newsdesk.models import Desk, Topic

SHARED: Final = 0.5
"""The share of a topic's words that the built-in one must have, too."""
AT_LEAST: Final = 2
"""And so many of them at least."""


def kin(topics: Sequence[Topic]) -> list[Topic | None]:
    """For each topic the built-in one that means the same, or None; none is given to two topics."""
    ranked = sorted(
        (
            (score, -n, -k)
            for n, topic in enumerate(topics)
            for k, (_, finder) in enumerate(_known())
            if (score := _score(topic, finder))
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    for _, minus_n, minus_k in ranked:
        if -minus_n not in found and -minus_k not in found.values():
            found[-minus_n] = -minus_k
    return [_known()[found[n]][0] if n in found else None for n in range(len(topics))]


def _score(topic: Topic, finder: PhraseFinder) -> float:
    """How many of the topic's words the built-in one has, those of its title beside them; 0: not the same."""
    words = [word.removesuffix("*") for word in (*topic.strong, *topic.weak, *topic.entities)]
    shared = sum(bool(finder.find(word)) for word in words)
    if shared < AT_LEAST or shared < SHARED * len(words):
        return 0.0
    return shared + 0.5 * bool(finder.find(topic.title))


@cache
def _known() -> tuple[tuple[Topic, PhraseFinder], ...]:
    """Every topic of the built-in desks, with its words ready to be looked for."""
    desks = [msgspec.toml.decode(raw, type=Desk) for raw in builtin_desks().values()]
    return tuple(
        (topic, PhraseFinder((topic.title, *topic.strong, *topic.weak, *topic.entities)))
        for desk in desks
        for topic in desk.topics
    )

"""Built-in topics that a person's topic of few words plainly means: six words are a beginning, not a beat.

Diplomacy, casualties, prices or evacuations are written about in the same words everywhere. A topic
whose words stand among those of one built-in topic borrows the rest of them, so that a desk of six words
a topic finds what a long list would. `needs` are never borrowed: whose war it is, the desk says itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import msgspec

from newsdesk.analysis.lexicon import builtin_desks
from newsdesk.analysis.phrases import PhraseFinder
from newsdesk.models import Desk, Topic

SHARED: Final = 0.5
"""The share of a topic's words that must be strong ones of the built-in topic, too; under a title that
shares a word with the built-in one's, strong or weak ..."""
AT_LEAST: Final = 2
"""... and so many of them at least."""


class _Lender(NamedTuple):
    """A built-in topic, with its words ready to be looked for."""

    topic: Topic
    strong: PhraseFinder
    every: PhraseFinder
    title: PhraseFinder


def kin(topics: Sequence[Topic]) -> list[Topic | None]:
    """For each topic the built-in one that means the same, or None; none is given to two topics."""
    ranked = sorted(
        (
            (score, -n, -k)
            for n, topic in enumerate(topics)
            for k, lender in enumerate(_known())
            if (score := _score(topic, lender))
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    for _, minus_n, minus_k in ranked:
        if -minus_n not in found and -minus_k not in found.values():
            found[-minus_n] = -minus_k
    return [_known()[found[n]].topic if n in found else None for n in range(len(topics))]


def _score(topic: Topic, lender: _Lender) -> int:
    """How many of the topic's words the built-in one has; 0: not the same."""
    words = [word.removesuffix("*") for word in (*topic.strong, *topic.weak, *topic.entities)]
    needed = max(AT_LEAST, SHARED * len(words))
    every = sum(bool(lender.every.find(word)) for word in words)
    if every < needed:
        return 0
    if lender.title.find(topic.title):
        return every
    return every if sum(bool(lender.strong.find(word)) for word in words) >= needed else 0


@cache
def _known() -> tuple[_Lender, ...]:
    """Every topic of the built-in desks."""
    desks = [msgspec.toml.decode(raw, type=Desk) for raw in builtin_desks().values()]
    return tuple(
        _Lender(
            topic,
            PhraseFinder((*topic.strong, *topic.entities)),
            PhraseFinder((*topic.strong, *topic.weak, *topic.entities)),
            PhraseFinder(word for word in topic.title.split() if len(word) > 3),
        )
        for desk in desks
        for topic in desk.topics
    )

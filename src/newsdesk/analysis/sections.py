"""Sections: the passages of one article, gathered by topic in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from newsdesk.models import Desk, LabelledPassage, Section

UNSORTED_TITLE = "Unsorted"


def sections(passages: Sequence[LabelledPassage], desk: Desk) -> tuple[Section, ...]:
    """Every passage once, under its primary topic; topics in the desk's order, Unsorted last.

    A sub-heading stands with the passage after it. Furniture and what fits no topic are Unsorted.
    A topic that passages have as a further one only makes a section too, with `also` alone.
    """
    own: defaultdict[str | None, list[int]] = defaultdict(list)
    further: defaultdict[str, list[int]] = defaultdict(list)
    for passage, topic in zip(passages, _standing(passages), strict=True):
        own[topic].append(passage.index)
        for other in passage.topics:
            if other != topic:
                further[other].append(passage.index)
    titles: dict[str | None, str] = {topic.id: topic.title for topic in desk.topics}
    for unknown in (topic for topic in (*own, *further) if topic not in titles and topic is not None):
        titles[unknown] = unknown  # a person's label that the desk no longer has
    titles[None] = UNSORTED_TITLE
    return tuple(
        Section(topic, title, tuple(own.get(topic, ())), tuple(further.get(topic or "", ())))
        for topic, title in titles.items()
        if topic in own or topic in further
    )


def _standing(passages: Sequence[LabelledPassage]) -> list[str | None]:
    """The topic each passage stands under: its own, a heading's that of the passage after it."""
    result: list[str | None] = []
    after: str | None = None
    for passage in reversed(passages):
        if passage.kind != "heading" or passage.topics:
            after = passage.topic
        result.append(after)
    return result[::-1]

"""What an article is about, against what it only mentions.

An article is about what its title names; about what its lead names and a second passage takes up; and about
what a third of its passages name. Of an article of one or two passages the lead alone decides. Headings and
furniture are not counted as passages. Reporting agencies and papers must be in the title: what a lead says of
them is mostly that they reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsdesk.analysis.entities.words import words
from newsdesk.analysis.phrases import PhraseFinder
from newsdesk.models import Entity, LabelledPassage, Passage

SHARE: Final = 1 / 3
"""Of the passages."""
SHORT: Final = 2
"""Passages of an article whose lead is as good as all of it."""


def is_about(entity: Entity, passages: Sequence[Passage | LabelledPassage], title: str | None) -> bool:
    """Whether the article, of these passages, is about the entity; the module says by which rule."""
    if title and _names(title, entity):
        return True
    if entity.name in words().media:
        return False
    text = [p.index for p in passages if p.kind not in ("heading", "furniture") and p.text.strip()]
    named = {mention.passage for mention in entity.mentions}.intersection(text)
    if not named:
        return False
    if text[0] in named and (len(named) > 1 or len(text) <= SHORT):
        return True
    return len(named) > 1 and len(named) >= SHARE * len(text)


def _names(title: str, entity: Entity) -> bool:
    """Whether a title has the entity under any name that the article has for it."""
    surfaces = list(dict.fromkeys([entity.name, *(mention.text for mention in entity.mentions)]))
    return any(title[hit.start].isupper() for hit in PhraseFinder(surfaces).find(title))

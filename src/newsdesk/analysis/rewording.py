"""What an edit of a desk can change: labels of the articles that have a word whose part is another one now.

Most edits add or take away a few words. Every other article would get the labels that it has.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from newsdesk.analysis import wording
from newsdesk.analysis.phrases import words_of
from newsdesk.models import ANALYSIS_VERSION, Desk


class Wording(Struct, frozen=True):
    """A desk together with the rules that its labels were made by, as an archive remembers it."""

    desk: Desk
    rules: str = ANALYSIS_VERSION


def remembered(desk: Desk) -> bytes:
    """The desk as it is kept beside its labels."""
    return msgspec.json.encode(Wording(desk))


def changed_words(before: bytes | None, desk: Desk) -> tuple[tuple[str, ...], ...] | None:
    """The phrases that do something else now, as the beginnings of their words, folded.

    `before`: what `remembered` gave for the desk as it was. An article whose text has all words of none of
    them keeps its labels. None where any article may be labelled otherwise: topics come, go or change places,
    pairs or the threshold change, the rules are others, or a phrase has signs that an index does not know.
    """
    old = _read(before)
    if old is None or _frame(old) != _frame(desk):
        return None
    then, now = wording.read(old), wording.read(desk)
    if then.pairs != now.pairs or then.short != now.short:
        return None
    roles_then = dict(zip(then.phrases, then.roles, strict=True))
    roles_now = dict(zip(now.phrases, now.roles, strict=True))
    changed = [
        phrase
        for phrase in roles_then.keys() | roles_now.keys()
        if roles_then.get(phrase) != roles_now.get(phrase)
    ]
    words = [words_of(phrase) for phrase in sorted(changed)]
    return None if any(not _indexed(one) for one in words) else tuple(words)


def _read(before: bytes | None) -> Desk | None:
    if before is None:
        return None
    try:
        kept = msgspec.json.decode(before, type=Wording)
    except msgspec.MsgspecError:  # of a newsdesk with other fields
        return None
    return kept.desk if kept.rules == ANALYSIS_VERSION else None


def _frame(desk: Desk) -> tuple[object, ...]:
    return desk.threshold, [(topic.id, bool(topic.needs)) for topic in desk.topics]


def _indexed(words: Sequence[str]) -> bool:
    """Whether a full-text index parts and folds these words as we do: words of Latin letters and digits."""
    return bool(words) and all(word.isascii() and word.isalnum() for word in words)

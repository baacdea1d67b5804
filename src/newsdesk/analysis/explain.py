"""What the words of a desk catch, and what passages just miss: for a person who writes a desk.

Pure: passages in, a report out. `newsdesk topics test` prints it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from newsdesk.analysis.drafts import AGAINST, AT_MOST, WEAK_ALONE
from newsdesk.analysis.topics import OUT_OF_CONTEXT, Labeller
from newsdesk.analysis.wording import PAIRED, Part, pair_name
from newsdesk.models import Cue, Desk, LabelledPassage, Passage, Topic

_CATCHING: Final = ("strong", "weak", "entity", "pair")
NEAR: Final = 0.25
"""A topic with at least this share of the score it needed counts as just missed."""


class Word(Struct, frozen=True):
    """One word of a topic, as the desk file has it (a pair: its first actor and act)."""

    topic: str
    word: str
    part: Part
    passages: int
    """Passages that it stands in, whether or not the topic counted there."""
    decided: int
    """Those where the topic counted and would not have without this word."""


class Missed(Struct, frozen=True):
    """A topic that a passage has some of, and not enough."""

    topic: str
    score: float
    needed: float
    lacking: str
    """Why not, in one plain sentence without a full stop."""
    cues: tuple[Cue, ...]


class Look(Struct, frozen=True):
    """One passage: its labels and what it just missed, the nearest first."""

    article: int
    """Position in what was given to `caught`."""
    passage: LabelledPassage
    missed: tuple[Missed, ...]


class Report(Struct, frozen=True):
    """`words` are in the desk's order, those that caught nothing too; what helped a topic of few words
    follows its own. `looks` are in reading order, without headings and furniture."""

    words: tuple[Word, ...]
    looks: tuple[Look, ...]

    @property
    def idle(self) -> tuple[Word, ...]:
        """The desk's own words that caught nothing; `needs` and `against` are no matter of catching."""
        return tuple(w for w in self.words if not w.passages and w.part in _CATCHING)


def caught(
    desk: Desk,
    articles: Iterable[Sequence[Passage | LabelledPassage]],
    wanted: Collection[tuple[int, int]] | None = None,
) -> Report:
    """Labels the articles, each whole (neighbours and headings count), and reports on every word.

    `wanted` narrows the report to these passages, as (position of the article, index of the passage).
    """
    labeller = Labeller(desk)
    stood: Counter[tuple[str, str, Part]] = Counter()
    decided: Counter[tuple[str, str, Part]] = Counter()
    looks: list[Look] = []
    for article, passages in enumerate(articles):
        for passage in labeller.label(passages):
            if passage.kind in ("heading", "furniture"):
                continue
            if wanted is not None and (article, passage.index) not in wanted:
                continue
            found = tuple(labeller.words_in(passage.text))
            stood.update(found)
            decided.update(_deciding(labeller, passage, found))
            looks.append(Look(article, passage, tuple(_missed(labeller, passage))))
    words = tuple(
        Word(topic.id, word, part, stood[topic.id, word, part], decided[topic.id, word, part])
        for topic in desk.topics
        for word, part in (*_words(topic), *_helpers(topic.id, stood))
    )
    return Report(words, tuple(looks))


def _words(topic: Topic) -> Iterator[tuple[str, Part]]:
    """Every word of a topic as the desk file has it, once a part."""
    lists: tuple[tuple[Part, tuple[str, ...]], ...] = (
        ("strong", topic.strong),
        ("weak", topic.weak),
        ("entity", topic.entities),
        ("pair", tuple(pair_name(pair) for pair in topic.pairs)),
        ("against", topic.against),
        ("needs", topic.needs),
    )
    for part, words in lists:
        yield from ((word, part) for word in dict.fromkeys(words))


def _helpers(topic: str, stood: Counter[tuple[str, str, Part]]) -> Iterator[tuple[str, Part]]:
    """Words that the topic did not write and that caught something: of its description, or borrowed."""
    for (of, word, part), _ in stood.most_common():
        if of == topic and part in ("described", "borrowed"):
            yield word, part


def _deciding(
    labeller: Labeller, passage: LabelledPassage, found: Iterable[tuple[str, str, Part]]
) -> Iterator[tuple[str, str, Part]]:
    """Those of the found words without which the topic would not have counted."""
    cues = {(cue.topic, cue.cue): cue.weight for cue in passage.why}
    for topic, word, part in found:
        if topic not in passage.topics or part in ("against", "needs"):
            continue
        at_most = cues.get((topic, AT_MOST), 0.0)
        if part == "pair":
            weight = max(w for (of, cue), w in cues.items() if of == topic and PAIRED in cue)
        else:
            weight = cues.get((topic, word), 0.0)
        without = passage.scores[topic] - at_most - weight
        others = {of: score for of, score in passage.scores.items() if of != topic}
        if without < labeller.needed(replace(passage, scores=others), topic):
            yield topic, word, part


def _missed(labeller: Labeller, passage: LabelledPassage) -> Iterator[Missed]:
    near = [
        (score / needed, topic, score, needed)
        for topic, score in passage.scores.items()
        if topic not in passage.topics and score >= NEAR * (needed := labeller.needed(passage, topic))
    ]
    for _, topic, score, needed in sorted(near, reverse=True):
        cues = tuple(cue for cue in passage.why if cue.topic == topic)
        yield Missed(topic, score, needed, _lacking(labeller, score, cues), cues)


def _lacking(labeller: Labeller, score: float, cues: Sequence[Cue]) -> str:
    threshold = labeller.desk.threshold
    if score >= threshold:
        return f"{score:.2f} is over the threshold {threshold:g}, but far behind the passage's first topic"
    lost = -sum(cue.weight for cue in cues if cue.cue == OUT_OF_CONTEXT)
    if score + lost >= threshold:
        return "none of the topic's needs stands here or around"
    against = -sum(cue.weight for cue in cues if cue.weight < 0 and cue.cue.startswith(AGAINST))
    if score + against >= threshold:
        return "a word against the topic stands here"
    short = f"{threshold - score:.2f} short of {threshold:g}"
    if any(cue.cue == WEAK_ALONE for cue in cues):
        return f"{short}: weak words alone"
    return short

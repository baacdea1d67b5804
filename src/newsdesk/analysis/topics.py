"""Topic labels by words: the instant pass. Milliseconds an article, every label explained.

A topic's score in a passage is the sum of what stands in `why`:

- its words, phrases and names found there: strong 1.0, weak 0.5, names 1.0, each once, or 1.41 times
  where it stands twice or more; an actor with an act in one sentence as the pair says;
- minus a strong word's weight for each word of `against`; together between 0 and 2, so that one rich
  passage does not colour its neighbours;
- damped where the topic's `needs` are neither in the passage nor in the text around it, and where the
  passage, or most of the article, names another conflict than the desk's (`wording`);
- a share of the sub-heading's own score, which fades from passage to passage while the text drifts;
- 0.15 of the two neighbours' mean;
- something for a weak sign of what the article is mostly about, where no other topic stands.

The numbers were set on the open gold articles and stand on a plateau: a tenth more or less changes little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final

from newsdesk.analysis.drafts import CAP, WEAK_ALONE, Draft, Drafter
from newsdesk.analysis.wording import STRONG, WEAK, Part
from newsdesk.models import NO_LABEL, Cue, Desk, Label, LabelledPassage, Passage

FURTHER: Final = 0.55
"""A further topic must reach this share of the primary one's score, besides the desk's threshold ..."""
FURTHER_WEAK: Final = 0.75
"""... and a greater one where it has weak words alone; of a topic of few words each says more."""
NEIGHBOURS: Final = 0.15
HEADING: Final = 0.5
"""What the first passage under a sub-heading inherits of its score, and at most: alone never enough."""
FADE: Final = 0.6
"""What is left of that for the next passage, where this one had nothing of the topic."""
LEFT_OUT: Final = 0.3
"""What is left of a topic's score where its `needs` are not met."""
CONTEXT: Final = 1 / 3
"""The share of a run's passages with a needed word that lets the whole run count ..."""
THROUGHOUT: Final = 0.5
"""... or this share of the article's; but no passage that names another conflict."""
COMPARABLE: Final = 0.8
"""Of the topics with this share of the best score the one whose strong word stands first is primary."""
LEAN: Final = 0.9
"""What a weak sign of the article's main topic gains where no other stands, times that topic's share."""
MOSTLY: Final = 0.3
"""The share of passages, two at least, from which a topic is a main one."""

OUT_OF_CONTEXT: Final = "(out of context)"

_SILENT: Final = ("heading", "furniture")
"""Kinds of passages that get no topics."""
_ROUNDED: Final = 20_000
"""Numbers whose rounding is kept."""
_weight: Final = itemgetter(1)


class _Rounded(dict[float, float]):
    """Numbers rounded to three digits; most come again and again."""

    def __missing__(self, number: float) -> float:
        rounded = round(number, 3)
        if number:  # 0.0 and -0.0 are the same key
            if len(self) >= _ROUNDED:
                self.clear()
            self[number] = rounded
        return rounded


class Labeller:
    """Labels passages with the topics of one desk; make it once, use it for any number of articles.

    Deterministic: the same passages get the same labels, whatever was labelled before.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._ids = [topic.id for topic in desk.topics]
        self._drafter = Drafter(desk)
        self._with_needs = sum(1 << n for n, topic in enumerate(desk.topics) if topic.needs)
        """Bit n: topic n has needs."""
        self._shares = [FURTHER if short else FURTHER_WEAK for short in self._drafter.short]
        self._alone = [(topic,) for topic in self._ids]
        self._rounded = _Rounded()

    def label(self, passages: Sequence[Passage | LabelledPassage]) -> tuple[LabelledPassage, ...]:
        """Each passage with its topics, the primary one first, and why. Headings and furniture get none."""
        return tuple(
            LabelledPassage(
                p.index,
                p.kind,
                p.heading,
                p.text,
                one.topics,
                one.scores,
                tuple(Cue(*cue) for cue in one.why),
            )
            for p, one in zip(passages, self.labels(passages), strict=True)
        )

    def labels(self, passages: Sequence[Passage | LabelledPassage]) -> list[Label]:
        """The labels of the passages without their texts: all that an archive stores of `label`."""
        draft = self._drafter.draft
        drafts = [draft(p.text) for p in passages]
        if not any([one.own for one in drafts]):
            return [NO_LABEL] * len(drafts)
        runs = _runs(passages)
        self._damp(passages, drafts, runs)
        for one in drafts:
            one.scores = one.own.copy()
        self._inherit(passages, drafts, runs)
        silent = [p.kind in _SILENT for p in passages]
        for run in runs:
            self._smooth([drafts[n] for n in run if not silent[n]])
        self._lean([one for one, no_topics in zip(drafts, silent, strict=True) if not no_topics])
        return [
            NO_LABEL if no_topics else self._label(one) for one, no_topics in zip(drafts, silent, strict=True)
        ]

    def needed(self, passage: LabelledPassage, topic: str) -> float:
        """The score from which `topic` counts in a passage with these scores."""
        best = min(CAP, max(passage.scores.values(), default=0.0))
        weak = any(cue.topic == topic and cue.cue == WEAK_ALONE for cue in passage.why)
        share = self._shares[self._ids.index(topic)] if weak else FURTHER
        return max(self.desk.threshold, best * share)

    def words_in(self, text: str) -> Iterator[tuple[str, str, Part]]:
        """(topic id, word as the desk has it, part) of every word and pair of the desk in a text, once."""
        return self._drafter.words_in(text)

    # ------------------------------------------------------------------ the run of text

    def _damp(
        self, passages: Sequence[Passage | LabelledPassage], drafts: Sequence[Draft], runs: Sequence[range]
    ) -> None:
        """Takes weight from topics whose needed words are neither here nor around, or that are elsewhere."""
        needs = self._with_needs
        # Without needs, and with no name of another conflict in the whole article, nothing is taken.
        concerned = needs
        for draft in drafts:
            concerned |= draft.elsewhere
        around: dict[int, list[bool]] = {}
        for n, draft in enumerate(drafts):
            lacking = concerned & ~(draft.needed & needs | draft.at_home & ~needs)
            if not lacking:
                continue
            for topic, own in draft.own.items():
                bit = 1 << topic
                if not (lacking & bit and own):
                    continue
                if not draft.elsewhere & bit:
                    if topic not in around:
                        around[topic] = self._around(passages, drafts, runs, bit)
                    if around[topic][n]:
                        continue
                lost = own * (1 - LEFT_OUT)
                draft.cues[topic][OUT_OF_CONTEXT] = -lost
                draft.own[topic] = own - lost

    def _around(
        self,
        passages: Sequence[Passage | LabelledPassage],
        drafts: Sequence[Draft],
        runs: Sequence[range],
        bit: int,
    ) -> list[bool]:
        """For each passage whether the text around it lets the topic with this bit count in full."""
        body = [d for p, d in zip(passages, drafts, strict=True) if p.kind != "furniture"]
        if not self._with_needs & bit:
            abroad = sum(1 for d in body if d.elsewhere & ~d.at_home & bit)
            home = sum(1 for d in body if d.at_home & bit)
            return [home >= abroad] * len(passages)
        everywhere = sum(1 for d in body if d.needed & bit) >= THROUGHOUT * len(body)
        met = []
        for run in runs:
            near = sum(1 for n in run if drafts[n].needed & bit) >= CONTEXT * len(run)
            headed = passages[run[0]].kind == "heading" and bool(drafts[run[0]].needed & bit)
            met += [everywhere or near or headed] * len(run)
        return met

    def _inherit(
        self, passages: Sequence[Passage | LabelledPassage], drafts: Sequence[Draft], runs: Sequence[range]
    ) -> None:
        """Hands a heading's score down; what is handed fades where the text does not take it up."""
        for run in runs:
            if passages[run[0]].kind != "heading":
                continue
            cue = f"heading “{passages[run[0]].text}”"
            for topic, score in drafts[run[0]].own.items():
                left = HEADING * min(1.0, score)
                for n in run[1:]:
                    if left < 0.05:
                        break
                    if passages[n].kind == "furniture":
                        continue
                    drafts[n].add(cue, {topic: left})
                    left *= FADE if drafts[n].own.get(topic, 0.0) < WEAK else 1.0

    @staticmethod
    def _smooth(body: Sequence[Draft]) -> None:
        """Adds a share of the mean of the neighbours on both sides; `body` has no sub-heading between."""
        owns: list[dict[int, float]] = [{}, *[draft.own for draft in body], {}]
        last = len(body) - 1
        for n, draft in enumerate(body):
            before, after = owns[n], owns[n + 2]
            if not (before or after):
                continue
            near = 2 if 0 < n < last else 1
            sums = before or after
            if before and after:
                sums = before.copy()
                for topic, score in after.items():
                    sums[topic] = sums.get(topic, 0.0) + score
            draft.add("neighbours", {topic: NEIGHBOURS * sum_ / near for topic, sum_ in sums.items() if sum_})

    @staticmethod
    def _lean(body: Sequence[Draft]) -> None:
        """Adds to weak signs of the topic that the article is mostly about."""
        having: dict[int, int] = {}
        weak: list[Draft] = []
        for draft in body:
            none = True
            for topic, score in draft.own.items():
                if score >= STRONG:
                    having[topic] = having.get(topic, 0) + 1
                    none = False
            if none:
                weak.append(draft)
        gains = {
            topic: LEAN * share
            for topic, count in having.items()
            if count >= 2 and (share := count / len(body)) >= MOSTLY
        }
        if not gains:
            return
        for draft in weak:
            cues = {topic: gains[topic] for topic, score in draft.own.items() if score > 0 and topic in gains}
            draft.add("the article's main topic", cues)

    # ------------------------------------------------------------------ the label

    def _label(self, draft: Draft) -> Label:
        order = [n for n, score in draft.scores.items() if score >= 0.0005]
        if not order:
            return NO_LABEL
        order.sort()
        ids, rounded = self._ids, self._rounded
        scores: dict[str, float] = {}
        why: list[tuple[str, str, float]] = []
        for n in order:
            topic = ids[n]
            scores[topic] = rounded[draft.scores[n]]
            cues = draft.cues[n]
            for cue, weight in cues.items() if len(cues) == 1 else _heaviest_first(cues):
                why.append((topic, cue, rounded[weight]))
        return Label(self._counted(order, scores, draft), scores, tuple(why))

    def _counted(self, order: Sequence[int], scores: dict[str, float], draft: Draft) -> tuple[str, ...]:
        """The topics that the passage has, the primary one first, of those with a score."""
        ids, threshold = self._ids, self.desk.threshold
        counted = [n for n in order if scores[ids[n]] >= threshold]
        if len(counted) > 1:
            best = min(CAP, max(scores.values()))
            counted = [
                n
                for n in counted
                if scores[ids[n]] >= best * (self._shares[n] if WEAK_ALONE in draft.cues[n] else FURTHER)
            ]
        if len(counted) < 2:
            return self._alone[counted[0]] if counted else ()
        return self._ordered([ids[n] for n in counted], scores, draft)

    def _ordered(self, counted: Sequence[str], scores: dict[str, float], draft: Draft) -> tuple[str, ...]:
        """The primary topic first: of those with comparable scores the one that the passage begins with."""
        first = {self._ids[topic]: at for topic, at in draft.first.items()}
        ranked = sorted(counted, key=scores.__getitem__, reverse=True)
        leading = [
            topic for topic in ranked if scores[topic] >= COMPARABLE * scores[ranked[0]] and topic in first
        ]
        primary = min(leading, key=first.__getitem__, default=ranked[0])
        return (primary, *(topic for topic in ranked if topic != primary))


def _heaviest_first(cues: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(cues.items(), key=_weight, reverse=True)


def _runs(passages: Sequence[Passage | LabelledPassage]) -> list[range]:
    """The runs of text between sub-headings; a heading begins its run."""
    starts = [n for n, p in enumerate(passages) if n == 0 or p.kind == "heading"]
    return [range(start, end) for start, end in pairwise([*starts, len(passages)])]

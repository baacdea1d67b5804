"""Topic labels by words: the instant pass. Milliseconds an article, every label explained.

A topic's score in a passage is the sum of what stands in `why`:

- its words, phrases and names found there: strong 1.0, weak 0.5, names 1.0, each once, or 1.41 times
  where it stands twice or more; an actor with an act in one sentence as the pair says;
- minus a strong word's weight for each word of `against`; together between 0 and 2, so that one rich
  passage does not colour its neighbours;
- damped where the topic's `needs` are neither in the passage nor in the run of text around it;
- a share of the sub-heading's own score, which fades from passage to passage while the text drifts;
- 0.15 of the two neighbours' mean;
- a little for a weak sign of what the article is mostly about.

The weights were set on the open gold articles (docs/analysis.md).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from newsdesk.analysis.phrases import Hit, PhraseFinder
from newsdesk.models import Cue, Desk, LabelledPassage, Passage

STRONG: Final = 1.0
WEAK: Final = 0.5
WEAK_LOSS: Final = 0.25
"""The share taken from a topic that has nothing but weak words here."""
CAP: Final = 2.0
REPEATED: Final = 1.41
FURTHER: Final = 0.75
"""A further topic must reach this share of the primary one's score, besides the desk's threshold ..."""
FURTHER_FEW: Final = 0.5
FEW_WORDS: Final = 20
"""... or the smaller share where the topic has fewer words than this: then each says more."""
NEIGHBOURS: Final = 0.15
HEADING: Final = 0.5
"""What the first passage under a sub-heading inherits of its score, and at most: alone never enough."""
FADE: Final = 0.6
"""What is left of that for the next passage, where this one had nothing of the topic."""
OUT_OF_CONTEXT: Final = 0.3
"""What is left of a topic's score where its `needs` are not met."""
CONTEXT: Final = 1 / 3
"""The share of a run's passages with a needed word that lets the whole run count."""
LEAN: Final = 0.6
"""What a weak sign of the article's main topic gains, times the share of passages with that topic."""
MOSTLY: Final = 0.3
"""The share of passages from which a topic is a main one."""
PAIR_REACH: Final = 200
"""Characters between an actor and its act at most."""

_SENTENCE_END: Final = re.compile(
    r"(?<![A-Z.])(?<!\b(?:Mr|Ms|Dr|St|Jr|Sr|Lt))(?<!\b(?:Mrs|Gen|Sen|Rep|Col|Sgt|Gov|Rev|Maj))"
    r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])"
)


@dataclass(frozen=True, slots=True)
class _Role:
    """What a phrase of the desk does: `part` is word, name, against, needs, actor or act."""

    topic: int
    part: str
    cue: str
    weight: float
    pair: int = -1


@dataclass(slots=True)
class _Draft:
    """The label of one passage while it is made, by topic position."""

    cues: list[dict[str, float]]
    own: list[float]
    """Score by the passage's own words, needs seen to."""
    needed: list[bool]
    paired: list[bool]
    scores: list[float] = field(default_factory=list)


class Labeller:
    """Labels passages with the topics of one desk; make it once, use it for any number of articles.

    Deterministic: the same passages get the same labels, whatever was labelled before.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._ids = [topic.id for topic in desk.topics]
        self._pairs: list[tuple[int, float]] = []
        roles = list(self._read(desk))
        phrases = list(dict.fromkeys(phrase for phrase, _ in roles))
        self._finder = PhraseFinder(phrases)
        self._roles: list[tuple[_Role, ...]] = [()] * len(phrases)
        by_phrase: defaultdict[str, list[_Role]] = defaultdict(list)
        for phrase, role in roles:
            by_phrase[phrase].append(role)
        self._roles = [tuple(dict.fromkeys(by_phrase[phrase])) for phrase in phrases]
        self._has_needs = [bool(topic.needs) for topic in desk.topics]
        self._shares = [
            FURTHER_FEW if len(t.strong) + len(t.weak) + len(t.entities) < FEW_WORDS else FURTHER
            for t in desk.topics
        ]

    def label(self, passages: Sequence[Passage]) -> tuple[LabelledPassage, ...]:
        """Each passage with its topics, the primary one first, and why. Headings and furniture get none."""
        drafts = [self._draft(p.text) for p in passages]
        self._damp(passages, drafts)
        for draft in drafts:
            draft.scores = list(draft.own)
        self._inherit(passages, drafts)
        self._smooth(passages, drafts)
        self._lean(passages, drafts)
        return tuple(self._labelled(p, draft) for p, draft in zip(passages, drafts, strict=True))

    # ------------------------------------------------------------------ reading the desk

    def _read(self, desk: Desk) -> list[tuple[str, _Role]]:
        roles: list[tuple[str, _Role]] = []
        for n, topic in enumerate(desk.topics):
            roles += [(w, _Role(n, "word", w, STRONG)) for w in topic.strong]
            roles += [(w, _Role(n, "word", w, WEAK)) for w in topic.weak]
            roles += [(w, _Role(n, "name", w, STRONG)) for w in topic.entities]
            roles += [(w, _Role(n, "against", w, -STRONG)) for w in topic.against]
            roles += [(w, _Role(n, "needs", w, 0.0)) for w in topic.needs]
            for pair in topic.pairs:
                at = len(self._pairs)
                self._pairs.append((n, pair.weight))
                roles += [(w, _Role(n, "actor", w, 0.0, at)) for w in pair.actors]
                roles += [(w, _Role(n, "act", w, 0.0, at)) for w in pair.acts]
        return roles

    # ------------------------------------------------------------------ one passage

    def _draft(self, text: str) -> _Draft:
        size = len(self._ids)
        draft = _Draft(
            [{} for _ in range(size)], [0.0] * size, [not has for has in self._has_needs], [False] * size
        )
        words: list[list[tuple[Hit, _Role]]] = [[] for _ in range(size)]
        pairs: defaultdict[int, tuple[list[Hit], list[Hit]]] = defaultdict(lambda: ([], []))
        for hit in self._finder.find(text):
            for role in self._roles[hit.phrase]:
                if role.part == "needs":
                    draft.needed[role.topic] = True
                elif role.pair >= 0:
                    pairs[role.pair][role.part == "act"].append(hit)
                elif role.part != "name" or text[hit.start].isupper() or not role.cue[:1].isupper():
                    words[role.topic].append((hit, role))
        for topic in range(size):
            self._count(words[topic], draft.cues[topic])
        for pair, (actors, acts) in sorted(pairs.items()):
            topic, weight = self._pairs[pair]
            met = _met(text, actors, acts)
            if met:
                cue = " … ".join(text[hit.start : hit.end] for hit in met)
                draft.cues[topic][cue] = weight
                draft.paired[topic] = True
        for topic, cues in enumerate(draft.cues):
            if cues and max(cues.values()) <= WEAK * REPEATED and not draft.paired[topic]:
                cues["(weak words alone)"] = -sum(cues.values()) * WEAK_LOSS
            total = sum(cues.values())
            if total > CAP:
                cues["(at most)"] = CAP - total
            elif total < 0:
                cues["(at least)"] = -total
            draft.own[topic] = min(CAP, max(0.0, total))
        return draft

    @staticmethod
    def _count(found: list[tuple[Hit, _Role]], cues: dict[str, float]) -> None:
        """Adds up the words found; a word inside a longer phrase of the topic is not counted again."""
        times: defaultdict[_Role, int] = defaultdict(int)
        covered_to = -1
        for hit, role in sorted(found, key=lambda f: (f[0].start, -f[0].end, -abs(f[1].weight))):
            if hit.end <= covered_to and role.part != "against":
                continue
            covered_to = max(covered_to, hit.end)
            times[role] += 1
        for role, count in times.items():
            name = f"against: {role.cue}" if role.part == "against" else role.cue
            cues[name] = role.weight * (REPEATED if count > 1 else 1.0)

    # ------------------------------------------------------------------ the run of text

    def _damp(self, passages: Sequence[Passage], drafts: Sequence[_Draft]) -> None:
        """Takes weight from topics whose needed words are neither here nor around."""
        for topic, has in enumerate(self._has_needs):
            if not has:
                continue
            for start, end in _runs(passages):
                run = drafts[start:end]
                share = sum(d.needed[topic] for d in run) / len(run)
                headed = passages[start].kind == "heading" and drafts[start].needed[topic]
                if share >= CONTEXT or headed:
                    continue
                for draft in run:
                    if not draft.needed[topic] and draft.own[topic]:
                        lost = draft.own[topic] * (1 - OUT_OF_CONTEXT)
                        draft.cues[topic]["(out of context)"] = -lost
                        draft.own[topic] -= lost

    def _inherit(self, passages: Sequence[Passage], drafts: Sequence[_Draft]) -> None:
        """Hands a heading's score down; what is handed fades where the text does not take it up."""
        for start, end in _runs(passages):
            if passages[start].kind != "heading":
                continue
            for topic, score in enumerate(drafts[start].own):
                left = HEADING * min(1.0, score)
                for passage, draft in zip(passages[start + 1 : end], drafts[start + 1 : end], strict=True):
                    if left < 0.05:
                        break
                    if passage.kind == "furniture":
                        continue
                    draft.cues[topic][f"heading “{passages[start].text}”"] = left
                    draft.scores[topic] += left
                    left *= FADE if draft.own[topic] < WEAK else 1.0

    def _smooth(self, passages: Sequence[Passage], drafts: Sequence[_Draft]) -> None:
        """Adds a share of the mean of the neighbours on both sides; none across a sub-heading."""
        for start, end in _runs(passages):
            body = [n for n in range(start, end) if passages[n].kind not in ("heading", "furniture")]
            for at, n in enumerate(body):
                near = body[max(0, at - 1) : at] + body[at + 1 : at + 2]
                if not near:
                    continue
                for topic in range(len(self._ids)):
                    gift = NEIGHBOURS * sum(drafts[m].own[topic] for m in near) / len(near)
                    if gift:
                        drafts[n].cues[topic]["neighbours"] = gift
                        drafts[n].scores[topic] += gift

    def _lean(self, passages: Sequence[Passage], drafts: Sequence[_Draft]) -> None:
        """Adds to weak signs of the topic that the article is mostly about."""
        body = [d for p, d in zip(passages, drafts, strict=True) if p.kind not in ("heading", "furniture")]
        for topic in range(len(self._ids)):
            share = sum(d.own[topic] >= STRONG for d in body) / max(1, len(body))
            for draft in body:
                if 0 < draft.own[topic] < STRONG and share >= MOSTLY:
                    draft.cues[topic]["the article's main topic"] = LEAN * share
                    draft.scores[topic] += LEAN * share

    # ------------------------------------------------------------------ the label

    def _labelled(self, passage: Passage, draft: _Draft) -> LabelledPassage:
        kind, heading, text = passage.kind, passage.heading, passage.text
        if kind in ("heading", "furniture"):
            return LabelledPassage(passage.index, kind, heading, text, (), {}, ())
        scores = {self._ids[n]: round(s, 3) for n, s in enumerate(draft.scores) if round(s, 3) > 0}
        best = min(CAP, max(scores.values(), default=0.0))
        order = {topic: n for n, topic in enumerate(self._ids)}
        counted = [
            topic
            for topic, score in scores.items()
            if score >= max(self.desk.threshold, self._shares[order[topic]] * best)
        ]
        topics = tuple(sorted(counted, key=lambda topic: (-scores[topic], order[topic])))
        why = tuple(
            Cue(self._ids[n], cue, round(weight, 3))
            for n, cues in enumerate(draft.cues)
            if self._ids[n] in scores
            for cue, weight in sorted(cues.items(), key=lambda c: -c[1])
        )
        return LabelledPassage(passage.index, kind, heading, text, topics, scores, why)


def _runs(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """(start, end) of the runs of text between sub-headings; a heading begins its run."""
    starts = [n for n, p in enumerate(passages) if n == 0 or p.kind == "heading"]
    return list(pairwise([*starts, len(passages)]))


def _met(text: str, actors: Sequence[Hit], acts: Sequence[Hit]) -> tuple[Hit, Hit] | None:
    """The first actor with an act in its sentence, near and apart from it; both in the order of the text."""
    starts = [act.start for act in acts]
    for actor in actors:
        low = bisect_left(starts, actor.start - PAIR_REACH)
        high = bisect_right(starts, actor.end + PAIR_REACH)
        for act in acts[low:high]:
            first, last = (actor, act) if actor.start < act.start else (act, actor)
            if first.end <= last.start and not _SENTENCE_END.search(text, first.end, last.start):
                return actor, act
    return None

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

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from newsdesk.analysis import wording
from newsdesk.analysis.phrases import Hit, PhraseFinder, tokens
from newsdesk.analysis.wording import PAIRED, STRONG, WEAK, Part, Role
from newsdesk.models import Cue, Desk, LabelledPassage, Passage

WEAK_LOSS: Final = 0.25
"""The share taken from a topic that has nothing but weak words here."""
CAP: Final = 2.0
REPEATED: Final = 1.41
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
PAIR_REACH: Final = 35
"""Words between an actor and its act at most."""

AT_MOST: Final = "(at most)"
AT_LEAST: Final = "(at least)"
WEAK_ALONE: Final = "(weak words alone)"
OUT_OF_CONTEXT: Final = "(out of context)"
AGAINST: Final = "against: "

_SENTENCE_ENDS: Final = (".", "!", "?")
_TITLES = "Mr Ms Dr St Jr Sr Lt Mrs Gen Sen Rep Col Sgt Gov Rev Maj Capt Prof"
_ABBREVIATED: Final = frozenset(_TITLES.split())


@dataclass(slots=True)
class _Draft:
    """The label of one passage while it is made, by topic position."""

    needed: int = 0
    """Bit n: a needed word of topic n stands here."""
    at_home: int = 0
    """Bit n: a name of topic n's own conflict stands here ..."""
    elsewhere: int = 0
    """... one of another conflict."""
    cues: dict[int, dict[str, float]] = field(default_factory=dict)
    own: dict[int, float] = field(default_factory=dict)
    """Score by the passage's own words, needs seen to; topics without any are left out."""
    scores: dict[int, float] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)
    """Token at which the first strong word of a topic stands."""

    def add(self, topic: int, cue: str, weight: float) -> None:
        """A further cue of the final score; none of a topic whose conflict is another one here."""
        if (self.elsewhere & ~(self.needed | self.at_home)) >> topic & 1:
            return
        self.cues.setdefault(topic, {})[cue] = weight
        self.scores[topic] = self.scores.get(topic, 0.0) + weight


class _Does(NamedTuple):
    """What a phrase does for all topics, sorted out once; roles by their place in `Labeller._words`."""

    needed: int
    """Bit n: topic n needs it; so for the next two."""
    own: int
    elsewhere: int
    name: bool
    pairs: tuple[tuple[int, int], ...]
    """(pair, 0 for an actor and 1 for an act)."""
    against: tuple[tuple[int, int], ...]
    """(role, topic)."""
    words: tuple[tuple[int, int, bool, bool], ...]
    """(role, topic, whether it is strong, whether it wants a capital)."""


class Labeller:
    """Labels passages with the topics of one desk; make it once, use it for any number of articles.

    Deterministic: the same passages get the same labels, whatever was labelled before.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._ids = [topic.id for topic in desk.topics]
        words = wording.read(desk)
        self._pairs = words.pairs
        self._roles = words.roles
        self._finder = PhraseFinder(words.phrases)
        self._words = list(dict.fromkeys(role for roles in words.roles for role in roles))
        places = {role: n for n, role in enumerate(self._words)}
        self._does = [_does(roles, places) for roles in words.roles]
        self._with_needs = frozenset(n for n, topic in enumerate(desk.topics) if topic.needs)
        self._shares = {
            t.id: FURTHER if short else FURTHER_WEAK
            for t, short in zip(desk.topics, words.short, strict=True)
        }

    def label(self, passages: Sequence[Passage | LabelledPassage]) -> tuple[LabelledPassage, ...]:
        """Each passage with its topics, the primary one first, and why. Headings and furniture get none."""
        drafts = [self._draft(p.text) for p in passages]
        runs = _runs(passages)
        self._damp(passages, drafts, runs)
        for draft in drafts:
            draft.scores = dict(draft.own)
        self._inherit(passages, drafts, runs)
        self._smooth(passages, drafts, runs)
        self._lean(passages, drafts)
        return tuple(self._labelled(p, draft) for p, draft in zip(passages, drafts, strict=True))

    def needed(self, passage: LabelledPassage, topic: str) -> float:
        """The score from which `topic` counts in a passage with these scores."""
        best = min(CAP, max(passage.scores.values(), default=0.0))
        weak = any(cue.topic == topic and cue.cue == WEAK_ALONE for cue in passage.why)
        return max(self.desk.threshold, best * (self._shares[topic] if weak else FURTHER))

    def words_in(self, text: str) -> Iterator[tuple[str, str, Part]]:
        """(topic id, word as the desk has it, part) of every word and pair of the desk in a text, once."""
        words = tokens(text)
        seen: dict[tuple[str, str, Part], None] = {}
        pairs: dict[int, tuple[list[Hit], list[Hit]]] = {}
        for hit in self._finder.read(words):
            for role in self._roles[hit.phrase]:
                if role.part in ("name", "own", "elsewhere"):
                    continue
                if role.pair >= 0:
                    pairs.setdefault(role.pair, ([], []))[role.part == "act"].append(hit)
                elif not role.capital or words[hit.start][0].isupper():
                    seen[self._ids[role.topic], role.cue, role.part] = None
        for pair, (actors, acts) in pairs.items():
            if _met(words, actors, acts):
                seen[self._ids[self._pairs[pair][0]], self._pairs[pair][2], "pair"] = None
        yield from seen

    # ------------------------------------------------------------------ one passage

    def _draft(self, text: str) -> _Draft:
        draft = _Draft()
        words = tokens(text)
        hits = self._finder.read(words)
        if not hits:
            return draft
        times: dict[int, int] = {}
        covered: dict[int, int] = {}
        denied: dict[int, int] = {}
        named = (0, 0)
        pairs: dict[int, tuple[list[Hit], list[Hit]]] = {}
        for hit in hits:
            phrase, start, end = hit
            does = self._does[phrase]
            within = end <= named[1] and (start, end) != named
            if does.name:
                named = (start, end)
            draft.needed |= does.needed
            draft.at_home |= does.own
            draft.elsewhere |= does.elsewhere
            for pair, part in does.pairs:
                pairs.setdefault(pair, ([], []))[part].append(hit)
            for key, topic in does.against:
                times[key] = times.get(key, 0) + 1
                denied[topic] = end
            if within:
                continue
            for key, topic, strong, capital in does.words:
                # A word inside a longer phrase of the topic is not counted again.
                if covered.get(topic, -1) < end and not (capital and not words[start][0].isupper()):
                    covered[topic] = end
                    times[key] = times.get(key, 0) + 1
                    if strong and denied.get(topic, 0) < end:
                        draft.first.setdefault(topic, start)
        for key, count in times.items():
            role = self._words[key]
            cue = AGAINST + role.cue if role.part == "against" else role.cue
            cues = draft.cues.setdefault(role.topic, {})
            cues[cue] = role.weight * (REPEATED if count > 1 else 1.0)
        paired = self._pair(words, pairs, draft)
        for topic, cues in draft.cues.items():
            draft.own[topic] = _total(cues, topic in paired)
        return draft

    def _pair(
        self, words: Sequence[str], pairs: dict[int, tuple[list[Hit], list[Hit]]], draft: _Draft
    ) -> set[int]:
        """Adds the pairs that stand in one sentence; returns their topics."""
        paired: set[int] = set()
        for pair, (actors, acts) in pairs.items():
            if actors and acts and (met := _met(words, actors, acts)):
                topic, weight, _ = self._pairs[pair]
                cue = PAIRED.join(" ".join(words[hit.start : hit.end]) for hit in met)
                draft.cues.setdefault(topic, {})[cue] = weight
                paired.add(topic)
        return paired

    # ------------------------------------------------------------------ the run of text

    def _damp(
        self, passages: Sequence[Passage | LabelledPassage], drafts: Sequence[_Draft], runs: Sequence[range]
    ) -> None:
        """Takes weight from topics whose needed words are neither here nor around, or that are elsewhere."""
        body = [n for n, p in enumerate(passages) if p.kind != "furniture"]
        for topic in range(len(self._ids)):
            bit = 1 << topic
            if topic in self._with_needs:
                met = self._context(passages, drafts, runs, bit)
            else:
                abroad = sum(1 for n in body if drafts[n].elsewhere & ~drafts[n].at_home & bit)
                home = sum(1 for n in body if drafts[n].at_home & bit)
                met = [home >= abroad] * len(passages)
            for draft, around in zip(drafts, met, strict=True):
                here = draft.needed if topic in self._with_needs else draft.at_home
                own = draft.own.get(topic)
                if not own or here & bit or (around and not draft.elsewhere & bit):
                    continue
                lost = own * (1 - LEFT_OUT)
                draft.cues[topic][OUT_OF_CONTEXT] = -lost
                draft.own[topic] = own - lost

    @staticmethod
    def _context(
        passages: Sequence[Passage | LabelledPassage],
        drafts: Sequence[_Draft],
        runs: Sequence[range],
        bit: int,
    ) -> list[bool]:
        """For each passage whether the text around it meets the needs of the topic with this bit."""
        body = [d for p, d in zip(passages, drafts, strict=True) if p.kind != "furniture"]
        everywhere = sum(1 for d in body if d.needed & bit) >= THROUGHOUT * len(body)
        met = []
        for run in runs:
            near = sum(1 for n in run if drafts[n].needed & bit) >= CONTEXT * len(run)
            headed = passages[run[0]].kind == "heading" and bool(drafts[run[0]].needed & bit)
            met += [everywhere or near or headed] * len(run)
        return met

    def _inherit(
        self, passages: Sequence[Passage | LabelledPassage], drafts: Sequence[_Draft], runs: Sequence[range]
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
                    drafts[n].add(topic, cue, left)
                    left *= FADE if drafts[n].own.get(topic, 0.0) < WEAK else 1.0

    def _smooth(
        self, passages: Sequence[Passage | LabelledPassage], drafts: Sequence[_Draft], runs: Sequence[range]
    ) -> None:
        """Adds a share of the mean of the neighbours on both sides; none across a sub-heading."""
        for run in runs:
            body = [drafts[n] for n in run if passages[n].kind not in ("heading", "furniture")]
            for before, draft, after in zip(body[:1] + body, body, body[1:] + body[-1:], strict=False):
                near = [d.own for d in (before, after) if d is not draft]
                gifts: dict[int, float] = {}
                for own in near:
                    for topic, score in own.items():
                        gifts[topic] = gifts.get(topic, 0.0) + score
                for topic, sum_ in gifts.items():
                    if sum_:
                        draft.add(topic, "neighbours", NEIGHBOURS * sum_ / len(near))

    def _lean(self, passages: Sequence[Passage | LabelledPassage], drafts: Sequence[_Draft]) -> None:
        """Adds to weak signs of the topic that the article is mostly about."""
        body = [d for p, d in zip(passages, drafts, strict=True) if p.kind not in ("heading", "furniture")]
        for topic in range(len(self._ids)):
            having = sum(1 for d in body if d.own.get(topic, 0.0) >= STRONG)
            share = having / max(1, len(body))
            if having < 2 or share < MOSTLY:
                continue
            for draft in body:
                if 0 < draft.own.get(topic, 0.0) < STRONG and max(draft.own.values()) < STRONG:
                    draft.add(topic, "the article's main topic", LEAN * share)

    # ------------------------------------------------------------------ the label

    def _labelled(self, passage: Passage | LabelledPassage, draft: _Draft) -> LabelledPassage:
        index, kind, heading, text = passage.index, passage.kind, passage.heading, passage.text
        if kind in ("heading", "furniture"):
            return LabelledPassage(index, kind, heading, text, (), {}, ())
        order = sorted(n for n, score in draft.scores.items() if score >= 0.0005)
        if not order:
            return LabelledPassage(index, kind, heading, text, (), {}, ())
        ids = self._ids
        scores = {ids[n]: round(draft.scores[n], 3) for n in order}
        best = min(CAP, max(scores.values()))
        threshold = self.desk.threshold
        counted = [
            topic
            for n in order
            if (score := scores[topic := ids[n]]) >= threshold
            and score >= best * (self._shares[topic] if WEAK_ALONE in draft.cues[n] else FURTHER)
        ]
        if len(counted) > 1:
            counted = self._ordered(counted, scores, draft)
        why = tuple(
            Cue(ids[n], cue, round(weight, 3))
            for n in order
            for cue, weight in sorted(draft.cues[n].items(), key=lambda c: -c[1])
        )
        return LabelledPassage(index, kind, heading, text, tuple(counted), scores, why)

    def _ordered(self, counted: Sequence[str], scores: dict[str, float], draft: _Draft) -> list[str]:
        """The primary topic first: of those with comparable scores the one that the passage begins with."""
        first = {self._ids[topic]: at for topic, at in draft.first.items()}
        ranked = sorted(counted, key=lambda topic: -scores[topic])
        leading = [
            topic for topic in ranked if scores[topic] >= COMPARABLE * scores[ranked[0]] and topic in first
        ]
        primary = min(leading, key=lambda topic: first[topic], default=ranked[0])
        return [primary, *(topic for topic in ranked if topic != primary)]


def _does(roles: Sequence[Role], places: Mapping[Role, int]) -> _Does:
    bits = dict.fromkeys(("needs", "own", "elsewhere"), 0)
    for role in roles:
        if role.part in bits:
            bits[role.part] |= 1 << role.topic
    plain = [role for role in roles if role.part not in (*bits, "name", "against") and role.pair < 0]
    return _Does(
        bits["needs"],
        bits["own"],
        bits["elsewhere"],
        any(role.part == "name" for role in roles),
        tuple((role.pair, int(role.part == "act")) for role in roles if role.pair >= 0),
        tuple((places[role], role.topic) for role in roles if role.part == "against"),
        tuple((places[role], role.topic, role.weight == STRONG, role.capital) for role in plain),
    )


def _total(cues: dict[str, float], paired: bool) -> float:
    """The sum of a topic's own cues within its bounds; what the bounds take or give becomes a cue."""
    total = sum(cues.values())
    if not paired and max(cues.values()) <= WEAK * REPEATED:
        cues[WEAK_ALONE] = lost = -total * WEAK_LOSS
        total += lost
    if total > CAP:
        cues[AT_MOST] = CAP - total
        return CAP
    if total < 0:
        cues[AT_LEAST] = -total
        return 0.0
    return total


def _runs(passages: Sequence[Passage | LabelledPassage]) -> list[range]:
    """The runs of text between sub-headings; a heading begins its run."""
    starts = [n for n, p in enumerate(passages) if n == 0 or p.kind == "heading"]
    return [range(start, end) for start, end in pairwise([*starts, len(passages)])]


def _met(words: Sequence[str], actors: Sequence[Hit], acts: Sequence[Hit]) -> tuple[Hit, Hit] | None:
    """The first actor with an act in its sentence, near and apart from it; actor first."""
    starts = [act.start for act in acts]
    for actor in actors:
        low = bisect_left(starts, actor.start - PAIR_REACH)
        high = bisect_right(starts, actor.end + PAIR_REACH)
        for act in acts[low:high]:
            first, last = (actor, act) if actor.start < act.start else (act, actor)
            if first.end <= last.start and not _ends(words, first.end, last.start):
                return actor, act
    return None


def _ends(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a sentence ends between the tokens `start` and `end`."""
    return any(
        words[n][0] in _SENTENCE_ENDS and words[n - 1] not in _ABBREVIATED and words[n + 1][:1].isupper()
        for n in range(start, end)
        if words[n][0] in _SENTENCE_ENDS
    )

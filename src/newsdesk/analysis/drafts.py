"""What the words of a desk say of one passage by itself: which topics, how strongly, by which words.

Neighbours, sub-headings and the rest of the article are the matter of `topics`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from newsdesk.analysis import wording
from newsdesk.analysis.phrases import WHITE, PhraseFinder, tokens
from newsdesk.analysis.wording import PAIRED, STRONG, WEAK, Part, Role
from newsdesk.models import Desk

WEAK_LOSS: Final = 0.25
"""The share taken from a topic that has nothing but weak words here."""
CAP: Final = 2.0
REPEATED: Final = 1.41
PAIR_REACH: Final = 35
"""Words between an actor and its act at most."""

AT_MOST: Final = "(at most)"
AT_LEAST: Final = "(at least)"
WEAK_ALONE: Final = "(weak words alone)"
AGAINST: Final = "against: "

_ENDS: Final = frozenset({"!", "?", *map(".{}".format, WHITE)})
"""Tokens that end a sentence, before a capital."""
_TITLES = "Mr Ms Dr St Jr Sr Lt Mrs Gen Sen Rep Col Sgt Gov Rev Maj Capt Prof"
_ABBREVIATED: Final = frozenset(_TITLES.split())


class Draft:
    """The label of one passage while it is made, by topic position."""

    __slots__ = ("at_home", "cues", "elsewhere", "first", "needed", "own", "scores")

    def __init__(
        self,
        cues: dict[int, dict[str, float]],
        own: dict[int, float],
        first: dict[int, int],
        needed: int = 0,
        at_home: int = 0,
        elsewhere: int = 0,
    ) -> None:
        self.cues = cues
        self.own = own
        """Score by the passage's own words, needs seen to; topics without any are left out."""
        self.scores = own
        self.first = first
        """Token at which the first strong word of a topic stands."""
        self.needed = needed
        """Bit n: a needed word of topic n stands here."""
        self.at_home = at_home
        """Bit n: a name of topic n's own conflict stands here ..."""
        self.elsewhere = elsewhere
        """... one of another conflict."""

    def add(self, cue: str, weights: Mapping[int, float]) -> None:
        """A further cue of the final scores; none of a topic whose conflict is another one here."""
        shut = self.elsewhere and self.elsewhere & ~(self.needed | self.at_home)
        for topic, weight in weights.items():
            if shut >> topic & 1:
                continue
            if topic in self.cues:
                self.cues[topic][cue] = weight
                self.scores[topic] += weight
            else:
                self.cues[topic] = {cue: weight}
                self.scores[topic] = weight


_Span = tuple[int, int]
_Acting = tuple[tuple[tuple[int, int], ...], int, int]
"""Of a hit that pairs have as actor or act: (pair, 0 for an actor and 1 for an act) of each; start; end."""


_Weighted = tuple[int, str, float, float]
"""(topic, cue, weight, weight where it stands twice or more)."""
_Counted = tuple[int, str, float, float, bool, bool]
"""The same, and whether the word is strong, and whether it wants a capital."""
_Does = tuple[int, bool, tuple[tuple[int, int], ...], tuple[_Weighted, ...], tuple[_Counted, ...]]
"""What a phrase does for all topics, sorted out once: the bits (`Drafter._bits`) of what is known by its mere
presence (needs, names of conflicts, actors, acts); whether it is a name; its pairs as in `_Acting`; words
against topics; words for topics. A plain tuple, as it is taken apart for every phrase found."""


class Drafter:
    """Reads passages by the words of one desk."""

    def __init__(self, desk: Desk) -> None:
        words = wording.read(desk)
        self.short = words.short
        """Of each topic whether it has few words."""
        self._ids = [topic.id for topic in desk.topics]
        self._pairs = words.pairs
        self._roles = words.roles
        self._finder = PhraseFinder(words.phrases)
        self._every = (1 << len(self._ids)) - 1
        """A bit for each topic."""
        self._does = [self._doing(roles) for roles in words.roles]

    def draft(self, text: str) -> Draft:
        """What the words of a passage say by themselves."""
        words = tokens(text)
        hits = self._finder.read(words)
        if not hits:
            return Draft({}, {}, {})
        does = self._does
        topics = len(self._ids)
        found: dict[int, dict[str, float]] = {}
        first: dict[int, int] = {}
        covered = [-1] * topics
        denied: dict[int, int] = {}
        acting: list[_Acting] = []
        bits = named_from = named_to = 0
        for phrase, start, end in hits:
            present, name, pairs, against, plain = does[phrase]
            bits |= present
            if pairs:
                acting.append((pairs, start, end))
            for topic, cue, once, often in against:
                cues = found.setdefault(topic, {})
                cues[cue] = often if cue in cues else once
                denied[topic] = end
            within = end <= named_to and (end != named_to or start != named_from)
            if name:
                named_from, named_to = start, end
            if within:
                continue
            for topic, cue, once, often, strong, capital in plain:
                # A word inside a longer phrase of the topic is not counted again.
                if covered[topic] >= end or (capital and not words[start][0].isupper()):
                    continue
                covered[topic] = end
                if topic not in found:
                    found[topic] = {cue: once}
                else:
                    cues = found[topic]
                    cues[cue] = often if cue in cues else once
                if strong and topic not in first and (not denied or denied.get(topic, 0) < end):
                    first[topic] = start
        both = bits >> 3 * topics
        both &= both >> len(self._pairs)
        paired = self._pair(words, acting, both, found) if both else ()
        own = {topic: _total(cues, topic in paired) for topic, cues in found.items()}
        every = self._every
        return Draft(found, own, first, bits & every, bits >> topics & every, bits >> 2 * topics & every)

    def words_in(self, text: str) -> Iterator[tuple[str, str, Part]]:
        """(topic id, word as the desk has it, part) of every word and pair of the desk in a text, once."""
        words = tokens(text)
        seen: dict[tuple[str, str, Part], None] = {}
        acting: list[_Acting] = []
        for phrase, start, end in self._finder.read(words):
            acting.append((self._does[phrase][2], start, end))
            for role in self._roles[phrase]:
                if role.part in ("name", "own", "elsewhere") or role.pair >= 0:
                    continue
                if not role.capital or words[start][0].isupper():
                    seen[self._ids[role.topic], role.cue, role.part] = None
        for pair, _ in _paired(words, acting, -1):
            seen[self._ids[self._pairs[pair][0]], self._pairs[pair][2], "pair"] = None
        yield from seen

    def _doing(self, roles: Sequence[Role]) -> _Does:
        bits = 0
        against: list[_Weighted] = []
        plain: list[_Counted] = []
        for role in roles:
            often = role.weight * REPEATED
            if role.pair >= 0:
                bits |= self._bits(role.part) << role.pair
            elif role.part in ("needs", "own", "elsewhere"):
                bits |= self._bits(role.part) << role.topic
            elif role.part == "against":
                against.append((role.topic, AGAINST + role.cue, role.weight, often))
            elif role.part != "name":
                plain.append((role.topic, role.cue, role.weight, often, role.weight == STRONG, role.capital))
        named = any(role.part == "name" for role in roles)
        pairs = tuple((role.pair, int(role.part == "act")) for role in roles if role.pair >= 0)
        return bits, named, pairs, tuple(against), tuple(plain)

    def _bits(self, part: Part) -> int:
        """The first of the bits that stand for this part of each topic or pair."""
        topics, pairs = len(self._ids), len(self._pairs)
        place = {"needs": 0, "own": topics, "elsewhere": 2 * topics, "actor": 3 * topics}
        return 1 << place.get(part, 3 * topics + pairs)

    def _pair(
        self, words: Sequence[str], acting: Sequence[_Acting], both: int, found: dict[int, dict[str, float]]
    ) -> set[int]:
        """Adds the pairs that stand in one sentence; returns their topics. `both`: bit n where actors and
        acts of pair n are there."""
        paired: set[int] = set()
        for pair, (start, end, act, act_end) in _paired(words, acting, both):
            topic, weight, _ = self._pairs[pair]
            cue = f"{' '.join(words[start:end])}{PAIRED}{' '.join(words[act:act_end])}"
            if topic in found:
                found[topic][cue] = weight
            else:
                found[topic] = {cue: weight}
            paired.add(topic)
        return paired


def _total(cues: dict[str, float], paired: bool) -> float:
    """The sum of a topic's own cues within its bounds; what the bounds take or give becomes a cue."""
    weights = tuple(cues.values())
    total = weights[0] if len(weights) == 1 else sum(weights)
    if not paired and max(weights) <= WEAK * REPEATED:
        cues[WEAK_ALONE] = lost = -total * WEAK_LOSS
        total += lost
    if total > CAP:
        cues[AT_MOST] = CAP - total
        return CAP
    if total < 0:
        cues[AT_LEAST] = -total
        return 0.0
    return total


def _paired(
    words: Sequence[str], acting: Iterable[_Acting], wanted: int
) -> list[tuple[int, tuple[int, int, int, int]]]:
    """The pairs that stand in one sentence, of those with a bit in `wanted`, each with its first place: start
    and end of the actor, start and end of the act."""
    pairs: dict[int, tuple[list[_Span], list[_Span]]] = {}
    for parts, start, end in acting:
        for pair, part in parts:
            if wanted >> pair & 1:
                if pair not in pairs:
                    pairs[pair] = ([], [])
                pairs[pair][part].append((start, end))
    found = []
    for pair, (actors, acts) in pairs.items():
        if actors and acts and (met := _met(words, actors, acts)):
            found.append((pair, met))
    return found


def _met(
    words: Sequence[str], actors: Sequence[_Span], acts: Sequence[_Span]
) -> tuple[int, int, int, int] | None:
    """The first actor with an act in its sentence, near and apart from it."""
    for start, end in actors:
        for n in range(bisect_left(acts, (start - PAIR_REACH, 0)), len(acts)):
            act, act_end = acts[n]
            if act > end + PAIR_REACH:
                break
            first, last = (end, act) if start < act else (act_end, start)
            if first <= last and not _ends(words, first, last):
                return start, end, act, act_end
    return None


def _ends(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a sentence ends between the tokens `start` and `end`."""
    if _ENDS.isdisjoint(words[start:end]):
        return False
    return any(
        words[n] in _ENDS and words[n - 1] not in _ABBREVIATED and words[n + 1][:1].isupper()
        for n in range(start, end)
    )

"""A desk's words, read once into phrases to find and what each of them does.

A topic with few words gets help that a rich one does not need: its words are found in their other
forms too ("negotiator" finds "negotiators"), and the words of its title and description count as weak.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from newsdesk.analysis.kin import kin
from newsdesk.analysis.lexicon import conflicts
from newsdesk.analysis.phrases import PhraseFinder
from newsdesk.models import Desk, Pair, Topic

Part = Literal[
    "strong",
    "weak",
    "entity",
    "pair",
    "actor",
    "act",
    "described",
    "borrowed",
    "against",
    "needs",
    "name",
    "own",
    "elsewhere",
]
"""Where a word stands in the desk file; `described`: in title or description of a topic of few words;
`borrowed`: from the built-in topic that means the same; `name`: a name of the lexicon, whose words say
nothing by themselves; `own`, `elsewhere`: names of the desk's conflict and of others."""
PAIRED: Final = " … "
"""Stands between an actor and its act in reasons."""
STRONG: Final = 1.0
WEAK: Final = 0.5
FEW_WORDS: Final = 20
"""A topic with fewer words than this is a short one: each of its words says more."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 4
"""Letters of a word that has other forms."""
_EMPTY_WORDS = """
about above across after against also among and another any around as at be been before being
between both but by can could did do does during each either every everything for from further
had has have he her his how if in including into is it its kind last later like made make many
may more most much must new news no nor not of off on one only or other others our out over own
people per place places related said say says she should since so some story stories such than
that the their them then there these they thing things this those through to topic under until
up upon us use used using various very was we were what when where whether which who whose why
will with within without would you your
"""
_EMPTY: Final = frozenset(_EMPTY_WORDS.split())
"""Words of a description that tell nothing of its subject."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a phrase does for a topic."""

    topic: int
    """Position in the desk; -1 where it concerns all."""
    part: Part
    cue: str
    """How the reasons name it."""
    weight: float
    pair: int = -1
    """Of an actor or act: position in `Wording.pairs`."""
    capital: bool = False
    """Found only where the text has a capital."""


@dataclass(frozen=True, slots=True)
class Wording:
    """`roles[n]` is what `phrases[n]` does; `pairs` are (topic, weight, cue)."""

    phrases: tuple[str, ...]
    roles: tuple[tuple[Role, ...], ...]
    pairs: tuple[tuple[int, float, str], ...]
    short: tuple[bool, ...]
    """Which topics have few words, borrowed ones counted."""


def few(topic: Topic) -> bool:
    """Whether the topic is one of few words."""
    return len(topic.strong) + len(topic.weak) + len(topic.entities) < FEW_WORDS


def pair_name(pair: Pair) -> str:
    """How a pair is called in reasons and reports: by its first actor and act."""
    return PAIRED.join((*pair.actors[:1], *pair.acts[:1]))


def read(desk: Desk) -> Wording:
    """Every phrase of the desk once, with its roles in the order of the desk."""
    pairs: list[tuple[int, float, str]] = []
    roles: defaultdict[str, list[Role]] = defaultdict(list)
    short = [topic for topic in desk.topics if few(topic)]
    lenders = dict(zip((topic.id for topic in short), kin(short), strict=True))
    for n, topic in enumerate(desk.topics):
        lender = lenders.get(topic.id)
        for phrase, role in _roles(n, topic, lender):
            roles[phrase].append(role)
        for pair in (*topic.pairs, *(lender.pairs if lender else ())):
            at = len(pairs)
            pairs.append((n, pair.weight, pair_name(pair)))
            for word in pair.actors:
                roles[word].append(Role(n, "actor", word, 0.0, at))
            for word in pair.acts:
                roles[word].append(Role(n, "act", word, 0.0, at))
    for term in desk.lexicon:
        for name in (term.name, *term.aliases):
            if " " in name:
                roles[name].append(Role(-1, "name", name, 0.0))
    for phrase, role in _conflicts(desk):
        roles[phrase].append(role)
    return Wording(
        tuple(roles),
        tuple(tuple(dict.fromkeys(r)) for r in roles.values()),
        tuple(pairs),
        tuple(few(topic) and not lenders[topic.id] for topic in desk.topics),
    )


def _roles(n: int, topic: Topic, lender: Topic | None) -> Iterator[tuple[str, Role]]:
    short = few(topic)
    own = [
        *(Role(n, "strong", word, STRONG) for word in topic.strong),
        *(Role(n, "weak", word, WEAK) for word in topic.weak),
        *(Role(n, "entity", word, STRONG, capital=word[:1].isupper()) for word in topic.entities),
    ]
    seen: set[str] = set()
    for role in own:
        for phrase in (role.cue, *(other_forms(role.cue) if short and role.part != "entity" else ())):
            if phrase.lower() not in seen or phrase == role.cue:
                seen.add(phrase.lower())
                yield phrase, role
    if lender:
        for words, weight in ((lender.strong, STRONG), (lender.weak, WEAK), (lender.entities, STRONG)):
            for word in words:
                if word.lower() not in seen:
                    seen.add(word.lower())
                    named = words is lender.entities and word[:1].isupper()
                    yield word, Role(n, "borrowed", word, weight, capital=named)
        yield from ((word, Role(n, "against", word, -STRONG)) for word in lender.against)
    elif short:
        for word in described(topic):
            for phrase in (word, *other_forms(word)):
                if phrase not in seen:
                    seen.add(phrase)
                    yield phrase, Role(n, "described", word, WEAK)
    yield from ((word, Role(n, "against", word, -STRONG)) for word in topic.against)
    yield from ((word, Role(n, "needs", word, 0.0)) for word in topic.needs)


def _conflicts(desk: Desk) -> Iterator[tuple[str, Role]]:
    """The names of the known conflicts, for every topic, where the desk is of one of them.

    It is where its title, its description, a topic's `needs`, or the words of a topic of few words name one.
    Topics with `needs` of another kind ("vote") are of no conflict, whatever the rest says.
    """
    words = [word for topic in desk.topics for word in topic.needs]
    words += [word for topic in desk.topics if few(topic) for word in (*topic.strong, *topic.entities)]
    words += [desk.title, desk.description]
    words += [text for topic in desk.topics if few(topic) for text in (topic.title, topic.description)]
    said = " | ".join(word.removesuffix("*") for word in words)
    known = conflicts()
    own = [bool(PhraseFinder(names).find(said)) for names in known]
    if not any(own):
        return
    every = PhraseFinder(name for names in known for name in names)
    for n, topic in enumerate(desk.topics):
        if topic.needs and not every.find(" | ".join(word.removesuffix("*") for word in topic.needs)):
            continue
        for names, mine in zip(known, own, strict=True):
            yield from ((name, Role(n, "own" if mine else "elsewhere", name, 0.0)) for name in names)


def described(topic: Topic) -> tuple[str, ...]:
    """The telling words of a topic's title and description, in lower case."""
    words = [m[0].lower() for m in _WORD.finditer(f"{topic.title} {topic.description}")]
    return tuple(dict.fromkeys(w for w in words if len(w) >= _SHORTEST and w not in _EMPTY))


def other_forms(phrase: str) -> tuple[str, ...]:
    """Other forms of an English word as a person writes it in a desk: number, tense, -ing.

    None of a phrase, a name, a short word, or a word that has `*` already. Forms that do not exist
    ("deads") harm nobody: no text has them.
    """
    if not phrase.isalpha() or not phrase.islower() or len(phrase) < _SHORTEST:
        return ()
    forms: list[str] = []
    for base in _bases(phrase):
        forms += _forms(base)
    return tuple(form for form in dict.fromkeys(forms) if form != phrase)


def _bases(word: str) -> Iterator[str]:
    """What the word may be a form of, itself first."""
    yield word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead
            return
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2] and stem[-1] not in "lsz":
                yield stem[:-1]


def _forms(base: str) -> Iterator[str]:
    yield base
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        yield from (base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    elif base.endswith("e"):
        yield from (base + "s", base + "d", base[:-1] + "ing")
    elif base.endswith(("s", "x", "ch", "sh")):
        yield from (base + "es", base + "ed", base + "ing")
    else:
        yield from (base + "s", base + "ed", base + "ing")
        if len(base) > 2 and base[-1] not in "aeiouwy" and base[-2] in "aeiou" and base[-3] not in "aeiou":
            yield from (base + base[-1] + "ed", base + base[-1] + "ing")

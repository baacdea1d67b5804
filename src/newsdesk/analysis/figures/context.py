"""What stands around a figure: place, time, scope, status, trend, and whether it is real."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from newsdesk.analysis.figures import reporting, words
from newsdesk.analysis.figures.clause import above, child, governor, is_verb, lemma
from newsdesk.models import Category, Mention, Scope, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

POSSIBLE = ("could", "might", "may")
CONDITION = ("if", "unless", "whether", "lest", "provided")
PLACE_WORDS = (
    "in",
    "at",
    "near",
    "inside",
    "outside",
    "across",
    "throughout",
    "around",
    "from",
    "of",
    "on",
    "to",
    "into",
)
HARM = frozenset(
    verb for verb, category in words.SUFFERED.items() if category in ("killed", "injured", "captured")
)
AVERTED = words.word_set("prevent avert avoid foil thwart")
INTENDED = words.word_set(
    "threaten plan plot attempt try want vow conspire intend aim prepare order hope mean"
)
"""What is only intended: said of killings and the like it tells of none."""
AGREED = words.word_set(
    "deal agreement accord truce ceasefire swap exchange pact proposal plan bill law decree"
)
ACTS = words.word_set(
    "war campaign operation offensive counteroffensive invasion incursion attack counterattack assault "
    "strike airstrike raid bombing bombardment shelling onslaught retaliation"
)
"""What a country does: it is not done in it."""
CARERS = words.word_set("health hospital clinic morgue medical medic doctor rescue rescuer ambulance")
CUMULATIVE = re.compile(
    r"\b(?:since|so far|to date|in total|total(?! of)|death toll|toll|overall|altogether|as a result of"
    r"|counteroffensive|"
    r"throughout the (?:war|conflict|outbreak)|during (?:the|its|israel's|this) (?:war|conflict"
    r"|offensive|campaign|invasion))\b",
    re.I,
)
PERIOD = re.compile(
    r"\b(?:(?:in|during|over|within) the (?:past|last|previous|first|next)|between (?-i:\d{4}"
    r"|[A-Z]\w+) and (?-i:\d{4}|[A-Z]\w+)|per (?:day|week|month|year)"
    r"|a (?:day|week|month|year)|annual\w*|monthly|weekly|daily|quarter|last (?:week|month|year)"
    r"|this (?:week|month|year))\b",
    re.I,
)
DAY = re.compile(
    r"\b(?:today|yesterday|overnight|tonight|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:'s)?"
    r"|on \w+ \d{1,2}|this morning)\b",
    re.I,
)
CURRENT: frozenset[Category] = frozenset({"held", "missing", "sheltered"})
EVENTFUL: frozenset[Category] = frozenset(
    {"killed", "injured", "captured", "released", "arrested", "missing", "displaced"}
)


def is_hypothetical(token: Token, verb: Token | None, *, reported: bool, suffered: bool) -> bool:
    """Negated or merely possible: "could kill thousands", "did not kill 12", "if 100 are freed".

    "Would" is a report's future ("said it would free 50") or a forecast ("would raise prices 3%"), unless the
    sentence has a condition or it is of casualties (`suffered`) and nobody reports it.
    """
    current = verb if verb is not None else governor(token)
    steps = 0
    while current is not None and steps < 4:
        steps += 1
        condition = any(t.lower_ in CONDITION and t.dep_ == "mark" for t in current.children)
        if condition:
            return True
        if suffered and _is_averted(current):
            return True
        for part in current.children:
            if part.dep_ == "neg" and steps == 1:
                return not _is_of_those(token, current)
            if part.dep_ == "aux" and part.tag_ == "MD" and steps <= 2:
                if part.lower_ in POSSIBLE:
                    return not _is_guess(current)
                if part.lower_ == "would" and child(current, "aux") is not None and _is_perfect(current):
                    return True
                if part.lower_ == "would" and _is_provided(current):
                    return False
                if part.lower_ == "would" and (_has_condition(current) or (suffered and not reported)):
                    return True
        if current.dep_ not in ("xcomp", "conj", "relcl", "acl", "pcomp", "advcl") or current.head == current:
            return False
        if current.dep_ == "advcl" and child(current, "mark") is not None:
            return False
        over = governor(current.head) if not is_verb(current.head) else current.head
        if over is None or lemma(over) in reporting.CLAUSE_REPORT:
            return False
        if current.dep_ in ("relcl", "acl", "conj") and any(
            c.dep_ in ("nsubj", "nsubjpass") for c in current.children
        ):
            return False
        current = over
    return False


def _is_of_those(token: Token, verb: Token) -> bool:
    """ "21 were not working", "12 have not returned": those counted are there, whatever they do not do."""
    category = words.SUFFERED.get(lemma(verb)) or words.DID.get(lemma(verb))
    whole = token.dep_ == "pobj" and token.head.lower_ in ("of", "among") and token.i < verb.i
    subject = token.head == verb and token.dep_ in ("nsubj", "nsubjpass")
    return (subject or whole) and category is None


def _is_provided(verb: Token) -> bool:
    """ "The deal would free 33 hostages": what an agreement provides for, as one tells it."""
    who = child(verb, "nsubj")
    by_it = who is not None and lemma(who) in AGREED
    under = any(c.lower_ == "under" and any(lemma(p) in AGREED for p in c.children) for c in verb.lefts)
    return (by_it or under) and lemma(verb) not in HARM and not _has_condition(verb)


def _is_averted(verb: Token) -> bool:
    """ "threatened to kill 15", "tried to abduct 12", "averted 20 deaths", "without injuring 3"."""
    if lemma(verb) in AVERTED:
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("without", "from"):
        return verb.head.lower_ == "without" or lemma(verb.head.head) in AVERTED
    return verb.dep_ == "xcomp" and lemma(verb.head) in INTENDED and lemma(verb) in HARM


def _is_perfect(verb: Token) -> bool:
    return any(t.dep_ == "aux" and t.lower_ == "have" for t in verb.children)


def _is_guess(verb: Token) -> bool:
    """ "300 may have died", "may be at sea": unsure, yet said of what is."""
    return _is_perfect(verb) or lemma(verb) == "be"


def _has_condition(verb: Token) -> bool:
    return any(t.lower_ in ("if", "unless", "without", "otherwise") for t in verb.sent)


def status(noun: str | None, described: str) -> Status:
    """Civilian or combatant only as printed at the counted noun."""
    plain = {w.lower().removesuffix("s") for w in re.findall(r"[\w-]+", f"{noun or ''} {described}")}
    civilian, combatant = bool(plain & words.CIVILIAN), bool(plain & words.COMBATANT)
    if civilian and combatant:
        return "mixed"
    return "civilian" if civilian else "combatant" if combatant else "unknown"


STANDING = words.word_set(
    "be trade end close finish open go edge move stand remain settle tick creep inch come stay hover run "
    "trend"
)
"""Verbs that "up 5%" and "down 5%" stand behind as a direction; after others "up" is a part of the verb."""
DIRECTION = re.compile(
    r"\b(?P<way>up|down)\s+(?:from|by|to)?\s*(?:about |nearly |some |almost |just |only |around |over )?$",
    re.I,
)
REVISED = re.compile(
    r"\b(?P<way>up|down|high|low)(?:wards?|er)\s+by\s+(?:about |nearly |some |just )?$", re.I
)
LEVEL = re.compile(
    r"\b(?:to|at|from|of|between|than)\s+(?:a|an|the|about|nearly|almost|just)?\s*[$€£]?$", re.I
)
"""Before a level, not the change itself."""


def trend(number: Span, *, measured: bool, up_to: bool) -> Literal["up", "down"] | None:
    """The direction of a change: "rose 5%", "a 90% decrease", "up from 44", "+0.2%".

    `measured`: an amount or a bare number; things counted change only "by" so many.
    `up_to`: the "up" before it is that of "up to".
    """
    doc = number.doc
    left = doc[max(0, number.start - 4) : number.start].text_with_ws
    if left.endswith("+") or number.text.startswith("+"):
        return "up"
    match = REVISED.search(left) or DIRECTION.search(left)
    if match is not None and not up_to and not _is_particle(number, match["way"].lower()):
        return "up" if match["way"].lower() in ("up", "high") else "down"
    if LEVEL.search(left) or not (measured or re.search(r"\bby\s+(?:\w+\s+)?$", left)):
        return None
    for over in [number.root, *above(number.root)][:5]:
        name = lemma(over)
        if name == "raise" and number.root.dep_ == "dobj":
            return None  # money is raised
        if name in words.RISE:
            return "up"
        if name in words.FALL:
            return "down"
        if is_verb(over):
            return None
    return None


def _is_particle(number: Span, way: str) -> bool:
    """ "gave up 517 yards", "boiling down to $21"."""
    word = next(
        (t for t in reversed(number.doc[max(0, number.start - 4) : number.start]) if t.lower_ == way), None
    )
    if word is None or not word.i:
        return False
    before = word.nbor(-1)
    return is_verb(before) and lemma(before) not in STANDING | words.RISE | words.FALL


class Spot(NamedTuple):
    """A place as it stands in the passage, and the id of its entity."""

    mention: Mention
    id: str


def place(doc: Doc, token: Token, places: list[Spot], speaker: Span | None) -> Spot | None:
    """The place of the figure's clause: behind a preposition of place, nearest first; never the speaker's."""
    sentence = token.sent
    clause = _clause(token)
    best: tuple[int, Spot] | None = None
    for spot in places:
        span = doc.char_span(spot.mention.start, spot.mention.end, alignment_mode="expand")
        if span is None or span.start < sentence.start or span.end > sentence.end:
            continue
        if speaker is not None and speaker.start <= span.start < speaker.end:
            continue
        root = span.root
        held = root.dep_ == "pobj" and root.head.lower_ in PLACE_WORDS
        if not held and root.dep_ in ("compound", "nmod", "poss", "amod", "appos"):
            held = root.head.dep_ == "pobj" and root.head.head.lower_ in PLACE_WORDS
        if not held or _owns_an_act(root):
            continue
        cost = abs(root.i - token.i) + (0 if clause.start <= root.i < clause.end else 50)
        if best is None or cost < best[0]:
            best = (cost, spot)
    return None if best is None else best[1]


def _owns_an_act(place: Token) -> bool:
    """ "killed in Israel's counteroffensive": who acts, not where."""
    return place.dep_ == "poss" and lemma(place.head) in ACTS


def keepers_place(doc: Doc, places: list[Spot], speaker: Span) -> Spot | None:
    """Where those are who take care of the dead and count them: "the Health Ministry in the Gaza Strip"."""
    if not any(lemma(word) in CARERS for word in speaker):
        return None
    for spot in places:
        span = doc.char_span(spot.mention.start, spot.mention.end, alignment_mode="expand")
        if span is None or not speaker.start <= span.start < speaker.end:
            continue
        root = span.root
        if root.dep_ in ("poss", "compound", "nmod") or (
            root.dep_ == "pobj" and root.head.lower_ in PLACE_WORDS
        ):
            return spot
    return None


def _clause(token: Token) -> Span:
    verb = governor(token)
    top = verb if verb is not None else token
    return token.doc[top.left_edge.i : top.right_edge.i + 1]


def scope(category: Category, unit: str | None, sentence: str, verb: Token | None, *, large: bool) -> Scope:
    """What span of time a count covers, by the words of its sentence and the tense of its verb.

    `large`: the count is too large for one incident told in the perfect ("has killed over 43,000").
    """
    if category == "other" and unit != "person":
        return "period" if PERIOD.search(sentence) else "unknown"
    if CUMULATIVE.search(sentence):
        return "cumulative"
    lasts = verb is not None and verb.tag_ in ("VBZ", "VBP") and lemma(verb) in ("be", "remain", "stand")
    if category in CURRENT or (lasts and category in EVENTFUL):
        return "current"
    if PERIOD.search(sentence):
        return "period"
    if category in EVENTFUL:
        perfect = verb is not None and any(
            c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children
        )
        return "cumulative" if perfect and large else "incident"
    return "day" if DAY.search(sentence) else "unknown"

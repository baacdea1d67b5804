"""What happened to the counted: the governing verb or noun, and its category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import idiom, numerals, words
from newsdesk.analysis.figures.clause import (
    PASSIVE_SUBJECTS,
    SUBJECTS,
    WH,
    child,
    governor,
    index_from,
    is_passive,
    is_verb,
    lemma,
    subject,
)
from newsdesk.analysis.figures.noun import Counted, unit_of
from newsdesk.models import Category

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CUE_PREPOSITIONS = words.word_set("over under about around above below near")
FELLOW = ("including", "among", "along", "plus", "like", "as")
MEASURES = words.word_set("number loss total count tally toll figure amount sum proportion share")
UNREAL_MARKS = words.word_set("until unless if")
SKIPPED = words.word_set(
    "confirmed feared reported presumed believed now still also already either were was are is more "
    "others people seriously critically severely badly lightly slightly at least"
)
TAKEN = ("hostage", "captive", "prisoner")
QUANTIFYING = words.word_set("upwards upward excess minimum maximum total")
ADJECTIVES = words.word_set("dead missing homeless unaccounted injured wounded hurt captive hostage")
PEOPLE_MEASURES = words.word_set("unemployment joblessness attendance enrolment enrollment headcount")
SIZED = words.word_set("population workforce city town village area camp budget membership fleet army")
LIVES = words.word_set("life soul")


@dataclass(frozen=True, slots=True)
class Happening:
    """`word` is the verb or noun that governs the figure, `category` what it means for the counted."""

    word: Token | None
    category: Category
    unit: str | None = None
    """The unit where the clause gives it: "the death toll rose to 12" counts persons."""
    noun: str | None = None
    as_before: bool = False
    """ "the number has since risen to 40": it measures what the figure before counts."""

    @property
    def lemma(self) -> str | None:
        return None if self.word is None else lemma(self.word)


def read(doc: Doc, counted: Counted) -> Happening:
    """The event of a figure: what stands over it, what describes it, and the counted noun itself."""
    head = counted.head
    noun_lemma = "" if head is None else lemma(head)
    own = words.COUNTED_STATE.get(noun_lemma) or (
        words.COUNTED_STATE.get(head.lower_) if head is not None else None
    )
    label = idiom.label_of(counted.argument)
    if label is not None:
        return Happening(label, idiom.state_of(label) or "other", "person")
    main = _governing(counted.argument)
    described = _described(head if head is not None else counted.argument)
    if counted.points_back and head is not None:  # "those killed"
        state = words.STATE.get(head.doc[head.i + 1].lower_)
        if state is not None:
            return Happening(head.doc[head.i + 1], state)
    if own is not None and noun_lemma not in words.WEAK_STATE:
        return Happening(main.word if main is not None else head, own)
    beside = _state_beside(doc, counted)
    if beside is not None:
        return beside
    weak = main is None or main.category == "other" or _is_unreal(main.word)
    if described is not None and described.category != "other" and _is_listed(counted.argument):
        return described  # "infected 87 people, including six who died"
    if described is not None and weak and (described.category != "other" or main is None):
        return described
    if main is not None and main.category != "other":
        return main
    modified = _modified(head) if head is not None else None
    if modified is not None:
        return Happening(main.word if main is not None else modified.word, modified.category)
    measured = _measured(counted)
    if measured is not None:
        return measured
    if own is not None and not (main is not None and idiom.acts_free(main.word, counted.argument)):
        return Happening(main.word if main is not None else head, own)
    if main is not None:
        return main
    return Happening(governor(counted.argument), "other")


# ------------------------------------------------------------------------ the clause over the figure


def _governing(token: Token) -> Happening | None:
    """Climb from the figure to the verb or noun that says what happened to it."""
    if token.left_edge.lower_ == "of" and token.left_edge != token and token.dep_ in SUBJECTS:
        return Happening(governor(token), "other")  # "of 300 tested, 41 were positive": the whole
    for _ in range(8):
        over, dep = token.head, token.dep_
        if over == token:
            return _headline(token)
        if dep in PASSIVE_SUBJECTS:
            return _as_sufferer(over)
        if dep in SUBJECTS:
            finite = _finite(over)
            return _as_sufferer(finite) if is_passive(finite) else _as_subject(finite)
        if dep in ("dobj", "dative", "oprd", "attr"):
            return _as_object(over, token)
        if dep == "pobj":
            cue = _quantifying(over)
            if cue is not None:
                verb = governor(cue)
                return None if verb is None else _as_written(verb, cue)
            if over.lower_ == "of" and _is_amount(over.head):
                return Happening(governor(over), "other")  # "half of the 2,300 residents fled"
            if over.lower_ == "for" and lemma(over.head) in (
                "exchange",
                "swap",
                "trade",
                "freedom",
                "return",
            ):
                return Happening(over.head, "released")
            if over.lower_ in ("of", "for") and over.head.pos_ in ("NOUN", "PROPN"):
                category = words.EVENT_NOUN.get(lemma(over.head))
                if lemma(over.head) == "loss" and lemma(token) in LIVES | words.COMBATANT | idiom.KIN:
                    category = "killed"
                if lemma(over.head) in SIZED:
                    return Happening(governor(over), "other")  # "a town of 4,000 was shelled"
                if category is not None or lemma(over.head) in (
                    "toll",
                    "body",
                    "remains",
                    "remain",
                    "corpse",
                ):
                    return Happening(over.head, category or "killed", "person")
                token = over.head
                continue
            if over.lower_ in CUE_PREPOSITIONS and over.i == token.left_edge.i - 1 and is_verb(over.head):
                return _as_written(over.head, over)  # "over 500 were hurt": parsed as a preposition
            if over.lower_ in FELLOW or (
                over.lower_ == "with" and over.i and over.nbor(-1).lower_ in ("along", "together")
            ):
                token = over
                continue
            verb = governor(over)
            return None if verb is None else Happening(verb, "other")
        if dep == "prep":
            if is_verb(over) and token.lower_ == "of":
                return Happening(over, "other")  # "of 300 tested, 41 were positive"
            if is_verb(over):
                return _as_sufferer(over) if is_passive(over) else _as_subject(over)
            token = over
            continue
        if dep in (
            "conj",
            "appos",
            "nummod",
            "compound",
            "amod",
            "nmod",
            "quantmod",
            "npadvmod",
            "poss",
            "dep",
            "meta",
        ):
            if is_verb(over):
                return Happening(over, "other")
            token = over
            continue
        if is_verb(token):
            return Happening(token, "other")
        token = over
    return None


def _quantifying(preposition: Token) -> Token | None:
    """The first word of "upwards of", "in excess of", "a total of" that `preposition` ends, if it does."""
    if preposition.lower_ != "of" or preposition.head.lower_ not in QUANTIFYING:
        return None
    noun = preposition.head
    over = noun.head
    return over if over.dep_ == "prep" and over.i == noun.i - 1 else noun


def _is_amount(token: Token) -> bool:
    return (
        token.like_num
        or token.pos_ == "NUM"
        or token.lower_ in numerals.PARTS
        or token.lower_ in numerals.MANY
    )


def _as_written(verb: Token, phrase: Token) -> Happening:
    """The figure before the verb is its subject, behind it its object."""
    if phrase.i < verb.i:
        return _as_sufferer(verb) if is_passive(verb) or child(verb, "auxpass") else _as_subject(verb)
    return _as_object(verb, phrase)


def _headline(token: Token) -> Happening | None:
    """A phrase that hangs on nothing: "12 killed in attack"."""
    if is_verb(token):
        return Happening(token, "other")
    return None


def _as_sufferer(verb: Token) -> Happening:
    """The figure is the subject of a passive verb."""
    if lemma(verb) == "hold" and idiom.is_figurative(verb):
        return Happening(verb, "other")
    name = lemma(verb)
    said = words.SUFFERED.get(name) or idiom.of_sufferer(verb) or _complement(verb) or _goes_on(verb)
    return Happening(verb, said or words.HARMED.get(name) or "other")


def _goes_on(verb: Token) -> Category | None:
    """ "were shot and killed": the participle joined to the verb."""
    other = child(verb, "conj")
    if other is None or other.tag_ != "VBN" or child(other, *SUBJECTS, *PASSIVE_SUBJECTS, "dobj") is not None:
        return None
    return words.SUFFERED.get(lemma(other))


def _finite(verb: Token) -> Token:
    """The verb proper where a reduced relative was read as one: "Israelis taken in May have died".

    A bare participle has no subject; the next verb with an auxiliary and no subject of its own has.
    """
    if verb.tag_ != "VBN" or child(verb, "aux", "auxpass") is not None or child(verb, "cc") is not None:
        return verb
    for later in verb.sent[verb.i - verb.sent.start + 1 :]:
        if (
            is_verb(later)
            and later.dep_ in ("conj", "ccomp", "ROOT")
            and child(later, "aux", "auxpass") is not None
            and child(later, *SUBJECTS, *PASSIVE_SUBJECTS) is None
        ):
            return later
    return verb


def _as_subject(verb: Token) -> Happening:
    """The figure is the subject: what it did, what it is, or, in a headline, what was done to it."""
    name = lemma(verb)
    if verb.lower_ == "missing" and not _has_object(verb):
        return Happening(verb, "missing")
    if name == "flee" and any(lemma(c) in idiom.FUGITIVE for c in verb.children if c.dep_ in SUBJECTS):
        return Happening(verb, "other")
    if name in words.DID and not _has_object(verb):
        return Happening(verb, words.DID[name])
    if name in words.SUFFERED and (
        is_passive(verb)
        or (
            verb.tag_ in ("VBN", "VBD")
            and not _has_object(verb)
            and name not in ("hold", "shelter", "capture")
        )
    ):
        return Happening(verb, words.SUFFERED[name])
    category = idiom.of_subject(verb) or _complement(verb)
    for other in verb.children:
        if category is None and other.dep_ == "conj" and is_verb(other) and child(other, *SUBJECTS) is None:
            again = _as_sufferer(other) if is_passive(other) else None
            if again is not None and again.category != "other":
                return again
    return Happening(verb, category or "other")


def _as_object(verb: Token, token: Token) -> Happening:
    """The figure is what the verb is done to."""
    name = lemma(verb)
    if not is_verb(verb):
        return Happening(verb, words.EVENT_NOUN.get(name, "other"))
    if name in ("claim", "lose", "take", "cost") and lemma(token) in LIVES:
        return Happening(verb, "killed")
    if name == "hold" and (idiom.is_figurative(verb) or idiom.has_room(verb, token)):
        return Happening(verb, "other")
    category = words.SUFFERED.get(name) or idiom.of_object(verb, token)
    category = category or _complement(verb)
    if category is None and lemma(token) not in words.COUNTED_STATE:
        category = _complement(token)
    if category is None and token.dep_ == "attr":
        who = child(verb, *SUBJECTS)
        category = None if who is None else words.COUNTED_STATE.get(lemma(who))
    return Happening(verb, category or words.HARMED.get(name) or "other")


def _has_object(verb: Token) -> bool:
    return child(verb, "dobj") is not None


def _complement(verb: Token) -> Category | None:
    """left dead, reported injured, taken hostage, believed to have died, in captivity, under arrest."""
    for part in verb.children:
        if part.dep_ in ("advcl", "ccomp") and child(part, *SUBJECTS, *PASSIVE_SUBJECTS) is not None:
            continue  # "while the rest were released"
        if part.dep_ in (
            "acomp",
            "oprd",
            "xcomp",
            "attr",
            "advcl",
            "ccomp",
            "advmod",
            "dobj",
            "prt",
            "dep",
            "conj",
        ):
            state = words.STATE.get(part.lower_)
            if state is not None and (part.dep_ != "conj" or part.pos_ == "ADJ"):
                return (
                    "captured"
                    if state == "captured" and lemma(verb) != "hold"
                    else ("held" if lemma(verb) == "hold" else state)
                )
            if part.dep_ in ("xcomp", "oprd", "ccomp") and is_verb(part):
                name = lemma(part)
                if name in words.DID:
                    return words.DID[name]
                if (
                    name in words.SUFFERED
                    and (is_passive(part) or part.tag_ == "VBN")
                    and not _has_object(part)
                ):
                    return words.SUFFERED[name]
                deeper = _complement(part)
                if deeper is not None:
                    return deeper
        if part.dep_ == "prep":
            held = child(part, "pobj")
            if held is not None and (part.lower_, lemma(held)) in idiom.HELD_BY:
                return idiom.HELD_BY[part.lower_, lemma(held)]
    return None


# ------------------------------------------------------------------------ the words at the figure


def _state_beside(doc: Doc, counted: Counted) -> Happening | None:
    """ "six people dead", "a dozen still missing", "30 injured"."""
    at = index_from(doc, counted.end)
    while at < len(doc) and doc[at].lower_ in SKIPPED and doc[at].lower_ not in ("were", "was", "are", "is"):
        at += 1
    if at >= len(doc):
        return None
    token = doc[at]
    if token.lower_ == "taken" and at + 1 < len(doc) and doc[at + 1].lower_ in TAKEN:
        return Happening(token, "captured")
    state = words.STATE.get(token.lower_)
    if state is None or (
        token.pos_ == "NOUN" and token.lower_ in ("captive", "hostage") and counted.head is not None
    ):
        return None
    if token.lower_ not in ADJECTIVES and not _is_passive_state(token):
        return None
    main = _governing(counted.argument)
    if main is not None and main.category != "other" and token.lower_ not in ("dead", "homeless"):
        return None
    return Happening(token if token.pos_ == "VERB" else governor(token) or token, state)


def _is_passive_state(token: Token) -> bool:
    """ "Twelve killed in attack": a participle with nothing after it that it could be done to."""
    if token.tag_ not in ("VBN", "VBD", "JJ") or child(token, "dobj", "auxpass") is not None:
        return False
    after = token.i + 1
    return after >= len(token.doc) or token.doc[after].pos_ not in (
        "NUM",
        "DET",
        "NOUN",
        "PROPN",
        "ADJ",
        "PRON",
    )


def _described(head: Token) -> Happening | None:
    """The clause that describes the noun: "killed in the blast", "it is holding", "who lost their jobs"."""
    for part in head.children:
        if part.i < head.i or not is_verb(part):
            continue
        name = lemma(part)
        if part.dep_ == "acl" and part.tag_ == "VBN":
            return _as_sufferer(part)
        if part.dep_ == "acl" and part.tag_ == "VBG":
            return Happening(part, words.DID.get(name) or _complement(part) or "other")
        if part.dep_ == "relcl":
            who = child(part, *SUBJECTS, *PASSIVE_SUBJECTS)
            if who is not None and who.lower_ not in WH and any(t.lower_ in WH for t in who.subtree):
                continue  # "34 of whom are dead": the part, not the whole
            if who is not None and who.lower_ not in WH:  # hostages it is holding
                return Happening(part, words.SUFFERED.get(name) or _complement(part) or "other")
            return _as_sufferer(part) if is_passive(part) else _as_subject(part)
    return None


def _modified(head: Token) -> Happening | None:
    """ "12 wounded soldiers", "five missing people"."""
    for part in head.children:
        if part.i < head.i and part.dep_ in ("amod", "compound") and part.lower_ in words.STATE:
            return Happening(part, words.STATE[part.lower_])
    return None


def _measured(counted: Counted) -> Happening | None:
    """ "the death toll rose to 12", "the number of confirmed cases has passed one thousand"."""
    verb = governor(counted.argument)
    for _ in range(3):
        if verb is None:
            return None
        done = child(verb, "dobj")
        first = done if done is not None and lemma(done) in MEASURES else None  # "raising its losses to 115"
        for measure in (first, subject(verb), done, child(verb, *PASSIVE_SUBJECTS)):
            if measure is None or measure == counted.argument:
                continue
            if measure.is_ancestor(counted.argument) and not _of_measure(verb, measure, counted.argument):
                continue
            moves = verb in (counted.argument.head, counted.argument.head.head)
            verbs = words.REACH | words.RISE | words.FALL if moves else words.REACH
            reach = lemma(verb) in verbs or lemma(measure) in MEASURES
            found = _measure(verb, measure) if reach else None
            if found is not None and (counted.head is None or found.category != "other"):
                return found if not found.as_before or counted.head is None else None
        if verb.dep_ not in ("conj", "advcl", "xcomp"):
            return None
        verb = governor(verb.head)
    return None


def _of_measure(verb: Token, measure: Token, argument: Token) -> bool:
    """ "the number of fighters at 8,000", "protesters, who numbered 3,000": inside the measure's phrase."""
    at = argument.dep_ == "pobj" and argument.head.lower_ == "at" and argument.head.head == measure
    return at or (verb.dep_ == "relcl" and verb.head == measure)


def _measure(verb: Token, measure: Token) -> Happening | None:
    name = lemma(measure)
    if name in PEOPLE_MEASURES:
        return Happening(verb, "other", "person")
    if name in MEASURES:
        below = [
            p
            for c in measure.children
            if c.dep_ == "prep" and c.lower_ == "of"
            for p in c.children
            if p.dep_ == "pobj"
        ]
        if below:
            inner = below[0]
            state = words.COUNTED_STATE.get(lemma(inner)) or words.STATE.get(inner.lower_)
            if state is None:
                told = _described(inner)
                state = told.category if told is not None and told.category != "other" else None
            return Happening(verb, state or "other", unit_of(inner), inner.text)
        if name == "toll":
            return Happening(verb, "killed", "person")
        if name in ("number", "figure", "total", "count", "tally", "loss"):
            return Happening(verb, "other", as_before=True)
        return None
    if name in words.COUNTED_STATE and (name not in words.WEAK_STATE or measure.lower_ in words.STATE):
        return Happening(verb, words.COUNTED_STATE[name], "person")
    if measure.pos_ == "NOUN" and measure.tag_ == "NNS":
        return Happening(verb, "other", unit_of(measure), measure.text)
    return None


def _is_listed(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in ("including", "among", "plus")


def _is_unreal(verb: Token | None) -> bool:
    """Whether the verb's clause is wished, feared or conditional: "until they are freed"."""
    while verb is not None:
        for part in verb.children:
            if part.dep_ == "mark" and part.lower_ in UNREAL_MARKS:
                return True
            if part.dep_ == "aux" and part.lower_ in ("would", "should", "could", "might", "must", "to"):
                return True
            if part.dep_ == "auxpass" and part.tag_ in ("VBZ", "VBP") and child(verb, "aux") is None:
                return (
                    True  # "until they are freed", whatever the clause hangs on: events are told in the past
                )
        verb = verb.head if verb.dep_ == "conj" and verb.head != verb else None
    return False

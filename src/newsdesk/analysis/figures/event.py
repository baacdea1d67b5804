"""What happened to the counted: the governing verb or noun, and its category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.analysis.figures import idiom, numerals, words
from newsdesk.analysis.figures.acts import (
    LIVES,
    Happening,
    as_object,
    as_subject,
    as_sufferer,
    as_written,
    described,
    finite,
)
from newsdesk.analysis.figures.clause import (
    PASSIVE_SUBJECTS,
    SUBJECTS,
    child,
    governor,
    index_from,
    is_passive,
    is_verb,
    lemma,
)
from newsdesk.analysis.figures.measure import measured
from newsdesk.analysis.figures.noun import Counted
from newsdesk.analysis.figures.units import lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CUE_PREPOSITIONS = words.word_set("over under about around above below near")
FELLOW = ("including", "among", "along", "plus", "like", "as")
UNREAL_MARKS = words.word_set("until unless if")
SKIPPED = words.word_set(
    "confirmed feared reported presumed believed now still also already either were was are is more "
    "others people seriously critically severely badly lightly slightly at least"
)
TAKEN = ("hostage", "captive", "prisoner")
QUANTIFYING = words.word_set("upwards upward excess minimum maximum total")
HEADLINE_CUES = words.word_set("at least more than up to over about nearly some dozens least")
BODIES = words.word_set("body corpse")
ADJECTIVES = words.word_set("dead missing homeless unaccounted injured wounded hurt captive hostage")
SIZED = words.word_set("population workforce city town village area camp budget membership fleet army")


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
    if counted.head is None and _is_compared(doc, counted.argument):
        return Happening(None if main is None else main.word, "other", as_before=True)
    told = described(head if head is not None else counted.argument)
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
    if told is not None and told.category != "other" and _is_listed(counted.argument):
        return told  # "infected 87 people, including six who died"
    if told is not None and weak and (told.category != "other" or main is None):
        return told
    if main is not None and main.category == "injured" and noun_lemma in BODIES:
        return Happening(main.word, "killed")  # "received 32 bodies and 95 wounded"
    if main is not None and main.category != "other":
        return main
    modified = _modified(head) if head is not None else None
    if modified is not None:
        return Happening(main.word if main is not None else modified.word, modified.category)
    value = measured(counted)
    if value is not None:
        return value
    if own is not None and not (main is not None and idiom.acts_free(main.word, counted.argument)):
        return Happening(main.word if main is not None else head, own)
    if main is not None and main.category != "other":
        return main
    shouted = _in_capitals(doc, counted)
    if shouted is not None:
        return shouted
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
            return as_sufferer(over)
        if dep in SUBJECTS:
            cut_off = _object_cut_off(token)
            if cut_off is not None:
                return as_object(cut_off, token)
            proper = finite(over.head if over.dep_ == "aux" and over.head.i == over.i + 1 else over)
            return as_sufferer(proper) if is_passive(proper) else as_subject(proper)
        if dep == "dobj" and lemma(over) == "say" and token.like_num:
            return Happening(over, "other", as_before=True)  # "the governor said 40"
        if dep in ("dobj", "dative", "oprd", "attr"):
            return as_object(over, token)
        if dep == "pobj":
            cue = _quantifying(over)
            if cue is not None:
                over_it = governor(cue)
                return None if over_it is None else as_written(over_it, cue)
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
                return as_written(over.head, over)  # "over 500 were hurt": parsed as a preposition
            if over.lower_ in FELLOW or (
                over.lower_ == "with" and over.i and over.nbor(-1).lower_ in ("along", "together")
            ):
                token = over
                continue
            far = governor(over)
            return None if far is None else Happening(far, "other")
        if dep == "prep":
            if is_verb(over) and token.lower_ == "of":
                return Happening(over, "other")  # "of 300 tested, 41 were positive"
            if is_verb(over):
                return as_sufferer(over) if is_passive(over) else as_subject(over)
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
            if is_verb(over) and dep == "nummod" and token.i > over.i:
                return as_object(over, token)  # "Storm Kills 3": a headline's object
            if is_verb(over):
                return Happening(over, "other")
            token = over
            continue
        if is_verb(token):
            return Happening(token, "other")
        token = over
    return None


def _object_cut_off(token: Token) -> Token | None:
    """The verb of "the group has freed 60 captives and the army has left": not 60 captives and the army."""
    first = token.left_edge.i
    if not first or not any(c.dep_ == "conj" and c.i > token.i for c in token.children):
        return None
    verb = token.doc[first - 1]
    own = child(verb, *SUBJECTS) is not None and child(verb, "aux") is not None
    return verb if is_verb(verb) and own and child(verb, "dobj", "auxpass") is None else None


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


def _headline(token: Token) -> Happening | None:
    """A phrase that hangs on nothing: "12 killed in attack"."""
    if is_verb(token):
        return Happening(token, "other")
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


def _is_compared(doc: Doc, argument: Token) -> bool:
    """ "rose to 37, up from 31": the value before."""
    first = argument.left_edge.i
    return first > 1 and doc[first - 1].lower_ == "from" and doc[first - 2].lower_ in ("up", "down")


def _in_capitals(doc: Doc, counted: Counted) -> Happening | None:
    """ "Blast Kills at Least 20": the verb right before, a name to the parse for its capital."""
    at = counted.argument.left_edge.i if counted.argument.left_edge.i <= counted.argument.i else 0
    while at > 0 and (doc[at - 1].lower_ in HEADLINE_CUES or doc[at - 1].like_num):
        at -= 1
    if counted.argument.dep_ == "nummod" and not at:
        return None
    for verb in doc[max(0, at - 1) : counted.argument.i + 1]:
        category = words.SUFFERED.get(lemma_of(verb.text))
        if category is not None and verb.is_title and verb.i and verb.tag_ != "VBN" and not is_verb(verb):
            return Happening(verb, category, said=lemma_of(verb.text))
    return None


def _modified(head: Token) -> Happening | None:
    """ "12 wounded soldiers", "five missing people"."""
    for part in head.children:
        if part.i < head.i and part.dep_ in ("amod", "compound") and part.lower_ in words.STATE:
            return Happening(part, words.STATE[part.lower_])
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

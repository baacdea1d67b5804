"""A report, and how a clause may hang under a reporting verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import reporting, words
from newsdesk.analysis.figures.clause import above, child, holds, lemma
from newsdesk.models import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSONAL = ("he", "she")
IMPERSONAL = ("it", "they")
FIRST_PERSON = ("i", "we")
UNSIGNED = words.word_set("estimate figure number statistic projection forecast")
"""What somebody must have made: a speaker only where it is said whose."""
WEEKDAYS = words.word_set("monday tuesday wednesday thursday friday saturday sunday")
ANYBODY = words.word_set("people some many others you one someone somebody everyone everybody critics")


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting verb and its speaker as printed (pronouns resolved)."""

    verb: Token
    who: Token
    speaker: str
    stance: Stance
    via: str | None = None
    resolved: bool = False
    """The speaker stands in another clause: a pronoun stands here."""


def stance_of(verb: Token) -> Stance:
    """By the verb's lemma; "called" demands only where it calls for something."""
    name = lemma(verb)
    if name in ("call", "ask") and child(verb, "xcomp") is None:
        return "demands" if any(c.lower_ == "for" for c in verb.children) else "says"
    return reporting.STANCE.get(name, "says")


def is_nobody(who: Token) -> bool:
    """ "Estimates suggest", "9 percent said", "neither side": nobody's word, or a share of those asked."""
    if lemma(who) in ("percent", "%", "cent") or who.like_num or who.lower_ in WEEKDAYS:
        return True
    if any(c.lower_ in ("neither", "no") and c.dep_ in ("det", "preconj", "nmod") for c in who.children):
        return True
    if lemma(who) not in UNSIGNED or who.tag_ != "NNS":
        return False
    return all(
        c.lower_ in ("the", "these", "some") or c.dep_ in ("punct", "relcl", "acl") for c in who.children
    )


def is_read_as_noun(token: Token) -> bool:
    """ "documents from the ministry show": a verb that the parse takes for a noun, with a subject."""
    if token.pos_ != "NOUN" or (token.dep_ != "ROOT" and token.dep_ not in ("ccomp", "advcl", "parataxis")):
        return False
    return child(token, "nsubj") is not None and child(token, "ccomp", "dobj") is not None


def is_own_voice(who: Token) -> bool:
    """I, we, our estimate: the speaker of the quotation that it stands in."""
    return who.lower_ in FIRST_PERSON or any(c.lower_ in ("our", "my") for c in who.children)


def is_anybody(report: Report) -> bool:
    """ "people say": no speaker where somebody says so in a quotation."""
    return report.who.lower_ in ANYBODY


def is_bare(report: Report) -> bool:
    """A pronoun that no earlier name explains."""
    return report.who.lower_ in PERSONAL + IMPERSONAL and not report.resolved


def is_in_speaker(report: Report, token: Token) -> bool:
    """Whether `token` stands in the speaker's words, other than in the clause that reports."""
    if token == report.who:
        return True
    if not holds(report.who, token):
        return False
    for over in above(token):
        if over == report.verb:
            return False
        if over == report.who:
            return True
    return False


def shifts_tense(verb: Token, below: Token) -> bool:
    """ "says it would cost little but would add 84 jobs": an auxiliary that the reporting verb has not."""
    if (
        child(below, "nsubj", "nsubjpass") is not None
        or child(verb, "ccomp") is None
        or child(verb, "aux") is not None
    ):
        return False
    return any(c.dep_ == "aux" and c.lower_ in ("would", "could", "will", "had") for c in below.children)


def is_clause(below: Token, verb: Token) -> bool:
    """Whether the clause has a subject: "added into the bill included ..." is a misparse."""
    if below.tag_ != "VBD" or below.i < verb.i:
        return True
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl", "mark", "csubj", "attr") for c in below.children)


def crosses_clause(figure: Token, top: Token, kinds: tuple[str, ...] = ("relcl",)) -> bool:
    """Whether a clause of one of `kinds` stands between the figure and what is reported."""
    for token in (figure, *above(figure)):
        if token == top:
            return False
        if token.dep_ in kinds:
            return True
    return False


def concedes(figure: Token, top: Token) -> bool:
    """Whether the figure stands in a clause with "although", "while", "after" under what is reported."""
    for token in (figure, *above(figure)):
        if token.dep_ == "advcl":
            mark = child(token, "mark", "advmod")
            if mark is not None and mark.lower_ in reporting.LINKING_AFTER:
                return True
        if token == top:
            return False
    return False


def goes_on(verb: Token, below: Token) -> bool:
    """ "said 3 had died and 5 were hurt": a clause of its own, joined without comma to what is reported."""
    own = child(below, "nsubj", "nsubjpass")
    if own is None or child(verb, "ccomp", "xcomp") is None or below.left_edge.i <= verb.i:
        return False
    between = verb.doc[verb.i : below.left_edge.i]
    return len(between) > 1 and between[-1].lower_ in ("and", "or") and between[-2].text != ","


def is_unjoined(verb: Token, below: Token) -> bool:
    """ "found yields fell 10%": a clause that the parse takes for one more verb, though no "and" joins it."""
    if below.i < verb.i or child(verb, "ccomp") is not None:
        return False
    return not any(c.dep_ == "cc" or c.text in (";", '"') for c in verb.children if verb.i < c.i < below.i)


def is_relay(token: Token) -> bool:
    """Whether `token` names an agency or a medium that passes on what others say."""
    if token.pos_ == "NOUN":
        return lemma(token) in reporting.MEDIA or (
            lemma(token) == "agency" and any(c.lower_ == "news" for c in token.children)
        )
    if token.pos_ != "PROPN" or token.ent_type_ == "PERSON":
        return False
    names = {t.lower_ for t in token.subtree if t.dep_ in ("compound", "appos", "amod") or t == token}
    return bool(names & reporting.RELAY or names & reporting.RELAY_WORD)

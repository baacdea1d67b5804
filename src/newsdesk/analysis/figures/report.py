"""A report, the words of its speaker, and how a clause may hang under a reporting verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import words
from newsdesk.analysis.figures.clause import above, child, lemma
from newsdesk.models import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ARTICLES = ("the", "a", "an", "both")
PHRASE_PREPOSITIONS = words.word_set("of in for at from with on to near")
PHRASE_LONGEST = 16
PERSONAL = ("he", "she")
IMPERSONAL = ("it", "they")
FIRST_PERSON = ("i", "we")
UNSIGNED = words.word_set("estimate figure number statistic projection forecast")
"""What somebody must have made: a speaker only where it is said whose."""


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


def of_noun(noun: Token, below: Token) -> Report | None:
    """ "the ministry's claim that 12 died": the owner of a noun that reports a clause."""
    if lemma(noun) not in words.REPORT_NOUN or below.dep_ not in ("acl", "ccomp", "relcl"):
        return None
    if child(below, "mark") is None and not any(t.lower_ == "that" for t in below.lefts):
        return None
    owner = child(noun, "poss")
    if owner is None:
        by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from", "of")), None)
        owner = None if by is None else child(by, "pobj")
    if owner is None:  # "a Marlow Times report that"
        owner = next((c for c in noun.children if c.dep_ == "compound" and c.pos_ == "PROPN"), None)
    if owner is None or owner.pos_ not in ("NOUN", "PROPN"):
        return None
    return Report(noun, owner, phrase(owner), words.NOUN_STANCE.get(lemma(noun), "says"))


def is_nobody(who: Token) -> bool:
    """ "Estimates suggest", "9 percent said": nobody's word, or a share of those asked."""
    if lemma(who) in ("percent", "%", "cent") or who.like_num:
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


def crosses_clause(figure: Token, top: Token) -> bool:
    """Whether a relative clause stands between the figure and the object that is reported."""
    for token in (figure, *above(figure)):
        if token == top:
            return False
        if token.dep_ == "relcl":
            return True
    return False


def goes_on(verb: Token, below: Token) -> bool:
    """ "said 3 had died and 5 were hurt": a clause of its own, joined without comma to what is reported."""
    own = child(below, "nsubj", "nsubjpass")
    if own is None or child(verb, "ccomp", "xcomp") is None or below.left_edge.i <= verb.i:
        return False
    between = verb.doc[verb.i : below.left_edge.i]
    return len(between) > 1 and between[-1].lower_ in ("and", "or") and between[-2].text != ","


def is_bare(report: Report) -> bool:
    """A pronoun that no earlier name explains."""
    return report.who.lower_ in PERSONAL + IMPERSONAL and not report.resolved


def is_relay(token: Token) -> bool:
    if token.pos_ == "NOUN":
        return lemma(token) in ("agency", "newspaper", "broadcaster")
    if token.pos_ != "PROPN" or token.ent_type_ == "PERSON":
        return False
    names = {t.lower_ for t in token.subtree if t.dep_ in ("compound", "appos", "amod") or t == token}
    return bool(names & words.RELAY or names & words.RELAY_WORD)


def phrase(token: Token, *, described: bool = False) -> str:
    """The words of a speaker: the noun with what belongs to its name, without article and clauses.

    `described` keeps a participle behind it ("data released by the statistics office").
    """
    first, last = token.left_edge.i, token.i
    for part in token.children:
        if part.i < token.i:
            continue
        touches = part.left_edge.i == last + 1
        if (
            (part.dep_ == "prep" and touches and part.lower_ in PHRASE_PREPOSITIONS)
            or (part.dep_ == "prep" and touches and part.lower_ == "by" and lemma(token) in words.SOURCE_NOUN)
            or (described and part.dep_ == "acl" and touches)
            or (
                part.dep_ in ("conj", "appos", "flat", "nmod", "npadvmod")
                and touches
                and part.ent_type_ not in ("DATE", "TIME")
            )
            or (
                part.dep_ == "appos"
                and part.pos_ == "PROPN"
                and (part.ent_type_ == "PERSON" or _is_office(token))
            )
            or (part.dep_ == "conj" and part.i - last <= 8)
        ):
            last = _until_clause(part)
        elif part.dep_ in ("cc", "punct", "case"):
            if part.dep_ == "case":
                last = part.i
            continue
        elif part.dep_ in ("relcl", "acl"):
            break
    doc = token.doc
    while last + 1 < len(doc) and token.pos_ == "NOUN" and _continues_name(doc[last], doc[last + 1]):
        last += 1
    last = min(last, first + PHRASE_LONGEST)
    last = max(last, token.i)
    while first < token.i and (
        doc[first].lower_ in ARTICLES or doc[first].is_punct or doc[first].dep_ in ("cc", "mark", "predet")
    ):
        first += 1
    while first < token.i and token.i - first > PHRASE_LONGEST:
        first += 1
    for at in range(token.i - 1, first, -1):
        if doc[at].text in ("-", "–", "—", ";", ":") and doc[at - 1].whitespace_ and doc[at].whitespace_:
            first = at + 1  # "an aggressive - some say unrealistic - pledge"
            break
    last = whole_name(doc, last)
    words_ = doc[first : last + 1].text
    return words_.strip(" ,;:\"'<>[]").removesuffix("'s")


def whole_name(doc: Doc, last: int) -> int:
    """The last token of the word that token `last` begins: hyphens hold a name together (al-Noor)."""
    while last + 2 < len(doc) and not doc[last].whitespace_:
        joint = doc[last + 1]
        if joint.text not in ("-", "–") or joint.whitespace_ or not doc[last + 2].text[:1].isalnum():
            break
        last += 2
    return last


def _continues_name(word: Token, following: Token) -> bool:
    """ "curator Elaine Fox", where the parse cuts the name off."""
    return following.pos_ == "PROPN" and following.ent_type_ == "PERSON" and following.sent == word.sent


def _is_office(token: Token) -> bool:
    """A single person's office, whose name may follow behind a comma."""
    return token.pos_ == "NOUN" and token.tag_ == "NN" and lemma(token) in words.PERSON


def _until_clause(part: Token) -> int:
    """The last token under `part` before a clause or a comma begins."""
    last = part.i
    for token in part.subtree:
        if token.i <= part.i:
            continue
        if token.dep_ in ("relcl", "acl", "advcl") or token.text in (",", ";", ":", "(", '"'):
            break
        last = max(last, token.i)
    return last

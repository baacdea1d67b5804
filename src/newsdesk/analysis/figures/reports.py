"""The reports of a passage: every reporting verb that has a speaker, in reading order.

Pronouns are resolved on the way to whom the article named last, so the passages of an article are read
one after the other with one `Memory`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.analysis.figures import reporting, words
from newsdesk.analysis.figures.clause import WH, above, child, is_passive, is_verb, lemma, subject
from newsdesk.analysis.figures.memory import Memory
from newsdesk.analysis.figures.report import (
    IMPERSONAL,
    PERSONAL,
    Report,
    is_nobody,
    is_read_as_noun,
    is_relay,
    stance_of,
)
from newsdesk.analysis.figures.scene import Scene
from newsdesk.analysis.figures.wording import ARTICLES, LONGEST, phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

NO_SPEAKERS = words.ATTACK | words.word_set(
    "storm quake earthquake war fire flood typhoon hurricane tsunami virus disease death toll number "
    "total fighting violence crash accident incident"
)
NO_NAMES = words.word_set("'s s us let there this what you something nothing")
ASIDE = words.word_set("say report announce confirm claim warn note add state tell estimate believe")
ASIDE_VERBS = ASIDE | words.word_set(
    "explain argue insist reveal predict write disclose acknowledge conclude tweet observe recall "
    "suggest charge contend allege project calculate maintain declare assert stress testify find show "
    "point post joke learn think warn complain concede admit reckon"
)
INVERTED = ASIDE_VERBS - {"tell", "find", "show", "point"}
INVERTING = (",", '"', "''", "-", "–", "—")
ASIDE_MARKS = (",", '"', "-", "–", "—")
REPORTING = (
    reporting.CENSURE
    | reporting.CALLING_FOR
    | reporting.QUOTE_REPORT
    | reporting.OBJECT_REPORT
    | reporting.INTENT_REPORT
    | reporting.SOURCE_VERB
)
NOUNS = ("NOUN", "PROPN")
NAMING = (*NOUNS, "ADJ", "DET", "CCONJ", "ADP", "PART")
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
RELAYED = ("quote", "cite")
ADJUST = words.word_set(
    "raise cut lower increase reduce edge revise hold keep leave upgrade downgrade trim slash lift boost "
    "maintain put set nudge bump"
)
NOTED = REPORTING | ADJUST
FORECAST = words.word_set("forecast estimate projection prediction outlook guidance toll")


def reports(scene: Scene, memory: Memory) -> dict[int, Report]:
    """The reports by the token index of their verb; `memory` learns who is named."""
    reader = _Reader(scene, memory)
    verbs, subjects = set(scene.with_lemmas(NOTED)), set(scene.with_relations(SUBJECTS))
    for at in sorted(verbs | subjects):
        token = scene.doc[at]
        if at in verbs:
            reader.notice_verb(token)
        if at in subjects and token.pos_ in NOUNS:
            reader.notice_subject(token)
    return reader.found


class _Reader:
    def __init__(self, scene: Scene, memory: Memory) -> None:
        self.found: dict[int, Report] = {}
        self._scene = scene
        self._memory = memory

    def notice_verb(self, token: Token) -> None:
        """Read the report of a verb."""
        reporting_verb = lemma(token) in REPORTING and (is_verb(token) or is_read_as_noun(token))
        if not reporting_verb and forecast_of(token) is None:
            return
        report = (
            self._passed_on(token)
            or self._inverted(token)
            or self._at_the_end(token)
            or self._report(token)
            or self._without_subject(token)
        )
        if report is not None:
            self.found[token.i] = report

    def notice_subject(self, token: Token) -> None:
        """Remember whom a sentence is about."""
        if not self._scene.quoted(token):
            self._remember(token)

    def _remember(self, who: Token) -> None:
        told = any(over.i in self.found for over in above(who.head))
        if self._scene.is_person(who):
            self._memory.note_person(who, told=told)
        elif lemma(who) not in NO_SPEAKERS:
            self._remember_body(who, told=told)

    def _remember_body(self, who: Token, *, told: bool) -> None:
        """The body that is the subject; of "shares of the retailer" the retailer."""
        if not self._scene.is_body(who):
            of = next((c for c in who.children if c.dep_ == "prep" and c.lower_ == "of"), None)
            owner = child(who, "poss") if of is None else child(of, "pobj")
            if owner is not None and owner.pos_ in NOUNS and self._scene.is_body(owner):
                self._remember_body(owner, told=told)
        else:
            self._memory.note_body(who, plural=_is_plural(who), told=told)

    # ------------------------------------------------------------------------ whose report it is

    def _report(self, verb: Token) -> Report | None:
        who = self._speaking(verb)
        if who is None or who.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ") or lemma(who) in NO_SPEAKERS:
            return None
        if is_nobody(who) or who.lower_ in NO_NAMES:
            return None
        if (who.dep_ == "nsubjpass" and who.head == verb) or _is_withheld(verb) or _is_wish_of_any(verb):
            return None
        speaker, resolved = self._named(verb, who), False
        if who.lower_ in PERSONAL + IMPERSONAL:
            meant = self._memory.meant_by(who.lower_)
            speaker, resolved = meant or speaker, meant is not None
        elif who.pos_ != "PRON" and not self._scene.quoted(verb):
            unknown = who.pos_ == "PROPN" and not who.ent_type_ and not self._scene.is_body(who)
            if unknown or self._scene.is_person(who):
                self._memory.note_person(who, speaker)
            else:
                speaks = self._scene.is_body(who)
                self._memory.note_body(who, speaker, plural=_is_plural(who), speaks=speaks)
        return Report(verb, who, speaker, stance_of(verb), relay_of(verb), resolved)

    def _named(self, verb: Token, who: Token) -> str:
        """The speaker's words; office and name where the parse takes them for two subjects."""
        names = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
        if len(names) == 2 and names[1].pos_ == "PROPN" and names[1].i - names[0].left_edge.i < LONGEST:
            first, last = names[0].left_edge, names[1]
            first = first.nbor() if first.lower_ in ARTICLES else first
            return self._scene.text[first.idx : last.idx + len(last)]
        return phrase(who)

    def _passed_on(self, verb: Token) -> Report | None:
        """ "Xinhua quoted the ministry as saying", "he was quoted by Interfax as saying"."""
        quoting = verb
        if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
            quoting = verb.head.head
        if lemma(quoting) not in RELAYED or not any(c.lower_ == "as" for c in quoting.children):
            return None
        who = child(quoting, "nsubjpass") if is_passive(quoting) else child(quoting, "dobj")
        if who is None or who.pos_ not in ("NOUN", "PROPN", "PRON"):
            return None
        speaker, resolved = phrase(who), False
        if who.lower_ in PERSONAL + IMPERSONAL:
            meant = self._memory.meant_by(who.lower_)
            speaker, resolved = meant or speaker, meant is not None
        medium = _agent(quoting) if is_passive(quoting) else child(quoting, "nsubj")
        via = None if medium is None or medium.pos_ == "PRON" else phrase(medium)
        return Report(verb, who, speaker, "says", via, resolved)

    def _speaking(self, verb: Token) -> Token | None:
        """Who speaks: the agent of a passive or of a participle, else the subject."""
        if is_passive(verb) or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
            return _agent(verb)
        own = [c for c in verb.lefts if c.dep_ == "nsubj"]
        if len(own) > 1 and self._is_misplaced(own[0], verb):
            return own[-1]
        who = subject(verb)
        if who is not None and who.tag_ == "VBG" and who.dep_ == "nsubj":
            return child(who, "nsubj")  # "leaders meeting in Marlow pledged"
        return who

    def _is_misplaced(self, first: Token, verb: Token) -> bool:
        """The first of two subjects is another clause's: "camps that they said", '"Maybe 40," he said'."""
        return first.lower_ in WH or first.like_num or self._scene.quoted(first) != self._scene.quoted(verb)

    # ------------------------------------------------------------------------ where the parse has no subject

    def _inverted(self, verb: Token) -> Report | None:
        """'"...", added Lind.', "The dam, added the mayor, would ...": the speaker taken for an object."""
        doc, first = self._scene.doc, verb.i + 1
        if lemma(verb) not in INVERTED or first < 2 or doc[first - 2].text not in INVERTING:
            return None
        end = first
        while end < len(doc) and end - first < LONGEST and _names(doc[end]):
            end += 1
        closed = end == len(doc) or doc[end].is_punct
        subjects = [c.i for c in verb.children if c.dep_ == "nsubj"]
        if end == first or not closed or (subjects and min(subjects) >= first):
            return None
        who = next((t for t in doc[first:end] if t.pos_ in NOUNS), None)
        while who is not None and who.dep_ == "compound" and first <= who.head.i < end:
            who = who.head
        if who is None or self._scene.quoted(verb):
            return None
        if who.pos_ != "PROPN" and not (self._scene.is_person(who) or self._scene.is_body(who)):
            return None
        first += doc[first].lower_ in ARTICLES
        return Report(verb, who, doc[first:end].text, stance_of(verb))

    def _at_the_end(self, verb: Token) -> Report | None:
        """ "killed 12 people, including a child, hospital officials said": taken for one more of a list."""
        if lemma(verb) not in ASIDE or verb.dep_ != "conj" or child(verb, "nsubj", "nsubjpass") is not None:
            return None
        doc, first = self._scene.doc, verb.i
        while first > verb.sent.start and doc[first - 1].pos_ in NAMING and verb.i - first < LONGEST:
            first -= 1
        if first == verb.i or doc[first - 1].text != ",":
            return None
        first += doc[first].lower_ in ARTICLES
        who = next((t for t in doc[first : verb.i] if t.left_edge.i >= first - 1 and t.pos_ in NOUNS), None)
        while who is not None and who.dep_ == "compound" and who.head.i < verb.i:
            who = who.head
        if who is None or not (self._scene.is_person(who) or self._scene.is_body(who)):
            return None
        return Report(verb, who, doc[first : verb.i].text, stance_of(verb), relay_of(verb))

    def _without_subject(self, verb: Token) -> Report | None:
        """ "..., the state news agency reported": the noun before it, where the parse has no subject."""
        if lemma(verb) not in ASIDE or verb.tag_ not in ("VBD", "VBZ", "VBP") or subject(verb) is not None:
            return None
        named = self._between_commas(verb)
        if named is not None:
            return named
        doc, first = self._scene.doc, verb.i
        while first > verb.sent.start and verb.i - first < LONGEST and doc[first - 1].text not in ASIDE_MARKS:
            first -= 1
            if is_verb(doc[first]) and doc[first].tag_ not in ("VBN", "VBG"):
                return None
        if first in (verb.i, verb.sent.start) or doc[verb.i - 1].pos_ not in ("NOUN", "PROPN"):
            return None
        first += doc[first].lower_ in ARTICLES
        return Report(verb, doc[verb.i - 1], doc[first : verb.i].text, stance_of(verb))

    def _between_commas(self, verb: Token) -> Report | None:
        """ "..., its chief executive, Lena Orr, announced": office and name, each between commas."""
        doc, start = self._scene.doc, max(verb.sent.start, verb.i - LONGEST)
        marks = [i for i in range(verb.i - 1, start, -1) if doc[i].text == ","]
        if len(marks) < 3 or marks[0] != verb.i - 1 or doc[verb.i - 2].pos_ != "PROPN":
            return None
        first = marks[2] + 1
        if any(is_verb(t) and t.tag_ not in ("VBN", "VBG") for t in doc[first : verb.i]):
            return None
        first += doc[first].lower_ in ARTICLES
        return Report(verb, doc[verb.i - 2], doc[first : marks[0]].text, stance_of(verb))


def _is_plural(who: Token) -> bool:
    return who.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in who.children)


def _names(token: Token) -> bool:
    return token.pos_ in NAMING or token.tag_ == "PRP$"


def forecast_of(verb: Token) -> Token | None:
    """The forecast that `verb` changes: "cut its growth forecast to"."""
    if lemma(verb) not in ADJUST or not is_verb(verb):
        return None
    what = child(verb, "dobj", "nsubjpass")
    if what is None or lemma(what) not in FORECAST:
        return None
    # "30 were killed, raising the toll": the killings raise it.
    return None if lemma(what) == "toll" and child(verb, "nsubj") is None else what


def _is_wish_of_any(verb: Token) -> bool:
    """ "anyone wanting to borrow", "the ad that they wanted to tape": no stated wish of a speaker."""
    return lemma(verb) in ("want", "offer") and (verb.tag_ == "VBG" or verb.dep_ in ("acl", "relcl", "advcl"))


def _is_withheld(verb: Token) -> bool:
    """ "did not confirm", "declined to say": nothing is reported."""
    if verb.dep_ == "xcomp" and lemma(verb.head) in ("decline", "refuse", "fail"):
        return lemma(verb) in reporting.QUOTE_REPORT
    return lemma(verb) in reporting.QUOTE_REPORT and child(verb, "neg") is not None


def _agent(verb: Token) -> Token | None:
    by = child(verb, "agent")
    return None if by is None else child(by, "pobj")


def relay_of(verb: Token) -> str | None:
    """told Reuters; said in an interview with ABC News."""
    for part in verb.children:
        candidates = [part] if part.dep_ in ("dobj", "dative") else []
        if part.dep_ in ("prep", "dative"):
            candidates += [p for p in part.subtree if p.dep_ in ("pobj", "appos")]
        for token in candidates:
            if is_relay(token):
                return phrase(_medium(token))
    return None


def _medium(token: Token) -> Token:
    """ "news agency AFP": the name, in apposition or right behind."""
    named = child(token, "appos")
    if named is not None:
        return named
    after = token.doc[token.i + 1 : token.i + 2]
    behind = token.pos_ == "NOUN" and len(after) == 1 and after[0].pos_ == "PROPN"
    return after[0] if behind else token

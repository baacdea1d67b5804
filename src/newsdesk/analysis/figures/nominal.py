"""Speakers named without a reporting verb: "according to X", "X's claim that", "by X's count"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import documents, reporting, words
from newsdesk.analysis.figures.clause import above, child, governor, holds, is_verb, lemma
from newsdesk.analysis.figures.report import Report, crosses_clause, is_in_speaker, is_relay
from newsdesk.analysis.figures.reports import forecast_of
from newsdesk.analysis.figures.scene import Scene
from newsdesk.analysis.figures.wording import ARTICLES, LONGEST, phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

RECKONED = words.word_set("toll count tally estimate figure projection forecast")
"""Nouns whose "of N" is what their owner says."""
MADE = reporting.OBJECT_REPORT | words.word_set("give provide release publish issue compile cite")


def of_noun(scene: Scene, noun: Token, below: Token) -> Report | None:
    """ "the ministry's claim that 12 died", "its toll of 12": the owner of a noun that reports."""
    if below.dep_ in ("acl", "ccomp", "relcl"):
        if lemma(noun) not in reporting.REPORT_NOUN:
            return None
        if child(below, "mark") is None and not any(t.lower_ == "that" for t in below.lefts):
            return None
    elif below.dep_ == "prep" and below.lower_ == "of":
        return reckoned(scene, noun)
    else:
        return None
    owner = _owner(noun)
    if owner is None or owner == below or holds(below, owner):
        return None
    return Report(noun, owner, phrase(owner), reporting.NOUN_STANCE.get(lemma(noun), "says"))


def reckoned(scene: Scene, noun: Token) -> Report | None:
    """ "the ministry's toll of 12", "the latest count by the ministry": whose reckoning it is."""
    if lemma(noun) not in RECKONED:
        return None
    owner = child(noun, "poss")
    if owner is None:
        by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "by"), None)
        owner = None if by is None else child(by, "pobj")
    if owner is None or owner.pos_ not in ("NOUN", "PROPN") or not scene.is_body(owner):
        return None
    if scene.kinds.get(owner.i) == "place" or owner.ent_type_ in ("GPE", "LOC", "DATE", "TIME"):
        return None
    return Report(noun, owner, phrase(owner), reporting.NOUN_STANCE.get(lemma(noun), "says"))


def measured(scene: Scene, token: Token) -> Report | None:
    """ "the ministry's count stands at 12": who reckons what the figure is the value of."""
    for verb in above(token):
        if is_verb(verb):
            noun = child(verb, "nsubj")
            return None if noun is None or lemma(verb) not in words.REACH else reckoned(scene, noun)
    return None


def _owner(noun: Token) -> Token | None:
    owner = child(noun, "poss")
    if owner is None:
        by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from", "of")), None)
        owner = None if by is None else child(by, "pobj")
    if owner is None:  # "a Marlow Times report that"
        owner = next((c for c in noun.children if c.dep_ == "compound" and c.pos_ == "PROPN"), None)
    if owner is None or owner.pos_ not in ("NOUN", "PROPN") or owner.ent_type_ in ("DATE", "TIME"):
        return None
    return owner


def according(scene: Scene, token: Token) -> Report | None:
    """ "according to X", "by X's estimate" in the sentence, no semicolon between it and the figure."""
    sentence = token.sent
    first = bisect_left(scene.sourcing, sentence.start)
    for at in scene.sourcing[first : bisect_left(scene.sourcing, sentence.end)]:
        word = scene.doc[at]
        if scene.quoted(word):
            continue
        match word.lower_:
            case "by":
                report = _by_reckoning(word, token)
            case "in":
                report = documents.in_front(scene, word, token)
            case _:
                report = _according_to(scene, word, token)
        if report is not None:
            return report
    return None


def _by_reckoning(by: Token, token: Token) -> Report | None:
    """ "by the charity's count"."""
    source = child(by, "pobj")
    if source is None or lemma(source) not in reporting.RECKONING or holds(source, token):
        return None
    owner = child(source, "poss")
    who = source if owner is None or owner.pos_ == "PRON" else owner
    stance = reporting.NOUN_STANCE.get(lemma(source), "estimates")
    return Report(by, who, phrase(who), stance)


def _according_to(scene: Scene, word: Token, token: Token) -> Report | None:
    low, high = sorted((word.i, token.i))
    if any(t.text == ";" for t in scene.doc[low:high]):
        return None
    to = next((c for c in word.children if c.lower_ == "to"), None)
    told = None if to is None else child(to, "pobj")
    if told is None or holds(told, token) or _is_of_main_clause(word, token):
        return None
    return Report(word, told, phrase(told, described=True), "says")


def _is_of_main_clause(word: Token, token: Token) -> bool:
    """ "The war, begun by a raid that took 12, has killed 400 according to medics": no comma."""
    if word.i < token.i or word.nbor(-1).text == ",":
        return False
    verb = governor(word.head)
    return verb is not None and verb in above(token) and crosses_clause(token, verb)


def made_by(noun: Token) -> Report | None:
    """ "12 deaths reported by the ministry": who made what the participle behind the counted names."""
    for part in noun.children:
        if part.dep_ == "acl" and part.tag_ == "VBN" and lemma(part) in MADE:
            by = child(part, "agent")
            who = None if by is None else child(by, "pobj")
            if who is not None and who.pos_ in ("NOUN", "PROPN"):
                return Report(part, who, phrase(who), reporting.STANCE.get(lemma(part), "says"))
    return None


def forecast(scene: Scene, reports: Mapping[int, Report], token: Token) -> Report | None:
    """ "the bank cut its growth forecast to 2.1%": who forecasts."""
    for verb in above(token):
        what = forecast_of(verb)
        if what is None or what == token:
            continue
        owner = child(what, "poss")
        if owner is not None and owner.pos_ in ("NOUN", "PROPN") and lemma(what) != "toll":
            return Report(verb, owner, phrase(owner), "estimates")
        made = reports.get(verb.i)
        if made is None or holds(made.who, token):
            return None
        if lemma(what) == "toll":  # killings raise a toll, too, but say nothing
            return made if scene.is_body(made.who) or scene.is_person(made.who) else None
        return replace(made, stance="estimates")
    return None


def _reads_as_verb(noun: Token) -> bool:
    """ "report that"; "the bank forecast growth of 2%", where the sentence has no other verb."""
    if noun.lower_ in ("report", "reports", "claim", "claims"):
        return bool(noun.nbor().lower_ == "that")
    verbless = noun.sent.root.pos_ not in ("VERB", "AUX") and noun.nbor(-1).pos_ in ("NOUN", "PROPN")
    return verbless and noun.lower_ in ("forecast", "forecasts", "estimates", "projects")


def misread(scene: Scene, token: Token) -> Report | None:
    """ "Doctors at the clinic report that ...": the verb taken for a noun, and the figure behind it."""
    doc = scene.doc
    for word in token.sent:
        if word.i >= token.i:
            return None
        if is_verb(word) and word.tag_ not in ("VBN", "VBG"):
            return None
        if word.pos_ == "NOUN" and word.i > token.sent.start and _reads_as_verb(word):
            first = token.sent.start + (doc[token.sent.start].lower_ in ARTICLES)
            who = doc[word.i - 1]
            if first < word.i and who.pos_ in ("NOUN", "PROPN") and doc[first].pos_ != "DET":
                return Report(word, who, doc[first : word.i].text, reporting.STANCE.get(lemma(word), "says"))
    return None


def shown(scene: Scene, token: Token) -> Report | None:
    """ "..., the institute's data show.": the verb at the end taken for a noun."""
    doc, end = scene.doc, token.sent.end - 1
    while end > token.i and doc[end].is_punct:
        end -= 1
    word = doc[end]
    if word.lower_ not in ("show", "shows") or word.pos_ != "NOUN" or end - 2 <= token.i:
        return None
    first = end
    while first - 1 > token.i and doc[first - 1].text != "," and end - first < LONGEST:
        first -= 1
    if lemma(doc[end - 1]) not in reporting.SOURCE_NOUN or doc[first - 1].text != ",":
        return None
    first += doc[first].lower_ in ARTICLES
    return Report(word, doc[end - 1], doc[first:end].text, "says")


HEADED = re.compile(r"^((?:[A-Z][\w.’'-]*)(?: (?:[\w.’'-]+)){0,3}):\s")
"""'Police: 12 dead in crash'."""
ENDED = re.compile(r"(?::|\s[–—-])\s+((?:[\w.’'-]+ ){0,3}[\w.’'-]+)$")
"""'12 dead in crash: police', in a heading."""


def headed(scene: Scene, token: Token) -> Report | None:
    """A heading's speaker before a colon, or behind one at its end."""
    for match in (HEADED.match(scene.text), ENDED.search(scene.text)):
        if match is None:
            continue
        span = scene.doc.char_span(match.start(1), match.end(1), alignment_mode="contract")
        if span is None or span.start <= token.i < span.end:
            continue
        if match.start(1) == 0 and token.sent.start > span.end + 1:
            continue
        who = span[-1]
        if _may_head(scene, who):
            first = span[1:] if span[0].lower_ in ARTICLES and len(span) > 1 else span
            return Report(who, who, first.text, "says")
    return None


def _may_head(scene: Scene, who: Token) -> bool:
    kind = scene.kinds.get(who.i)
    if kind is not None:
        return kind in ("person", "organization")
    name = who.lower_.rstrip("s")
    return who.lower_ in reporting.HEADING_SPEAKERS or name in reporting.BODIES


def cited(report: Report, token: Token) -> Report:
    """ "the Herald reported, citing police": who is cited, by way of the medium that reports."""
    if not is_relay(report.who):
        return report
    for part in report.verb.children:
        if part.dep_ == "advcl" and part.lower_ in ("citing", "quoting"):
            source = child(part, "dobj")
            if source is not None and not is_in_speaker(Report(part, source, "", "says"), token):
                return Report(part, source, phrase(source, described=True), report.stance, report.speaker)
    return report

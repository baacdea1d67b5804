"""Who says so: the reports of a passage, and which of them a figure stands under.

A report is a reporting verb with its speaker. Reports of one article are read in order, because a
pronoun is resolved to the last one named, and a quotation may run on over passages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import words
from newsdesk.analysis.figures.clause import (
    above,
    child,
    holds,
    index_from,
    is_passive,
    is_verb,
    lemma,
    subject,
)
from newsdesk.analysis.figures.noun import Counted
from newsdesk.analysis.figures.numerals import Number
from newsdesk.analysis.figures.quotes import Quotation, around, quotations
from newsdesk.analysis.figures.report import (
    ARTICLES,
    IMPERSONAL,
    PERSONAL,
    PHRASE_LONGEST,
    Report,
    crosses_clause,
    goes_on,
    is_bare,
    is_clause,
    is_nobody,
    is_own_voice,
    is_read_as_noun,
    is_relay,
    of_noun,
    phrase,
    shifts_tense,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NO_SPEAKERS = words.ATTACK | words.word_set(
    "storm quake earthquake war fire flood typhoon hurricane tsunami virus disease death toll number "
    "total fighting violence crash accident incident"
)
ASIDE = words.word_set("say report announce confirm claim warn note add state tell estimate believe")
REPORTING = words.QUOTE_REPORT | words.OBJECT_REPORT | words.SOURCE_VERB
ASIDE_MARKS = (",", '"', "-", "–", "—")
ASIDE_VERBS = ASIDE | words.word_set(
    "explain argue insist reveal predict write disclose acknowledge conclude tweet observe recall "
    "suggest charge contend "
    "allege project calculate maintain declare assert stress testify find show point"
)
SENTENCE_END = re.compile(r"[.!?][\"”')\]]*\s+[\"“(\[]?[A-Z]")
ATTITUDE = words.word_set(
    "know hope worry think fear believe doubt guess suspect understand learn hear want expect assume"
)
"""What someone thinks is said of the clause, not of a relative clause in it."""
ADJUST = words.word_set(
    "raise cut lower increase reduce edge revise hold keep leave upgrade downgrade trim slash lift boost "
    "maintain put set nudge bump"
)
FORECAST = words.word_set("forecast estimate projection prediction outlook guidance")
LOOK_BACK = 160
FARTHEST = 600
"""Code points between a quotation and the verb beside it."""
TIMED_CLAUSE = re.compile(
    r",\s+(?:(?:just|only|some|about|less than|more than|barely)\s+)?(?:\w+\s+)?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?)\s+(?:after|before)\s(?![^.]*[,;])[^.;]*$"
)
"""What follows ", hours after" is the article's own telling."""
FEW_SPEAKERS = 12
ADVERBIAL = ASIDE | words.word_set("vow pledge insist argue stress allege maintain explain oppose cite quote")


@dataclass(slots=True)
class Memory:
    """The last speakers named in the article, for pronouns and quotations that run on."""

    person: str | None = None
    body: str | None = None
    running: Report | None = None
    """Of a quotation that the last passage left open, or closed as its last words."""


class Speakers:
    """The reports of one passage; `Memory` is taken on to the next."""

    def __init__(self, doc: Doc, text: str, memory: Memory) -> None:
        self.doc = doc
        self.text = text
        self.quotes = quotations(text)
        self.reports: dict[int, Report] = {}
        self._memory = memory
        for token in doc:
            self._notice(token)
        self._of_quotes = self._assign_quotes()

    def of(self, token: Token, at: int) -> Report | None:
        """The report that the figure at offset `at` (its token in the clause: `token`) stands under."""
        quote = around(self.quotes, at)
        found = (
            self._over(token, at)
            or self._aside(token)
            or self._according(token)
            or self._before_semicolon(token)
            or self._misread(token)
            or self._forecast(token)
        )
        if quote is None:
            return found
        quoting = self._of_quotes.get(quote)
        if found is None or (quoting is not None and (is_own_voice(found.who) or is_bare(found))):
            return quoting
        return found

    def counts_speakers(self, counted: Counted, number: Number) -> bool:
        """ "two security sources said": a few speakers counted are no claim."""
        if number.low is None or number.low > FEW_SPEAKERS:
            return False
        if counted.head is None:  # "the two said"
            word = counted.argument
            return word.dep_ == "nsubj" and word.head.i == word.i + 1 and lemma(word.head) in ASIDE
        if any(r.who == counted.head and lemma(r.verb) in ASIDE for r in self.reports.values()):
            return True
        to = counted.head.head
        return counted.head.dep_ == "pobj" and to.lower_ == "to" and to.head.lower_ == "according"

    # -------------------------------------------------------------------- reading the reports

    def _notice(self, token: Token) -> None:
        if lemma(token) in REPORTING and (is_verb(token) or is_read_as_noun(token)):
            report = self._report(token) or self._without_subject(token)
            if report is not None:
                self.reports[token.i] = report
        if (
            token.dep_ in ("nsubj", "nsubjpass")
            and token.pos_ in ("NOUN", "PROPN")
            and not self._quoted(token)
        ):
            self._remember(token)

    def _without_subject(self, verb: Token) -> Report | None:
        """ "..., the state news agency reported": the noun before it, where the parse has no subject."""
        if lemma(verb) not in ASIDE or verb.tag_ not in ("VBD", "VBZ", "VBP") or subject(verb) is not None:
            return None
        named = self._between_commas(verb)
        if named is not None:
            return named
        first = verb.i
        while (
            first > verb.sent.start
            and verb.i - first < PHRASE_LONGEST
            and self.doc[first - 1].text not in ASIDE_MARKS
        ):
            first -= 1
            if is_verb(self.doc[first]) and self.doc[first].tag_ not in ("VBN", "VBG"):
                return None
        if first in (verb.i, verb.sent.start) or self.doc[verb.i - 1].pos_ not in ("NOUN", "PROPN"):
            return None
        first += self.doc[first].lower_ in ARTICLES
        speaker = self.doc[first : verb.i].text
        return Report(verb, self.doc[verb.i - 1], speaker, words.STANCE.get(lemma(verb), "says"))

    def _between_commas(self, verb: Token) -> Report | None:
        """ "..., its chief executive, Lena Orr, announced": office and name, each between commas."""
        start = max(verb.sent.start, verb.i - PHRASE_LONGEST)
        marks = [i for i in range(verb.i - 1, start, -1) if self.doc[i].text == ","]
        if len(marks) < 3 or marks[0] != verb.i - 1 or self.doc[verb.i - 2].pos_ != "PROPN":
            return None
        first = marks[2] + 1
        if any(is_verb(t) and t.tag_ not in ("VBN", "VBG") for t in self.doc[first : verb.i]):
            return None
        first += self.doc[first].lower_ in ARTICLES
        speaker = self.doc[first : marks[0]].text
        return Report(verb, self.doc[verb.i - 2], speaker, words.STANCE.get(lemma(verb), "says"))

    def _misread(self, token: Token) -> Report | None:
        """ "Doctors at the clinic report that ...": the verb taken for a noun, and the figure behind it."""
        for word in token.sent:
            if word.i >= token.i:
                return None
            if is_verb(word) and word.tag_ not in ("VBN", "VBG"):
                return None
            noun = word.lower_ in ("report", "reports", "claim", "claims") and word.pos_ == "NOUN"
            if noun and word.i > token.sent.start and word.nbor().lower_ == "that":
                first = token.sent.start + (self.doc[token.sent.start].lower_ in ARTICLES)
                who = self.doc[word.i - 1]
                if first < word.i and who.pos_ in ("NOUN", "PROPN") and self.doc[first].pos_ != "DET":
                    return Report(word, who, self.doc[first : word.i].text, "says")
        return None

    def _quoted(self, token: Token) -> bool:
        return around(self.quotes, token.idx) is not None

    def _remember(self, token: Token) -> None:
        printed = phrase(token)
        kinds = {t.ent_type_ for t in token.subtree if t.i <= token.i}
        if (
            token.ent_type_ == "PERSON"
            or ("PERSON" in kinds and token.pos_ == "PROPN")
            or lemma(token) in words.PERSON
        ):
            if token.tag_ not in ("NNS",):
                self._memory.person = printed
            else:
                self._memory.body = printed
        elif lemma(token) not in NO_SPEAKERS and (
            kinds & {"ORG", "GPE", "NORP"} or lemma(token) in words.BODIES
        ):
            self._memory.body = printed

    def _report(self, verb: Token) -> Report | None:
        who = self._agent(verb) if is_passive(verb) else subject(verb)
        if who is None or who.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ") or lemma(who) in NO_SPEAKERS:
            return None
        if is_nobody(who):
            return None
        if (who.dep_ == "nsubjpass" and who.head == verb) or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
            return None
        speaker, resolved = self._named(verb, who), False
        if who.lower_ in PERSONAL:
            speaker, resolved = self._memory.person or speaker, self._memory.person is not None
        elif who.lower_ in IMPERSONAL:
            speaker, resolved = self._memory.body or speaker, self._memory.body is not None
        elif who.lower_ in ("'s", "s", "us", "let", "there", "this", "what", "you", "something", "nothing"):
            return None
        elif who.ent_type_ == "PERSON" or (lemma(who) in words.PERSON and who.tag_ != "NNS"):
            self._memory.person = speaker if not self._quoted(verb) else self._memory.person
        elif not self._quoted(verb) and who.pos_ != "PRON":
            self._memory.body = speaker
        stance = words.STANCE.get(lemma(verb), "says")
        return Report(verb, who, speaker, stance, self._relay(verb), resolved)

    def _named(self, verb: Token, who: Token) -> str:
        """The speaker's words; office and name where the parse takes them for two subjects."""
        names = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
        if (
            len(names) == 2
            and names[1].pos_ == "PROPN"
            and names[1].i - names[0].left_edge.i < PHRASE_LONGEST
        ):
            first, last = names[0].left_edge, names[1]
            first = first.nbor() if first.lower_ in ARTICLES else first
            return str(self.text[first.idx : last.idx + len(last)])
        return phrase(who)

    def _agent(self, verb: Token) -> Token | None:
        by = child(verb, "agent")
        return None if by is None else child(by, "pobj")

    def _relay(self, verb: Token) -> str | None:
        """told Reuters; said in an interview with ABC News."""
        for part in verb.children:
            candidates = [part] if part.dep_ in ("dobj", "dative") else []
            if part.dep_ == "prep" or part.dep_ == "dative":
                candidates += [p for p in part.subtree if p.dep_ in ("pobj", "appos")]
            for token in candidates:
                if is_relay(token):
                    named = child(token, "appos")
                    return phrase(named if named is not None else token)
        return None

    # -------------------------------------------------------------------- quotations

    def _assign_quotes(self) -> dict[Quotation, Report]:
        """The speaker of each quotation: beside it, else the one of the quotation before it."""
        out: dict[Quotation, Report] = {}
        outside = [
            r
            for r in self.reports.values()
            if not self._quoted(r.verb) and lemma(r.verb) in words.QUOTE_REPORT
        ]
        last = self._memory.running if self.quotes and not self.text[: self.quotes[0].start].strip() else None
        for at, quote in enumerate(self.quotes):
            found = self._beside_quote(quote, outside)
            if found is None and last is not None and self._runs_on(at):
                found = last
            if found is None:
                found = self._person_before(quote)
            if found is not None:
                out[quote] = found
                last = found
        closing = self.quotes[-1] if self.quotes else None
        ends_quoted = closing is not None and (closing.open or not self.text[closing.end :].strip())
        if self.text.rstrip().endswith(":"):
            leads = [r for r in outside if r.verb.sent.end == len(self.doc)]
            self._memory.running = leads[-1] if leads else None
        elif closing is not None and (ends_quoted or closing in out):
            self._memory.running = out.get(closing)
        else:
            self._memory.running = None
        return out

    def _person_before(self, quote: Quotation) -> Report | None:
        """The person whom the sentence before a quotation is about: 'Ellis gave his view. "People ..."'."""
        if self.text[max(0, quote.start - 9) : quote.start].rstrip()[-1:] not in (".", ":"):
            return None
        last = index_from(self.doc, quote.start)
        for at in range(last - 1, max(-1, last - FARTHEST), -1):
            token = self.doc[at]
            if token.idx >= quote.start or self._quoted(token):
                continue
            if token.is_sent_start and token.idx < quote.start - 1:
                subjects = [t for t in token.sent if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"]
                named = [t for t in subjects if any(x.ent_type_ == "PERSON" for x in t.subtree)]
                return (
                    Report(token, named[-1], self._named(named[-1].head, named[-1]), "says")
                    if named
                    else None
                )
        return None

    def _runs_on(self, at: int) -> bool:
        """Whether no speech of another stands between this quotation and the one before it."""
        before = self.quotes[at - 1].end if at else 0
        return len(self.text[before : self.quotes[at].start].split()) <= 12

    def _beside_quote(self, quote: Quotation, outside: list[Report]) -> Report | None:
        best: tuple[int, Report] | None = None
        for report in outside:
            start, end = report.verb.idx, report.verb.idx + len(report.verb)
            if start > quote.end + FARTHEST or end < quote.start - FARTHEST:
                continue
            if start >= quote.end:
                gap, cost = self.text[quote.end - 1 : start], start - quote.end
                if SENTENCE_END.search(self.text[quote.end - 2 : start]) and quote.end - quote.start > 2:
                    continue
            else:
                gap, cost = self.text[end : quote.start], quote.start - end
                if SENTENCE_END.search(gap + " A" if gap.rstrip().endswith((".", "!", "?")) else gap):
                    continue
            if best is None or cost < best[0]:
                best = (cost, report)
        return None if best is None else best[1]

    # -------------------------------------------------------------------- from the figure up

    def _over(self, token: Token, at: int) -> Report | None:
        below = token
        for over in above(token):
            noun = of_noun(over, below)
            if noun is not None:
                return noun
            report = self.reports.get(over.i)
            if report is not None and self._reports(report, below, token, at):
                return report
            below = over
        own = self.reports.get(token.i)
        return (
            own
            if own is not None and not holds(own.who, token) and self._reports(own, token, token, at)
            else None
        )

    def _reports(self, report: Report, below: Token, figure: Token, at: int) -> bool:
        """Whether what stands under `report.verb` by way of `below` is what is reported."""
        verb, dep, name = report.verb, below.dep_, lemma(report.verb)
        if report.who == figure or holds(report.who, figure) or dep in ("nsubj", "nsubjpass"):
            return False
        if self._after_quotation(verb, below, at):
            return False
        if (
            TIMED_CLAUSE.search(self.text[max(verb.idx, at - LOOK_BACK) : at]) is not None
            and around(self.quotes, at) is None
        ):
            return False
        if name in ATTITUDE and crosses_clause(figure, below):
            return False
        source = lemma(report.who) in words.SOURCE_NOUN and name in words.SOURCE_VERB
        if dep in ("ccomp", "parataxis", "dep", "csubj"):
            return (name in words.CLAUSE_REPORT or source) and is_clause(below, verb)
        if dep == "xcomp":
            return name in words.INTENT_REPORT
        if dep == "advcl":
            mark = child(below, "mark", "advmod")
            if below.i < verb.i:
                return False
            return (name in ADVERBIAL or source) and (mark is None or mark.lower_ not in words.LINKING_AFTER)
        if dep in ("dobj", "oprd", "attr"):
            return (name in words.OBJECT_REPORT or source) and not crosses_clause(figure, below)
        if dep == "conj":
            return name in words.CLAUSE_REPORT and (goes_on(verb, below) or shifts_tense(verb, below))
        if dep == "prep":
            if below.lower_ in ("at", "to") and child(verb, "dobj") is not None:
                return name in ("put", "estimate", "revise", "raise")
            if below.lower_ == "with":
                return name in ADVERBIAL | {"put"} and not any(o.i in self.reports for o in above(verb))
            if below.lower_ == "of" and name == "accuse":
                return True
            return source or (
                below.lower_ in ("of", "about") and name in ("warn", "tell", "speak", "complain")
            )
        return False

    def _after_quotation(self, verb: Token, below: Token, at: int) -> bool:
        """The clause that follows a closed quotation is the article's again: 'said "...," when 12 died'."""
        if not self.quotes or around(self.quotes, at) is not None:
            return False
        here = self._token_at(at)
        for over in (here, *above(here)):
            if over.dep_ in ("advcl", "relcl") and holds(below, over):
                mark = over.left_edge
                if any(verb.idx < q.start and q.end <= mark.idx for q in self.quotes):
                    return True
        return False

    def _token_at(self, at: int) -> Token:
        span = self.doc.char_span(at, at + 1, alignment_mode="expand")
        return self.doc[0] if span is None else span[0]

    def _aside(self, token: Token) -> Report | None:
        """ "12 were killed, police said": a report between commas, or behind one, speaks for its sentence."""
        for report in self.reports.values():
            verb, who = report.verb, report.who
            if verb.sent != token.sent or lemma(verb) not in ASIDE_VERBS or self._quoted(verb):
                continue
            if (
                holds(who, token)
                or holds(verb, token)
                or verb.dep_ in ("relcl", "acl", "advcl")
                or child(verb, "ccomp", "dobj")
            ):
                continue
            first, last = min(who.left_edge.i, verb.i), max(verb.i, who.right_edge.i)
            if not first or self.doc[first - 1].text not in ASIDE_MARKS:
                continue
            closed = self._comma_at(last + 1) or self._comma_at(verb.right_edge.i + 1)
            if self._ends_soon(last) if token.i < first else closed:
                return report
        return None

    def _comma_at(self, at: int) -> bool:
        return at < len(self.doc) and self.doc[at].text == ","

    def _ends_soon(self, at: int) -> bool:
        """Whether a comma or the sentence's end comes before another clause does."""
        for token in self.doc[at + 1 : at + 12]:
            if token.text in (",", ".", ";", '"', "-", "!", "?") or token.is_sent_start:
                return True
            if is_verb(token) and token.tag_ != "VBG":
                return False
        return at + 12 >= len(self.doc)

    def _forecast(self, token: Token) -> Report | None:
        """ "the bank cut its growth forecast to 2.1%": who forecasts."""
        for verb in above(token):
            if not is_verb(verb) or lemma(verb) not in ADJUST:
                continue
            what = child(verb, "dobj", "nsubjpass")
            if what is None or lemma(what) not in FORECAST or what == token:
                continue
            owner = child(what, "poss")
            if owner is not None and owner.pos_ in ("NOUN", "PROPN"):
                return Report(verb, owner, phrase(owner), "estimates")
            made = self._report(verb)
            return None if made is None or holds(made.who, token) else replace(made, stance="estimates")
        return None

    def _before_semicolon(self, token: Token) -> Report | None:
        """What follows a semicolon goes on with the report before it, where it has no other speaker."""
        marks = [t.i for t in token.sent if t.text == ";" and t.i < token.i and not self._quoted(t)]
        if not marks:
            return None
        before = [r for i, r in self.reports.items() if token.sent.start <= i < marks[-1]]
        after = [
            r for i, r in self.reports.items() if marks[-1] < i < token.sent.end and not self._quoted(r.verb)
        ]
        return before[-1] if before and not after and lemma(before[-1].verb) in ASIDE else None

    def _according(self, token: Token) -> Report | None:
        """ "according to X", "by X's estimate" in the sentence, no semicolon between it and the figure."""
        for word in token.sent:
            if word.lower_ == "by" and not self._quoted(word):
                source = child(word, "pobj")
                if source is not None and lemma(source) in words.RECKONING and not holds(source, token):
                    owner = child(source, "poss")
                    who = source if owner is None or owner.pos_ == "PRON" else owner
                    return Report(word, who, phrase(who), "estimates")
            if word.lower_ != "according" or self._quoted(word):
                continue
            low, high = sorted((word.i, token.i))
            if any(t.text == ";" for t in self.doc[low:high]):
                continue
            to = next((c for c in word.children if c.lower_ == "to"), None)
            told = None if to is None else child(to, "pobj")
            if told is not None and not holds(told, token):
                return Report(word, told, phrase(told, described=True), "says")
        return None

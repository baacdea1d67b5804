"""Entities: persons, organizations, places, groups and events, as offsets into the passages.

The desk's lexicon and common names come first, then the language model's spans, then capitalised
runs that both left; the article as a whole settles what each name is, and joins short forms to
full names. Without the model the lexicon and the capitals serve alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from newsdesk.analysis.entities.about import is_about
from newsdesk.analysis.entities.capitals import is_title_case, runs
from newsdesk.analysis.entities.cues import (
    in_city,
    is_no_name,
    is_of_town,
    is_people,
    is_personal,
    names_body,
    styled,
)
from newsdesk.analysis.entities.link import linked
from newsdesk.analysis.entities.names import CURRENCY_SIGNS, Names, names_for
from newsdesk.analysis.entities.persons import person_table
from newsdesk.analysis.entities.places import place_table
from newsdesk.analysis.entities.settle import name_parts, settled
from newsdesk.analysis.entities.spans import Span, Stretch, bare, whole_words
from newsdesk.analysis.entities.words import named_by, words
from newsdesk.analysis.phrases import PhraseFinder
from newsdesk.analysis.shadow import shadow
from newsdesk.models import Desk, Entity, EntityKind, LabelledPassage, Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KINDS: Final[dict[str, EntityKind]] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "event",
    "LAW": "event",
}
_LOWER_WORD: Final = re.compile(r"(?<![\w'-])[a-z]{2,}(?![\w-])")
_OF_COUNTRY: Final = re.compile(r" of (?:the )?$")
_FACILITY: Final = re.compile(r" (?:international |specialist |children's |field )?([a-z]+)\b")
_ANY: Final = re.compile(r"(?:\b[Aa]n?|'s?) $")
_TITLED: Final = re.compile(
    r"(?:\b(?:[Mm]rs?|[Mm]s|[Dd]r|Sen|Rep|Gov|Gen|Sgt|Capt|Lt|Col)\.?|[^\w\s]|\b[a-z]+|^) ?$"
)
_DETERMINED: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|his|her|our|their|its|my|your|former|late|new) $"
)
_GOES_ON: Final = re.compile(r" (?:of\b|[A-Z])")
_ACTS: Final = re.compile(
    r"(?:,|'s\b| (?:is|was|has|had|will|would|could|did|also|who|says?|said|told|lost|won|left|spoke|led|went"
    r"|took|met|ran|made|\w+ed)\b)"
)
RULED: Final = ("person", "organization", "place")
"""Kinds whose names are looked for again where the model missed them."""


def find(
    passages: Sequence[Passage | LabelledPassage],
    docs: Sequence[Doc],
    desk: Desk,
    title: str | None = None,
) -> tuple[Entity, ...]:
    """The entities of one article, in the order of their first mention.

    `docs`: one spaCy Doc a passage, parsed from its shadow (empty where it was not parsed); an empty
    sequence means that there is no model, and the rules serve alone. `title`: the article's, see `about`.
    """
    texts = [shadow(p.text) for p in passages]
    names = names_for(desk.lexicon)
    lower_words = frozenset(word for text in texts for word in _LOWER_WORD.findall(text))
    candidates = list(_candidates(passages, texts, docs, names, lower_words))
    kinds = settled(texts, candidates, [doc if len(doc) else None for doc in docs])
    spans = [
        _untitled(replace(span, kind=kinds[span.text]), texts) for span in candidates if span.text in kinds
    ]
    spans = _apart(spans)
    spans += _found_again(texts, spans, lower_words)
    found = linked([p.text for p in passages], [p.index for p in passages], _apart(spans), names.others)
    return tuple(msgspec.structs.replace(one, about=is_about(one, passages, title)) for one in found)


def _untitled(span: Span, texts: Sequence[str]) -> Span:
    """A person that the model took for something else keeps no title: "King Harald"."""
    first, _, rest = span.text.partition(" ")
    if (
        span.kind != "person"
        or span.certain
        or not rest
        or first.lower() not in words().titles | words().offices
    ):
        return span
    start, end = next(bare(texts[span.passage], span.start, span.end, "person"), (span.start, span.end))
    return replace(span, start=start, end=end, text=texts[span.passage][start:end])


# ---------------------------------------------------------------------- candidates


def _candidates(
    passages: Sequence[Passage | LabelledPassage],
    texts: Sequence[str],
    docs: Sequence[Doc],
    names: Names,
    lower_words: frozenset[str],
) -> Iterable[Span]:
    parsed: Sequence[Doc | None] = [doc if len(doc) else None for doc in docs] or [None] * len(passages)
    for n, (passage, text, doc) in enumerate(zip(passages, texts, parsed, strict=True)):
        if passage.kind == "furniture":
            continue
        known = [
            Span(
                n,
                k.start,
                k.end,
                text[k.start : k.end],
                k.kind,
                "lexicon",
                k.name,
                k.certain and not (k.kind == "place" and styled(text[max(0, k.start - 20) : k.start])),
            )
            for k in names.find(text)
        ]
        if passage.kind == "heading" and is_title_case(text):  # known names only; others are found again
            yield from known
            continue
        modelled = [
            span
            for span in (() if doc is None else _from_model(n, text, doc))
            if span.start or span.text.lower() not in lower_words  # "Electoral officials have five days"
        ]
        capitals = list(_from_capitals(n, text, lower_words))
        if doc is not None:
            capitals = list(_seen_by_tagger(capitals, modelled, doc))
        yield from _joined(_with_known(modelled, known), capitals)


def _from_model(n: int, text: str, doc: Doc) -> Iterable[Span]:
    for entity in doc.ents:
        kind = _KINDS.get(entity.label_)
        if kind is None:
            continue
        start, end = whole_words(text, entity.start_char, entity.end_char)
        for at, to in bare(text, start, end, kind):
            if not text.startswith(CURRENCY_SIGNS, to):
                head = _small_head(text, at, to)
                yield Span(n, at, head or to, text[at : head or to], "place" if head else kind, "model")


def _small_head(text: str, start: int, end: int) -> int | None:
    """Where a facility's name with a small head ends: "the Salam hospital"; not "a Paris hospital"."""
    head = _FACILITY.match(text, end)
    if head is None or head[1] not in words().facilities:
        return None
    name = text[start:end]
    last = name.split()[-1].lower()
    other = place_table().knows(name) or name.isupper() or is_people(last) or is_of_town(name)
    return None if other or last in words().organization_last or _ANY.search(text[:start]) else head.end()


def _from_capitals(n: int, text: str, lower_words: frozenset[str]) -> Iterable[Span]:
    for start, end in runs(text, lower_words=lower_words):
        first, *rest = text[start:end].lower().split()
        whole = is_people(first) and names_body(rest)  # "American Congress of Poets"
        for at, to in bare(text, start, end, None if whole else "person"):
            if not text.startswith(CURRENCY_SIGNS, to):
                head = _small_head(text, at, to)
                yield Span(n, at, head or to, text[at : head or to], "place" if head else None, "capitals")


def _seen_by_tagger(capitals: Iterable[Span], modelled: Sequence[Span], doc: Doc) -> Iterable[Span]:
    """The runs, as persons where the tagger takes them for a name of one; a lone word that opens the
    passage only so, for it may owe its capital to that."""
    taken = Stretch(modelled)
    for run in capitals:
        if taken.overlapping(run):
            yield run
        elif _is_lone_person(run, doc):
            yield replace(run, kind="person")
        elif run.start > 0 or " " in run.text or run.text in place_table().large:
            yield run


def _is_lone_person(run: Span, doc: Doc) -> bool:
    """A common given name or surname, or a few names that are a subject."""
    several = " " in run.text
    if not several and not is_personal(run.text.lower()):
        return False
    tokens = doc.char_span(run.start, run.end)
    if tokens is None or len(tokens) > 3 or any(token.tag_ != "NNP" for token in tokens):
        return False
    dep = tokens.root.dep_
    if several and dep == "conj":
        dep = tokens.root.head.dep_
    return dep == "nsubj" if several else dep in ("nsubj", "nsubjpass", "poss", "dobj", "pobj")


def _with_known(spans: Iterable[Span], known: Sequence[Span]) -> list[Span]:
    """The spans, with the lexicon's names in place of those that only wrap them."""
    sure = Stretch(known)
    result = Stretch()
    for span in spans:
        inside = sure.overlapping(span)
        if not inside or _is_own_name(span, inside):
            result.add(span)
    free = [name for name in known if not result.overlapping(name)]
    return result.spans() + free


def _joined(spans: Sequence[Span], capitals: Sequence[Span]) -> list[Span]:
    """The spans and the capitalised runs between them; a run that names a body whole ("Army of Islam")
    takes the place of the pieces the model made of it."""
    result = Stretch(spans)
    for run in capitals:
        inside = result.overlapping(run)
        body = _body(run, inside) if inside else None
        if not inside:
            result.add(run)
        elif body is not None:
            _put(result, body, result.overlapping(body))
        elif _is_place_whole(run, inside) or _is_facility_of_town(run, inside):
            _put(result, replace(run, kind="place", source="model"), inside)
        elif _is_longer_body(run, inside) or _is_of_country(run, inside):
            _put(result, replace(run, kind="organization", source="model"), inside)
        elif _is_tail(inside, run):
            _put(result, replace(run, kind="person", source="model"), inside)
        else:
            for piece in _left_over(run, inside):
                result.add(piece)
    return result.spans()


def _put(spans: Stretch, whole: Span, pieces: Iterable[Span]) -> None:
    for piece in pieces:
        spans.remove(piece)
    spans.add(whole)


def _body(run: Span, inside: Sequence[Span]) -> Span | None:
    """The body that a run names, with what the model or the lexicon saw inside; None where it names none.

    Without an owner before ("China's Ministry of Health") and without a country after what is a name
    without it: "Lakeside State University of the US".
    """
    if not names_body(run.text.lower().split()):
        return None
    start, end = run.start, run.end
    for span in inside:
        before = run.text[: max(0, span.start - run.start)]
        if span.end < run.end and run.text.startswith("'s ", span.end - run.start):
            start = span.end + 3
        elif span.end == run.end and (tail := _OF_COUNTRY.search(before)):
            lead = before[start - run.start : tail.start()]
            if len(lead.split()) > 2 and span.kind == "place":
                end = run.start + tail.start()
    text = run.text[start - run.start : end - run.start]
    body = replace(run, start=start, end=end, text=text, kind="organization", source="model")
    touched = [span for span in inside if span.overlaps(body)]
    whole = all(body.covers(span) and (not span.certain or _is_in_body(span, body)) for span in touched)
    return body if touched and whole and names_body(text.lower().split()) else None


def _is_in_body(known: Span, body: Span) -> bool:
    """Whether a known name is only a part of a body's: a place, or "Congress" of "World Congress of Poets",
    or "Department of State" of a state's."""
    if known.kind == "place":
        return True
    lead = body.text[: known.start - body.start].split()
    if known.kind != "organization" or not lead:
        return False
    begins = known.text.split()[0].lower() in words().organization_first
    follows = body.text.startswith((" of ", " for "), known.end - body.start)
    return begins and (follows or (known.end == body.end and " ".join(lead) in place_table().prominent))


def _is_of_country(run: Span, inside: Sequence[Span]) -> bool:
    """Whether a body's name begins with its country's or mother body's: "United States Geological Survey"."""
    (first, *others) = sorted(inside, key=lambda span: span.start)
    rest = run.text[first.end - run.start :]
    parts = rest.lower().split()
    lists = words()
    return (
        first.start == run.start
        and (first.kind == "place" or first.text in ("U.N.", "UN", "EU", "United Nations"))
        and rest.startswith(" ")
        and "'" not in rest
        and len(parts) > 1
        and parts[-1] in lists.organization_last | lists.programs
        and not any(part in lists.titles or is_people(part) for part in parts)
        and all(run.covers(span) and not span.certain for span in others)
    )


def _is_place_whole(run: Span, inside: Sequence[Span]) -> bool:
    """Whether the place table has the run whole, of which the model saw a part: "Rio Grande do Sul"."""
    return all(
        run.covers(span) and span.end - span.start < run.end - run.start and span.kind in ("place", "person")
        for span in inside
    ) and place_table().knows(run.text)


def _is_facility_of_town(run: Span, inside: Sequence[Span]) -> bool:
    """Whether a facility is named after its town: "Kherson Regional Hospital"."""
    (first, *others) = sorted(inside, key=lambda span: span.start)
    parts = run.text[first.end - run.start :].lower().split()
    lists = words()
    return (
        (first.start, first.kind) == (run.start, "place")
        and len(parts) > 1
        and (parts[-1] in lists.facilities or " ".join(parts[-2:]) in lists.place_last_two)
        and "'" not in run.text
        and all(run.covers(span) and not span.certain for span in others)
    )


def _is_longer_body(run: Span, inside: Sequence[Span]) -> bool:
    """Whether a known body's name is only the end of another's: "Labour Party" of "Coastal Labour Party"."""
    (span, *others) = inside
    if others or span.kind != "organization" or span.end != run.end or span.start <= run.start:
        return False
    lists = words()
    lead = run.text[: span.start - run.start].lower().split()
    return run.text.split()[-1].lower() in lists.organization_last and not any(
        part in lists.titles or part in lists.offices or is_people(part) or part.endswith(("'s", "'"))
        for part in lead
    )


def _is_tail(inside: Sequence[Span], run: Span) -> bool:
    """Whether the model saw only the end of a person's name: "Birol" of "Fatih Birol"."""
    (span, *others) = inside
    if others or span.certain or span.kind != "person" or span.end != run.end or span.start <= run.start:
        return False
    lists = words()
    lead = run.text[: span.start - run.start].lower().split()
    return len(lead) < 3 and not any(
        part in lists.titles
        or part in lists.offices
        or part in lists.honorifics
        or is_people(part)
        or part.endswith("'s")
        or named_by(part) == "person"
        for part in lead
    )


def _left_over(run: Span, inside: Sequence[Span]) -> list[Span]:
    """What of a run stands before, between and after the names in it: "Sheikh Hasina" after "Bangladesh"."""
    pieces, at = [], run.start
    for span in [*sorted(inside, key=lambda s: s.start), None]:
        stop = span.start if span else run.end
        if stop > at:
            text = run.text[at - run.start : stop - run.start]
            if text[:1] == " " and len(text.split()) > 1 and not text.rstrip().endswith(("'s", "'")):
                start = at + len(text) - len(text.lstrip())
                end = at + len(text.rstrip())
                pieces.append(Span(run.passage, start, end, text.strip(), None, "capitals"))
        at = max(at, span.end) if span else run.end
    return pieces


def _is_own_name(span: Span, known: Sequence[Span]) -> bool:
    """Whether a span with known names inside is a name of its own: "New York University", "Jordan Peele"."""
    if any(k.covers(span) for k in known):
        return False
    lists = words()
    parts = span.text.lower().split()
    added = [p for p in parts if not any(p.removesuffix("'") in k.text.lower().split() for k in known)]
    if not "".join(added).strip("'s"):  # "Zimbabwe Electoral Commission", but "United Nations' World Bank"
        return "'" not in span.text and parts[-1] in lists.organization_last
    if len(parts) > 2 and parts[-2] in lists.organization_last and in_city(span.text):
        return "," not in span.text and "'" not in span.text
    if all(p in lists.directions for p in added) and known[-1].kind == "place":
        return True
    if parts[-1] in lists.organization_last | lists.place_last | lists.event_last:
        plain = lists.titles | lists.offices | lists.demonyms
        return parts[-1] in added or not all(p in plain for p in added)
    if (parts[0] in lists.organization_first and len(parts) > 2) or names_body(parts):
        return True
    covered = sum(k.end - k.start for k in known)
    if all(p in lists.titles or p in lists.offices or p in lists.demonyms for p in added):
        return False
    if span.kind == "place" and "," not in span.text and all(k.kind == "place" for k in known):
        return True
    if covered == span.end - span.start:
        return False
    if len(parts) == 2 and parts[0] in person_table().given and parts[1] in person_table().surnames:
        return True  # "Paris Hilton", whatever the model calls it
    if span.kind != "person":
        return False
    return known[0].start != span.start or parts[0] in person_table().given  # "Jordan Peele"


# ---------------------------------------------------------------------- one pass over all


def _apart(spans: Iterable[Span]) -> list[Span]:
    """No two overlapping: the lexicon's certain ones and the longer ones first."""
    kept: list[Span] = []
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for span in sorted(spans, key=lambda s: (s.passage, -(s.end - s.start), not s.certain, s.start)):
        places = range(span.start, span.end)
        if taken[span.passage].isdisjoint(places):
            taken[span.passage].update(places)
            kept.append(span)
    return kept


def _found_again(texts: Sequence[str], spans: Sequence[Span], lower_words: frozenset[str]) -> list[Span]:
    """Settled names, and surnames of persons named in full, where nothing was seen before."""
    known: dict[str, Span] = {}
    for span in spans:
        if span.kind in RULED and len(span.text) > 2:
            known.setdefault(span.text, span)
    surnames, _ = name_parts(s.text for s in spans if s.kind == "person" and " " in s.text)
    for surname in sorted(surnames):
        if len(surname) > 2 and surname not in known and surname[:1].isupper() and _can_be_surname(surname):
            known[surname] = Span(0, 0, 0, surname, "person", "known")
    surfaces = [s for s in known if s.lower() not in lower_words or s.isupper()]
    finder = PhraseFinder(surfaces)
    found = []
    for n, text in enumerate(texts):
        for hit in finder.find(text):
            surface = surfaces[hit.phrase]
            if text[hit.start : hit.end] != surface or text.startswith(CURRENCY_SIGNS, hit.end):
                continue
            model = known[surface]
            if is_no_name(surface) and not _is_borne(text, hit.start, hit.end):
                continue
            found.append(Span(n, hit.start, hit.end, surface, model.kind, "known", model.name, model.certain))
    return found


def _can_be_surname(word: str) -> bool:
    """Titles and such can be, if they are known surnames: "King", "Bishop", "Park"."""
    if not is_no_name(word):
        return True
    lower = word.lower()
    return lower in person_table().surnames and lower not in words().months | words().openers


def _is_borne(text: str, start: int, end: int) -> bool:
    """Whether a title or a common word is a surname here: "King said"; not "the King", "King Harald"."""
    before = text[max(0, start - 20) : start]
    if before.rstrip()[-1:] in ("", ".", "!", "?") and not _ACTS.match(text, end):
        return False  # "Major cities"
    return (
        _TITLED.search(before) is not None
        and _DETERMINED.search(before) is None
        and _GOES_ON.match(text, end) is None
    )

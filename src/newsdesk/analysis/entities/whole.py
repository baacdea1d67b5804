"""Names put together: the lexicon's, the model's and the capitalised runs, where they overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from newsdesk.analysis.entities.cues import in_city, is_people, names_body
from newsdesk.analysis.entities.persons import person_table
from newsdesk.analysis.entities.places import place_table
from newsdesk.analysis.entities.spans import Span, Stretch
from newsdesk.analysis.entities.words import named_by, words

_OF_COUNTRY: Final = re.compile(r" of (?:the )?$")


def with_known(spans: Iterable[Span], known: Sequence[Span]) -> list[Span]:
    """The spans, with the lexicon's names in place of those that only wrap them."""
    sure = Stretch(known)
    result = Stretch()
    for span in spans:
        inside = sure.overlapping(span)
        if not inside or _is_own_name(span, inside):
            result.add(span)
    free = [name for name in known if not result.overlapping(name)]
    return result.spans() + free


def joined(spans: Sequence[Span], capitals: Sequence[Span]) -> list[Span]:
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

"""Figures in series, as the ledger shows them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from newsdesk.models.analysis import Category, Scope
from newsdesk.models.archived import FigureHit

Anchor = Literal["place", "date", "speaker", "none"]
"""What ties the figures of a series to one thing counted: the printed place; else, of an incident, a day or
a period, the printed date; else, of a running count, who keeps it. `none`: nothing that is printed does."""
Measure = Literal["", "share", "part", "up", "down", "demanded"]
"""What the number measures: a count, a share of it, a part of another figure, a change, a demand."""
SeriesKind = Literal["listed", "conflicts", "all"]
"""Which series a list shows: those of a category, or of several reports, that can be compared; those with a
conflict; all."""


class SeriesName(Struct, frozen=True):
    """What the figures of a series have in common."""

    category: Category
    event: str
    """Lemma of what happened, where the category is `other`."""
    anchor: Anchor
    place: str
    """The place, the date, or the speaker, as printed first; empty: none."""
    scope: Scope
    population: str
    """Who or what is counted, folded: `child woman`; empty: people, whoever they are."""
    unit: str
    measure: Measure = ""


class Series(Struct, frozen=True):
    """A series as a row of the list."""

    id: int
    name: SeriesName
    figures: int
    """Reports in it; in a narrowed list, those that the query found."""
    speakers: int
    """Different voices in its newest reports."""
    conflicts: int
    """Of its newest reports, those that another voice's number excludes."""
    newest: FigureHit
    key: tuple[int, int] = (0, 0)
    """Its place in the order: `after` of the next page is the last row's key."""


class Report(Struct, frozen=True):
    """A figure of a series, or of one beside it."""

    hit: FigureHit
    series: int
    differs: tuple[str, ...] = ()
    """Fields in which its definition is not the series' own; empty: it is comparable."""


class Narrowing(Struct, frozen=True):
    """A query's figures by series: (series, its figures as (article, position)), newest first."""

    series: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
    figures: int
    capped: bool
    """There are more figures than are looked at."""

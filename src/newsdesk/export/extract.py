"""What of an article is exported, and the words that all forms share."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime

from msgspec import Struct

from newsdesk.models import Figure, LabelledPassage, StoredArticle

SCHEMA = "newsdesk/export/1"

_SEQUENCES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]?|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|\x1b")
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


class Heading(Struct, frozen=True):
    """What an export is of: the query, the desk with its topics, and when it was made."""

    query: str
    desk: str
    topics: tuple[tuple[str, str], ...]
    """(id, title) in the desk's order, Unsorted left out."""
    made: datetime
    whole: bool = False


class Extract(Struct, frozen=True):
    """An article with those of its passages that are exported, and the claims that stand in them."""

    article: StoredArticle
    passages: tuple[LabelledPassage, ...]
    figures: tuple[Figure, ...]
    whole: bool

    def claims(self, passage: int) -> tuple[Figure, ...]:
        """The claims in one passage."""
        return tuple(figure for figure in self.figures if figure.passage == passage)

    @property
    def version(self) -> str:
        """The text that was read, so that another can be told from it."""
        article = self.article
        return f"revision {article.revision}, sha256 {article.content_hash}, fetched {stamp(article.fetched)}"


def extract(article: StoredArticle, passages: Collection[int] | None) -> Extract:
    """These passages of an article by index; None: all of them. A sub-heading comes with its article only."""
    chosen = tuple(one for one in article.passages if passages is None or one.index in passages)
    indexes = {one.index for one in chosen}
    claims = tuple(
        figure for figure in article.figures if figure.passage in indexes and not figure.hypothetical
    )
    return Extract(article, chosen, claims, passages is None)


def speaker(figure: Figure, publisher: str) -> str:
    """Who asserts a figure, in the outlet's own words; or that nobody is named, and where."""
    via = f", via {figure.via}" if figure.via else ""
    if not figure.asserted_by:
        return f"unattributed, in {publisher}{via}" if publisher else f"unattributed{via}"
    return f"{figure.asserted_by} {figure.stance or 'says'}{via}"


def happened(figure: Figure) -> str:
    """What happened to what is counted."""
    return figure.category if figure.category != "other" else figure.event or ""


def stamp(moment: datetime) -> str:
    """A time in UTC, RFC 3339."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def one_line(text: str) -> str:
    """Text as one line of plain words: no controls, escape sequences, direction overrides or breaks."""
    text = _UNSEEN.sub("", _BREAKS.sub(" ", _SEQUENCES.sub("", text)))
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)

"""What a person types as a search, as an FTS5 query; and where its words stand in a text.

Everything goes through the index's own tokenizer, so that query, index and marked words agree, and no
string can be a syntax error: what is left of it are folded words in quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import apsw

from newsdesk.store.base import Database

_MOST_TERMS = 32
"""More words than that no query needs; FTS5 nests each one deeper."""


class Term(NamedTuple):
    """Words in a row, folded; with `prefix` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool


def terms(database: Database, query: str, *, all_prefixes: bool = False) -> list[Term]:
    """The words and "phrases" of a query; its last word is a prefix (`all_prefixes`: each one is).

    An open quotation mark runs to the end. Never raises for what the query is.
    """
    found = []
    parts = query.encode("utf-8", "replace").decode().split('"')
    for place, part in enumerate(parts):
        quoted = place % 2 == 1
        for piece in [part] if quoted else part.split():
            words = tuple(word for _, _, word in tokens(database, piece))
            if words:
                found.append(Term(words, all_prefixes and not quoted))
    found = found[:_MOST_TERMS]
    if found and len(parts) % 2 == 1 and parts[-1].strip():
        found[-1] = Term(found[-1].words, True)
    return found


def expression(found: Sequence[Term], column: str) -> str:
    """The FTS5 query for passages that have all the terms in one column (or `text title`)."""
    quoted = ['"{}"{}'.format(" ".join(term.words), " *" if term.prefix else "") for term in found]
    return f"{{{column}}} : ({' AND '.join(quoted)})"


def spans(database: Database, text: str, found: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Where the terms stand in a text, as code points, ascending and without overlap."""
    placed = tokens(database, text)
    words = [word for _, _, word in placed]
    marked: list[tuple[int, int]] = []
    for start in range(len(words)):
        for term in found:
            end = start + len(term.words)
            if _matches(words[start:end], term):
                marked.append((placed[start][0], placed[end - 1][1]))
    return _joined(marked)


def tokens(database: Database, text: str) -> list[tuple[int, int, str]]:
    """(start, end, folded word) as the index sees a text; offsets in code points."""
    data = text.encode("utf-8", "replace")
    tokenizer = database.connection.fts5_tokenizer("unicode61", ["remove_diacritics", "2"])
    # By apsw's documentation each item is (start, end, word, ...), with offsets in bytes.
    found = tokenizer(data, apsw.FTS5_TOKENIZE_DOCUMENT, None, include_colocated=False)
    raw = cast("list[tuple[int, int, str]]", found)
    if len(data) == len(text):
        return [(start, end, word) for start, end, word in raw]
    placed, at, seen = [], 0, 0
    for start, end, word in raw:
        first = seen + len(data[at:start].decode())
        at, seen = end, first + len(data[start:end].decode())
        placed.append((first, seen, word))
    return placed


def _matches(words: Sequence[str], term: Term) -> bool:
    if len(words) != len(term.words):
        return False
    *head, last = term.words
    return list(words[:-1]) == head and (words[-1].startswith(last) if term.prefix else words[-1] == last)


def _joined(marked: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(marked):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)

"""What a person types to narrow a list, as an FTS5 query; and where its words stand in a text.

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

PREFIX_BYTES = 3
"""What is shorter stands for itself: in 100,000 articles a prefix of two letters took over half a second."""


class Term(NamedTuple):
    """Words in a row, folded; with `prefix` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool


def narrowing_terms(database: Database, words: str) -> list[Term]:
    """The words that narrow a list, each one also a prefix.

    A last word that is too short for a prefix narrows nothing as long as it may be half typed.
    """
    found = [_as_prefix(term) for term in _terms(database, words)]
    if found and not found[-1].prefix and not words[-1].isspace():
        found.pop()
    return found


def _terms(database: Database, query: str) -> list[Term]:
    """An open quotation mark runs to the end."""
    found = []
    for place, part in enumerate(query.split('"')):
        for piece in [part] if place % 2 == 1 else part.split():
            words = tuple(word for _, _, word in tokens(database, piece))
            if words:
                found.append(Term(words, False))
    return found[:_MOST_TERMS]


def _as_prefix(term: Term) -> Term:
    return Term(term.words, len(term.words[-1].encode()) >= PREFIX_BYTES)


def expression(found: Sequence[Term], column: str) -> str:
    """The FTS5 query for passages that have all the terms in one column (or `text title`)."""
    return f"{{{column}}} : ({' AND '.join(map(quoted, found))})"


def quoted(term: Term) -> str:
    """A term as FTS5 reads it. Its words come from the tokenizer, so that none has a quotation mark."""
    return '"{}"{}'.format(" ".join(term.words), " *" if term.prefix else "")


def spans(database: Database, text: str, found: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Where the terms stand in a text, as code points, ascending and without overlap."""
    placed = tokens(database, text)
    words = [word for _, _, word in placed]
    marked: list[tuple[int, int]] = []
    for term in found:
        first, size = term.words[0], len(term.words)
        for start, word in enumerate(words):
            # Most words fail at the first letters: no slice for those.
            if word.startswith(first) and _matches(words[start : start + size], term):
                marked.append((placed[start][0], placed[start + size - 1][1]))
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

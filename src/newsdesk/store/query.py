"""The query language: what a person types, as a tree. DESIGN.md section 8; docs/searching.md tells it all.

Words, "phrases", word*, a near/5 b, field:value, and, or, not, parentheses, @saved queries. Nothing but
QueryError is ever raised, and it names the column. Signs without a letter or digit stand for nothing, and an
operator alone is a word, so that whatever a person pastes is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from newsdesk.errors import QueryError

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

FIELDS = (
    *("topic", "source", "feed", "tag", "by", "entity", "place", "title", "is", "has"),
    *("since", "before", "figure", "sort", "query"),
)
MOST_PARTS = 64
"""Words and filters of a query, those of saved queries counted: FTS5 and SQLite nest each one deeper."""
MOST_TOKENS = 500
MOST_NEAR = 1_000

_GRAMMAR = r"""
    ?start: disjunction
    ?disjunction: conjunction (_OR conjunction)*
    ?conjunction: negation (_AND? negation)*
    ?negation: _NOT negation -> without
             | "(" disjunction ")"
             | closeness
             | FIELD
             | SAVED
    ?closeness: _word (NEAR _word)*
    _word: WORD | PHRASE

    _OR.6: /or(?=[\s()"]|\Z)/i
    _AND.6: /and(?=[\s()"]|\Z)/i
    _NOT.6: /not(?=[\s()"]|\Z)/i
    NEAR.6: /near\/\d+(?=[\s()"]|\Z)/i
    SAVED.5: /@[^\s()"]+/
    FIELD.5: /(?:NAMES):(?!\/\/)(?:"[^"]*(?:"|\Z)|[^\s()"])*|[^\W\d_]+:(?!\/\/)(?=[^\s():\/]|"[^"])(?:"[^"]*(?:"|\Z)|[^\s()"])+/i
    PHRASE.4: /"[^"]*(?:"|\Z)/
    WORD.1: /[^\s()"]+/
    %ignore /\s+/
""".replace("NAMES", "|".join(FIELDS))  # noqa: E501
"""An unknown field is one all the same, to be named; `10:30`, `https://...` and `Gaza: ...` are words."""


@dataclass(frozen=True)
class Words:
    """One word (folded, it may be several) or the words of a phrase, in a row."""

    text: str
    prefix: bool = False
    typing: bool = False
    """The query's last word, which may be half typed."""


@dataclass(frozen=True)
class Near:
    """Words that stand in one passage with at most `gaps[n]` words between number n and the next."""

    words: tuple[Words, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True)
class Field:
    """A filter; `column` is where it stands, from 1, in the text that it was typed in."""

    name: str
    value: str
    column: int


@dataclass(frozen=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    part: Node


Node = Words | Near | Field | And | Or | Not


@dataclass(frozen=True)
class Query:
    """`root` is None where nothing is asked for; `rank`: the best passages first, not the newest."""

    root: Node | None
    rank: bool = False


def parse(text: str, saved: Mapping[str, str] | None = None) -> Query:
    """A query as a tree. `saved` has the queries that `@name` and `query:name` stand for.

    Raises QueryError.
    """
    # Halves of characters, as a terminal may hand them over, are no text to SQLite.
    return _Reader(saved or {}).query(text.encode("utf-8", "replace").decode())


@cache
def _parser() -> Lark:
    # Imported here: the first paint and every verb that asks nothing go without it.
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr", lexer="basic", propagate_positions=False, keep_all_tokens=False)


class _Reader:
    """Reads one query with the saved ones that it names."""

    def __init__(self, saved: Mapping[str, str]) -> None:
        self._saved = saved
        self._within: list[str] = []
        self._parts = 0
        self._rank = False

    def query(self, text: str) -> Query:
        if not re.search(r"[^\W_]", text):
            return Query(None)
        if text.strip().casefold() in ("and", "or", "not"):
            return Query(Words(text.strip(), typing=True))
        tree = _tree(text)
        root = self._node(tree, text, top=True)
        return Query(root, self._rank)

    def _node(self, tree: Tree[Token] | Token, text: str, *, top: bool = False) -> Node | None:
        """A part of the tree; None where it stands for nothing."""
        from lark import Token

        if isinstance(tree, Token):
            return self._leaf(tree, text, top=top)
        if tree.data == "without":
            part = self._node(tree.children[0], text)
            return None if part is None else Not(part)
        if tree.data == "closeness":
            return self._near(tree.children, text)
        both = tree.data == "conjunction"
        found = [self._node(one, text, top=top and both) for one in tree.children]
        parts = tuple(one for one in found if one is not None)
        if len(parts) < 2:
            return parts[0] if parts else None
        return And(parts) if both else Or(parts)

    def _leaf(self, token: Token, text: str, *, top: bool) -> Node | None:
        column = (token.start_pos or 0) + 1
        if token.type == "SAVED":
            name = token[1:]
            return self._named(name, column, top=top) if re.search(r"\w", name) else None
        if token.type != "FIELD":
            return self._words(token, text)
        self._count(column)
        name, _, value = token.partition(":")
        name, value = name.lower(), value.replace('"', " ").strip()
        if name not in FIELDS:
            raise QueryError(
                f"there is no filter {name}:", column, near(name, FIELDS, f'"{token}" finds words')
            )
        if not value:
            raise QueryError(
                f"{name}: wants a value right after the colon", column + len(name) + 1, _WANTED[name]
            )
        if name == "query":
            return self._named(value, column, top=top)
        if name == "sort":
            if value not in ("rank", "new"):
                raise QueryError(f"sort: knows no {value!r}", column + 5, "rank and new are the two orders")
            if not top:
                raise QueryError("sort: orders the whole query", column, "put it outside of or, not and ( )")
            self._rank = value == "rank"
            return None
        return Field(name, value, column)

    def _words(self, token: Token, text: str) -> Words | None:
        column = (token.start_pos or 0) + 1
        if not re.search(r"[^\W_]", token):
            return None
        self._count(column)
        if token.type == "PHRASE":
            return Words(token.strip('"'))
        end = (token.start_pos or 0) + len(token)
        typing = not self._within and not text[end:].strip()
        return Words(token.rstrip("*"), token.endswith("*"), typing)

    def _near(self, children: list[Token | Tree[Token]], text: str) -> Node | None:
        from lark import Token

        words, gaps = [], []
        for child in children:
            assert isinstance(child, Token)
            if child.type == "NEAR":
                gaps.append(min(int(child[5:][:6]), MOST_NEAR))
                continue
            word = self._words(child, text)
            if word is None:
                column = (child.start_pos or 0) + 1
                raise QueryError("near stands between two words or phrases", column)
            words.append(word)
        return Near(tuple(words), tuple(gaps))

    def _named(self, name: str, column: int, *, top: bool) -> Node | None:
        self._count(column)
        if name not in self._saved:
            hint = (
                near(name, self._saved, f'"@{name}" finds the word')
                if self._saved
                else "[queries] in the config"
            )
            raise QueryError(f"there is no saved query {name}", column, hint)
        if name in self._within:
            raise QueryError(f"the saved query {name} stands for itself", column, "take it out of [queries]")
        text = self._saved[name]
        if not re.search(r"[^\W_]", text):
            return None
        self._within.append(name)
        try:
            return self._node(_tree(text), text, top=top)
        except QueryError as error:
            raise QueryError(f"in the saved query {name}: {error.wrong}", column, error.way_out) from None
        finally:
            self._within.pop()

    def _count(self, column: int) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise QueryError(f"more than {MOST_PARTS} words and filters", column, "ask for fewer")


_WANTED = {
    "topic": "as in topic:diplomacy",
    "source": "as in source:reuters",
    "feed": "as in feed:reuters",
    "tag": "as in tag:agencies",
    "by": "as in by:ministry",
    "entity": 'as in entity:"Red Cross"',
    "place": "as in place:Rafah",
    "title": "as in title:ceasefire",
    "is": "is:unread, is:read, is:starred or is:changed",
    "has": "has:figure or has:entity",
    "since": "as in since:2d, since:3h, since:1w, since:2024-03-27",
    "before": "as in before:2d, before:2024-03-27",
    "figure": "as in figure:killed, figure:killed>100",
    "sort": "sort:rank or sort:new",
    "query": "the name of a saved query",
}


def near(
    word: str, known: Iterator[str] | Mapping[str, str] | tuple[str, ...] | list[str], other: str = ""
) -> str:
    """`did you mean X?`, or the valid words where none is near; with another way out."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else f"valid: {', '.join(names)}"
    return f"{hint} {other}" if other and close else f"{hint}; {other}" if other else hint


def _tree(text: str) -> Tree[Token] | Token:
    """What the grammar makes of a text with at least one letter. Raises QueryError."""
    from lark.exceptions import UnexpectedInput, UnexpectedToken

    _refuse_long(text)
    try:
        found: Tree[Token] | Token = _parser().parse(text)
    except UnexpectedToken as error:
        raise _explained(error.token, text) from None
    except UnexpectedInput as error:
        raise QueryError("this is not understood", (error.pos_in_stream or 0) + 1) from None
    return found


def _refuse_long(text: str) -> None:
    for number, found in enumerate(re.finditer(r"[()]|[^\s()]+", text), start=1):
        if number > MOST_TOKENS:
            raise QueryError("the query is too long", found.start() + 1, f"{MOST_TOKENS} words are the most")


def _explained(token: Token, text: str) -> QueryError:
    """What is wrong where the grammar met a token that cannot stand there."""
    at = token.start_pos or 0
    said = token.lower()
    if token.type == "$END":
        end = len(text.rstrip()) + 1
        opened = _open(text)
        last = re.split(r"[\s()\"]+", text.rstrip())[-1].lower()
        if last in ("and", "or", "not") or last.startswith("near/"):
            return QueryError(
                f"a word or filter is wanted after {last}", end, f'"{last}" in quotes is a word'
            )
        if opened is not None:
            return QueryError(") is wanted", end, f"the ( at column {opened + 1} is open")
        return QueryError("a word or filter is wanted", end)
    if said == ")":
        if _open(text[:at]) is None:
            return QueryError(") has no ( before it", at + 1, "take it out, or put it in quotes")
        return QueryError("a word or filter is wanted before )", at + 1)
    if token.type == "NEAR":
        return QueryError(f"{said} stands between two words or phrases", at + 1)
    return QueryError(f"a word or filter is wanted before {said}", at + 1, f'"{said}" in quotes is a word')


def _open(text: str) -> int | None:
    """Where the last parenthesis stands that is not closed."""
    opened: list[int] = []
    for found in re.finditer(r'"[^"]*(?:"|\Z)|[()]', text):
        if found[0] == "(":
            opened.append(found.start())
        elif found[0] == ")" and opened:
            opened.pop()
    return opened[-1] if opened else None


def leaves(node: Node | None, wanted: Callable[[Node], bool]) -> Iterator[Node]:
    """The words and filters that a hit may have matched: those that are not denied."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part, wanted)
    elif node is not None and not isinstance(node, Not) and wanted(node):
        yield node

"""A query's tree as SQL over passages, newest first.

One part of the query leads: an index is walked in the order of the passage ids, and what it gives is held
against the rest. The text index leads where words must stand in the passage, unless a filter is far rarer;
else the rarest of entities, figures, topics, titles, stars; without any of these all articles are walked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from newsdesk.store.base import Database
from newsdesk.store.matching import PREFIX_BYTES, Term, quoted, tokens
from newsdesk.store.query import And, Field, Near, Node, Not, Or, Query, Words, leaves
from newsdesk.store.query_fields import COMMON, Filter, Filters, first_id
from newsdesk.store.topics import OpenDesk

_RARE = 1_000
"""A filter with fewer passages may lead before words."""
_PASSAGES = 12
"""Passages of an article, roughly."""


@dataclass(frozen=True)
class Plan:
    """A statement in parts: `SELECT p.id ... {tables} ... WHERE {conditions} ORDER BY {order}`.

    In `tables` stand p (passage) and a (article). `terms` are the words to mark; `match` is the FTS5
    expression that leads, empty where there is none.
    """

    tables: str
    conditions: tuple[str, ...]
    order: str
    bindings: dict[str, Any]
    terms: tuple[Term, ...] = ()
    match: str = ""

    @property
    def where(self) -> str:
        return " AND ".join(f"({one})" for one in self.conditions) or "TRUE"


@dataclass(frozen=True)
class _Lead:
    """What may lead: `ids` is a SELECT of passage ids (or of articles' tops), the highest first."""

    node: Node
    ids: str
    tops: bool = False


@dataclass
class _Compiler:
    """One query at one time. `figures`: figure: and by: speak of the row g, not of all in the passage."""

    database: Database
    desk: OpenDesk
    now: datetime
    figures: bool
    bindings: dict[str, Any] = field(default_factory=dict)
    filters: dict[Field, Filter] = field(default_factory=dict)
    each: bool = False
    """Words are looked up passage by passage: what leads has most of the passages that have them."""

    def bind(self, value: Any) -> str:
        name = f"q{len(self.bindings)}"
        self.bindings[name] = value
        return f":{name}"

    def filter(self, node: Field) -> Filter:
        if node not in self.filters:
            self.filters[node] = Filters(self.database, self.desk, self.now, self.bind).read(node)
        return self.filters[node]

    # ------------------------------------------------------------------ words

    def term(self, words: Words, denied: bool = False) -> Term | None:
        found = tuple(word for _, _, word in tokens(self.database, words.text))
        if not found:
            return None
        size = len(found[-1].encode())
        return Term(found, (words.prefix or (words.typing and not denied)) and size >= PREFIX_BYTES)

    def match(self, node: Node, denied: bool = False) -> str | None:
        """A part as an FTS5 expression; None where that cannot say it: filters, and nothing but a denial."""
        if isinstance(node, Words):
            term = self.term(node, denied)
            return quoted(term) if term else None
        if isinstance(node, Near):
            terms = [self.term(one, denied) for one in node.words]
            pairs = zip(terms, terms[1:], node.gaps, strict=False)
            parts = [f"NEAR({quoted(a)} {quoted(b)}, {gap})" for a, b, gap in pairs if a and b]
            return f"({' AND '.join(parts)})" if len(parts) == len(node.gaps) else None
        if isinstance(node, Or):
            said = [self.match(one, denied) for one in node.parts]
            return f"({' OR '.join(one for one in said if one)})" if all(said) else None
        if isinstance(node, And):
            asked = [self.match(one, denied) for one in node.parts if not isinstance(one, Not)]
            refused = [self.match(one.part, not denied) for one in node.parts if isinstance(one, Not)]
            if asked and all(asked) and all(refused):
                return _without(" AND ".join(one for one in asked if one), [one for one in refused if one])
        return None

    def pruned(self, node: Node | None) -> Node | None:
        """Without words of which the index keeps nothing."""
        if node is None or isinstance(node, Field):
            return node
        if isinstance(node, Words):
            return node if self.term(node) else None
        if isinstance(node, Near):
            return node if all(self.term(one) for one in node.words) else None
        if isinstance(node, Not):
            part = self.pruned(node.part)
            return Not(part) if part else None
        parts = tuple(part for one in node.parts if (part := self.pruned(one)))
        if len(parts) < 2:
            return parts[0] if parts else None
        return replace(node, parts=parts)

    # ------------------------------------------------------------------ conditions

    def condition(self, node: Node, denied: bool = False) -> str:
        """A part as a condition on p and a."""
        said = self.match(node, denied)
        if said is not None and (denied or self.each):
            # Most passages do not have what is denied: each one is asked for, as the page fills soon.
            return self._has(said)
        if said is not None:
            return (
                f"p.id IN (SELECT rowid FROM passage_text WHERE passage_text MATCH {self.bind(_text(said))})"
            )
        if isinstance(node, Field):
            found = self.filter(node)
            return (self.figures and found.on_figure) or found.condition
        if isinstance(node, Not):
            return f"NOT ({self.condition(node.part, not denied)})"
        assert isinstance(node, And | Or)
        joint = " AND " if isinstance(node, And) else " OR "
        return f"({joint.join(self.condition(one, denied) for one in node.parts)})"

    def _has(self, said: str) -> str:
        """The condition that a passage has the words, looked up for this one passage."""
        match = self.bind(_text(said))
        return (
            f"EXISTS (SELECT 1 FROM passage_text AS t WHERE t.passage_text MATCH {match} AND t.rowid = p.id)"
        )

    # ------------------------------------------------------------------ the lead

    def plan(self, query: Query) -> Plan | None:
        root = self.pruned(query.root)
        if root is None:
            return None
        parts: list[Node] = list(root.parts) if isinstance(root, And) else [root]
        terms = tuple(term for one in leaves(root, _is_words) for term in self._marked(one))
        said = self._leading_words(parts)
        lead = self._lead([one for one in parts if isinstance(one, Field)], said)
        if lead is None and said:
            parts = [one for one in parts if not self._said(one)]
            tables = "passage_text AS t CROSS JOIN passage AS p ON p.id = t.rowid " + _ARTICLE
            match = _text(said)
            conditions = [f"t.passage_text MATCH {self.bind(match)}", *self._bounds(parts, "t.rowid")]
            order = "t.rowid DESC"
        else:
            match = ""
            lead = lead or self._either(parts)
            tables, conditions, order = self._walk(lead, parts)
            if lead is not None and isinstance(lead.node, Field) and not self._on_figures(lead.node):
                parts = [one for one in parts if one is not lead.node]
            if said and lead is not None:
                parts = [one for one in parts if not self._said(one)]
                conditions.append(self._has(said))
        conditions += [self.condition(one) for one in parts]
        return Plan(tables, tuple(conditions), order, self.bindings, terms, match)

    def _marked(self, node: Node) -> list[Term]:
        words = node.words if isinstance(node, Near) else (node,)
        return [term for one in words if isinstance(one, Words) and (term := self.term(one))]

    def _said(self, node: Node) -> bool:
        return self.match(node.part if isinstance(node, Not) else node, isinstance(node, Not)) is not None

    def _leading_words(self, parts: list[Node]) -> str:
        """All that the text index can say of a conjunction; empty where no words must be there."""
        said = [one for one in parts if self._said(one)]
        asked = [self.match(one) for one in said if not isinstance(one, Not)]
        refused = [self.match(one.part, True) for one in said if isinstance(one, Not)]
        together = " AND ".join(one for one in asked if one)
        return _without(together, [one for one in refused if one]) if together else ""

    def _lead(self, fields: list[Field], said: str) -> _Lead | None:
        found = [_Lead(one, f.ids, f.tops) for one in fields if (f := self.filter(one)).ids]
        if not found:
            return None
        if len(found) == 1 and not said and not found[0].tops:
            return found[0]
        sizes = [
            (self._size(one.ids, COMMON) * (_PASSAGES if one.tops else 1), place)
            for place, one in enumerate(found)
        ]
        size, place = min(sizes)
        if not said:
            return None if found[place].tops and size >= COMMON * _PASSAGES else found[place]
        common = f"""SELECT rowid FROM passage_text WHERE passage_text MATCH {self.bind(_text(said))}
          ORDER BY rowid DESC"""
        return found[place] if size < _RARE and self._size(common, COMMON) == COMMON else None

    def _either(self, parts: list[Node]) -> _Lead | None:
        """An "or" all of whose parts an index gives in order: these are merged."""
        for one in parts:
            if isinstance(one, Or) and (ids := self._candidates(one)):
                self.each = True
                return _Lead(one, f"{ids} ORDER BY 1 DESC")
        return None

    def _candidates(self, node: Node) -> str:
        """A SELECT, without its order, of passages among which are all that a part finds; or nothing."""
        said = self.match(node)
        if said is not None:
            return f"SELECT rowid AS id FROM passage_text WHERE passage_text MATCH {self.bind(_text(said))}"
        if isinstance(node, Field):
            found = self.filter(node)
            return "" if found.tops else found.ids.rpartition(" ORDER BY ")[0]
        if isinstance(node, And):
            return next((ids for one in node.parts if (ids := self._candidates(one))), "")
        if isinstance(node, Or):
            every = [self._candidates(one) for one in node.parts]
            return " UNION ".join(every) if all(every) else ""
        return ""

    def _on_figures(self, node: Field) -> bool:
        """Whether the rows of a statement of figures are to be asked for it."""
        return self.figures and bool(self.filter(node).on_figure)

    def _size(self, ids: str, most: int) -> int:
        sql = f"SELECT count(*) FROM ({ids} LIMIT {most})"
        return int(self.database.value(sql, {name: self.bindings[name] for name in _names(sql)}))

    def _walk(self, lead: _Lead | None, parts: list[Node]) -> tuple[str, list[str], str]:
        if lead is not None and not lead.tops:
            # Without an order of its own the statement keeps that of its leading rows.
            tables = f"({lead.ids} LIMIT -1) AS d CROSS JOIN passage AS p ON p.id = d.id {_ARTICLE}"
            return tables, ["p.unread IS NOT NULL", *self._bounds(parts, "d.id")], ""
        below = "CROSS JOIN passage AS p ON p.id BETWEEN a.top - a.blocks AND a.top - 1"
        conditions = ["p.unread IS NOT NULL", *self._bounds(parts, "a.top")]
        if lead is not None:
            conditions.append(f"a.top IN ({lead.ids})")
        return f"article AS a INDEXED BY article_top {below}", conditions, "a.top DESC, p.id DESC"

    def _bounds(self, parts: list[Node], key: str) -> list[str]:
        """The ids that the times asked for leave; the times themselves are conditions all the same."""
        bounds = []
        for one in parts:
            if isinstance(one, Field) and one.name in ("since", "before"):
                time = self.filter(one).time
                assert time is not None
                if one.name == "since":
                    bounds.append(f"{key} >= {self.bind(first_id(time))}")
                else:  # a full minute runs over into the next ones, never into the next day
                    bounds.append(f"{key} < {self.bind(first_id(time + 86_400))}")
        return bounds


_ARTICLE = "CROSS JOIN article AS a ON a.id = p.article_id"


def compiled(
    database: Database, desk: OpenDesk, query: Query, now: datetime, *, figures: bool = False
) -> Plan | None:
    """The plan of a query; None where nothing is asked for. `figures`: of a statement with figure rows g.

    Raises QueryError for a filter's value, ArchiveError.
    """
    return _Compiler(database, desk, now, figures).plan(query)


def below(database: Database, plan: Plan, before: int, bindings: dict[str, Any]) -> str:
    """The condition for passages with ids below `before`, on the walk's own key too: it seeks."""
    bindings["before"] = before
    key = plan.order.partition(" ")[0] or "d.id"
    if key != "a.top":
        return f"{key} < :before"
    top = database.value("SELECT min(top) FROM article INDEXED BY article_top WHERE top >= ?", (before,))
    bindings["top"] = before if top is None else top
    return "a.top <= :top AND p.id < :before"


def _is_words(node: Node) -> bool:
    return isinstance(node, Words | Near)


def _text(said: str) -> str:
    return f"{{text}} : ({said})"


def _without(asked: str, refused: list[str]) -> str:
    found = f"({asked})"
    for one in refused:
        found = f"({found} NOT {one})"
    return found


def _names(sql: str) -> list[str]:
    return re.findall(r":(q\d+)\b", sql)

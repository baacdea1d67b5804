"""One passage as the speakers' part reads it: parse, text, quotations, and what kind of name a word is of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from newsdesk.analysis.figures import gender, reporting, words
from newsdesk.analysis.figures.clause import index_from, lemma
from newsdesk.analysis.figures.quotes import Quotation, around, quotations
from newsdesk.models import EntityKind

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc, Token

NamedSpan = tuple[int, int, EntityKind]
"""Start and end offset of a name in the passage, and its kind."""
SOURCING = frozenset({"according", "by", "in"})
OFFICES = words.PERSON | gender.MALE | gender.FEMALE


@lru_cache(maxsize=16)
def _keys(strings: StringStore, wanted: frozenset[str]) -> frozenset[int]:
    return frozenset(strings[word] for word in wanted)


@dataclass(frozen=True, slots=True)
class Scene:
    """A passage; offsets are code points into `text`, which has the length of the passage's text."""

    doc: Doc
    text: str
    quotes: tuple[Quotation, ...]
    kinds: Mapping[int, EntityKind]
    """By token index."""
    sourcing: tuple[int, ...] = ()
    """The indices of the words that a source may stand behind: "according", "by", "in"."""

    @classmethod
    def of(cls, doc: Doc, text: str, names: Iterable[NamedSpan] = ()) -> Scene:
        kinds: dict[int, EntityKind] = {}
        for start, end, kind in names:
            for at in range(index_from(doc, start), len(doc)):
                if doc[at].idx >= end:
                    break
                kinds[at] = kind
        keys = _keys(doc.vocab.strings, SOURCING)
        sourcing = tuple(at for at, key in enumerate(doc.to_array("LOWER").tolist()) if key in keys)
        return cls(doc, text, quotations(text), kinds, sourcing)

    def with_lemmas(self, wanted: frozenset[str]) -> list[int]:
        """The indices of the tokens that have one of these lemmas."""
        return self._having("LEMMA", wanted)

    def with_relations(self, wanted: frozenset[str]) -> list[int]:
        """The indices of the tokens that stand in one of these relations to their head."""
        return self._having("DEP", wanted)

    def _having(self, attribute: str, wanted: frozenset[str]) -> list[int]:
        # One array for all tokens: an attribute of a single token costs a thousand times as much.
        keys = _keys(self.doc.vocab.strings, wanted)
        return [at for at, key in enumerate(self.doc.to_array(attribute).tolist()) if key in keys]

    def quoted(self, token: Token) -> bool:
        return bool(self.quotes) and around(self.quotes, token.idx) is not None

    def is_person(self, token: Token) -> bool:
        """One person: by name, by the entities, by an office ("Mayor Orr", "the spokesman")."""
        if token.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in token.children):
            return False
        kind = self.kinds.get(token.i)
        if kind is not None:
            return kind == "person"
        if token.ent_type_ == "PERSON" or lemma(token) in words.PERSON:
            return True
        if token.pos_ != "PROPN":
            return False
        before = [t for t in token.lefts if t.dep_ == "compound"]
        if any(t.ent_type_ == "PERSON" or t.lower_.rstrip(".") in OFFICES for t in before):
            return True
        return any(c.dep_ == "appos" and c.tag_ == "NN" and lemma(c) in words.PERSON for c in token.children)

    def is_body(self, token: Token) -> bool:
        """A body or a country, or several people: "the ministry", "Norland", "the rescuers"."""
        if token.tag_ in ("NNS", "NNPS") and lemma(token) in words.PERSON:
            return True
        if self.kinds.get(token.i) in ("organization", "group", "place") or lemma(token) in reporting.BODIES:
            return True
        return any(t.ent_type_ in ("ORG", "GPE", "NORP") for t in token.subtree if t.i <= token.i)

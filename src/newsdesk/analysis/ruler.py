"""spaCy's attribute ruler with a memory: the same attributes in a fraction of the time.

The ruler matches nearly two hundred patterns against every token to turn tags into parts of speech. What it
sets on a token depends, but for a few rare patterns, on the kind of token alone: its tag, its dependency,
whether it is a blank, and its word if that is one that the patterns name. So it is worked out once for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc, Token

KNOWN: Final = frozenset(("TAG", "DEP", "LOWER", "IS_SPACE"))
"""What makes a kind of token."""

Pattern = list[dict[str, Any]]
Key = tuple[int, int, int, bool]
Match = tuple[int, int, int, int]
"""As `AttributeRuler.match` gives them: rule, its hash, first token, the token after the last."""


class QuickRuler:
    """Called with a Doc, sets what the ruler would set."""

    def __init__(self, ruler: AttributeRuler, words: frozenset[int], rare: Matcher) -> None:
        """`words`: hashes of those that patterns name; `rare`: the patterns that look at more than a kind of
        token. A text that one of them matches is the ruler's own.
        """
        self._ruler = ruler
        self._words = words
        self._rare = rare
        self._known: dict[Key, dict[Any, Any]] = {}

    def __call__(self, doc: Doc) -> Doc:
        if self._rare(doc, allow_missing=True):
            return self._ruler(doc)
        keys = [self._key(token) for token in doc]
        if any(key not in self._known for key in keys):
            self._learn(keys, self._ruler.match(doc))
        from spacy.pipeline.attributeruler import set_token_attrs  # type: ignore[attr-defined]

        for token, key in zip(doc, keys, strict=True):
            if attrs := self._known[key]:
                set_token_attrs(token, attrs)
        return doc

    def _key(self, token: Token) -> Key:
        word = token.lower
        return token.tag, token.dep, word if word in self._words else 0, token.is_space

    def _learn(self, keys: Sequence[Key], matches: Sequence[Match]) -> None:
        """Remember what is set on each kind of token, later rules over earlier ones."""
        found: list[dict[Any, Any]] = [{} for _ in keys]
        for rule, _, start, _ in matches:
            found[start].update(self._ruler.attrs[rule])
        self._known.update(zip(keys, found, strict=True))


def quick(ruler: AttributeRuler) -> QuickRuler:
    """The ruler with a memory."""
    from spacy.matcher import Matcher

    words: set[str] = set()
    rare = Matcher(ruler.vocab)
    for number, rule in enumerate(ruler.patterns):
        for pattern in cast(list[Pattern], rule["patterns"]):
            named = _named(pattern)
            if named is None:
                rare.add(str(number), [pattern])
            else:
                words.update(named)
    return QuickRuler(ruler, frozenset(ruler.vocab.strings.add(word) for word in words), rare)


def _named(pattern: Pattern) -> Sequence[str] | None:
    """The words that a pattern names; None where it looks at more than a kind of token."""
    if len(pattern) != 1 or not set(pattern[0]) <= KNOWN:
        return None
    word = pattern[0].get("LOWER", {"IN": ()})
    if isinstance(word, str):
        return [word]
    return list(word["IN"]) if set(word) == {"IN"} else None

"""Finding many words and phrases in a text at once.

A phrase is written as in a desk file: `hostage*` (any ending), `"death toll"` (several words),
`# people` (`#` is any number, in digits or words), `WHO` (all capitals: only so). Words are compared
whole and without regard to case; between the words of a phrase a blank, hyphen, apostrophe, full
stop, slash or `&` may stand, so `cease-fire` finds "cease fire". The text is read once, whatever the
number of phrases: each word is looked up, and what a word can begin is remembered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from newsdesk.analysis.shadow import shadow

_TOKEN: Final = re.compile(r"\d[\d,.]*\d|\d|[^\W\d]\w*|[%$€£¥°&]")
_PATTERN_TOKEN: Final = re.compile(r"#|(?:\d[\d,.]*\d|\d|[^\W\d]\w*|[%$€£¥°&])\*?")
_GAP: Final = re.compile(r"\s+|\s?[-'./]|(?<=\b[A-Za-z])\.\s|")
_REMEMBERED: Final = 50_000
"""Words whose look-up is kept: more than a language has in daily use, less than 10 MB."""

_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TENS = "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
_LARGE = "hundred thousand million billion trillion dozen dozens hundreds thousands millions billions several"
NUMBER_WORDS: Final = frozenset(f"{_SMALL} {_TENS} {_LARGE}".split())


class Token(NamedTuple):
    """A word of the text; offsets are code points."""

    start: int
    end: int
    text: str
    lower: str


class Hit(NamedTuple):
    """A phrase found: `phrase` is its position in the list given to `PhraseFinder`."""

    phrase: int
    start: int
    end: int


class _Part(NamedTuple):
    """One word of a phrase."""

    text: str
    open: bool
    """Any ending."""
    exact: bool
    """In capitals, as written."""
    number: bool

    def fits(self, token: Token) -> bool:
        if self.number:
            return token.text[0].isdigit() or token.lower in NUMBER_WORDS
        word = token.text if self.exact else token.lower
        return word.startswith(self.text) if self.open else word == self.text


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text, read in its shadow."""
    plain = shadow(text, dashes=True)
    return [Token(m.start(), m.end(), m[0], m[0].lower()) for m in _TOKEN.finditer(plain)]


class PhraseFinder:
    """Finds the given phrases; one finder serves any number of texts. Empty phrases match nothing."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = [_parts(phrase) for phrase in phrases]
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        self._stems: defaultdict[str, list[int]] = defaultdict(list)
        self._numbers: list[int] = []
        for n, parts in enumerate(self._phrases):
            if not parts:
                continue
            first = parts[0]
            if first.number:
                self._numbers.append(n)
            else:
                (self._stems if first.open else self._exact)[first.text.lower()].append(n)
        self._stem_lengths = sorted({len(stem) for stem in self._stems})
        self._remembered: dict[str, tuple[int, ...]] = {}

    def find(self, text: str) -> list[Hit]:
        """Every place of every phrase, in the order of the text."""
        words = tokens(text)
        plain = shadow(text, dashes=True)
        hits: list[Hit] = []
        for at, token in enumerate(words):
            for phrase in self._begun_by(token.lower):
                end = self._match(phrase, words, at, plain)
                if end is not None:
                    hits.append(Hit(phrase, token.start, end))
        return hits

    def _begun_by(self, word: str) -> tuple[int, ...]:
        """The phrases that may begin with `word`."""
        known = self._remembered.get(word)
        if known is None:
            found = list(self._exact.get(word, ()))
            for length in self._stem_lengths:
                if length > len(word):
                    break
                found += self._stems.get(word[:length], ())
            if word[0].isdigit() or word in NUMBER_WORDS:
                found += self._numbers
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            known = self._remembered[word] = tuple(found)
        return known

    def _match(self, phrase: int, words: list[Token], at: int, plain: str) -> int | None:
        """The end of the phrase that begins at word `at`, or None where it does not stand there."""
        parts = self._phrases[phrase]
        if at + len(parts) > len(words):
            return None
        for n, part in enumerate(parts):
            token = words[at + n]
            if not part.fits(token):
                return None
            if n and not _GAP.fullmatch(plain, words[at + n - 1].end, token.start):
                return None
        return words[at + len(parts) - 1].end


def _parts(phrase: str) -> tuple[_Part, ...]:
    plain = shadow(phrase, dashes=True)
    letters = [c for c in plain if c.isalpha()]
    exact = len(letters) > 1 and all(c.isupper() for c in letters)
    result = []
    for m in _PATTERN_TOKEN.finditer(plain):
        word = m[0].removesuffix("*")
        result.append(_Part(word if exact else word.lower(), m[0].endswith("*"), exact, m[0] == "#"))
    return tuple(result)

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
from collections.abc import Iterable, Sequence
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

    def fits(self, token: str) -> bool:
        if self.number:
            return token[0].isdigit() or token.lower() in NUMBER_WORDS
        word = token if self.exact else token.lower()
        return word.startswith(self.text) if self.open else word == self.text


_Begun = tuple[int, bool, str | None]
"""A phrase, whether its first word is all of it, and its second word where that is a plain one."""


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
        self._remembered: dict[str, tuple[_Begun, ...]] = {}

    def find(self, text: str) -> list[Hit]:
        """Every place of every phrase, in the order of the text."""
        plain = shadow(text, dashes=True)
        words = list(_TOKEN.finditer(plain))
        lower = [match[0].lower() for match in words]
        lower.append("")
        remembered = self._remembered
        hits: list[Hit] = []
        for at, word in enumerate(lower[:-1]):
            begun = remembered.get(word)
            if begun is None:
                begun = self._begun_by(word)
            for phrase, whole, second in begun:
                if whole:
                    hits.append(Hit(phrase, words[at].start(), words[at].end()))
                elif second is None or lower[at + 1] == second:
                    end = self._match(phrase, words, at, plain)
                    if end is not None:
                        hits.append(Hit(phrase, words[at].start(), end))
        return hits

    def _begun_by(self, word: str) -> tuple[_Begun, ...]:
        """The phrases that may begin with `word`."""
        found = list(self._exact.get(word, ()))
        for length in self._stem_lengths:
            if length > len(word):
                break
            found += self._stems.get(word[:length], ())
        if word[0].isdigit() or word in NUMBER_WORDS:
            found += self._numbers
        if len(self._remembered) >= _REMEMBERED:
            self._remembered.clear()
        known = self._remembered[word] = tuple(_begun(phrase, self._phrases[phrase]) for phrase in found)
        return known

    def _match(self, phrase: int, words: Sequence[re.Match[str]], at: int, plain: str) -> int | None:
        """The end of the phrase that begins at word `at`, or None where it does not stand there."""
        parts = self._phrases[phrase]
        if at + len(parts) > len(words):
            return None
        last = words[at]
        if parts[0].exact and not parts[0].fits(last[0]):
            return None
        for part, match in zip(parts[1:], words[at + 1 : at + len(parts)], strict=True):
            if not part.fits(match[0]) or not _GAP.fullmatch(plain, last.end(), match.start()):
                return None
            last = match
        return last.end()


def _begun(phrase: int, parts: Sequence[_Part]) -> _Begun:
    """What `find` asks of a phrase whose first word stands there."""
    whole = len(parts) == 1 and not parts[0].exact
    plain = len(parts) > 1 and not parts[1].open and not parts[1].number
    return phrase, whole, parts[1].text.lower() if plain else None


def _parts(phrase: str) -> tuple[_Part, ...]:
    plain = shadow(phrase, dashes=True)
    letters = [c for c in plain if c.isalpha()]
    exact = len(letters) > 1 and all(c.isupper() for c in letters)
    result = []
    for m in _PATTERN_TOKEN.finditer(plain):
        word = m[0].removesuffix("*")
        result.append(_Part(word if exact else word.lower(), m[0].endswith("*"), exact, m[0] == "#"))
    return tuple(result)

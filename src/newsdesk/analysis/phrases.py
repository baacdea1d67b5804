"""Finding many words and phrases in a text at once.

A phrase is written as in a desk file: `hostage*` (any ending), `"death toll"` (several words),
`# people` (`#` is any number, in digits or words), `WHO` (all capitals: only so). Words are compared
whole, without regard to case and accents; between the words of a phrase a blank, hyphen, apostrophe,
full stop, slash or `&` may stand, so `cease-fire` finds "cease fire". Scripts without blanks (Chinese,
Japanese, Thai, ...) are read sign by sign, so that their words are found as well.

The text is read once, whatever the number of phrases: what a word can begin is looked up once and
remembered, so an ordinary word costs one look into a table.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from newsdesk.analysis.shadow import shadow

_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Japanese, Chinese
)
_MARKS: Final = "\u0300-\u036f"
_SIGNS: Final = r"\d[\d,.]*\d|\d|[%$€£¥°&]"
_BREAKS: Final = r"(?<=\w\w)\.\s|\s-\s|[!?;:,()\"\[\]…]"
"""What ends a phrase. A full stop after one letter ends none: "U.S. troops"."""
_PLAIN_TOKEN: Final = re.compile(rf"[A-Za-z_]\w*|{_SIGNS}|{_BREAKS}")
_WORD: Final = rf"[{_UNSPACED}]|[^\W\d{_UNSPACED}](?:[^\W{_UNSPACED}]|[{_MARKS}])*"
_TOKEN: Final = re.compile(rf"{_WORD}|{_SIGNS}|{_BREAKS}")
_PATTERN_TOKEN: Final = re.compile(rf"#|(?:{_WORD}|{_SIGNS})\*?")
_REMEMBERED: Final = 50_000
"""Words whose look-up is kept: more than a language has in daily use, less than 10 MB."""

_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TENS = "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
_LARGE = "hundred thousand million billion trillion dozen dozens hundreds thousands millions billions several"
NUMBER_WORDS: Final = frozenset(f"{_SMALL} {_TENS} {_LARGE}".split())


class Hit(NamedTuple):
    """A phrase found: `phrase` is its position in the list given to `PhraseFinder`.

    `start` and `end` count code points in what `find` gives, tokens in what `read` gives.
    """

    phrase: int
    start: int
    end: int


class _Part(NamedTuple):
    """One word of a phrase, folded unless `exact`."""

    text: str
    open: bool
    """Any ending."""
    exact: bool
    """In capitals, as written."""
    number: bool

    def fits(self, token: str) -> bool:
        if self.number:
            return is_number(token)
        word = token if self.exact else fold(token)
        return word.startswith(self.text) if self.open else word == self.text


_Begun = tuple[int, tuple[_Part, ...]]
"""A phrase, and its words after the first."""

Near = Callable[[str], Sequence[int]]
"""Further phrases that a word stands for, given the word as printed."""


def fold(word: str) -> str:
    """A word without case and accents: `Erdoğan` and `erdogan` are one."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("ı", "i")


def is_number(token: str) -> bool:
    """Whether a token is a number in digits or words."""
    return token[0].isdigit() or token.lower() in NUMBER_WORDS


def tokens(text: str) -> list[str]:
    """Words, numbers, signs, and the marks that end a phrase, in order."""
    if text.isascii():
        return _PLAIN_TOKEN.findall(text)
    plain = shadow(text, dashes=True)
    return (_PLAIN_TOKEN if plain.isascii() else _TOKEN).findall(plain)


class PhraseFinder:
    """Finds the given phrases; one finder serves any number of texts. Empty phrases match nothing.

    `near` names further phrases for a word that begins none of its own.
    """

    def __init__(self, phrases: Iterable[str], near: Near | None = None) -> None:
        self._phrases = [_parts(phrase) for phrase in phrases]
        self._near = near
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
                (self._stems if first.open else self._exact)[fold(first.text)].append(n)
        self._stem_lengths = sorted({len(stem) for stem in self._stems})
        self._remembered: dict[str, tuple[_Begun, ...]] = {}

    def find(self, text: str) -> list[Hit]:
        """Every place of every phrase, in the order of the text, as code points."""
        words = tokens(text)
        hits = self.read(words)
        if not hits:
            return hits
        plain = shadow(text, dashes=True)
        spans = [m.span() for m in (_PLAIN_TOKEN if plain.isascii() else _TOKEN).finditer(plain)]
        return [Hit(phrase, spans[start][0], spans[end - 1][1]) for phrase, start, end in hits]

    def read(self, words: Sequence[str]) -> list[Hit]:
        """Every place of every phrase in `tokens(text)`: in order, the longest first at each place."""
        remembered = self._remembered
        hits: list[Hit] = []
        for at, word in enumerate(words):
            begun = remembered.get(word)
            if begun is None:
                begun = self._begun_by(word)
            for phrase, rest in begun:
                end = at + 1
                for part in rest:
                    if end == len(words) or not part.fits(words[end]):
                        break
                    end += 1
                else:
                    hits.append(Hit(phrase, at, end))
        return hits

    def _begun_by(self, word: str) -> tuple[_Begun, ...]:
        """The phrases that may begin with `word`, the longest first, then as they were given."""
        folded = fold(word)
        found = list(self._exact.get(folded, ()))
        for length in self._stem_lengths:
            if length > len(folded):
                break
            found += self._stems.get(folded[:length], ())
        if is_number(word):
            found += self._numbers
        found = [n for n in found if self._phrases[n][0].fits(word)]
        if self._near is not None and not found:
            found += self._near(word)
        found.sort(key=lambda n: (-len(self._phrases[n]), n))
        if len(self._remembered) >= _REMEMBERED:
            self._remembered.clear()
        known = self._remembered[word] = tuple((n, self._phrases[n][1:]) for n in found)
        return known


def _parts(phrase: str) -> tuple[_Part, ...]:
    plain = shadow(phrase, dashes=True)
    letters = [c for c in plain if c.isalpha()]
    exact = len(letters) > 1 and all(c.isupper() for c in letters)
    result = []
    for m in _PATTERN_TOKEN.finditer(plain):
        word = m[0].removesuffix("*")
        result.append(_Part(word if exact else fold(word), m[0].endswith("*"), exact, m[0] == "#"))
    return tuple(result)

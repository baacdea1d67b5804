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
WHITE: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""All white space that Unicode knows."""
_MARKS: Final = "\u0300-\u036f"
_SIGNS: Final = r"\d[\d,.]*\d|\d|[%$€£¥°&]"
_BREAKS: Final = r"(?<=\w\w)\.\s|\s-\s|[!?;:,()\"\[\]…]"
"""What ends a phrase. A full stop after one letter ends none: "U.S. troops"."""
_PLAIN_TOKEN: Final = re.compile(rf"[A-Za-z_]\w*|{_SIGNS}|{_BREAKS}", re.ASCII)
_WORD: Final = rf"[{_UNSPACED}]|[^\W\d{_UNSPACED}](?:[^\W{_UNSPACED}]|[{_MARKS}])*"
_PLAIN_WORD: Final = r"[A-Za-z_][A-Za-z0-9_]*+(?![^\x00-\x7f])"
_TOKEN: Final = re.compile(rf"{_PLAIN_WORD}|{_WORD}|{_SIGNS}|{_BREAKS}")
_PATTERN_TOKEN: Final = re.compile(rf"#|(?:{_WORD}|{_SIGNS})\*?")
_REMEMBERED: Final = 50_000
"""Words whose look-up is kept: more than a language has in daily use, less than 10 MB."""
_FOLLOWED: Final = 2_000
"""Words after one word whose look-up is kept."""
_PARTED: Final = 30_000
"""Pieces between blanks whose tokens are kept, less than 10 MB ..."""
_LONGEST: Final = 40
"""... and their code points."""

_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TENS = "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
_LARGE = "hundred thousand million billion trillion dozen dozens hundreds thousands millions billions several"
NUMBER_WORDS: Final = frozenset(f"{_SMALL} {_TENS} {_LARGE}".split())


class Hit(NamedTuple):
    """A phrase found: `phrase` is its position in the list given to `PhraseFinder`.

    `start` and `end` count code points.
    """

    phrase: int
    start: int
    end: int


Place = tuple[int, int, int]
"""(phrase, start, end) as in a `Hit`, where start and end count tokens; a plain tuple is made in a fifth of
the time."""


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
"""A phrase, and its words after those that are known to stand there."""


class _Following(dict[str, tuple[_Begun, ...]]):
    """Which phrases go on with a word, and their words after that; looked up when first asked for."""

    def __init__(self, by_second: dict[str, list[_Begun]], others: Sequence[_Begun]) -> None:
        self._by_second = by_second
        """Phrases by their second word, folded."""
        self._others = others
        """Phrases whose second word is open, a number, or in capitals."""

    def __missing__(self, word: str) -> tuple[_Begun, ...]:
        if len(self) >= _FOLLOWED:
            self.clear()
        others = ((n, parts[1:]) for n, parts in self._others if parts[0].fits(word))
        found = self[word] = (*self._by_second.get(fold(word), ()), *others)
        return found


_Known = tuple[tuple[int, ...], _Following | None]
"""What a word can begin: phrases of this word alone; phrases of more words, None where there are none."""


class _Memory(dict[str, "_Known | None"]):
    """What each word met so far can begin, None for nothing; looked up when first asked for."""

    def __init__(self, look: Callable[[str], _Known | None]) -> None:
        self._look = look

    def __missing__(self, word: str) -> _Known | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        known = self[word] = self._look(word)
        return known


class _Parted(dict[str, tuple[str, ...]]):
    """The tokens of a piece of text between blanks, as if a blank followed."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = tuple(_apart(f"{piece} "))
        if len(piece) <= _LONGEST:
            if len(self) >= _PARTED:
                self.clear()
            self[piece] = found
        return found


def fold(word: str) -> str:
    """A word without case and accents: `Erdoğan` and `erdogan` are one."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("ı", "i")


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, folded, without numbers and signs; a text that has the phrase has words that
    begin so."""
    return tuple(fold(part.text) for part in _parts(phrase) if part.text.isalnum() and not part.number)


def is_number(token: str) -> bool:
    """Whether a token is a number in digits or words."""
    return token[0].isdigit() or token.lower() in NUMBER_WORDS


def tokens(text: str) -> list[str]:
    """Words, numbers, signs, and the marks that end a phrase, in order."""
    plain = text if text.isascii() else shadow(text, dashes=True)
    # No token but " - " goes over a blank, and what is printable has no other white space than blanks: so
    # the tokens of each piece, most of which were seen before, are those of the text.
    if " - " in plain or not plain.isprintable():
        return _apart(plain)
    words: list[str] = []
    for piece in plain.split():
        words += _PIECES[piece]
    if plain.endswith(".") and words[-1:] == [". "]:
        words.pop()
    return words


def _apart(plain: str) -> list[str]:
    """The tokens of a text without typographic signs."""
    return (_PLAIN_TOKEN if plain.isascii() else _TOKEN).findall(plain)


_PIECES: Final = _Parted()


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
                (self._stems if first.open else self._exact)[fold(first.text)].append(n)
        self._stem_lengths = sorted({len(stem) for stem in self._stems})
        self._memory = _Memory(self._look)
        self._digits = self._known("0", self._numbers)

    def find(self, text: str) -> list[Hit]:
        """Every place of every phrase, in the order of the text, as code points."""
        hits = self.read(tokens(text))
        if not hits:
            return []
        plain = shadow(text, dashes=True)
        spans = [m.span() for m in (_PLAIN_TOKEN if plain.isascii() else _TOKEN).finditer(plain)]
        return [Hit(phrase, spans[start][0], spans[end - 1][1]) for phrase, start, end in hits]

    def read(self, words: Sequence[str]) -> list[Place]:
        """Every place of every phrase in `tokens(text)`: in order, the longest first at each place."""
        hits: list[Place] = []
        last = len(words) - 1
        for at, known in enumerate(map(self._memory.__getitem__, words)):
            if known is None:
                continue
            whole, following = known
            if following is not None and at < last:
                begun = following[words[at + 1]]
                if begun:
                    hits += _gone_on(begun, words, at)
            for phrase in whole:
                hits.append((phrase, at, at + 1))
        return hits

    def _look(self, word: str) -> _Known | None:
        """The phrases that may begin with `word`."""
        folded = fold(word)
        if word[0].isdigit() and folded not in self._exact:
            return self._digits
        found = list(self._exact.get(folded, ()))
        for length in self._stem_lengths:
            if length > len(folded):
                break
            found += self._stems.get(folded[:length], ())
        if is_number(word):
            found += self._numbers
        return self._known(word, found) if found else None

    def _known(self, word: str, found: Sequence[int]) -> _Known | None:
        """Those of the found phrases that begin with `word`, sorted out; None where there are none."""
        whole: list[int] = []
        by_second: dict[str, list[_Begun]] = {}
        others: list[_Begun] = []
        for n in sorted(found):
            parts = self._phrases[n]
            if not parts[0].fits(word):
                continue
            if len(parts) == 1:
                whole.append(n)
            elif parts[1].open or parts[1].number or parts[1].exact:
                others.append((n, parts[1:]))
            else:
                by_second.setdefault(parts[1].text, []).append((n, parts[2:]))
        if not (whole or by_second or others):
            return None
        return tuple(whole), _Following(by_second, others) if by_second or others else None


def _gone_on(begun: Iterable[_Begun], words: Sequence[str], at: int) -> list[Place]:
    """Those of the phrases whose first two words stand at token `at` that stand there as a whole."""
    places = []
    for phrase, rest in begun:
        if not rest or _stands(rest, words, at + 2):
            places.append((phrase, at, at + 2 + len(rest)))
    if len(places) > 1:
        places.sort(key=_longest_first)
    return places


def _longest_first(hit: Place) -> tuple[int, int]:
    phrase, _, end = hit
    return -end, phrase


def _stands(parts: Sequence[_Part], words: Sequence[str], at: int) -> bool:
    """Whether all the parts stand one after the other from token `at` on."""
    if at + len(parts) > len(words):
        return False
    for place, part in enumerate(parts, at):  # noqa: SIM110 -- a generator takes twice the time
        if not part.fits(words[place]):
            return False
    return True


def _parts(phrase: str) -> tuple[_Part, ...]:
    plain = shadow(phrase, dashes=True)
    letters = [c for c in plain if c.isalpha()]
    exact = len(letters) > 1 and all(c.isupper() for c in letters)
    result = []
    for m in _PATTERN_TOKEN.finditer(plain):
        word = m[0].removesuffix("*")
        result.append(_Part(word if exact else fold(word), m[0].endswith("*"), exact, m[0] == "#"))
    return tuple(result)

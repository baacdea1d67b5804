"""Which language an article is in.

Entities, figures and the desks' words are English, so the one question that matters is whether an article
is in English; which other language it is in is only said. English is known by its commonest words
(tongue.toml), a fifth of any English text; only where they are missing is a classifier asked (py3langid,
loaded then: 0.8 s, 80 MB). What is short, or mostly names or numbers, is taken for what the feed says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from msgspec import Struct, convert

from newsdesk.models import LabelledPassage, Passage

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH: Final = "en"
SAMPLE: Final = 4_000
"""Code points that are looked at."""
ENOUGH: Final = 50
"""Letters below which nothing is concluded; a letter of a script without blanks counts for a whole word."""
FEW: Final = 8
"""The same where none of the letters is a Latin one."""
SHARE: Final = 0.1
"""English where so many of its words are among the commonest English ones. News has .17 to .26 of them,
other languages less than .02."""
SURE: Final = 0.5
"""The classifier's probability from which on it is believed; of near languages (Malay and Indonesian, Danish
and Norwegian) neither gets more. Names and code get less."""
NAMES: Final = 0.6
"""Where more of the words than this are capitalised they are names, a table or a headline: German news has
.35."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile(r"[A-Za-z]")
_DENSE: Final = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Thai, Lao, Khmer, Chinese, Japanese, Korean: scripts that say more with a letter."""


def language_of(passages: Iterable[Passage | LabelledPassage], said: str = ENGLISH) -> str:
    """The ISO 639-1 code of the language that the passages are in; `said` where they do not tell."""
    text = _sample(passages)
    words = _WORD.findall(text)
    letters = sum(map(len, words)) + 4 * len(_DENSE.findall(text))
    if letters < (ENOUGH if _LATIN.search(text) else FEW):
        return said
    known = _words()
    commonest = known.commonest
    if sum(word.lower() in commonest for word in words) >= SHARE * len(words):
        return ENGLISH
    if sum(word[0].isupper() for word in words) > NAMES * len(words):
        return said
    code, probability = _classifier().classify(text)
    return str(code) if probability >= SURE and code in known.languages else said


def name_of(code: str) -> str:
    """`French` for `fr`; an unknown code stands for itself."""
    return _words().languages.get(code, code)


class _Words(Struct, frozen=True):
    """tongue.toml."""

    english: str
    languages: dict[str, str]

    @property
    def commonest(self) -> frozenset[str]:
        return frozenset(self.english.split())


@cache
def _words() -> _Words:
    raw = files(__package__).joinpath("tongue.toml").read_text(encoding="utf-8")
    return convert(tomllib.loads(raw), _Words)


def _sample(passages: Iterable[Passage | LabelledPassage]) -> str:
    """The beginning of the article's prose."""
    parts: list[str] = []
    left = SAMPLE
    for passage in passages:
        if passage.kind != "furniture" and left > 0:
            parts.append(passage.text[:left])
            left -= len(parts[-1])
    return "\n".join(parts)


@cache
def _classifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

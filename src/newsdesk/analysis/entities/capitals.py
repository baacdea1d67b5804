"""Capitalised runs: candidates for names without the language model, and what the model missed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from newsdesk.analysis.entities.words import words

_WORD: Final = re.compile(r"[^\W\d_](?:[\w'.&/-]*[^\W_])?(?:(?<=\b[A-Z])\.)?")
_PLAIN_GAP: Final = re.compile(r" ?&? ?")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:]\s*[\"'(\[]*|[\"(\[])\s*$")
_FIELD: Final = re.compile(r"(?:log(?:y|ists?)|ici?ans?|ians|ists|eers|ment|tion|ism|ics|atry|ers|ors|ing)$")
SHOUTING: Final = 0.6
"""A passage with a larger share of capitals among its words tells nothing by its capitals."""


def runs(text: str, *, lower_words: frozenset[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """(start, end) of runs of capitalised words, joined by small words that names have inside.

    A first word that opens a sentence is left out where it is a common word: in the list of openers,
    or written small elsewhere in the article (`lower_words`).
    """
    found = list(_WORD.finditer(text))
    letters = [m for m in found if len(m[0]) > 1]
    if sum(m[0].isupper() for m in letters) > SHOUTING * max(1, len(letters)) and len(letters) > 2:
        return
    n = 0
    while n < len(found):
        if not _begins(found[n][0]):
            n += 1
            continue
        last = _last_of_run(found, n, text)
        first = _past_openers(found, n, last, text, lower_words)
        if first <= last:
            yield found[first].start(), found[last].end()
        n = last + 1


def is_title_case(text: str) -> bool:
    """Whether capitals tell nothing because most longer words have one: "Mayor Wants New Vote On Harbour"."""
    long = [m[0] for m in _WORD.finditer(text) if len(m[0]) > 3]
    return sum(word[0].isupper() for word in long) > SHOUTING * len(long) or len(long) < 3


def _last_of_run(found: Sequence[re.Match[str]], first: int, text: str) -> int:
    """The last word of the run that begins at `first`."""
    lists = words()
    begins = (
        found[first][0].lower() in lists.organization_first or found[first][0].lower() in lists.place_first
    )
    body = False
    last, ahead = first, first + 1
    while ahead < len(found) and _PLAIN_GAP.fullmatch(text, found[ahead - 1].end(), found[ahead].start()):
        word = found[ahead][0]
        if _begins(word):
            last = ahead
            body = body or word.lower() in lists.organization_first
        elif ahead - last > 3 or not (
            word in lists.name_joiners
            or (begins and word in lists.joiners and not (word == "the" and found[ahead - 1][0] == "and"))
            or (body and (word in ("of", "for") or (word in ("the", "a") and ahead > last + 1)))
            or (body and word == "and" and _fields(found, last, text))
        ):
            break
        ahead += 1
    return last


def _fields(found: Sequence[re.Match[str]], last: int, text: str) -> bool:
    """Whether the words on both sides of the "and" after `last` are what bodies deal with, and the second
    ends the name: "of Obstetricians and Gynecologists", not "of Agriculture and Nurses Union"."""
    fields = words().fields
    other, after = last + 2, last + 3
    if other >= len(found) or not all(
        word[0].isupper() and (word.lower() in fields or _FIELD.search(word) is not None)
        for word in (found[last][0], found[other][0])
    ):
        return False
    goes_on = after < len(found) and found[after][0][0].isupper()
    return not (goes_on and text[found[other].end() : found[after].start()] == " ")


def _past_openers(
    found: Sequence[re.Match[str]], first: int, last: int, text: str, lower_words: frozenset[str]
) -> int:
    """Where the name begins in a run: past the common words that only open the sentence."""
    start = found[first].start()
    if not _SENTENCE_START.search(text[max(0, start - 20) : start]):
        return first
    openers = words().openers
    word = found[first][0].lower()
    while first <= last and (word in openers or word in lower_words or not _begins(found[first][0])):
        first += 1
        word = found[first][0].lower() if first <= last else ""
        lower_words = frozenset()  # only the very first word owes its capital to the sentence
    return first


def _begins(word: str) -> bool:
    """Whether a name can begin, or go on, with this word."""
    return word[0].isupper() or (word[:3] in ("al-", "el-") and word[3:4].isupper())

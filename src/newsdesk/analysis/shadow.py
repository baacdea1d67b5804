"""A shadow of a text: equal in length, with the typographic characters made plain.

Rules and the language model read the shadow; offsets found in it hold for the stored text, which is
never changed. Every character maps to exactly one, so no mapping back is needed.
"""

from __future__ import annotations

import re
from typing import Final

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\u0060\uff07"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r"
)
_HYPHENS = "\u2010\u2011\u2012\u2212\u00ad"
_SURROGATES = "".join(map(chr, range(0xD800, 0xE000)))  # halves of characters: nothing can be made of them
_DASHES = "\u2013\u2014\u2015"

_PLAIN: Final = {
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_SURROGATES, "\ufffd"),
}


def _finder(plain: dict[str, str]) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds the characters to be made plain, and what they become: a tenth of the time of
    `str.translate`, which looks up every character."""
    return re.compile(f"[{''.join(map(re.escape, plain))}]"), plain


_WITHOUT: Final = _finder(_PLAIN)
_WITH_DASHES: Final = _finder({**_PLAIN, **dict.fromkeys(_DASHES, "-")})


def shadow(text: str, *, dashes: bool = False) -> str:
    """`text` with plain quotes, blanks and hyphens, as long as `text`; `dashes` makes those plain too."""
    found, plain = _WITH_DASHES if dashes else _WITHOUT
    return found.sub(lambda sign: plain[sign[0]], text)

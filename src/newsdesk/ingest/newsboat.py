"""newsboat's `urls` file: addresses with tags, `~title` and `!hidden`.

Lines that would run a program (`exec:`, `filter:`) are reported and skipped, never run; so are
newsboat's query feeds, which are searches.
"""

from __future__ import annotations

import shlex
from typing import Final

from newsdesk.ingest.clean import clean_line, clean_text, clean_url
from newsdesk.models import Feed, SubscriptionList

HIDDEN: Final = "hidden"
_SKIPPED: Final = {
    "exec": "runs a program: newsdesk runs none",
    "filter": "runs a program: newsdesk runs none",
    "query": "is a search of newsboat: use `newsdesk search`",
}


def read(text: str) -> SubscriptionList:
    """The feeds of a `urls` file, in its order; `"~Name"` is the title, the other words are tags.

    A feed marked with `!` gets the tag `hidden`. A line without quotes that close is read as it stands.
    """
    found: dict[str, Feed] = {}
    skipped: list[str] = []
    for number, line in enumerate(clean_text(text).splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        address, *words = _words(line)
        kind = address.partition(":")[0].lower()
        url = clean_url(address)
        if kind in _SKIPPED:
            skipped.append(f"line {number}: {clean_line(address, 80)} {_SKIPPED[kind]}")
        elif not url:
            skipped.append(f"line {number}: {clean_line(address, 80)} is not an http or https address")
        else:
            _take(url, words, found)
    return SubscriptionList(tuple(found.values()), tuple(skipped))


def _take(url: str, words: list[str], found: dict[str, Feed]) -> None:
    title = next((clean_line(word[1:]) for word in words if word.startswith("~")), "")
    hidden = (HIDDEN,) if any(word.startswith("!") for word in words) else ()
    plain = (clean_line(word) for word in words if not word.startswith(("~", "!")))
    tags = (*(word for word in plain if word), *hidden)
    before = found.get(url) or Feed(url=url)
    found[url] = Feed(url=url, title=before.title or title, tags=tuple(dict.fromkeys(before.tags + tags)))


def _words(line: str) -> list[str]:
    """The words of a line; only double quotes hold blanks together, as in newsboat."""
    reader = shlex.shlex(line, posix=True)
    reader.whitespace_split = True
    reader.quotes = '"'
    reader.commenters = ""
    try:
        return list(reader) or [line.strip()]
    except ValueError:
        return line.split()

"""newsdesk's reading of feedparser's own wellformed files against feedparser's: nothing is lost.

    python -m bench.feedparser_suite FOLDER

FOLDER is the `tests` folder of a checkout of https://github.com/kurtmckee/feedparser (BSD-2; none of it is
part of newsdesk). Both read the same bytes. For each file: every entry that feedparser gives, and of each its
title, link, id and date, must be in ours; of the feed its title. What differs because newsdesk cleans counts
apart, by its reason. Where the quick reader takes a file, it must give what our reading through feedparser
gives, field by field. Prints the counts, and what is lost; exit status 1 if anything is that is not explained
(`ON_PURPOSE`).
"""

from __future__ import annotations

import re
import sys
from calendar import timegm
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import feedparser

from newsdesk.ingest import plainfeed
from newsdesk.ingest.clean import clean_line, clean_url
from newsdesk.ingest.entries import sane_date
from newsdesk.ingest.feeds import parse
from newsdesk.models import Entry, ParsedFeed

ON_PURPOSE = {
    "rss/item_description_not_a_doctype.xml": "its only words are a comment to a browser",
    "sanitize/entry_title_crazy.xml": "a whole page as a title, with tags in quoted attributes",
    "sanitize/feed_title_crazy.xml": "a whole page as a title, with tags in quoted attributes",
}
URL = "http://127.0.0.1:8097/"
"""Where feedparser's own tests serve the files from; relative addresses start here."""
_HEADER = re.compile(rb"^Header:\s*Content-type:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<[a-z/!?][^<>]*>", re.IGNORECASE)
_UNSHOWN = re.compile(r"<(script|style|svg|math)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)


def main() -> int:
    folder = Path(sys.argv[1]) / "wellformed" if len(sys.argv) > 1 else None
    if folder is None or not folder.is_dir():
        print("skipped: give the tests folder of a checkout of https://github.com/kurtmckee/feedparser")
        return 0
    counts: Counter[str] = Counter()
    lost: list[str] = []
    for path in sorted(folder.rglob("*.xml")):
        for what, verdict in compared(path.read_bytes()):
            counts[f"{what}: {verdict}"] += 1
            if verdict == "lost":
                name = path.relative_to(folder).as_posix()
                lost.append(f"{name}: {what} ({ON_PURPOSE.get(name, 'not explained')})")
    for key in sorted(counts):
        print(f"{counts[key]:6}  {key}")
    print(f"{len(lost)} lost", *lost, sep="\n  ")
    return 1 if any(line.endswith("(not explained)") for line in lost) else 0


def compared(body: bytes) -> Iterator[tuple[str, str]]:
    """(what, verdict) for the file, each entry and each of its fields that feedparser gives."""
    found = _HEADER.search(body, 0, 500)
    content_type = found[1].decode().strip() if found else ""
    headers = {"content-type": content_type or "application/xml", "content-location": URL}
    theirs = feedparser.parse(body, response_headers=headers)
    ours = parse(body, URL, content_type, keep=10_000)
    if plainfeed.read(body, "") is not None:
        yield "quick reader", "same" if parse(body, URL, quick=False) == parse(body, URL) else "lost"
    if not theirs["version"] and not theirs["entries"]:
        yield "file", "neither RSS nor Atom by feedparser's word, and without entries"
        return
    yield "file", "lost" if theirs["entries"] and ours.error else "same"
    yield from _title(theirs["feed"], ours)
    for number, entry in enumerate(theirs["entries"]):
        mine = _match(entry, number, theirs["entries"], ours)
        if mine is not None:
            yield "entry", "same"
            ids = [other.get("id") for other in theirs["entries"]]
            yield from _fields(entry, mine, shared=ids.count(entry.get("id")) > 1)
        elif _is_empty(entry):
            yield "entry", "without a word, link or id: nothing to show"
        else:
            yield "entry", "stands twice, kept once" if entry in theirs["entries"][:number] else "lost"


def _title(feed: Mapping[str, Any], ours: ParsedFeed) -> Iterator[tuple[str, str]]:
    if feed.get("title"):
        yield "feed title", _text_verdict(feed["title"], ours.title)


def _match(entry: Mapping[str, Any], number: int, every: list[Any], ours: ParsedFeed) -> Entry | None:
    """Our entry for theirs: at the same place where the counts are equal, else by id, title or text."""
    if len(every) == len(ours.entries):
        return ours.entries[number]
    if entry in every[:number]:
        return None
    wanted = {
        _squeezed(entry.get("id", "")),
        _words(entry.get("title", "")),
        _words(entry.get("summary", "")),
    }
    return next(
        (mine for mine in ours.entries if (wanted - {""}) & {_squeezed(mine.guid), _words(mine.title)}), None
    )


def _is_empty(entry: Mapping[str, Any]) -> bool:
    texts = [entry.get("title"), entry.get("summary")]
    texts += [one.get("value") for one in entry.get("content") or () if "text" in one.get("type", "text")]
    return not entry.get("link") and not entry.get("id") and not any(_words(text or "") for text in texts)


def _fields(entry: Mapping[str, Any], mine: Entry, *, shared: bool) -> Iterator[tuple[str, str]]:
    """`shared`: another entry of the feed has the same id."""
    if entry.get("title"):
        yield "title", _text_verdict(entry["title"], mine.title)
    if entry.get("link"):
        yield "link", _link_verdict(entry["link"], mine.url)
    if entry.get("id"):
        verdict = _id_verdict(entry["id"], mine)
        yield (
            "id",
            "of two entries: the later one goes by its link" if shared and verdict == "lost" else verdict,
        )
    # A plain dict: feedparser's own answers for a date that is not there with another one, and warns.
    plain = dict(entry)
    dates = [plain.get(name) for name in ("published_parsed", "updated_parsed", "created_parsed")]
    if any(dates):
        yield "date", _date_verdict([date for date in dates if date], mine.published)


def _text_verdict(theirs: str, ours: str) -> str:
    if theirs == ours:
        return "same"
    same = _words(theirs) in (_squeezed(ours), _words(ours))
    return "same words, without tags or in one line" if same else "lost"


def _link_verdict(theirs: str, ours: str) -> str:
    if theirs == ours:
        return "same"
    if not clean_url(theirs, URL):
        return "no address of the web, refused"
    return "same, in ASCII" if clean_url(theirs, URL) == clean_url(ours, URL) else "lost"


def _id_verdict(theirs: str, mine: Entry) -> str:
    if theirs == mine.guid:
        return "same"
    if clean_line(theirs) == mine.guid or clean_url(theirs, URL) == clean_url(mine.guid, URL):
        return "same, cleaned"
    return "lost"


def _date_verdict(theirs: list[Any], ours: datetime | None) -> str:
    for date in theirs:
        try:
            when = datetime.fromtimestamp(timegm(date), UTC)
        except (ValueError, OverflowError):
            continue
        if when == ours:
            return "same"
        if ours is None and sane_date(when) is None:
            return "before 1990 or ahead of the clock, refused"
    return "lost"


def _words(html: str) -> str:
    """What a browser would show of it, to compare."""
    return _squeezed(unescape(_TAG.sub("", _UNSHOWN.sub("", html))))


def _squeezed(text: str) -> str:
    return "".join(clean_line(text, 100_000).casefold().split())


if __name__ == "__main__":
    sys.exit(main())

"""`newsdesk feeds check`: each feed is asked for once, and what is wrong is said with the way out."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from newsdesk.cli.opening import read_settings
from newsdesk.cli.parser import add_verb
from newsdesk.errors import UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Part, Printer
    from newsdesk.config import Settings
    from newsdesk.models import Feed, FeedCheck

_SILENT = ("dns", "timeout", "unreachable")


def add_verbs(actions: Verbs) -> None:
    verb = add_verb(
        actions,
        "check",
        check,
        "ask for every feed once and say what is wrong and what to do",
        more="Nothing is stored. The exit status is 1 when a feed fails.",
    )
    verb.add_argument("urls", metavar="URL", nargs="*", help="only these; they need not be subscribed")
    verb.add_argument(
        "--suggested", action="store_true", help="the feeds that the desk suggests, not the subscribed ones"
    )
    verb.add_argument("--json", action="store_true", help="a JSON object a feed")


def check(args: Namespace, out: Printer) -> int:
    """`newsdesk feeds check`; returns 1 when a feed fails. Raises UsageError, ConfigError."""
    import asyncio

    if args.offline:
        raise UsageError("feeds check: needs the network", "leave out --offline")
    settings = read_settings(args)
    feeds = _chosen(settings, args, out)
    found = asyncio.run(_probe(settings, feeds, out, json=args.json))
    failed = [one for one in found if one.state == "failed"]
    if not args.json:
        out.line(_summary(found))
    if found and all(one.problem in _SILENT for one in found):
        out.note(
            f"none of {len(found)} addresses answered: this machine seems to have no network, "
            "or reaches it only through a proxy"
        )
    return 1 if failed else 0


def _chosen(settings: Settings, args: Namespace, out: Printer) -> tuple[Feed, ...]:
    from newsdesk.models import Feed

    subscribed = settings.config.feeds
    if args.urls:
        known = {feed.url: feed for feed in (*settings.desk.feeds, *subscribed)}
        for url in args.urls:
            if url not in known and not re.match(r"https?://[^/\s]", url):
                raise UsageError(
                    f"feeds check: {url!r} is no address", "give one that begins with https:// or http://"
                )
        return tuple(known.get(url) or Feed(url=url) for url in dict.fromkeys(args.urls))
    if subscribed and not args.suggested:
        return subscribed
    if not settings.desk.feeds:
        raise UsageError(
            "feeds check: there are no feeds", f"desk {settings.desk.id} suggests none; name an address"
        )
    if not args.suggested:
        out.note(f"there are no subscriptions; these are the feeds that desk {settings.desk.id} suggests")
    return settings.desk.feeds


async def _probe(settings: Settings, feeds: Sequence[Feed], out: Printer, *, json: bool) -> list[FeedCheck]:
    """Every feed's finding, printed as it comes."""
    from msgspec.structs import asdict

    from newsdesk import feedcare
    from newsdesk.cli.progress import bar

    found: list[FeedCheck] = []
    with bar(out, "checking", quiet=json) as advance:
        advance(0, len(feeds))
        async with aclosing(feedcare.check(settings, feeds)) as probes:
            async for one in probes:
                found.append(one)
                if json:
                    out.json(asdict(one))
                else:
                    _show(one, out)
                advance(len(found), len(feeds))
    return found


def _show(one: FeedCheck, out: Printer) -> None:
    marks: dict[str, Part] = {"ok": ("ok", "good"), "note": ("note", "quiet"), "failed": ("WRONG", "bad")}
    said = "; ".join(filter(None, [one.says, one.remedy]))
    if one.entries:
        entries = "1 entry" if one.entries == 1 else f"{one.entries} entries"
        newest = f", the newest of {one.newest:%Y-%m-%d}" if one.newest else ", without dates"
        said = "; ".join(filter(None, [f"{entries}{newest}", said]))
    out.line(marks[one.state], f" {one.url}: {said}")


def _summary(found: Sequence[FeedCheck]) -> str:
    from newsdesk.cli.article import count

    failed = sum(one.state == "failed" for one in found)
    notes = sum(one.state == "note" for one in found)
    said = [count(len(found), "feed"), f"{len(found) - failed - notes} well"]
    if notes:
        said.append(f"{notes} to look at")
    if failed:
        said.append(f"{failed} failed")
    return " · ".join(said)

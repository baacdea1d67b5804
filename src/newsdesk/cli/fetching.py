"""`newsdesk fetch`: refresh the subscriptions."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsdesk.cli.opening import open_newsdesk
from newsdesk.cli.parser import add_verb
from newsdesk.cli.progress import bar
from newsdesk.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Printer
    from newsdesk.cli.progress import Advance
    from newsdesk.desk import Newsdesk
    from newsdesk.models import FeedDone

    Report = Callable[[FeedDone], None]


def add_verbs(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "fetch",
        fetch,
        "refresh the feeds that are due",
        more="A feed that fails never stops the others; the exit status is 1 then.",
    )
    verb.add_argument(
        "--force", action="store_true", help="also feeds that are not due yet; still conditional"
    )
    verb.add_argument("--feed", metavar="URL", action="append", help="only this feed; repeatable")
    verb.add_argument("--json", action="store_true", help="a JSON object a feed")


def fetch(args: Namespace, out: Printer) -> int:
    """`newsdesk fetch`; returns 1 when a feed failed."""
    if args.offline:
        raise UsageError("fetch: needs the network", "leave out --offline")
    import asyncio

    from newsdesk.cli.records import fetch_record

    def report(one: FeedDone) -> None:
        if args.json:
            out.json(fetch_record(one))
        else:
            _show(one, out)

    with open_newsdesk(args) as desk:
        _check_feeds(desk, args.feed)
        with bar(out, "refreshing", quiet=args.json) as advance:
            done = asyncio.run(_poll(desk, args, out, report, advance))
        if not args.json:
            out.line(summary(done))
    return 1 if any(one.state == "failed" for one in done) else 0


def summary(done: Sequence[FeedDone]) -> str:
    """What a refresh brought, in one line."""
    from newsdesk.cli.article import count, local_time

    failed = sum(one.state == "failed" for one in done)
    resting = sum(one.state == "not-due" for one in done)
    new, changed = sum(one.new for one in done), sum(one.changed for one in done)
    said = [count(len(done), "feed"), f"{count(new, 'new article')}, {changed} changed"]
    if resting:
        said.append(f"{resting} not due yet")
    if failed:
        said.append(f"{failed} failed")
    due = [one.next_due for one in done if one.next_due]
    if due:
        said.append(f"next refresh {local_time(min(due))}")
    return " · ".join(said)


async def _poll(
    desk: Newsdesk, args: Namespace, out: Printer, report: Report, advance: Advance
) -> list[FeedDone]:
    """Run the refresh, reporting each feed as it is done; failures are named on standard error too."""
    from newsdesk.models import FeedDone, Notice, Progress

    done = []
    async for event in desk.fetch(args.feed, force=args.force):
        match event:
            case FeedDone():
                done.append(event)
                report(event)
                if event.state == "failed":
                    out.note(f"{event.url}: {event.error}")
            case Progress():
                advance(event.done, event.total)
            case Notice():
                out.note(event.text)
    return done


def _check_feeds(desk: Newsdesk, urls: Sequence[str] | None) -> None:
    from newsdesk.config import nearest

    known = [feed.url for feed in desk.settings.config.feeds]
    if not known:
        raise ConfigError(
            f"{desk.settings.paths.config_file}: there are no feeds to fetch",
            "`newsdesk config init` takes the desk's own, `newsdesk feeds add URL` adds one",
        )
    for url in urls or ():
        if url not in known:
            raise UsageError(f"fetch: {url} is no feed of yours", nearest(url, known))


def _show(one: FeedDone, out: Printer) -> None:
    """A plain line for a feed that said something; failures go to standard error instead."""
    from newsdesk.cli.article import local_time

    match one.state:
        case "new":
            out.line(("new", "good"), f" {one.url}: {one.new} new, {one.changed} changed")
        case "unchanged":
            out.line(("same", "quiet"), f" {one.url}: nothing new")
        case "not-due":
            out.line(("wait", "quiet"), f" {one.url}: not due before {local_time(one.next_due)}")
        case "gone":
            out.line(("gone", "bad"), f" {one.url}: polled no more; `newsdesk feeds remove` unsubscribes")
        case "failed":
            pass

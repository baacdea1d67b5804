"""`newsdesk feeds`: the subscriptions."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from newsdesk.cli import checking, exchange
from newsdesk.cli.opening import open_newsdesk
from newsdesk.cli.parser import add_group, add_verb
from newsdesk.errors import UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Printer
    from newsdesk.models import FeedStatus


def add_verbs(verbs: Verbs) -> None:
    actions = add_group(verbs, "feeds", "list, add, remove, check, import and export subscriptions")
    verb = add_verb(actions, "list", list_feeds, "print the subscriptions with their state")
    verb.add_argument("--json", action="store_true", help="a JSON object a feed")
    verb = add_verb(actions, "add", add, "subscribe to a feed; the config file gets a [[feeds]] table")
    verb.add_argument("url", metavar="URL")
    verb.add_argument("--title", metavar="T", default="", help="the outlet's name as you want to read it")
    verb.add_argument("--tag", metavar="T", action="append", default=[], help="a tag; repeatable")
    verb.add_argument(
        "--allow-private", action="store_true", help="the feed's host may be a loopback or private address"
    )
    verb.add_argument(
        "--discover",
        action="store_true",
        help="URL is a site's page: ask for it and take the feed that it names",
    )
    verb = add_verb(actions, "remove", remove, "unsubscribe from a feed; its articles stay in the archive")
    verb.add_argument("url", metavar="URL")
    checking.add_verbs(actions)
    exchange.add_verbs(actions)


def list_feeds(args: Namespace, out: Printer) -> int:
    """`newsdesk feeds list`."""
    from newsdesk.cli.records import feed_record

    with open_newsdesk(args) as desk:
        statuses = desk.feeds()
    for status in statuses:
        if args.json:
            out.json(feed_record(status))
        elif out.styled:
            _show(status, out)
        else:
            title = status.feed.title or status.state.title
            counts = f"{status.unread}/{status.articles}"
            out.row(status.feed.url, title, counts, ",".join(status.feed.tags), status.state.error)
    if not statuses:
        out.note("there are no feeds; `newsdesk feeds add URL` adds one")
    return 0


def add(args: Namespace, out: Printer) -> int:
    """`newsdesk feeds add`; only `--discover` uses the network. Raises ConfigError where it is subscribed
    already, PartlyDone where no feed is found."""
    from newsdesk.models import Feed

    url, others = _discovered(args) if args.discover else (args.url, ())
    feed = Feed(url=url, title=args.title, tags=tuple(args.tag), allow_private=args.allow_private)
    with open_newsdesk(args) as desk:
        desk.add_feed(feed)
    out.line(f"added {feed.url}; `newsdesk fetch` gets its articles")
    for other in others:
        out.line((f"the page also names {other}", "quiet"))
    return 0


def _discovered(args: Namespace) -> tuple[str, tuple[str, ...]]:
    import asyncio

    from newsdesk import feedcare
    from newsdesk.cli.opening import read_settings

    if args.offline:
        raise UsageError("feeds add: --discover needs the network", "leave out --offline")
    found = feedcare.discover(read_settings(args), args.url, allow_private=args.allow_private)
    return asyncio.run(found)


def remove(args: Namespace, out: Printer) -> int:
    """`newsdesk feeds remove`. Raises UsageError naming the nearest subscription."""
    with open_newsdesk(args) as desk:
        feed = desk.remove_feed(args.url)
    out.line(f"removed {feed.url}; its articles stay in the archive")
    return 0


def _show(status: FeedStatus, out: Printer) -> None:
    from newsdesk.cli.article import local_time

    feed, state = status.feed, status.state
    title = feed.title or state.title or feed.url
    tags = "".join(f" #{tag}" for tag in feed.tags)
    if feed.source_class:
        tags += f"  {feed.source_class.replace('_', ' ')}"
    out.line((title, "title"), f"  {status.unread} unread of {status.articles}", (tags, "quiet"))
    when = f" · next refresh {local_time(state.next_due)}" if state.next_due and not state.gone else ""
    out.line((f"{feed.url}{when}", "quiet"), indent=2)
    if state.manners.address:
        out.line((f"moved for good: polled at {state.manners.address}", "quiet"), indent=2)
    if state.error:
        out.line((state.error, "bad"), indent=2)

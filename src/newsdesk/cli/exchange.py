"""`newsdesk feeds import` and `export`: subscriptions from and for other readers."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.cli.opening import read_settings
from newsdesk.cli.parser import add_verb
from newsdesk.errors import InputError, UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Printer
    from newsdesk.feedcare import Import
    from newsdesk.models import Feed


def add_verbs(actions: Verbs) -> None:
    verb = add_verb(
        actions,
        "import",
        import_feeds,
        "subscribe to the feeds of an OPML file or of newsboat's urls file",
        more="What is skipped is listed with the reason; the exit status is 1 then.",
    )
    verb.add_argument("file", metavar="FILE", help="`-` is standard input")
    verb.add_argument("--dry-run", action="store_true", help="only say what would be done")
    verb = add_verb(actions, "export", export, "write the subscriptions as OPML 2.0")
    verb.add_argument("file", metavar="FILE", nargs="?", default="-", help="default: standard output")


def import_feeds(args: Namespace, out: Printer) -> int:
    """`newsdesk feeds import`; returns 1 when something was skipped. Raises InputError, ConfigError."""
    from newsdesk import feedcare

    settings = read_settings(args)
    name = "standard input" if args.file == "-" else args.file
    chosen = feedcare.compare(feedcare.read_list(_read(args.file), name), settings.config.feeds)
    if not (chosen.new or chosen.tagged or chosen.known or chosen.skipped):
        raise InputError(f"{name}: has no feeds in it", "an OPML file or newsboat's urls file is wanted")
    _preview(chosen, name, out)
    if args.dry_run:
        out.line("nothing was changed; without --dry-run it is done")
    else:
        feedcare.take(settings, chosen)
        if chosen.new:
            out.line(f"written to {settings.paths.config_file}; `newsdesk fetch` gets their articles")
    for reason in chosen.skipped:
        out.note(f"{name}: skipped: {reason}")
    return 1 if chosen.skipped else 0


def export(args: Namespace, out: Printer) -> int:
    """`newsdesk feeds export`. Raises UsageError where the file is there or cannot be written."""
    from newsdesk import feedcare
    from newsdesk.cli.article import count

    feeds = read_settings(args).config.feeds
    document = feedcare.as_opml(feeds)
    if args.file == "-":
        out.out.write(document.decode("utf-8"))
        return 0
    try:
        with Path(args.file).open("xb") as file:
            file.write(document)
    except FileExistsError:
        raise UsageError(f"{args.file}: is there already", "name another file, or move it away") from None
    except OSError as error:
        raise UsageError(f"{args.file}: cannot be written: {error.strerror}") from None
    out.line(f"{count(len(feeds), 'feed')} written to {args.file}")
    return 0


def _preview(chosen: Import, name: str, out: Printer) -> None:
    """The counts first, then a line a feed that is new or changes."""
    from newsdesk.cli.article import count

    found = len(chosen.new) + len(chosen.tagged) + len(chosen.known)
    out.line(
        f"{count(found, 'feed')} in {name}: {len(chosen.new)} new, {len(chosen.tagged)} with more tags, "
        f"{len(chosen.known)} subscribed already, {len(chosen.skipped)} skipped"
    )
    for feed in chosen.new:
        out.line(("new", "good"), _described(feed))
    for feed in chosen.tagged:
        out.line(("tags", "quiet"), _described(feed))


def _described(feed: Feed) -> str:
    tags = "".join(f" #{tag}" for tag in feed.tags)
    return f" {feed.url}{f'  {feed.title}' if feed.title else ''}{tags}"


def _read(name: str) -> bytes:
    from newsdesk.feedcare import LIST_BYTES

    try:
        if name == "-":
            return sys.stdin.buffer.read(LIST_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(LIST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{name}: {(error.strerror or str(error)).lower()}") from None

"""`newsdesk archive`: the archive's state, copies, pruning, check."""

from __future__ import annotations

import argparse
import re
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.cli.opening import read_settings
from newsdesk.cli.parser import add_group, add_verb, whole_number
from newsdesk.errors import UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Part, Printer
    from newsdesk.models.care import ArchiveInfo, Pruning

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_MOST_FEEDS = 20


def add_verbs(verbs: Verbs) -> None:
    actions = add_group(verbs, "archive", "look after the archive: state, copies, pruning, check")
    verb = add_verb(actions, "info", info, "print sizes, counts, the oldest article and what is pending")
    verb.add_argument("--json", action="store_true", help="one JSON object")
    verb = add_verb(actions, "backup", back_up, "copy the archive; it may be in use meanwhile")
    verb.add_argument("file", metavar="FILE", nargs="?", help="a new file; default: in the backups folder")
    verb = add_verb(actions, "restore", restore, "put a copy in the archive's place; nothing is deleted")
    verb.add_argument("file", metavar="FILE")
    verb = add_verb(actions, "prune", prune, "take old articles out; what you marked stays")
    verb.add_argument("--older", metavar="AGE", type=age, help="published longer ago: 90d, 12w, 6m, 2y")
    verb.add_argument(
        "--keep", metavar="N", type=whole_number(0, 1_000_000), help="not among the newest N of its feed"
    )
    verb.add_argument("--feed", metavar="URL", help="only of this feed")
    verb.add_argument("--drop-figures", action="store_true", help="also sources of figures")
    verb.add_argument("--all", action="store_true", help="also with a star, a correction or figures")
    verb.add_argument("--yes", action="store_true", help="do it; without, it is only said what would go")
    verb.add_argument("--no-backup", action="store_true", help="without a copy before")
    verb = add_verb(actions, "check", check, "look at all of the archive and mend what can be mended")
    verb.add_argument("--dry-run", action="store_true", help="mend nothing")
    verb.add_argument(
        "--salvage", action="store_true", help="save what can be read of a damaged file into a new archive"
    )


def info(args: Namespace, out: Printer) -> int:
    """`newsdesk archive info`."""
    from newsdesk import archivecare

    found = archivecare.info(read_settings(args))
    if args.json:
        from msgspec.structs import asdict

        out.json(asdict(found))
    else:
        _show(found, out)
    return 0


def _show(found: ArchiveInfo, out: Printer) -> None:
    from newsdesk.cli.article import local_time

    def row(name: str, *says: Part) -> None:
        out.line((f"{name:<12}", "quiet"), *says)

    free = f", of it {_mb(found.free_bytes)} free" if found.free_bytes else ""
    row("archive", found.path)
    row("size", f"{_mb(found.bytes)}{free}")
    row("articles", f"{found.articles:,}, {found.unread_articles:,} unread, {found.starred:,} starred")
    row("passages", f"{found.passages:,}")
    row("revisions", f"{found.revisions:,}")
    row("figures", f"{found.figures:,}")
    row("entities", f"{found.entities:,}")
    row("corrections", f"{found.corrections:,}")
    row("feeds", f"{found.feeds:,}")
    for name, at in (("oldest", found.oldest), ("newest", found.newest)):
        row(name, local_time(at) if at else "none")
    says = ((found.index_pending, "search index"), (found.deep_pending, "deep pass"))
    waiting = ", ".join(f"{count:,} for the {what}" for count, what in says)
    row("pending", f"{waiting}, {found.pages_pending:,} for their page")
    row("pruned", f"{found.pruned:,}")
    row("version", f"{found.schema_version}; SQLite {found.sqlite_version}")
    for copy in found.backups:
        row("backup", f"{local_time(copy.made)}  {copy.occasion:<9}  {_mb(copy.bytes)}  {copy.path}")
    if not found.backups:
        row("backups", "none")


def back_up(args: Namespace, out: Printer) -> int:
    """`newsdesk archive backup`."""
    from newsdesk import archivecare

    file = archivecare.back_up(read_settings(args), Path(args.file).absolute() if args.file else None)
    out.line(f"wrote {file} ({_mb(file.stat().st_size)})")
    return 0


def restore(args: Namespace, out: Printer) -> int:
    """`newsdesk archive restore`."""
    from newsdesk import archivecare

    settings = read_settings(args)
    aside = archivecare.restore(settings, Path(args.file))
    there = f"; what was there is {aside} now" if aside else ""
    out.line(f"{settings.paths.archive} is the copy {args.file} now{there}")
    return 0


def prune(args: Namespace, out: Printer) -> int:
    """`newsdesk archive prune`."""
    from newsdesk import archivecare

    if args.older is None and args.keep is None and args.feed is None:
        way = "name --older AGE, --keep N or --feed URL"
        raise UsageError("archive prune: nothing says what is to go", way)
    settings = read_settings(args)
    before = None if args.older is None else datetime.now(UTC) - args.older
    wish = archivecare.wish(before, args.keep, args.feed, figures=args.drop_figures, marked=args.all)
    planned = archivecare.plan(settings, wish)
    _tell(planned, out)
    if not planned.articles:
        out.line("nothing is to go")
    elif not args.yes:
        out.line(f"{_articles(len(planned.articles))} would go; --yes takes them out")
    else:
        done = archivecare.take_out(settings, wish, copy=not args.no_backup)
        copy = f"; a copy from before: {done.copy}" if done.copy else ""
        space = "" if done.given_back else "; the space is used again, the file stays as large: it is in use"
        out.line(f"{_articles(done.articles)} went{copy}{space}")
    return 0


def _tell(planned: Pruning, out: Printer) -> None:
    for url, articles in planned.by_feed[:_MOST_FEEDS]:
        out.line(f"{articles:>7,}  {url}")
    if len(planned.by_feed) > _MOST_FEEDS:
        out.line(f"and of {len(planned.by_feed) - _MOST_FEEDS} more feeds")
    kept = (
        (planned.starred, "a star"),
        (planned.corrected, "a correction"),
        (planned.with_figures, "figures"),
    )
    says = ", ".join(f"{count:,} with {what}" for count, what in kept if count)
    if says:
        way = "--drop-figures takes those with figures alone, " if planned.with_figures else ""
        out.line(f"staying, although old enough: {says}; {way}--all takes them all")


def check(args: Namespace, out: Printer) -> int:
    """`newsdesk archive check`; returns 1 where something is left wrong."""
    from newsdesk import archivecare

    settings = read_settings(args)
    if args.salvage:
        saved = archivecare.salvage(settings)
        lost = f"; rows are lost of: {', '.join(saved.damaged)}" if saved.damaged else "; nothing is lost"
        out.line(f"saved {_articles(saved.articles)}{lost}; the damaged file is {saved.aside} now")
        return 1 if saved.damaged else 0
    found = archivecare.check(settings, repair=not args.dry_run)
    for one in found:
        if not one.fault:
            out.line(("ok", "good"), f" {one.name}")
        elif one.repaired:
            out.line(("mended", "good"), f" {one.name}: {one.fault}")
        else:
            way = "; `newsdesk archive check --salvage` saves what can be read" if one.name == "file" else ""
            out.line(("WRONG", "bad"), f" {one.name}: {one.fault}{way}")
    if any(one.repaired for one in found):
        out.line("the archive as it was is the newest copy in the backups folder")
    return 1 if any(one.fault and not one.repaired for one in found) else 0


def age(text: str) -> timedelta:
    """90d, 12w, 6m (of 30 days), 2y (of 365)."""
    found = re.fullmatch(r"(\d{1,5})([dwmy])", text)
    if not found or not int(found[1]):
        raise argparse.ArgumentTypeError(f"an age such as 90d, 12w, 6m or 2y is wanted, not {text!r}")
    return timedelta(days=int(found[1]) * _DAYS[found[2]])


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _mb(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"

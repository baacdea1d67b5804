"""The interface from the command line: `newsdesk` and `newsdesk demo`."""

from __future__ import annotations

import signal
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from newsdesk.cli.opening import check_keys, open_newsdesk
from newsdesk.cli.parser import add_verb
from newsdesk.errors import InputError, UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Printer
    from newsdesk.config import Settings
    from newsdesk.demo import Demo
    from newsdesk.desk import Newsdesk


def add_verbs(verbs: Verbs) -> None:
    add_verb(
        verbs,
        "demo",
        demo,
        "open the bundled sample desk in a throw-away home; no network is needed",
        more="Without a terminal it prints the sections of the sample desk's lead article.",
    )


def open_desk(args: Namespace, out: Printer) -> int:
    """`newsdesk` without a verb. Raises UsageError where there is no terminal."""
    if not at_terminal():
        raise UsageError(
            "there is no terminal to open the desk in",
            "use `newsdesk fetch`, `newsdesk search QUERY` and `newsdesk read ID` instead",
        )
    with open_newsdesk(args) as desk:
        check_keys(desk.settings)
        return _run(desk)


def demo(args: Namespace, out: Printer) -> int:
    """`newsdesk demo`: the samples come by the real fetch, from a server inside this process."""
    if args.home:
        raise UsageError("demo: has a throw-away home of its own", "leave out --home")
    import asyncio
    from tempfile import TemporaryDirectory

    from newsdesk.demo import serve
    from newsdesk.desk import Newsdesk

    _leave_orderly()
    with serve() as samples, TemporaryDirectory(prefix="newsdesk-demo-") as home:
        desk = Newsdesk.open(_demo_settings(samples, home, args.desk))
        try:
            asyncio.run(_fetch(desk, out))
            if at_terminal():
                return _run(desk, samples.notice)
            out.line(f"{samples.notice}.")
            out.line()
            _print_lead(desk, samples.lead_title, out)
            return 0
        finally:
            desk.close()


def _leave_orderly() -> None:
    """Told to go, or left by the terminal, unwind: the throw-away home goes, too."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))


def _run(desk: Newsdesk, notice: str = "") -> int:
    from newsdesk.tui.app import run

    return run(desk, notice=notice)


def _demo_settings(samples: Demo, home: str, desk: str | None) -> Settings:
    from msgspec.structs import replace

    from newsdesk.config import load
    from newsdesk.paths import paths

    settings = load(paths(home), desk=desk)
    config = replace(settings.config, desk=settings.desk.id, feeds=samples.feeds, fetch=samples.limits)
    return replace(settings, config=config, exists=True)


async def _fetch(desk: Newsdesk, out: Printer) -> None:
    from newsdesk.models import FeedDone

    async for event in desk.fetch():
        if isinstance(event, FeedDone) and event.error:
            out.note(f"{event.url}: {event.error}")


def _print_lead(desk: Newsdesk, title: str, out: Printer) -> None:
    from newsdesk.cli.article import print_article
    from newsdesk.models import View

    everything = View()
    rows = desk.headlines(everything, 0, desk.headline_count(everything))
    lead = next((row.id for row in rows if row.title == title), None)
    analysis = desk.stored_analysis(lead) if lead is not None else None
    if analysis is None:
        raise InputError(
            "the sample desk's lead article did not arrive", "`newsdesk doctor` looks for a cause"
        )
    print_article(out, analysis, desk.desk)


def at_terminal() -> bool:
    """Whether a person can see and type: both ends are terminals."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()

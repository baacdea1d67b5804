"""`newsdesk export`: what a query finds, as Markdown, JSON, CSV or RIS."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.cli.opening import open_newsdesk
from newsdesk.cli.parser import add_verb
from newsdesk.cli.waiting import add_read, read_waiting
from newsdesk.errors import UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Printer
    from newsdesk.export import Extract, Heading

SUFFIXES = {"markdown": "md", "json": "json", "csv": "csv", "ris": "ris"}
READ = 100
MOST = 1_000_000


def add_verbs(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "export",
        export,
        "write what a query finds with speakers, outlet, time, address, revision and hash",
        more="Figures that are negated or only supposed are no claims and left out.",
    )
    verb.add_argument("query", metavar="QUERY", nargs="+", help="as in `newsdesk search`")
    verb.add_argument(
        "--format", metavar="FORMAT", choices=list(SUFFIXES), default="markdown", help=", ".join(SUFFIXES)
    )
    verb.add_argument("--output", metavar="FILE", help="a new file, or a folder that gets one")
    verb.add_argument("--whole", action="store_true", help="whole articles, not only what the query finds")
    verb.add_argument("--passages", action="store_true", help="CSV: a row a passage, not a row a figure")
    verb.add_argument("--hxl", action="store_true", help="CSV: a row of HXL tags below the heading")
    add_read(verb)


def export(args: Namespace, out: Printer) -> int:
    """`newsdesk export`; finding nothing is no error. Raises UsageError where the file is there already."""
    from newsdesk.cli.article import count
    from newsdesk.export import Heading
    from newsdesk.exports import extracts, passages_found

    for option in ("passages", "hxl"):
        if getattr(args, option) and args.format != "csv":
            raise UsageError(f"export: --{option} is for CSV", "add --format csv")
    file = None if args.output is None else _new_file(args)
    query = " ".join(args.query)
    with open_newsdesk(args) as desk:
        read_waiting(desk, query, args.read, out)
        topics = tuple((topic.id, topic.title) for topic in desk.desk.topics)
        heading = Heading(query, desk.desk.id, topics, datetime.now(UTC), args.whole)
        found = passages_found(desk, query)
        if file is None:
            out.out.writelines(_text(args, extracts(desk, found, whole=args.whole), heading))
        elif found:
            from newsdesk.export import write_new

            write_new(file, _text(args, extracts(desk, found, whole=args.whole), heading))
            out.line(f"{count(len(found), 'article')} written to {file}")
    if not found:
        out.note(f"nothing to export: no passage has {query!r}{'; no file made' if file else ''}")
    return 0


def _new_file(args: Namespace) -> Path:
    """The file to write: a folder gets one named after query and time. Raises UsageError, before any work."""
    from newsdesk.export import file_name

    file = Path(args.output)
    if file.is_dir():
        now = f"{datetime.now(UTC):%Y%m%dt%H%M%S}"
        file /= file_name(" ".join(args.query), now, SUFFIXES[args.format])
    if file.exists() or file.is_symlink():
        raise UsageError(f"{file}: is there already", "name another file, or move it away")
    return file


def _text(args: Namespace, extracts: Iterable[Extract], heading: Heading) -> Iterator[str]:
    from newsdesk import export as forms

    if args.format == "csv":
        return forms.as_csv(extracts, passages=args.passages, hxl=args.hxl)
    if args.format == "json":
        return forms.as_json(extracts, heading)
    return (forms.as_ris if args.format == "ris" else forms.as_markdown)(extracts, heading)

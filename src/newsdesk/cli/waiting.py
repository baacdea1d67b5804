"""What waits, done before a query is answered: the index, and `--read N` articles of the deep pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.cli.indexing import index_few
from newsdesk.cli.parser import add_number
from newsdesk.cli.progress import bar
from newsdesk.errors import Busy

if TYPE_CHECKING:
    from newsdesk.cli.parser import Parser
    from newsdesk.cli.printer import Printer
    from newsdesk.desk import Newsdesk

MOST = 1_000_000
READ = 100
"""Articles that still wait and are read before answering: some 15 seconds."""


def add_read(verb: Parser) -> None:
    """The option `--read N`."""
    add_number(verb, "--read", "first read N of the articles that wait for the deep pass", READ, (0, MOST))


def read_waiting(desk: Newsdesk, query: str, most: int, out: Printer) -> None:
    """Index what is not indexed yet, and find entities and figures of articles that still wait: those of the
    query, then the newest.
    """
    from newsdesk.cli.article import count
    from newsdesk.models import Notice

    if query:
        index_few(desk, out)
    if not desk.deep_pending():
        return
    if most:
        first = list(dict.fromkeys(hit.article for hit in desk.search(query, limit=most))) if query else []
        try:
            done, total = 0, min(most, desk.deep_pending())
            with bar(out, "reading figures") as advance:
                advance(done, total)
                for event in desk.deepen_now(most, first):
                    if isinstance(event, Notice):
                        out.note(event.text)
                    else:
                        done += len(getattr(event, "ids", ()))
                        advance(done, total)
        except Busy as busy:
            out.note(busy.message)
    if waiting := desk.deep_pending():
        said = f"{count(waiting, 'article')} still to be read"
        out.note(f"{said}; `newsdesk` does it in the background, --read N now")

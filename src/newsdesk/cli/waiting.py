"""`--read N`: what waits for the deep pass, read before a query is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.cli.parser import add_number

if TYPE_CHECKING:
    from newsdesk.cli.parser import Parser

MOST = 1_000_000
READ = 100
"""Articles that still wait and are read before answering: some 15 seconds."""


def add_read(verb: Parser) -> None:
    """The option `--read N`."""
    add_number(verb, "--read", "first read N of the articles that wait for the deep pass", READ, (0, MOST))

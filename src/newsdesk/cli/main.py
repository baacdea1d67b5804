"""The program's entry: arguments in, exit status out, every error in one line."""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TextIO

from newsdesk import __version__
from newsdesk.cli import (
    archive,
    doctor,
    evaluating,
    exporting,
    feeds,
    fetching,
    findings,
    interface,
    reading,
    searching,
    settings,
    topics,
)
from newsdesk.cli.parser import GLOBAL_DEFAULTS, Parser, add_global_options
from newsdesk.cli.printer import Printer
from newsdesk.errors import NewsdeskError

EXIT_STATUS = "exit status: 0 done, 1 done in part (some feeds failed, some input was refused), \
2 wrong use or config"
INTERRUPTED = 128 + signal.SIGINT
READER_GONE = 128 + signal.SIGPIPE


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (default: the process's own); returns the exit status."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    out = printer()
    return guarded(lambda: _run(arguments, out), out, debug="--debug" in arguments)


def printer() -> Printer:
    """A printer on this process's standard output and standard error, in UTF-8."""
    return Printer(_utf8(sys.stdout), _utf8(sys.stderr))


def guarded(work: Callable[[], int], out: Printer, *, debug: bool) -> int:
    """The exit status of `work`, whatever it raises; with `debug` an unplanned exception goes on."""
    try:
        status = work()
        out.out.flush()
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return READER_GONE
    except NewsdeskError as error:
        out.note(error.line())
        return error.exit_status
    except Exception as error:
        if debug:
            raise
        if isinstance(error, OSError):  # a full disk, say: what is buffered will not get through either
            _discard_output()
        out.note(_unplanned(error))
        return 2


def build_parser() -> Parser:
    """The whole grammar of the command line."""
    parser = Parser(
        prog="newsdesk",
        description="A terminal newsroom reader. Without a verb it opens the desk.",
        epilog=EXIT_STATUS,
    )
    parser.add_argument("--version", action="version", version=f"newsdesk {__version__}")
    add_global_options(parser)
    parser.set_defaults(run=interface.open_desk, parser=parser)
    verbs = parser.add_subparsers(metavar="VERB", dest="verb")
    for group in (
        interface,
        fetching,
        reading,
        searching,
        findings,
        exporting,
        topics,
        evaluating,
        feeds,
        archive,
        settings,
        doctor,
    ):
        group.add_verbs(verbs)
    return parser


def _run(arguments: list[str], out: Printer) -> int:
    try:
        known, unknown = build_parser().parse_known_args(arguments, argparse.Namespace(**GLOBAL_DEFAULTS))
    except SystemExit as left:  # --help and --version have printed what was asked for
        return int(left.code or 0)
    if unknown:
        raise known.parser.unexpected(unknown[0])
    status: int = known.run(known, out)
    return status


def _unplanned(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return f"internal error: {type(error).__name__}: {error}; run again with --debug"


def _utf8(stream: TextIO | None) -> TextIO:
    """The stream, writing UTF-8 whatever the locale says; where it is closed, one that goes nowhere."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def _discard_output() -> None:
    """What is buffered for a reader that is gone, or a disk that is full, must not fail again at the end."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

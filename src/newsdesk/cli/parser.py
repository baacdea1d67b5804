"""The argument parser: global options before or after the verb, errors in one line with the nearest name."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from newsdesk.errors import UsageError

if TYPE_CHECKING:
    from newsdesk.cli.printer import Printer

    Verbs = argparse._SubParsersAction["Parser"]

Run = Callable[[argparse.Namespace, "Printer"], int]
"""A verb: gets its arguments and the printer, returns the exit status."""

GLOBAL_DEFAULTS: dict[str, object] = {"home": None, "desk": None, "offline": False, "debug": False}


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` that raises `UsageError` and knows its option names."""

    def __init__(self, **settings: Any) -> None:
        self.option_names: list[str] = []
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **settings)

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        action = super().add_argument(*names, **settings)
        self.option_names.extend(action.option_strings)
        return action

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self._verb()}{message}", f"`{self.prog} --help` shows how it is used")

    def unexpected(self, argument: str) -> UsageError:
        """The error for an `argument` that nothing took."""
        if not argument.startswith("-"):
            message = f"{self._verb()}one argument too many: {argument!r}"
            return UsageError(message, f"`{self.prog} --help` shows how it is used")
        from newsdesk.config import nearest

        option = argument.split("=", 1)[0]
        return UsageError(f"{self._verb()}unknown option {option!r}", nearest(option, self.option_names))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        # argparse lists all choices; one line with the nearest says more.
        if action.choices is None or value in action.choices:
            return
        from newsdesk.config import nearest

        what = str(action.metavar or action.dest).lower()
        names = [str(choice) for choice in action.choices]
        raise UsageError(f"{self._verb()}unknown {what} {str(value)!r}", nearest(str(value), names))

    def _verb(self) -> str:
        verb = self.prog.partition(" ")[2]
        return f"{verb}: " if verb else ""


def add_global_options(parser: Parser) -> None:
    """The options that every verb takes. They stand before or after the verb: without a default here, the
    verb's parser does not overwrite what the program's parser found."""
    missing = argparse.SUPPRESS
    parser.add_argument(
        "--home", metavar="DIR", default=missing, help="keep config, desks, archive and logs under DIR"
    )
    parser.add_argument("--desk", metavar="NAME", default=missing, help="the desk to work with")
    parser.add_argument("--offline", action="store_true", default=missing, help="never use the network")
    parser.add_argument(
        "--debug", action="store_true", default=missing, help="show a traceback when something breaks"
    )


def add_verb(verbs: Verbs, name: str, run: Run, says: str, *, more: str = "") -> Parser:
    """A verb `name` that calls `run`; `says` stands in the list of verbs, `more` in its own help."""
    verb = verbs.add_parser(name, help=says, description=f"{says[0].upper()}{says[1:]}.", epilog=more or None)
    add_global_options(verb)
    verb.set_defaults(run=run, parser=verb)
    return verb


def add_group(verbs: Verbs, name: str, says: str) -> Verbs:
    """A verb that has verbs of its own, such as `feeds list`."""
    group = verbs.add_parser(name, help=says, description=f"{says[0].upper()}{says[1:]}.")
    add_global_options(group)
    group.set_defaults(parser=group)
    return group.add_subparsers(dest="action", metavar="ACTION", required=True)


def add_number(verb: Parser, option: str, says: str, default: int, bounds: tuple[int, int]) -> None:
    """An option that takes a whole number N within the bounds; its help ends in the default."""
    verb.add_argument(
        option, metavar="N", type=whole_number(*bounds), default=default, help=f"{says} ({default})"
    )


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A `type=` for whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        if text.isdecimal() and len(text) < 12 and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"a whole number from {least} to {most} is wanted, not {text!r}")

    return read

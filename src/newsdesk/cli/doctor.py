"""`newsdesk doctor`: what is wrong here, and what to do about it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from newsdesk.cli.opening import check_keys, open_newsdesk
from newsdesk.cli.parser import add_verb
from newsdesk.errors import ConfigError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Part, Printer
    from newsdesk.doctor import Check


def add_verbs(verbs: Verbs) -> None:
    add_verb(
        verbs,
        "doctor",
        doctor,
        "look at config, archive, language model and feeds, and say what is wrong",
        more="The exit status is 1 when something is wrong.",
    )


def doctor(args: Namespace, out: Printer) -> int:
    """`newsdesk doctor`; returns 1 when something is wrong."""
    checks = _checks(args)
    for check in checks:
        mark: Part = (
            ("note", "quiet") if check.ok is None else ("ok", "good") if check.ok else ("WRONG", "bad")
        )
        hint = f"; {check.hint}" if check.hint else ""
        out.line(mark, f" {check.name}: {check.detail}{hint}")
    return 1 if any(check.ok is False for check in checks) else 0


def _checks(args: Namespace) -> tuple[Check, ...]:
    """All checks; where the config cannot be read, that is the one thing to say."""
    from newsdesk.doctor import Check

    try:
        with open_newsdesk(args, archive=False) as desk:
            check_keys(desk.settings)
            return desk.checks()
    except ConfigError as error:
        return (Check("config", False, error.message, error.hint),)

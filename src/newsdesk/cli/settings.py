"""`newsdesk config`: the config file."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from newsdesk.cli.opening import check_keys, read_settings
from newsdesk.cli.parser import add_group, add_verb
from newsdesk.errors import UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Printer


def add_verbs(verbs: Verbs) -> None:
    actions = add_group(verbs, "config", "write, find and check the config file")
    verb = add_verb(actions, "init", init, "write a config file with a desk and the desk's own feeds")
    verb.add_argument("--no-feeds", action="store_true", help="without the desk's feeds")
    add_verb(actions, "path", path, "print where the config file is, or would be")
    add_verb(actions, "check", check, "read the config file, its desk and its keys, and say what is wrong")


def init(args: Namespace, out: Printer) -> int:
    """`newsdesk config init`. Raises UsageError for an unknown desk, ConfigError where there is a config."""
    from newsdesk.config import DEFAULT_DESK, desk_names, nearest
    from newsdesk.desk import write_config
    from newsdesk.paths import paths

    where = paths(args.home)
    desk = args.desk or DEFAULT_DESK
    if desk not in desk_names(where):
        raise UsageError(f"unknown desk {desk!r}", nearest(desk, desk_names(where)))
    file = write_config(where, desk=desk, feeds=not args.no_feeds)
    out.line(f"wrote {file}")
    return 0


def path(args: Namespace, out: Printer) -> int:
    """`newsdesk config path`; works with a broken config too."""
    from newsdesk.paths import paths

    out.line(str(paths(args.home).config_file))
    return 0


def check(args: Namespace, out: Printer) -> int:
    """`newsdesk config check`. Raises ConfigError that names file and key."""
    settings = read_settings(args)
    check_keys(settings)
    file = settings.paths.config_file
    if settings.exists:
        feeds = len(settings.config.feeds)
        out.line(f"{file}: all right; desk {settings.desk.id}, feeds: {feeds}")
    else:
        out.line(f"{file}: not there, so the defaults hold; `newsdesk config init` writes one")
    return 0

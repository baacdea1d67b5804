"""Saved queries in the config file: written into `[queries]` as text, so that comments and order stay."""

from __future__ import annotations

import re
from pathlib import Path

import tomlkit

from newsdesk.config import parse_config, read_config
from newsdesk.errors import ConfigError, UsageError
from newsdesk.subscriptions import save, write_config

_NAME = re.compile(r"\w[\w-]{0,39}")


def checked_name(name: str) -> str:
    """A name that `@name` can say. Raises UsageError."""
    if not _NAME.fullmatch(name):
        raise UsageError("a name has letters, digits, - and _, 40 at most", "as in north-sea")
    return name


def save_query(file: Path, name: str, query: str, desk: str) -> None:
    """Save a query under a name, over one that has it; a missing config is made.

    Raises UsageError for the name, ConfigError; then nothing is written.
    """
    checked_name(name)
    if not file.exists():
        write_config(file, desk, [])
    config = read_config(file)
    document = tomlkit.parse(file.read_text(encoding="utf-8"))
    if "queries" not in document:
        document["queries"] = tomlkit.table()
    document["queries"][name] = query
    text = tomlkit.dumps(document)
    if parse_config(text, file).queries != {**config.queries, name: query}:
        raise ConfigError(f"{file}: its [queries] are written in a way that cannot be edited", "edit by hand")
    save(file, text, config.feeds)

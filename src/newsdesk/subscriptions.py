"""Subscriptions in the config file: added and removed there as text, so that comments and order stay.

Every edit is read back before it is saved: a file that would not hold exactly what was asked for is
left as it was.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tomlkit

from newsdesk.config import nearest, parse_config, read_config
from newsdesk.errors import ConfigError, UsageError
from newsdesk.models import Feed

HEADER = """\
# newsdesk's config. Put in only what differs from the defaults; docs/config.md lists every key.
# The subscriptions are the [[feeds]] tables; `newsdesk feeds add URL` writes one.
"""
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)
_FEED = re.compile(r"^\s*\[\[\s*feeds\s*\]\]", re.MULTILINE)


def write_config(file: Path, desk: str, feeds: Sequence[Feed]) -> None:
    """A new config. Raises ConfigError when one is there: nothing is written over."""
    if file.exists():
        raise ConfigError(f"{file}: is there already", "edit it, or move it away first")
    text = HEADER + "\n" + tomlkit.dumps({"desk": desk}) + "".join(map(_written, feeds))
    _save(file, text, tuple(feeds))


def add_feed(file: Path, feed: Feed, desk: str) -> None:
    """Subscribe; a missing config is made. Raises ConfigError when the feed is there already."""
    if not file.exists():
        write_config(file, desk, [feed])
        return
    feeds = read_config(file).feeds
    if any(one.url == feed.url for one in feeds):
        raise ConfigError(f"{file}: {feed.url} is subscribed already", "newsdesk feeds list shows it")
    text = file.read_text(encoding="utf-8")
    _save(file, text.rstrip("\n") + "\n" + _written(feed), (*feeds, feed))


def remove_feed(file: Path, url: str) -> Feed:
    """Unsubscribe and give back what stood there. Raises UsageError naming the nearest feed."""
    feeds = read_config(file).feeds if file.exists() else ()
    position = next((n for n, feed in enumerate(feeds) if feed.url == url), None)
    if position is None:
        raise UsageError(f"no feed {url}", nearest(url, [feed.url for feed in feeds]) or "there are no feeds")
    left = (*feeds[:position], *feeds[position + 1 :])
    _save(file, _without_table(file.read_text(encoding="utf-8"), position), left)
    return feeds[position]


def _without_table(text: str, position: int) -> str:
    """The text without its [[feeds]] table at `position`; comments above the next table stay with that."""
    tables = list(_FEED.finditer(text))
    if position >= len(tables):
        return text
    start = tables[position].start()
    following = _TABLE.search(text, tables[position].end())
    end = following.start() if following else len(text)
    lines = text[start:end].splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return text[:start] + text[start + len("".join(lines)) :].lstrip("\n")


def _written(feed: Feed) -> str:
    """A [[feeds]] table with the keys that differ from the defaults, `url` first."""
    plain = Feed(url=feed.url)
    table: dict[str, Any] = {"url": feed.url}
    for name in feed.__struct_fields__:
        value = getattr(feed, name)
        if value != getattr(plain, name):
            table[name] = list(value) if isinstance(value, tuple) else value
    return "\n[[feeds]]\n" + tomlkit.dumps(table)


def _save(file: Path, text: str, feeds: tuple[Feed, ...]) -> None:
    """Whole or not at all: a full disk leaves the old file. Raises ConfigError."""
    if parse_config(text, file).feeds != feeds:
        raise ConfigError(
            f"{file}: its [[feeds]] are written in a way that cannot be edited", "edit it by hand"
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=file.parent, prefix=".config", delete=False
        ) as draft:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
        os.replace(draft.name, file)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written: {error.strerror}") from None

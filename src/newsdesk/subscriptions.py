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

import msgspec
import tomlkit

from newsdesk.config import nearest, parse_config, read_config
from newsdesk.errors import ConfigError, UsageError
from newsdesk.models import Feed

HEADER = """\
# newsdesk's config. Put in only what differs from the defaults; docs/config.md lists every key.
# The subscriptions are the [[feeds]] tables; `newsdesk feeds add URL` writes one.
"""
_TABLE = re.compile(r"^\s*\[(?!\s*feeds\s*\.)", re.MULTILINE)
"""Where the next table begins; `[feeds.headers]` belongs to the feed above it."""
_FEED = re.compile(r"^\s*\[\[\s*feeds\s*\]\]", re.MULTILINE)


def write_config(file: Path, desk: str, feeds: Sequence[Feed]) -> None:
    """A new config. Raises ConfigError when one is there: nothing is written over."""
    if file.exists():
        raise ConfigError(f"{file}: is there already", "edit it, or move it away first")
    text = HEADER + "\n" + tomlkit.dumps({"desk": desk}) + "".join(map(_written, feeds))
    save(file, text, tuple(feeds))


def add_feed(file: Path, feed: Feed, desk: str) -> None:
    """Subscribe; a missing config is made. Raises ConfigError when the feed is there already."""
    if not file.exists():
        write_config(file, desk, [feed])
        return
    feeds = read_config(file).feeds
    if any(one.url == feed.url for one in feeds):
        raise ConfigError(f"{file}: {feed.url} is subscribed already", "newsdesk feeds list shows it")
    text = file.read_text(encoding="utf-8")
    save(file, text.rstrip("\n") + "\n" + _written(feed), (*feeds, feed))


def merge_feeds(file: Path, new: Sequence[Feed], changed: Sequence[Feed], desk: str) -> None:
    """Add many and change the tags of others (by address) in one write; a missing config is made.

    Raises ConfigError; then nothing is written.
    """
    if not file.exists():
        write_config(file, desk, new)
        return
    feeds = read_config(file).feeds
    text = file.read_text(encoding="utf-8")
    if changed:
        text, feeds = _changed(text, feeds, changed)
    added = "".join(map(_written, new))
    save(file, text.rstrip("\n") + "\n" + added if added else text, (*feeds, *new))


def change_feed(file: Path, feed: Feed) -> None:
    """Write a subscription's new settings over the old ones; it is found by its address.

    Raises ConfigError, UsageError naming the nearest feed.
    """
    feeds = read_config(file).feeds if file.exists() else ()
    known = [one.url for one in feeds]
    if feed.url not in known:
        raise UsageError(f"no feed {feed.url}", nearest(feed.url, known) or "there are no feeds")
    text, feeds = _changed(file.read_text(encoding="utf-8"), feeds, [feed])
    save(file, text, feeds)


def remove_feed(file: Path, url: str) -> Feed:
    """Unsubscribe and give back what stood there. Raises UsageError naming the nearest feed."""
    feeds = read_config(file).feeds if file.exists() else ()
    position = next((n for n, feed in enumerate(feeds) if feed.url == url), None)
    if position is None:
        raise UsageError(f"no feed {url}", nearest(url, [feed.url for feed in feeds]) or "there are no feeds")
    left = (*feeds[:position], *feeds[position + 1 :])
    save(file, _without_table(file.read_text(encoding="utf-8"), position), left)
    return feeds[position]


def put_back(file: Path, feed: Feed, before: str, after: str, desk: str) -> None:
    """Undo a removal: the file's text from before it, where nobody changed the file since; else the feed at
    the end. Raises ConfigError."""
    if file.exists() and file.read_text(encoding="utf-8") == after:
        save(file, before, parse_config(before, file).feeds)
    else:
        add_feed(file, feed, desk)


def _changed(text: str, feeds: tuple[Feed, ...], changed: Sequence[Feed]) -> tuple[str, tuple[Feed, ...]]:
    """The text with other values for the keys that differ; what else stands in the tables stays."""
    wanted = {feed.url: feed for feed in changed}
    document = tomlkit.parse(text)
    tables = document.get("feeds", [])
    for before, table in zip(feeds, tables, strict=True):
        after = wanted.get(before.url, before)
        for name in after.__struct_fields__:
            value = getattr(after, name)
            if value == getattr(before, name):
                continue
            if value == getattr(Feed(url=after.url), name):
                table.pop(name, None)
            else:
                table[name] = _plain(value)
    return tomlkit.dumps(document), tuple(wanted.get(feed.url, feed) for feed in feeds)


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
            table[name] = _plain(value)
    return "\n[[feeds]]\n" + tomlkit.dumps(table)


def _plain(value: Any) -> Any:
    """A setting as TOML has it; tables stand in one line, so that they stay with their feed."""
    plain = msgspec.to_builtins(value)
    if not isinstance(plain, dict):
        return plain
    table = tomlkit.inline_table()
    table.update(plain)
    return table


def save(file: Path, text: str, feeds: tuple[Feed, ...]) -> None:
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

"""The config: one TOML file into frozen, typed settings; and the desk that it names.

Every error says which file and key, and the nearest valid one. Only `desk`, `cli` and `tui` read
settings; the layers below get plain values.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct

from newsdesk.errors import ConfigError, UsageError
from newsdesk.models import Desk, Feed, Limits
from newsdesk.paths import Paths

BUILTIN_DESKS = Path(__file__).parent / "analysis" / "desks"
DEFAULT_DESK = "israel-hamas"

Record = TypeVar("Record")


class Ui(Struct, frozen=True, forbid_unknown_fields=True):
    """`[ui]`: how the interface looks."""

    theme: str = "newsdesk-dark"
    highlights: Literal["all", "entities", "figures", "none"] = "all"
    measure: int = 80
    """Columns that a line of an article takes at most."""
    spacing: Literal["roomy", "compact"] = "roomy"
    """Three lines for an article of the list, or two."""
    keys: Literal["newsdesk", "newsboat"] = "newsdesk"
    """The set of keys that `[keys]` is laid over."""
    pipe: str = "less"
    """The command that `|` offers first; split into arguments, never given to a shell."""
    mouse: bool = True


class AnalysisSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[analysis]`: what reads the articles."""

    model: str = "auto"
    """`auto` (the best installed one), `none` (rules only), or an installed spaCy model's name."""


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. `keys` maps action ids to keys ("j,down"); `feeds` are the subscriptions."""

    desk: str = DEFAULT_DESK
    topics: tuple[str, ...] = ()
    """The desk's optional topics that are switched on."""
    ui: Ui = Ui()
    fetch: Limits = Limits()
    analysis: AnalysisSettings = AnalysisSettings()
    keys: dict[str, str] = {}
    themes: dict[str, dict[str, str]] = {}
    """Themes of the reader's own: colours by variable, `base` is the one that they differ from."""
    queries: dict[str, str] = {}
    """Saved queries by name: other queries have them as `@name`."""
    feeds: tuple[Feed, ...] = ()


class Settings(Struct, frozen=True):
    """The config as read, with the desk it opens and where its files are."""

    config: Config
    desk: Desk
    paths: Paths
    exists: bool
    """Whether there is a config file; without one the defaults hold."""


def nearest(word: str, valid: Iterable[str]) -> str:
    """`did you mean X?`, or the valid words where none is near, as a hint."""
    known = sorted(valid)
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]}?"
    return f"valid: {', '.join(known)}" if known else ""


def desk_names(paths: Paths) -> tuple[str, ...]:
    """Built-in desks and the user's own, sorted."""
    files = [*BUILTIN_DESKS.glob("*.toml"), *paths.desks_dir.glob("*.toml")]
    return tuple(sorted({file.stem for file in files}))


def load(paths: Paths, *, desk: str | None = None) -> Settings:
    """Read the config and its desk; `desk` (the `--desk` option) takes another desk than the config's.

    Raises ConfigError for a wrong file, UsageError for an unknown `desk`.
    """
    exists = paths.config_file.is_file()
    config = read_config(paths.config_file) if exists else Config()
    name = desk or config.desk
    if name not in desk_names(paths):
        hint = nearest(name, desk_names(paths))
        if desk:
            raise UsageError(f"unknown desk {name!r}", hint)
        raise ConfigError(f"{paths.config_file}: desk: unknown desk {name!r}", hint)
    return Settings(config=config, desk=configured_desk(paths, name, config), paths=paths, exists=exists)


def read_config(file: Path) -> Config:
    """One config file. Raises ConfigError."""
    return parse_config(_text(file), file)


def parse_config(text: str, file: Path) -> Config:
    """A config's text; `file` is named in errors. Raises ConfigError."""
    raw = _toml(text, file)
    feeds = raw.pop("feeds", [])
    config = _convert(raw, Config, file)
    if not isinstance(feeds, list):
        raise ConfigError(f"{file}: feeds: write each feed as a [[feeds]] table")
    read = tuple(_read_feed(one, number, file) for number, one in enumerate(feeds, start=1))
    _refuse_twice(read, file)
    return msgspec.structs.replace(config, feeds=read)


def load_desk(paths: Paths, name: str, optional: Iterable[str] = ()) -> Desk:
    """A desk by name, with those of its optional topics that are named; the user's own file comes
    before the built-in one. Raises ConfigError.
    """
    desk = _whole_desk(paths, name)
    chosen = tuple(topic for topic in desk.topics if not topic.optional or topic.id in set(optional))
    return msgspec.structs.replace(desk, topics=chosen)


def configured_desk(paths: Paths, name: str, config: Config) -> Desk:
    """The desk as the config wants it; the config's `topics` are those of the config's own desk.

    Raises ConfigError.
    """
    if config.topics and name == config.desk:
        ids = [topic.id for topic in _whole_desk(paths, name).topics]
        for topic in config.topics:
            if topic not in ids:
                raise ConfigError(
                    f"{paths.config_file}: topics: {name} has no topic {topic!r}", nearest(topic, ids)
                )
    return load_desk(paths, name, config.topics)


def _whole_desk(paths: Paths, name: str) -> Desk:
    file = paths.desks_dir / f"{name}.toml"
    if not file.is_file():
        file = BUILTIN_DESKS / f"{name}.toml"
    desk = _convert(_toml(_text(file), file), Desk, file)
    ids = [topic.id for topic in desk.topics]
    if not ids:
        raise ConfigError(f"{file}: topics: a desk needs at least one [[topics]] table")
    for wrong in (one for one in ids if ids.count(one) > 1):
        raise ConfigError(f"{file}: topics: {wrong} stands there twice")
    # Desks are passed around: one from elsewhere must neither start a program nor see what is fetched.
    for feed in desk.feeds:
        for key in ("auth", "headers", "proxy"):
            if getattr(feed, key):
                raise ConfigError(
                    f"{file}: feeds[{feed.url}].{key}: is not for a desk", "put it into the config"
                )
    return msgspec.structs.replace(desk, id=name)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None


def _toml(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not valid TOML: {error}") from None


def _read_feed(raw: object, number: int, file: Path) -> Feed:
    name = raw.get("url") if isinstance(raw, dict) else None
    feed = _convert(raw, Feed, file, prefix=f"feeds[{name or number}]")
    if not re.match(r"(?:https?://[^/\s]|file:/)", feed.url):
        raise ConfigError(
            f"{file}: feeds: {feed.url!r} is no address", "give one that begins with https:// or http://"
        )
    for key, wrong, hint in _wrong_requests(feed):
        raise ConfigError(f"{file}: feeds[{feed.url}].{key}: {wrong}", hint)
    return feed


_OWN_HEADERS = (
    *("host", "user-agent", "accept", "accept-encoding", "connection", "content-length", "transfer-encoding"),
    *("te", "upgrade", "range", "if-none-match", "if-modified-since", "if-range", "cookie", "referer"),
)
"""Headers that the fetcher sets by itself, or never sends."""


def _wrong_requests(feed: Feed) -> Iterator[tuple[str, str, str]]:
    """(key, what is wrong, the way out) of the keys that a feed's requests are made of."""
    for name, value in feed.headers.items():
        key = f"headers.{name}"
        if not re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", name, re.ASCII) or not re.fullmatch(
            r"[ -~\xa0-\xff]*", value
        ):
            yield key, "is no header", "a name and one line of text are wanted"
        if name.lower() in _OWN_HEADERS:
            yield key, "newsdesk sets or leaves this header by itself", "leave it out"
        if name.lower() in ("authorization", "proxy-authorization"):
            yield key, "a password does not belong into the config", "use auth with password_command"
    if feed.auth and bool(feed.auth.password_command) == bool(feed.auth.password_env):
        yield "auth", "one of password_command and password_env is wanted", "docs/config.md shows how"
    if feed.auth and ":" in feed.auth.user:
        yield "auth.user", "a user's name has no colon", ""
    if feed.proxy.lower().startswith("socks"):
        yield "proxy", f"{feed.proxy!r}: SOCKS is not spoken here", "name an HTTP proxy: http://HOST:PORT"
    elif feed.proxy and not re.fullmatch(r"https?://[^/\s@:]+(?::\d{1,5})?/?", feed.proxy):
        yield "proxy", f"{feed.proxy!r} is no proxy", "write it as http://HOST:PORT, without a password"


def _refuse_twice(feeds: tuple[Feed, ...], file: Path) -> None:
    seen: set[str] = set()
    for feed in feeds:
        if feed.url in seen:
            raise ConfigError(f"{file}: feeds: {feed.url} stands there twice", "remove one of the two")
        seen.add(feed.url)


def _convert(raw: object, kind: type[Record], file: Path, prefix: str = "") -> Record:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(*_explained(str(error), kind, file, prefix)) from None


_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>[^`]+)`")
_WHERE = re.compile(r" - at `\$(?P<path>[^`]*)`$")


def _explained(message: str, kind: type[Any], file: Path, prefix: str) -> tuple[str, str]:
    """msgspec's words as (error, hint) that name file and key."""
    where = _WHERE.search(message)
    path = where["path"].lstrip(".") if where else ""
    text = _WHERE.sub("", message)
    unknown = _UNKNOWN.match(text)
    if unknown:
        key = ".".join(part for part in (prefix, path, unknown["key"]) if part)
        return f"{file}: {key}: unknown key", nearest(unknown["key"], _fields(kind, path))
    missing = re.match(r"Object missing required field `([^`]+)`", text)
    if missing:
        key = ".".join(part for part in (prefix, path, missing[1]) if part)
        return f"{file}: {key}: is missing", f"add a line {missing[1]} = ..."
    key = ".".join(part for part in (prefix, path) if part)
    return f"{file}: {key}: {text[:1].lower()}{text[1:]}", ""


def _fields(kind: type[Any], path: str) -> tuple[str, ...]:
    """The keys that may stand at `path` (as msgspec writes it: `ui`, `topics[2].pairs[...]`)."""
    for name in path.split("."):
        name = name.partition("[")[0]
        if not name:
            continue
        found = next((one.type for one in msgspec.structs.fields(kind) if one.name == name), None)
        inner = [one for one in (found, *getattr(found, "__args__", ())) if isinstance(one, type)]
        structs = [one for one in inner if issubclass(one, Struct)]
        if not structs:
            return ()
        kind = structs[0]
    return tuple(one.name for one in msgspec.structs.fields(kind))

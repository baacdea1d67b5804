"""What a person writes: a desk with its topics, lexicon and feeds."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

UNSORTED = "unsorted"
"""What the interface and the command line call the passages without a topic (key `0`)."""

EntityKind = Literal["person", "organization", "place", "group", "event"]


class Pair(Struct, frozen=True, forbid_unknown_fields=True):
    """An actor and an act that together are a cue: an official met, a council vetoed."""

    actors: tuple[str, ...]
    acts: tuple[str, ...]
    weight: float = 1.0


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """A subject of a desk. Words match whole words, case-insensitively; `*` stands for any ending;
    words with a blank in them are phrases. A strong word weighs 1.0, a weak one 0.5."""

    id: str
    title: str
    description: str = ""
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    against: tuple[str, ...] = ()
    """Words that speak against the topic: each takes a strong word's weight away."""
    needs: tuple[str, ...] = ()
    """At least one of these must stand in the article for the topic to count at full weight."""
    optional: bool = False
    """Off unless the config's `topics` names it."""


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a desk's entity lexicon: the full name, its kind, other names for it."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()


class Auth(Struct, frozen=True, forbid_unknown_fields=True):
    """A feed's log-in. The password stands in no file: a command prints it, or the environment has it."""

    user: str
    password_command: tuple[str, ...] = ()
    """A program with its arguments; the first line that it prints is the password. No shell."""
    password_env: str = ""
    """The name of an environment variable."""


SourceClass = Literal["", "reporting", "analysis", "official", "state_media"]
"""What kind of voice a feed is; empty where nobody said."""


class Feed(Struct, frozen=True, forbid_unknown_fields=True):
    """A subscription as the config (or a desk file) names it."""

    url: str
    title: str = ""
    tags: tuple[str, ...] = ()
    allow_private: bool = False
    """Lets this feed's host be a loopback or private address."""
    interval: Annotated[int, Meta(ge=15)] | None = None
    """Minutes between polls; None takes `[fetch] interval`."""
    full_text: Literal["always", "never", "short"] = "short"
    """Fetch the article's page: always, never, or when the feed's own text is short."""
    selector: str = ""
    """CSS: the elements of an article's page that hold its text; empty lets the extractors find it."""
    source_class: SourceClass = ""
    headers: dict[str, str] = {}
    """Further request headers, for the scheme, host and port of `url` only."""
    auth: Auth | None = None
    """A log-in, for the scheme, host and port of `url` only."""
    proxy: str = ""
    """`http://HOST:PORT` through which the feed and its articles' pages are fetched."""


class SubscriptionList(Struct, frozen=True):
    """What another reader's export holds: feeds, and what was left out, a line each with the reason."""

    feeds: tuple[Feed, ...]
    skipped: tuple[str, ...] = ()


class Desk(Struct, frozen=True, forbid_unknown_fields=True):
    """A beat: topics, suggested feeds, entity lexicon. One TOML file; `id` is the file's name."""

    title: str
    topics: tuple[Topic, ...]
    id: str = ""
    description: str = ""
    threshold: float = 1.0
    """The score from which a topic counts."""
    lexicon: tuple[Term, ...] = ()
    feeds: tuple[Feed, ...] = ()

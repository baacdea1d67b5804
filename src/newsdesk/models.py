"""The records that travel between the layers: frozen, plain, and nothing but data.

Offsets are Unicode code points into a passage's stored text. Times are aware UTC `datetime`s.
The words are those of docs/design.md; a record is made in one layer and read in the next.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

ANALYSIS_SCHEMA = "newsdesk/analysis/1"
ANALYSIS_VERSION = "1"
"""Stamp of the deep pass (entities, figures). Stored results of another version are made anew."""

UNSORTED = "unsorted"
"""What the interface and the command line call the passages without a topic (key `0`)."""

PassageKind = Literal["paragraph", "heading", "quote", "item", "furniture"]
EntityKind = Literal["person", "organization", "place", "group", "event"]
Quantifier = Literal[
    "exact", "more_than", "at_least", "less_than", "up_to", "approximately", "range", "vague", "fraction"
]
Category = Literal[
    "killed",
    "injured",
    "missing",
    "captured",
    "held",
    "released",
    "displaced",
    "sheltered",
    "arrested",
    "infected",
    "affected",
    "other",
]
Status = Literal["civilian", "combatant", "mixed", "unknown"]
Scope = Literal["incident", "day", "period", "cumulative", "current", "unknown"]
Stance = Literal["says", "confirms", "denies", "believes", "estimates", "demands"]
FullText = Literal["feed", "page", "summary"]
"""Which text of an article won: the feed's own content, the fetched page, or the summary only."""


# ---------------------------------------------------------------------- a desk and its feeds


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


# ---------------------------------------------------------------------- from the net


class Block(Struct, frozen=True):
    """One block of an extracted page or plain text, in reading order."""

    kind: PassageKind
    text: str


class Entry(Struct, frozen=True):
    """One entry of a feed, cleaned. `guid` is never empty: id, else link, else a hash of the text."""

    guid: str
    url: str
    title: str
    author: str
    published: datetime | None
    summary: tuple[Block, ...]
    content: tuple[Block, ...]
    """The feed's own full text; empty where it gives a summary only."""
    original: bytes = b""
    """The markup that the blocks were read from, UTF-8."""


class ParsedFeed(Struct, frozen=True):
    """A feed's body, read. `error` is set where the body is no feed; then `entries` is empty."""

    title: str
    site: str
    entries: tuple[Entry, ...]
    ttl: int | None = None
    """Minutes, as the feed itself asks (RSS ttl, sy:updatePeriod)."""
    dropped: int = 0
    """Entries beyond the newest that are kept."""
    error: str = ""
    notice: str = ""
    """What is wrong with a body that could be read in part, such as broken XML: its entries count."""
    cut: bool = False
    """The body ends before the feed does, so that entries may be missing."""


class FeedState(Struct, frozen=True):
    """What is remembered of a feed between polls; validators are kept exactly as received."""

    url: str
    title: str = ""
    site: str = ""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    last_poll: datetime | None = None
    last_success: datetime | None = None
    next_due: datetime | None = None
    failures: int = 0
    error: str = ""
    """The last poll's error in one line, or empty."""
    gone: bool = False
    """410: polled no more."""


class FeedStatus(Struct, frozen=True):
    """A line of `feeds list`: subscription, state, and counts."""

    feed: Feed
    state: FeedState
    articles: int
    unread: int


class IncomingArticle(Struct, frozen=True):
    """An article ready for the archive: split into passages, topics labelled by words."""

    guid: str
    url: str
    title: str
    author: str
    published: datetime | None
    passages: tuple[LabelledPassage, ...]
    full_text: FullText
    content_hash: str
    """Of title and passages' texts: another hash makes a new revision."""
    original: bytes = b""


# ---------------------------------------------------------------------- analysis


class Passage(Struct, frozen=True):
    """One block of an article. `heading` is the sub-heading that it stands under."""

    index: int
    kind: PassageKind
    heading: str | None
    text: str


class Cue(Struct, frozen=True):
    """Why a passage has a topic: a word, phrase, entity, `heading …`, `neighbours`, or a person."""

    topic: str
    cue: str
    weight: float


class LabelledPassage(Struct, frozen=True):
    """A passage with its topics, the primary one first; no topics means Unsorted."""

    index: int
    kind: PassageKind
    heading: str | None
    text: str
    topics: tuple[str, ...]
    scores: dict[str, float]
    """Of every topic with a score above 0, counted or not."""
    why: tuple[Cue, ...]
    manual: bool = False

    @property
    def topic(self) -> str | None:
        """The pane it stands in; None is Unsorted."""
        return self.topics[0] if self.topics else None


class Section(Struct, frozen=True):
    """The passages of one article under one topic; `topic` None is Unsorted (and comes last).

    `passages` holds each passage once, under its primary topic; `also` the ones that have this topic
    as a further one and stand elsewhere. A sub-heading stands in the section of the passage after it.
    """

    topic: str | None
    title: str
    passages: tuple[int, ...]
    also: tuple[int, ...] = ()


class Mention(Struct, frozen=True):
    """One occurrence of an entity."""

    passage: int
    start: int
    end: int
    text: str


class Entity(Struct, frozen=True):
    """A named thing of one article; `id` is kind/slug, the same in every article."""

    id: str
    name: str
    kind: EntityKind
    mentions: tuple[Mention, ...]


class Figure(Struct, frozen=True):
    """A numeric claim; docs/design.md has the meaning of every field."""

    passage: int
    start: int
    end: int
    text: str
    min: float | None
    max: float | None
    best: float | None
    quantifier: Quantifier
    noun: str | None
    unit: str | None
    category: Category
    event: str | None
    status: Status = "unknown"
    scope: Scope = "unknown"
    trend: Literal["up", "down"] | None = None
    place: str | None = None
    when: str | None = None
    asserted_by: str | None = None
    stance: Stance | None = None
    via: str | None = None
    hypothetical: bool = False
    parent: int | None = None
    """For a fraction or subset: the position, in the article's figures, of the figure it is a part of."""
    inferred: tuple[str, ...] = ()


class ArticleInfo(Struct, frozen=True):
    """What `analyze` says of the article itself."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: datetime | None = None
    language: str = "en"


class Analysis(Struct, frozen=True):
    """One article, analysed: what `newsdesk analyze --json` prints."""

    article: ArticleInfo
    desk: str
    passages: tuple[LabelledPassage, ...]
    sections: tuple[Section, ...]
    entities: tuple[Entity, ...]
    figures: tuple[Figure, ...]
    schema: str = ANALYSIS_SCHEMA
    analysis_version: str = ANALYSIS_VERSION
    notices: tuple[str, ...] = ()
    """What the reader should know of the analysis, such as that the language model is missing."""


# ---------------------------------------------------------------------- from the archive


class View(Struct, frozen=True):
    """Which articles a list shows: those with a passage of any of `topics` (empty: all)."""

    topics: frozenset[str] = frozenset()
    """Topic ids; `UNSORTED` among them takes in passages without a topic."""
    unread: bool = False
    words: str = ""
    """Narrow by words, each a prefix, all of them in title or text."""
    up_to: int | None = None
    """Only articles with an id up to this: what arrives later waits until it is asked for."""
    kept: frozenset[int] = frozenset()
    """Articles that stay in an unread list though they have been read since it was opened."""


class Headline(Struct, frozen=True):
    """An article as a row of the list; no bodies."""

    id: int
    title: str
    publisher: str
    published: datetime
    starred: bool
    unread: int
    """Unread passages."""
    passages: int
    topics: tuple[tuple[str, int], ...]
    """(topic id or UNSORTED, passages with it as primary topic), in the desk's order."""
    revision: int = 1


class TopicCount(Struct, frozen=True):
    """Passages that have the topic as primary one, in the whole archive."""

    topic: str
    passages: int
    unread: int


class Counts(Struct, frozen=True):
    """The archive at a glance, from maintained tables."""

    articles: int
    unread: int
    topics: tuple[TopicCount, ...]
    """In the desk's order, UNSORTED last."""
    feeds: int
    failing: int
    next_due: datetime | None
    deep_pending: int
    """Articles that wait for the deep pass."""
    newest_id: int


class StoredArticle(Struct, frozen=True):
    """An article as the screens show it."""

    id: int
    feed_url: str
    publisher: str
    url: str
    title: str
    author: str
    published: datetime
    fetched: datetime
    revision: int
    full_text: FullText
    starred: bool
    passages: tuple[LabelledPassage, ...]
    read: frozenset[int]
    """Indexes of the passages already read."""
    sections: tuple[Section, ...]
    entities: tuple[Entity, ...]
    figures: tuple[Figure, ...]
    deep: bool
    """Whether entities and figures of this revision are there."""


class Hit(Struct, frozen=True):
    """A passage that a search found; `spans` are the matched words in `text`."""

    article: int
    passage: int
    title: str
    url: str
    publisher: str
    published: datetime
    topic: str | None
    text: str
    spans: tuple[tuple[int, int], ...] = ()
    key: int = 0
    """Place in the search's order: `before` of the next page is the last hit's key."""


# ---------------------------------------------------------------------- what the background tells


class FeedDone(Struct, frozen=True, tag=True):
    """One feed's poll is over; with a JSON form that `fetch --json` prints."""

    url: str
    state: Literal["new", "unchanged", "not-due", "failed", "gone"]
    new: int = 0
    changed: int = 0
    error: str = ""
    next_due: datetime | None = None
    bytes: int = 0
    ms: int = 0


class ArticlesStored(Struct, frozen=True, tag=True):
    """Articles that are in the archive now, or anew."""

    ids: tuple[int, ...]


class DeepDone(Struct, frozen=True, tag=True):
    """Articles whose entities and figures are stored now, and how many still wait."""

    ids: tuple[int, ...]
    pending: int


class Progress(Struct, frozen=True, tag=True):
    """A long work's state: `what` is refresh, deep or relabel."""

    what: Literal["refresh", "deep", "relabel"]
    done: int
    total: int


class Notice(Struct, frozen=True, tag=True):
    """A line for the status line: the model is missing, another process fetches."""

    text: str
    kind: Literal["info", "warning"] = "info"


Event = FeedDone | ArticlesStored | DeepDone | Progress | Notice


# ---------------------------------------------------------------------- limits given to the fetcher


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """`[fetch]` of the config: how often, how much at once, how large, how long.

    Sources of the defaults: docs/fetching.md.
    """

    interval: Annotated[int, Meta(ge=15)] = 60
    """Minutes between polls of a feed; never below 15."""
    concurrency: Annotated[int, Meta(ge=1, le=64)] = 16
    """Requests under way at once, in all."""
    per_host: Annotated[int, Meta(ge=1, le=64)] = 2
    """Requests under way at once to one host."""
    spacing: Annotated[float, Meta(ge=0)] = 1.0
    """Seconds between the starts of two requests to one host."""
    connect_timeout: Annotated[float, Meta(gt=0)] = 5.0
    read_timeout: Annotated[float, Meta(gt=0)] = 10.0
    total_timeout: Annotated[float, Meta(gt=0)] = 30.0
    """Seconds; a feed that is not there by then is an error on that feed."""
    feed_bytes: Annotated[int, Meta(gt=0)] = 10_000_000
    """Decompressed bytes of a feed at most."""
    page_bytes: Annotated[int, Meta(gt=0)] = 5_000_000
    entries: Annotated[int, Meta(ge=1)] = 500
    """The newest entries of a feed that are kept."""
    pages: Annotated[int, Meta(ge=0)] = 20
    """Article pages fetched for one feed in one poll; the rest keep the feed's summary."""
    page_seconds: Annotated[float, Meta(gt=0)] = 5.0
    """Seconds that reading one page's text may take."""

"""From the archive to the screens: rows of lists, counts, an article as it is shown."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from newsdesk.models.analysis import Entity, Figure, LabelledPassage, Passage, Section
from newsdesk.models.desk import EntityKind, Feed
from newsdesk.models.incoming import FullText


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
    query: str = ""
    """Only articles of which this query (docs/searching.md) finds a passage; empty: all."""


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
    unindexed: int = 0
    """Articles that no search finds yet."""


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
    language: str = "en"
    page_note: str = ""
    """What took the text out of the article's page, or why that text was not taken; empty: never tried."""
    notices: tuple[str, ...] = ()
    """What the deep pass has to say of itself."""
    content_hash: str = ""
    """SHA-256 of this revision's words, in hexadecimal digits."""


class Edition(Struct, frozen=True):
    """One stored version of an article, to be compared with another one."""

    number: int
    fetched: datetime
    content_hash: str
    title: str
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...] | None
    """None where it was replaced before they were found."""


class Step(Struct, frozen=True, tag_field="did"):
    """What a person did, and can take back."""


class Marked(Step, frozen=True, tag="read"):
    """Passages marked read or unread, by article: (id, revision, indexes)."""

    passages: tuple[tuple[int, int, tuple[int, ...]], ...]
    read: bool


class Starred(Step, frozen=True, tag="star"):
    """A star given or taken."""

    article: int
    on: bool


class Corrected(Step, frozen=True, tag="topics"):
    """A passage's topics set by hand, known by the hash of its text; None: those of its words."""

    article: int
    text: bytes
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None


class Removed(Step, frozen=True, tag="feed"):
    """A feed unsubscribed, with the config's text before and after."""

    feed: Feed
    before: str
    after: str


class Height(Struct, frozen=True):
    """A topic's watermark (`models.news`), as stored; revision None: it was never looked at."""

    topic: str
    revision: int | None = None
    deep: int = 0
    looked: int = 0
    """Seconds since 1970."""


class Looked(Step, frozen=True, tag="looked"):
    """Topics marked as looked at."""

    before: tuple[Height, ...]
    after: tuple[Height, ...]


AnyStep = Marked | Starred | Corrected | Removed | Looked


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


class Matches(Struct, frozen=True):
    """What a query finds, without the texts."""

    keys: tuple[int, ...] = ()
    """The passages' keys (`Hit.key`), in the search's order."""
    words: tuple[tuple[tuple[str, ...], bool], ...] = ()
    """The words to mark: words in a row, folded, and whether the last one may go on."""
    ranked: bool = False
    """Whether the best stand first."""


class ArticleRef(Struct, frozen=True):
    """An article as what was found in it names it; the form that `--json` prints."""

    id: int
    title: str
    url: str
    publisher: str
    published: datetime


class FigureHit(Struct, frozen=True):
    """A claim of the archive with the article that it stands in."""

    article: ArticleRef
    figure: Figure
    key: tuple[int, int, int] = (0, 0, 0)
    """Its place in the order: `after` of the next page is the last hit's key."""


class EntityHit(Struct, frozen=True):
    """An entity of the archive with how often it is named, and where."""

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...]
    mentions: int
    """In all passages, or in those that a query found."""
    articles: int
    """Articles that mention it."""
    about: int
    """Articles that are about it."""
    key: tuple[int, int] = (0, 0)
    """Its place in the order: `after` of the next page is the last hit's key."""

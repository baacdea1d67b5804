"""The archive as the layers above see it: one object that bundles what the modules beside it do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from newsdesk.models import (
    AnyStep,
    Counts,
    Edition,
    EntityHit,
    Feed,
    FeedState,
    FeedStatus,
    Figure,
    FigureHit,
    Found,
    Headline,
    Hit,
    HostState,
    IncomingArticle,
    Label,
    Matches,
    Passage,
    Removed,
    Robots,
    StoredArticle,
    View,
    WantedPage,
)
from newsdesk.store import (
    articles,
    completing,
    deep,
    feeds,
    findings,
    incoming,
    indexing,
    labels,
    lists,
    pages,
    revisions,
    search,
    texts,
    undo,
)
from newsdesk.store.asked import Asked
from newsdesk.store.base import open_database
from newsdesk.store.incoming import KnownArticle, Poll, StoredPoll
from newsdesk.store.labels import Version
from newsdesk.store.texts import ArticleText
from newsdesk.store.topics import OpenDesk
from newsdesk.store.windows import MOST_ASKED

_AT_ONCE = 500
"""Rows of a list that are walked at once."""
STEPS = 5_000
"""SQLite's steps between two questions whether a query is still wanted: well under a millisecond."""


def open_archive(path: str | Path, *, read_only: bool = False) -> Archive:
    """Open the archive in a file: made where there is none, brought up to date where it is old.

    Raises NotAnArchive (empty, foreign, damaged), NewerArchive, ArchiveError; each with the way out.
    """
    return Archive(open_database(Path(path), read_only=read_only))


class Archive(Asked):
    """An open archive with an open desk. For one thread at a time; every method may raise ArchiveError."""

    # ------------------------------------------------------------------ labels

    def unlabelled(self, digest: str, limit: int) -> list[tuple[Version, tuple[Passage, ...]]]:
        """The newest articles whose labels are not of the open desk in this wording, with their passages."""
        return labels.waiting(self._database, digest, self._desk.desk, limit)

    def unlabelled_count(self, digest: str) -> int:
        """Articles whose labels are not of the open desk in this wording."""
        return labels.waiting_count(self._database, digest, self._desk.desk)

    def labelled_counts(self) -> dict[str, int]:
        """Articles by the desk whose labels they have."""
        return labels.labelled_counts(self._database)

    def note_wording(self, wording: bytes) -> None:
        """Keep the open desk's wording beside the labels made with it. Raises ArchiveError."""
        labels.note_wording(self._database, self._desk, wording)

    def earlier_wordings(self) -> list[tuple[int, bytes | None]]:
        """(labelling, wording) of the open desk's earlier wordings that articles still carry labels of."""
        return labels.earlier_wordings(self._database, self._desk)

    def keep_untouched(self, before: int, changed: Sequence[Sequence[str]]) -> Iterator[int]:
        """Keep the labels of articles without a changed phrase; how many, batch by batch."""
        return labels.keep_untouched(self._database, self._desk, before, changed)

    def save_labels(self, digest: str, batch: Iterable[tuple[Version, Sequence[Label]]]) -> int:
        """Store new labels of articles that `unlabelled` gave; how many passages have other topics now."""
        desk = OpenDesk(self._desk.desk, digest, self._desk.ids)
        return labels.save_labels(self._database, desk, batch)

    def correct(self, article_id: int, index: int, topics: Sequence[str] | None) -> bool:
        """A person's topics for a passage, the primary one first; they outlive re-labelling and revisions.

        None takes them back; False where there is no such passage.
        """
        return undo.correct(self._database, self._desk, article_id, index, topics)

    def label_anew(
        self, article_id: int, label: Callable[[Sequence[Passage]], Sequence[Label]], digest: str
    ) -> None:
        """Store labels made from one article's text, as after a correction that was taken back."""
        version = labels.version(self._database, article_id)
        if version is not None:
            passages = [passage for text in self.texts_of([article_id]) for passage in text.passages]
            self.save_labels(digest, [(version, label(passages))])

    # ------------------------------------------------------------------ feeds

    def sync_feeds(self, subscriptions: Sequence[Feed]) -> None:
        """Make the subscriptions those of the config; articles and states of removed ones stay."""
        feeds.sync_feeds(self._database, subscriptions)

    def feed_states(self) -> tuple[FeedState, ...]:
        """The state of every subscribed feed, in the config's order."""
        return feeds.feed_states(self._database)

    def feed_statuses(self) -> tuple[FeedStatus, ...]:
        """Every subscribed feed with its state and counts, in the config's order."""
        return feeds.feed_statuses(self._database)

    def known(self, feed_url: str, guids: Collection[str]) -> dict[str, KnownArticle]:
        """Which of a feed's entries are stored, by guid."""
        return incoming.known(self._database, feed_url, guids)

    def save_poll(self, state: FeedState, articles: Sequence[IncomingArticle], now: datetime) -> StoredPoll:
        """Store a poll and index its articles, all in one transaction."""
        with self._database.write():
            [stored] = self.save_polls([Poll(state, articles, now)])
            self.index(len(articles), [*stored.new_ids, *stored.changed_ids])
        return stored

    def save_polls(self, polls: Sequence[Poll]) -> list[StoredPoll]:
        """Store polls of different feeds in one transaction; searches find the articles once they are indexed
        (`index`).
        """
        return incoming.save_polls(self._database, self._desk, polls)

    # ------------------------------------------------------------------ pages, hosts

    def wanted_pages(self, feed_urls: Collection[str], limit: int) -> tuple[WantedPage, ...]:
        """Articles of these feeds whose page is still to be read, `limit` of each feed, newest first."""
        return pages.wanted_pages(self._database, feed_urls, limit)

    def save_page(self, feed_url: str, article: IncomingArticle, now: datetime) -> bool:
        """Store the text of an article's page in place of the feed's; False where there is nothing to do."""
        return incoming.save_page(self._database, self._desk, feed_url, article, now)

    def settle_page(self, article_id: int, note: str = "") -> None:
        """Ask for an article's page no more; `note` says why its text was not taken."""
        pages.settle(self._database, article_id, note)

    def count_try(self, article_id: int) -> None:
        """Nothing answered for an article's page: one try more."""
        pages.count_try(self._database, article_id)

    def hosts(self) -> tuple[HostState, ...]:
        """The hosts that asked for a pause once."""
        return pages.hosts(self._database)

    def save_host(self, host: HostState) -> None:
        """Remember what a host asked for."""
        pages.save_host(self._database, host)

    def robots(self, origin: str) -> Robots | None:
        """A site's robots.txt as it was fetched last."""
        return pages.robots(self._database, origin)

    def save_robots(self, found: Robots) -> None:
        """Keep a robots.txt in place of the earlier one."""
        pages.save_robots(self._database, found)

    # ------------------------------------------------------------------ lists and articles

    def counts(self) -> Counts:
        """The archive at a glance; unread ones are counted in passages."""
        return lists.counts(self._database, self._desk, self._stamp)

    def headlines(self, view: View, start: int, limit: int) -> tuple[Headline, ...]:
        """Rows `start` to `start + limit` of a view."""
        return lists.headlines(self._database, self._desk, self._windows, view, start, limit)

    def headline_count(self, view: View) -> int:
        """The rows of a view; of one narrowed by words at most `windows.MOST_NARROWED`."""
        with self._database.snapshot():
            return self._windows.count(self._desk, view)

    def headline_index(self, view: View, article_id: int) -> int | None:
        """The row of an article in a view; None where the view does not list it."""
        with self._database.snapshot():
            return self._windows.index(self._desk, view, article_id)

    def next_unread(
        self, view: View, after: tuple[int, int] | None = None, forward: bool = True
    ) -> tuple[int, int] | None:
        """The next unread (article, passage index) of the view's topics in list order; None at the end."""
        return lists.next_unread(self._database, self._desk, self._windows, view, after, forward=forward)

    def article(self, article_id: int) -> StoredArticle | None:
        """An article with passages, marks, entities and figures; `sections` is left empty."""
        with self._database.snapshot():
            return articles.article(self._database, self._desk, article_id)

    def revisions(self, article_id: int) -> tuple[articles.Revision, ...]:
        """Every stored version of an article's text, the oldest first."""
        return articles.revisions(self._database, article_id)

    def last_editions(self, article_id: int) -> tuple[Edition, ...]:
        """The current version of an article and the one before it, the older first."""
        return revisions.last_editions(self._database, article_id)

    def save_edition_figures(self, article_id: int, number: int, figures: Sequence[Figure]) -> None:
        """Store the figures of an earlier version."""
        revisions.save_figures(self._database, article_id, number, figures)

    def search(self, query: str, limit: int = 50, before: int | None = None) -> tuple[Hit, ...]:
        """Passages that a query finds, newest first; `before` is the last hit's `key`. Raises QueryError."""
        return search.search(self._database, self._desk, query, limit, before, saved=self._queries)

    def find(self, query: str, limit: int, before: int | None = None) -> Matches:
        """What `search` finds without the texts, which `hits` brings. Raises QueryError."""
        return search.find(self._database, self._desk, query, limit, before, saved=self._queries)

    def articles_found(self, query: str) -> list[int]:
        """The newest articles of which a query finds a passage, as many as a view lists.

        Raises QueryError.
        """
        now = datetime.now().astimezone()
        return search.articles_found(
            self._database, self._desk, query, MOST_ASKED, saved=self._queries, now=now
        )

    def take_found(self, query: str, articles: Sequence[int]) -> None:
        """Views with this query list these articles from now on: what `articles_found` said elsewhere."""
        self._windows.take_found(query, articles)

    def hits(self, keys: Sequence[int], matches: Matches) -> tuple[Hit, ...]:
        """The passages with these keys, in this order, their words marked; without those that are gone."""
        return search.hits(self._database, self._desk, keys, matches)

    def marked(self, text: str, matches: Matches) -> tuple[tuple[int, int], ...]:
        """Where the words of what was found stand in a text, as code points."""
        return search.marked(self._database, text, matches)

    def filter_values(self, field: str, begin: str, limit: int) -> tuple[str, ...]:
        """Values of a filter that begin so, such as topics and entities; none for filters without names."""
        return completing.values(self._database, self._desk, field, begin, limit)

    def stop_when(self, unwanted: Callable[[], bool]) -> None:
        """From now on reading ends with Stopped as soon as this says so; it is asked from within."""
        self._database.connection.set_progress_handler(unwanted, STEPS)

    def index(self, most: int = indexing.BATCH, first: Sequence[int] = ()) -> int:
        """Let searches find some `most` of the articles that wait: those of `first`, then the newest; how
        many these were.
        """
        return indexing.index(self._database, most, first)

    def merge_index(self, *, begin: bool) -> bool:
        """Bring the search index's parts together a step further; False when that is done."""
        return indexing.merge(self._database, begin=begin)

    def unindexed_count(self) -> int:
        """Articles that no search finds yet."""
        return indexing.pending_count(self._database)

    def newest_texts(self, most: int) -> tuple[ArticleText, ...]:
        """The newest articles with their passages, as many as have `most` passages together."""
        return texts.newest(self._database, most)

    def texts_of(self, articles: Sequence[int]) -> tuple[ArticleText, ...]:
        """The articles with these ids, with their passages."""
        return texts.texts_of(self._database, articles)

    def figures(
        self, query: str = "", limit: int = 50, after: tuple[int, int, int] | None = None
    ) -> tuple[FigureHit, ...]:
        """Claims, the newest first; with a query, those that it finds. Raises QueryError."""
        return findings.figures(self._database, self._desk, query, limit, after, saved=self._queries)

    def entities(
        self, query: str = "", limit: int = 50, after: tuple[int, int] | None = None
    ) -> tuple[EntityHit, ...]:
        """Entities by mentions; with a query, by those in passages that it finds. Raises QueryError."""
        return findings.entities(self._database, self._desk, query, limit, after, saved=self._queries)

    # ------------------------------------------------------------------ marks

    def mark_read(
        self, article_id: int, passages: Collection[int] | None = None, read: bool = True
    ) -> frozenset[int]:
        """Mark passages (None: all) read or unread; returns the indexes that changed."""
        chosen = None if passages is None else sorted(passages)
        return undo.mark_read(self._database, self._desk, article_id, chosen, read)

    def mark_all_read(self, view: View) -> int:
        """Mark read what a view shows: its articles' passages of its topics. Returns how many there were."""
        ids: list[int] = []
        unread = msgspec.structs.replace(view, unread=True, kept=frozenset())
        with self._database.snapshot():
            while keys := self._windows.keys(self._desk, unread, len(ids), _AT_ONCE):
                ids += [article for _, article in keys]
        return undo.mark_all_read(self._database, self._desk, ids, view.topics)

    def star(self, article_id: int, on: bool) -> None:
        """Set or take away an article's star."""
        undo.star(self._database, self._desk, article_id, on)

    def record_removal(self, removed: Removed) -> None:
        """Put a feed's removal on the journal."""
        undo.record(self._database, self._desk, removed)

    def undo(self) -> AnyStep | None:
        """Take back what a person did last (marks, stars, topics); a removed feed is only crossed out."""
        return undo.undo(self._database, self._desk)

    def redo(self) -> AnyStep | None:
        """Do again what was undone last."""
        return undo.redo(self._database, self._desk)

    # ------------------------------------------------------------------ the deep pass

    def deep_pending(self, limit: int, first: Sequence[int] = ()) -> tuple[deep.Waiting, ...]:
        """Articles that wait for the deep pass: those of `first`, then the newest."""
        with self._database.snapshot():
            return deep.pending(self._database, self._desk, limit, first, self._stamp)

    def deep_waits(self, article_id: int) -> bool:
        """Whether an article waits for the deep pass."""
        with self._database.snapshot():
            return deep.waits(self._database, article_id, self._stamp)

    def save_deep(self, article_id: int, revision: int, found: Found) -> bool:
        """Store an article's entities and figures; False when its text was replaced meanwhile."""
        return deep.save(self._database, article_id, revision, found, self._stamp)

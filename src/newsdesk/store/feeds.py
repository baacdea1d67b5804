"""Subscriptions and what is remembered of each feed between polls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from newsdesk.models import Feed, FeedState, FeedStatus, Manners
from newsdesk.store.base import Database, Row
from newsdesk.store.packing import exact_time, micros

_STATE = """url, title, site, etag, last_modified, body_hash, last_poll, last_success, next_due,
  failures, error, gone, manners"""


def sync_feeds(database: Database, feeds: Sequence[Feed]) -> None:
    """Make the subscriptions those of the config, in its order. Articles and states of removed ones stay.

    Where nothing differs, which is the rule at every start, nothing is written.
    """
    wanted = [(feed.url, place, _json(feed)) for place, feed in enumerate(feeds)]
    stored = database.rows(
        "SELECT url, position, subscription FROM feed WHERE position IS NOT NULL ORDER BY position"
    )
    if stored == wanted or not database.writable:
        return
    with database.write():
        before = {url for url, *_ in stored}
        database.run("UPDATE feed SET position = NULL WHERE position IS NOT NULL")
        for feed, (url, place, subscription) in zip(feeds, wanted, strict=True):
            database.run(
                """INSERT INTO feed (url, position, subscription, publisher) VALUES (?1, ?2, ?3, '')
                ON CONFLICT (url) DO UPDATE SET position = ?2, subscription = ?3""",
                (url, place, subscription),
            )
            if url not in before:  # subscribed anew: one that was gone is asked once more
                database.run("UPDATE feed SET gone = 0, error = '' WHERE url = ? AND gone = 1", (url,))
            own = database.value("SELECT title FROM feed WHERE url = ?", (url,))
            database.run("UPDATE feed SET publisher = ? WHERE url = ?", (_publisher(feed, own), url))


def feed_states(database: Database) -> tuple[FeedState, ...]:
    """The state of every subscribed feed, in the config's order."""
    rows = database.rows(f"SELECT {_STATE} FROM feed WHERE position IS NOT NULL ORDER BY position")
    return tuple(_state(row) for row in rows)


def feed_statuses(database: Database) -> tuple[FeedStatus, ...]:
    """Every subscribed feed with its state and counts, in the config's order."""
    rows = database.rows(
        f"""SELECT subscription, articles, unread, {_STATE} FROM feed
        WHERE position IS NOT NULL ORDER BY position"""
    )
    return tuple(
        FeedStatus(
            feed=msgspec.json.decode(subscription, type=Feed),
            state=_state(tuple(state)),
            articles=articles,
            unread=unread,
        )
        for subscription, articles, unread, *state in rows
    )


def save_state(database: Database, state: FeedState) -> int:
    """Store a feed's state within a transaction; returns the feed's row id.

    A feed that is not subscribed (it was removed while its poll ran) is kept without a subscription.
    """
    found = database.row("SELECT id, subscription FROM feed WHERE url = ?", (state.url,))
    feed = msgspec.json.decode(found[1], type=Feed) if found else Feed(url=state.url)
    if found is None:
        database.run(
            "INSERT INTO feed (url, subscription, publisher) VALUES (?, ?, '')", (state.url, _json(feed))
        )
        found = database.row("SELECT id FROM feed WHERE url = ?", (state.url,))
    assert found is not None
    database.run(
        """UPDATE feed SET publisher = ?, title = ?, site = ?, etag = ?, last_modified = ?, body_hash = ?,
          last_poll = ?, last_success = ?, next_due = ?, failures = ?, error = ?, gone = ?, manners = ?
          WHERE id = ?""",
        (
            _publisher(feed, state.title),
            state.title,
            state.site,
            state.etag,
            state.last_modified,
            state.body_hash,
            micros(state.last_poll),
            micros(state.last_success),
            micros(state.next_due),
            state.failures,
            state.error,
            int(state.gone),
            msgspec.json.encode(state.manners).decode(),
            found[0],
        ),
    )
    row_id: int = found[0]
    return row_id


def feed_summary(database: Database) -> tuple[int, int, datetime | None]:
    """(subscribed feeds, failing ones, the next poll's time)."""
    row = database.row(
        """SELECT count(*), coalesce(sum(error != ''), 0), min(CASE WHEN gone = 0 THEN next_due END)
        FROM feed WHERE position IS NOT NULL"""
    )
    assert row is not None
    return row[0], row[1], exact_time(row[2])


def _state(row: Row) -> FeedState:
    url, title, site, etag, last_modified, body_hash, last_poll, last_success, next_due, *rest = row
    failures, error, gone, manners = rest
    return FeedState(
        url=url,
        title=title,
        site=site,
        etag=etag,
        last_modified=last_modified,
        body_hash=body_hash,
        last_poll=exact_time(last_poll),
        last_success=exact_time(last_success),
        next_due=exact_time(next_due),
        failures=failures,
        error=error,
        gone=bool(gone),
        manners=msgspec.json.decode(manners, type=Manners),
    )


def _publisher(feed: Feed, own_title: str) -> str:
    """The config's name of the feed, else its own, else its host."""
    return feed.title or own_title or urlsplit(feed.url).hostname or feed.url


def _json(feed: Feed) -> str:
    return msgspec.json.encode(feed).decode()

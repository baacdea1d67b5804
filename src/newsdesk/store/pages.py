"""Article pages that are still to be read, and what hosts said about that: pauses, robots.txt."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from newsdesk.models import HostState, Robots, WantedPage
from newsdesk.store.base import Database
from newsdesk.store.packing import exact_time, micros, time_of


def wanted_pages(database: Database, feed_urls: Collection[str], limit: int) -> tuple[WantedPage, ...]:
    """The newest articles of these feeds whose page is still to be read, `limit` of each feed at most."""
    rows = database.rows(
        """SELECT article_id, feed, guid, url, title, author, published, length, tries FROM (
          SELECT w.article_id, f.url AS feed, a.guid, w.url, a.title, a.author, a.published, w.length,
            w.tries, row_number() OVER (PARTITION BY w.feed_id ORDER BY a.sort DESC, a.id DESC) AS place
          FROM json_each(?) AS chosen JOIN feed AS f ON f.url = chosen.value
          JOIN wanted_page AS w ON w.feed_id = f.id JOIN article AS a ON a.id = w.article_id)
        WHERE place <= ? ORDER BY place""",
        (msgspec.json.encode(list(feed_urls)).decode(), limit),
    )
    return tuple(
        WantedPage(
            article, feed, guid, url, title, author, None if at is None else time_of(at), length, tries
        )
        for article, feed, guid, url, title, author, at, length, tries in rows
    )


def count_try(database: Database, article: int) -> None:
    """Nothing answered for an article's page: one try more."""
    with database.write():
        database.run("UPDATE wanted_page SET tries = tries + 1 WHERE article_id = ?", (article,))


def settle(database: Database, article: int, note: str = "") -> None:
    """An article's page is not asked for any more; `note` says why its text was not taken."""
    with database.write():
        database.run("UPDATE article SET page_note = ? WHERE id = ?", (note, article))
        database.run("DELETE FROM wanted_page WHERE article_id = ?", (article,))


def hosts(database: Database) -> tuple[HostState, ...]:
    """Every host that asked for a pause once."""
    rows = database.rows("SELECT name, paused_until, pages_until FROM host")
    return tuple(HostState(name, exact_time(paused), exact_time(pages)) for name, paused, pages in rows)


def save_host(database: Database, host: HostState) -> None:
    """Remember what a host asked for."""
    with database.write():
        database.run(
            "INSERT OR REPLACE INTO host (name, paused_until, pages_until) VALUES (?, ?, ?)",
            (host.host, micros(host.paused_until), micros(host.pages_until)),
        )


def robots(database: Database, origin: str) -> Robots | None:
    """The robots.txt of a site as it was fetched last."""
    row = database.row(
        "SELECT origin, fetched, status, body, etag, last_modified FROM robots WHERE origin = ?", (origin,)
    )
    if row is None:
        return None
    fetched = exact_time(row[1])
    assert fetched is not None
    return Robots(row[0], fetched, *row[2:])


def save_robots(database: Database, found: Robots) -> None:
    """Keep a robots.txt in place of the earlier one."""
    with database.write():
        database.run(
            "INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?, ?, ?)",
            (
                found.origin,
                micros(found.fetched),
                found.status,
                found.body,
                found.etag,
                found.last_modified,
            ),
        )

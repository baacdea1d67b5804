"""When to poll and what an answer means: tables of old state, answer, new state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from newsdesk.models import Feed, FeedState, Limits
from newsdesk.update.decide import (
    LONGEST,
    Answer,
    Plan,
    after_answer,
    freshness,
    is_due,
    outcome,
    plan,
    retry_after,
)

NOW = datetime(2024, 3, 27, 12, 0, tzinfo=UTC)
URL = "https://wire.example/feed"
FEED = Feed(url=URL)
OLD = FeedState(
    url=URL, etag='"old"', last_modified="Mon, 25 Mar 2024 9:04:05 GMT", body_hash="h0", failures=2
)


def after(answer: Answer, state: FeedState = OLD, feed: Feed = FEED) -> FeedState:
    return after_answer(Plan(feed, state), answer, Limits(), NOW, jitter=0)


def wait(state: FeedState) -> timedelta:
    assert state.next_due is not None
    return state.next_due - NOW


def test_validators_are_kept_to_the_letter() -> None:
    headers = {"etag": 'W/"a/?,;x"', "last-modified": "Mon, 02 Jan 2023 3:04:05 GMT"}
    new = after(Answer(200, headers, body_hash="h1"))
    assert (new.etag, new.last_modified) == ('W/"a/?,;x"', "Mon, 02 Jan 2023 3:04:05 GMT")
    assert (new.failures, new.error, new.body_hash) == (0, "", "h1")


def test_a_header_that_vanishes_is_sent_no_more() -> None:
    new = after(Answer(200, {"etag": '"new"'}, body_hash="h1"))
    assert (new.etag, new.last_modified) == ('"new"', None)


def test_a_304_replaces_only_what_it_names() -> None:
    assert after(Answer(304, {"etag": '"newer"'})).etag == '"newer"'
    kept = after(Answer(304, {}))
    assert (kept.etag, kept.last_modified, kept.body_hash) == (OLD.etag, OLD.last_modified, "h0")


def test_validators_never_run_ahead_of_what_is_stored() -> None:
    broken = after(Answer(200, {"etag": '"new"'}, error="not a feed", body_hash="h1"))
    assert (broken.etag, broken.body_hash, broken.failures) == ('"old"', "h0", 3)
    assert broken.error == "not a feed"


@pytest.mark.parametrize(
    ("headers", "ttl", "minutes"),
    [
        ({}, None, 60),
        ({}, 180, 180),
        ({}, 5, 60),
        ({"cache-control": "public, max-age=43200"}, None, 720),
        ({"cache-control": "max-age=43200", "age": "3600"}, None, 660),
        ({"cache-control": "max-age=60"}, None, 60),
        ({"cache-control": "no-cache"}, None, 60),
        ({"cache-control": "max-age=soon"}, None, 60),
        ({"cache-control": "max-age=-5"}, None, 60),
        ({"expires": "Wed, 27 Mar 2024 15:00:00 GMT"}, None, 180),
        ({"expires": "Wed, 27 Mar 2024 10:00:00 GMT"}, None, 60),
        ({"expires": "0"}, None, 60),
        ({"cache-control": "max-age=31536000"}, None, 7 * 24 * 60),
        ({}, 10**9, 7 * 24 * 60),
    ],
)
def test_a_wish_makes_the_interval_longer_never_shorter(
    headers: dict[str, str], ttl: int | None, minutes: int
) -> None:
    assert wait(after(Answer(200, headers, ttl=ttl, read=True))) == timedelta(minutes=minutes)


def test_a_feeds_own_interval_counts() -> None:
    assert wait(after(Answer(304, {}), feed=Feed(url=URL, interval=240))) == timedelta(hours=4)


@pytest.mark.parametrize(("failures", "hours"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 24), (50, 24)])
def test_back_off_doubles_up_to_a_day(failures: int, hours: int) -> None:
    state = replace(OLD, failures=failures)
    assert wait(after(Answer(500, {}, error="HTTP 500"), state)) == timedelta(hours=hours)


@pytest.mark.parametrize("value", ["7200", "Wed, 27 Mar 2024 14:00:00 GMT"])
def test_retry_after_is_obeyed(value: str) -> None:
    assert retry_after({"retry-after": value}, NOW) == timedelta(hours=2)
    state = replace(OLD, failures=0)
    assert wait(after(Answer(429, {"retry-after": value}, error="HTTP 429"), state)) == timedelta(hours=2)


def test_absurd_retry_after_is_capped() -> None:
    assert retry_after({"retry-after": "99999999999999"}, NOW) == LONGEST
    assert retry_after({"retry-after": "later"}, NOW) == timedelta(0)


def test_gone_is_polled_no_more_even_when_forced() -> None:
    gone = after(Answer(410, {}, error="HTTP 410"))
    assert gone.gone
    assert outcome(Answer(410, {}), changed=False) == "gone"
    due, rest = plan([FEED], [gone], NOW, force=True)
    assert (due, [one.state.gone for one in rest]) == ((), [True])


def test_jitter_only_lengthens() -> None:
    new = after_answer(Plan(FEED, OLD), Answer(304, {}), Limits(), NOW, jitter=1)
    assert wait(new) == timedelta(minutes=63)


def test_due_the_longest_overdue_first() -> None:
    feeds = [Feed(url=f"https://{name}.example/") for name in "abcd"]
    states = [
        FeedState(url="https://a.example/", next_due=NOW - timedelta(minutes=1)),
        FeedState(url="https://b.example/", next_due=NOW + timedelta(minutes=1)),
        FeedState(url="https://c.example/", next_due=NOW - timedelta(hours=1)),
    ]
    due, rest = plan(feeds, states, NOW)
    assert [one.feed.url[8] for one in due] == ["d", "c", "a"]
    assert [one.feed.url[8] for one in rest] == ["b"]
    forced, left = plan(feeds, states, NOW, force=True)
    assert (len(forced), left) == (4, ())


def test_a_clock_that_jumped_puts_no_feed_to_sleep() -> None:
    assert is_due(FeedState(url=URL, next_due=NOW + timedelta(days=3650)), NOW)
    assert not is_due(FeedState(url=URL, next_due=NOW + LONGEST), NOW)


def test_freshness_is_unknown_where_nothing_is_said() -> None:
    assert freshness({}, NOW) is None
    assert freshness({"cache-control": "public"}, NOW) is None
    assert freshness({"expires": "Wed, 27 Mar 2024 13:00:00"}, NOW) == timedelta(hours=1)

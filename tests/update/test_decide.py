"""When to poll and what an answer means: tables of old state, answer, new state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from newsdesk.models import Feed, FeedState, HostState, Limits, Manners
from newsdesk.update.decide import (
    LONGEST,
    Answer,
    Plan,
    after_answer,
    freshness,
    host_pause,
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
    def due(state: FeedState) -> bool:
        return bool(plan([FEED], [state], NOW)[0])

    assert due(FeedState(url=URL, next_due=NOW + timedelta(days=3650)))
    assert not due(FeedState(url=URL, next_due=NOW + LONGEST))
    paused = Manners(paused_until=NOW + timedelta(days=3650))
    assert due(FeedState(url=URL, next_due=NOW, manners=paused))


def test_freshness_is_unknown_where_nothing_is_said() -> None:
    assert freshness({}, NOW) is None
    assert freshness({"cache-control": "public"}, NOW) is None
    assert freshness({"expires": "Wed, 27 Mar 2024 13:00:00"}, NOW) == timedelta(hours=1)


# ---------------------------------------------------------------------- wishes


def test_wishes_outlive_a_304_that_is_silent_about_them() -> None:
    told = after(Answer(200, {"cache-control": "max-age=43200"}, ttl=90, read=True, body_hash="h1"))
    silent = after(Answer(304, {}), told)
    assert wait(silent) == timedelta(hours=12)
    shorter = after(Answer(304, {"cache-control": "max-age=60"}), told)
    assert wait(shorter) == timedelta(minutes=90), "the body's ttl still holds"
    assert wait(after(Answer(200, {}, read=True, body_hash="h2"), told)) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("hours", "days", "due"),
    [
        ((13, 14), (), NOW + timedelta(hours=3)),
        ((12,), (), NOW + timedelta(hours=1)),
        ((), (2,), NOW + timedelta(hours=12)),
        (tuple(range(24)), (), NOW + timedelta(hours=1)),
        ((), tuple(range(7)), NOW + timedelta(hours=1)),
    ],
)
def test_hours_and_days_to_skip(hours: tuple[int, ...], days: tuple[int, ...], due: datetime) -> None:
    """NOW is a Wednesday, noon; a feed that would skip everything is not believed."""
    new = after(Answer(200, {}, read=True, skip_hours=hours, skip_days=days, body_hash="h1"))
    assert new.next_due == due


def test_a_feed_that_is_overdue_still_waits_for_an_open_hour() -> None:
    state = FeedState(url=URL, next_due=NOW - timedelta(hours=5), manners=Manners(skip_hours=(12,)))
    due, (left,) = plan([FEED], [state], NOW)
    assert (due, left.until, left.asked) == ((), NOW + timedelta(hours=1), True)
    assert plan([FEED], [state], NOW, force=True)[0]


def test_force_breaks_a_wish_and_no_pause() -> None:
    wish = after(Answer(200, {"cache-control": "max-age=43200"}, body_hash="h1"))
    _, (left,) = plan([FEED], [wish], NOW)
    assert (left.asked, left.paused) == (True, False)
    assert plan([FEED], [wish], NOW, force=True)[0]
    pause = after(Answer(503, {"retry-after": "600"}, error="HTTP 503"))
    _, (held,) = plan([FEED], [pause], NOW, force=True)
    assert held.paused
    assert plan([FEED], [pause], NOW + timedelta(minutes=11), force=True)[0]


def test_429_without_a_word_doubles_the_interval_up_to_a_day() -> None:
    state, hours = replace(OLD, failures=0), []
    for _ in range(7):
        state = after(Answer(429, {}, error="HTTP 429"), state)
        hours.append(wait(state) / timedelta(hours=1))
    assert hours == [2, 4, 8, 16, 24, 24, 24]


def test_two_feeds_that_were_refused_pause_their_host() -> None:
    one, two, third = (FeedState(url=f"https://wire.example/{n}") for n in range(3))
    refused = Answer(429, {"retry-after": "7200"}, error="HTTP 429")
    feeds = [Feed(url=state.url) for state in (one, two, third)]
    first = after_answer(Plan(feeds[0], one), refused, Limits(), NOW, 0)
    second = after_answer(Plan(feeds[1], two), refused, Limits(), NOW, 0)
    assert host_pause("wire.example", [first, two, third], NOW) is None
    until = host_pause("wire.example", [first, second, third], NOW)
    assert until == NOW + timedelta(hours=2)
    hosts = [HostState("wire.example", until)]
    assert plan([feeds[2]], [third], NOW, force=True, hosts=hosts)[0] == ()
    assert plan([feeds[2]], [third], NOW + timedelta(hours=3), hosts=hosts)[0]
    assert plan([Feed(url="https://other.example/")], [], NOW, hosts=hosts)[0]


def test_feeds_that_failed_come_last() -> None:
    feeds = [Feed(url=f"https://{name}.example/") for name in "ab"]
    states = [
        FeedState(url=feeds[0].url, next_due=NOW - timedelta(days=1), failures=1),
        FeedState(url=feeds[1].url, next_due=NOW),
    ]
    assert [one.feed for one in plan(feeds, states, NOW)[0]] == feeds[::-1]


# ---------------------------------------------------------------------- addresses


def moved(state: FeedState, target: str, days: float, status: int = 200) -> FeedState:
    answer = Answer(status, {"etag": '"n"'}, url=target, moved_to=target, body_hash="h1")
    return after_answer(Plan(FEED, state), answer, Limits(), NOW + timedelta(days=days), 0)


def test_a_move_is_believed_after_three_polls_a_day_apart() -> None:
    new = "https://new.example/feed"
    state = OLD
    for days in (0, 0.5, 1, 1.9):
        state = moved(state, new, days)
        assert Plan(FEED, state).address == URL
    state = moved(state, new, 2)
    assert Plan(FEED, state).address == new
    assert (state.etag, state.manners.validated) == ('"n"', new), "the validators come along"
    for _ in range(5):
        state = after(Answer(404, {}, error="HTTP 404"), state)
    assert Plan(FEED, state).address == URL, "it was a mistake: the subscribed address is asked again"


def test_a_move_that_changes_its_mind_or_its_lock_is_not_believed() -> None:
    state = OLD
    for days in range(10):
        state = moved(state, f"https://new{days % 2}.example/feed", days)
        assert Plan(FEED, state).address == URL
    state = OLD
    for days in range(10):
        state = moved(state, "http://wire.example/feed", days)
        assert Plan(FEED, state).address == URL, "no move from https to http"


def test_410_of_another_page_is_no_end() -> None:
    elsewhere = Answer(410, {}, error="HTTP 410: gone", url="https://other.example/")
    assert not after(elsewhere).gone
    assert after(Answer(410, {}, error="HTTP 410: gone", url=URL)).gone


# ---------------------------------------------------------------------- broken bodies


def test_broken_xml_is_taken_at_its_word_only_when_it_is_a_habit() -> None:
    broken = Answer(200, {"etag": '"b"'}, body_hash="h1", read=True, broken=True)
    first = after(broken)
    assert (first.etag, first.body_hash, first.failures) == ('"old"', "h0", 0)
    assert after(broken, first).etag == '"b"'
    healed = after(Answer(200, {"etag": '"c"'}, body_hash="h2", read=True), first)
    assert (healed.etag, healed.manners.broken) == ('"c"', 0)

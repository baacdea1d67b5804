"""What to poll, and what an answer means for the next poll. Pure: old state and answer in, new state out.

The rules are those of polite fetching (docs/fetching.md): validators are kept exactly as received and
never run ahead of what is stored; a publisher's wish can make the interval longer, never shorter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from newsdesk.models import Feed, FeedState, Limits

LONGEST = timedelta(days=7)
"""No feed sleeps longer, whatever it asks: a max-age of a year is a mistake."""
LONGEST_BACKOFF = timedelta(days=1)
PAUSING = (429, 503)
CUT = "the feed was cut off; what could be read was kept, the rest is asked for again"


class Answer(Struct, frozen=True):
    """What one poll brought, reduced to what the next poll depends on."""

    status: int
    """HTTP status; 0 means that nothing answered."""
    headers: Mapping[str, str]
    """Names in lower case."""
    error: str = ""
    """Why there is nothing to read, in one line: network, status, or a body that is no feed."""
    body_hash: str | None = None
    ttl: int | None = None
    title: str = ""
    site: str = ""
    cut: bool = False
    """The body ended before the feed did: what could be read is stored, the rest is still to come."""


class Plan(Struct, frozen=True):
    """A feed to poll now, with what is remembered of it."""

    feed: Feed
    state: FeedState


def plan(
    feeds: Sequence[Feed], states: Sequence[FeedState], now: datetime, *, force: bool = False
) -> tuple[tuple[Plan, ...], tuple[Plan, ...]]:
    """(due, not due), the longest overdue first. `force` takes in what is not due, but no gone feed."""
    remembered = {state.url: state for state in states}
    plans = [Plan(feed, remembered.get(feed.url) or FeedState(url=feed.url)) for feed in feeds]
    due = [one for one in plans if not one.state.gone and (force or is_due(one.state, now))]
    rest = [one for one in plans if one not in due]
    never = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(due, key=lambda one: one.state.next_due or never)), tuple(rest)


def is_due(state: FeedState, now: datetime) -> bool:
    """A next poll farther off than LONGEST comes from a clock that jumped: it counts as due."""
    return state.next_due is None or state.next_due <= now or state.next_due > now + LONGEST * 1.2


def after_answer(plan: Plan, answer: Answer, limits: Limits, now: datetime, jitter: float) -> FeedState:
    """The state to store with what the poll brought; `jitter` (0 to 1) spreads the next polls."""
    state = replace(plan.state, last_poll=now)
    if answer.status == 410:
        return replace(state, gone=True, error="HTTP 410: the feed is gone", next_due=None)
    if answer.error:
        return _failed(plan, state, answer, limits, now, jitter)
    if answer.cut:
        return _failed(plan, state, replace(answer, error=CUT), limits, now, jitter)
    fresh = _validators(state, answer)
    wait = _interval(plan.feed, limits, answer, now)
    return replace(
        fresh,
        title=answer.title or state.title,
        site=answer.site or state.site,
        body_hash=answer.body_hash or state.body_hash,
        last_success=now,
        failures=0,
        error="",
        next_due=now + _spread(wait, jitter),
    )


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """The wait that Retry-After asks for, in seconds or as an HTTP date; zero where there is none."""
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return min(timedelta(seconds=min(int(value), 10**9)), LONGEST)
    return _until(value, now)


def freshness(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long the answer says it stays fresh: max-age less Age, else Expires; zero where unsaid."""
    for directive in headers.get("cache-control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and value.strip('"').isdigit():
            age = headers.get("age", "0").strip()
            seconds = int(value.strip('"')) - (int(age) if age.isdigit() else 0)
            return timedelta(seconds=max(0, min(seconds, 10**9)))
    return _until(headers.get("expires", ""), now)


def _failed(
    plan: Plan, state: FeedState, answer: Answer, limits: Limits, now: datetime, jitter: float
) -> FeedState:
    """Validators stay as they were: they belong to what is stored."""
    failures = state.failures + 1
    base = timedelta(minutes=plan.feed.interval or limits.interval)
    wait = min(base * 2 ** min(failures - 1, 10), max(LONGEST_BACKOFF, base))
    if answer.status in PAUSING:
        wait = max(wait, retry_after(answer.headers, now))
    wait = min(wait, LONGEST)
    return replace(state, failures=failures, error=answer.error, next_due=now + _spread(wait, jitter))


def _validators(state: FeedState, answer: Answer) -> FeedState:
    """A 200's validators replace the old pair whole; a 304's replace only what it names."""
    etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    if answer.status == 304:
        return replace(state, etag=etag or state.etag, last_modified=modified or state.last_modified)
    return replace(state, etag=etag, last_modified=modified)


def _interval(feed: Feed, limits: Limits, answer: Answer, now: datetime) -> timedelta:
    wanted = timedelta(minutes=feed.interval or limits.interval)
    ttl = timedelta(minutes=min(answer.ttl or 0, 10**6))
    return min(max(wanted, ttl, freshness(answer.headers, now)), LONGEST)


def _spread(wait: timedelta, jitter: float) -> timedelta:
    """Up to a tenth longer, so that feeds polled together drift apart."""
    return wait * (1 + 0.1 * jitter)


def _until(http_date: str, now: datetime) -> timedelta:
    try:
        moment = parsedate_to_datetime(http_date)
    except (ValueError, TypeError):
        return timedelta(0)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), LONGEST)


def outcome(answer: Answer, changed: bool) -> Literal["new", "unchanged", "failed", "gone"]:
    """The word for a poll in reports: `new` where something was stored."""
    if answer.status == 410:
        return "gone"
    if answer.error:
        return "failed"
    return "new" if changed else "unchanged"

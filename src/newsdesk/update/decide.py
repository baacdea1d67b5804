"""What to poll, and what an answer means for the next poll. Pure: old state and answer in, new state out.

The rules are those of polite fetching (docs/fetching.md): validators are kept exactly as received and
never run ahead of what is stored; a publisher's wish can make the interval longer, never shorter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from newsdesk.models import Feed, FeedState, HostState, Limits, Manners

LONGEST = timedelta(days=7)
"""No feed sleeps longer, whatever it asks: a max-age of a year is a mistake."""
LONGEST_BACKOFF = timedelta(days=1)
LONGEST_JITTER = timedelta(minutes=15)
PAUSING = (429, 503)
MOVED_POLLS = 3
"""Polls that a permanent redirect must lead to the same feed before it is believed: a hotel's log-in page
redirects everything, once."""
MOVED_APART = timedelta(days=1) - timedelta(minutes=1)
"""Between two of these polls; a minute is the clock's play."""
HOMESICK = 5
"""Failures in a row at the new address after which the subscribed one is asked again."""
CUT = "the feed was cut off; what could be read was kept, the rest is asked for again"
_NEVER = datetime.min.replace(tzinfo=UTC)


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
    url: str = ""
    """Where the answer came from, redirects followed; empty: from the address that was asked."""
    moved_to: str = ""
    """Where permanent redirects led, if any; a temporary one ends the chain."""
    read: bool = False
    """Whether a body was parsed, so that `ttl`, skips and `broken` are its own words."""
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    language: str = ""
    broken: bool = False
    """Broken XML that could be read in part."""


class Plan(Struct, frozen=True):
    """A feed to poll now, or not before `until`, with what is remembered of it."""

    feed: Feed
    state: FeedState
    until: datetime | None = None
    asked: bool = False
    """Whether it waits because the publisher asked for it, longer than the interval."""
    paused: bool = False
    """Whether its server asked for silence: `--force` does not break that."""

    @property
    def address(self) -> str:
        """Where it is polled."""
        return self.state.manners.address or self.feed.url


def plan(
    feeds: Sequence[Feed],
    states: Sequence[FeedState],
    now: datetime,
    *,
    force: bool = False,
    gently: bool = False,
    hosts: Iterable[HostState] = (),
) -> tuple[tuple[Plan, ...], tuple[Plan, ...]]:
    """(due, not due). The longest overdue first, but those that failed last: a server that hangs must not
    keep the others waiting. `force` takes in what is not due, but no gone feed and no pause; `gently`, and
    nothing whose publisher asked to wait."""
    remembered = {state.url: state for state in states}
    pauses = {one.host: one.paused_until for one in hosts}
    plans = [
        _waiting(feed, remembered.get(feed.url) or FeedState(url=feed.url), pauses, now) for feed in feeds
    ]
    due = [
        one
        for one in plans
        if not one.state.gone
        and not one.paused
        and (one.until is None or (force and not (gently and one.asked)))
    ]
    rest = [one for one in plans if one not in due]
    due.sort(key=lambda one: (one.state.failures > 0, one.state.next_due or _NEVER))
    return tuple(due), tuple(rest)


def is_ahead(moment: datetime, now: datetime) -> bool:
    """Whether a moment is still to come. One farther off than any wait comes from a clock that jumped."""
    return now < moment <= now + LONGEST * 1.2


def host_of(url: str) -> str:
    """The host's name, without port; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def host_pause(host: str, states: Iterable[FeedState], now: datetime) -> datetime | None:
    """Until when all of a host is left alone: where two or more of its feeds were told to come back later and
    still wait, until the last of them may be asked; None where fewer were."""
    waits = [
        state.manners.paused_until or state.next_due
        for state in states
        if (state.manners.status == 429 or state.manners.paused_until)
        and host_of(state.manners.address or state.url) == host
        and state.next_due is not None
        and is_ahead(state.next_due, now)
    ]
    return max((wait for wait in waits if wait), default=None) if len(waits) > 1 else None


def after_answer(plan: Plan, answer: Answer, limits: Limits, now: datetime, jitter: float) -> FeedState:
    """The state to store with what the poll brought; `jitter` (0 to 1) spreads the next polls."""
    manners = replace(plan.state.manners, status=answer.status, paused_until=None)
    state = replace(plan.state, last_poll=now, manners=manners)
    if answer.status == 410 and answer.url in ("", plan.address, answer.moved_to):
        return replace(state, gone=True, error="HTTP 410: the feed is gone", next_due=None)
    if answer.error:
        return _failed(plan, state, answer, limits, now, jitter)
    if answer.cut:
        return _failed(plan, state, replace(answer, error=CUT), limits, now, jitter)
    state = replace(state, manners=_wishes(state.manners, answer, now))
    state = replace(state, manners=_moved(plan, state.manners, answer, now))
    if not (answer.broken and plan.state.manners.broken == 0):
        # Broken XML may lack entries that the next answer has: only a feed that is always so is taken at
        # its word.
        state = _validators(plan, state, answer)
        state = replace(state, body_hash=answer.body_hash or state.body_hash)
    next_due, asked = _next(plan.feed, state.manners, limits, now, jitter)
    return replace(
        state,
        title=answer.title or state.title,
        site=answer.site or state.site,
        last_success=now,
        failures=0,
        error="",
        next_due=next_due,
        manners=replace(state.manners, asked_until=next_due if asked else None),
    )


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """The wait that Retry-After asks for, in seconds or as an HTTP date; zero where there is none."""
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return min(timedelta(seconds=min(int(value), 10**9)), LONGEST)
    return _until(value, now)


def freshness(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer says it stays fresh: max-age less Age, else Expires; None where it does not say.

    `no-cache` and `no-store` ask to revalidate at every poll, not to poll sooner: zero. So do values that
    are none.
    """
    directives: dict[str, str] = {}
    for directive in headers.get("cache-control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        directives.setdefault(name.strip(), value.strip().strip('"'))
    if "no-cache" in directives or "no-store" in directives:
        return timedelta(0)
    if "max-age" in directives:
        value = directives["max-age"]
        age = headers.get("age", "0").strip()
        seconds = min(int(value), 10**9) if value.isdecimal() else 0
        seconds -= min(int(age), 10**9) if age.isdecimal() else 0
        return timedelta(seconds=max(0, seconds))
    return _until(headers["expires"], now) if "expires" in headers else None


def outcome(answer: Answer, changed: bool) -> Literal["new", "unchanged", "failed", "gone"]:
    """The word for a poll in reports: `new` where something was stored."""
    if answer.status == 410:
        return "gone"
    if answer.error:
        return "failed"
    return "new" if changed else "unchanged"


# ---------------------------------------------------------------------- when


def _waiting(feed: Feed, state: FeedState, pauses: Mapping[str, datetime | None], now: datetime) -> Plan:
    one = Plan(feed, state)
    held = [
        moment
        for moment in (state.manners.paused_until, pauses.get(host_of(one.address)))
        if moment and is_ahead(moment, now)
    ]
    ahead = [*held, *(due for due in (state.next_due,) if due and is_ahead(due, now))]
    opens = _open_hour(now, state.manners, now + LONGEST)
    if opens > now:
        ahead.append(opens)
    asked = state.manners.asked_until
    return Plan(
        feed,
        state,
        until=max(ahead, default=None),
        asked=opens > now or (asked is not None and is_ahead(asked, now)),
        paused=bool(held),
    )


def _next(
    feed: Feed, manners: Manners, limits: Limits, now: datetime, jitter: float
) -> tuple[datetime, bool]:
    """When to poll next, and whether that is later than the interval because the publisher asked."""
    interval = timedelta(minutes=feed.interval or limits.interval)
    ttl = timedelta(minutes=min(manners.ttl or 0, 10**6))
    fresh = timedelta(seconds=min(manners.fresh or 0, 10**9))
    wanted = min(max(interval, ttl, fresh), LONGEST)
    due = _open_hour(now + _spread(wanted, jitter), manners, now + LONGEST)
    return due, due > now + _spread(interval, 1)


def _open_hour(due: datetime, manners: Manners, latest: datetime) -> datetime:
    """The first moment from `due` on that is in no hour and on no day to be skipped; a feed that would skip
    them all is not believed."""
    hours, days = set(manners.skip_hours), set(manners.skip_days)
    if len(hours) >= 24 or len(days) >= 7:
        return due
    moment = due
    while moment.hour in hours or moment.weekday() in days:
        moment += timedelta(hours=1)
        if moment > latest:
            return due
    return moment


def _failed(
    plan: Plan, state: FeedState, answer: Answer, limits: Limits, now: datetime, jitter: float
) -> FeedState:
    """Validators stay as they were: they belong to what is stored."""
    failures = state.failures + 1
    base = timedelta(minutes=plan.feed.interval or limits.interval)
    doubled = failures if answer.status == 429 else failures - 1
    wait = min(base * 2 ** min(doubled, 10), max(LONGEST_BACKOFF, base))
    pause = retry_after(answer.headers, now)
    wait = min(_spread(max(wait, pause), jitter), LONGEST)
    manners = replace(state.manners, paused_until=now + pause if pause and answer.status in PAUSING else None)
    if manners.address and failures >= HOMESICK:
        manners = replace(manners, address="")
    return replace(state, failures=failures, error=answer.error, next_due=now + wait, manners=manners)


def _spread(wait: timedelta, jitter: float) -> timedelta:
    """A little longer, up to a twentieth, so that feeds polled together drift apart; never beyond LONGEST."""
    return min(wait + min(wait * 0.05, LONGEST_JITTER) * jitter, max(wait, LONGEST))


def _until(http_date: str, now: datetime) -> timedelta:
    try:
        moment = parsedate_to_datetime(http_date)
    except (ValueError, TypeError):
        return timedelta(0)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), LONGEST)


# ---------------------------------------------------------------------- what to remember


def _validators(plan: Plan, state: FeedState, answer: Answer) -> FeedState:
    """A 200's validators replace the old pair whole; a 304's replace only what it names. Both belong to the
    address that gave them."""
    etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    if answer.status == 304:
        return replace(state, etag=etag or state.etag, last_modified=modified or state.last_modified)
    manners = replace(state.manners, validated=answer.url or plan.address)
    return replace(state, etag=etag, last_modified=modified, manners=manners)


def _wishes(manners: Manners, answer: Answer, now: datetime) -> Manners:
    """What the publisher asks for: the headers of a 304 stand for the stored answer's where it has them, the
    body's words hold until another body is read."""
    fresh = freshness(answer.headers, now)
    if fresh is not None or answer.status != 304:
        manners = replace(manners, fresh=round(fresh.total_seconds()) if fresh else None)
    if not answer.read:
        return manners
    return replace(
        manners,
        ttl=answer.ttl,
        skip_hours=answer.skip_hours,
        skip_days=answer.skip_days,
        language=answer.language,
        broken=manners.broken + 1 if answer.broken else 0,
    )


def _moved(plan: Plan, manners: Manners, answer: Answer, now: datetime) -> Manners:
    """Count polls that a permanent redirect led to the same feed; after enough of them, poll it there."""
    target = answer.moved_to
    if not target or (plan.address.startswith("https:") and not target.startswith("https:")):
        return replace(manners, moved_to="", moved_polls=0, moved_at=None)
    if target != manners.moved_to or manners.moved_at is None:
        return replace(manners, moved_to=target, moved_polls=1, moved_at=now)
    if now - manners.moved_at < MOVED_APART:
        return manners
    polls = manners.moved_polls + 1
    if polls < MOVED_POLLS:
        return replace(manners, moved_polls=polls, moved_at=now)
    return replace(manners, address=target, moved_to="", moved_polls=0, moved_at=None)

"""The 28 checks of polite fetching: what a server does, and how the program must behave.

The weights are those that docs/fetching.md lists; together 113.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

from feedtext import HARBOUR, TALKS, Item, paragraphs, rss
from servers import Answer, Server, redirect
from servers.behaviour import RUNS, START, Asked, Check, Judge, Lab

CHECKS: list[Check] = []

ITEM = Item("talks", "Talks go on", TALKS)
BODY = rss([ITEM])
MORE = rss([Item("fog", "Fog", HARBOUR, hours=1), ITEM])
HALF = MORE[: len(MORE) // 2]
SUNDAY = "Sun, 02 Mar 2025 6:04:05 GMT"
MONDAY = "Mon, 03 Mar 2025 09:00:00 GMT"
SLACK = 0.5
"""Minutes that a log may be off the program's clock."""
DAY = 24 * 60


def check(number: int, weight: int, title: str, *, must: bool = False) -> Callable[[Judge], Judge]:
    def add(judge: Judge) -> Judge:
        CHECKS.append(Check(number, title, weight, must, judge))
        return judge

    return add


def good(etag: str | None = '"1"', last_modified: str | None = None, *more: tuple[str, str]) -> Answer:
    return Answer(BODY, etag=etag, last_modified=last_modified, headers=more)


def pair(asked: Asked) -> tuple[str | None, str | None]:
    """The validators of a request."""
    return asked.header("If-None-Match"), asked.header("If-Modified-Since")


def minutes(asked: Sequence[Asked]) -> list[float]:
    return [one.run.minutes for one in asked]


def gaps(asked: Sequence[Asked]) -> list[float]:
    return [later.minutes - sooner.minutes for sooner, later in pairwise(asked)]


def later(minutes: float) -> str:
    """A moment after START as an HTTP date."""
    return format_datetime(START + timedelta(minutes=minutes), usegmt=True)


def waits(lab: Lab, url: str) -> list[float]:
    """Minutes from each poll of a feed to its next due time, as the program says."""
    polled = [run for run in lab.runs if run.records.get(url, {}).get("state") not in (None, "not-due")]
    return [
        (datetime.fromisoformat(run.records[url]["next_due"]) - run.at) / timedelta(minutes=1)
        for run in polled
    ]


# ---------------------------------------------------------------------- validators


@check(1, 4, "first fetch: one GET and nothing else", must=True)
def first_fetch(lab: Lab) -> Iterator[None]:
    host = lab.host()
    lab.feed(host, "/feed", good(last_modified=SUNDAY))
    yield
    first = [one for one in lab.everything() if one.run is lab.runs[0] and one.request.path == "/feed"]
    own = [request for request in host.requests if request.at < lab.runs[1].started]
    assert [(request.method, request.path) for request in own] == [("GET", "/feed")], own
    assert all(pair(one) == (None, None) for one in first), "validators from nowhere"


@check(2, 8, "validators go back to the letter", must=True)
def exact(lab: Lab) -> Iterator[None]:
    host = lab.host()
    given: list[tuple[str | None, str | None]] = [
        ('"a/?,;x"', "Mon, 02 Jan 2023 3:04:05 GMT"),
        ('W/"1"', SUNDAY),
        ('W/"2"', None),
        (None, "Sunday, 02-Mar-25 06:04:05 GMT"),
    ]
    urls = [lab.feed(host, f"/{number}", good(*one)) for number, one in enumerate(given)]
    yield
    for url, one in zip(urls, given, strict=True):
        asked = lab.asked(url)
        assert len(asked) > 3
        assert {pair(each) for each in asked[1:]} == {one}, (one, [pair(each) for each in asked])


@check(3, 6, "no validators are made up", must=True)
def invented(lab: Lab) -> Iterator[None]:
    host = lab.host()
    dated = rss([ITEM], more=f"<lastBuildDate>{MONDAY}</lastBuildDate>")
    urls = [lab.feed(host, "/plain", Answer(BODY)), lab.feed(host, "/dated", Answer(dated))]
    yield
    for url in urls:
        asked = lab.asked(url)
        assert len(asked) > 3
        assert {pair(one) for one in asked} == {(None, None)}


@check(4, 6, "ETag moves, Last-Modified does not", must=True)
def etag_moves(lab: Lab) -> Iterator[None]:
    url = lab.feed(lab.host(), "/feed", good('"1"', SUNDAY), Answer(MORE, etag='"2"', last_modified=SUNDAY))
    yield
    assert [pair(one) for one in lab.asked(url)][1:4] == [('"1"', SUNDAY), ('"2"', SUNDAY), ('"2"', SUNDAY)]


@check(5, 6, "same body, both validators move", must=True)
def touched(lab: Lab) -> Iterator[None]:
    url = lab.feed(lab.host(), "/feed", good('"1"', SUNDAY), good('"2"', MONDAY))
    yield
    assert [pair(one) for one in lab.asked(url)][1:4] == [('"1"', SUNDAY), ('"2"', MONDAY), ('"2"', MONDAY)]


@check(6, 5, "validators on a 304", must=True)
def on_304(lab: Lab) -> Iterator[None]:
    newer = Answer(status=304, headers=(("ETag", '"2"'),))
    url = lab.feed(lab.host(), "/feed", good('"1"', SUNDAY), newer, Answer(status=304))
    yield
    asked = [pair(one) for one in lab.asked(url)]
    assert asked[1] == ('"1"', SUNDAY), asked
    assert set(asked[2:6]) == {('"2"', SUNDAY)}, asked


@check(7, 3, "a header that vanishes")
def vanishes(lab: Lab) -> Iterator[None]:
    url = lab.feed(lab.host(), "/feed", good('"1"', SUNDAY), Answer(MORE, etag='"2"'))
    yield
    assert [pair(one) for one in lab.asked(url)][1:4] == [('"1"', SUNDAY), ('"2"', None), ('"2"', None)]


@check(8, 6, "no unconditional repeats", must=True)
def repeats(lab: Lab) -> Iterator[None]:
    host, other = lab.host(), lab.host()
    url = lab.feed(host, "/feed", good(last_modified=SUNDAY))
    hanging = lab.feed(other, "/hang", good(), Answer(hang=True))
    force = ("--force", "--feed", url)

    def kill() -> None:
        count = len(other.requests)
        lab.killed(147, (*force, "--feed", hanging), lambda: other.wait_for_requests(count + 1, "/hang"))

    lab.at(147, kill)
    lab.at(149, lambda: lab.fetch(149, *force))
    lab.at(151, lambda: lab.subscribe(url, "Another title"))
    lab.at(152, lambda: lab.fetch(152, *force))
    yield
    for one in (url, hanging):
        asked = lab.asked(one)
        assert {147, 149, 152} <= set(minutes(asked)) or one == hanging, minutes(asked)
        assert all(each.header("If-None-Match") for each in asked[1:]), [pair(each) for each in asked]


@check(9, 4, "a body that cannot be read keeps the pair", must=True)
def unreadable(lab: Lab) -> Iterator[None]:
    host = lab.host()
    urls = [
        lab.feed(host, f"/{number}", good(), Answer(broken, etag='"2"'))
        for number, broken in enumerate((HALF, b"<rss><channel><item><title>x</rss>", b"<html>log in</html>"))
    ]
    yield
    listed = lab.listed()
    for url in urls:
        asked = lab.asked(url)
        assert len(asked) > 3
        assert asked[2].header("If-None-Match") == '"1"', "the pair ran ahead of what is stored"
        assert listed[url]["articles"] >= 1, "old items are gone"
    for url in (urls[0], urls[2]):
        asked = lab.asked(url)
        assert all(one.header("If-None-Match") == '"1"' for one in asked[1:])
        assert gaps(asked)[2] > 1.5 * 60, "no back-off"


# ---------------------------------------------------------------------- when


@check(10, 6, "spacing, across restarts", must=True)
def spacing(lab: Lab) -> Iterator[None]:
    url = lab.feed(lab.host(), "/feed", good())
    yield
    asked = lab.asked(url)
    assert min(gaps(asked)) > 60 - SLACK, gaps(asked)
    assert len(asked) >= len(RUNS) - 4, "it is hardly polled at all"


@check(11, 4, "200 feeds at once: spread, few at a time")
def crowd(lab: Lab) -> Iterator[None]:
    own = Lab(lab.home.with_name("crowd"), lab.stack, settings="", net=2)
    crowded = own.host()
    everywhere = lab.stack.enter_context(Server("0.0.0.0"))
    everywhere.answer("/feed", Answer(BODY, etag='"1"', delay=0.1))
    for number in range(6):
        own.feed(crowded, f"/{number}", good())
    for number in range(194):
        own.subscribe(everywhere.url("/feed", f"127.0.3.{number + 1}"))
    run = own.fetch(0)
    yield
    assert len(everywhere.requests) == 194
    assert everywhere.most_in_flight <= 16, everywhere.most_in_flight
    assert crowded.most_in_flight <= 2
    starts = [request.at for request in crowded.requests]
    assert min(after - before for before, after in pairwise(starts)) > 0.9, starts
    due = sorted(datetime.fromisoformat(record["next_due"]) for record in run.records.values())
    assert len(due) == 200
    assert due[-1] - due[0] > timedelta(minutes=1), "all are due at once again"


@check(12, 6, "max-age less Age; a manual refresh is told", must=True)
def max_age(lab: Lab) -> Iterator[None]:
    host = lab.host()
    cached = good('"1"', None, ("Cache-Control", "public, max-age=43200"), ("Age", "600"))
    url = lab.feed(host, "/feed", cached)
    bare = lab.feed(host, "/bare", cached, Answer(status=304))
    manual = lab.feed(host, "/manual", cached)
    lab.at(75, lambda: lab.fetch(75, "--feed", manual))
    lab.at(76, lambda: lab.fetch(76, "--force", "--feed", manual))
    yield
    for one in (url, bare):
        asked = lab.asked(one)
        assert minutes(asked)[:2] == [0, 760], minutes(asked)
        assert min(gaps(asked)) > 710 - SLACK, gaps(asked)
    told = next(run for run in lab.runs if run.minutes == 75)
    assert told.records[manual]["state"] == "not-due"
    assert "--force" in told.errors, "the user is not told"
    assert 76 in minutes(lab.asked(manual)), "the second key does nothing"
    assert 75 not in minutes(lab.asked(manual))


@check(13, 3, "absurd wishes")
def absurd(lab: Lab) -> Iterator[None]:
    host = lab.host()
    year = lab.feed(host, "/year", good('"1"', None, ("Cache-Control", "max-age=31536000")))
    plain = [
        lab.feed(host, f"/{number}", good('"1"', None, ("Cache-Control", value)))
        for number, value in enumerate(
            ("max-age=-5", "max-age=soon", "no-store", "no-cache", "no-cache, max-age=99999")
        )
    ]
    yield
    assert minutes(lab.asked(year))[:2] == [0, 10_200], minutes(lab.asked(year))
    for url in plain:
        assert minutes(lab.asked(url))[:3] == [0, 70, 140], (url, minutes(lab.asked(url)))


@check(14, 2, "Expires")
def expires(lab: Lab) -> Iterator[None]:
    host = lab.host()
    ahead = lab.feed(host, "/ahead", good('"1"', None, ("Expires", later(360))))
    past = lab.feed(host, "/past", good('"1"', None, ("Expires", later(-DAY))))
    both = lab.feed(
        host, "/both", good('"1"', None, ("Expires", later(DAY)), ("Cache-Control", "max-age=7200"))
    )
    yield
    assert minutes(lab.asked(ahead))[:2] == [0, 400]
    assert minutes(lab.asked(past))[:2] == [0, 70]
    assert minutes(lab.asked(both))[:2] == [0, 140]


@check(15, 6, "429 and 503 with Retry-After", must=True)
def told_to_wait(lab: Lab) -> Iterator[None]:
    host, date, shared = lab.host(), lab.host(), lab.host()
    wait = ("Retry-After", "14400")
    seconds = lab.feed(host, "/seconds", good(), Answer(status=429, headers=(wait,)), good())
    until = Answer(status=503, headers=(("Retry-After", later(70 + 240)),))
    dated = lab.feed(date, "/date", good(), until, good())
    for path in ("/one", "/two"):
        lab.feed(shared, path, good(), Answer(status=429, headers=(wait,)), good())
    third = lab.feed(shared, "/three", good())
    lab.at(145, lambda: lab.fetch(145, "--force", "--feed", seconds, "--feed", dated))
    yield
    for url in (seconds, dated):
        assert minutes(lab.asked(url))[:3] == [0, 70, 400], minutes(lab.asked(url))
    resting = [minute for minute in minutes(lab.asked(third)) if 70 < minute < 400]
    assert not resting, f"the host was asked at {resting}"
    assert 400 in minutes(lab.asked(third))


@check(16, 4, "429 without Retry-After", must=True)
def too_many(lab: Lab) -> Iterator[None]:
    url = lab.feed(lab.host(), "/feed", good(), *[Answer(status=429)] * 5, good())
    yield
    asked, waited = lab.asked(url), waits(lab, url)[1:6]
    assert len({one.run.started for one in asked}) == len(asked), "asked twice in a run"
    for before, after in pairwise([60, *waited]):
        assert min(2 * before, DAY) * 0.93 < after < DAY * 1.06, waited


@check(17, 3, "5xx, time-out, DNS: back-off with jitter")
def back_off(lab: Lab) -> Iterator[None]:
    host, closed = lab.host(), lab.host()
    failing = [lab.feed(host, f"/{n}", good(), Answer(status=500)) for n in range(4)]
    mixed = lab.feed(host, "/mixed", good(), Answer(status=502), Answer(hang=True), Answer(status=500))
    refused = lab.feed(closed, "/feed")
    closed.stop()
    unknown = "http://no-such-host.invalid/feed"
    lab.subscribe(unknown)
    yield
    for url in (*failing, mixed):
        asked = lab.asked(url)
        assert len({one.run.started for one in asked}) == len(asked), "asked twice in a run"
    for url in (*failing, mixed, refused, unknown):
        waited = waits(lab, url)[1:5] if url in (*failing, mixed) else waits(lab, url)[:4]
        assert all(after > 1.6 * before for before, after in pairwise(waited)), (url, waited)
        assert max(waits(lab, url)) < DAY * 1.06
    spread = {round(waits(lab, url)[number] * 60) for url in failing for number in (1, 2, 3)}
    assert len(spread) > 6, "no jitter"


@check(25, 3, "ttl, skipHours, skipDays, sy:updatePeriod")
def wishes(lab: Lab) -> Iterator[None]:
    host = lab.host()

    def asking(path: str, more: str) -> str:
        return lab.feed(host, path, Answer(rss([ITEM], more=more), etag='"1"'))

    ttl, short = asking("/ttl", "<ttl>240</ttl>"), asking("/short", "<ttl>5</ttl>")
    hours = "".join(f"<hour>{hour}</hour>" for hour in (11, 12, 13))
    skip_hours = asking("/hours", f"<skipHours>{hours}</skipHours>")
    skip_days = asking("/days", "<skipDays><day>Tuesday</day></skipDays>")
    daily = asking(
        "/daily",
        '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod>',
    )
    yield
    assert minutes(lab.asked(ttl))[:3] == [0, 300, 700], minutes(lab.asked(ttl))
    assert minutes(lab.asked(short))[:2] == [0, 70]
    assert minutes(lab.asked(skip_hours))[:2] == [0, 300], minutes(lab.asked(skip_hours))
    asked = minutes(lab.asked(skip_days))
    assert 700 in asked
    assert not [minute for minute in asked if 14 * 60 <= minute < 14 * 60 + DAY], asked
    assert minutes(lab.asked(daily))[1] >= DAY


# ---------------------------------------------------------------------- addresses


@check(18, 4, "301 and 308: followed, believed slowly", must=True)
def moved(lab: Lab) -> Iterator[None]:
    host, other = lab.host(), lab.host()
    lab.feed(other, "/own", good())
    near, far = host.answer("/new", good('"n"')), other.answer("/new", good('"f"'))
    moves = {
        lab.feed(host, "/near", redirect("/new", 301)): near,
        lab.feed(host, "/far", redirect(far, 308)): far,
    }
    host.answer("/portal", Answer(b"<html><body>Room number?</body></html>", content_type="text/html"))
    hotel = lab.feed(host, "/hotel", good(), redirect("/portal", 301))
    first, second = host.answer("/x", good('"x"')), host.answer("/y", good('"y"'))
    fickle = lab.feed(host, "/fickle", *[redirect("/x" if n % 2 else "/y", 301) for n in range(40)])
    yield
    for old, new in moves.items():
        asked = minutes(lab.asked(old))
        assert min(minutes(lab.asked(new))) == 0, "not followed"
        assert 2200 in asked, f"believed too soon: {asked}"
        assert max(asked) <= 2940, f"not believed: {asked}"
        assert max(minutes(lab.asked(new))) > 10_000
        conditional = [one.header("If-None-Match") for one in lab.asked(new)]
        assert None not in conditional[1:], "the validators were lost"
        assert lab.listed()[old]["address"] == new
    assert max(minutes(lab.asked(hotel))) > 10_000, "the hotel's portal was believed"
    assert max(minutes(lab.asked(fickle))) > 10_000
    assert lab.asked(first)
    assert lab.asked(second)


@check(19, 2, "302, 303, 307; loops")
def temporary(lab: Lab) -> Iterator[None]:
    host = lab.host()
    moves = {
        lab.feed(host, f"/{status}", redirect(f"/to{status}", status)): host.answer(f"/to{status}", good())
        for status in (302, 303, 307)
    }
    loop = lab.feed(host, "/loop", redirect("/loop2"))
    host.answer("/loop2", redirect("/loop"))
    long = lab.feed(host, "/h0", redirect("/h1"))
    for hop in range(1, 9):
        host.answer(f"/h{hop}", redirect(f"/h{hop + 1}"))
    yield
    for old, new in moves.items():
        assert minutes(lab.asked(old)) == minutes(lab.asked(new))
        assert max(minutes(lab.asked(old))) > 10_000
        assert {one.header("If-None-Match") for one in lab.asked(new)[1:]} == {'"1"'}
    first = lab.runs[0]
    for url in (loop, long):
        assert first.records[url]["state"] == "failed"
    hops = {one.request.path for one in lab.everything() if re.fullmatch(r"/h\d", one.request.path)}
    assert len(hops) <= 6, hops


@check(20, 3, "validators stay with their address", must=True)
def stay(lab: Lab) -> Iterator[None]:
    host, other = lab.host(), lab.host()
    lab.feed(other, "/own", good())
    away = other.answer("/feed", good('"b"', MONDAY))
    url = lab.feed(host, "/feed", good('"a"', SUNDAY), redirect(away, 301))
    yield
    assert len(lab.asked(away)) > 3
    assert {pair(one) for one in lab.asked(away)} <= {(None, None), ('"b"', MONDAY)}
    assert {pair(one) for one in lab.asked(url)} <= {(None, None), ('"a"', SUNDAY)}


@check(21, 4, "410 ends it, 404 does not", must=True)
def gone(lab: Lab) -> Iterator[None]:
    host = lab.host()
    over = lab.feed(host, "/gone", good(), Answer(status=410))
    missing = lab.feed(host, "/missing", good(), Answer(status=404))
    lab.at(320, lambda: lab.fetch(320, "--force", "--feed", over))
    yield
    listed = lab.listed()
    assert minutes(lab.asked(over)) == [0, 70]
    assert listed[over]["gone"]
    assert listed[over]["articles"] == 1
    assert max(minutes(lab.asked(missing))) > 10_000
    assert gaps(lab.asked(missing))[2] > 90, "404 does not back off"


@check(22, 5, "no cookies, referrers, secrets, queries", must=True)
def junk(lab: Lab) -> Iterator[None]:
    host, other = lab.host(), lab.host()
    cookie = ("Set-Cookie", "a=b; Path=/")
    lab.feed(other, "/own", good('"1"', None, cookie))
    lab.feed(host, "/feed?a=b", good('"1"', None, cookie))
    other.answer("/there", good('"1"', None, cookie))
    host.answer("/here", good('"1"', None, cookie))
    lab.feed(host, "/hop", redirect("/here", 302, headers=(cookie,)))
    host.answer("/secret", redirect(other.url("/there"), 302, headers=(cookie,)))
    lab.subscribe(host.url("/secret").replace("http://", "http://me:word@"))
    yield
    for one in lab.everything():
        for name in ("Cookie", "Referer", "Origin", "From"):
            assert one.header(name) is None, (one.request.path, name)
        secret = one.request in host.requests and one.request.path == "/secret"
        assert secret or one.header("Authorization") is None, one.request.path
        assert "?" not in one.request.path or one.request.path == "/feed?a=b", one.request.path
    assert other.requests_for("/there")


@check(23, 2, "one honest User-Agent")
def agent(lab: Lab) -> Iterator[None]:
    yield
    names = {one.header("User-Agent") for one in lab.everything()}
    assert len(names) == 1, names
    assert re.fullmatch(r"newsdesk/\d[\w.]* \(\+https?://\S+\)", names.pop() or "")


@check(24, 2, "Accept, Accept-Encoding")
def accept(lab: Lab) -> Iterator[None]:
    url = lab.feed(lab.host(), "/feed", Answer(BODY, etag='"1"', gzip=True))
    yield
    for one in lab.asked(url):
        assert "gzip" in (one.header("Accept-Encoding") or "")
        accepted = one.header("Accept") or ""
        assert "application/rss+xml" in accepted
        assert "application/atom+xml" in accepted
        assert re.search(r"\*/\*;\s*q=0\.\d", accepted)
    assert lab.runs[0].records[url]["new"] == 1


@check(26, 1, "differences (RFC 3229)")
def differences(lab: Lab) -> Iterator[None]:
    url = lab.feed(lab.host(), "/feed", good())
    yield
    for one in lab.asked(url):
        assert one.header("A-IM") is None or one.header("If-None-Match")
    assert lab.listed()[url]["articles"] == 1


@check(27, 1, "paged feeds (RFC 5005)")
def paged(lab: Lab) -> Iterator[None]:
    host = lab.host()
    links = "".join(
        f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="{rel}" href="{host.url("/" + rel)}"/>'
        for rel in ("prev-archive", "next", "self")
    )
    lab.feed(host, "/feed", Answer(rss([ITEM], more=links), etag='"1"'))
    yield
    assert {request.path for request in host.requests} == {"/feed"}


# ---------------------------------------------------------------------- article pages


@check(28, 4, "article pages: once, by robots.txt")
def pages(lab: Lab) -> Iterator[None]:
    ruled, refusing, busy, many = lab.host(), lab.host(), lab.host(), lab.host()
    page = Answer(
        "<html><head><title>Fog</title></head><body><article><h1>Fog</h1>"
        + paragraphs(HARBOUR + "\n" + TALKS)
        + "</article></body></html>",
        content_type="text/html",
    )
    ruled.answer(
        "/robots.txt", Answer("User-agent: *\nDisallow: /private/\n", content_type="text/plain", etag='"r"')
    )
    summaries(lab, ruled, ruled.answer("/a.html", page), ruled.answer("/private/b.html", page))
    summaries(lab, refusing, refusing.answer("/c.html", Answer("no", 403)))
    later = Answer("busy", 429, headers=(("Retry-After", "10800"),))
    summaries(lab, busy, busy.answer("/d.html", later, page))
    summaries(lab, many, *[many.answer(f"/{n}.html", page) for n in range(23)])
    yield
    assert len(ruled.requests_for("/a.html")) == 1
    assert not ruled.requests_for("/private/b.html"), "robots.txt is not honoured"
    rules = lab.asked(ruled.url("/robots.txt"))
    assert rules, "robots.txt is not read"
    assert rules[0].request.at < ruled.requests_for("/a.html")[0].at
    assert not gaps(rules) or min(gaps(rules)) > DAY - SLACK
    assert len(refusing.requests_for("/c.html")) == 1, "403 is not respected"
    waited = minutes(lab.asked(busy.url("/d.html")))
    assert waited[0] == 0
    assert len(waited) == 2, waited
    assert waited[1] >= 180, "429 is not respected"
    for number in range(23):
        assert len(many.requests_for(f"/{number}.html")) == 1, "not each page once"
    unasked = [one for one in lab.everything() if one.request.path == "/robots.txt"]
    hosts = {one.header("Host") for one in unasked}
    assert len(hosts) == 4, "robots.txt is asked for where no page is fetched"


def summaries(lab: Lab, host: Server, *links: str) -> None:
    """A feed whose articles have a summary only."""
    items = [Item(link, f"Fog {n}", HARBOUR, link, full=False) for n, link in enumerate(links)]
    lab.feed(host, "/feed", Answer(rss(items), etag='"1"'))


CHECKS.sort(key=lambda one: one.number)

from __future__ import annotations

import asyncio
import gzip
import itertools
import resource
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.ingest.retrieve import Response, Retriever
from newsdesk.models import Limits
from servers import Answer, Server, redirect

from .conftest import AGENT

CAP = 1_000_000
COOKIE = ("Set-Cookie", "a=b; Path=/")


async def get(retriever: Retriever, url: str, cap: int = CAP, **conditions: str | None) -> Response:
    return await retriever.get(url, allow_private=True, cap=cap, **conditions)  # type: ignore[arg-type]


# ---------------------------------------------------------------------- what is asked


async def test_one_plain_request_with_an_honest_name(retriever: Retriever, server: Server) -> None:
    url = server.answer("/feed?a=b", Answer("body", headers=(COOKIE,)))
    response = await get(retriever, url)
    await get(retriever, url)
    assert (response.status, response.body, response.error) == (200, b"body", "")
    assert (response.url, response.final_url, response.moved_to) == (url, url, "")
    assert [request.method for request in server.requests] == ["GET", "GET"]
    for request in server.requests:
        assert request.header("User-Agent") == AGENT
        assert request.header("Accept-Encoding") == "gzip, deflate"
        names = {name.lower() for name, _ in request.headers}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}


async def test_what_is_accepted(retriever: Retriever, server: Server) -> None:
    url = server.answer("/x", Answer("x"))
    await retriever.get(url, accept="feed", allow_private=True, cap=CAP)
    await retriever.get(url, accept="page", allow_private=True, cap=CAP)
    feed, page = (request.header("Accept") or "" for request in server.requests)
    assert "application/rss+xml" in feed
    assert feed.endswith("*/*;q=0.5")
    assert page.startswith("text/html")


@pytest.mark.parametrize(
    ("etag", "modified"),
    [
        ('"a/?,;x"', "Mon, 02 Jan 2023 3:04:05 GMT"),
        ('W/"1"', None),
        (None, "Mon, 02 Jan 2023 3:04:05 GMT"),
        ("unquoted é", None),
    ],
)
async def test_validators_go_back_exactly_as_they_came(
    retriever: Retriever, server: Server, etag: str | None, modified: str | None
) -> None:
    url = server.answer("/feed", Answer("body", etag=etag, last_modified=modified))
    first = await get(retriever, url)
    received = first.headers.get("etag"), first.headers.get("last-modified")
    again = await get(retriever, url, etag=received[0], last_modified=received[1])
    assert (again.status, again.body, again.error) == (304, b"", "")
    assert again.headers.get("etag") == received[0]
    sent = server.requests[-1]
    # The server's library decodes both ways as Latin-1.
    assert sent.header("If-None-Match") == etag
    assert sent.header("If-Modified-Since") == modified


# ---------------------------------------------------------------------- what comes


async def test_gzip_and_both_kinds_of_deflate(retriever: Retriever, server: Server) -> None:
    text = b"many words " * 1000
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(text),
        "x-gzip": gzip.compress(text[:5000]) + gzip.compress(text[5000:]),
        "deflate": zlib.compress(text),
        "Deflate": bare.compress(text) + bare.flush(),
    }
    for encoding, body in packed.items():
        url = server.answer(f"/{encoding}", Answer(body, headers=(("Content-Encoding", encoding),)))
        response = await get(retriever, url)
        assert (response.error, response.body) == ("", text)
        assert response.bytes == len(body)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(b"x" * 2000), "the body is larger than 1 kB"),
        (Answer(b"x" * 2000, gzip=True), "the body is larger than 1 kB"),
        (
            Answer(b"x", headers=(("Content-Encoding", "br"),)),
            "packed in a way that was not asked for ('br')",
        ),
        (Answer(b"words", headers=(("Content-Encoding", "gzip"),)), "the body is damaged"),
        (
            Answer(gzip.compress(b"x" * 99)[:-9], headers=(("Content-Encoding", "gzip"),)),
            "the body ended early",
        ),
        (Answer(b"x", cut=10), "the server broke the rules of HTTP"),
        (Answer(status=404), "HTTP 404: not found"),
        (Answer(status=410), "HTTP 410: gone"),
        (Answer(status=429, headers=(("Retry-After", "5"),)), "HTTP 429: too many requests"),
        (Answer(status=500), "HTTP 500: internal server error"),
        (Answer(status=599), "HTTP 599"),
        (Answer(b"slow", drip=5), "no answer within 0.4 s"),
        (Answer(b"x" * 500, drip=0.05), "the body was not there within 2 s"),
    ],
)
async def test_errors_in_one_line(retriever: Retriever, server: Server, answer: Answer, error: str) -> None:
    response = await get(retriever, server.answer("/x", answer), cap=1000)
    assert error in response.error
    assert "\n" not in response.error
    assert response.status == answer.status
    assert response.body == b""
    for name, value in answer.headers:
        assert response.headers[name.lower()] == value


async def test_a_server_that_never_answers(retriever: Retriever, server: Server) -> None:
    hanging = server.answer("/hang", Answer("late", hang=True))
    other = server.answer("/other", Answer("there"))
    response, there = await asyncio.gather(get(retriever, hanging), get(retriever, other))
    assert (response.status, response.error) == (0, "no answer within 0.4 s")
    assert there.body == b"there"


async def test_a_bomb_stops_at_the_cap(retriever: Retriever, server: Server) -> None:
    packer = zlib.compressobj(1, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    url = server.answer("/bomb", Answer(bomb, headers=(("Content-Encoding", "gzip"),)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    response = await get(retriever, url, cap=10_000_000)
    assert response.error == "the body unpacks to more than 100 times its size"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


async def test_an_endless_body_stops_at_the_cap(retriever: Retriever, server: Server) -> None:
    def endless() -> Iterator[bytes]:
        return itertools.repeat(b"x" * 65_536)

    response = await get(retriever, server.answer("/endless", Answer(stream=endless)))
    assert response.error == "the body is larger than 1 MB"


async def test_films_are_no_pages(retriever: Retriever, server: Server) -> None:
    url = server.answer("/film", Answer(b"x", content_type="video/mp4"))
    response = await retriever.get(url, accept="page", allow_private=True, cap=CAP)
    assert response.error == "not a web page but video/mp4"


async def test_nobody_there(retriever: Retriever, server: Server) -> None:
    server.stop()
    refused = await get(retriever, server.url("/"))
    assert (refused.status, refused.error) == (0, "127.0.0.1 refused the connection")
    unknown = await retriever.get("http://no.such.invalid/", cap=CAP)
    assert unknown.error == "the host no.such.invalid is not known; check the address and the connection"


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "http://[bad/", "http://a\nb/", "http://\udc80/", "", "x", "http://"]
)
async def test_addresses_that_are_none(retriever: Retriever, url: str) -> None:
    response = await retriever.get(url, cap=CAP)
    assert response.error
    assert response.status == 0


# ---------------------------------------------------------------------- redirects


async def test_redirects_are_followed(retriever: Retriever, server: Server) -> None:
    server.answer("/c", Answer("there", etag='"1"'))
    server.answer("/b", redirect("c", 308))
    server.answer("/t", redirect("/c", 302))
    start, end = server.answer("/a", redirect(server.url("/b"), 301)), server.url("/c")
    permanent = await get(retriever, start, etag='"1"', validated=end)
    assert (permanent.status, permanent.final_url, permanent.moved_to) == (304, end, end)
    conditions = [request.header("If-None-Match") for request in server.requests]
    assert conditions == [None, None, '"1"'], "validators go to the address that gave them only"
    partly = await get(retriever, server.answer("/a", redirect("/t", 301)))
    assert (partly.body, partly.final_url, partly.moved_to) == (b"there", end, server.url("/t"))


@pytest.mark.parametrize(
    ("target", "error"),
    [
        ("/x", "redirected in a loop"),
        ("", "redirected to an address that is neither http nor https"),
        ("file:///etc/passwd", "redirected to an address that is neither http nor https"),
        ("http://[bad/", "redirected to an address that is neither http nor https"),
        ("javascript:x", "redirected to an address that is neither http nor https"),
    ],
)
async def test_redirects_that_are_refused(
    retriever: Retriever, server: Server, target: str, error: str
) -> None:
    response = await get(retriever, server.answer("/x", redirect(target, 301)))
    assert (response.error, response.moved_to, response.body) == (error, "", b"")


async def test_five_redirects_and_no_more(retriever: Retriever, server: Server) -> None:
    for step in range(6):
        server.answer(f"/{step}", redirect(f"/{step + 1}"))
    server.answer("/6", Answer("there"))
    assert (await get(retriever, server.url("/1"))).body == b"there"
    assert (await get(retriever, server.url("/0"))).error == "redirected more than 5 times"
    server.answer("/a", redirect("/b"))
    server.answer("/b", redirect("/a"))
    assert (await get(retriever, server.url("/a"))).error == "redirected in a loop"


async def test_nothing_of_one_host_goes_to_another(server: Server, limits: Limits) -> None:
    secret = f"http://me:word@127.0.0.1:{server.port}/a"
    server.answer("/a", redirect(server.url("/b", host="localhost"), 301, headers=(COOKIE,)))
    server.answer("/b", Answer("there", etag='"b"'))
    async with Retriever(limits, AGENT) as retriever:
        response = await get(retriever, secret, etag='"a"', last_modified="x")
    # The permission to reach this machine was given for the name 127.0.0.1.
    assert (
        response.error == "refused: localhost is a private address (127.0.0.1); add it with --allow-private"
    )
    (asked,) = server.requests
    assert asked.header("If-None-Match") == '"a"'
    assert (asked.header("Authorization") or "").startswith("Basic ")


# ---------------------------------------------------------------------- private addresses, files


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0.0.0.0", "[::ffff:127.0.0.1]"]
)
async def test_private_addresses_are_refused(retriever: Retriever, server: Server, host: str) -> None:
    server.answer("/", Answer("secret"))
    response = await retriever.get(f"http://{host}:{server.port}/", cap=CAP)
    assert response.error.startswith("refused: ")
    assert response.error.endswith("add it with --allow-private")
    assert server.requests == ()


@pytest.mark.parametrize("host", ["10.0.0.1", "169.254.169.254", "192.168.1.1", "[::1]", "[fd00::1]"])
async def test_other_private_addresses_are_refused_without_a_connection(
    retriever: Retriever, host: str
) -> None:
    response = await retriever.get(f"http://{host}/", cap=CAP)
    assert response.error.startswith("refused: ")


async def test_files_only_where_they_are_allowed(retriever: Retriever, tmp_path: Path) -> None:
    feed = tmp_path / "a feed.xml"
    feed.write_bytes(b"<rss/>")
    refused = await retriever.get(feed.as_uri(), cap=CAP)
    assert (refused.body, refused.error) == (b"", "file addresses are read only where the config names them")
    read = await retriever.get(feed.as_uri(), allow_file=True, cap=CAP)
    assert (read.status, read.body, read.error) == (200, b"<rss/>", "")
    for url, error in {
        tmp_path.as_uri(): f"{tmp_path} is not a file",
        (tmp_path / "none").as_uri(): f"{tmp_path}/none: no such file or directory",
        "file:///dev/zero": "/dev/zero is not a file",
        "file://elsewhere/etc/passwd": "a file address must be one of this machine: file:///PATH",
    }.items():
        assert (await retriever.get(url, allow_file=True, cap=CAP)).error == error
    assert (
        await retriever.get(feed.as_uri(), allow_file=True, cap=3)
    ).error == "the body is larger than 3 bytes"


# ---------------------------------------------------------------------- politeness


async def test_one_host_gets_few_requests_at_once_and_a_pause_between_them(server: Server) -> None:
    urls = [server.answer(f"/{n}", Answer("x", hang=True)) for n in range(5)]
    limits = Limits(per_host=2, spacing=0.2)
    began = time.monotonic()
    async with Retriever(limits, AGENT) as retriever:
        tasks = [asyncio.create_task(get(retriever, url)) for url in urls]
        await asyncio.to_thread(server.wait_for_requests, 2)
        server.release()
        assert [response.body for response in await asyncio.gather(*tasks)] == [b"x"] * 5
    assert server.most_in_flight <= 2
    # A request may be seen later than it was sent, by any time, but none before its turn.
    assert all(request.at - began >= 0.2 * turn for turn, request in enumerate(server.requests))


async def test_a_waiting_host_takes_no_place_from_others(server: Server) -> None:
    hanging = [server.answer(f"/{n}", Answer("x", hang=True)) for n in range(4)]
    with Server() as second:
        other = second.answer("/", Answer("there"))
        async with Retriever(Limits(concurrency=2, per_host=1, spacing=0), AGENT) as retriever:
            tasks = [asyncio.create_task(get(retriever, url)) for url in hanging]
            await asyncio.to_thread(server.wait_for_requests, 1)
            elsewhere = other.replace("127.0.0.1", "localhost")
            assert (await asyncio.wait_for(get(retriever, elsewhere), 5)).body == b"there"
            assert len(server.requests) == 1
            server.release()
            await asyncio.gather(*tasks)


async def test_a_request_that_is_given_up_frees_its_place(server: Server) -> None:
    hanging = server.answer("/hang", Answer("x", hang=True))
    url = server.answer("/", Answer("there"))
    async with Retriever(Limits(concurrency=1, per_host=1, spacing=0), AGENT) as retriever:
        task = asyncio.create_task(get(retriever, hanging))
        await asyncio.to_thread(server.wait_for_requests, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await get(retriever, url)).body == b"there"

"""Hostile servers and resolvers, one test a defence: each fails without it."""

from __future__ import annotations

import asyncio
import gzip
import os
import resource
import socket
import threading
import time
import zlib
from typing import Any

import pytest
from msgspec.structs import replace

from newsdesk.ingest import turns
from newsdesk.ingest.bodies import FREE, RATIO, Body, BodyError
from newsdesk.ingest.retrieve import SILENT, Response, Retriever
from newsdesk.models import Limits
from servers import Answer, Server, redirect

from .conftest import AGENT

CAP = 10_000_000


async def get(retriever: Retriever, url: str, **more: Any) -> Response:
    return await retriever.get(url, allow_private=True, cap=CAP, **more)


# ---------------------------------------------------------------------- bodies


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "x-unheard-of"])
async def test_an_encoding_that_was_not_asked_for_is_not_unpacked(
    retriever: Retriever, server: Server, encoding: str
) -> None:
    url = server.answer("/", Answer(b"\x28\xb5\x2f\xfd" * 99, headers=(("Content-Encoding", encoding),)))
    assert "packed in a way that was not asked for" in (await get(retriever, url)).error


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_bomb_of_300_mb_costs_less_than_50(
    retriever: Retriever, server: Server, encoding: str
) -> None:
    packer = zlib.compressobj(1, wbits=31 if encoding == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    url = server.answer("/bomb", Answer(bomb, headers=(("Content-Encoding", encoding),)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (await get(retriever, url)).error == "the body unpacks to more than 100 times its size"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


def test_small_and_plain_bodies_may_pack_well() -> None:
    text = b"one word " * (FREE // 10)
    body = Body("gzip", CAP)
    body.add(gzip.compress(text))
    assert body.finish() == text
    plain = Body("", CAP)
    plain.add(text * 3)
    assert len(plain.finish()) == 3 * len(text)


def test_the_ratio_is_of_what_came_so_far() -> None:
    mixed = os.urandom(3 * FREE // RATIO) + bytes(2 * FREE)
    body = Body("gzip", CAP)
    body.add(gzip.compress(mixed))
    assert body.finish() == mixed
    with pytest.raises(BodyError, match="more than 100 times"):
        Body("gzip", CAP).add(gzip.compress(bytes(4 * FREE)))


async def test_a_header_without_end_is_an_error(retriever: Retriever, server: Server) -> None:
    url = server.answer("/", Answer("x", headers=(("X-Long", "a" * 500_000),)))
    assert "broke the rules of HTTP" in (await get(retriever, url)).error


async def test_a_slow_chain_of_redirects_ends_in_time(server: Server, limits: Limits) -> None:
    for hop in range(5):
        server.answer(f"/{hop}", Answer(status=302, headers=(("Location", f"/{hop + 1}"),), delay=0.3))
    limits = replace(limits, read_timeout=5, total_timeout=0.8)
    async with Retriever(limits, AGENT) as retriever:
        response = await get(retriever, server.url("/0"))
    assert response.error == "no answer within 0.8 s"
    assert response.ms < 2000


async def test_a_part_or_a_difference_is_not_the_whole(retriever: Retriever, server: Server) -> None:
    for status in (204, 206, 226):
        assert f"HTTP {status}" in (await get(retriever, server.answer("/", Answer("x", status)))).error


# ---------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "127.0.0.1.",
        "localhost.",
        "LOCALHOST",
        "0177.0.0.1",
        "0x7f.1",
        "0",
        "[::]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "①②⑦.0.0.1",
        "%31%32%37.0.0.1",
        "127。0。0。1",
        "user@127.0.0.1",
        "127.0.0.2",
    ],
)
async def test_no_spelling_of_this_machine_is_reached(retriever: Retriever, host: str) -> None:
    with Server("0.0.0.0") as server:
        server.answer("/", Answer("secret"))
        response = await retriever.get(f"http://{host}:{server.port}/", cap=CAP)
        assert response.error
        assert server.requests == ()


async def test_a_redirect_reaches_private_hosts_only_where_the_user_named_them(limits: Limits) -> None:
    with Server() as here, Server("127.0.0.2") as there:
        there.answer("/secret", Answer("secret"))
        url = here.answer("/feed", redirect(there.url("/secret")))
        async with Retriever(limits, AGENT) as retriever:
            refused = await get(retriever, url)
        assert "private address" in refused.error
        assert there.requests == ()
        async with Retriever(limits, AGENT, {"127.0.0.2"}) as retriever:
            assert (await get(retriever, url)).body == b"secret"
            public = await retriever.get(there.url("/secret"), cap=CAP)
        assert "private address" in public.error, "a feed without the permission has no use of it"


async def test_a_name_that_changes_its_address_is_judged_at_every_connection(
    server: Server, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The resolver first names a public address (which nothing here reaches), then this machine."""
    server.answer("/", Answer("secret"))
    answers = ["2606:4700:4700::1111"]
    resolve = socket.getaddrinfo

    def two_faced(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host not in ("rebind.example", b"rebind.example"):
            return resolve(host, port, *rest, **more)
        address = answers.pop() if answers else "127.0.0.1"
        return resolve(address, port, 0, socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", two_faced)
    async with Retriever(replace(limits, connect_timeout=0.3), AGENT) as retriever:
        replies = [await retriever.get(f"http://rebind.example:{server.port}/", cap=CAP) for _ in range(3)]
    assert answers == []
    assert "private address (127.0.0.1)" in replies[-1].error
    assert server.requests == ()


async def test_headers_of_a_feed_go_to_its_own_server_only(limits: Limits) -> None:
    with Server() as here, Server("127.0.0.2") as there:
        there.answer("/b", Answer("there"))
        url = here.answer("/a", redirect(there.url("/b")))
        async with Retriever(limits, AGENT, {"127.0.0.2"}) as retriever:
            await get(retriever, url, headers={"X-Key": "secret"}, etag='"1"', last_modified="x")
        assert here.requests[0].header("X-Key") == "secret"
        names = {name.lower() for name, _ in there.requests[0].headers}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}


async def test_a_redirect_to_another_host_waits_for_leave(limits: Limits) -> None:
    async def no(target: str) -> str:
        return f"not to {target}"

    with Server() as here, Server("127.0.0.2") as there:
        url = here.answer("/a", redirect(there.url("/b")))
        async with Retriever(limits, AGENT, {"127.0.0.2"}) as retriever:
            response = await get(retriever, url, gate=no)
        assert response.error == f"not to {there.url('/b')}"
        assert there.requests == ()


# ---------------------------------------------------------------------- slots


async def test_servers_that_hang_lend_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    limits = Limits(concurrency=2, spacing=0, read_timeout=20, total_timeout=30)
    with Server() as hanging, Server("127.0.0.2") as hung, Server("127.0.0.3") as well:
        slow = [one.answer("/", Answer("late", hang=True)) for one in (hanging, hung)]
        url = well.answer("/", Answer("there"))
        async with Retriever(limits, AGENT) as retriever:
            tasks = [asyncio.create_task(get(retriever, one)) for one in slow]
            for one in (hanging, hung):
                await asyncio.to_thread(one.wait_for_requests, 1)
            for _ in range(3):
                assert (await asyncio.wait_for(get(retriever, url), 5)).body == b"there"
            hanging.release()
            hung.release()
            assert [response.body for response in await asyncio.gather(*tasks)] == [b"late"] * 2
            started = [asyncio.create_task(get(retriever, url)) for _ in range(20)]
            await asyncio.gather(*started)
        assert well.most_in_flight <= 2, "places that were given back twice"


async def test_a_server_that_never_answers_is_left_alone(server: Server, limits: Limits) -> None:
    urls = [server.answer(f"/{n}", Answer("late", hang=True)) for n in range(SILENT + 12)]
    limits = replace(limits, per_host=SILENT, read_timeout=0.3)
    started = time.monotonic()
    async with Retriever(limits, AGENT) as retriever:
        responses = await asyncio.gather(*(get(retriever, url) for url in urls))
    assert all(response.error for response in responses)
    assert "left alone" in responses[-1].error
    assert SILENT <= len(server.requests) < len(urls)
    assert time.monotonic() - started < 5


async def test_one_hung_feed_does_not_condemn_its_server(server: Server, limits: Limits) -> None:
    good = server.answer("/good", Answer("there"))
    hung = [server.answer(f"/{n}", Answer("late", hang=True)) for n in range(SILENT + 2)]
    async with Retriever(replace(limits, per_host=SILENT + 2), AGENT) as retriever:
        await get(retriever, good)
        await asyncio.gather(*(get(retriever, url) for url in hung))
        assert (await get(retriever, good)).body == b"there"


async def test_a_host_that_is_closed_is_not_asked(server: Server, limits: Limits) -> None:
    url = server.answer("/", Answer("there"))
    async with Retriever(limits, AGENT, closed=lambda host: f"{host} rests") as retriever:
        response = await get(retriever, url)
    assert (response.held, response.error) == (True, "127.0.0.1 rests")
    assert server.requests == ()


async def test_an_answer_that_breaks_off_is_not_asked_for_again_at_once(limits: Limits) -> None:
    connections = 0

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        writer.close()

    listener = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with listener, Retriever(limits, AGENT) as retriever:
        port = listener.sockets[0].getsockname()[1]
        assert (await get(retriever, f"http://127.0.0.1:{port}/")).status == 0
    assert connections == 1


async def test_bodies_that_wait_to_be_read_do_not_fill_the_memory(server: Server, limits: Limits) -> None:
    url = server.answer("/", Answer("there"))
    async with Retriever(limits, AGENT) as retriever:
        with retriever.turns.keeping(turns.ROOM), retriever.turns.keeping(1):
            waiting = asyncio.create_task(get(retriever, url))
            done, _ = await asyncio.wait([waiting], timeout=0.3)
            assert not done
            assert server.requests == ()
        assert (await waiting).body == b"there"


async def test_names_that_nobody_answers_for_hold_up_no_others(
    server: Server, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many lookups hang as two processors have threads for, and more."""
    resolve, answered = socket.getaddrinfo, threading.Event()

    def silent(host: Any, *rest: Any, **more: Any) -> Any:
        if b"silent" in (host if isinstance(host, bytes) else str(host).encode()):
            answered.wait(20)
            raise socket.gaierror(socket.EAI_AGAIN, "nobody answers")
        return resolve(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    url = server.answer("/", Answer("there")).replace("127.0.0.1", "localhost")
    try:
        async with Retriever(replace(limits, connect_timeout=3), AGENT) as retriever:
            hanging = [
                asyncio.create_task(retriever.get(f"http://silent{n}.example/", cap=CAP)) for n in range(12)
            ]
            await asyncio.sleep(0)
            assert (await asyncio.wait_for(get(retriever, url), 2)).body == b"there"
            answered.set()
            for response in await asyncio.gather(*hanging):
                assert "is not known" in response.error
    finally:
        answered.set()

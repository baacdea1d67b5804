"""Feeds and pages from the net: conditional, capped in size and time, polite. The only user of httpx.

Nothing that a server does is raised: a Response has either a body or an error for a person. Cookies are
never kept, private addresses are refused at connect time (so that a name cannot change its address in
between), redirects are followed here, where it can be decided what goes along.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urldefrag

import httpx
from httpx_secure import SSRFProtectionError, httpx_ssrf_protection
from msgspec import Struct, structs

from newsdesk.ingest.answers import (
    PERMANENT,
    REDIRECTS,
    WHOLE,
    Fault,
    Response,
    bad_redirect,
    headers_of,
    http_error,
    no_page,
)
from newsdesk.ingest.bodies import ENCODINGS, Body, BodyError
from newsdesk.ingest.clean import clean_line, clean_url
from newsdesk.ingest.files import fetched
from newsdesk.ingest.hosts import host_of, is_private, origin_of
from newsdesk.ingest.turns import Turns
from newsdesk.models import Limits

__all__ = ["SILENT", "Closed", "Fault", "Gate", "Kind", "Response", "Retriever"]

CONNECT_TRIES = 2
"""A refused or broken connection is tried once more at once; nothing else is."""
LOOKUPS = 32
"""Names that are looked up at once at most."""
SILENT = 8
"""Requests without any answer after which a server that never gave one is asked no more."""
_ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}
Kind = Literal["feed", "page", "robots"]
Gate = Callable[[str], Awaitable[str]]
"""Asked before a redirect to another host is followed; the answer is why not, or empty."""
Closed = Callable[[str], str]
"""Asked with a host when a request gets its turn; the answer is why it is not to be asked now, or empty."""


class _Failed(Exception):
    """No usable answer; the message is the Response's error."""


class _Hop(Struct, frozen=True):
    """One request's answer."""

    status: int
    headers: dict[str, str]
    location: str = ""
    """Where a redirect leads to, as received."""
    body: bytes = b""
    received: int = 0
    error: str = ""
    fault: Fault = ""


class _Asked(Struct, frozen=True):
    """What one `get` asks for, at every hop."""

    url: str
    conditions: dict[str, str]
    validated: str
    """The address that the conditions are for."""
    accept: Kind
    private: frozenset[str]
    """Hosts that may be private addresses."""
    headers: Mapping[str, str]
    """For the scheme, host and port of `url` only."""
    cap: int
    proxy: str = ""

    def headers_for(self, url: str) -> dict[str, str]:
        """The headers of a request to one address."""
        headers = {"Accept": _ACCEPT[self.accept]}
        if origin_of(url) == origin_of(self.url):
            headers |= self.headers
        if url == self.validated:
            headers |= self.conditions
        return headers


class Retriever:
    """Fetches within `limits`, under the name `user_agent`; an async context manager.

    One Retriever is one refresh: it counts requests by host. It belongs to one event loop. `private_hosts`
    are names that may be loopback or private addresses, for requests with `allow_private`. `closed` holds
    back requests whose turn has come.
    """

    def __init__(
        self,
        limits: Limits,
        user_agent: str,
        private_hosts: Collection[str] = (),
        closed: Closed | None = None,
    ) -> None:
        self._limits = limits
        self._closed = closed or _open
        self._silence: Counter[str] = Counter()
        self._user_agent = user_agent
        self._private_hosts = frozenset(private_hosts)
        self.turns = Turns(limits)
        self._public: httpx.AsyncClient | None = None
        self._private: httpx.AsyncClient | None = None
        self._proxied: dict[str, httpx.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        # Names are looked up in the loop's threads, of which two processors have six: as many names that no
        # server answers for would hold up all others.
        lookups = ThreadPoolExecutor(max_workers=LOOKUPS, thread_name_prefix="lookup")
        asyncio.get_running_loop().set_default_executor(lookups)
        trusted = httpx.create_ssl_context()
        self._public = httpx_ssrf_protection(self._client(trusted))
        self._private = self._client(trusted)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in (self._public, self._private, *self._proxied.values()):
            if client is not None:
                await client.aclose()
        self._public = self._private = None
        self._proxied.clear()

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        validated: str = "",
        accept: Kind = "feed",
        allow_private: bool = False,
        allow_file: bool = False,
        cap: int,
        headers: Mapping[str, str] | None = None,
        proxy: str = "",
        gate: Gate | None = None,
        closed: Closed | None = None,
    ) -> Response:
        """Fetch `url`; `cap` is the most decompressed bytes that are taken.

        The validators are sent exactly as given, to the address that gave them only: `validated`, by default
        `url`. `allow_private` holds for the host of `url` and for the retriever's private hosts, `headers`
        go to the scheme, host and port of `url` only. `proxy` (`http://HOST:PORT`) makes the connections, and
        it looks the hosts up: only private addresses that are spelled out can be refused. `allow_file` lets a
        `file:` address be read from disk. `gate` is asked before a redirect to another host is followed,
        `closed` in addition to the retriever's own.
        """
        if url.startswith("file:"):
            return await asyncio.to_thread(fetched, url, cap, allow_file)
        conditions: dict[str, str] = {}
        if etag is not None:
            conditions["If-None-Match"] = etag
        if last_modified is not None:
            conditions["If-Modified-Since"] = last_modified
        asked = _Asked(
            url=url,
            conditions=conditions,
            validated=validated or url,
            accept=accept,
            private=self._private_hosts | {host_of(url)} if allow_private else frozenset(),
            headers=headers or {},
            cap=cap,
            proxy=proxy,
        )
        return await self._follow(asked, gate, closed or _open)

    # ------------------------------------------------------------------ redirects

    async def _follow(self, asked: _Asked, gate: Gate | None, closed: Closed) -> Response:
        current, seen = asked.url, {asked.url}
        spent, received, moved_to, permanent = 0.0, 0, "", True
        hop = _Hop(0, {})
        error = ""
        while not error:
            async with self.turns.turn(host_of(current)):
                if reason := self._closed(host_of(current)) or closed(host_of(current)):
                    return Response(url=asked.url, final_url=current, error=reason, held=True)
                started = time.monotonic()
                hop = await self._heard(current, asked, spent)
                spent += time.monotonic() - started
            received += hop.received
            error = hop.error
            if error or hop.status not in REDIRECTS:
                break
            target = urldefrag(clean_url(hop.location, current)).url
            error = bad_redirect(target, seen)
            if not error and gate is not None and host_of(target) != host_of(current):
                error = await gate(target)
            if not error:
                permanent = permanent and hop.status in PERMANENT
                moved_to = target if permanent else moved_to
                current = target
                seen.add(target)
        return Response(
            url=asked.url,
            final_url=current,
            status=hop.status,
            headers=hop.headers,
            body=hop.body,
            error=error,
            ms=round(spent * 1000),
            bytes=received,
            moved_to="" if error else moved_to,
            fault=hop.fault,
        )

    # ------------------------------------------------------------------ one request

    async def _heard(self, url: str, asked: _Asked, spent: float) -> _Hop:
        """One request, unless the server has answered none of so many before it in this refresh."""
        server = origin_of(url)[1]
        if self._silence[server] >= SILENT:
            silent = f"{host_of(url)} answered none of {SILENT} requests; it is left alone"
            return _Hop(0, {}, error=silent, fault="unreachable")
        hop = await self._hop(url, asked, spent)
        if hop.status:
            self._silence[server] = -1_000_000  # it is there: single feeds may hang, the others are asked
        else:
            self._silence[server] += 1
        return hop

    async def _hop(self, url: str, asked: _Asked, spent: float) -> _Hop:
        """One request within what is left of the total time."""
        host = host_of(url)
        if asked.proxy and host not in asked.private and is_private(host):
            refused = f"refused: {host} is a private address; add it with --allow-private"
            return _Hop(0, {}, error=refused, fault="private")
        client = self._client_for(host, asked)
        answered: list[_Hop] = []
        fault: Fault = ""
        try:
            async with asyncio.timeout(max(0.0, self._limits.total_timeout - spent)):
                return await self._exchange(client, url, asked, answered)
        except TimeoutError:
            error, fault = f"no answer within {self._limits.total_timeout:g} s", "timeout"
            if answered:
                error = f"the body was not there within {self._limits.total_timeout:g} s"
        except _Failed as failed:
            error = str(failed)
        except BodyError as failed:
            error = str(failed)
        except httpx.HTTPError as failed:
            error, fault = self._reason(failed, url), _fault(failed)
        except (httpx.InvalidURL, ValueError) as failed:
            error = f"the address cannot be fetched ({clean_line(str(failed), 120)})"
        return structs.replace(answered[0] if answered else _Hop(0, {}), error=error, fault=fault)

    async def _exchange(
        self, client: httpx.AsyncClient, url: str, asked: _Asked, answered: list[_Hop]
    ) -> _Hop:
        response = await self._send(client, url, asked.headers_for(url))
        try:
            headers = headers_of(response.headers.raw)
            hop = _Hop(response.status_code, headers, response.extensions["location"])
            answered.append(hop)
            if hop.status == 304 or hop.status in REDIRECTS:
                return hop
            if hop.status not in WHOLE:
                raise _Failed(http_error(hop.status))
            if asked.accept == "page" and (fault := no_page(headers.get("content-type", ""))):
                raise _Failed(fault)
            body = Body(headers.get("content-encoding", ""), asked.cap)
            async for chunk in response.aiter_raw():
                body.add(chunk)
            return structs.replace(hop, body=body.finish(), received=body.received)
        finally:
            await response.aclose()

    async def _send(self, client: httpx.AsyncClient, url: str, headers: Mapping[str, str]) -> httpx.Response:
        encoded = {
            name.encode("latin-1", "replace"): value.encode("latin-1", "replace")
            for name, value in headers.items()
        }
        request = client.build_request("GET", url, headers=encoded)
        for _ in range(CONNECT_TRIES - 1):
            try:
                return await client.send(request, stream=True)
            except httpx.ConnectError as error:
                if not any(isinstance(cause, ConnectionError) for cause in _causes(error)):
                    raise
        return await client.send(request, stream=True)

    def _client_for(self, host: str, asked: _Asked) -> httpx.AsyncClient:
        client = self._private if host in asked.private else self._public
        assert client is not None, "a Retriever is used inside its `async with`"
        if not asked.proxy:
            return client
        if asked.proxy not in self._proxied:
            self._proxied[asked.proxy] = self._client(httpx.create_ssl_context(), asked.proxy)
        return self._proxied[asked.proxy]

    def _client(self, trusted: ssl.SSLContext, proxy: str | None = None) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=trusted,
            proxy=proxy,
            trust_env=False,  # a proxy would make the address check void
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            event_hooks={"response": [_take_location]},
            headers={"User-Agent": self._user_agent, "Accept-Encoding": ENCODINGS},
            # httpx's pool slows down with idle connections, and a feed is asked once an hour.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            timeout=httpx.Timeout(self._limits.read_timeout, connect=self._limits.connect_timeout, pool=None),
        )

    def _reason(self, error: httpx.HTTPError, url: str) -> str:
        """What went wrong on the net, in one line for a person."""
        host = host_of(url)
        if isinstance(error, SSRFProtectionError):
            address = "" if str(error.ip_addr) == host else f" ({error.ip_addr})"
            return f"refused: {host} is a private address{address}; add it with --allow-private"
        if isinstance(error, httpx.ConnectTimeout):
            return f"no connection to {host} within {self._limits.connect_timeout:g} s"
        if isinstance(error, httpx.TimeoutException):
            return f"no answer within {self._limits.read_timeout:g} s"
        for cause in _causes(error):
            if isinstance(cause, socket.gaierror):
                return f"the host {host} is not known; check the address and the connection"
            if isinstance(cause, ssl.SSLCertVerificationError):
                return f"the certificate of {host} is not valid ({clean_line(cause.verify_message, 120)})"
            if isinstance(cause, ConnectionRefusedError):
                return f"{host} refused the connection"
        what = clean_line(str(error), 120) or type(error).__name__
        if isinstance(error, httpx.ConnectError):
            return f"no connection to {host} ({what})"
        if isinstance(error, httpx.ReadError):
            return "the connection broke off"
        if isinstance(error, httpx.UnsupportedProtocol):
            return "the address is neither http nor https"
        return f"the server broke the rules of HTTP ({what})"


# ---------------------------------------------------------------------- what keeps a server from answering


def _open(host: str) -> str:
    return ""


def _fault(error: httpx.HTTPError) -> Fault:
    if isinstance(error, SSRFProtectionError):
        return "private"
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    causes = tuple(_causes(error))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return "dns"
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "tls"
    return "unreachable" if isinstance(error, httpx.NetworkError) else ""


async def _take_location(response: httpx.Response) -> None:
    """Put the target of a redirect aside: httpx would make the next request of it at once, and raise where it
    cannot, before it is judged here."""
    response.extensions["location"] = response.headers.pop("location", "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Everything that led to `error`, groups taken apart."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__]
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions

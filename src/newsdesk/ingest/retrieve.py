"""Feeds and pages from the net: conditional, capped in size and time, polite. The only user of httpx.

Nothing that a server does is raised: a Response has either a body or an error for a person. Cookies are
never kept, private addresses are refused at connect time (so that a name cannot change its address in
between), redirects are followed here, where it can be decided what goes along.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import stat
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urldefrag, urlsplit
from urllib.request import url2pathname

import httpx
from httpx_secure import SSRFProtectionError, httpx_ssrf_protection
from msgspec import Struct, structs

from newsdesk.ingest.bodies import ENCODINGS, Body, BodyError
from newsdesk.ingest.clean import clean_line, clean_url
from newsdesk.ingest.turns import Turns
from newsdesk.models import Limits

HOPS = 5
"""Redirects that are followed at most."""
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
}
_NO_PAGES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")


class Response(Struct, frozen=True):
    """What came of one `get`, redirects followed."""

    url: str
    """As asked."""
    final_url: str
    """Where the answer came from."""
    status: int = 0
    """Of the last answer; 0 where there was none. A `file:` address that can be read has 200."""
    headers: dict[str, str] = {}
    """Names in lower case, values as received (as Latin-1). Validators of another host than the asked one
    are left out: sent with the next request, they would go to the wrong host."""
    body: bytes = b""
    """Decompressed; empty where `error` is set, and for a 304."""
    error: str = ""
    """Empty, or what went wrong, in one line for a person."""
    ms: int = 0
    """Time that the requests took, without the wait for a turn."""
    bytes: int = 0
    """Bytes of bodies that came over the wire."""
    permanent: bool = False
    """Whether it was redirected, and every redirect was a permanent one (301, 308)."""


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


class Retriever:
    """Fetches within `limits`, under the name `user_agent`; an async context manager.

    One Retriever is one refresh: it counts requests by host. It belongs to one event loop.
    """

    def __init__(self, limits: Limits, user_agent: str) -> None:
        self._limits = limits
        self._user_agent = user_agent
        self._turns = Turns(limits)
        self._public: httpx.AsyncClient | None = None
        self._private: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        trusted = httpx.create_ssl_context()
        self._public = httpx_ssrf_protection(self._client(trusted))
        self._private = self._client(trusted)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in (self._public, self._private):
            if client is not None:
                await client.aclose()
        self._public = self._private = None

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: Literal["feed", "page"] = "feed",
        allow_private: bool = False,
        allow_file: bool = False,
        cap: int,
    ) -> Response:
        """Fetch `url`; `cap` is the most decompressed bytes that are taken.

        The validators are sent exactly as given, to the host of `url` only; `allow_private` holds for that
        host only, too. `allow_file` lets a `file:` address be read from disk.
        """
        if url.startswith("file:"):
            return await asyncio.to_thread(_read_file, url, cap) if allow_file else _refused_file(url)
        conditions: dict[str, str] = {}
        if etag is not None:
            conditions["If-None-Match"] = etag
        if last_modified is not None:
            conditions["If-Modified-Since"] = last_modified
        return await self._follow(url, conditions, accept, allow_private, cap)

    # ------------------------------------------------------------------ redirects

    async def _follow(
        self,
        url: str,
        conditions: dict[str, str],
        accept: Literal["feed", "page"],
        allow_private: bool,
        cap: int,
    ) -> Response:
        host, current, seen = _host(url), url, {url}
        spent, received, permanent = 0.0, 0, True
        hop = _Hop(0, {})
        error = ""
        while not error:
            own = _host(current) == host
            headers = {"Accept": _ACCEPT[accept], **(conditions if own else {})}
            async with self._turns.turn(_host(current)):
                started = time.monotonic()
                hop = await self._hop(current, headers, own and allow_private, cap, accept, spent)
                spent += time.monotonic() - started
            received += hop.received
            error = hop.error
            if error or hop.status not in _REDIRECTS:
                break
            permanent = permanent and hop.status in _PERMANENT
            target = urldefrag(clean_url(hop.location, current)).url
            error = _bad_redirect(target, seen)
            if not error:
                current = target
                seen.add(target)
        answer = hop.headers
        if _host(current) != host:
            answer = {name: value for name, value in answer.items() if name not in ("etag", "last-modified")}
        return Response(
            url=url,
            final_url=current,
            status=hop.status,
            headers=answer,
            body=hop.body,
            error=error,
            ms=round(spent * 1000),
            bytes=received,
            permanent=permanent and len(seen) > 1 and not error,
        )

    # ------------------------------------------------------------------ one request

    async def _hop(
        self, url: str, headers: dict[str, str], private: bool, cap: int, accept: str, spent: float
    ) -> _Hop:
        """One request within what is left of the total time."""
        client = self._private if private else self._public
        assert client is not None, "a Retriever is used inside its `async with`"
        answered: list[_Hop] = []
        try:
            async with asyncio.timeout(max(0.0, self._limits.total_timeout - spent)):
                return await self._exchange(client, url, headers, cap, accept, answered)
        except TimeoutError:
            error = f"no answer within {self._limits.total_timeout:g} s"
            if answered:
                error = f"the body was not there within {self._limits.total_timeout:g} s"
        except _Failed as failed:
            error = str(failed)
        except BodyError as failed:
            error = str(failed)
        except httpx.HTTPError as failed:
            error = self._reason(failed, url)
        except (httpx.InvalidURL, ValueError) as failed:
            error = f"the address cannot be fetched ({clean_line(str(failed), 120)})"
        return structs.replace(answered[0] if answered else _Hop(0, {}), error=error)

    async def _exchange(
        self,
        client: httpx.AsyncClient,
        url: str,
        headers: dict[str, str],
        cap: int,
        accept: str,
        answered: list[_Hop],
    ) -> _Hop:
        encoded = {name: value.encode("latin-1", "replace") for name, value in headers.items()}
        request = client.build_request("GET", url, headers={k.encode(): v for k, v in encoded.items()})
        response = await client.send(request, stream=True)
        try:
            hop = _Hop(response.status_code, _headers(response), response.extensions["location"])
            answered.append(hop)
            if hop.status == 304 or hop.status in _REDIRECTS:
                return hop
            if not 200 <= hop.status < 300:
                raise _Failed(_http_error(hop.status))
            if accept == "page":
                _refuse_media(hop.headers.get("content-type", ""))
            body = Body(hop.headers.get("content-encoding", ""), cap)
            async for chunk in response.aiter_raw():
                body.add(chunk)
            return structs.replace(hop, body=body.finish(), received=body.received)
        finally:
            await response.aclose()

    def _client(self, trusted: ssl.SSLContext) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=trusted,
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
        host = _host(url)
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


# ---------------------------------------------------------------------- decisions


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _bad_redirect(target: str, seen: set[str]) -> str:
    """Why a redirect to `target` is not followed, or `""`; `seen` are the addresses asked so far."""
    if not target:
        return "redirected to an address that is neither http nor https"
    if target in seen:
        return "redirected in a loop"
    if len(seen) > HOPS:
        return f"redirected more than {HOPS} times"
    return ""


async def _take_location(response: httpx.Response) -> None:
    """Put the target of a redirect aside: httpx would make the next request of it at once, and raise where it
    cannot, before it is judged here."""
    response.extensions["location"] = response.headers.pop("location", "")


def _headers(response: httpx.Response) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in response.headers.raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        single = key in ("etag", "last-modified", "content-type")
        headers[key] = (
            headers[key]
            if single and key in headers
            else ", ".join([*filter(None, [headers.get(key)]), text])
        )
    return headers


def _http_error(status: int) -> str:
    try:
        return f"HTTP {status}: {HTTPStatus(status).phrase.lower()}"
    except ValueError:
        return f"HTTP {status}"


def _refuse_media(content_type: str) -> None:
    if content_type.strip().lower().startswith(_NO_PAGES):
        raise _Failed(f"not a web page but {clean_line(content_type, 60)}")


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


# ---------------------------------------------------------------------- files


def _refused_file(url: str) -> Response:
    return Response(url=url, final_url=url, error="file addresses are read only where the config names them")


def _read_file(url: str, cap: int) -> Response:
    """A `file:` address of this machine; only ordinary files, as a pipe or device could block for ever."""
    started = time.monotonic()
    parts = urlsplit(url)
    path = Path(url2pathname(parts.path))
    body, error = b"", ""
    try:
        if parts.netloc not in ("", "localhost"):
            error = "a file address must be one of this machine: file:///PATH"
        elif not stat.S_ISREG(path.stat().st_mode):
            error = f"{path} is not a file"
        else:
            with path.open("rb") as file:
                body = file.read(cap + 1)
            Body("", cap).add(body)
    except BodyError as failed:
        body, error = b"", str(failed)
    except (OSError, ValueError) as failed:
        error = f"{path}: {(getattr(failed, 'strerror', None) or str(failed)).lower()}"
    return Response(
        url=url,
        final_url=url,
        status=0 if error else 200,
        body=body,
        error=error,
        ms=round((time.monotonic() - started) * 1000),
        bytes=len(body),
    )

"""A real HTTP server on loopback with scripted answers, for the tests of every layer.

    with Server() as server:
        server.answer("/feed.xml", Answer(body, etag='"1"'))
        ... fetch server.url("/feed.xml") ...
        assert server.requests[0].header("User-Agent")

In a conftest, `from servers import server` makes it a fixture.
"""

from __future__ import annotations

import gzip
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self, cast

import pytest

WAIT = 10.0
"""Seconds after which waiting for a request is a failed test."""


@dataclass(frozen=True)
class Answer:
    """What a path answers. The given headers come after the ones that follow from the other fields."""

    body: bytes | str = b""
    status: int = 200
    content_type: str = "application/xml; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    etag: str | None = None
    """Sent as it is; a request with the same If-None-Match gets a 304 with it."""
    last_modified: str | None = None
    """The same with If-Modified-Since, where the request has no If-None-Match."""
    gzip: bool = False
    """Send the body gzipped if the request accepts that."""
    hang: bool = False
    """Log the request and answer only after `Server.release()`."""
    delay: float = 0.0
    """Seconds before the answer."""
    drip: float = 0.0
    """Seconds between two bytes of the body."""
    stream: Callable[[], Iterable[bytes]] | None = None
    """The body in pieces, without a Content-Length; may be endless."""
    cut: int = 0
    """So many bytes of the body are promised and never sent."""


def redirect(location: str, status: int = 302, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """An answer that sends the client to `location`."""
    return Answer(status=status, headers=(("Location", location), *headers))


@dataclass(frozen=True)
class Request:
    """A request as it came; headers in their order, names as sent."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    at: float
    """`time.monotonic()` at its arrival."""

    def header(self, name: str) -> str | None:
        """The first header of that name, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Server:
    """Serves scripted answers on a free port from `with` to its end.

    `address` is where it listens: on Linux every 127.x.y.z is this machine, and a host of its own.
    With a `certificate` (a file that has its key, too) it speaks HTTPS.
    """

    def __init__(self, address: str = "127.0.0.1", certificate: Path | None = None) -> None:
        self.address = address
        self._scheme = "http" if certificate is None else "https"
        self._answers: dict[str, list[Answer]] = {}
        self._log: list[Request] = []
        self._changed = threading.Condition()
        self._released = threading.Event()
        self._stopped = threading.Event()
        self._in_flight = 0
        self.most_in_flight = 0
        """The most requests that were being answered at one time."""
        self._http = _Listener((address, 0), _Handler)
        self._http.scripted = self
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        self.port: int = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop serving; from now on connections are refused. May be called twice."""
        if not self._stopped.is_set():
            self._stopped.set()
            self._released.set()
            self._http.shutdown()
            self._http.server_close()
            self._thread.join(WAIT)

    # ------------------------------------------------------------------ script

    def answer(self, path: str, *answers: Answer) -> str:
        """Script `path` (query included): each request takes the next answer, the last one stays.
        Returns the path's URL. A path without a script answers 404."""
        assert answers, "a path needs an answer"
        with self._changed:
            self._answers[path] = list(answers)
        return self.url(path)

    def url(self, path: str, host: str = "") -> str:
        """The address of `path`; `host` may be another name of this machine, such as `localhost`."""
        return f"{self._scheme}://{host or self.address}:{self.port}{path}"

    def release(self) -> None:
        """Let the hanging answers go."""
        self._released.set()

    # ------------------------------------------------------------------ log

    @property
    def requests(self) -> tuple[Request, ...]:
        """All requests so far, in order of arrival."""
        with self._changed:
            return tuple(self._log)

    def requests_for(self, path: str) -> tuple[Request, ...]:
        """The requests for one path."""
        return tuple(request for request in self.requests if request.path == path)

    def forget(self) -> None:
        """Empty the log."""
        with self._changed:
            self._log.clear()
            self.most_in_flight = self._in_flight

    def wait_for_requests(self, count: int, path: str | None = None) -> None:
        """Wait until `count` requests (for `path`) have come; fails the test after 10 s."""

        def enough() -> bool:
            return sum(path in (None, request.path) for request in self._log) >= count

        with self._changed:
            assert self._changed.wait_for(enough, WAIT), f"{len(self._log)} of {count} requests came"

    # ------------------------------------------------------------------ used by the handler

    def _arrived(self, request: Request) -> Answer:
        with self._changed:
            self._log.append(request)
            self._in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self._in_flight)
            self._changed.notify_all()
            script = self._answers.get(request.path)
            if script is None:
                return Answer(b"not here", 404, "text/plain")
            return script.pop(0) if len(script) > 1 else script[0]

    def _answered(self) -> None:
        with self._changed:
            self._in_flight -= 1
            self._changed.notify_all()

    def _hold(self) -> None:
        self._released.wait()

    def _pause(self, seconds: float) -> bool:
        """Wait that long; False when the server stops meanwhile."""
        return not self._stopped.wait(seconds)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    scripted: Server

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that hangs up early is what many tests are about.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = WAIT

    def do_GET(self) -> None:
        server = cast(_Listener, self.server).scripted
        request = Request(self.command, self.path, tuple(self.headers.items()), time.monotonic())
        answer = server._arrived(request)
        try:
            if answer.hang:
                server._hold()
            if answer.delay:
                server._pause(answer.delay)
            self._send(server, request, answer)
        finally:
            server._answered()

    do_HEAD = do_GET
    do_POST = do_GET

    def _send(self, server: Server, request: Request, answer: Answer) -> None:
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        status, headers = answer.status, [("Content-Type", answer.content_type)]
        if answer.etag is not None:
            headers.append(("ETag", answer.etag))
        if answer.last_modified is not None:
            headers.append(("Last-Modified", answer.last_modified))
        if status == 200 and _unchanged(request, answer):
            status, body = 304, b""
        elif answer.gzip and "gzip" in (request.header("Accept-Encoding") or ""):
            headers.append(("Content-Encoding", "gzip"))
            body = gzip.compress(body)
        if answer.stream is not None and status != 304:
            headers.append(("Connection", "close"))
        else:
            headers.append(("Content-Length", str(len(body) + answer.cut)))
        self.send_response(status)
        for name, value in (*headers, *answer.headers):
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD" or status == 304:
            return
        for piece in _pieces(answer, body):
            self.wfile.write(piece)
            if answer.drip and not server._pause(answer.drip):
                break
        if answer.cut or answer.stream is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are in `Server.requests`; nothing is printed."""


def _unchanged(request: Request, answer: Answer) -> bool:
    match, since = request.header("If-None-Match"), request.header("If-Modified-Since")
    if match is not None:
        return match == answer.etag
    return since is not None and since == answer.last_modified


def _pieces(answer: Answer, body: bytes) -> Iterator[bytes]:
    if answer.stream is not None:
        yield from answer.stream()
    elif answer.drip:
        yield from (body[at : at + 1] for at in range(len(body)))
    else:
        yield body


@pytest.fixture
def server() -> Iterator[Server]:
    """A server for one test."""
    with Server() as running:
        yield running

"""A small web server on loopback: ETag, 304, gzip, and a second edition of its site."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from newsdesk.demo.feeds import OUTLETS, Page, Site

FEEDS = frozenset(outlet.feed_path for outlet in OUTLETS)


class Editions:
    """Which of two editions of the site is out: the second, once every feed of the first was delivered."""

    def __init__(self, first: Site, second: Site) -> None:
        self._first = first
        self._second = second
        self._waiting = set(FEEDS)
        self._lock = Lock()

    def page(self, path: str) -> Page | None:
        """What stands at `path` now."""
        with self._lock:
            return (self._first if self._waiting else self._second).get(path)

    def delivered(self, path: str) -> None:
        """Take note that the body at `path` goes out."""
        with self._lock:
            self._waiting.discard(path)


class Server(ThreadingHTTPServer):
    """Serves `editions`; each connection in a thread that does not keep the process alive."""

    daemon_threads = True
    editions: Editions

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that hangs up is none of the terminal's business."""


class Handler(BaseHTTPRequestHandler):
    """GET and HEAD of the pages of the server's current edition."""

    protocol_version = "HTTP/1.1"
    server_version = "newsdesk-demo"
    timeout = 10
    server: Server

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        page = self.server.editions.page(path)
        if page is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        if page.etag in self.headers.get("If-None-Match", ""):
            self._head(HTTPStatus.NOT_MODIFIED, page)
            self.end_headers()
            return
        body = page.body
        packed = "gzip" in self.headers.get("Accept-Encoding", "")
        if packed:
            body = gzip.compress(body, mtime=0)
        self._head(HTTPStatus.OK, page)
        self.send_header("Content-Type", page.content_type)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command == "GET":
            # noted before the last byte is out: a reader that has it all finds the next edition
            self.server.editions.delivered(path)
            self.wfile.write(body)

    do_HEAD = do_GET

    def _head(self, status: HTTPStatus, page: Page) -> None:
        self.send_response(status)
        self.send_header("ETag", page.etag)
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Cache-Control", "no-cache")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal belongs to the interface."""


@contextmanager
def running(editions: Callable[[str], tuple[Site, Site]]) -> Iterator[str]:
    """Serve on a free port of 127.0.0.1; gives the base address, `http://127.0.0.1:PORT`.

    `editions` makes the first and the second edition of the site for that address.
    """
    with Server(("127.0.0.1", 0), Handler) as server:
        base = f"http://127.0.0.1:{server.server_port}"
        server.editions = Editions(*editions(base))
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield base
        finally:
            server.shutdown()
            thread.join()

"""What came of a request, and what its status, headers and redirects mean: no net here."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Literal

from msgspec import Struct

from newsdesk.ingest.clean import clean_line

HOPS = 5
"""Redirects that are followed at most."""
REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
WHOLE = (200, 203)
"""Statuses whose body is the whole resource: 206 has a part of it, 226 a difference, 204 nothing."""
_SINGLE = ("etag", "last-modified", "content-type")
_NO_PAGES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
Fault = Literal["", "private", "dns", "tls", "timeout", "unreachable"]
"""What kept a server from answering, where that is known."""


class Response(Struct, frozen=True):
    """What came of one `get`, redirects followed."""

    url: str
    """As asked."""
    final_url: str
    """Where the answer came from."""
    status: int = 0
    """Of the last answer; 0 where there was none. A `file:` address that can be read has 200."""
    headers: dict[str, str] = {}
    """Names in lower case, values as received (as Latin-1); validators among them are of `final_url`."""
    body: bytes = b""
    """Decompressed; empty where `error` is set, and for a 304."""
    error: str = ""
    """Empty, or what went wrong, in one line for a person."""
    ms: int = 0
    """Time that the requests took, without the wait for a turn."""
    bytes: int = 0
    """Bytes of bodies that came over the wire."""
    moved_to: str = ""
    """Where permanent redirects (301, 308) led before any temporary one; empty where there were none."""
    held: bool = False
    """Not asked: its host was closed by the time of its turn; `error` says why."""
    fault: Fault = ""


def bad_redirect(target: str, seen: set[str]) -> str:
    """Why a redirect to `target` is not followed, or `""`; `seen` are the addresses asked so far."""
    if not target:
        return "redirected to an address that is neither http nor https"
    if target in seen:
        return "redirected in a loop"
    if len(seen) > HOPS:
        return f"redirected more than {HOPS} times"
    return ""


def http_error(status: int) -> str:
    """A status that has no body to take, in words."""
    try:
        return f"HTTP {status}: {HTTPStatus(status).phrase.lower()}"
    except ValueError:
        return f"HTTP {status}"


def no_page(content_type: str) -> str:
    """Why what has this type is no web page, or `""`."""
    if content_type.strip().lower().startswith(_NO_PAGES):
        return f"not a web page but {clean_line(content_type, 60)}"
    return ""


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers as `Response` has them: of a name that stands twice the values are joined, but for those that
    can have one only; the first counts then."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        if key in headers and key in _SINGLE:
            continue
        headers[key] = ", ".join([*filter(None, [headers.get(key)]), text])
    return headers

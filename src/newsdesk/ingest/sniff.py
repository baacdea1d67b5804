"""What a body is, by its first bytes, and what the head of a web page says; cheap, no tree is built."""

from __future__ import annotations

import re
from html import unescape

from newsdesk.ingest.clean import clean_line

HEAD = 65_536
"""Characters in which a page's head is looked for."""

_SKIPPED = re.compile(rb"(?:\s|\xef\xbb\xbf|<!--.*?-->|<\?[^>]*>)*", re.DOTALL)
_HTML_START = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|base|link|script|style|header|main|article|section|nav|"
    rb"aside|figure|div|p|h[1-6]|ul|ol|dl|table|blockquote|span|a|b|i|em|strong|center|font|img)(?=[\s/>]))",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{0,2000})", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta\b[^<>]*charset\s*=\s*[\"']?([\w:-]+)", re.IGNORECASE)


def is_html(data: bytes) -> bool:
    """Whether `data` starts as an HTML page or piece of one does; feeds and plain text do not."""
    start = data[:4096]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start[2:].replace(b"\0", b"")
    skipped = _SKIPPED.match(start)
    return _HTML_START.match(start, skipped.end() if skipped else 0) is not None


def decoded(html: bytes) -> str:
    """A page as text: by its byte order mark, as UTF-8 if it is that, else by its own word."""
    if html[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return html.decode("utf-16", "replace")
    try:
        return html.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    named = _CHARSET.search(html, 0, HEAD)
    try:
        return html.decode(named[1].decode("ascii") if named else "cp1252", "replace")
    except LookupError:
        return html.decode("cp1252", "replace")


def page_title(html: bytes) -> str:
    """The page's `<title>` as one clean line, or `""`."""
    found = _TITLE.search(decoded(html), 0, HEAD)
    return clean_line(unescape(found[1])) if found else ""

"""Opening a page in the reader's browser, out of the terminal's way."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from urllib.parse import urlsplit

from newsdesk.errors import UsageError


def checked(url: str) -> str:
    """The address, if a browser may have it. Raises UsageError."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise UsageError("this article has no web address", "y copies the passage")
    return url


async def open_page(url: str) -> bool:
    """Open the page; False where this machine has no browser. Raises UsageError for other addresses."""
    return await asyncio.to_thread(_open, checked(url))


def _open(url: str) -> bool:
    import webbrowser

    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    # A child of its own, without this terminal: what a browser prints would land on the screen. A
    # browser that stays in the foreground is left alone after a while.
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [sys.executable, "-m", "webbrowser", "-t", url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=5,
            check=False,
        )
    return True

"""Feeds that lie on this machine: `file:` addresses."""

from __future__ import annotations

import stat
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from newsdesk.ingest.answers import Response
from newsdesk.ingest.bodies import Body, BodyError


def read_file(url: str, cap: int) -> tuple[bytes, str]:
    """(bytes, error) of a `file:` address; only ordinary files, as a pipe or device could block for ever."""
    parts = urlsplit(url)
    path = Path(url2pathname(parts.path))
    try:
        if parts.netloc not in ("", "localhost"):
            return b"", "a file address must be one of this machine: file:///PATH"
        if not stat.S_ISREG(path.stat().st_mode):
            return b"", f"{path} is not a file"
        with path.open("rb") as file:
            body = file.read(cap + 1)
        Body("", cap).add(body)
    except BodyError as failed:
        return b"", str(failed)
    except (OSError, ValueError) as failed:
        return b"", f"{path}: {(getattr(failed, 'strerror', None) or str(failed)).lower()}"
    return body, ""


def fetched(url: str, cap: int, allowed: bool) -> Response:
    """A `file:` address as if it were fetched."""
    if not allowed:
        error = "file addresses are read only where the config names them"
        return Response(url=url, final_url=url, error=error)
    started = time.monotonic()
    body, error = read_file(url, cap)
    return Response(
        url=url,
        final_url=url,
        status=0 if error else 200,
        body=body,
        error=error,
        ms=round((time.monotonic() - started) * 1000),
        bytes=len(body),
    )

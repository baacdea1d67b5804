"""What a feed's own settings add to its requests: headers, a log-in, a proxy.

A password is asked of its command or the environment once in a refresh. It goes into one header of one
request and nowhere else: no file, no log, no error has it.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
from urllib.parse import urlsplit

from msgspec import Struct

from newsdesk.models import Auth, Feed

COMMAND_SECONDS = 20.0
"""A password manager may ask its owner; longer than this nobody waits."""


class Access(Struct, frozen=True):
    """How one address of a feed is asked for."""

    headers: dict[str, str] = {}
    proxy: str = ""
    error: str = ""
    """Why it cannot be asked for: there is no password."""


class Keys:
    """The accesses of one refresh."""

    def __init__(self) -> None:
        self._passwords: dict[Auth, asyncio.Task[tuple[str, str]]] = {}

    async def access(self, feed: Feed, address: str) -> Access:
        """Headers and log-in are for the feed's own scheme, host and port, the proxy for all its requests."""
        if _origin(address) != _origin(feed.url):
            return Access(proxy=feed.proxy)
        headers = dict(feed.headers)
        if feed.auth is not None:
            password, error = await self._password(feed.auth)
            if error:
                return Access(error=f"auth: {error}")
            login = f"{feed.auth.user}:{password}".encode()
            headers["Authorization"] = "Basic " + base64.b64encode(login).decode("ascii")
        return Access(headers, feed.proxy)

    async def _password(self, auth: Auth) -> tuple[str, str]:
        if auth not in self._passwords:
            self._passwords[auth] = asyncio.create_task(_asked(auth))
        return await asyncio.shield(self._passwords[auth])


async def _asked(auth: Auth) -> tuple[str, str]:
    """(password, error)."""
    if auth.password_env:
        password = os.environ.get(auth.password_env, "")
        return password, "" if password else f"the environment has no {auth.password_env}"
    program = auth.password_command[0]
    try:
        process = await asyncio.create_subprocess_exec(
            *auth.password_command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except (OSError, ValueError) as error:
        return "", f"{program} cannot be started ({getattr(error, 'strerror', None) or 'wrong arguments'})"
    try:
        printed, _ = await asyncio.wait_for(process.communicate(), COMMAND_SECONDS)
    except TimeoutError:
        return "", f"{program} gave no password within {COMMAND_SECONDS:g} s"
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        return "", f"{program} ended with status {process.returncode}"
    first = printed.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    return first, "" if first else f"{program} printed nothing"


def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port; what cannot be read is like nothing."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port
    except ValueError:
        return url, None, None

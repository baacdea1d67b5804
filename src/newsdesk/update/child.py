"""The interface's end of the background: start a child for a job, yield its events."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncGenerator, Sequence

import msgspec

from newsdesk.models import Event, Notice
from newsdesk.update.background import Job

LINE_LIMIT = 1 << 20
"""Bytes of an event at most (ArticlesStored lists ids)."""
ENDING_SECONDS = 2.0


class Child:
    """A background process at work; one job, then it is gone."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._process: asyncio.subprocess.Process | None = None

    async def events(self) -> AsyncGenerator[Event]:
        """Start the child and yield what it tells, until its work is done. Closing ends the child."""
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "newsdesk.update.background"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=LINE_LIMIT,
            # Ctrl-C and a closing terminal are the interface's to handle; it closes our standard input.
            start_new_session=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(msgspec.json.encode(self._job) + b"\n")
            await process.stdin.drain()
            async for line in process.stdout:
                yield msgspec.json.decode(line, type=Event)
            if await process.wait() not in (0, 1):
                yield Notice(f"the background process ended early ({self._job.kind})", "warning")
        finally:
            await self._end(process)

    def want(self, ids: Sequence[int]) -> None:
        """Have these articles taken first."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(msgspec.json.encode(list(ids)) + b"\n")

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """Closing standard input ends the child; one that does not listen is killed."""
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), ENDING_SECONDS)
        except (TimeoutError, asyncio.CancelledError):
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            raise
        finally:
            # Workers of the child may hold its standard output open for a moment: without this the pipe would
            # outlive the event loop.
            process._transport.close()  # type: ignore[attr-defined]

"""Worker processes that can be killed: parsing and labelling run there, never on the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from newsdesk.errors import NewsdeskError

Given = ParamSpec("Given")
Result = TypeVar("Result")
Setup = Callable[[], tuple[Callable[..., None], tuple[object, ...]]]
LONGEST_FOLDER = 71
"""Bytes of the folder for temporary files that leave room for the fork server's socket: the path of one has
103 at most (macOS; 107 on Linux), 32 of them `/pymp-…/listener-…`."""


class WorkerFailed(NewsdeskError):
    """The work took too long, or the process that did it died."""


class Workers:
    """A pool of processes, made with the first piece of work; use it as a context manager.

    `setup` gives a function and its arguments that every new process calls before its first piece of work;
    `modules` are those that all of them need.
    """

    def __init__(self, count: int = 2, setup: Setup | None = None, modules: Sequence[str] = ()) -> None:
        self._count = count
        self._modules = list(modules)
        self._setup = setup
        self._pool: Any = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()

    async def run(
        self, seconds: float, function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """`function(*args, **kwargs)` in a worker; all of it must pickle.

        Raises WorkerFailed when it takes longer than `seconds` (the worker is killed) or dies.
        """
        with self._told(seconds):
            work = self._scheduled(seconds, function, args, kwargs)
            result: Result = await asyncio.wrap_future(work)
        return result

    def promised(
        self, seconds: float, function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Callable[[], Result]:
        """`run` without an event loop: it begins now, and what is returned waits for the result.

        Both raise WorkerFailed.
        """
        with self._told(seconds):
            work = self._scheduled(seconds, function, args, kwargs)

        def result() -> Result:
            with self._told(seconds):
                made: Result = work.result()
            return made

        return result

    def _scheduled(
        self, seconds: float, function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> Any:
        work = {"args": list(args), "kwargs": dict(kwargs), "timeout": seconds}
        return self._started().schedule(function, **work)

    @contextlib.contextmanager
    def _told(self, seconds: float) -> Iterator[None]:
        """What may go wrong with the processes, as WorkerFailed."""
        from concurrent.futures.process import BrokenProcessPool

        from pebble import ProcessExpired

        try:
            yield
        except (FutureTimeout, TimeoutError):
            raise WorkerFailed(f"reading it took longer than {seconds:g} s") from None
        except ProcessExpired:
            raise WorkerFailed("the process that read it died") from None
        except BrokenProcessPool:
            self._pool = None  # the next work finds a new one
            raise WorkerFailed("the processes that read died") from None

    def _started(self) -> Any:
        if self._pool is None:
            from pebble import ProcessPool

            prepare, given = self._setup() if self._setup else (None, ())
            self._pool = ProcessPool(
                max_workers=self._count,
                context=_context(self._modules),
                initializer=prepare,
                initargs=list(given),
            )
        return self._pool


def _context(modules: list[str]) -> Any:
    """Workers are forked from a process of one thread that has imported what they need: half the time of
    processes that each start from nothing. Where that does not exist, or its socket has no room, they do."""
    room = len(os.fsencode(tempfile.gettempdir())) <= LONGEST_FOLDER
    if not room or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(modules)
    return context

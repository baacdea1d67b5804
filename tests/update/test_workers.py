"""Work in processes that can be killed."""

from __future__ import annotations

import os
import time

import pytest

from newsdesk.update.workers import WorkerFailed, Workers


async def test_work_is_done_in_another_process() -> None:
    with Workers(1) as workers:
        assert await workers.run(30, os.getpid) != os.getpid()
        assert await workers.run(30, int, "ff", base=16) == 255


async def test_what_takes_too_long_is_killed_and_the_next_work_goes_on() -> None:
    with Workers(1) as workers:
        await workers.run(30, os.getpid)
        with pytest.raises(WorkerFailed, match=r"longer than 0\.2 s"):
            await workers.run(0.2, time.sleep, 60)
        assert await workers.run(30, int, "7") == 7


async def test_a_process_that_dies_is_an_error_of_its_work_alone() -> None:
    with Workers(1) as workers:
        with pytest.raises(WorkerFailed, match="died"):
            await workers.run(30, os._exit, 3)
        assert await workers.run(30, int, "7") == 7


async def test_an_exception_comes_back_as_it_is() -> None:
    with Workers(1) as workers, pytest.raises(ValueError, match="invalid literal"):
        await workers.run(30, int, "x")


def test_without_work_no_process_is_started() -> None:
    with Workers() as workers:
        assert workers._pool is None

"""Work in processes that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

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


@pytest.mark.parametrize("length", [71, 76, 200])
def test_the_folder_for_temporary_files_may_have_a_long_name(length: int) -> None:
    folder = Path("/tmp") / f"newsdesk-{os.getpid()}-".ljust(length - len("/tmp/"), "x")
    work = "import asyncio; from newsdesk.update.workers import Workers\n"
    work += "with Workers(1) as workers: print(asyncio.run(workers.run(60, int, '7')))"
    folder.mkdir()
    try:
        done = subprocess.run(
            [sys.executable, "-c", work],
            env=os.environ | {"TMPDIR": str(folder)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert not list(folder.iterdir())
    finally:
        folder.rmdir()
    assert (done.returncode, done.stdout, done.stderr) == (0, "7\n", "")


def test_without_work_no_process_is_started() -> None:
    with Workers() as workers:
        assert workers._pool is None

"""The behaviour server's marks: the real program, a simulated week, 28 checks of polite fetching."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from servers.behaviour import score, table
from servers.checks import CHECKS

ENOUGH = 107


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has every 127.x.y.z as a host of its own")
def test_publishers_welcome_the_fetcher(tmp_path: Path) -> None:
    assert sum(check.weight for check in CHECKS) == 113
    assert [check.number for check in CHECKS] == list(range(1, 29))
    marks = score(CHECKS, tmp_path / "home")
    assert not [mark.check.title for mark in marks if mark.fault and mark.check.must], table(marks)
    assert sum(mark.points for mark in marks) >= ENOUGH, table(marks)

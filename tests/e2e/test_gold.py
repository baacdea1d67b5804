"""`newsdesk analyze` reaches its goals on the founding article, by the scorer's own count."""

from __future__ import annotations

import shlex
import subprocess
import sys

import pytest

from e2e.program import NEWSDESK
from e2e.shared import GOLD, SCORER, needs_gold

pytestmark = [pytest.mark.e2e, needs_gold]

GOALS = ("lost=0", "topics=.9", "entities=.9", "figures=.9", "claim=.7")


def test_the_founding_article_is_read_well_enough() -> None:
    run = subprocess.run(
        [
            *(sys.executable, SCORER, "--misses", "--run", shlex.join([*NEWSDESK, "analyze", "--json"])),
            *(part for goal in GOALS for part in ("--at-least", goal)),
            GOLD,
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr

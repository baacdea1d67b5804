"""A home of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.program import Cli
from servers import server

__all__ = ["server"]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    home = tmp_path / "home"
    monkeypatch.setenv("NEWSDESK_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "80")
    return Cli(home, monkeypatch, capsys)

"""Fixtures of the end-to-end tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e.program import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """newsdesk with an empty home."""
    return Home(tmp_path / "home")

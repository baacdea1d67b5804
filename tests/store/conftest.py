"""An open archive in a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.store.archive import Archive, open_archive
from store.build import DESK, DIGEST, TOPICS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    """Empty, with the desk of `store.build` open."""
    opened = open_archive(path)
    opened.set_desk(DESK, TOPICS, DIGEST)
    yield opened
    opened.close()

"""An archive with the lead (entities and figures found) and three short articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from tui import archive


@pytest.fixture(autouse=True)
def all_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with all colours, whatever runs the tests."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return archive.settings(tmp_path)


@pytest.fixture
def filled(settings: Settings) -> Settings:
    first, *rest = archive.fill(settings.paths, settings, [archive.lead(), *archive.others()])
    archive.save_deep(settings.paths, settings, first, *archive.lead_findings())
    for other in rest:
        archive.save_deep(settings.paths, settings, other, [], [])
    return settings


@pytest.fixture
def newsdesk(filled: Settings) -> Iterator[Newsdesk]:
    desk = archive.opened(filled)
    yield desk
    desk.close()

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from newsdesk.ingest.retrieve import Retriever
from newsdesk.models import Limits
from servers import server as server

AGENT = "newsdesk/0.0 (+https://example.org/)"


@pytest.fixture
def limits() -> Limits:
    """Short times, no pause between two requests."""
    return Limits(spacing=0, connect_timeout=5, read_timeout=0.4, total_timeout=2)


@pytest.fixture
async def retriever(limits: Limits) -> AsyncIterator[Retriever]:
    async with Retriever(limits, AGENT) as opened:
        yield opened

"""What every test may use."""

from __future__ import annotations

from servers import server

__all__ = ["server"]

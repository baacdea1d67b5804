"""A home with a config, an archive and a server on loopback."""

from __future__ import annotations

from servers import server

__all__ = ["server"]

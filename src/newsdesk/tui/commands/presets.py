"""Sets of keys that come ready-made: `[ui] keys` takes one, the config's `[keys]` are laid over it."""

from __future__ import annotations

from collections.abc import Mapping

PRESETS: Mapping[str, Mapping[str, str]] = {
    "newsdesk": {},
    # Newsboat's own keys for what both readers do (2.44), beside ours where both are free.
    "newsboat": {
        "mark-all-read": "A, C",
        "next-unread": "n, ctrl+n",
        "previous-unread": "p, ctrl+p",
        "palette": ":",
        "unread-only": "l",
        "left": "h, left",
        "right": "right",
        "narrow": "i, F",
        "feeds": "E",
        "links": "u, ;",
        "browser": "o, O",
        "star": "ctrl+b",
        "export": "s, x",
        "half-down": "space, ctrl+d, pagedown",
        "quit": "q, Q, ctrl+q",
    },
}


def with_preset(preset: str, overrides: Mapping[str, str]) -> dict[str, str]:
    """The keys by action that differ from the registry's: those of a preset, the reader's own over it."""
    return {**PRESETS[preset], **overrides}

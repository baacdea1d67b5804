"""What lies in the package beside the code: the built-in desks, and the names of conflicts."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def builtin_desks() -> dict[str, bytes]:
    """Desk id -> TOML bytes of every built-in desk; each decodes into `models.Desk`."""
    folder = files(__package__).joinpath("desks")
    found = {
        entry.name.removesuffix(".toml"): entry.read_bytes()
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    return dict(sorted(found.items()))


@cache
def conflicts() -> tuple[tuple[str, ...], ...]:
    """Names (as a desk writes words) by which a text shows that it is of one conflict, a tuple each."""
    raw = files(__package__).joinpath("conflicts.toml").read_text(encoding="utf-8")
    return tuple(tuple(conflict["names"]) for conflict in tomllib.loads(raw)["conflict"])

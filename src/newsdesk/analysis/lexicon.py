"""The built-in desks, as they lie in the package. Decoding them is the caller's."""

from __future__ import annotations

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

"""Where newsdesk keeps things: the platform's own directories, or one folder for all of it."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct


class Paths(Struct, frozen=True):
    """The folders of one newsdesk home; nothing is created by asking for a path."""

    config_dir: Path
    data_dir: Path
    log_dir: Path
    home: Path | None = None
    """The one folder that holds everything, where one was named."""

    @property
    def config_file(self) -> Path:
        return self.config_dir / "config.toml"

    @property
    def desks_dir(self) -> Path:
        """The user's own desks, one TOML file each."""
        return self.config_dir / "desks"

    @property
    def archive(self) -> Path:
        return self.data_dir / "archive.db"

    @property
    def log_file(self) -> Path:
        return self.log_dir / "newsdesk.log"


def paths(home: str | Path | None = None) -> Paths:
    """`home` (the `--home` option), else the environment's NEWSDESK_HOME, else the platform's directories."""
    chosen = home or os.environ.get("NEWSDESK_HOME")
    if chosen:
        folder = Path(chosen).expanduser().absolute()
        return Paths(config_dir=folder, data_dir=folder, log_dir=folder, home=folder)
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("newsdesk", appauthor=False)
    return Paths(
        config_dir=Path(dirs.user_config_dir),
        data_dir=Path(dirs.user_data_dir),
        log_dir=Path(dirs.user_log_dir),
    )

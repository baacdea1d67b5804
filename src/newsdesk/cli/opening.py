"""Settings and desk, opened as the global options say."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.errors import ConfigError

USUAL_THEMES = ("newsdesk-dark", "newsdesk-light")
"""Themes that are known without Textual."""

if TYPE_CHECKING:
    from newsdesk.config import Settings
    from newsdesk.desk import Newsdesk


def read_settings(args: Namespace) -> Settings:
    """The config of `--home` with the desk of `--desk`. Raises ConfigError, UsageError."""
    from newsdesk.config import load
    from newsdesk.paths import paths

    return load(paths(args.home), desk=args.desk)


def check_keys(settings: Settings) -> None:
    """The config's keys and themes against what the interface has. Raises ConfigError naming file and key."""
    from newsdesk.tui import commands

    config = settings.config
    try:
        commands.check_keys(commands.with_preset(config.ui.keys, config.keys))
        if config.themes or config.ui.theme not in USUAL_THEMES:
            from newsdesk.tui.ownthemes import check_theme, own_themes

            own_themes(config.themes)
            check_theme(config.ui.theme, config.themes)
    except ConfigError as error:
        raise ConfigError(f"{settings.paths.config_file}: {error.message}", error.hint) from None


@contextmanager
def open_newsdesk(args: Namespace, *, archive: bool = True) -> Iterator[Newsdesk]:
    """The opened desk, closed at the end; without `archive` nothing on disk is touched."""
    from newsdesk.desk import Newsdesk

    settings = read_settings(args)
    desk = Newsdesk.open(settings, offline=args.offline, archive=archive)
    _log(settings.paths.log_file if archive else None, debug=args.debug)
    try:
        yield desk
    finally:
        desk.close()


def _log(file: Path | None, *, debug: bool) -> None:
    """Warnings of the layers below go to `file`, to standard error with `debug`, or nowhere: standard error
    has the errors that are meant for people."""
    import logging

    handler: logging.Handler = logging.NullHandler()
    if debug:
        handler = logging.StreamHandler()
    elif file is not None:
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    logging.basicConfig(handlers=[handler], format="%(asctime)s %(levelname)s %(name)s: %(message)s")

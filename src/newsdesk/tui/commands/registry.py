"""All actions in the order in which help and docs list them."""

from __future__ import annotations

from collections.abc import Mapping

from newsdesk.tui.commands import board, desk, entities, feeds, ledger, news, popup, reach, search, sizes
from newsdesk.tui.commands.record import Command

COMMANDS: tuple[Command, ...] = (
    *desk.COMMANDS,
    *reach.COMMANDS,
    *board.COMMANDS,
    *news.COMMANDS,
    *search.COMMANDS,
    *entities.COMMANDS,
    *ledger.COMMANDS,
    *feeds.COMMANDS,
    *popup.COMMANDS,
    *sizes.COMMANDS,
)

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}


def commands(screen: str) -> tuple[Command, ...]:
    """The commands of a screen, in the registry's order."""
    return tuple(command for command in COMMANDS if screen in command.screens)

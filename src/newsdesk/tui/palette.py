"""The command palette's entries: the registry's commands and the themes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from newsdesk.tui import commands, words


class RegistryProvider(Provider):
    """Every command of the screen by its title, and every theme by its name."""

    async def discover(self) -> Hits:
        for title, help_text, run in self._entries():
            yield DiscoveryHit(Content(title), run, text=title, help=help_text)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for title, help_text, run in self._entries():
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), run, text=title, help=help_text)

    def _entries(self) -> list[tuple[str, str, Callable[[], Any]]]:
        screen = self.screen
        entries: list[tuple[str, str, Callable[[], Any]]] = [
            (
                f"{command.title}  {commands.show_keys(command)}",
                command.help,
                partial(screen.run_action, command.action),
            )
            for command in commands.commands(getattr(screen, "REGISTRY", "desk"))
            if not command.numbered and command.id != "palette"
        ]
        for name in sorted(self.app.available_themes):
            run = partial(setattr, self.app, "theme", name)
            entries.append((f"Theme: {words.clean_line(name)}", "Take this theme until you leave.", run))
        return entries

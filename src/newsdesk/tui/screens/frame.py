"""What every screen has that fills the terminal: answers in the status line, keys pressed twice, themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.command import CommandPalette
from textual.screen import Screen

from newsdesk.models import AnyStep, Corrected, Looked, Marked, Starred
from newsdesk.tui import commands, words
from newsdesk.tui.bindings import bind
from newsdesk.tui.widgets.lines import Hints

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsdesk.desk import Newsdesk

WIDE = 160
MEDIUM = 80
SAID_FOR = 8.0
"""Seconds that an answer stays in the status line."""


Place = tuple[int, int]
"""(article id, passage index)."""


class FrameScreen(Screen[Place | None], inherit_bindings=False):
    """A screen of the registry: its keys, its answers, its widths."""

    REGISTRY: ClassVar[str] = ""
    """The screen's name in the registry."""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it without ClassVar
        (0, "-narrow"),
        (MEDIUM, "-medium"),
        (WIDE, "-wide"),
    ]

    def __init__(self, newsdesk: Newsdesk, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.newsdesk = newsdesk
        config = newsdesk.settings.config
        self.keys = commands.with_preset(config.ui.keys, config.keys)
        self.pressed_once = self._last_key = ""
        self.said = ""
        """The answer that stands in the status line."""
        self._said_timer: Timer | None = None
        bind(self, self.REGISTRY, self.keys)

    def show_edges(self) -> None:
        """Header and footer."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Answer in the status line; it stays for a while."""
        self.said = text
        if self._said_timer is not None:
            self._said_timer.stop()
        self._said_timer = self.set_timer(SAID_FOR, self.unsay)
        self.show_edges()

    def unsay(self) -> None:
        """Take the answer away."""
        self.said = ""
        self.show_edges()

    def key(self, command: str) -> str:
        """The first key of a command, as people write it."""
        return commands.show_keys(commands.BY_ID[command], self.keys).split(" ")[0]

    def note_key(self, event: events.Key) -> None:
        """Forget the first half of a key pressed twice where another key comes between."""
        # No handler of its own: Textual calls those of a class and of its bases, one after the other.
        if event.key != self._last_key:
            self.pressed_once = ""
        self._last_key = event.key

    async def action_twice(self, action: str) -> None:
        """For keys such as `g g`: the second press does it."""
        if self.pressed_once == action:
            self.pressed_once = ""
            await self.run_action(action)
        else:
            self.pressed_once = action

    @on(Hints.Chosen)
    async def _hint_clicked(self, event: Hints.Chosen) -> None:
        command = commands.BY_ID[event.command]
        if not command.numbered:
            await self.run_action(command.action)

    def action_theme(self) -> None:
        names = list(self.app.available_themes)
        ours = [name for name in names if name.startswith("newsdesk-")]
        order = ours + [name for name in names if name not in ours]
        self.app.theme = order[(order.index(self.app.theme) + 1) % len(order)]
        self.say(f"theme: {words.clean_line(self.app.theme)}")

    def action_palette(self) -> None:
        self.app.push_screen(CommandPalette())

    def action_suspend(self) -> None:
        self.app.action_suspend_process()


def hints(keys: Mapping[str, str], screen: str = "desk") -> list[tuple[str, str, str]]:
    """The footer's: command, its keys, what it says; first what the desk does not have."""
    own_first = sorted(commands.commands(screen), key=lambda command: "desk" in command.screens)
    return [
        (command.id, commands.show_keys(command, keys), command.footer)
        for command in own_first
        if command.footer
    ]


def step_said(step: AnyStep) -> str:
    """What a step of the journal did, in a few words."""
    if isinstance(step, Marked):
        number = sum(len(indexes) for _, _, indexes in step.passages)
        return f"{words.count(number, 'passage')} marked {'read' if step.read else 'unread'}"
    if isinstance(step, Starred):
        return "a star given" if step.on else "a star taken away"
    if isinstance(step, Corrected):
        return "a passage's topics"
    if isinstance(step, Looked):
        return f"{words.count(len(step.after), 'topic')} marked as looked at"
    return f"{words.clean_line(step.feed.title or step.feed.url)} removed"

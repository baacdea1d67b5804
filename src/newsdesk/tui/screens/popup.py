"""Windows over the desk: why a passage is where it is, and the help page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from newsdesk.tui import commands, present, present_strips
from newsdesk.tui.bindings import bind
from newsdesk.tui.widgets.wrapped import Wrapped


class Popup(ModalScreen[None]):
    """A title and lines to read; `Esc` or `q` closes it, as does a click beside it."""

    CSS_PATH = "popup.tcss"

    def __init__(self, title: Content, body: Callable[[int], Content], keys: Mapping[str, str]) -> None:
        """`body` makes the lines for a width in columns."""
        super().__init__()
        self._title = title
        self._body = body
        bind(self, "popup", keys)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="window", can_focus=False) as window:
            window.border_title = self._title
            window.border_subtitle = present.key_hint("Esc", "close")
            yield Wrapped(self._body)

    def on_click(self) -> None:
        if not self.query_one("#window").is_mouse_over:
            self.dismiss()

    def action_close(self) -> None:
        self.dismiss()

    def action_scroll_down(self) -> None:
        self.query_one("#window").scroll_relative(y=2, animate=False)

    def action_scroll_up(self) -> None:
        self.query_one("#window").scroll_relative(y=-2, animate=False)


def help_body(keys: Mapping[str, str], width: int, screen: str = "desk") -> Content:
    """The help page, from the registry: a screen's keys by group; on the desk's, what the marks mean."""
    lines: list[Content] = []
    for group in commands.GROUPS:
        if not any(command.group == group for command in commands.commands(screen)):
            continue
        lines.append(Content.styled(group, "bold $cursor"))
        for command in commands.COMMANDS:
            if command.group == group and screen in command.screens:
                shown = Content.styled(f"  {commands.show_keys(command, keys):<13}", present.STRONG)
                title = Content.styled(f"{command.title:<24}", "$prose")
                lead = shown + title if width >= 90 else shown
                lines.append(present.hanging(lead, Content.styled(command.help, present.QUIET), width))
        lines.append(Content(""))
    more = _legend() if screen == "desk" else _marks() if screen in ("board", "entities") else []
    return Content("\n").join([*lines, *(present.hanging(Content(""), one, width) for one in more)])


def _marks() -> list[Content]:
    """What entities and figures look like in text and lists."""
    kinds = [
        Content.styled(f"{present.ENTITY_MARKS[kind]} ", present.ENTITY_HUES[kind])
        + Content.styled(kind, present.ENTITY_STYLES[kind])
        for kind in present.ENTITY_MARKS
    ]
    figure = Content.styled("# ", "$figure-name") + Content.styled("figure", present.FIGURE_STYLE)
    return [
        Content.styled("Marks", "bold $cursor"),
        Content("  ") + Content("   ").join([*kinds, figure]),
    ]


def _legend() -> list[Content]:
    picked = Content.styled("selected", present_strips.PICKED_STYLE)
    speaker = Content.styled("who says it", present_strips.SPEAKER_STYLE)
    return [
        *_marks(),
        present.plain("  in the text, while a figure or an entity is selected: ")
        + picked
        + Content("   ")
        + speaker,
        present.plain("  ▌ cursor   ▏ unread passage   ● article with unread passages   ★ starred"),
        Content(""),
        Content.styled("What counts as read", "bold $cursor"),
        present.plain("  A passage is read when the cursor leaves it with n, or when N says so."),
        present.plain("  Opening an article or moving through it with j and k marks nothing."),
        present.plain("  Articles that arrive while you read wait until n, or another choice, lets them in."),
        Content(""),
        Content.styled("Coming from newsboat", "bold $cursor"),
        present.plain("  1-9 choose topics, u shows unread articles only, s stars; n p N r R o work alike."),
        present.plain(
            '  keys = "newsboat" in [ui] of the config has u for links, s for saving, l for unread only.'
        ),
    ]

"""A window with rows to pick one of: by its sign, by the cursor, by a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen

from newsdesk.tui import present
from newsdesk.tui.bindings import bind
from newsdesk.tui.widgets.lines import spread
from newsdesk.tui.widgets.rows import RowList

SIGNS = "123456789abcdefghilmnoprstuvwxyz"
"""Signs of the first rows; those beyond have none. `j`, `k` and `q` move and close."""


class Choosable(Struct, frozen=True):
    """A row: what it is called, and what is said of it at the right."""

    name: Content
    about: Content = Content("")


class _Rows(RowList[int]):
    """The rows by their numbers."""

    def __init__(self, choices: Sequence[Choosable]) -> None:
        super().__init__(id="rows")
        self._choices = choices

    def identity(self, row: int) -> int:
        return row

    def draw(self, row: int, width: int) -> Sequence[Content]:
        choice = self._choices[row]
        sign = SIGNS[row] if row < len(SIGNS) else " "
        name = Content.styled(f" {sign}  ", "bold $cursor") + choice.name
        about = choice.about.truncate(max(width - name.cell_length - 3, width // 3), ellipsis=True)
        return [spread(name, about + Content(" "), width)]


class Picker(ModalScreen[int | None]):
    """Gives the number of the row that was picked, from 0; None where none was."""

    CSS_PATH = "picker.tcss"
    AUTO_FOCUS = "#rows"

    def __init__(
        self, title: str, choices: Sequence[Choosable], keys: Mapping[str, str], *, at: int = 0
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._at = at
        self.rows = _Rows(choices)
        bind(self, "picker", keys)

    def compose(self) -> ComposeResult:
        with Container(id="window") as window:
            window.border_title = present.line(self._title, present.STRONG)
            hints = (("Enter", "take"), ("Esc", "close"))
            window.border_subtitle = Content("  ").join(present.key_hint(*hint) for hint in hints)
            yield self.rows

    def on_mount(self) -> None:
        self.rows.styles.height = len(self._choices)
        self.rows.show(range(len(self._choices)))
        self.rows.go_to(self._at)

    def on_key(self, event: events.Key) -> None:
        sign = event.character or ""
        if sign and sign in SIGNS and SIGNS.index(sign) < len(self._choices):
            event.stop()
            event.prevent_default()
            self.dismiss(SIGNS.index(sign))

    def on_click(self) -> None:
        if not self.query_one("#window").is_mouse_over:
            self.dismiss(None)

    @on(RowList.Opened)
    def action_pick(self) -> None:
        self.dismiss(self.rows.current)

    def action_next_row(self) -> None:
        self.rows.move(1)

    def action_previous_row(self) -> None:
        self.rows.move(-1)

    def action_close(self) -> None:
        self.dismiss(None)

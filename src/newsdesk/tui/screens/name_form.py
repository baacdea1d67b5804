"""Windows that ask for one line: the name of a query, a command."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsdesk.errors import UsageError
from newsdesk.savedqueries import checked_name
from newsdesk.tui import commands, present, words
from newsdesk.tui.bindings import bind


class LineForm(ModalScreen[str | None]):
    """Gives the line; None where nothing is to be done. A subclass may refuse lines in `wrong`."""

    CSS_PATH = "name_form.tcss"
    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        about: str,
        label: str,
        keys: Mapping[str, str],
        *,
        value: str = "",
        hint: str = "",
        says: str = "save",
    ) -> None:
        """`about` is what the line is for, `says` what giving it does."""
        super().__init__()
        self._title, self._about, self._label = title, about, label
        self._value, self._hint, self._says = value, hint, says
        self._keys = keys
        bind(self, "form", keys)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="form", can_focus=False) as window:
            window.border_title = present.line(self._title, present.STRONG)
            window.border_subtitle = Content("  ").join(
                present.key_hint(commands.show_keys(commands.BY_ID[id], self._keys).split(" ")[0], says)
                for id, says in (("save", self._says), ("cancel", "cancel"))
            )
            yield Static(present.line(self._about, present.QUIET), id="what")
            yield Static(present.line(self._label, present.QUIET))
            yield Input(words.clean_line(self._value), placeholder=words.clean_line(self._hint), id="name")
            yield Static(id="wrong")

    def wrong(self, line: str) -> str:
        """What is wrong with a line; empty where nothing is."""
        return "" if line else "type something, or leave with Esc"

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Give the line back, or say what is wrong with it."""
        line = self.query_one(Input).value.strip()
        if wrong := self.wrong(line):
            self.query_one("#wrong", Static).update(present.line(wrong, "bold $alarm"))
        else:
            self.dismiss(line)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def action_next_field(self) -> None:
        """There is one field only."""

    def action_previous_field(self) -> None:
        """There is one field only."""


class NameForm(LineForm):
    """The name of a query that is to be saved."""

    def __init__(self, query: str, saved: Mapping[str, str], keys: Mapping[str, str]) -> None:
        """`saved` has the queries that names are taken for."""
        super().__init__("Save the query", query, "Name", keys, hint="north-sea")
        self._saved = saved
        self._sure = ""
        """The taken name that was warned of."""

    def wrong(self, line: str) -> str:
        name = line.removeprefix("@")
        try:
            checked_name(name)
        except UsageError as error:
            return error.line()
        if name in self._saved and name != self._sure:
            self._sure = name
            return f"@{name} is {words.clean_line(self._saved[name])}; once more writes over it"
        return ""

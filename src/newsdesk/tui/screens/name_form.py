"""A window that asks for the name of a query."""

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


class NameForm(ModalScreen[str | None]):
    """Gives the name; None where nothing is to be saved."""

    CSS_PATH = "name_form.tcss"
    AUTO_FOCUS = "Input"

    def __init__(self, query: str, saved: Mapping[str, str], keys: Mapping[str, str]) -> None:
        """`saved` has the queries that names are taken for."""
        super().__init__()
        self._query = query
        self._saved = saved
        self._keys = keys
        self._sure = ""
        """The taken name that was warned of."""
        bind(self, "form", keys)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="form", can_focus=False) as window:
            window.border_title = present.line("Save the query", present.STRONG)
            window.border_subtitle = Content("  ").join(
                present.key_hint(commands.show_keys(commands.BY_ID[id], self._keys).split(" ")[0], says)
                for id, says in (("save", "save"), ("cancel", "cancel"))
            )
            yield Static(present.line(self._query, present.QUIET), id="what")
            yield Static(present.plain("Name", present.QUIET))
            yield Input(placeholder="north-sea", id="name")
            yield Static(id="wrong")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Give the name back, or say what is wrong with it."""
        name = self.query_one(Input).value.strip().removeprefix("@")
        try:
            checked_name(name)
        except UsageError as error:
            self._say(error.line())
            return
        if name in self._saved and name != self._sure:
            self._sure = name
            self._say(f"@{name} is {words.clean_line(self._saved[name])}; once more writes over it")
            return
        self.dismiss(name)

    def _say(self, text: str) -> None:
        self.query_one("#wrong", Static).update(present.line(text, "bold $alarm"))

    def action_cancel(self) -> None:
        self.dismiss(None)

    def action_next_field(self) -> None:
        """There is one field only."""

    def action_previous_field(self) -> None:
        """There is one field only."""

"""The base of the screens over the desk: header, body, footer; moving with counts; undo; the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from newsdesk.errors import NewsdeskError
from newsdesk.models import AnyStep
from newsdesk.tui import present
from newsdesk.tui.screens.frame import MEDIUM, FrameScreen, hints, step_said
from newsdesk.tui.screens.popup import Popup, help_body
from newsdesk.tui.widgets.lines import EdgeLine, Hints

if TYPE_CHECKING:
    from newsdesk.desk import Newsdesk

LOOK_EVERY = 0.5
"""Seconds between two looks at the archive and at what the background says."""
MOST = 99_999
"""The greatest count before a key (`12j`)."""


class OverScreen(FrameScreen):
    """A screen that the desk opens and that goes back to it.

    A subclass has REGISTRY and NAME, composes its `body`, shows what the archive has in `look`, and moves
    in `move`; `leave_for` opens a passage on the desk; `summary` and `where` stand at the right ends of
    header and footer.
    """

    NAME: ClassVar[str] = ""
    """What the header calls the screen."""

    def __init__(self, newsdesk: Newsdesk, background: Callable[[], Content]) -> None:
        """`background` says what is under way."""
        super().__init__(newsdesk)
        self._background = background
        self._header = EdgeLine(id="header")
        self._footer = Hints(hints(self.keys, self.REGISTRY), id="footer")
        self._version = 0
        self._count = 0
        """The number that is being typed before a key."""
        self._times: int | None = None
        """The number that stood before the last key."""

    def compose(self) -> ComposeResult:
        yield self._header
        with Container(id="body"):
            yield from self.body()
        yield self._footer

    def on_mount(self) -> None:
        self.look_again()
        self.set_interval(LOOK_EVERY, self._look_if_changed)

    # ------------------------------------------------------------------ what a screen says itself

    def body(self) -> ComposeResult:
        """What stands between header and footer."""
        raise NotImplementedError

    def look(self) -> None:
        """Show what the archive has now; cursor and scroll stay where they can."""
        raise NotImplementedError

    def move(self, rows: int) -> None:
        """Move the cursor by rows, as far as there are any."""
        raise NotImplementedError

    def go_to(self, row: int) -> None:
        """Move the cursor to a row, counted from 0."""
        self.move(-MOST)
        self.move(row)

    @property
    def page(self) -> int:
        """Rows that half a page holds."""
        raise NotImplementedError

    @property
    def rows(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def summary(self) -> Content:
        """At the right of the header."""
        return Content("")

    def where(self) -> Content:
        """At the right of the footer."""
        return Content("")

    # ------------------------------------------------------------------ showing

    def look_again(self) -> None:
        """Look, and remember what was looked at."""
        self._version = self.newsdesk.data_version()
        self.look()
        self.show_edges()

    def _look_if_changed(self) -> None:
        if self.newsdesk.data_version() != self._version:
            self.look_again()
        else:
            self.show_edges()

    def show_edges(self) -> None:
        said = present.line(self.said, "$figure-name") if self.said else self._background()
        offline = Content.styled("offline" if self.newsdesk.offline else "", "$figure-name")
        room = self.app.size.width
        left = [Content.styled(" newsdesk", "bold $cursor")] if room >= MEDIUM or not said else []
        left += [Content.styled(self.NAME if left else f" {self.NAME}", "$prose"), said]
        self._header.show(
            Content("  ").join(part for part in left if part),
            present.join([offline, self.summary()]) + Content(" "),
        )
        count = present.plain(f"{self._count} ", present.STRONG) if self._count else Content("")
        self._footer.show(Content(""), count + self.where())

    # ------------------------------------------------------------------ moving

    def on_key(self, event: events.Key) -> None:
        self.note_key(event)
        digit = event.character if event.character and event.character in "0123456789" else ""
        if digit and not self._bindings.key_to_bindings.get(event.key) and (self._count or digit != "0"):
            self._count = min(MOST, self._count * 10 + int(digit))
            self.show_edges()
            return
        if self._count or self.pressed_once == "":
            self._times = self._count or None
        if self._count:
            self._count = 0
            self.show_edges()

    def _taken(self) -> int | None:
        """The count before this key, once."""
        times, self._times = self._times, None
        return times

    def _moved(self, rows: int) -> None:
        self.move(rows)
        self.show_edges()

    def action_down(self) -> None:
        self._moved(self._taken() or 1)

    def action_up(self) -> None:
        self._moved(-(self._taken() or 1))

    def action_half_down(self) -> None:
        self._moved(self.page * (self._taken() or 1))

    def action_half_up(self) -> None:
        self._moved(-self.page * (self._taken() or 1))

    def action_top(self) -> None:
        """`g g`; with a count, to that row."""
        self.go_to((self._taken() or 1) - 1)
        self.show_edges()

    def action_bottom(self) -> None:
        """`G`; with a count, to that row."""
        self.go_to((self._taken() or max(1, self.rows)) - 1)
        self.show_edges()

    # ------------------------------------------------------------------ steps, and the way back

    def refused(self, error: NewsdeskError) -> None:
        """What is wrong; the config file's path would leave no room for it."""
        self.say(error.line().removeprefix(f"{self.newsdesk.settings.paths.config_file}: "))

    def action_undo(self) -> None:
        self._walk(back=True)

    def action_redo(self) -> None:
        self._walk(back=False)

    @work(group="steps")
    async def _walk(self, *, back: bool) -> None:
        """The journal's step, whatever it was."""
        try:
            step = await (self.newsdesk.undo() if back else self.newsdesk.redo())
        except NewsdeskError as error:
            self.refused(error)
            return
        if step is None:
            self.say("nothing to undo" if back else "nothing to do again")
            return
        self.look_again()
        self.stepped(step, back=back)
        self.say(f"{'undone' if back else 'done again'}: {step_said(step)}")

    def stepped(self, step: AnyStep, *, back: bool) -> None:
        """A step was taken back (or done again): put the cursor where it shows."""

    def action_help(self) -> None:
        body = partial(help_body, self.keys, screen=self.REGISTRY)
        title = present.line(f"Keys of {self.NAME}", present.STRONG)
        self.app.push_screen(Popup(title, body, self.keys))

    def action_close(self) -> None:
        self.dismiss(None)

    def leave_for(self, article_id: int, passage: int) -> None:
        """Go back to the desk and to a passage there."""
        self.dismiss((article_id, passage))

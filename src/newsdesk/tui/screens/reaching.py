"""Ways out of the desk: saved queries (`@`), links (`;`), other programs (`|`), other desks (`D`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import work
from textual.app import SuspendNotSupported
from textual.message import Message

from newsdesk.errors import NewsdeskError, QueryError, UsageError
from newsdesk.models import LabelledPassage, StoredArticle
from newsdesk.tui import browser, present, words
from newsdesk.tui.choice import Choice
from newsdesk.tui.screens.stepping import SteppingScreen

if TYPE_CHECKING:
    from newsdesk.livesearch import LiveSearch
    from newsdesk.tui.screens.desk import DeskScreen


class ReachingScreen(SteppingScreen):
    """The home screen's ways out."""

    _command: str | None = None
    """The command that was given last."""
    _live: LiveSearch | None = None
    _live_queries: Mapping[str, str] | None = None
    _again = _asking = False

    class DeskSwitched(Message):
        """Another desk is open, on a home screen of its own."""

        def __init__(self, screen: DeskScreen) -> None:
            super().__init__()
            self.screen = screen

    def choose(self, choice: Choice) -> None:
        """Show another choice."""
        raise NotImplementedError

    # ------------------------------------------------------------------ saved queries

    @work(group="picking", exclusive=True)
    async def action_saved(self) -> None:
        from newsdesk.tui.screens.picker import Choosable, Picker

        saved = self.newsdesk.settings.config.queries
        if not saved:
            self.say(f"no saved queries yet: {self.key('search')} searches, ^s there saves what was asked")
            return
        names = list(saved)
        rows = [
            Choosable(present.line(f"@{name}", present.STRONG), present.line(query, present.QUIET))
            for name, query in saved.items()
        ]
        at = names.index(self.choice.query) if self.choice.query in names else 0
        picked = await self.app.push_screen_wait(Picker("Saved queries", rows, self.keys, at=at))
        if picked is not None:
            self.choose_saved(names[picked])

    @work(group="saved", exclusive=True)
    async def choose_saved(self, name: str) -> None:
        """Show what a saved query finds; the one that is shown already: all again."""
        if self.choice.query != name:
            self.say(f"asking @{words.clean_line(name)} …")
            if not await self._found(name):
                return
            self.unsay()
        self.choose(self.choice.asked(name))

    async def _found(self, name: str) -> bool:
        """Find a saved query's articles, in a thread of its own; False where nothing came of it."""
        from newsdesk.livesearch import LiveSearch

        queries = self.newsdesk.settings.config.queries
        if self._live is None or queries != self._live_queries:
            self._close_live()
            self._live, self._live_queries = LiveSearch(self.newsdesk.settings), queries
        try:
            articles = await self._live.articles(f"@{name}")
        except QueryError as error:
            self.say(words.clean_line(error.wrong))
            return False
        except NewsdeskError as error:
            self.say(error.line())
            return False
        if articles is None:
            return False
        self.newsdesk.take_found(f"@{name}", articles)
        return True

    def look(self) -> None:
        super().look()
        self._again = True
        if self.choice.query and not self._asking:
            self._ask_again()

    @work(group="asking")
    async def _ask_again(self) -> None:
        """Find the chosen query's articles anew, as long as something was stored meanwhile."""
        self._asking = True
        try:
            while self._again and (name := self.choice.query):
                self._again = False
                if await self._found(name) and self.choice.query == name:
                    self.show_list()
        finally:
            self._asking = False

    def on_unmount(self) -> None:
        self._close_live()

    def _close_live(self) -> None:
        if self._live is not None:
            self._live.close()

    # ------------------------------------------------------------------ links

    @work(group="picking", exclusive=True)
    async def action_links(self) -> None:
        from newsdesk.tui.screens.picker import Choosable, Picker

        if self.article is None:
            return
        found = self.newsdesk.links(self.article)
        if not found:
            self.say("this article has no links")
            return
        rows = [
            Choosable(present.line(link.name, "$prose"), present.line(link.url, present.QUIET))
            for link in found
        ]
        picked = await self.app.push_screen_wait(Picker("Links", rows, self.keys))
        if picked is not None:
            await self.open_address(found[picked].url)

    async def open_address(self, url: str) -> None:
        """Open a page in the browser, or say why it is not opened."""
        if self.newsdesk.offline:
            self.say(f"offline: not opened: {words.clean_line(url)}")
            return
        try:
            opened = await browser.open_page(url)
        except UsageError as error:
            self.say(error.line())
            return
        self.say(f"opened {words.clean_line(url)}" if opened else f"no browser here: {words.clean_line(url)}")

    # ------------------------------------------------------------------ other programs

    @work(group="picking", exclusive=True)
    async def action_pipe(self) -> None:
        from newsdesk.tui.screens.name_form import LineForm

        article = self.article
        if article is None:
            return
        passage = self.panes.current.passage if self.stage != "list" and self.panes.current else None
        what = "the passage under the cursor" if passage is not None else "the whole article"
        form = LineForm(
            "Pipe to a command",
            f"{what}, with its source, to its standard input; no shell",
            "Command",
            self.keys,
            value=self._command if self._command is not None else self.newsdesk.settings.config.ui.pipe,
            hint="wc -w",
            says="run",
        )
        if line := await self.app.push_screen_wait(form):
            self._command = line
            self._hand_over(line, article, passage)

    def _hand_over(self, line: str, article: StoredArticle, passage: LabelledPassage | None) -> None:
        """Run a command with the terminal to itself. Blocks: nothing may be drawn meanwhile."""
        from newsdesk.tui import piping

        try:
            command = piping.command_of(line)
        except UsageError as error:
            self.say(words.clean_line(error.line()))
            return
        said = f"given to {words.clean_line(command[0])}"
        try:
            with self.app.suspend():
                # Textual takes the terminal back only where nothing is raised in here.
                try:
                    if status := piping.run(command, piping.text_of(article, passage)):
                        said = f"{words.clean_line(command[0])} ended with {status}"
                except UsageError as error:
                    said = words.clean_line(error.line())
        except SuspendNotSupported:
            said = "this terminal cannot be handed to another program"
        self.say(said)

    # ------------------------------------------------------------------ other desks

    @work(group="picking", exclusive=True)
    async def action_switch_desk(self) -> None:
        from newsdesk.tui.screens.picker import Choosable, Picker

        here = self.newsdesk.desk.id
        rows, names = [], []
        for name, topics, labelled in self.newsdesk.desks():
            about = f"{words.count(topics, 'topic')} · " if topics else "cannot be read"
            if topics:
                about += "open" if name == here else f"{words.count(labelled, 'article')} labelled"
            rows.append(Choosable(present.line(name, present.STRONG), present.line(about, present.QUIET)))
            names.append(name)
        picker = Picker("Switch desk", rows, self.keys, at=names.index(here) if here in names else 0)
        picked = await self.app.push_screen_wait(picker)
        if picked is not None and names[picked] != here:
            await self._switch(names[picked])

    async def _switch(self, name: str) -> None:
        """Open another desk: a new home screen; the deep pass begins anew, labels before all else."""
        from newsdesk.tui.screens.desk import DeskScreen

        await self.written()
        try:
            await self.newsdesk.switch_desk(name)
        except NewsdeskError as error:
            self.say(error.line())
            return
        screen = DeskScreen(self.newsdesk, self.app.size.width)
        self.app.post_message(self.DeskSwitched(screen))
        # Textual pops a callback of the screen that goes; the app's first screen has none.
        self._push_result_callback(self, None)
        self.app.switch_screen(screen)
        plain = words.clean_line(name)
        screen.call_after_refresh(screen.say, f'desk {plain}; desk = "{plain}" in the config keeps it')

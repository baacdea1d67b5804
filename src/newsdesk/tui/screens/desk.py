"""What the keys of the home screen do: one action a command of the registry."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import on, work
from textual.timer import Timer
from textual.widgets import Input

from newsdesk.tui import commands, present, words
from newsdesk.tui.choice import Choice
from newsdesk.tui.screens.beginning import BeginningScreen
from newsdesk.tui.screens.frame import Place
from newsdesk.tui.screens.popup import Popup, help_body
from newsdesk.tui.screens.reaching import ReachingScreen
from newsdesk.tui.widgets.lines import TopicBar

if TYPE_CHECKING:
    from newsdesk.tui.screens.board import BoardPlace
    from newsdesk.tui.screens.entities import EntitiesPlace
    from newsdesk.tui.screens.ledger_view import LedgerPlace
    from newsdesk.tui.screens.over import OverScreen
    from newsdesk.tui.screens.search import Memory

TYPING_PAUSE = 0.15
"""Seconds without a key before the list follows the words typed."""


class DeskScreen(BeginningScreen, ReachingScreen):
    """Reading by topic."""

    _typing: Timer | None = None
    _board: BoardPlace | None = None
    _ledger: LedgerPlace | None = None
    _entities: EntitiesPlace | None = None
    _searched: Memory | None = None
    """What was searched for last."""

    # ------------------------------------------------------------------ topics

    def choose(self, choice: Choice) -> None:
        self.choice = choice
        self.up_to = self.counts.newest_id if self.headlines.count else self.up_to
        self.kept = frozenset({self.article.id} if self.article else ())
        self.set_class(False, "-zoomed")
        self.show_list()
        if self.article is not None and self.article.id == self.headlines.selected:
            self.panes.choose(choice.topics)
        else:
            self.show_selected()  # At once: list and panes change in one paint.

    def action_topic(self, number: int) -> None:
        if self.correcting:
            self.correct(number)
        else:
            super().action_topic(number)

    def action_unread_only(self) -> None:
        self.choose(self.choice.toggled_unread())

    @property
    def _words(self) -> Input | None:
        """The line to type words into; made when it is first asked for."""
        return self.query_one_optional("#narrow", Input)

    async def action_narrow(self) -> None:
        if self._words is None:
            await self.mount(Input(placeholder="words to narrow by", id="narrow"), after="#topics")
        self.add_class("-narrowing")
        self.query_one("#narrow", Input).focus()

    @on(Input.Changed, "#narrow")
    def _typed(self, event: Input.Changed) -> None:
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_PAUSE, self._narrow)

    def _narrow(self) -> None:
        choice = self.choice.narrowed(self._words.value if self._words else "")
        if choice != self.choice:
            self.choose(choice)

    @on(Input.Submitted, "#narrow")
    def _narrowed(self) -> None:
        self._narrow()
        self.set_class(bool(self.choice.words), "-narrowing")
        self.show_stage("list")

    def _drop_words(self) -> None:
        if self._words:
            self._words.value = ""
        self.remove_class("-narrowing")
        self._narrow()
        self.show_stage("list")

    @on(TopicBar.Asked)
    def _saved_clicked(self, event: TopicBar.Asked) -> None:
        self.choose_saved(event.name)

    # ------------------------------------------------------------------ the way back

    def action_back(self) -> None:
        if self._words and self._words.has_focus:
            self._drop_words()
        elif self.has_class("-zoomed"):
            self.action_zoom()
        elif self.stage == "side":
            self.show_stage("reading")
        elif self.stage == "reading":
            self.show_stage("list")
        elif self.choice.words:
            self._drop_words()

    # ------------------------------------------------------------------ reading

    async def action_next_unread(self) -> None:
        self.let_in()
        article, entry = self.article, self.panes.current
        here = (article.id, entry.index if entry else -1) if article else None
        if article is not None and entry is not None and entry.index not in article.read:
            self._mark({entry.index}, read=True)
        target = self.newsdesk.next_unread(self.view, here)
        if target is None and here is not None:
            await self.written()
            target = self.newsdesk.next_unread(self.view, None)
        if target is None:
            self.say("no unread passage in what is shown")
        else:
            await self.open_passage(*target)

    async def action_previous_unread(self) -> None:
        article, entry = self.article, self.panes.current
        here = (article.id, entry.index if entry else 0) if article else None
        target = self.newsdesk.next_unread(self.view, here, forward=False)
        if target is None:
            self.say("no unread passage before this one")
        else:
            await self.open_passage(*target)

    def action_toggle_read(self) -> None:
        article, entry = self.article, self.panes.current
        if article is None:
            return
        if self.stage != "list" and entry is not None:
            self._mark({entry.index}, read=entry.index not in article.read)
        else:
            everything = {passage.index for passage in article.passages}
            unread = any(one.index not in article.read for one in words.counted(article.passages))
            self._mark(everything, read=unread)

    def _mark(self, passages: Collection[int], *, read: bool) -> None:
        """Show the marks at once; they are written behind it."""
        article = self.article
        assert article is not None
        now_read = article.read | set(passages) if read else article.read - set(passages)
        self.article = replace(article, read=frozenset(now_read))
        self.panes.mark(self.article.read)
        unread = [passage for passage in words.counted(article.passages) if passage.index not in now_read]
        self.headlines.change(article.id, unread=len(unread))
        whole = len(passages) == len(article.passages)
        self.write(self.newsdesk.mark_read(article.id, None if whole else sorted(passages), read=read))

    def action_zoom(self) -> None:
        zoomed = not self.has_class("-zoomed")
        if zoomed and self.article is None:
            return
        if zoomed and self.stage != "reading":
            self.show_stage("reading")
        self.set_class(zoomed, "-zoomed")
        self.panes.choose(self.choice.topics, only=self.panes.pane if zoomed else None)

    def action_highlights(self) -> None:
        mode = self.panes.cycle_highlights()
        self.say(f"highlights: {mode}")

    def action_why(self) -> None:
        article = self.article
        if article is None:
            return
        self.panes.start()
        entry = self.panes.current
        if entry is None:
            return
        threshold = self.newsdesk.desk.threshold
        body = partial(present.why, entry.passage, self.topics, threshold)
        self.app.push_screen(Popup(present.line("Why is this passage here", present.STRONG), body, self.keys))

    def action_copy(self) -> None:
        article = self.article
        self.panes.start()
        if article is None or self.panes.current is None:
            return
        self.app.copy_to_clipboard(words.clip(article, self.panes.current.passage))
        self.say("copied the passage with its source")

    def action_copy_selection(self) -> None:
        selected = self.get_selected_text()
        if selected:
            self.app.copy_to_clipboard(words.clean(selected))
            self.say("copied the selection")
        else:
            key = commands.show_keys(commands.BY_ID["quit"], self.keys).split(" ")[0]
            self.say(f"{key} leaves newsdesk")

    # ------------------------------------------------------------------ articles

    def action_star(self) -> None:
        if self.article is not None:
            self.article = replace(self.article, starred=not self.article.starred)
            self.headlines.change(self.article.id, starred=self.article.starred)
            self.show_article_lines()
            self.write(self.newsdesk.star(self.article.id, self.article.starred))

    @work(group="browser")
    async def action_browser(self) -> None:
        if self.article is None:
            return
        if self.newsdesk.offline:
            self.say("offline: the page is not opened; y copies the address with the passage")
            return
        await self.open_address(self.article.url)

    def action_refresh(self) -> None:
        if self.article is None:
            self.action_refresh_all()
        else:
            self._refresh((self.article.feed_url,))

    def action_refresh_all(self) -> None:
        self._refresh(None)

    def _refresh(self, urls: tuple[str, ...] | None) -> None:
        if self.newsdesk.offline:
            self.say("offline: nothing is fetched")
        else:
            self.let_in()
            self.post_message(self.RefreshWanted(urls))

    def action_feeds(self) -> None:
        from newsdesk.tui.screens.feeds import FeedsScreen

        self._open(FeedsScreen(self.newsdesk, lambda: self.background))

    def action_board(self) -> None:
        from newsdesk.tui.screens.board import BoardScreen

        self._open(BoardScreen(self.newsdesk, lambda: self.background, self._board, self._leave_board))

    def _leave_board(self, place: BoardPlace) -> None:
        """Where the board stands, for the next time."""
        self._board = place

    def action_news(self) -> None:
        from newsdesk.tui.screens.news import NewsScreen

        self._open(NewsScreen(self.newsdesk, lambda: self.background))

    def action_search(self) -> None:
        from newsdesk.tui.screens.search import Memory, SearchScreen

        if self._searched is None:
            self._searched = Memory()
        self._open(SearchScreen(self.newsdesk, lambda: self.background, self._searched, self.panes.light))

    def action_entities(self) -> None:
        from newsdesk.tui.screens.entities import EntitiesPlace, EntitiesScreen

        place = self._entities or EntitiesPlace()
        if (entity := self.picked_entity) is not None:
            place = EntitiesPlace(entity=entity.id, in_dossier=True)
        self._open(EntitiesScreen(self.newsdesk, lambda: self.background, place, self._leave_entities))

    def _leave_entities(self, place: EntitiesPlace) -> None:
        """Where the entities stand, for the next time."""
        self._entities = place

    def action_ledger(self) -> None:
        from newsdesk.tui.screens.ledger import LedgerScreen
        from newsdesk.tui.screens.ledger_view import LedgerPlace

        leave, light = partial(setattr, self, "_ledger"), self.panes.light
        place = self._ledger
        if (picked := self.picked_figure) is not None:
            article, figure = picked
            found = self.newsdesk.series_of(article.id, article.figures.index(figure))
            if found is None:
                self.say("this figure stands in no series")
                return
            place = LedgerPlace(series=found[0], kind=found[1], side="reports")
        self._open(LedgerScreen(self.newsdesk, lambda: self.background, place, leave, light))

    # ------------------------------------------------------------------ the screens over the desk

    def _open(self, screen: OverScreen) -> None:
        """Open a screen over the desk; where it is left for a passage, that is shown."""
        self.app.push_screen(screen, self._come_back)

    async def _come_back(self, place: Place | None) -> None:
        self.look()
        if place is None:
            return
        if self.newsdesk.headline_index(self.view, place[0]) is None:
            self.aim = place
            self._drop_words()
            self.choose(Choice())
            self.say("the choice was dropped to show it")
        await self.open_passage(*place)

    # ------------------------------------------------------------------ program

    def action_help(self) -> None:
        body = partial(help_body, self.keys)
        self.app.push_screen(Popup(present.line("Keys", present.STRONG), body, self.keys))

    def action_quit(self) -> None:
        self.app.exit()

"""The Search screen: the query language, its hits while typing; Enter opens one on the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from newsdesk import searchhistory
from newsdesk.errors import NewsdeskError, QueryError
from newsdesk.livesearch import FIELDS, LiveSearch
from newsdesk.models import Matches
from newsdesk.tui import completing, present, present_search, words
from newsdesk.tui.screens.desk_view import DeskView
from newsdesk.tui.screens.name_form import NameForm
from newsdesk.tui.screens.over import OverScreen
from newsdesk.tui.screens.picker import Choosable, Picker
from newsdesk.tui.screens.popup import Popup, help_body
from newsdesk.tui.widgets.hitlist import HitList
from newsdesk.tui.widgets.wrapped import Wrapped

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsdesk.desk import Newsdesk
    from newsdesk.tui.widgets.pane import Lit

PAUSE = 0.12
"""Seconds without a key before a query is asked."""
FIRST = 60
"""Hits that are shown as soon as they are found."""
MOST = 1_000
"""Hits that are counted and listed; more come as the reader gets there."""
OFFERED = 6


@dataclass
class Memory:
    """What the screen goes on with when it is opened again."""

    query: str = ""
    current: int | None = None
    """The key of the hit under the cursor."""
    matches: Matches = field(default_factory=Matches)


class SearchScreen(OverScreen):
    """Passages of the whole archive."""

    CSS_PATH = "search.tcss"
    REGISTRY = "search"
    NAME = "search"
    AUTO_FOCUS = "#query"

    def __init__(
        self,
        newsdesk: Newsdesk,
        background: Callable[[], Content],
        memory: Memory,
        light: Callable[[int, Lit], None],
    ) -> None:
        """`light` lights words of an article on the desk."""
        super().__init__(newsdesk, background)
        self._light = light
        self.topics = present.Topics.of(newsdesk.desk)
        self.memory = memory
        self.matches = Matches()
        self.wrong: QueryError | None = None
        self.asked = ""
        """The query that the hits are of."""
        self.hits = HitList(newsdesk, self.topics, id="hits")
        self.query_line = Input(memory.query, placeholder='words, "phrases", topic: by: figure:', id="query")
        self.offered: tuple[str, ...] = ()
        self._preview = Wrapped()
        self._below = Static(id="below")
        self._lesson = Wrapped(id="lesson")
        self._live = LiveSearch(newsdesk.settings)
        self._names = LiveSearch(newsdesk.settings)
        self._typing: Timer | None = None
        self._whole = True
        self._history = searchhistory.read(newsdesk.settings.paths)
        self._back = 0
        """How many queries back in the history the line is; 0: what was typed."""
        self._typed = ""

    def body(self) -> ComposeResult:
        yield self.query_line
        yield self._below
        with Horizontal(id="found"):
            yield self.hits
            with VerticalScroll(id="preview", can_focus=False):
                yield self._preview
        yield self._lesson

    def on_mount(self) -> None:
        self.call_after_refresh(setattr, self.query_line, "select_on_focus", False)
        self._show_below()
        self._show_lesson()

    def on_unmount(self) -> None:
        self.memory.current = self.hits.current
        for live in (self._live, self._names):
            live.close()

    # ------------------------------------------------------------------ asking

    @on(Input.Changed, "#query")
    def _changed(self) -> None:
        if self.query_line.value == self.asked == self.memory.query:
            return
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(PAUSE, self._ask)
        self._offer()

    def _ask(self) -> None:
        if self.query_line.value != self.asked or self.wrong is not None:
            self._find(self.query_line.value, top=True)

    def look(self) -> None:
        self._find(self.query_line.value, top=False)

    @work(group="search", exclusive=True)
    async def _find(self, query: str, *, top: bool) -> None:
        """Show what a query finds: the first hits at once, then as many as are counted. A wrong query is
        pointed at, and leaves what was found before."""
        try:
            first = await self._live.find(query, FIRST)
            if first is None:
                return
            whole = len(first.keys) < FIRST
            if whole or query != self.asked:
                self._show(query, first, whole=whole, top=top)
            if not whole:
                # Asked anew, a list that has gone on keeps its length.
                most = max(MOST, self.rows + FIRST) if query == self.asked and self.rows > MOST else MOST
                found = await self._live.find(query, most + 1)
                if found is not None:
                    capped = len(found.keys) > most
                    keys = found.keys[:most]
                    self._show(query, Matches(keys, found.words, found.ranked), whole=not capped, top=False)
        except QueryError as error:
            self.wrong = error
            self._show_below()
        except NewsdeskError as error:
            self.refused(error)

    def _show(self, query: str, matches: Matches, *, whole: bool, top: bool) -> None:
        self.wrong = None
        self.asked, self.matches, self._whole = query, matches, whole
        known = self.memory.current
        self.hits.show_matches(matches, top=top and known is None)
        if known is not None and self.hits.select(known):
            self.memory.current = None
        self.memory.query, self.memory.matches = query, matches
        self.set_class(not matches.keys, "-nothing")
        self._show_below()
        self._show_lesson()
        self._show_preview()
        self.show_edges()

    @on(HitList.NearEnd)
    def _go_on(self, event: HitList.NearEnd) -> None:
        # Before as many are listed as are counted, `_find` is still at it.
        if not self._whole and not self.matches.ranked and event.count == self.rows >= MOST:
            self._find_more(self.asked)

    @work(group="more", exclusive=True)
    async def _find_more(self, query: str) -> None:
        try:
            found = await self._live.find(query, MOST, self.matches.keys[-1])
        except NewsdeskError as error:
            self.refused(error)
            return
        if found is None or query != self.asked:
            return
        keys = self.matches.keys + found.keys
        matches = Matches(keys, self.matches.words, self.matches.ranked)
        self._show(query, matches, whole=len(found.keys) < MOST, top=False)

    # ------------------------------------------------------------------ showing

    def _show_lesson(self) -> None:
        if self.asked.strip() and not self.matches.keys:
            self._lesson.show(partial(present_search.nothing, self.asked))
        elif not self.matches.keys:
            saved = list(self.newsdesk.settings.config.queries)
            topic = self.newsdesk.desk.topics[0].id
            self._lesson.show(partial(present_search.lesson, topic, saved, self.key("language")))

    def _show_below(self) -> None:
        """Below the query: what may complete it, or where it is wrong."""
        offset = 1 - round(self.query_line.scroll_x)
        if self.offered:
            content = present_search.offered(self.offered, self.key("complete"))
        elif self.wrong is not None:
            content = present_search.wrong(self.wrong, offset, max(self.size.width, 8))
        else:
            content = Content("")
        self._below.update(content)

    @on(HitList.Moved)
    def _show_preview(self) -> None:
        hit = self.hits.hit if self.has_class("-wide") else None
        if hit is not None:
            now = datetime.now(UTC)
            self._preview.show(lambda width: present_search.preview(hit, self.topics, width, now))
        else:
            self._preview.show(lambda width: Content(""))
        self.show_edges()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_preview)
        self._show_below()

    def summary(self) -> Content:
        if not self.asked.strip():
            return Content("")
        said = present_search.counted(
            len(self.matches.keys), capped=not self._whole, ranked=self.matches.ranked
        )
        return present.plain(said, "$prose")

    def where(self) -> Content:
        place = f"hit {self.hits.cursor + 1:,} of {self.rows:,} " if self.rows else ""
        return present.plain(place, present.QUIET)

    # ------------------------------------------------------------------ the query's line

    @property
    def typing(self) -> bool:
        """Whether keys go into the query."""
        return self.query_line.has_focus

    def action_type_query(self) -> None:
        self.query_line.focus()

    @on(Input.Submitted, "#query")
    def _submitted(self) -> None:
        self._note()
        self._ask()
        if self.rows:
            self.hits.focus()

    def on_key(self, event: events.Key) -> None:
        # Textual calls this one first, then that of the base.
        if self.typing and event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            self._walk_history(1 if event.key == "up" else -1)

    def _walk_history(self, step: int) -> None:
        """To the queries asked before; down from what is typed is the list."""
        if step < 0 and not self._back:
            if self.rows:
                self.hits.focus()
            return
        if not self._back:
            self._typed = self.query_line.value
        self._back = max(0, min(self._back + step, len(self._history)))
        self.query_line.value = self._history[-self._back] if self._back else self._typed
        self.query_line.cursor_position = len(self.query_line.value)

    def _note(self) -> None:
        """Remember a query that was worth an Enter."""
        query = " ".join(self.query_line.value.split())
        self._back = 0
        if query and self.wrong is None:
            self._history = [one for one in self._history if one != query] + [query]
            searchhistory.note(self.newsdesk.settings.paths, query)

    @work(group="names", exclusive=True)
    async def _offer(self) -> None:
        """Find what may complete the end of the query."""
        query = self.query_line.value
        end = completing.unfinished(query) if self.query_line.cursor_position >= len(query) else None
        found: tuple[str, ...] | None = ()
        if end is not None and not end.field:
            found = completing.beginning(FIELDS, end.begin, OFFERED)
        elif end is not None and end.field == "@":
            found = completing.beginning(self.newsdesk.settings.config.queries, end.begin, OFFERED)
        elif end is not None and end.field in completing.SET_VALUES:
            found = completing.beginning(completing.SET_VALUES[end.field], end.begin, OFFERED)
        elif end is not None:
            try:
                names = await self._names.values(end.field, end.begin, OFFERED)
            except NewsdeskError:
                names = ()
            found = None if names is None else completing.beginning(names, end.begin, OFFERED)
        if found is not None:
            self.offered = found
            self._show_below()

    def action_complete(self) -> None:
        query = self.query_line.value
        end = completing.unfinished(query)
        if not self.typing:
            self.query_line.focus()
        elif end is not None and self.offered:
            self.query_line.value = completing.completed(query, end, self.offered[0])
            self.query_line.cursor_position = len(self.query_line.value)

    # ------------------------------------------------------------------ the hits

    def move(self, rows: int) -> None:
        if rows < 0 and not self.hits.cursor and rows > -2:
            self.query_line.focus()
        self.hits.move(rows)

    @property
    def page(self) -> int:
        return self.hits.page

    @property
    def rows(self) -> int:
        return len(self.hits.rows)

    @on(HitList.Opened)
    def action_open_hit(self) -> None:
        if (hit := self.hits.hit) is not None:
            self._note()
            matches = self.matches
            self._light(hit.article, lambda text: self.newsdesk.marked(text, matches))
            self.leave_for(hit.article, hit.passage)

    def action_refresh_all(self) -> None:
        if self.newsdesk.offline:
            self.say("offline: nothing is fetched")
        else:
            self.post_message(DeskView.RefreshWanted(None))
            self.say("asking for news")

    @work(group="picking", exclusive=True)
    async def action_saved(self) -> None:
        """A saved query into the line."""
        saved = self.newsdesk.settings.config.queries
        if not saved:
            self.say(f"no saved queries yet: {self.key('save-query')} saves what was asked")
            return
        rows = [
            Choosable(present.line(f"@{name}", present.STRONG), present.line(query, present.QUIET))
            for name, query in saved.items()
        ]
        picked = await self.app.push_screen_wait(Picker("Saved queries", rows, self.keys))
        if picked is not None:
            self.query_line.value = f"@{list(saved)[picked]} "
            self.query_line.cursor_position = len(self.query_line.value)
            self.query_line.focus()

    # ------------------------------------------------------------------ saving, exporting, help

    def action_save_query(self) -> None:
        query = " ".join(self.query_line.value.split())
        if not query or self.wrong is not None:
            self.say("type a query first" if not query else "this query is wrong: mend it first")
            return
        saved = self.newsdesk.settings.config.queries
        self.app.push_screen(NameForm(query, saved, self.keys), partial(self._named, query))

    def _named(self, query: str, name: str | None) -> None:
        if name:
            self._save(query, name.removeprefix("@"))

    @work(group="saving")
    async def _save(self, query: str, name: str) -> None:
        try:
            await self.newsdesk.save_query(name, query)
        except NewsdeskError as error:
            self.refused(error)
            return
        self._settings_changed()
        self.say(f"saved: @{words.clean_line(name)} stands for it in every query")

    def _settings_changed(self) -> None:
        """Queries of this screen know the new name, too."""
        for live in (self._live, self._names):
            live.close()
        self._live = LiveSearch(self.newsdesk.settings)
        self._names = LiveSearch(self.newsdesk.settings)

    @work(group="export", exclusive=True)
    async def action_export_found(self) -> None:
        from newsdesk import exports

        if not self.matches.keys:
            self.say("nothing is found: nothing to export")
            return
        self.say("exporting …")
        try:
            file, articles = await asyncio.to_thread(exports.write_found, self.newsdesk.settings, self.asked)
        except NewsdeskError as error:
            self.say(error.line().replace(f"{self.newsdesk.settings.paths.data_dir}/", ""))
            return
        what = words.count(articles, "article")
        self.say(f"exported passages of {what}: {words.clean_line(f'{file.parent.name}/{file.name}')}")

    def action_language(self) -> None:
        title = present.line("The query language", present.STRONG)
        self.app.push_screen(Popup(title, present_search.language, self.keys))

    def action_help(self) -> None:
        def body(width: int) -> Content:
            keys = help_body(self.keys, width, screen=self.REGISTRY)
            return keys + Content("\n") + present_search.language(width)

        self.app.push_screen(Popup(present.line("Keys of the search", present.STRONG), body, self.keys))

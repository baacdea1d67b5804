"""The Entities screen: who and what is named, by mentions, and the dossier of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from newsdesk.errors import UsageError
from newsdesk.models import EntityKind
from newsdesk.models.entities import EntityRow, EntityView
from newsdesk.tui import browser, lessons, present, present_entities, words
from newsdesk.tui.choice import Choice
from newsdesk.tui.screens.choosing import ChoosingScreen
from newsdesk.tui.screens.desk_view import DeskView
from newsdesk.tui.screens.frame import MEDIUM, WIDE
from newsdesk.tui.screens.over import OverScreen
from newsdesk.tui.widgets.entitylist import Dossier, EntityList, KindBar
from newsdesk.tui.widgets.lines import TopicBar

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsdesk.desk import Newsdesk

PAGE = 60
"""Rows that one query brings."""
PAUSE = 0.12
"""Seconds that the cursor rests, or nobody types, before what depends on it follows."""
MOST_BACK = 600
"""Rows that are brought to find the entity where the screen stood before."""


class EntitiesPlace(Struct, frozen=True):
    """Where the screen stood when it was left."""

    choice: Choice = Choice()
    kind: EntityKind | None = None
    entity: str = ""
    """Its id (kind/slug)."""
    in_dossier: bool = False
    passage: int | None = None
    """The dossier's key under the cursor."""


class EntitiesScreen(ChoosingScreen, OverScreen):
    """A list of entities and, beside it or in its place, the dossier of one."""

    CSS_PATH = "entities.tcss"
    REGISTRY = "entities"
    NAME = "entities"
    AUTO_FOCUS = ""

    def __init__(
        self,
        newsdesk: Newsdesk,
        background: Callable[[], Content],
        place: EntitiesPlace,
        leave: Callable[[EntitiesPlace], None],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`place` is where it stands at first; `leave` is told where it stands in the end."""
        super().__init__(newsdesk, background)
        self.choice, self.kind = place.choice, place.kind
        self.topics = present.Topics.of(newsdesk.desk)
        self.list = EntityList(now, id="list")
        self.dossier = Dossier(newsdesk, self.topics, now, id="dossier")
        self.in_dossier = place.in_dossier
        self._place = place
        self._leave = leave
        self._now = now
        self._counts: dict[EntityKind, int] = {}
        self._all = newsdesk.counts()
        self._bar, self._kinds = TopicBar(self.topics, id="topics"), KindBar(id="kinds")
        self._about, self._lesson = Static(id="about"), Static(id="lesson")
        self._rest: Timer | None = None
        self._typing: Timer | None = None

    def body(self) -> ComposeResult:
        yield self._bar
        yield self._kinds
        yield Input(self.choice.words, placeholder="words of a name", id="names")
        with Horizontal(id="both"):
            yield self.list
            yield Vertical(self._about, self.dossier, id="file")
        yield self._lesson

    def on_mount(self) -> None:
        super().on_mount()
        self.set_class(bool(self.choice.words), "-narrowing")
        self._stand_where_it_stood()

    def on_unmount(self) -> None:
        self._leave(self.place)

    @property
    def place(self) -> EntitiesPlace:
        """Where the screen stands now."""
        entity = self.entity
        return EntitiesPlace(
            self.choice, self.kind, entity.id if entity else "", self.in_dossier, self.dossier.current
        )

    def _stand_where_it_stood(self) -> None:
        wanted = self._place.entity
        while wanted and all(one.id != wanted for one in self.list.rows):
            known = len(self.list.rows)
            self.list.row(known)  # brings the next page
            if len(self.list.rows) == known or known > MOST_BACK:
                break
        found = next((one for one in self.list.rows if one.id == wanted), None)
        entity = found or (self.newsdesk.entity(wanted, now=self._now()) if wanted else None)
        if found is not None:
            self.list.select(found.key)
        if entity is not None:
            self._show_dossier(entity)
            if self._place.passage is not None:
                self.dossier.go_to_key(self._place.passage)
        self._show_stage(in_dossier=self.in_dossier and entity is not None)

    # ------------------------------------------------------------------ showing

    @property
    def view(self) -> EntityView:
        return EntityView(self.kind, self.choice.topics, self.choice.words)

    @property
    def entity(self) -> EntityRow | None:
        """The one whose dossier is shown, or would be."""
        return self.dossier.entity if self.in_dossier else self.list.current

    def look(self) -> None:
        self._all = self.newsdesk.counts()
        self._list()
        if (shown := self.dossier.entity) is not None:
            self._show_dossier(self.newsdesk.entity(shown.id, now=self._now()))

    def _list(self, *, top: bool = False) -> None:
        view = self.view
        self._counts = self.newsdesk.entity_counts(view)
        self.list.show(
            self.newsdesk.entity_page(view, PAGE, now=self._now()),
            partial(self._page_after, view),
            top=top,
        )
        empty = not self.list.rows
        self.set_class(empty, "-nothing")
        if empty:
            self._lesson.update(self._empty())
            self._show_dossier(None)

    def _page_after(self, view: EntityView, row: EntityRow) -> tuple[EntityRow, ...]:
        return self.newsdesk.entity_page(view, PAGE, row, now=self._now())

    def _empty(self) -> Content:
        ways = [
            (self.key("close"), f"drops the words “{self.choice.words}”" if self.choice.words else ""),
            (self.key("all-topics"), "takes in all topics" if self.choice.topics else ""),
            (self.key("next-kind"), "goes on to the next kind" if self.kind else ""),
        ]
        narrowed = bool(self.kind or self.choice.topics or self.choice.words)
        named = [(key, words.clean_line(says)) for key, says in ways if says]
        return lessons.no_entities(self._all, narrowed, named)

    def show_edges(self) -> None:
        super().show_edges()
        self._bar.show_topics(self._all, self.choice.topics, Content(""))
        filters = [
            present.line(f"“{self.choice.words}”" if self.choice.words else "", "$figure-name"),
            present.plain(
                "in the newest 4,000 passages" if self.choice.topics and self.app.size.width >= WIDE else "",
                present.QUIET,
            ),
        ]
        self._kinds.show_kinds(self._counts, self.kind, present.join(filters))

    def summary(self) -> Content:
        narrow = self.app.size.width < MEDIUM
        return present.plain("" if narrow or self.said else "by mentions", present.QUIET)

    def where(self) -> Content:
        if self.in_dossier and self.dossier.current is not None:
            place, total = self.dossier.place, self.dossier.total
            number = "" if place is None else f"{place + 1:,} of "
            about = "" if self.dossier.counted else "about "
            return present.plain(f"passage {number}{about}{total:,} ", present.QUIET)
        text = f"entity {self.list.cursor + 1:,} of {self.rows:,} " if self.list.rows else ""
        return present.plain(text, present.QUIET)

    def _show_dossier(self, entity: EntityRow | None) -> None:
        if entity is not self.dossier.entity:
            self.dossier.show(entity)
        about = present_entities.head(entity, self._about_width, self._now()) if entity else Content("")
        self._about.update(about)

    @property
    def _about_width(self) -> int:
        width = self.app.size.width
        return max(20, (width - 66 if width >= WIDE else width) - 3)

    def _show_stage(self, *, in_dossier: bool) -> None:
        self.in_dossier = in_dossier
        self.set_class(in_dossier, "-at-file")
        self.set_focus(self.dossier if in_dossier else self.list, scroll_visible=False)
        self.show_edges()

    @on(EntityList.Moved, "#list")
    def _rested(self) -> None:
        """The dossier follows when the cursor rests: keys that pass rows never wait for it."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(PAUSE, self._follow)

    def _follow(self) -> None:
        current = self.list.current
        if not self.in_dossier and self.app.size.width >= WIDE and current is not None:
            self._show_dossier(current)
        self.show_edges()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if event.widget in (self.list, self.dossier) and self.in_dossier != (event.widget is self.dossier):
            self._show_stage(in_dossier=event.widget is self.dossier)

    def on_resize(self, event: events.Resize) -> None:
        if self.dossier.entity is not None:
            head = present_entities.head(self.dossier.entity, self._about_width, self._now())
            self._about.update(head)
        self.call_after_refresh(self._follow)

    # ------------------------------------------------------------------ moving

    def move(self, rows: int) -> None:
        if self.in_dossier:
            self.dossier.move(rows)
        else:
            self.list.move(rows)

    @property
    def page(self) -> int:
        return self.dossier.page if self.in_dossier else self.list.page

    @property
    def rows(self) -> int:
        if self.in_dossier:
            return self.dossier.total
        return self._counts.get(self.kind, 0) if self.kind else sum(self._counts.values())

    def action_to_list(self) -> None:
        self._show_stage(in_dossier=False)

    def action_to_dossier(self) -> None:
        if not self.in_dossier and (current := self.list.current) is not None:
            self._show_dossier(current)
            self._show_stage(in_dossier=True)

    def action_open_dossier(self) -> None:
        if not self.in_dossier:
            self.action_to_dossier()
        elif (hit := self.dossier.hit) is not None:
            self.leave_for(hit.article.id, hit.passage)

    @on(EntityList.Opened, "#list")
    def _opened(self) -> None:
        self.action_to_dossier()

    @on(Dossier.Opened)
    def _passage_opened(self) -> None:
        self.action_open_dossier()

    @on(Dossier.Moved)
    def _passage_moved(self) -> None:
        self.show_edges()

    def action_close(self) -> None:
        if self._names.has_focus:
            self._drop_words()
        elif self.in_dossier:
            self.action_to_list()
        elif self.choice.words:
            self._drop_words()
        else:
            super().action_close()

    # ------------------------------------------------------------------ kinds, topics, words

    def choose(self, choice: Choice) -> None:
        self._choose(choice, self.kind)

    def _choose(self, choice: Choice, kind: EntityKind | None) -> None:
        self.choice, self.kind = choice, kind
        self._list(top=True)
        if not self._names.has_focus:
            self._show_stage(in_dossier=False)
        self._rested()
        self.show_edges()

    def action_next_kind(self) -> None:
        self._step_kind(1)

    def action_previous_kind(self) -> None:
        self._step_kind(-1)

    def _step_kind(self, step: int) -> None:
        kinds = (None, *present_entities.KINDS)
        self._choose(self.choice, kinds[(kinds.index(self.kind) + step) % len(kinds)])

    @on(KindBar.Chosen)
    def _kind_clicked(self, event: KindBar.Chosen) -> None:
        self._choose(self.choice, None if event.kind == self.kind else event.kind)

    def action_refresh_all(self) -> None:
        if self.newsdesk.offline:
            self.say("offline: nothing is fetched")
        else:
            self.post_message(DeskView.RefreshWanted(None))
            self.say("asking for news")

    @property
    def _names(self) -> Input:
        return self.query_one("#names", Input)

    def action_narrow_names(self) -> None:
        self.add_class("-narrowing")
        self.set_focus(self._names)  # at once: what is typed with the key belongs into it

    @on(Input.Changed, "#names")
    def _typed(self) -> None:
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(PAUSE, self._narrow)

    def _narrow(self) -> None:
        choice = self.choice.narrowed(self._names.value)
        if choice != self.choice:
            self._choose(choice, self.kind)

    @on(Input.Submitted, "#names")
    def _narrowed(self) -> None:
        self._narrow()
        self.set_class(bool(self.choice.words), "-narrowing")
        self._show_stage(in_dossier=False)

    def _drop_words(self) -> None:
        self._names.value = ""
        self.remove_class("-narrowing")
        self._show_stage(in_dossier=False)
        self._narrow()

    # ------------------------------------------------------------------ copy, browser

    def action_copy_named(self) -> None:
        """The passage of the dossier with its source; in the list, the entity's names."""
        hit = self.dossier.hit if self.in_dossier else None
        article = self.newsdesk.article(hit.article.id) if hit is not None else None
        if hit is not None and article is not None and hit.passage < len(article.passages):
            self.app.copy_to_clipboard(words.clip(article, article.passages[hit.passage]))
            self.say("copied the passage with its source")
        elif (current := self.list.current) is not None and not self.in_dossier:
            self.app.copy_to_clipboard(present_entities.clip(current))
            self.say("copied the entity with its names")

    @work(group="browser")
    async def action_open_page(self) -> None:
        hit = self.dossier.hit
        if hit is None:
            return
        if self.newsdesk.offline:
            self.say("offline: the page is not opened; y copies the address with the passage")
            return
        try:
            opened = await browser.open_page(hit.article.url)
        except UsageError as error:
            self.say(error.line())
            return
        address = f"opened {words.clean_line(hit.article.url)}"
        self.say(address if opened else "no browser here; y copies the address with the passage")

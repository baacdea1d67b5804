"""What the home screen shows; what its keys do is in `desk`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from newsdesk.errors import NewsdeskError
from newsdesk.models import Counts, Notice, StoredArticle, View
from newsdesk.tui import commands, lessons, present, words
from newsdesk.tui.choice import Choice
from newsdesk.tui.corrections import Sign
from newsdesk.tui.screens.choosing import ChoosingScreen
from newsdesk.tui.screens.frame import MEDIUM, WIDE, hints
from newsdesk.tui.widgets.headlines import COMPACT, ROOMY, HeadlineList
from newsdesk.tui.widgets.lines import EdgeLine, Hints, TopicBar
from newsdesk.tui.widgets.panes import Panes
from newsdesk.tui.widgets.side import Side

if TYPE_CHECKING:
    from newsdesk.desk import Newsdesk

Stage = Literal["list", "reading", "side"]
STAGES: tuple[Stage, ...] = ("list", "reading", "side")


class DeskView(ChoosingScreen):
    """Topic bar, articles, the chosen article in topic panes, its figures and entities."""

    REGISTRY = "desk"
    AUTO_FOCUS = "#headlines"

    class RefreshWanted(Message):
        """The reader asks for news: of these feeds, or of all."""

        def __init__(self, urls: tuple[str, ...] | None) -> None:
            super().__init__()
            self.urls = urls

    class ArticleShown(Message):
        """An article is on the screen whose figures and entities are not there yet."""

        def __init__(self, article_id: int) -> None:
            super().__init__()
            self.article_id = article_id

    def __init__(
        self,
        newsdesk: Newsdesk,
        width: int,
        *,
        notice: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`width` is the terminal's, in columns: what stands on the first paint depends on it."""
        breakpoint = next(name for least, name in reversed(self.HORIZONTAL_BREAKPOINTS) if width >= least)
        super().__init__(newsdesk, classes=f"{breakpoint} -at-list")
        self.topics = present.Topics.of(newsdesk.desk)
        self.notice = notice
        self._progress: dict[str, tuple[int, int]] = {}
        self._missing = ""
        """Why figures and entities may be missing, such as that there is no language model."""
        self.choice = Choice()
        self.article: StoredArticle | None = None
        self.stage: Stage = "list"
        self.ready = asyncio.Event()
        """Set when all parts are there, and the first article."""
        self._now = now
        self.counts: Counts = newsdesk.counts()
        self.up_to: int | None = self.counts.newest_id if self.counts.articles else None
        self.kept: frozenset[int] = frozenset()
        self.aim: tuple[int, int] | None = None
        self._writes: set[Worker[None]] = set()
        self.correcting: Sign | Literal[""] = ""
        """Whether the next topic key puts the passage in (`+`) or takes it out (`-`)."""
        self._stale: Timer | None = None
        ui = newsdesk.settings.config.ui
        height = COMPACT if ui.spacing == "compact" else ROOMY
        self.headlines = HeadlineList(newsdesk, self.topics, row_height=height, now=now, id="headlines")
        self.panes = Panes(self.topics, ui.highlights, max(20, ui.measure), id="panes")
        self.side = Side(id="side")
        self._header, self._bar = EdgeLine(id="header"), TopicBar(self.topics, id="topics")
        self._footer = Hints(hints(self.keys), id="footer")
        self._lesson = Static(id="lesson")
        self._title, self._byline = Static(id="title"), Static(id="byline")
        self._topic_keys = commands.keys_of(("topic", "unsorted"), self.keys)

    def compose(self) -> ComposeResult:
        self.show_list()  # Before anything is laid out: the first paint is the whole list.
        yield self._header
        yield self._bar
        with Container(id="body"):
            yield self.headlines
            yield self._lesson
        yield self._footer

    def on_mount(self) -> None:
        self.call_after_refresh(self._mount_article)

    async def _mount_article(self) -> None:
        """After the first paint, which is the list's: what shows an article."""
        self.panes.side_by_side = self.size.width >= WIDE
        reading = Vertical(self._title, self._byline, self.panes, id="reading")
        await self.query_one("#body").mount(reading, self.side, after="#headlines")
        self.show_selected()
        self.ready.set()

    @property
    def view(self) -> View:
        return self.choice.view(self.up_to, self.kept)

    # ------------------------------------------------------------------ showing

    def show_list(self, *, top: bool = False) -> None:
        self.headlines.show(self.view, top=top)
        self.show_edges()

    def show_edges(self) -> None:
        """Header, topic bar, footer, and what stands in for an empty list."""
        counts, room = self.counts, self.app.size.width
        status = self.said or self._waiting() or self.notice
        left = [
            Content.styled(" newsdesk", "bold $cursor"),
            present.line(self.newsdesk.desk.id if room >= MEDIUM or not status else "", "$prose"),
            present.line(status, "$figure-name"),
        ]
        right = present.header_right(
            counts,
            offline=self.newsdesk.offline,
            progress=present.progress(self._progress, room=room),
            now=self._now(),
            room=room,
        )
        self._header.show(Content("  ").join(part for part in left if part), right)
        filters = [
            Content.styled("unread only" if self.choice.unread else "", "$figure-name"),
            present.line(f"“{self.choice.words}”" if self.choice.words else "", "$figure-name"),
        ]
        saved = tuple(self.newsdesk.settings.config.queries)
        self._bar.show_topics(counts, self.choice.topics, present.join(filters), saved, self.choice.query)
        self._footer.show(Content(""), present.plain(self._where(), present.QUIET))
        empty = self.headlines.count == 0
        self.set_class(empty, "-nothing")
        if empty:
            self._lesson.update(self._lesson_of(counts))

    def _lesson_of(self, counts: Counts) -> Content:
        if counts.articles or counts.feeds:
            return lessons.empty(counts, self.choice, self.newsdesk.offline)
        keys = {one: self.key(one) for one in ("open", "switch-desk", "feeds", "add-feed", "help")}
        return lessons.beginning(self.newsdesk.desk, keys)

    @property
    def background(self) -> Content:
        """What the background said last, or is doing, for the screens over this one."""
        progress = present.progress(self._progress, room=self.app.size.width)
        return present.line(self.said, "$figure-name") if self.said else progress

    def _waiting(self) -> str:
        """What has arrived and waits to be let in."""
        if self.up_to is None or self.counts.newest_id <= self.up_to:
            return ""
        view = replace(self.view, up_to=None)
        number = self.newsdesk.headline_count(view) - self.headlines.count
        key = commands.show_keys(commands.BY_ID["next-unread"], self.keys)
        return f"{words.count(number, 'new article')} · {key} lets them in" if number > 0 else ""

    def _where(self) -> str:
        article = self.article
        if article is None:
            return ""
        placed = {place for section in article.sections for place in section.passages}
        lost = len(article.passages) - len(placed)
        counted = [passage.index for passage in words.counted(article.passages)]
        here = words.count(len(counted), "passage")
        entry = self.panes.current
        if entry is not None and entry.index in counted:
            here = f"passage {counted.index(entry.index) + 1} of {len(counted)}"
        return f"{here} · {lost} lost "

    def show_article_lines(self) -> None:
        title, byline = Content(""), Content("")
        if self.article is not None:
            language = self.newsdesk.foreign_language(self.article)
            voice = self.newsdesk.source_class(self.article.feed_url)
            title, byline = present.article_head(self.article, self._now(), language, voice)
        self._title.update(title)
        self._byline.update(byline)

    def show_stage(self, stage: Stage) -> None:
        """Give the keys to the list, the text, or figures and entities."""
        if not self.panes.is_attached:
            return
        self.stage = stage
        for name in STAGES:
            self.set_class(name == stage, f"-at-{name}")
        widget = {"list": self.headlines, "reading": self.panes, "side": self.side}[stage]
        self.set_focus(widget, scroll_visible=False)
        if stage == "reading":
            self.panes.start()
        self.show_edges()

    # ------------------------------------------------------------------ the article

    def on_headline_list_moved(self, event: HeadlineList.Moved) -> None:
        # The list is painted first: its cursor never waits for an article.
        if self.panes.is_attached:
            self.call_after_refresh(self.show_selected)

    def on_headline_list_opened(self) -> None:
        self.show_stage("reading" if self.has_class("-narrow") else "list")

    def show_selected(self) -> None:
        """Show the list's article, unless it is shown already."""
        selected = self.headlines.selected
        if selected != (self.article.id if self.article is not None else None):
            self._load(selected)

    def _load(self, article_id: int | None) -> None:
        """Show an article, the passage cursor on the passage aimed at, or where it was."""
        keep: int | None = None
        if self.aim is not None and self.aim[0] == article_id:
            keep, self.aim = self.aim[1], None
        elif self.article is not None and self.article.id == article_id and self.panes.current:
            keep = self.panes.current.index
        self.article = self.newsdesk.article(article_id) if article_id is not None else None
        self.show_article_lines()
        self.side.show(self.article, self._missing)
        if self.article is not None:
            self.kept |= {self.article.id}
            if not self.article.deep:
                self.post_message(self.ArticleShown(self.article.id))
        self.panes.show(self.article, self.choice.topics, keep=keep)
        self.show_edges()

    async def open_passage(self, article_id: int, index: int) -> None:
        """Show a passage, in whatever article, and put the cursor on it."""
        if self.article is not None and self.article.id == article_id:
            self.panes.go_to(index)
        else:
            self.aim = article_id, index
            self.headlines.select(article_id)
        self.show_stage("reading")

    def on_panes_passage_moved(self) -> None:
        self.show_edges()

    # ------------------------------------------------------------------ marks

    def write(self, change: Coroutine[None, None, None]) -> None:
        """Write marks to the archive; what they change is on the screen already."""
        self._writes.add(self.run_worker(self._written(change), group="marks"))

    async def _written(self, change: Coroutine[None, None, None]) -> None:
        try:
            await change
        except NewsdeskError as error:
            self.say(error.line())
        finally:
            self._writes.discard(get_current_worker())

    @property
    def writing(self) -> bool:
        """Whether marks or corrections are still on their way to the archive."""
        return bool(self._writes)

    async def written(self) -> None:
        """Wait until the archive has all marks."""
        for worker in tuple(self._writes):
            await worker.wait()

    # ------------------------------------------------------------------ what the background tells

    def tell_progress(self, what: str, done: int, total: int) -> None:
        """How far a work is; it is over where nothing is left."""
        self._progress.pop(what, None)
        if done < total:
            self._progress[what] = (done, total)
        self.show_edges()

    def tell_notice(self, notice: Notice) -> None:
        """Say what the background has to say; warnings stay, and also stand where figures would."""
        text = words.clean_line(notice.text)
        if notice.kind == "warning":
            self._missing = self.notice = text
            self.side.show(self.article, text)
            self.show_edges()
        else:
            self.say(text)

    def archive_changed(self) -> None:
        """Something was stored: look again soon, once for many such calls."""
        if self._stale is None:
            self._stale = self.set_timer(0.2, self._look_again)

    def _look_again(self) -> None:
        self._stale = None
        if self._writes:
            self.archive_changed()
        else:
            self.look()

    def look(self) -> None:
        """Show what the archive has now; the passage cursor stays where it can."""
        untouched = self.up_to is None
        self.counts = self.newsdesk.counts()
        self.show_list(top=untouched)
        if self.article is not None and self.article.id == self.headlines.selected:
            fresh = self.newsdesk.article(self.article.id)
            if fresh is not None and replace(fresh, read=self.article.read) != self.article:
                self._load(fresh.id)
                if self.stage == "reading":
                    self.panes.start()

    def let_in(self) -> None:
        """Let the articles in that have arrived since the list was opened."""
        if self.up_to is not None and self.counts.newest_id > self.up_to:
            self.up_to = self.counts.newest_id
            self.show_list()

    def on_key(self, event: events.Key) -> None:
        if self.up_to is None and self.headlines.count:
            self.up_to = self.counts.newest_id
        self.note_key(event)
        if self.correcting and event.key not in self._topic_keys:
            self.correcting = ""
            self.unsay()
            if event.key == "escape":
                event.stop()

    def on_resize(self, event: events.Resize) -> None:
        self.panes.side_by_side = event.size.width >= WIDE
        self.call_after_refresh(self.show_edges)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        stage: dict[str | None, Stage] = {"headlines": "list", "panes": "reading", "side": "side"}
        if (clicked := stage.get(event.widget.id)) and clicked != self.stage:
            self.show_stage(clicked)

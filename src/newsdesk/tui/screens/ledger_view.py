"""What the ledger shows; what its keys do is in `ledger`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from newsdesk.errors import NewsdeskError
from newsdesk.models.ledger import Narrowing, Report, Series, SeriesKind
from newsdesk.series import as_of
from newsdesk.tui import lessons, present, present_ledger
from newsdesk.tui.choice import Choice
from newsdesk.tui.commands import BY_ID
from newsdesk.tui.screens.frame import MEDIUM, hints
from newsdesk.tui.screens.over import OverScreen
from newsdesk.tui.widgets.ledgerlists import ReportList, SeriesList
from newsdesk.tui.widgets.lines import Hints, TopicBar
from newsdesk.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from newsdesk.desk import Newsdesk
    from newsdesk.tui.widgets.pane import Lit

Side = Literal["series", "reports"]
SAID_OF: dict[SeriesKind, str] = {
    "listed": "",
    "conflicts": "series with a contradiction",
    "all": "all series",
}
PAGE = 50
"""Series that are asked for at once."""
MOST_BROUGHT = 2_000
"""Rows that are brought to find a series."""
MOST_REPORTS = 200
"""Reports of a series that are asked for at once, ordered, and drawn over time."""
PLOT_HEIGHT = 12
PLACEHOLDER = "words, by:ministry, place:Gaza, figure:killed>100 …"


class LedgerPlace(Struct, frozen=True):
    """Where the ledger stands, for the next time."""

    choice: Choice = Choice()
    kind: SeriesKind = "listed"
    series: int | None = None
    report: tuple[int, int, int] | None = None
    side: Side = "series"
    plotting: bool = False
    by_day: bool = False


class LedgerView(OverScreen):
    """Series at the left or top, the reports of one of them beside it."""

    REGISTRY = "ledger"
    NAME = "ledger"
    AUTO_FOCUS = "#series"

    def __init__(
        self,
        newsdesk: Newsdesk,
        background: Callable[[], Content],
        place: LedgerPlace | None = None,
        leave: Callable[[LedgerPlace], None] = lambda place: None,
        light: Callable[[int, Lit | None], None] = lambda article, lit: None,
    ) -> None:
        """`place` is where it stood last; `leave` hears where it stands when it is left; `light` lights words
        of an article on the desk.
        """
        super().__init__(newsdesk, background)
        self._start = place or LedgerPlace()
        self._leave, self._light = leave, light
        # Its own keys first: in a narrow footer there is no room for all.
        own = sorted(hints(self.keys, self.REGISTRY), key=lambda hint: BY_ID[hint[0]].screens != ("ledger",))
        self._footer = Hints(own, id="footer")
        self.choice, self.kind = self._start.choice, self._start.kind
        self.side: Side = self._start.side
        self.plotting, self.by_day = self._start.plotting, self._start.by_day
        self.topics = present.Topics.of(newsdesk.desk)
        self._bar = TopicBar(self.topics, id="topics")
        self.series = SeriesList(id="series")
        self.reports = ReportList(id="reports")
        self._head, self._columns = Static(id="head"), Static(id="columns")
        self._chart, self._legend = Static(id="chart"), Static(id="legend")
        self._text, self._lesson = Static(id="text"), Static(id="lesson")
        self._narrow = Input(self.choice.words, placeholder=PLACEHOLDER, id="narrow")
        self._shown: int | None = None
        """The series whose reports are shown."""
        self._found: Narrowing | None = None
        self._wrong = ""

    def compose(self) -> ComposeResult:
        yield self._header
        yield self._bar
        yield self._narrow
        with Container(id="body"):
            yield self.series
            with Vertical(id="right"):
                yield self._head
                yield self._chart
                yield self._legend
                yield self._columns
                yield self.reports
                yield self._text
            yield self._lesson
        yield self._footer

    def on_mount(self) -> None:
        self._narrow.display = bool(self.choice.words)
        self._text.border_title = present.in_frame(Content.styled("In the text", present.QUIET))
        self.show_side(self.side)

    # ------------------------------------------------------------------ the list of series

    def look(self) -> None:
        self._find()
        first = self._page(None)
        self.series.show(first, self._page_after)
        self.set_class(not first, "-nothing")
        if not first:
            key = self.key("which-series")
            self._lesson.update(lessons.no_series(self.newsdesk.counts(), self.choice, self.kind, key))
        start, self._start = self._start, LedgerPlace()
        if start.series is not None:
            self._select_series(start.series)
        self.show_reports()
        if start.report is not None:
            self.reports.select(start.report)

    def _select_series(self, series: int) -> None:
        """Put the cursor on a series, bringing rows until it is there."""
        while not self.series.select(series):
            known = len(self.series.rows)
            self.series.row(known)
            if len(self.series.rows) == known or known > MOST_BROUGHT:
                return

    def _find(self) -> None:
        """The figures that words and topics leave; None: all."""
        self._wrong = ""
        if not (self.choice.words.strip() or self.choice.topics):
            self._found = None
            return
        try:
            self._found = self.newsdesk.narrow_series(self.choice.words, self.choice.topics)
        except NewsdeskError as error:
            # Half a query is typed on the way to a whole one: what was found stays.
            self._wrong = error.line()

    def _page(self, after: Series | None) -> Sequence[Series]:
        if self._found is None:
            return self.newsdesk.series(self.kind, limit=PAGE, after=after.key if after else None)
        start = after.key[0] + 1 if after else 0
        while rows := self.newsdesk.narrowed_series(self._found, start, PAGE):
            chosen = [row for row in rows if self.kind != "conflicts" or row.conflicts]
            if chosen:
                return chosen
            start += PAGE
        return ()

    def _page_after(self, row: Series) -> Sequence[Series]:
        return self._page(row)

    # ------------------------------------------------------------------ the reports

    def show_reports(self) -> None:
        """The reports of the series under the cursor, and what stands beside it."""
        current = self.series.current
        if current is None:
            self.reports.table, self._shown = None, None
            self.reports.show(())
            return
        found, more = self._reports(current)
        hits = [report.hit for report in found]
        self.reports.table = present_ledger.table(current.name, hits, plotted=self.plotting)
        beside = self.newsdesk.beside(current.id)
        rows = found if more else [*found, *beside]
        self.reports.show(rows, self._more(current, beside, more), top=current.id != self._shown)
        self._shown = current.id
        self._head.update(present_ledger.head(current.name, hits, current.figures, more=more))
        self._show_columns()
        self._show_plot()
        self._show_text()

    def catch_up(self) -> None:
        """Show the reports at once where they are still those of the series that the cursor came from."""
        current = self.series.current
        if (current.id if current else None) != self._shown:
            self.show_reports()

    def _reports(self, row: Series) -> tuple[list[Report], bool]:
        """The first reports in their order, and whether there are more."""
        if self._found is not None:
            places = dict(self._found.series).get(row.id, ())
            found = list(self.newsdesk.reports_at(row.id, places[:MOST_REPORTS]))
            more = False
        else:
            found = list(self.newsdesk.reports(row.id, limit=MOST_REPORTS))
            more = row.figures > len(found)
        if self.by_day:
            found.sort(key=lambda one: (as_of(one.hit), one.hit.article.published), reverse=True)
            more = False
        return found, more

    def _more(
        self, row: Series, beside: Sequence[Report], more: bool
    ) -> Callable[[Report], Sequence[Report]] | None:
        """What comes after a report: further ones, at last those beside the series."""
        if not more:
            return None

        def after(last: Report) -> Sequence[Report]:
            if last.series != row.id:
                return ()
            return self.newsdesk.reports(row.id, limit=MOST_REPORTS, after=last.hit.key) or beside

        return after

    @on(RowList.Moved)
    def _moved_to(self, event: RowList.Moved) -> None:
        if event.control is self.series:
            self.call_after_refresh(self.show_reports)
        else:
            self.call_after_refresh(self._show_text)
        self.show_edges()

    def _show_columns(self) -> None:
        if self.reports.table is not None:
            self._columns.update(present_ledger.heads(self.reports.size.width - 1, self.reports.table))

    def _show_text(self) -> None:
        """The passage of the report under the cursor, its words lit, and what is to be said of it."""
        report, table = self.reports.current, self.reports.table
        article = self.newsdesk.article(report.hit.article.id) if report else None
        if report is None or table is None or article is None:
            self._text.update(Content(""))
            return
        figure = report.hit.figure
        passage = article.passages[figure.passage] if figure.passage < len(article.passages) else None
        if passage is None:
            self._text.update(Content(""))
            return
        lit = present.passage(passage, article.entities, [figure], "all")
        self._text.update(lit + Content("\n") + present_ledger.about(report, table))

    # ------------------------------------------------------------------ over time

    def _show_plot(self) -> None:
        """The plot and the same in words, where they are asked for."""
        self.set_class(self.plotting, "-plotting")
        table = self.reports.table
        if not self.plotting or table is None:
            return
        hits = [report.hit for report in self.reports.rows if not report.differs]
        self._legend.update(present_ledger.legend(hits, table, datetime.now(UTC)))
        if self.app.size.width >= MEDIUM:
            height = max(6, min(PLOT_HEIGHT, self.app.size.height // 3))
            self._chart.update(present_ledger.plotted(hits, table, self._plot_width, height))

    @property
    def _plot_width(self) -> int:
        return max(30, (self.query_one("#right").size.width or self.app.size.width) - 2)

    # ------------------------------------------------------------------ header and footer

    def summary(self) -> Content:
        parts = [
            present.plain(self._kind_said, "$figure-name"),
            present.plain("by day" if self.by_day else "", "$figure-name"),
        ]
        if self._found is not None:
            most = "+" if self._found.capped else ""
            parts.append(present.plain(f"{self._found.figures:,}{most} figures found", present.QUIET))
        elif self.app.size.width >= MEDIUM:
            parts.append(present.plain("newest first: an order, not a verdict", present.QUIET))
        return present.join(parts)

    @property
    def _kind_said(self) -> str:
        """Which series are shown, where it is not the usual ones; narrowed, all that are found are."""
        return SAID_OF[self.kind] if self._found is None or self.kind == "conflicts" else ""

    def where(self) -> Content:
        rows = self.series if self.side == "series" else self.reports
        if rows.current is None:
            return Content("")
        what = "series" if self.side == "series" else "report"
        more = "+" if rows.unfinished else ""
        return present.plain(f"{what} {rows.cursor + 1:,} of {len(rows.rows):,}{more} ", present.QUIET)

    def show_edges(self) -> None:
        super().show_edges()
        said = self._wrong or (f"“{self.choice.words}”" if self.choice.words else "")
        style = "$alarm" if self._wrong else "$figure-name"
        self._bar.show_topics(self.newsdesk.counts(), self.choice.topics, present.line(said, style))

    # ------------------------------------------------------------------ the side with the keys

    def show_side(self, side: Side) -> None:
        """Give the keys to the series or to the reports."""
        self.side = side
        self.set_class(side == "series", "-at-series")
        self.set_class(side == "reports", "-at-reports")
        self.set_focus(self.series if side == "series" else self.reports, scroll_visible=False)
        self.show_edges()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if event.widget in (self.series, self.reports):
            side: Side = "series" if event.widget is self.series else "reports"
            if side != self.side:
                self.show_side(side)

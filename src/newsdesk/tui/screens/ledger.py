"""The ledger: figures in series, each with its speaker; what may be compared stands side by side."""

from __future__ import annotations

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from newsdesk.errors import NewsdeskError
from newsdesk.models.ledger import Report, SeriesKind
from newsdesk.tui import present_ledger, words
from newsdesk.tui.choice import Choice
from newsdesk.tui.screens.choosing import ChoosingScreen
from newsdesk.tui.screens.desk_view import DeskView
from newsdesk.tui.screens.ledger_view import SAID_OF, LedgerPlace, LedgerView
from newsdesk.tui.widgets.ledgerlists import ReportList, SeriesList
from newsdesk.tui.widgets.rows import RowList

KINDS: tuple[SeriesKind, ...] = ("listed", "conflicts", "all")
TYPING_PAUSE = 0.15
"""Seconds without a key before the list follows the words typed."""


class LedgerScreen(ChoosingScreen, LedgerView):
    """Series at the left or top, the reports of one of them beside it."""

    CSS_PATH = "ledger.tcss"

    _typing: Timer | None = None

    # ------------------------------------------------------------------ moving

    @property
    def _list(self) -> SeriesList | ReportList:
        return self.series if self.side == "series" else self.reports

    def move(self, rows: int) -> None:
        self._list.move(rows)

    @property
    def page(self) -> int:
        return self._list.page

    @property
    def rows(self) -> int:
        return len(self._list.rows)

    def on_resize(self) -> None:
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        self._show_columns()
        self._show_plot()

    def action_series_left(self) -> None:
        self.show_side("series")

    def action_series_right(self) -> None:
        self.catch_up()
        if self.reports.current is not None:
            self.show_side("reports")

    @on(RowList.Opened)
    async def action_open_words(self) -> None:
        if self.side == "series":
            self.action_series_right()
        elif report := self.reports.current:
            self._remember()
            self._light_words(report)
            self.leave_for(report.hit.article.id, report.hit.figure.passage)

    def _light_words(self, report: Report) -> None:
        """Light the figure's words on the desk, whatever is highlighted there."""
        figure, article = report.hit.figure, self.newsdesk.article(report.hit.article.id)
        if article is not None and figure.passage < len(article.passages):
            passage = article.passages[figure.passage].text
            spans = ((figure.start, figure.end),)
            self._light(article.id, lambda text: spans if text == passage else ())

    def action_close(self) -> None:
        if self._narrow.has_focus or (self.choice.words and self.side == "series"):
            self._narrow.value = ""
            self._narrow.display = False
            self.choose(Choice(topics=self.choice.topics))
        elif self.side == "reports" and self.has_class("-narrow"):
            self.show_side("series")
        else:
            self._remember()
            super().action_close()

    def _remember(self) -> None:
        series, report = self.series.current, self.reports.current
        self._leave(
            LedgerPlace(
                choice=self.choice,
                kind=self.kind,
                series=series.id if series else None,
                report=report.hit.key if report else None,
                side=self.side,
                plotting=self.plotting,
                by_day=self.by_day,
            )
        )

    # ------------------------------------------------------------------ narrowing

    def choose(self, choice: Choice) -> None:
        self.choice = choice
        self.look()
        self.series.go_to(0)
        self.show_side("series")
        self.show_edges()

    def action_narrow(self) -> None:
        # At once, not with the next refresh: the words may come as fast as the key.
        self._narrow.display = True
        self.set_focus(self._narrow)

    @on(Input.Changed, "#narrow")
    def _typed(self) -> None:
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_PAUSE, self._follow)

    def _follow(self) -> None:
        """Narrow by the words typed so far."""
        choice = self.choice.narrowed(self._narrow.value)
        if choice != self.choice:
            self.choice = choice
            self.look()
            self.series.go_to(0)
            self.show_edges()

    @on(Input.Submitted, "#narrow")
    def _narrowed(self) -> None:
        self._follow()
        self._narrow.display = bool(self.choice.words)
        self.show_side("series")

    def action_refresh_all(self) -> None:
        if self.newsdesk.offline:
            self.say("offline: nothing is fetched")
        else:
            self.post_message(DeskView.RefreshWanted(None))
            self.say("asking for news")

    def action_which_series(self) -> None:
        self.kind = KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)]
        self.choose(self.choice)
        self.say(f"shown: {SAID_OF[self.kind] or 'series of a category, or of several reports'}")

    def action_over_time(self) -> None:
        self.plotting = not self.plotting
        if self.has_class("-narrow"):
            self.show_side("reports")
        self.show_reports()

    def action_order_reports(self) -> None:
        self.by_day = not self.by_day
        self.show_reports()
        self.say("by the day that a number is given for" if self.by_day else "newest report first")

    # ------------------------------------------------------------------ taking a figure along

    def _report(self) -> Report | None:
        self.catch_up()
        return self.reports.current or (self.reports.rows[0] if self.reports.rows else None)

    def action_copy_figure(self) -> None:
        if report := self._report():
            self.app.copy_to_clipboard(present_ledger.clip(report.hit))
            self.say("copied, with its speaker")

    def action_export_series(self) -> None:
        self.catch_up()
        current = self.series.current
        if current is None:
            return
        title = present_ledger.title(current.name, current.newest.figure)
        try:
            file = self.newsdesk.export_series(title, self.reports.rows)
        except NewsdeskError as error:
            self.refused(error)
            return
        self.say(f"written: {words.clean_line(f'{file.parent.name}/{file.name}')}")

"""Figures and entities of the article, beside or below the text."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from newsdesk.models import Figure, StoredArticle
from newsdesk.tui import present, words
from newsdesk.tui.widgets.wrapped import Wrapped


class SideBox(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A titled box with lines of content that know the width they get."""

    DEFAULT_CSS = """
    SideBox {
        width: 3fr;
        height: 1fr;
        padding: 0 1;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        background: $background;
        border-top: solid $faint;
        border-title-align: left;
        border-title-background: $background;
    }
    """


class Side(Widget, can_focus=True, can_focus_children=False, inherit_bindings=False):
    """The claims with their speakers, and who and what is named how often."""

    DEFAULT_CSS = """
    Side { layout: horizontal; }
    Side #entities { width: 2fr; }
    Side:focus SideBox { border-top: solid $cursor; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._article: StoredArticle | None = None
        self._notice = ""
        self._figure_lines, self._entity_lines = Wrapped(), Wrapped()
        self._figures = SideBox(self._figure_lines, id="figures")
        self._entities = SideBox(self._entity_lines, id="entities")

    def compose(self) -> ComposeResult:
        yield self._figures
        yield self._entities

    def show(self, article: StoredArticle | None, notice: str = "") -> None:
        """Show an article's figures and entities; `notice` says why there are none yet."""
        self._article = article
        self._notice = notice
        self._draw()

    def scroll_by(self, lines: int) -> None:
        """Scroll both boxes."""
        for box in (self._figures, self._entities):
            box.scroll_relative(y=lines, animate=False, force=True)

    def _draw(self) -> None:
        article = self._article
        claims = words.listed(article) if article else ()
        named = article.entities if article else ()
        self._figures.border_title = _title("Figures", len(claims), "$figure-name")
        self._entities.border_title = _title("Entities", len(named), "$place")
        self._figure_lines.show(partial(self._figure_content, article, claims))
        self._entity_lines.show(partial(present.entity_columns, named))

    def _figure_content(
        self, article: StoredArticle | None, claims: tuple[Figure, ...], width: int
    ) -> Content:
        """The figures, or why there are none; then what the deep pass has to say of itself."""
        if article is None:
            return Content("")
        if not article.deep:
            return present.plain(self._notice or "Figures and entities are being read …", present.QUIET)
        found = (
            present.figures(claims, article.publisher, width)
            if claims
            else present.plain("No figures in this article.", present.QUIET)
        )
        said = [present.plain(words.clean_line(notice), present.QUIET) for notice in article.notices]
        return Content("\n").join([found, *said])


def _title(name: str, number: int, hue: str) -> Content:
    counted = [Content.styled(name, f"bold {hue}"), Content.styled(f"{number:,}", present.QUIET)]
    return present.in_frame(present.join(counted))

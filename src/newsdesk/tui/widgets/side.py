"""Figures and entities of the article, beside or below the text, with a cursor on one of them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from newsdesk.models import Entity, Figure, StoredArticle
from newsdesk.tui import present, words
from newsdesk.tui.widgets.strips import EntityStrip, FigureStrip, StripBox


class Side(Widget, can_focus=True, can_focus_children=False, inherit_bindings=False):
    """The claims with their speakers, and who and what is named how often."""

    DEFAULT_CSS = """
    Side { layout: horizontal; }
    Side #entities { width: 2fr; }
    """

    class Moved(Message):
        """The cursor is on another figure or entity, or the keys come or go."""

    class Opened(Message):
        """The figure or entity under the cursor was clicked once more."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._article: StoredArticle | None = None
        self._notice = ""
        self._figures = FigureStrip(id="figures")
        self._entities = EntityStrip(id="entities")
        self._box: StripBox = self._figures

    def compose(self) -> ComposeResult:
        yield self._figures
        yield self._entities

    def show(self, article: StoredArticle | None, notice: str = "") -> None:
        """Show an article's figures and entities; `notice` says why there are none yet."""
        self._article = article
        self._notice = notice
        claims = words.listed(article) if article else ()
        named = article.entities if article else ()
        self._figures.border_title = _title("Figures", len(claims), "$figure-name")
        self._entities.border_title = _title("Entities", len(named), "$place")
        self._figures.show(claims, article.publisher if article else "", self._after(article, bool(claims)))
        self._entities.show(named)
        self._settle()

    def _after(self, article: StoredArticle | None, claims: bool) -> list[Content]:
        """Why there are no figures; then what the deep pass has to say of itself."""
        if article is None:
            return []
        if not article.deep:
            reading = self._notice or "Figures and entities are being read …"
            return [present.plain(reading, present.QUIET)]
        none = [] if claims else [present.plain("No figures in this article.", present.QUIET)]
        return [
            *none,
            *(present.plain(words.clean_line(notice), present.QUIET) for notice in article.notices),
        ]

    # ------------------------------------------------------------------ the cursor

    @property
    def figure(self) -> Figure | None:
        """The figure under the cursor, while that is among figures."""
        return self._figures.current if self._box is self._figures else None

    @property
    def entity(self) -> Entity | None:
        """The entity under the cursor, while that is among entities."""
        return self._entities.current if self._box is self._entities else None

    @property
    def place(self) -> tuple[int, int]:
        """Where the cursor is among the figures, or the entities, from 0; and how many there are."""
        return self._box.cursor, self._box.count

    def move(self, rows: int) -> None:
        """Move the cursor up or down, as far as there are items; a box without any scrolls."""
        if not self._box.count:
            self._box.scroll_relative(y=rows, animate=False, force=True)
        elif self._box.go_to(self._box.cursor + rows):
            self.post_message(self.Moved())

    def step(self, columns: int, *, box: bool = False) -> bool:
        """Move the cursor to the next column, or box, at the right or left; False where there is none."""
        if not box and self._box is self._entities and self._entities.step(columns):
            self.post_message(self.Moved())
            return True
        other: StripBox = self._entities if columns > 0 else self._figures
        if other is self._box or not other.count:
            return False
        self._take(other)
        return True

    def enter(self, *, last: bool = False) -> None:
        """The keys come, from the text or from behind."""
        boxes = [box for box in (self._figures, self._entities) if box.count] or [self._figures]
        self._take(boxes[-1 if last else 0])

    def _take(self, box: StripBox) -> None:
        self._box = box
        self._settle()
        self.post_message(self.Moved())

    def _settle(self) -> None:
        if not self._box.count:
            self._box = next((box for box in (self._figures, self._entities) if box.count), self._figures)
        for box in (self._figures, self._entities):
            box.set_alive(self.has_focus and box is self._box)

    def watch_has_focus(self, focus: bool) -> None:
        super().watch_has_focus(focus)
        self._settle()

    def on_strip_box_clicked(self, event: StripBox.Clicked) -> None:
        event.stop()
        again = self._box is event.box and self._box.cursor == event.place and self._box.alive
        self._box = event.box
        self._box.go_to(event.place)
        self.focus(scroll_visible=False)
        self._settle()
        self.post_message(self.Opened() if again else self.Moved())


def _title(name: str, number: int, hue: str) -> Content:
    counted = [Content.styled(name, f"bold {hue}"), Content.styled(f"{number:,}", present.QUIET)]
    return present.in_frame(present.join(counted))

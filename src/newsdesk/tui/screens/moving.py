"""Moving on the home screen: list, text, strips; and what the strips' cursor lights in the text."""

from __future__ import annotations

from textual import on

from newsdesk.models import Entity, Figure, StoredArticle
from newsdesk.tui import present_strips, words
from newsdesk.tui.screens.desk_view import Stage
from newsdesk.tui.screens.stepping import SteppingScreen
from newsdesk.tui.widgets.side import Side


class MovingScreen(SteppingScreen):
    """The home screen's movements."""

    _mention: int | None = None
    """The mention of the selected entity where Enter went last."""

    # ------------------------------------------------------------------ rows, panes

    def action_down(self, rows: int = 1) -> None:
        if self.stage == "list":
            self.headlines.move(rows)
        elif self.stage == "reading":
            self.panes.move(rows)
        else:
            self.side.move(rows)

    def action_up(self) -> None:
        self.action_down(-1)

    def action_half_down(self) -> None:
        self.action_down({"list": self.headlines.page, "reading": 4, "side": 4}[self.stage])

    def action_half_up(self) -> None:
        self.action_down(-{"list": self.headlines.page, "reading": 4, "side": 4}[self.stage])

    def action_top(self) -> None:
        self.action_down(-self.headlines.count - len(self.panes.stops) - 1000)

    def action_bottom(self) -> None:
        self.action_down(self.headlines.count + len(self.panes.stops) + 1000)

    def action_left(self) -> None:
        if self.stage == "side":
            if not self.side.step(-1):
                self.show_stage("reading")
        elif self.stage == "reading" and not self.panes.move_pane(-1):
            self.show_stage("list")

    def action_right(self) -> None:
        if self.stage == "list":
            self.action_open()
        elif self.stage == "reading":
            self.panes.move_pane(1)
        else:
            self.side.step(1)

    def action_next_pane(self) -> None:
        if self.stage == "list":
            self.action_open()
        elif self.stage == "reading" and not self.panes.move_pane(1):
            self._to_strips()
        elif self.stage == "side" and not self.side.step(1, box=True):
            self.show_stage("list")

    def action_previous_pane(self) -> None:
        if self.stage == "list":
            self._to_strips(last=True)
        elif self.stage == "side":
            if not self.side.step(-1, box=True):
                self.show_stage("reading")
        elif not self.panes.move_pane(-1):
            self.show_stage("list")

    def action_open(self) -> None:
        if self.article is None:
            return
        if self.stage == "list":
            self.show_stage("reading")
        elif self.stage == "reading":
            self._to_strips()
        else:
            self.go_to_picked()

    def _to_strips(self, *, last: bool = False) -> None:
        if not self.panes.picked:
            self.side.enter(last=last)
        self.show_stage("side")

    # ------------------------------------------------------------------ what the strips light

    @property
    def picked_figure(self) -> tuple[StoredArticle, Figure] | None:
        """The figure that is selected in the strips, with its article; what the ledger opens at."""
        figure = self.side.figure if self.stage == "side" else None
        return (self.article, figure) if self.article is not None and figure is not None else None

    @property
    def picked_entity(self) -> Entity | None:
        """The entity that is selected in the strips; what the entities open at."""
        return self.side.entity if self.stage == "side" else None

    def show_stage(self, stage: Stage) -> None:
        """Give the keys to a part. From the strips back to list or text nothing stays lit."""
        was = self.stage
        super().show_stage(stage)
        if stage == "side":
            self._light()
        elif was == "side":
            self._drop_light()

    def _drop_light(self) -> None:
        self._mention = None
        self.panes.pick(())
        self.panes.reveal()

    @on(Side.Moved)
    def _strip_moved(self) -> None:
        self._mention = None
        if self.stage == "side":
            self._light()

    def _light(self) -> None:
        """Light what is selected, and scroll the text to it; the reader's own place stays."""
        if self.article is None:
            return
        lit: tuple[present_strips.Picked, ...] = ()
        if (figure := self.side.figure) is not None:
            lit = present_strips.of_figure(self.article, figure)
        elif (entity := self.side.entity) is not None:
            lit = present_strips.of_entity(entity)
        self.panes.pick(lit)
        if lit and self._mention is None:
            self.panes.peek(lit[0].passage, lit[0].start)
        self.show_edges()

    @on(Side.Opened)
    def go_to_picked(self) -> None:
        """To the figure's words; to the next mention of the entity."""
        lit = self.panes.picked
        if not lit:
            return
        entity = self.side.entity
        at = 0
        if entity is not None:
            at = self._mention = 0 if self._mention is None else (self._mention + 1) % len(lit)
        if not self.panes.go_to(lit[at].passage):
            self.panes.start()
            self.say("its passage is not among the topics shown")
            return
        if entity is None or not self.has_class("-wide"):
            mention = self._mention
            super().show_stage("reading")
            self._mention = mention
        self.panes.peek(lit[at].passage, lit[at].start)
        self.show_edges()

    def _where(self) -> str:
        if self.stage != "side" or self.article is None:
            return super()._where()
        place, number = self.side.place
        if (entity := self.side.entity) is not None:
            mentions = words.count(len(entity.mentions), "mention")
            if self._mention is not None:
                mentions = f"mention {self._mention + 1} of {len(entity.mentions)}"
            return f"{words.clean_line(entity.name)} · {mentions} "
        return f"figure {place + 1} of {number} " if number else ""

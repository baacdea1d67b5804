"""Steps taken back (`U`, `^r`), all that is shown marked read (`A`), what changed (`d`), export (`x`)."""

from __future__ import annotations

import asyncio
from functools import partial

from textual import work

from newsdesk.errors import NewsdeskError
from newsdesk.tui import commands, present, words
from newsdesk.tui.screens.correcting import CorrectingScreen
from newsdesk.tui.screens.frame import step_said
from newsdesk.tui.screens.popup import Popup


class SteppingScreen(CorrectingScreen):
    """The home screen's journal, revisions and exports."""

    def action_undo(self) -> None:
        self.write(self._walk(back=True))

    def action_redo(self) -> None:
        self.write(self._walk(back=False))

    async def _walk(self, *, back: bool) -> None:
        step = await (self.newsdesk.undo() if back else self.newsdesk.redo())
        if step is None:
            self.say("nothing to undo" if back else "nothing to do again")
            return
        self.show_anew()
        key = commands.show_keys(commands.BY_ID["redo" if back else "undo"], self.keys)
        done, way = ("undone", "redoes it") if back else ("done again", "undoes it")
        self.say(f"{done}: {step_said(step)} · {key} {way}")

    def action_mark_all_read(self) -> None:
        self.write(self._mark_all())

    async def _mark_all(self) -> None:
        number = await self.newsdesk.mark_all_read(self.view)
        if not number:
            self.say("nothing unread in what is shown")
            return
        self.show_anew()
        key = commands.show_keys(commands.BY_ID["undo"], self.keys)
        self.say(f"{words.count(number, 'passage')} marked read · {key} undoes it")

    def action_changes(self) -> None:
        """What changed in the article, in a window."""
        from newsdesk.changes import compare
        from newsdesk.tui import present_changes

        article = self.article
        if article is None:
            return
        editions = self.newsdesk.editions(article.id)
        if len(editions) < 2:
            self.say("this article has not changed since it was first fetched")
            return
        body = partial(present_changes.changes, compare(*editions), article.publisher)
        self.app.push_screen(Popup(present.line("What changed", present.STRONG), body, self.keys))

    @work(group="export")
    async def action_export(self) -> None:
        """The article, or its passages of the chosen topics, as a Markdown file of its own."""
        from newsdesk import exports

        if self.article is None:
            return
        try:
            file = await asyncio.to_thread(
                exports.write_article, self.newsdesk.settings, self.article, self.choice.topics
            )
        except NewsdeskError as error:
            # Whole paths leave no room for what is wrong; docs/keys.md says where the folder is.
            self.say(error.line().replace(f"{self.newsdesk.settings.paths.data_dir}/", ""))
            return
        self.say(f"exported: {words.clean_line(f'{file.parent.name}/{file.name}')}")

    def show_anew(self) -> None:
        """Show list and article with the marks that the archive has."""
        self.look()
        article = self.article
        fresh = self.newsdesk.article(article.id) if article is not None else None
        if article is None or fresh is None or fresh.id != self.headlines.selected:
            return
        if fresh.read != article.read:
            self.article = fresh
            self.panes.mark(fresh.read)

"""The facade's part for what was before: steps that are taken back, earlier versions of an article.

Beside `desk.py`, whose `Newsdesk` has these methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from newsdesk import feedcare
from newsdesk.config import Settings
from newsdesk.models import AnyStep, ArticleInfo, Corrected, Edition, Removed, StoredArticle, View
from newsdesk.opened import Opened

if TYPE_CHECKING:
    from newsdesk.links import Link


class Past(Opened):
    """The journal, and revisions."""

    # ------------------------------------------------------------------ steps

    async def mark_all_read(self, view: View) -> int:
        """Mark what a view shows read, in one step; how many passages that were. Raises ArchiveError."""
        return await self._write(lambda archive: archive.mark_all_read(view))

    async def remember(self, removed: Removed) -> None:
        """Put a feed's removal on the journal. Raises ArchiveError."""
        await self._write(lambda archive: archive.record_removal(removed))

    async def undo(self) -> AnyStep | None:
        """Take back what was done last: marks, a star, a passage's topics, a feed's removal; None where
        there is nothing. Raises ArchiveError, ConfigError, UsageError; then nothing is undone.
        """
        return await self._walk(back=True)

    async def redo(self) -> AnyStep | None:
        """Do again what was undone last. Raises as `undo` does."""
        return await self._walk(back=False)

    async def _walk(self, *, back: bool) -> AnyStep | None:
        step = await self._write(lambda archive: archive.undo() if back else archive.redo())
        if isinstance(step, Corrected) and (step.before if back else step.after) is None:
            article = step.article
            await self._write(lambda archive: self._label_anew(archive, article))
        if isinstance(step, Removed):
            removed = step
            try:
                await self.edit_feeds(lambda settings: _feed(settings, removed, back=back))
            except BaseException:
                await self._write(lambda archive: archive.redo() if back else archive.undo())
                raise
        return step

    # ------------------------------------------------------------------ earlier versions

    def editions(self, article_id: int) -> tuple[Edition, ...]:
        """The current version of an article and the one before it, the older first."""
        return self._open_archive.last_editions(article_id)

    def links(self, article: StoredArticle) -> tuple[Link, ...]:
        """The links of an article, each address once."""
        from newsdesk.links import links

        stored = self._open_archive.revisions(article.id)
        original = next((one.original for one in stored if one.number == article.revision), b"")
        return links(article, original.decode("utf-8", "replace"))

    def editions_read(self, article_id: int) -> tuple[Edition, ...]:
        """`editions`, with the figures of the earlier one found and stored where they were not yet."""
        found = self.editions(article_id)
        if len(found) < 2 or found[0].figures is not None:
            return found
        earlier = found[0]
        figures = self._language().run(earlier.passages, ArticleInfo(title=earlier.title)).figures
        self._open_archive.save_edition_figures(article_id, earlier.number, figures)
        return replace(earlier, figures=figures), found[1]


def _feed(settings: Settings, step: Removed, *, back: bool) -> None:
    if back:
        feedcare.put_back(settings, feedcare.Removal(step.feed, step.before, step.after))
    else:
        feedcare.remove(settings, step.feed.url)

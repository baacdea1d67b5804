"""What the reader has chosen to see: topics, unread only, words. Pure; the view is made from it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from newsdesk.models import View


class Choice(Struct, frozen=True):
    """The filters; no topics means all of them."""

    topics: frozenset[str] = frozenset()
    unread: bool = False
    words: str = ""
    query: str = ""
    """The name of a saved query."""

    def only(self, topic: str) -> Choice:
        """This topic alone; all again where it is the only one already."""
        alone = frozenset((topic,))
        return replace(self, topics=frozenset() if self.topics == alone else alone)

    def added(self, topic: str) -> Choice:
        """With this topic too, or without it where it was chosen."""
        return replace(self, topics=self.topics ^ {topic})

    def all_topics(self) -> Choice:
        return replace(self, topics=frozenset(), query="")

    def asked(self, name: str) -> Choice:
        """What this saved query finds; without it where it is chosen already."""
        return replace(self, query="" if self.query == name else name)

    def toggled_unread(self) -> Choice:
        return replace(self, unread=not self.unread)

    def narrowed(self, words: str) -> Choice:
        return replace(self, words=" ".join(words.split()))

    def view(self, up_to: int | None, kept: frozenset[int]) -> View:
        """The archive's view of it; `kept` articles stay in an unread list though they are read now."""
        return View(
            topics=self.topics,
            unread=self.unread,
            words=self.words,
            query=f"@{self.query}" if self.query else "",
            up_to=up_to,
            kept=kept if self.unread else frozenset(),
        )

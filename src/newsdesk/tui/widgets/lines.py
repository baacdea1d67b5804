"""The one-line widgets at the edges: header, topic bar, footer."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from newsdesk.models import Counts
from newsdesk.tui import present

LEAST_TITLE = 9
"""Columns that a topic's title keeps where saved queries want room."""


class EdgeLine(Widget, can_focus=False, inherit_bindings=False):
    """A line with a left part that may be cut and a right part that is not."""

    DEFAULT_CSS = """
    EdgeLine { height: 1; width: 1fr; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left = Content("")
        self.right = Content("")

    def show(self, left: Content, right: Content) -> None:
        """Show both parts, if they are others than before."""
        if not (left.is_same(self.left) and right.is_same(self.right)):
            self.left, self.right = left, right
            self.refresh()

    def render(self) -> Content:
        return spread(self.left, self.right, self.content_size.width)


def spread(left: Content, right: Content, width: int) -> Content:
    """`left`, then `right` at the end of the line; what does not fit is cut, the left part first."""
    right = right.truncate(width, ellipsis=True)
    room = width - right.cell_length - (2 if right else 0)
    if room <= 0:
        return right
    left = left.truncate(room, ellipsis=True)
    return left + Content(" " * (width - left.cell_length - right.cell_length)) + right


class Hints(EdgeLine):
    """The footer: keys with what they do, each clickable, and where the reader is."""

    class Chosen(Message):
        """A hint was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, hints: Sequence[tuple[str, str, str]], id: str | None = None) -> None:
        """`hints` are (command id, keys as shown, what it does)."""
        super().__init__(id=id)
        self._hints = tuple(hints)
        self._spots: list[tuple[int, str]] = []

    def render(self) -> Content:
        room = self.content_size.width - self.right.cell_length - 2
        line = Content("")
        self._spots = []
        for command, keys, says in self._hints:
            hint = present.key_hint(keys, says)
            if line.cell_length + hint.cell_length + 2 > room:
                break
            line = line + hint + Content("  ")
            self._spots.append((line.cell_length, command))
        return spread(line, self.right, self.content_size.width)

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        for end, command in self._spots:
            if place is not None and place.x < end:
                self.post_message(self.Chosen(command))
                return


class TopicBar(EdgeLine):
    """All, the desk's topics, Unsorted, with their counts; a click chooses like the digit."""

    class Chosen(Message):
        """A topic was clicked; None is All."""

        def __init__(self, topic: str | None, add: bool) -> None:
            super().__init__()
            self.topic = topic
            self.add = add

    class Asked(Message):
        """A saved query was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, topics: present.Topics, id: str | None = None) -> None:
        super().__init__(id=id)
        self._topics = topics
        self._counts: dict[str | None, int] = {}
        self._chosen: frozenset[str] = frozenset()
        self._saved: tuple[str, ...] = ()
        self._query = ""
        self._spots: list[tuple[int, Message]] = []

    def show_topics(
        self,
        counts: Counts,
        chosen: frozenset[str],
        right: Content,
        saved: tuple[str, ...] = (),
        query: str = "",
    ) -> None:
        """Passages a topic (unread ones are not told apart here), what is chosen, and other filters; then
        saved queries, as far as there is room, and which of them is chosen.
        """
        numbers: dict[str | None, int] = {count.topic: count.passages for count in counts.topics}
        numbers[None] = sum(numbers.values())
        shown = self._counts, self._chosen, self._saved, self._query
        if (numbers, chosen, saved, query) != shown or not right.is_same(self.right):
            self._counts, self._chosen, self._saved, self._query = numbers, chosen, saved, query
            self.right = right
            self.refresh()

    def render(self) -> Content:
        width = self.content_size.width
        room = width - (self.right.cell_length + 2 if self.right else 0)
        longest = max(len(title) for title in self._topics.titles.values())
        saved = list(self._saved)
        labels = self._labels(None)
        for cut in range(longest, 0, -1):
            needed = sum(label.cell_length for label in labels)
            # Titles are not cut to stumps for the sake of saved queries: those are a key away.
            while cut <= LEAST_TITLE and needed + _length(saved) > room and set(saved) - {self._query}:
                saved.remove(next(one for one in reversed(saved) if one != self._query))
            if needed + _length(saved) <= room:
                break
            labels = self._labels(cut)
        entries: list[tuple[Content, Message]] = [
            (label, self.Chosen(topic, add=False)) for topic, label in zip(self._entries, labels, strict=True)
        ]
        entries += (
            (present.saved_label(name, chosen=name == self._query), self.Asked(name)) for name in saved
        )
        self._spots, end = [], 0
        for label, message in entries:
            end += label.cell_length
            self._spots.append((end, message))
        return spread(Content("").join(label for label, _ in entries), self.right, width)

    @property
    def _entries(self) -> tuple[str | None, ...]:
        return (None, *self._topics.order)

    def _labels(self, cut: int | None) -> list[Content]:
        return [
            present.topic_label(
                topic,
                self._counts.get(topic, 0),
                self._topics,
                chosen=topic in self._chosen if topic else not (self._chosen or self._query),
                width=cut,
            )
            for topic in self._entries
        ]

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        for end, message in self._spots:
            if place is not None and place.x < end:
                if isinstance(message, self.Chosen):
                    message = self.Chosen(message.topic, add=event.ctrl or event.meta)
                elif isinstance(message, self.Asked):
                    message = self.Asked(message.name)
                self.post_message(message)
                return


def _length(saved: Sequence[str]) -> int:
    return sum(present.saved_label(name, chosen=False).cell_length for name in saved)

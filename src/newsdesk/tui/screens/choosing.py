"""Topics chosen by digit and by click, alike on every screen that a choice of topics narrows."""

from __future__ import annotations

from textual import on

from newsdesk.models import UNSORTED
from newsdesk.tui import words
from newsdesk.tui.choice import Choice
from newsdesk.tui.screens.frame import FrameScreen
from newsdesk.tui.widgets.lines import TopicBar


class ChoosingScreen(FrameScreen):
    """A screen with a topic bar. A subclass has `choose`."""

    choice: Choice

    def choose(self, choice: Choice) -> None:
        """Show what is chosen from now on."""
        raise NotImplementedError

    def topic_of(self, number: int) -> str | None:
        """The topic of a digit; 0 is Unsorted. Where there is none that is said."""
        topics = self.newsdesk.desk.topics
        if number == 0:
            return UNSORTED
        if number <= len(topics):
            return topics[number - 1].id
        self.say(f"this desk has {words.count(len(topics), 'topic')}")
        return None

    def action_topic(self, number: int) -> None:
        if topic := self.topic_of(number):
            self.choose(self.choice.only(topic))

    def action_add_topic(self, number: int) -> None:
        if topic := self.topic_of(number):
            self.choose(self.choice.added(topic))

    def action_unsorted(self) -> None:
        self.action_topic(0)

    def action_add_unsorted(self) -> None:
        self.action_add_topic(0)

    def action_all_topics(self) -> None:
        self.choose(self.choice.all_topics())

    @on(TopicBar.Chosen)
    def _topic_clicked(self, event: TopicBar.Chosen) -> None:
        if event.topic is None:
            self.action_all_topics()
        else:
            self.choose(self.choice.added(event.topic) if event.add else self.choice.only(event.topic))

"""A passage's topics set by hand: `+` and `-` with a digit, `=`."""

from __future__ import annotations

from msgspec.structs import replace

from newsdesk.models import LabelledPassage
from newsdesk.tui import commands, words
from newsdesk.tui.corrections import Correction, Sign, by_hand, corrected
from newsdesk.tui.screens.sizing import SizingScreen


class CorrectingScreen(SizingScreen):
    """The home screen's corrections."""

    _last: Correction | None = None
    """What was set last: it may still be on its way to the archive."""

    def action_put_in(self) -> None:
        self._ask("+", "put this passage in which topic? its digit, 0 for Unsorted, Esc for none")

    def action_take_out(self) -> None:
        self._ask("-", "take this passage out of which topic? its digit, Esc for none")

    def _ask(self, sign: Sign, question: str) -> None:
        """Wait for a digit: the next topic key corrects instead of choosing."""
        passage = self._passage()
        if passage is not None:
            self.correcting = sign
            self.say(question)

    def _passage(self) -> LabelledPassage | None:
        """The passage under the cursor, if it can have topics of its own."""
        if self.article is None:
            return None
        if self.stage != "reading":
            self.show_stage("reading")
        entry = self.panes.current
        if entry is None:
            return None
        if entry.passage.kind in words.SILENT:
            self.say(f"{entry.passage.kind}: it goes with the passages around it")
            return None
        return entry.passage

    def correct(self, number: int) -> None:
        """What the digit after `+` or `-` does."""
        sign, self.correcting = self.correcting, ""
        topic, passage = self.topic_of(number), self._passage()
        if not sign or topic is None or passage is None:
            return
        wanted = corrected(self._newest(passage).topics, sign, topic)
        if wanted is None:
            title = self.topics.title(topic)
            self.say(
                f"it stands in {title} already" if sign == "+" else f"out of {title} it is not to be taken"
            )
        else:
            self._set_topics(passage, wanted)

    def action_by_words(self) -> None:
        passage = self._passage()
        if passage is not None and passage.manual:
            self._set_topics(passage, None)
        elif passage is not None:
            self.say("its words say its topics already")

    def _newest(self, passage: LabelledPassage) -> LabelledPassage:
        """The passage as it will be when a correction that is still being written is there."""
        last, article = self._last, self.article
        if not self.writing or last is None or last.after is None or article is None:
            return passage
        same = (last.article, last.passage) == (article.id, passage.index)
        return replace(passage, topics=last.after, manual=True) if same else passage

    def _set_topics(self, passage: LabelledPassage, topics: tuple[str, ...] | None) -> None:
        assert self.article is not None
        self._apply(Correction(self.article.id, passage.index, by_hand(self._newest(passage)), topics))

    def _apply(self, correction: Correction) -> None:
        self._last = correction
        self.write(self._applied(correction))

    async def _applied(self, correction: Correction) -> None:
        """Store a correction, and show at once what it changes."""
        await self.newsdesk.correct(correction.article, correction.passage, correction.after)
        self.look()
        key = commands.show_keys(commands.BY_ID["undo"], self.keys)
        if correction.after is None:
            said = "its words say its topics again"
        else:
            named = ", ".join(self.topics.title(topic) for topic in correction.after) or "Unsorted"
            said = f"set by hand: {named}"
        self.say(f"{said} · {key} undoes it")

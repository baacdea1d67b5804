"""The first start: no articles, no feeds; Enter takes those that the desk suggests."""

from __future__ import annotations

from textual import work

from newsdesk import feedcare
from newsdesk.errors import NewsdeskError
from newsdesk.tui import words
from newsdesk.tui.screens.moving import MovingScreen


class BeginningScreen(MovingScreen):
    """The home screen before there is anything to read."""

    def action_open(self) -> None:
        if self.counts.articles or self.counts.feeds:
            super().action_open()
        else:
            self._take_suggested()

    @work(group="subscriptions")
    async def _take_suggested(self) -> None:
        """Subscribe to the desk's feeds, and ask them for news."""
        number = len(self.newsdesk.desk.feeds)
        if not number:
            self.say(f"this desk suggests no feeds; {self.key('feeds')} then {self.key('add-feed')} adds one")
            return
        try:
            await self.newsdesk.edit_feeds(feedcare.take_suggested)
        except NewsdeskError as error:
            self.say(error.line())
            return
        self.look()
        taken = f"{words.count(number, 'feed')} written into the config"
        if self.newsdesk.offline:
            self.say(f"{taken}; offline: nothing is fetched")
        else:
            self.say(f"{taken}; asking them for news")
            self.post_message(self.RefreshWanted(None))

"""A feed's address, title, tags and interval, to be filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsdesk.models import Feed
from newsdesk.tui import commands, present, words
from newsdesk.tui.bindings import bind

LEAST_INTERVAL = 15


class FeedForm(ModalScreen[Feed | None]):
    """Gives the feed as it is filled in; None where nothing is to be done."""

    CSS_PATH = "feeds.tcss"
    AUTO_FOCUS = "Input"

    def __init__(self, feed: Feed | None, own_title: str, keys: Mapping[str, str]) -> None:
        """`feed` None asks for a new one; `own_title` is what the feed calls itself."""
        super().__init__()
        self._feed = feed
        self._own_title = own_title
        self._keys = keys
        bind(self, "form", keys)

    def compose(self) -> ComposeResult:
        feed = self._feed or Feed(url="")
        with VerticalScroll(id="form", can_focus=False) as window:
            window.border_title = present.line("Edit feed" if self._feed else "Add feed", present.STRONG)
            window.border_subtitle = Content("  ").join(
                present.key_hint(commands.show_keys(commands.BY_ID[id], self._keys).split(" ")[0], says)
                for id, says in (("save", "save"), ("cancel", "cancel"), ("next-field", "next field"))
            )
            if self._feed is None:
                yield from _field("address", "Address", "", "https://example.org/feed.xml")
            else:
                yield Static(present.line(feed.url, present.QUIET), id="url")
            yield from _field("title", "Title", feed.title, self._own_title or "the feed's own")
            yield from _field("tags", "Tags", ", ".join(feed.tags), "wire, middle east")
            interval = str(feed.interval) if feed.interval else ""
            yield from _field("interval", "Minutes between polls", interval, "as all feeds")
            yield Static(id="wrong")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Give back what is filled in, or say what is wrong with it."""
        feed = self._feed or Feed(url=self._value("address"))
        interval = self._value("interval")
        if not re.match(r"https?://[^/\s]", feed.url) and self._feed is None:
            self._wrong("address", "an address begins with https:// or http://")
        elif interval and not (interval.isascii() and interval.isdigit() and len(interval) < 7):
            self._wrong("interval", "minutes are a whole number")
        elif interval and int(interval) < LEAST_INTERVAL:
            self._wrong("interval", "no feed is polled more often than every 15 minutes")
        else:
            tags = (" ".join(tag.split()) for tag in self._value("tags").split(","))
            self.dismiss(
                replace(
                    feed,
                    title=self._value("title"),
                    tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
                    interval=int(interval) if interval else None,
                )
            )

    def _value(self, field: str) -> str:
        return words.clean_line(self.query_one(f"#{field}", Input).value)

    def _wrong(self, field: str, why: str) -> None:
        self.query_one("#wrong", Static).update(present.line(why, "bold $alarm"))
        self.query_one(f"#{field}", Input).focus()

    def action_cancel(self) -> None:
        self.dismiss(None)

    def action_next_field(self) -> None:
        self.focus_next(Input)

    def action_previous_field(self) -> None:
        self.focus_previous(Input)


def _field(id: str, label: str, value: str, hint: str) -> ComposeResult:
    yield Static(present.plain(label, present.QUIET))
    yield Input(words.clean_line(value), placeholder=words.clean_line(hint), id=id)

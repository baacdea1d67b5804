"""The board and the changes on a real terminal, while another process stores what arrives."""

from __future__ import annotations

import os
import time
from html import escape
from pathlib import Path

import pytest

from e2e.program import Home, panes, web_server
from newsdesk.demo.feeds import to_html
from newsdesk.models import Block

pytestmark = pytest.mark.e2e

FIRST = "Hezbollah launched rockets at northern Israel, and strikes hit Lebanon."
SECOND = "Sirens sounded at the Lebanon border, and Hezbollah said more rockets would come."
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Plain Server Wire</title><link>https://outlet.example/</link><description>test</description>
{items}</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>https://outlet.example/{hour}</link>
<guid isPermaLink="false">{hour}</guid><pubDate>Wed, 27 Mar 2024 {hour}:41:00 +0000</pubDate>
<content:encoded>{content}</content:encoded></item>
"""


def publish(site: Path, *texts: str) -> None:
    """Put the texts into the feed, an article each, the last one the newest; newer than what was there."""
    items = [
        ITEM.format(
            title=f"Report {number}",
            hour=f"{number:02}",
            content=escape(to_html((Block("paragraph", text),)), quote=False),
        )
        for number, text in enumerate(texts, 1)
    ]
    file = site / "feed.xml"
    file.write_text(FEED.format(items="".join(items)), encoding="utf-8")
    later = time.time() + 10 * len(texts)
    os.utime(file, (later, later))


def test_what_another_process_fetches_waits_at_the_columns_head(home: Home, tmp_path: Path) -> None:
    with web_server(tmp_path) as base:
        publish(tmp_path, FIRST)
        home.done("config", "init", "--no-feeds")
        home.done("feeds", "add", "--allow-private", f"{base}/feed.xml")
        home.done("fetch", "--json")
        with home.terminal("--offline", rows=30, columns=100) as terminal:
            terminal.wait(lambda screen: "Lebanon front" in panes(screen), "the desk")
            terminal.send("b")
            terminal.wait(
                lambda screen: "2 Lebanon front · 1" in screen and "Hezbollah" in screen, "the board"
            )
            publish(tmp_path, FIRST, SECOND)
            home.done("fetch", "--force", "--json")
            screen = terminal.wait(lambda screen: "· 1 new" in screen, "the news at the column's head")
            assert "Sirens sounded" not in screen
            terminal.send("n")
            terminal.wait(lambda screen: "Sirens sounded" in screen, "the passage let in")
            terminal.send("\r")
            terminal.wait(
                lambda screen: "Report 2" in screen and "Lebanon front" in panes(screen), "its article"
            )
            terminal.send("c")
            terminal.wait(
                lambda screen: "never looked at" in screen and "2 new passages" in screen, "the changes"
            )
            terminal.send("c")
            terminal.wait(lambda screen: "marked as looked at" in screen, "the mark")
            terminal.send("c")
            terminal.wait(lambda screen: "Nothing new since you last looked" in screen, "nothing new")
            terminal.send("qq")
            assert terminal.wait_exit() == 0
    assert b"Traceback" not in terminal.sent

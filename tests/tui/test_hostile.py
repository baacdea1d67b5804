"""Text from outside is plain words in every widget, at every width."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsdesk.desk import Newsdesk
from newsdesk.models import Block, Entity, Feed, Figure, Mention
from newsdesk.tui import words
from tui import archive
from tui.driving import SIZES, driven

WORDS = "[Live] talks [/] x [@click=app.bell()]go[/]"
POISON = WORDS + " \x1b[31m\x1b]52;c;b3duZWQ=\x07 \x9b2J \u202e\u2066 \x00 \ud800 $cursor [bold"
PARAGRAPH = f"Hezbollah says 30 people were killed in Lebanon {POISON}"
BAD = ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\x00", "\ud800")


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Newsdesk]:
    feed = Feed(url="https://bad.example/feed", title="Bad " + POISON.replace("\ud800", ""))
    safe = POISON.replace("\ud800", "").replace("\x00", "")
    text = PARAGRAPH.replace("\ud800", "").replace("\x00", "")
    settings = archive.settings(tmp_path)
    settings = replace(settings, config=replace(settings.config, feeds=(feed,)))
    story = archive.Story(
        safe,
        (Block("paragraph", text), Block("heading", safe), Block("item", text), Block("quote", safe)),
        feed=feed,
        url="https://bad.example/[/]" + safe,
    )
    (stored,) = archive.fill(settings.paths, settings, [story])
    start = text.index("[Live]")
    entity = Entity("person/bad", safe, "person", (Mention(0, start, len(text), text[start:]),))
    figure = Figure(
        passage=0,
        start=text.index("30"),
        end=len(text),
        text=safe,
        min=None,
        max=None,
        best=None,
        quantifier="vague",
        noun=safe,
        unit=None,
        category="killed",
        event=safe,
        place=safe,
        when=safe,
        asserted_by=safe,
        stance="says",
        via=safe,
    )
    archive.save_deep(settings.paths, settings, stored, [entity], [figure])
    newsdesk = archive.opened(settings)
    yield newsdesk
    newsdesk.close()


@pytest.mark.parametrize("size", SIZES)
async def test_every_widget_shows_the_words(hostile: Newsdesk, size: str) -> None:
    async with driven(hostile, size, notice=POISON) as driver:
        seen = [driver.text()]
        for keys in (
            ("enter",),
            ("w",),
            ("escape",),
            ("enter",),
            ("escape",),
            ("z",),
            ("H",),
            ("y",),
            ("i", "["),
            ("escape",),
        ):
            await driver.press(*keys)
            await driver.pilot.pause()
            seen.append(driver.text())
        driver.desk.say(POISON)
        await driver.pilot.pause()
        seen.append(driver.text())
        everything = "\n".join(seen)
        assert not [bad for bad in BAD if bad in everything]
        assert "[Live] talks [/]" in everything
        copied = driver.app.clipboard
        assert "[@click=app.bell()]go[/]" in copied
        assert not [bad for bad in BAD if bad in copied]


def test_cleaning_keeps_every_place() -> None:
    assert len(words.clean(POISON)) == len(POISON)
    assert not [bad for bad in BAD if bad in words.clean(POISON)]
    assert words.clean("שלום e\u0301 👩‍👩‍👧 \u200f") == "שלום e\u0301 👩‍👩‍👧 \u200f"

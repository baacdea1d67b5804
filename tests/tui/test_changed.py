"""`d` and `x`: what changed in the article on the screen, and its export."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from newsdesk.models import Block
from tui import archive
from tui.driving import driven

TOLL = "The Health Ministry in Gaza says more than 32,500 people have been killed."


def revised(filled: Settings) -> None:
    """The lead once more, an hour later, with another toll; its figures are found too."""
    blocks = list(archive.LEAD)
    blocks[6] = Block("paragraph", TOLL)
    archive.fill(
        filled.paths,
        filled,
        [replace(archive.lead(), blocks=tuple(blocks), hours_ago=1.5)],
        archive.NOON + timedelta(hours=1),
    )


async def test_what_changed(filled: Settings) -> None:
    revised(filled)
    entities, figures = archive.lead_findings()
    toll = replace(figures[1], text="more than 32,500 people", min=32500)
    archive.save_deep(filled.paths, filled, 1, entities, [figures[0], toll])
    newsdesk = archive.opened(filled)
    async with driven(newsdesk) as driver:
        assert driver.desk.article is not None
        assert driver.desk.article.revision == 2
        await driver.press("d")
        await driver.until(lambda: "What changed" in driver.text(), "the window")
        lines = driver.text().splitlines()
        gone, new = (
            next(place for place, line in enumerate(lines) if words in line)
            for words in ("− more than 32,400 people", "+ more than 32,500 people")
        )
        assert "says Health Ministry" in lines[gone]
        assert "says Health Ministry" in lines[new]
        assert gone < new < next(place for place, line in enumerate(lines) if "32,400500" in line)
        assert "7 people" not in "\n".join(lines[gone - 1 : new + 1]), "what is the same is no change"
        await driver.press("escape")
        assert driver.app.screen is driver.desk
    newsdesk.close()


async def test_figures_that_were_not_found(filled: Settings) -> None:
    revised(filled)
    newsdesk = archive.opened(filled)
    async with driven(newsdesk, "narrow") as driver:
        await driver.press("d")
        await driver.until(lambda: "not found yet" in driver.text(), "the window")
        assert "--changes" in driver.text()
    newsdesk.close()


async def test_one_version_only(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("d")
        assert driver.app.screen is driver.desk
        assert "has not changed since" in driver.text()


async def test_export_of_the_article_and_of_a_topic(newsdesk: Newsdesk) -> None:
    folder = newsdesk.archive_file.parent / "exports"
    async with driven(newsdesk) as driver:
        await driver.press("x")
        await driver.until(
            lambda: "exported: exports/envoys-meet-while-rockets-fall-in-the-north-1.md" in driver.text(),
            "the answer",
        )
        [first] = folder.iterdir()
        text = first.read_text(encoding="utf-8")
        assert first.name == "envoys-meet-while-rockets-fall-in-the-north-1.md"
        assert all(block.text in text for block in archive.LEAD)
        assert "**more than 32,400 people** · killed · Health Ministry says" in text
        assert "**7 people** · killed · unattributed, in Sample Wire" in text
        await driver.press("2", "x")
        await driver.until(lambda: len(list(folder.iterdir())) == 2, "the second file")
        await driver.until(lambda: "north-1-2.md" in driver.text(), "its name")
        second = (folder / "envoys-meet-while-rockets-fall-in-the-north-1-2.md").read_text(encoding="utf-8")
        assert archive.LEAD[4].text in second
        assert archive.LEAD[7].text not in second


async def test_a_folder_that_cannot_be_made_is_said(newsdesk: Newsdesk) -> None:
    (newsdesk.archive_file.parent / "exports").write_text("in the way", encoding="utf-8")
    async with driven(newsdesk) as driver:
        await driver.press("x")
        # Without the path of the home, however long that is.
        await driver.until(lambda: "exports: cannot be made: File exists" in driver.text(), "the answer")

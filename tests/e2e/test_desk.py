"""An article from a feed on a real server into topic panes on a real terminal, and again offline."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest

from e2e.program import Home, folded, pane_text, panes, web_server
from e2e.shared import GOLD, needs_gold
from e2e.terminal import Screen, Terminal
from newsdesk.demo.articles import LEAD, read_samples
from newsdesk.demo.feeds import to_html
from newsdesk.models import Block

pytestmark = pytest.mark.e2e

TOPICS = ("Diplomacy", "Lebanon front", "Hostage talks", "Casualties", "Unsorted")
TITLE = "Strategists, rockets and talks"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Plain Server Wire</title><link>https://outlet.example/</link><description>test</description>
<item><title>{title}</title><link>https://outlet.example/a</link><guid isPermaLink="false">a</guid>
<pubDate>Wed, 27 Mar 2024 09:41:00 +0000</pubDate>
<content:encoded>{content}</content:encoded></item>
</channel></rss>
"""


@dataclass(frozen=True)
class Article:
    """An article with what the test knows of it."""

    blocks: tuple[Block, ...]
    lebanon: tuple[int, ...]
    """Blocks that stand in the pane of the Lebanon front."""
    unsorted: int
    """A block that fits no topic."""


def own_article() -> Article:
    lead = next(sample for sample in read_samples() if sample.name == LEAD)
    return Article(lead.blocks(), lebanon=(10, 11, 12, 13), unsorted=14)


def founding_article() -> Article:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    blocks = tuple(Block(one["kind"], one["text"]) for one in gold["passages"])
    shifa = next(n for n, block in enumerate(blocks) if "Shifa Hospital" in block.text)
    return Article(blocks, lebanon=(10, 11, 12, 13), unsorted=shifa)


@pytest.fixture(params=["own", pytest.param("founding", marks=needs_gold)])
def article(request: pytest.FixtureRequest) -> Article:
    return own_article() if request.param == "own" else founding_article()


def subscribe(home: Home, site: Path, base: str, article: Article) -> None:
    """Put the article into a feed that is served at `base`, subscribe to it, fetch it."""
    feed = RSS.format(title=TITLE, content=escape(to_html(article.blocks), quote=False))
    (site / "feed.xml").write_text(feed, encoding="utf-8")
    home.done("config", "init", "--no-feeds")
    home.done("feeds", "add", "--allow-private", f"{base}/feed.xml")
    done = json.loads(home.done("fetch", "--json"))
    assert (done["url"], done["state"], done["new"]) == (f"{base}/feed.xml", "new", 1)


def all_panes(screen: Screen) -> bool:
    return set(panes(screen)) == set(TOPICS)


def only(terminal: Terminal, topic: str, *passages: Block) -> str:
    """Wait until `topic` has the only pane, with these passages word for word in it; its text."""
    wanted = [folded(passage.text) for passage in passages]

    def alone(screen: Screen) -> bool:
        if set(panes(screen)) != {topic}:
            return False
        text = pane_text(screen, topic)
        return all(passage in text for passage in wanted)

    return pane_text(terminal.wait(alone, f"the pane of {topic} alone"), topic)


def look_through(terminal: Terminal, article: Article) -> None:
    """Go through the panes, as a reader does, and find every passage where it belongs."""
    screen = terminal.wait(all_panes, "the five panes")
    assert TITLE in screen
    paragraphs = sum(block.kind == "paragraph" for block in article.blocks)
    assert sum(panes(screen).values()) == paragraphs

    terminal.send("2")
    lebanon = only(terminal, "Lebanon front", *(article.blocks[number] for number in article.lebanon))
    assert folded(article.blocks[0].text) not in lebanon
    terminal.send("0")
    only(terminal, "Unsorted", article.blocks[article.unsorted])
    terminal.send("a")
    terminal.wait(all_panes, "the five panes again")


def figure_with_speaker(screen: Screen) -> bool:
    """Whether the list of figures has the million civilians, and who speaks of them."""
    return any("1,000,000" in line and ("says" in line or "unattributed" in line) for line in screen.lines)


def test_article_stands_in_its_panes_online_and_offline(
    home: Home, tmp_path_factory: pytest.TempPathFactory, article: Article
) -> None:
    site = tmp_path_factory.mktemp("site")
    with web_server(site) as base:
        subscribe(home, site, base, article)
        with home.terminal() as terminal:
            look_through(terminal, article)
            terminal.wait(figure_with_speaker, "a figure of the deep pass beside its speaker")
            terminal.send("q")
            assert terminal.wait_exit() == 0
    with home.terminal("--offline") as terminal:
        look_through(terminal, article)
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_reading_goes_on_while_the_terminal_changes_its_size(home: Home, tmp_path: Path) -> None:
    article = own_article()
    with web_server(tmp_path) as base:
        subscribe(home, tmp_path, base, article)
    with home.terminal("--offline") as terminal:
        terminal.wait(all_panes, "the five panes")
        for rows, columns in ((30, 100), (24, 70), (8, 30), (45, 160)):
            terminal.resize(rows, columns)
            terminal.send("j")
            terminal.wait(lambda screen: bool(screen.text.strip()), f"something at {columns}x{rows}")
        terminal.wait(all_panes, "the five panes again")
        terminal.send("q")
        assert terminal.wait_exit() == 0
    assert b"Traceback" not in terminal.sent

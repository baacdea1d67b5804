"""`newsdesk demo`: on a terminal and without one; nothing of it stays."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from e2e.program import NEWSDESK, folded, panes
from e2e.terminal import Terminal
from newsdesk.demo import NOTICE
from newsdesk.demo.articles import LEAD, read_samples

pytestmark = pytest.mark.e2e

LEAD_ARTICLE = next(sample for sample in read_samples() if sample.name == LEAD)
TOPICS = ("Diplomacy", "Lebanon front", "Hostage talks", "Casualties", "Unsorted")


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """The folder for temporary files, empty."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


def test_without_a_terminal_it_prints_the_sections_of_the_lead(scratch: Path) -> None:
    run = subprocess.run(
        [*NEWSDESK, "demo"],
        env=os.environ | {"TMPDIR": str(scratch)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    printed = folded(run.stdout)
    for topic in TOPICS:
        assert topic in printed
    for block in LEAD_ARTICLE.blocks():
        assert folded(block.text) in printed
    assert "samples" in run.stdout + run.stderr
    assert not list(scratch.iterdir())


def test_on_a_terminal_it_opens_the_lead_and_says_that_these_are_samples(scratch: Path) -> None:
    with Terminal([*NEWSDESK, "demo"], env={"TMPDIR": str(scratch)}) as terminal:
        screen = terminal.wait(lambda screen: set(panes(screen)) == set(TOPICS), "the lead's panes")
        assert NOTICE.partition(",")[0] in screen.text
        assert "Sample Wire" in screen
        terminal.send("q")
        assert terminal.wait_exit() == 0
    assert not list(scratch.iterdir())


def test_a_refresh_brings_the_edited_article_as_a_second_revision(scratch: Path) -> None:
    with Terminal([*NEWSDESK, "demo"], env={"TMPDIR": str(scratch)}, rows=60) as terminal:
        terminal.wait(lambda screen: set(panes(screen)) == set(TOPICS), "the lead's panes")
        terminal.wait_for("School in Tassour")
        assert "rev 2" not in terminal.screen
        terminal.send("R")
        terminal.wait_for("rev 2")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_the_ledger_shows_who_contradicts_whom_and_leads_to_the_words(scratch: Path) -> None:
    with Terminal([*NEWSDESK, "demo"], env={"TMPDIR": str(scratch)}) as terminal:
        terminal.wait(lambda screen: set(panes(screen)) == set(TOPICS), "the lead's panes")
        terminal.send("f")
        terminal.wait_for("killed · Mirdal · cumulative")
        terminal.wait_for("killed · Hebbariye · incident")
        terminal.send("!")
        terminal.wait(
            lambda screen: "contradicted by" in screen and "Gaza Strip · cumulative" not in screen,
            "only what is contradicted",
        )
        terminal.wait_for("killed · Mirdal · cumulative")
        terminal.send("j")
        terminal.wait_for("says council of the valley")
        terminal.send("lj")
        terminal.wait_for("report 2 of")
        terminal.send("\r")
        terminal.wait_for("School in Tassour opens its hall")
        terminal.wait_for("keeps a list of its own")
        terminal.send("f")
        terminal.wait_for("report 2 of")
        terminal.send("q")
        terminal.wait(lambda screen: bool(panes(screen)), "the desk")
        terminal.send("q")
        assert terminal.wait_exit() == 0
    assert not list(scratch.iterdir())


def test_a_dossier_leads_to_the_words_and_back(scratch: Path) -> None:
    """From the article's strip to the dossier, to a passage of it on the desk, and back into the list."""
    with Terminal([*NEWSDESK, "demo"], env={"TMPDIR": str(scratch)}) as terminal:
        terminal.wait(lambda screen: set(panes(screen)) == set(TOPICS), "the lead's panes")
        terminal.wait_for("◆ Benjamin Netanyahu")
        terminal.send("e")
        terminal.wait_for("◆ people")
        terminal.send("i")
        terminal.wait_for("words of a name")
        terminal.send("netan\r")
        terminal.wait_for("entity 1 of 1")
        terminal.wait_for("also Netanyahu")
        terminal.send("\r")
        terminal.wait_for("passage 1 of")
        terminal.send("j")
        terminal.wait_for("passage 2 of")
        terminal.send("\r")
        terminal.wait(lambda screen: bool(panes(screen)), "the desk")
        terminal.send("e")
        terminal.wait_for("passage 2 of")
        for _ in range(4):
            terminal.send("q")
        assert terminal.wait_exit() == 0
    assert not list(scratch.iterdir())

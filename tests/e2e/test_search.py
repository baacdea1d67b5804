"""From words to the passage on a real terminal; the passage handed to a program and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from e2e.program import NEWSDESK, panes
from e2e.terminal import NotSeen, Screen, Terminal

pytestmark = pytest.mark.e2e


def test_words_lead_to_the_passage_and_that_to_a_program(tmp_path: Path) -> None:
    with Terminal([*NEWSDESK, "demo"], env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.wait(lambda screen: len(panes(screen)) == 5, "the lead's panes")
        terminal.send("/")
        terminal.wait_for("Type words, or ask for more:")
        terminal.send("tassour (school")
        terminal.wait_for(") is wanted; the ( at column 9 is open")
        terminal.send(" or hall)")
        terminal.wait(lambda screen: "hit 1 of" in screen and "↑ )" not in screen, "hits")
        press_until(terminal, "\r", lambda screen: "hit 1 of" not in screen and len(panes(screen)) == 1)
        assert "Tassour" in terminal.screen.text
        command(terminal, "no-such-program-here")
        terminal.wait_for("there is no program")
        command(terminal, "cat -n")
        terminal.wait(piped, "what the program prints")
        terminal.send("\n")
        terminal.wait_for("given to cat", "Tassour")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def press_until(terminal: Terminal, key: str, seen: Callable[[Screen], bool]) -> None:
    """Press a key, and again where it came before what it is for: the screen may be seen before it has it."""
    for _ in range(20):
        terminal.send(key)
        with suppress(NotSeen):
            terminal.wait(seen, f"what {key!r} does", seconds=3)
            return
    raise AssertionError(terminal.screen.text)


def command(terminal: Terminal, line: str) -> None:
    """Have the passage given to a command."""
    terminal.send("|")
    terminal.wait_for("Pipe to a command")
    press_until(terminal, "x", lambda screen: any(re.search(r"\wx+ +│", row) for row in screen.lines))
    terminal.send("\x15")
    terminal.wait_for("wc -w")
    terminal.send(f"{line}\r")


def piped(screen: Screen) -> bool:
    return "     1\t".expandtabs() in screen.text and "-- Enter goes back to newsdesk" in screen

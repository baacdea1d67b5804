"""The terminal of the end-to-end tests, tried on small programs."""

from __future__ import annotations

import sys

import pytest

from e2e.terminal import NotSeen, Terminal

pytestmark = pytest.mark.e2e

PYTHON = (sys.executable, "-I", "-S", "-c")


def test_shows_what_a_program_prints_and_its_exit_status() -> None:
    with Terminal([*PYTHON, "print('one'); print('\\x1b[31mtwo\\x1b[m'); raise SystemExit(3)"]) as terminal:
        assert terminal.wait_exit() == 3
        assert terminal.screen.text.split() == ["one", "two"]


def test_keys_reach_the_program_and_its_end_is_told() -> None:
    with Terminal([*PYTHON, "print(input('? ').upper())"]) as terminal:
        terminal.wait_for("?")
        terminal.send("yes\n")
        terminal.wait_for("YES")
        with pytest.raises(NotSeen, match="never: the program ended"):
            terminal.wait_for("never")


def test_a_condition_that_never_holds_meets_its_deadline() -> None:
    with Terminal([*PYTHON, "print('here'); input()"]) as terminal:
        terminal.wait_for("here")
        with pytest.raises(NotSeen, match=r"(?s)never: not in 0 s.*here"):
            terminal.wait(lambda _: False, "never", seconds=0.2)


def test_a_new_size_reaches_the_program() -> None:
    code = """
import os, signal
def tell(*_): os.write(1, f"{os.get_terminal_size(0)}\\n".encode())
signal.signal(signal.SIGWINCH, tell)
tell()
while True: signal.pause()
"""
    with Terminal([*PYTHON, code], rows=20, columns=90) as terminal:
        terminal.wait_for("columns=90, lines=20")
        terminal.resize(30, 120)
        terminal.wait_for("columns=120, lines=30")


def test_sequences_that_are_no_text_are_not_shown() -> None:
    noise = r"a\x1b[>1ub\x1b[?2048$pc\x1b[<ud\x1bP+q\x1b\\e\x1b]0;title\x07f"
    with Terminal([*PYTHON, f"print('{noise}')"]) as terminal:
        terminal.wait_exit()
        assert terminal.screen.text.strip() == "abcdef"
        assert b"\x1b]0;" in terminal.sent

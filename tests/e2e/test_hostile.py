"""Text from outside stays text: in every verb's output and in the interface."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from e2e.program import Home, web_server

pytestmark = pytest.mark.e2e

WORDS = "[Live] talks [/] x [@click=app.bell()]go[/]"
POISON = (
    "\x1b]52;c;b3duZWQ=\x07\x1b]0;owned\x07\x1b[31m\x1b]8;;https://evil.example/\x1b\\\x9b2J\u202e\u2066\x07"
)
TITLE = WORDS + POISON + " end"
NEVER = {
    "an operating system command": b"\x1b]",
    "a device control string": b"\x1bP",
    "a C1 control": b"\xc2\x9b",
    "a right-to-left override": "\u202e".encode(),
    "an isolate": "\u2066".encode(),
    "what the command carried": b"b3duZWQ=",
}
OWN = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""Textual's mouse pointer shapes: a fixed set of words, none of them from outside."""


def feed() -> str:
    """A JSON Feed: the one format that can carry every control character."""
    item = {
        "id": "1" + POISON,
        "url": "https://outlet.example/1" + POISON,
        "title": TITLE,
        "authors": [{"name": "author" + POISON}],
        "date_published": "2024-03-27T09:41:00Z",
        "content_html": f"<p>{WORDS} Hezbollah fired rockets at northern Israel. {POISON}</p><h2>{TITLE}</h2>"
        f"<p>The Health Ministry in Gaza says more than 30 people have been killed {TITLE}</p>",
    }
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": TITLE, "items": [item]})


@pytest.fixture
def fetched(home: Home, tmp_path: Path) -> Home:
    (tmp_path / "feed.json").write_text(feed(), encoding="utf-8")
    with web_server(tmp_path) as base:
        home.done("config", "init", "--no-feeds")
        home.done("feeds", "add", "--allow-private", f"{base}/feed.json")
        home.done("fetch")
    return home


def harmless(output: bytes) -> None:
    output = OWN.sub(b"", output)
    found = {
        name: output[at - 80 : at + 80] for name, what in NEVER.items() if (at := output.find(what)) >= 0
    }
    assert not found


def test_output_of_the_verbs_is_plain(fetched: Home) -> None:
    article = json.loads(fetched.done("search", "--json", "Hezbollah"))["article"]["id"]
    for verb in (
        ["search", "Hezbollah"],
        ["feeds", "list"],
        ["read", str(article)],
        ["read", "--plain", str(article)],
    ):
        run = fetched.run(*verb)
        assert run.returncode == 0, run.stderr
        assert b"\x1b" not in run.stdout
        harmless(run.stdout)
        assert WORDS in " ".join(run.stdout.decode().split()), verb


@pytest.mark.parametrize("verb", ["search Hezbollah", "feeds list"])
def test_output_on_a_terminal_has_only_our_own_colours(fetched: Home, verb: str) -> None:
    with fetched.terminal(*verb.split()) as terminal:
        assert terminal.wait_exit() == 0
        harmless(bytes(terminal.sent))
        assert "[Live] talks" in terminal.screen.text


@pytest.mark.parametrize(("rows", "columns"), [(45, 160), (40, 100), (40, 70)])
def test_the_interface_shows_the_words_and_obeys_none(fetched: Home, rows: int, columns: int) -> None:
    with fetched.terminal("--offline", rows=rows, columns=columns) as terminal:
        terminal.wait_for("[Live] talks [/] x")
        for key, words in (("w", "Why is this passage here"), ("?", "Show one topic alone")):
            terminal.send(key)
            terminal.wait_for(words)
            terminal.send("\x1b")
            terminal.wait(lambda screen, words=words: words not in screen, f"{words} closed")  # type: ignore[misc]
        terminal.send("iHezbollah")
        terminal.wait_for("Hezbollah")
        terminal.send("\r")
        terminal.wait_for("[Live] talks [/] x")
        harmless(bytes(terminal.sent))
        assert terminal.poll() is None

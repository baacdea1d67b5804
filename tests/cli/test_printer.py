"""What the printer lets through, on a terminal and elsewhere."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.cli.printer import MEASURE, STYLES, Printer, clean, json_line

HOSTILE = (
    "[Live] talks [/] x [@click=app.bell()]go[/] "
    "\x1b]52;c;aGFja2Vk\x07\x1b[31mred\x1b[0m \u202eevil\u202c\x9b2J"
)
PLAIN = "[Live] talks [/] x [@click=app.bell()]go[/] red evil2J"
STYLE_ONLY = re.compile(r"\x1b\[[0-9;]*m")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Terminal(io.StringIO):
    """Text that was written to something that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def pipe() -> Printer:
    return Printer(io.StringIO(), io.StringIO())


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Printer:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Printer(Terminal(), Terminal())


def printed(printer: Printer) -> str:
    assert isinstance(printer.out, io.StringIO)
    return printer.out.getvalue()


def noted(printer: Printer) -> str:
    assert isinstance(printer.err, io.StringIO)
    return printer.err.getvalue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HOSTILE, PLAIN),
        ("a\x1b]0;title\x1b\\b", "ab"),
        ("a\x1b]never ends", "a"),
        ("a\x1bPq#0\x1b\\b\x1b(0c\x1bcd", "abcd"),
        ("two\nlines\ttab\r\nand\u2028more", "two lines tab and more"),
        ("bell\x07 null\x00 delete\x7f", "bell null delete"),
        ("half a pair \ud83d", "half a pair \N{REPLACEMENT CHARACTER}"),
        ("عربي ועברית 👨‍👩‍👧 می‌خواهم", "عربي ועברית 👨‍👩‍👧 می‌خواهم"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(st.characters(codec=None)))
def test_clean_text_is_one_line_without_controls(text: str) -> None:
    assert not CONTROLS.search(clean(text))
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(codec="utf-8")))
def test_json_is_one_harmless_line_that_loses_nothing(text: str) -> None:
    line = json_line({"text": text})
    assert not CONTROLS.search(line)
    assert len(line.splitlines()) == 1
    assert msgspec.json.decode(line) == {"text": text}


def test_json_times_are_utc_and_nothing_is_missing() -> None:
    moment = datetime(2026, 11, 22, 12, 40, tzinfo=UTC)
    assert json_line({"at": moment, "error": None}) == '{"at":"2026-11-22T12:40:00Z","error":null}'


def test_a_pipe_gets_words_only(pipe: Printer) -> None:
    pipe.line(("Title ", "title"), HOSTILE, (" 12", "figure"))
    pipe.heading("Diplomacy · 9 passages")
    pipe.row("1", "tab\tin it", "two\nlines")
    assert printed(pipe) == f"Title {PLAIN} 12\n\n## Diplomacy · 9 passages\n1\ttab in it\ttwo lines\n"


def test_a_terminal_gets_styles_and_no_other_escapes(terminal: Printer) -> None:
    terminal.line((HOSTILE, "title"))
    assert "\x1b[1m" in printed(terminal)
    words = STYLE_ONLY.sub("", printed(terminal)).split()
    assert words == PLAIN.split()


def test_long_lines_are_wrapped_on_a_terminal_only(terminal: Printer, pipe: Printer) -> None:
    text = "word " * 100
    terminal.line(text, indent=4)
    pipe.line(text, indent=4)
    rows = printed(terminal).splitlines()
    assert len(rows) > 5
    assert all(row.startswith("    word") and len(row) <= min(60, MEASURE) for row in rows)
    assert len(printed(pipe).splitlines()) == 1


def test_headings_are_rules_on_a_terminal(terminal: Printer) -> None:
    terminal.heading("A heading " * 20)
    terminal.heading("Short")
    rows = STYLE_ONLY.sub("", printed(terminal)).splitlines()
    assert rows[-1].startswith("━━ Short ━━━━")
    assert all(len(row) <= 60 for row in rows)


def test_no_color_keeps_weight_only(terminal: Printer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    terminal.line(("Hamas", "organization"), (" Rafah", "place"), (" 12", "figure"), (" now", "topic"))
    codes = {code for found in STYLE_ONLY.findall(printed(terminal)) for code in found[2:-1].split(";")}
    assert codes <= {"", "0", "1", "4"}
    assert {"1", "4"} <= codes


@pytest.mark.parametrize("plainly", ["--plain", "TERM=dumb"])
def test_a_terminal_can_be_had_plain(plainly: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb" if plainly == "TERM=dumb" else "xterm-256color")
    printer = Printer(Terminal(), Terminal())
    if plainly == "--plain":
        printer.plain()
    printer.line(("Title", "title"), " word" * 50)
    assert printed(printer) == "Title" + " word" * 50 + "\n"


def test_notes_are_one_line_each(terminal: Printer) -> None:
    terminal.note(f"http://example.org/{HOSTILE}\nnewsdesk: forged")
    assert noted(terminal) == f"newsdesk: http://example.org/{PLAIN} newsdesk: forged\n"
    assert printed(terminal) == ""


def test_kinds_differ_without_colours() -> None:
    assert all(
        "bold" in STYLES[role] or "underline" in STYLES[role] for role in ("figure", "person", "topic")
    )
    assert STYLES["figure"] != STYLES["person"]

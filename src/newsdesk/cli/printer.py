"""Everything that the command line prints goes through here.

Text from outside reaches the terminal as words only: control characters and escape sequences are
dropped, and no markup is ever read out of it. Styles are roles ("topic", "figure"), drawn by rich on a
terminal and left out everywhere else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Role = Literal[
    "title", "topic", "heading", "quiet", "speaker", "match", "good", "bad",
    "person", "organization", "place", "group", "event", "figure",
]  # fmt: skip
Part = str | tuple[str, Role]
"""Words, or words with the role that they play."""

# Kinds differ by weight or underline as well, so that they can be told apart without colours.
STYLES: dict[Role, str] = {
    "title": "bold",
    "topic": "bold cyan",
    "heading": "italic bold",
    "quiet": "dim",
    "speaker": "italic",
    "match": "bold reverse",
    "good": "green",
    "bad": "bold red",
    "person": "underline green",
    "organization": "underline blue",
    "place": "underline magenta",
    "group": "underline",
    "event": "underline",
    "figure": "bold yellow",
}
MEASURE = 100
"""Columns of running text at most: longer lines are hard to follow."""

# Sequences go first and single characters last: a lone ESC must not leave its sequence's letters behind.
# What came by the archive was cleaned there; this is for names, arguments and errors, and a second wall.
_SEQUENCES = re.compile(
    r"\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?"  # OSC, DCS, SOS, PM, APC
    r"|\x1b\[[0-?]*[ -/]*[@-~]?"  # CSI
    r"|\x1b[ -/]*[0-~]?"  # any other
)
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# Spreadsheets run what begins so, unless it is a plain number.
_FORMULA = re.compile(r"(?![-+]?[\d.]+(?:e[-+]?\d+)?$)[=+\-@]")
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` as one line of plain words: no escape sequences, controls, direction overrides or breaks."""
    text = _BREAKS.sub(" ", _SEQUENCES.sub("", text))
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _CONTROLS.sub("", text))


def json_line(value: Any) -> str:
    """`value` as one line of JSON; characters that a terminal would obey are escaped, none is lost."""
    import msgspec

    text = msgspec.json.encode(value).decode()
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class Printer:
    """Prints lines to `out` and notices and errors to `err`; styled only where `out` is a terminal."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self.out = out
        self.err = err
        self.terminal = out.isatty()
        self.styled = self.terminal and os.environ.get("TERM") != "dumb"
        self._console: Console | None = None

    @property
    def console(self) -> Console:
        """The rich console behind styled lines; also for a progress bar."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(file=self.out, markup=False, highlight=False, emoji=False)
        return self._console

    def plain(self) -> None:
        """From here on no styles and no wrapping, not even on a terminal."""
        self.styled = False

    def line(self, *parts: Part, indent: int = 0) -> None:
        """One line of `parts`; on a terminal it is wrapped at words and hangs by `indent`."""
        if self.styled:
            self._styled_line(parts, indent)
        else:
            words = "".join(clean(part if isinstance(part, str) else part[0]) for part in parts)
            self.out.write(f"{' ' * indent}{words}\n" if words else "\n")

    def heading(self, text: str) -> None:
        """A heading with room above it: a rule on a terminal, `## ` elsewhere (Markdown, easy to find)."""
        self.out.write("\n")
        if not self.styled:
            self.line(f"## {text}")
            return
        from rich.text import Text

        rule = Text("━━ ", style=STYLES["quiet"])
        rule.append(f"{clean(text)} ", style=STYLES["topic"])
        width = min(self.console.width, MEASURE)
        rule.append("━" * max(2, width - rule.cell_len), style=STYLES["quiet"])
        rule.truncate(width)
        self.console.print(rule)

    def subheading(self, text: str) -> None:
        """An article's own sub-heading: `### ` where there are no styles."""
        self.line((text, "heading") if self.styled else f"### {text}")

    def row(self, *cells: str) -> None:
        """One line of cells with a tab between them, for `cut` and `awk`."""
        self.out.write("\t".join(clean(cell) for cell in cells) + "\n")

    def csv(self, cells: Iterable[str]) -> None:
        """One line of comma-separated values. A cell that a spreadsheet would calculate stays words."""
        import csv

        safe = [f"'{cell}" if _FORMULA.match(cell) else cell for cell in map(clean, cells)]
        csv.writer(self.out, lineterminator="\n").writerow(safe)

    def json(self, value: Any) -> None:
        """`value` as one line of JSON, at once: who reads the other end may wait for it."""
        self.out.write(json_line(value) + "\n")
        self.out.flush()

    def note(self, text: str) -> None:
        """One line on standard error: an error, or what the reader should know."""
        with suppress(OSError):
            self.out.flush()
        self.err.write(f"newsdesk: {clean(text)}\n")
        self.err.flush()

    def _styled_line(self, parts: tuple[Part, ...], indent: int) -> None:
        from rich.padding import Padding

        text = _text(parts)
        width = min(self.console.width, MEASURE)
        self.console.print(Padding(text, (0, 0, 0, indent)) if indent else text, width=width)


def _text(parts: tuple[Part, ...]) -> Text:
    from rich.text import Text

    text = Text(end="")
    for part in parts:
        if isinstance(part, str):
            text.append(clean(part))
        else:
            text.append(clean(part[0]), style=STYLES[part[1]])
    return text

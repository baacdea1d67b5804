"""The sample articles as data: one TOML file each in `texts/`.

A file has `outlet`, `title`, `hours_ago`, `text`, and where its feed gives only a summary, `summary`. In
`text` a blank line ends a block, `## ` starts a sub-heading, `- ` a list item. `[[edits]]` with `old` and
`new` make the version that is served later.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files

from newsdesk.models import Block

LEAD = "lead"
"""The file name of the article that the demo opens with."""


@dataclass(frozen=True)
class Edit:
    """A passage's words before and after the outlet changed them."""

    old: str
    new: str


@dataclass(frozen=True)
class Sample:
    """One sample article."""

    name: str
    outlet: str
    title: str
    hours_ago: float
    text: str
    summary: str = ""
    edits: tuple[Edit, ...] = ()
    edited: bool = False

    def published(self, now: datetime) -> datetime:
        """When it came out, as seen from `now`; whole seconds, which is what feeds can say."""
        return (now - timedelta(hours=self.hours_ago)).replace(microsecond=0)

    def updated(self, now: datetime) -> datetime:
        """When its text was last changed: for the edited version, just now."""
        return now.replace(microsecond=0) if self.edited else self.published(now)

    def after_edits(self) -> Sample:
        """The article as its outlet has it later; itself where nothing was edited."""
        text = self.text
        for edit in self.edits:
            text = text.replace(edit.old, edit.new)
        return replace(self, text=text, edited=bool(self.edits))

    def blocks(self) -> tuple[Block, ...]:
        """The text's blocks in reading order."""
        return tuple(block for part in self.text.strip().split("\n\n") for block in _blocks(part))


def _blocks(part: str) -> tuple[Block, ...]:
    if part.startswith("## "):
        return (Block("heading", part.removeprefix("## ")),)
    if part.startswith("- "):
        return tuple(Block("item", line.removeprefix("- ")) for line in part.splitlines())
    return (Block("paragraph", part),)


def read_samples() -> tuple[Sample, ...]:
    """Every sample article, newest first."""
    folder = files("newsdesk.demo").joinpath("texts")
    samples = (
        _sample(entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )
    return tuple(sorted(samples, key=lambda sample: sample.hours_ago))


def _sample(name: str, toml: str) -> Sample:
    fields = tomllib.loads(toml)
    edits = tuple(Edit(**edit) for edit in fields.pop("edits", ()))
    return Sample(name=name, edits=edits, **fields)

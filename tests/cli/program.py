"""The program on a home: in this process, or as a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from e2e.terminal import Terminal
from newsdesk.cli.main import main

NEWSDESK = (sys.executable, "-m", "newsdesk")
RULES_ONLY = '[analysis]\nmodel = "none"\n'
"""A config without the language model, for tests that are not about it."""


@dataclass(frozen=True)
class Done:
    """What a run left: exit status and both outputs."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def refused(self, *words: str) -> None:
        """Status 2, nothing on standard output, and one error line that has all `words`."""
        assert (self.status, self.out) == (2, ""), self
        assert self.err.startswith("newsdesk: "), self.err
        assert self.err.count("\n") == 1, self.err
        for word in words:
            assert word in self.err, (word, self.err)


class Cli:
    """The command line on one home."""

    def __init__(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.home = home
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def configure(self, text: str) -> Path:
        """Write the home's config file."""
        self.home.mkdir(exist_ok=True)
        file = self.home / "config.toml"
        file.write_text(text, encoding="utf-8")
        return file

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Done:
        """`newsdesk ARGUMENTS` in this process."""
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._capsys.readouterr()
        status = main(arguments)
        out, err = self._capsys.readouterr()
        return Done(status, out, err)

    def terminal(self, *arguments: str, columns: int = 160, env: Mapping[str, str] | None = None) -> Terminal:
        """`newsdesk ARGUMENTS` on a terminal, once it is entered."""
        home = {"NEWSDESK_HOME": str(self.home), **(env or {})}
        return Terminal([*NEWSDESK, *arguments], columns=columns, env=home)

    @contextmanager
    def on_terminal(
        self, *arguments: str, columns: int = 160, env: Mapping[str, str] | None = None
    ) -> Iterator[Terminal]:
        """A terminal on which `newsdesk ARGUMENTS` ran and ended well."""
        with self.terminal(*arguments, columns=columns, env=env) as terminal:
            assert terminal.wait_exit() == 0, terminal.screen.text
            yield terminal

    def process(self, *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Done:
        """`newsdesk ARGUMENTS` as a process of its own."""
        done = subprocess.run(
            [*NEWSDESK, *arguments],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            timeout=120,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

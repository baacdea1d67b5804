"""A passage given to a program: no shell, with its source."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from newsdesk.desk import Newsdesk
from newsdesk.errors import UsageError
from newsdesk.models import StoredArticle
from newsdesk.tui import piping


def lead(newsdesk: Newsdesk) -> StoredArticle:
    article = newsdesk.article(1)
    assert article is not None
    return article


def test_the_text_has_its_source(newsdesk: Newsdesk) -> None:
    article = lead(newsdesk)
    passage = piping.text_of(article, article.passages[6])
    assert passage.startswith("The Health Ministry in Gaza says")
    assert "Sample Wire" in passage
    assert "says Health Ministry" in passage
    whole = piping.text_of(article, None)
    assert whole.startswith("Envoys meet while rockets fall in the north\nSample Wire")
    assert all(one.text in whole for one in article.passages)
    assert "7 people: unattributed, in Sample Wire" in whole


def test_the_program_gets_arguments_and_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stdin__", io.StringIO("\n"))
    target = tmp_path / "it's; touch x"
    program = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())"
    command = piping.command_of(f'{sys.executable} -c "{program}" "{target}"')
    assert piping.run(command, "words $HOME `id`\n") == 0
    assert target.read_text() == "words $HOME `id`\n"
    assert piping.run([sys.executable, "-c", "raise SystemExit(3)"], "x" * 1_000_000) == 3


@pytest.mark.parametrize("line", ["", "   ", "less 'open"])
def test_what_is_no_command_is_said(line: str) -> None:
    with pytest.raises(UsageError):
        piping.command_of(line)


@pytest.mark.parametrize("command", [["no-such-program-here"], ["/"], ["a\0b"]])
def test_what_cannot_be_started_is_said(command: list[str]) -> None:
    with pytest.raises(UsageError):
        piping.run(command, "text")

"""docs/commands.md tells of every verb, option and exit status, and of nothing that is not there."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from newsdesk.cli import main as program
from newsdesk.cli.main import build_parser
from newsdesk.cli.records import feed_record
from newsdesk.errors import NewsdeskError
from newsdesk.models import Analysis, Feed, FeedDone, FeedState, FeedStatus

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "commands.md").read_text(encoding="utf-8")


def verbs(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser and all below it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb in action.choices.values():
                yield from verbs(verb)


VERBS = {parser.prog: parser for parser in verbs(build_parser())}


def section(title: str) -> str:
    """The text under a `## ` heading."""
    return re.split(r"^## ", TEXT.partition(f"\n## {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_is_documented(name: str) -> None:
    assert f"`{name}" in TEXT
    assert section(" ".join(name.split()[:2]))


@pytest.mark.parametrize("name", VERBS)
def test_every_option_is_documented_at_its_verb(name: str) -> None:
    text = section(" ".join(name.split()[:2])) + section("For every verb")
    for action in VERBS[name]._actions:
        for option in action.option_strings:
            assert re.search(rf"`[^`]*{re.escape(option)}\b[^`]*`", text), option
        if not action.option_strings and action.metavar not in ("VERB", "ACTION"):
            assert f" {action.metavar}" in text, action.metavar


def test_every_option_in_the_docs_exists() -> None:
    known = {
        option for parser in VERBS.values() for action in parser._actions for option in action.option_strings
    }
    for page in ("commands.md", "reading-without-the-interface.md"):
        text = (DOCS / page).read_text(encoding="utf-8")
        for line in re.findall(r"(?:newsdesk [^`\n|]*|^\| `-[^|]*)", text, flags=re.MULTILINE):
            for option in re.findall(r"(?<![\w-])--?[a-z][\w-]*", line):
                assert option in known, f"{page}: {option}"


def test_every_verb_in_the_docs_exists() -> None:
    for page in ("commands.md", "reading-without-the-interface.md"):
        text = (DOCS / page).read_text(encoding="utf-8")
        for words in re.findall(r"`newsdesk ((?:[a-z]+ ?)+)", text):
            prog = "newsdesk"
            for word in words.split():
                if not any(known.startswith(f"{prog} ") for known in VERBS):
                    break
                prog = f"{prog} {word}"
                assert prog in VERBS, f"{page}: {prog}"


def test_every_exit_status_is_documented() -> None:
    rows = {
        int(status) for status in re.findall(r"^\| (\d+) \|", section("For every verb"), flags=re.MULTILINE)
    }
    errors: list[type[NewsdeskError]] = [NewsdeskError, *NewsdeskError.__subclasses__()]
    raised = {error.exit_status for error in errors}
    assert rows == {0, program.INTERRUPTED, program.READER_GONE} | raised


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("newsdesk fetch", FeedDone.__struct_fields__),
        ("newsdesk analyze", Analysis.__struct_fields__),
        ("newsdesk feeds", tuple(feed_record(FeedStatus(Feed(url=""), FeedState(url=""), 0, 0)))),
    ],
)
def test_every_field_of_the_json_is_documented(title: str, names: tuple[str, ...]) -> None:
    text = section(title)
    for name in names:
        assert f'"{name}"' in text or f"`{name}`" in text, name


def test_the_documented_objects_are_those_that_are_printed() -> None:
    fetch, analysis = re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)
    assert msgspec.json.decode(fetch, type=dict[str, object]).keys() == set(FeedDone.__struct_fields__)
    decoded = msgspec.json.decode(analysis, type=dict[str, object])
    assert decoded.keys() == set(Analysis.__struct_fields__)
    read = msgspec.convert(decoded, Analysis)
    for kind in ("entities", "figures", "sections", "passages"):
        [wanted] = msgspec.to_builtins(getattr(read, kind))
        [written] = msgspec.convert(decoded[kind], list[dict[str, object]])
        assert wanted.keys() <= written.keys(), kind
    [mention] = read.entities[0].mentions
    assert mention.text == "Rafah"

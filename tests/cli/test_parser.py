"""Verbs, options and their errors; what starting the program loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cli.program import Cli
from newsdesk import __version__


def test_version(cli: Cli) -> None:
    done = cli("--version")
    assert (done.status, done.out) == (0, f"newsdesk {__version__}\n")


def test_help_names_every_verb_and_exit_status(cli: Cli) -> None:
    done = cli("--help")
    assert done.status == 0
    for verb in (
        "demo",
        "fetch",
        "read",
        "analyze",
        "search",
        "topics",
        "evaluate",
        "feeds",
        "config",
        "doctor",
    ):
        assert f"\n    {verb} " in done.out
    assert "exit status: 0 done, 1 done in part" in done.out


@pytest.mark.parametrize(
    "verb",
    [
        "demo",
        "fetch",
        "read",
        "analyze",
        "search",
        "figures",
        "entities",
        "topics",
        "evaluate",
        "feeds",
        "config",
        "doctor",
    ],
)
def test_every_verb_has_its_own_help(cli: Cli, verb: str) -> None:
    done = cli(verb, "--help")
    assert done.status == 0
    assert done.out.startswith(f"usage: newsdesk {verb}")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["fech"], ["config", "path"]])
def test_starting_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; from newsdesk.cli.main import main; main(sys.argv[1:]);"
        "sys.stderr.write('|' + ' '.join(name.partition('.')[0] for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--home", str(tmp_path), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stderr.rpartition("|")[2].split())
    assert "newsdesk" in loaded
    assert loaded & {"textual", "rich", "httpx", "spacy", "numpy", "feedparser", "apsw", "asyncio"} == set()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fech"], ["unknown verb 'fech'", "did you mean fetch?"]),
        (["serach", "gaza"], ["unknown verb 'serach'", "did you mean search?"]),
        (["feeds", "lst"], ["feeds: unknown action 'lst'", "did you mean list?"]),
        (["feeds"], ["feeds:", "ACTION", "newsdesk feeds --help"]),
        (["config", "pth"], ["config: unknown action 'pth'", "did you mean path?"]),
        (["fetch", "--forc"], ["fetch: unknown option '--forc'", "did you mean --force?"]),
        (["search", "--limt=5", "gaza"], ["search: unknown option '--limt'", "did you mean --limit?"]),
        (["--hom=x", "fetch"], ["did you mean --home?"]),
        (["analyze", "--jso", "x.txt"], ["did you mean --json?"]),
        (["feeds", "add", "--tags", "x", "http://a/"], ["feeds add:", "did you mean --tag?"]),
        (["read"], ["read:", "FILE|URL|ID", "newsdesk read --help"]),
        (["read", "one.txt", "two.txt"], ["read: one argument too many: 'two.txt'"]),
        (["search", "--limit", "many", "gaza"], ["--limit", "whole number from 1 to 10000", "'many'"]),
        (["search", "--limit", "0", "gaza"], ["--limit", "whole number from 1 to 10000"]),
        (["search", "--limit", "-3", "gaza"], ["search:", "--limit"]),
        (["--desk"], ["--desk", "expected one argument"]),
    ],
)
def test_wrong_use_is_one_line_with_the_nearest(cli: Cli, arguments: list[str], words: list[str]) -> None:
    cli(*arguments).refused(*words)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--home", "HOME", "config", "path"],
        ["config", "--home", "HOME", "path"],
        ["config", "path", "--home", "HOME"],
        ["--home", "elsewhere", "config", "path", "--home=HOME"],
    ],
)
def test_global_options_stand_before_or_after_the_verb(
    cli: Cli, arguments: list[str], tmp_path: Path
) -> None:
    home = str(tmp_path / "chosen")
    done = cli(*(argument.replace("HOME", home) for argument in arguments))
    assert done.out == f"{home}/config.toml\n"


def test_home_comes_from_the_environment(cli: Cli) -> None:
    assert cli("config", "path").out == f"{cli.home}/config.toml\n"


def test_the_interface_is_refused_without_a_terminal(cli: Cli) -> None:
    cli().refused("no terminal", "newsdesk read")
    cli("--desk", "israel-hamas", "--offline").refused("no terminal")
    assert not cli.home.exists()


def test_the_process_says_the_same_and_ends_with_the_status(cli: Cli) -> None:
    done = cli.process("fech")
    done.refused("unknown verb 'fech'", "did you mean fetch?")
    assert cli.process("--version").out == f"newsdesk {__version__}\n"

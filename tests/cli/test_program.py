"""The program as a process: locale, pipes, Ctrl-C, faults of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.feeds import rss, subscriptions
from cli.program import NEWSDESK, RULES_ONLY, Cli
from newsdesk.cli import main as program
from newsdesk.cli.main import main
from servers import Answer, Server


@pytest.fixture
def article(tmp_path: Path) -> str:
    file = tmp_path / "article.txt"
    file.write_text("Der Fluß stieg – „drei Häuser“ in غزة sind 🏚.\n\nNoch ein Absatz.\n", encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_output_is_utf_8_whatever_the_locale(cli: Cli, article: str, locale: str) -> None:
    cli.configure(RULES_ONLY)
    env = {"LC_ALL": locale, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = cli.process("read", article, env=env)
    assert done.status == 0
    assert "Der Fluß stieg – „drei Häuser“ in غزة sind 🏚." in done.lines
    missing = cli.process("read", "Fluß.txt", env=env)
    missing.refused("no such file")


def test_a_name_that_is_not_utf_8(cli: Cli, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/bo\xffse.txt"
    done = subprocess.run([*map(os.fsencode, NEWSDESK), b"read", name], capture_output=True, check=False)
    assert done.returncode == 2
    assert "bo\N{REPLACEMENT CHARACTER}se.txt: no such file" in done.stderr.decode()


def test_a_reader_that_goes_away_is_no_fault(cli: Cli, article: str) -> None:
    cli.configure(RULES_ONLY)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*NEWSDESK, "analyze", "--json", article],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert done.returncode == program.READER_GONE
    assert [line for line in done.stderr.splitlines() if "rules" not in line] == []


def test_no_standard_output_at_all(cli: Cli) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *NEWSDESK, "config", "path"],
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr


def test_ctrl_c_is_quiet(cli: Cli, server: Server) -> None:
    cli.configure(RULES_ONLY + subscriptions(server.answer("/feed.xml", Answer(hang=True))))
    with subprocess.Popen(
        [*NEWSDESK, "fetch"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            server.wait_for_requests(1)
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=30)
        finally:
            running.kill()
    assert (running.returncode, out, err) == (program.INTERRUPTED, "", "")


def test_while_one_fetches_others_read_and_a_second_fetch_waits_its_turn(cli: Cli, server: Server) -> None:
    hanging = server.answer("/feed.xml", Answer(rss("Example Wire", {}), hang=True))
    cli.configure(RULES_ONLY + subscriptions(hanging))
    with subprocess.Popen([*NEWSDESK, "fetch"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        try:
            server.wait_for_requests(1)
            second = cli("fetch")
            assert (second.status, second.out) == (1, "")
            assert second.err == "newsdesk: another newsdesk is fetching; wait until it is done\n"
            assert cli("search", "anything").status == 0
            assert cli("feeds", "list", "--json").status == 0
            server.release()
            assert running.wait(timeout=30) == 0
        finally:
            running.kill()


WARN = """
import argparse, logging
from newsdesk.cli.opening import open_newsdesk
from newsdesk.cli.parser import GLOBAL_DEFAULTS
with open_newsdesk(argparse.Namespace(**GLOBAL_DEFAULTS | {"debug": DEBUG}), archive=ARCHIVE):
    logging.getLogger("newsdesk.update").warning("a warning of a layer below")
"""


@pytest.mark.parametrize(
    ("archive", "debug", "on_screen", "in_file"),
    [(True, False, False, True), (True, True, True, False), (False, False, False, False)],
)
def test_warnings_go_to_the_log_not_to_the_reader(
    cli: Cli, archive: bool, debug: bool, on_screen: bool, in_file: bool
) -> None:
    code = WARN.replace("DEBUG", str(debug)).replace("ARCHIVE", str(archive))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    log = cli.home / "newsdesk.log"
    assert ("a warning of a layer below" in done.stderr) == on_screen
    assert (log.exists() and "a warning of a layer below" in log.read_text()) == in_file


def test_a_fault_of_ours_is_one_line(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    def fault() -> int:
        raise ZeroDivisionError("division by\nzero")

    assert program.guarded(fault, program.printer(), debug=False) == 2
    out, err = capsys.readouterr()
    assert (out, err) == (
        "",
        "newsdesk: internal error: ZeroDivisionError: division by zero; run again with --debug\n",
    )
    with pytest.raises(ZeroDivisionError):
        program.guarded(fault, program.printer(), debug=True)


def test_a_full_disk_is_no_internal_error(cli: Cli) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with full.open("w") as stream:
        done = subprocess.run(
            [*NEWSDESK, "config", "path"], stdout=stream, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr == "newsdesk: No space left on device\n"


def test_main_takes_the_process_arguments(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["newsdesk", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("newsdesk ")

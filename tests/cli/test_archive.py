"""`newsdesk archive`: state, copies, pruning, check."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from cli.program import RULES_ONLY, Cli
from newsdesk.store.archive import open_archive
from newsdesk.store.base import open_database
from store.build import fill


@pytest.fixture
def archive(cli: Cli) -> Path:
    """The file of an archive of 30 articles of March 2025 to March 2026, one with a star."""
    cli.configure(RULES_ONLY)
    with closing(open_archive(cli.home / "archive.db")) as opened:
        fill(opened, 30)
        opened.star(2, True)
    return cli.home / "archive.db"


def state(cli: Cli) -> dict[str, object]:
    done = cli("archive", "info", "--json")
    assert (done.status, done.err) == (0, "")
    [line] = done.lines
    return msgspec.json.decode(line, type=dict[str, object])


def test_info(cli: Cli, archive: Path) -> None:
    told = state(cli)
    assert (told["articles"], told["revisions"], told["figures"], told["starred"]) == (30, 30, 0, 1)
    assert told["bytes"] == archive.stat().st_size
    assert told["newest"] == "2026-03-01T12:00:00Z"
    assert told["backups"] == []
    shown = cli("archive", "info")
    assert shown.status == 0
    assert "30, 30 unread, 1 starred" in shown.out


def test_without_an_archive_it_says_how_to_get_one(cli: Cli) -> None:
    for verb in (("info",), ("backup",), ("check",), ("check", "--salvage"), ("prune", "--keep", "3")):
        cli("archive", *verb).refused("archive.db", "not there", "newsdesk fetch")
    assert not (cli.home / "archive.db").exists()


def test_a_copy_is_made_listed_and_taken_back(cli: Cli, archive: Path, tmp_path: Path) -> None:
    assert cli("archive", "backup").status == 0
    [copy] = (cli.home / "backups").iterdir()
    assert str(copy) in cli("archive", "info").out
    file = tmp_path / "mine.db"
    assert cli("archive", "backup", str(file)).out.startswith(f"wrote {file} (")
    cli("archive", "backup", str(file)).refused(str(file), "there already")
    assert cli("archive", "prune", "--keep", "0", "--all", "--yes", "--no-backup").status == 0
    assert state(cli)["articles"] == 0
    restored = cli("archive", "restore", str(file))
    assert restored.status == 0, restored
    assert "what was there is" in restored.out
    assert state(cli)["articles"] == 30
    cli("archive", "restore", str(tmp_path / "none.db")).refused("none.db", "not there")


def test_a_pruning_says_first_what_would_go(cli: Cli, archive: Path) -> None:
    cli("archive", "prune").refused("nothing says", "--older")
    cli("archive", "prune", "--older", "soon").refused("soon", "90d")
    cli("archive", "prune", "--feed", "https://nowhere.example/").refused("nowhere.example")
    told = cli("archive", "prune", "--keep", "20")
    assert told.status == 0
    assert "9 articles would go; --yes" in told.out
    assert "1 with a star; --all takes them all" in told.out
    assert state(cli)["articles"] == 30
    done = cli("archive", "prune", "--keep", "20", "--yes")
    assert "9 articles went; a copy from before: " in done.out
    after = state(cli)
    assert (after["articles"], after["pruned"]) == (21, 9)
    assert "nothing is to go" in cli("archive", "prune", "--keep", "21").out


def test_a_check_mends_and_says_so(cli: Cli, archive: Path) -> None:
    assert cli("archive", "check").out.count("ok ") == 7
    with closing(open_database(archive)) as database:
        database.run("UPDATE totals SET unread = 3")
    looked = cli("archive", "check", "--dry-run")
    assert (looked.status, "WRONG counts" in looked.out) == (1, True)
    mended = cli("archive", "check")
    assert (mended.status, "mended counts" in mended.out) == (0, True)
    assert cli("archive", "check").out.count("ok ") == 7


def test_a_damaged_file_names_the_way_out_and_that_way_works(cli: Cli, archive: Path) -> None:
    whole = archive.read_bytes()
    archive.write_bytes(b"\xa5" * 100 + whole[100:])
    cli("search", "a").refused("archive.db", "newsdesk archive check --salvage")
    saved = cli("archive", "check", "--salvage")
    assert (saved.status, "saved 30 articles; nothing is lost" in saved.out) == (0, True), saved
    assert state(cli)["articles"] == 30

"""The shape of the project: arrows, budgets, what is imported when."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "newsdesk"
HEAVY = {
    "textual",
    "rich",
    "httpx",
    "feedparser",
    "trafilatura",
    "lxml",
    "spacy",
    "numpy",
    "pebble",
    "tomlkit",
    "plotext",
}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(SOURCE)))
def test_no_module_over_500_lines(file: Path) -> None:
    assert lines(file) <= 500


def test_app_and_main_screen_stay_small() -> None:
    assert lines(SOURCE / "tui" / "app.py") < 250
    assert lines(SOURCE / "tui" / "screens" / "desk.py") < 400


@pytest.mark.parametrize("module", ["newsdesk.desk", "newsdesk.cli.main", "newsdesk.config"])
def test_nothing_heavy_is_imported_before_it_is_used(module: str) -> None:
    assert loaded_by(f"import {module}") & HEAVY == set()


def test_only_retrieve_imports_httpx() -> None:
    users = {
        str(file.relative_to(SOURCE))
        for file in modules()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(name.name.startswith("httpx") for name in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("httpx"))
    }
    assert users == {"ingest/retrieve.py"}


def test_no_shell_is_ever_started() -> None:
    for file in modules():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "shell":
                pytest.fail(f"{file.name}:{node.value.lineno}: shell=")
            if isinstance(node, ast.Attribute) and node.attr in (
                "system",
                "popen",
                "create_subprocess_shell",
            ):
                pytest.fail(f"{file.name}:{node.lineno}: {node.attr}")


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--no-cache", "src", "tests", "bench", "tools"],
        ["ruff", "format", "--check", "--no-cache", "src", "tests", "bench", "tools"],
        ["mypy"],
        ["lint-imports", "--no-cache"],
    ],
    ids=["ruff", "format", "mypy", "imports"],
)
def test_checks_pass(command: list[str]) -> None:
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run([str(program), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]

"""The docs tell of everything there is: config keys, topics of the changelog, built-in desks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsdesk.config import BUILTIN_DESKS, Config
from newsdesk.models import Feed
from newsdesk.tui.commands import key_table, preset_table

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def doc(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def config_keys() -> list[str]:
    config = Config()
    keys = [f"{name}" for name in config.__struct_fields__]
    for section in ("ui", "fetch", "analysis"):
        keys += [f"{section}.{name}" for name in getattr(config, section).__struct_fields__]
    return keys + [f"feeds.{name}" for name in Feed(url="").__struct_fields__]


@pytest.mark.parametrize("key", config_keys())
def test_every_config_key_is_documented(key: str) -> None:
    assert f"`{key}`" in doc("config.md")


def test_every_built_in_desk_is_documented() -> None:
    text = doc("desks.md")
    for file in BUILTIN_DESKS.glob("*.toml"):
        assert f"`{file.stem}`" in text


def test_the_key_table_is_the_registrys() -> None:
    assert key_table().strip() in doc("keys.md")
    assert preset_table("newsboat") in doc("keys.md")


def test_every_page_is_reached_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in DOCS.glob("*.md"):
        assert f"docs/{page.name}" in readme, page.name


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_ci_runs_the_readme_test_command() -> None:
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("exec make test")

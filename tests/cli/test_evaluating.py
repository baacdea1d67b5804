"""`evaluate`: a user's own gold files, scored."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cli.program import RULES_ONLY, Cli

DOCS = Path(__file__).parents[2] / "docs" / "evaluating.md"
DESK = '[[topics]]\nid = "ferries"\ntitle = "Ferries"\nstrong = ["ferry"]\n'


@pytest.fixture
def gold(cli: Cli, tmp_path: Path) -> Path:
    """The documented gold file, its text file and its desk."""
    cli.configure(RULES_ONLY)
    (cli.home / "desks").mkdir()
    (cli.home / "desks" / "harbour.toml").write_text('title = "Harbour"\n' + DESK, encoding="utf-8")
    [labels] = re.findall(r"```json\n(.*?)```", DOCS.read_text(encoding="utf-8"), flags=re.DOTALL)
    file = tmp_path / "labels" / "ferries-1.json"
    file.parent.mkdir()
    file.write_text(labels, encoding="utf-8")
    text = msgspec.json.decode(labels)["passages"][0]["text"]
    file.with_suffix(".txt").write_text(f"{text}\n", encoding="utf-8")
    return file


def record(cli: Cli, *arguments: str) -> dict[str, Any]:
    done = cli("evaluate", "--json", *arguments)
    assert (done.status, len(done.lines)) == (0, 1), done
    return msgspec.json.decode(done.out, type=dict[str, Any])


def test_the_documented_file_is_scored(cli: Cli, gold: Path) -> None:
    scores = record(cli, str(gold))
    assert (scores["articles"], scores["lost"]) == (1, 0)
    assert scores["topics"] == {
        **{"precision": 1.0, "recall": 1.0, "f1": 1.0},
        **{"right": 1, "extra": 0, "missed": 0},
    }
    assert scores["by_topic"].keys() == {"harbour/ferries"}
    assert scores["figures"]["right"] == 1
    assert scores["fields"]["quantifier"]["share"] == 1.0
    assert "misses" not in scores


def test_a_folder_is_its_files(cli: Cli, gold: Path) -> None:
    assert record(cli, str(gold.parent)) == record(cli, str(gold))
    cli("evaluate", str(cli.home / "desks")).refused("desks", "no gold files")


def test_misses_are_told_with_their_words(cli: Cli, gold: Path) -> None:
    labels = gold.read_text(encoding="utf-8").replace('["ferries"]', '["dredging"]')
    gold.write_text(labels.replace('"dredging"]}]', '"silt"]}]'), encoding="utf-8")
    told = [(one["kind"], one["wanted"], one["got"]) for one in record(cli, "--misses", str(gold))["misses"]]
    assert ("topic", "dredging", None) in told
    assert ("topic", None, "ferries") in told
    lines = cli("evaluate", "--misses", str(gold)).lines
    assert any(line.startswith("ferries-1, passage 0: topic missed: dredging · The ferry") for line in lines)
    assert any(line.startswith("ferries-1, passage 0: topic too many: ferries · The") for line in lines)


def test_the_table_names_every_measure(cli: Cli, gold: Path) -> None:
    done = cli("evaluate", str(gold))
    names = {line.split("  ")[0] for line in done.lines}
    assert {"topics", "entities", "figures", "quantifier", "speaker", "claim"} <= names
    assert done.lines[0] == "1 article · 0 passages lost"


def test_another_desk_is_asked_for_with_its_option(cli: Cli, gold: Path) -> None:
    assert record(cli, "--desk", "markets", str(gold))["topics"]["right"] == 0


def test_what_is_no_gold_is_refused(cli: Cli, gold: Path, tmp_path: Path) -> None:
    cli("evaluate", str(tmp_path / "none.json")).refused("none.json", "no such file")
    gold.with_suffix(".txt").unlink()
    cli("evaluate", str(gold)).refused("ferries-1.txt", "no such file")
    gold.write_text(
        gold.read_text(encoding="utf-8").replace('"desk": "harbour"', '"desk": "harbor"'), encoding="utf-8"
    )
    cli("evaluate", str(gold)).refused("unknown desk 'harbor'")
    gold.write_text("[]", encoding="utf-8")
    cli("evaluate", str(gold)).refused("ferries-1.json", "docs/evaluating.md")
    cli("evaluate").refused("GOLD")

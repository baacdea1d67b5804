"""Measure the analysis against hand-labelled articles and write docs/quality.md.

    python bench/quality.py [SHARED]

SHARED holds gold/ and score/; without it the environment's NEWSDESK_SHARED is taken, else ../shared.

Each number comes from SHARED/score/score.py, run on `newsdesk analyze --json`; nothing is computed here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "quality.md"
COMMAND = "newsdesk analyze --json"
COLUMNS = ("topics", "entities", "linking", "figures", "quantifier", "category", "unit", "speaker", "claim")

Measures = dict[str, dict[str, float]]


def main() -> int:
    shared = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("NEWSDESK_SHARED", ROOT.parent / "shared")
    )
    gold = sorted((shared / "gold").glob("*.json"))
    if not gold:
        print(f"no hand-labelled articles in {shared / 'gold'}; name their folder", file=sys.stderr)
        return 2
    rows = [(file.stem, scored(shared, [file])) for file in gold]
    total = scored(shared, gold)
    misses = scored_misses(shared, gold)
    PAGE.write_text(page(rows, total, misses), encoding="utf-8")
    print(line("all", total))
    return 0


def scored(shared: Path, gold: list[Path]) -> Measures:
    measures: Measures = json.loads(run(shared, ["--json"], gold))
    return measures


def scored_misses(shared: Path, gold: list[Path]) -> list[str]:
    return run(shared, ["--misses"], gold).splitlines()


def run(shared: Path, options: list[str], gold: list[Path]) -> str:
    program = Path(sys.executable).with_name("newsdesk")
    command = [sys.executable, str(shared / "score" / "score.py"), *options]
    command += ["--run", f"{program} analyze --json", *map(str, gold)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def page(rows: list[tuple[str, Measures]], total: Measures, misses: list[str]) -> str:
    kinds = kinds_of(misses)
    head = "| article | " + " | ".join(COLUMNS) + " | lost |\n|---|" + "---|" * (len(COLUMNS) + 1)
    return f"""# Quality, measured

{datetime.now(UTC):%Y-%m-%d}, with `score/score.py --run '{COMMAND}' gold/*.json`
over {len(rows)} hand-labelled articles (`make quality` writes this page).

The articles are open: rules were written with their misses in view, so read these numbers as an upper bound
for unseen text. topics, entities, figures and claim are micro F1 (a claim is a figure with value, quantifier,
category and speaker all right); linking, quantifier, category, unit and speaker are shares right of what was
found; lost counts passages whose text does not come back.

{head}
{chr(10).join(line(name, measures) for name, measures in rows)}
{line("**all**", total)}

A dash means that the article has nothing of the kind. The misses over all articles, by kind:

| kind of miss | count |
|---|---|
{chr(10).join(f"| {kind} | {count} |" for kind, count in kinds)}
"""


def kinds_of(misses: list[str]) -> list[tuple[str, int]]:
    signs = {
        " missed topic ": "topic missed",
        " wrong topic ": "topic too many",
        " missed entity ": "entity missed",
        " extra entity ": "entity too many",
        ", got ": "a field or kind is another",
        " missed figure ": "figure missed",
        " extra figure ": "figure too many",
    }
    found = [next((kind for sign, kind in signs.items() if sign in miss), "") for miss in misses]
    return [(kind, found.count(kind)) for kind in signs.values() if kind in found]


def line(name: str, measures: Measures) -> str:
    cells = []
    for column in COLUMNS:
        measure = measures.get(column, {})
        number = measure.get("f1", measure.get("share"))
        empty = number is None or not measure.get("n")
        cells.append("–" if empty else f"{number:.3f}")
    return f"| {name} | " + " | ".join(cells) + f" | {measures['lost']['count']:.0f} |"


if __name__ == "__main__":
    sys.exit(main())

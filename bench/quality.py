"""Measure the analysis against hand-labelled articles and write docs/quality.md.

    python -m bench.quality [SHARED]

SHARED holds gold/; without it the environment's NEWSDESK_SHARED is taken, else ../shared. The counting is
`newsdesk.evaluate`, as in `newsdesk evaluate`; a test proves it equal to the scorer that lies with the
articles. Measures on other texts (`bench.outside`) stand in bench/quality_outside.md, which goes in as it is.

The page has numbers only: no words of the articles.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from newsdesk.analysis.passages import split_text
from newsdesk.analysis.pipeline import Deep, analyze
from newsdesk.config import AnalysisSettings, load_desk
from newsdesk.evaluate import FIELDS, Miss, Rate, Scores, Share, read_gold
from newsdesk.models import Analysis, ArticleInfo
from newsdesk.paths import paths

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "quality.md"
OUTSIDE = ROOT / "bench" / "quality_outside.md"
COLUMNS = ("topics", "entities", "linking", "figures", *FIELDS, "claim")


def main() -> int:
    shared = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("NEWSDESK_SHARED", ROOT.parent / "shared")
    )
    files = sorted((shared / "gold").glob("*.json"))
    if not files:
        print(f"no hand-labelled articles in {shared / 'gold'}; name their folder", file=sys.stderr)
        return 2
    rows, total = scored(files)
    PAGE.write_text(page(rows, total, OUTSIDE.read_text(encoding="utf-8")), encoding="utf-8")
    print(line("all", total))
    return 0


def scored(files: Sequence[Path]) -> tuple[list[tuple[str, Scores]], Scores]:
    """Each article's scores, and those of all together."""
    total = Scores()
    rows = []
    deep: dict[str, Deep] = {}
    for file in files:
        gold = read_gold(file.read_bytes(), file.name)
        analysis = analysed((file.parent / gold.text_file).read_text(encoding="utf-8"), gold.desk, deep)
        own = Scores()
        for scores in (own, total):
            scores.add(gold, analysis)
        rows.append((file.stem, own))
    return rows, total


def analysed(text: str, desk_id: str, deep: dict[str, Deep]) -> Analysis:
    """What `newsdesk analyze` says of a text with a built-in desk and the model that comes along."""
    desk = load_desk(paths(os.devnull), desk_id)  # no home: a user's own desk of that name does not count
    if desk_id not in deep:
        deep[desk_id] = Deep(AnalysisSettings().model, desk)
    return analyze(split_text(text), desk, deep[desk_id], ArticleInfo())


def page(rows: list[tuple[str, Scores]], total: Scores, outside: str) -> str:
    head = "| article | " + " | ".join(COLUMNS) + " | lost |\n|---|" + "---|" * (len(COLUMNS) + 1)
    return f"""# Quality, measured

{datetime.now(UTC):%Y-%m-%d}, `make quality`: `newsdesk evaluate` over {len(rows)} hand-labelled
articles, the small model, counted as [evaluating](evaluating.md) says. Rules were written with these
articles' misses in view, so read the numbers as an upper bound for unseen text; other texts stand
[below](#other-texts).

topics, entities, figures and claim are micro F1 (a claim is a figure with value, quantifier, category and
speaker all right); linking, quantifier, category, unit and speaker are shares right of what was found; lost
counts passages whose text does not come back. A dash means that the article has nothing of the kind.

{head}
{lines(line(name, scores) for name, scores in rows)}
{line("**all**", total)}

## By topic

{table("topic", sorted(total.by_topic.items()))}

## By kind of entity

{table("kind", [*sorted(total.by_kind.items()), ("exact span, any kind", total.spans)])}

## By field of figures

| field | right | of | share |
|---|---|---|---|
{lines(share_line(name, share) for name, share in total.fields.items())}
{share_line("linking of names", total.linking)}

## Misses

By kind, with article and passage; `newsdesk evaluate --misses` tells them with their words where the articles
are at hand.

| kind of miss | count | where |
|---|---|---|
{lines(miss_lines(total.misses))}

{outside.strip()}
"""


def miss_lines(misses: Iterable[Miss]) -> list[str]:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for miss in misses:
        places[kind_of(miss)].append(f"{miss.article} {miss.passage}")
    return [f"| {kind} | {len(found)} | {', '.join(found)} |" for kind, found in sorted(places.items())]


def kind_of(miss: Miss) -> str:
    if miss.kind in ("topic", "entity", "figure"):
        return f"{miss.kind} {'missed' if miss.got is None else 'too many'}"
    return "passage lost" if miss.kind == "passage" else f"another {miss.kind}"


def table(title: str, rates: Iterable[tuple[str, Rate]]) -> str:
    head = f"| {title} | precision | recall | F1 | right | too many | missed |\n|---|---|---|---|---|---|---|"
    return lines([head, *(rate_line(name, rate) for name, rate in rates)])


def rate_line(name: str, rate: Rate) -> str:
    numbers = f"{rate.precision:.3f} | {rate.recall:.3f} | {rate.f1:.3f}"
    return f"| {name} | {numbers} | {rate.right} | {rate.extra} | {rate.missed} |"


def share_line(name: str, share: Share) -> str:
    return f"| {name} | {share.right} | {share.of} | {share.share:.3f} |"


def line(name: str, scores: Scores) -> str:
    measures = scores.measures()
    cells = [f"{measures[column]:.3f}" if column in measures else "–" for column in COLUMNS]
    return f"| {name} | " + " | ".join(cells) + f" | {scores.lost} |"


def lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())

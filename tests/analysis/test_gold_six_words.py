"""Desks of six words a topic, as users would write them, over the open gold of the first desk.

With `pytest -s` each desk's score is told.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from newsdesk.analysis.passages import split_text
from newsdesk.analysis.pipeline import instant
from newsdesk.analysis.sections import sections
from newsdesk.analysis.topics import Labeller
from newsdesk.evaluate import Scores, read_gold
from newsdesk.models import Analysis, ArticleInfo, Desk, Topic

SHARED = Path(os.environ.get("NEWSDESK_SHARED") or Path(__file__).parents[3] / "shared")
ARTICLES = sorted((SHARED / "gold").glob("*.json"))
WANTED = 0.82
TOPICS = ("diplomacy", "lebanon-front", "hostage-talks", "casualties")
DESKS = {
    "plain": (
        "minister president ambassador summit diplomacy security_council",
        "hezbollah lebanon beirut lebanese border rocket",
        "hostage captive kidnapped truce mediator prisoner_exchange",
        "killed dead wounded injured casualties death_toll",
    ),
    "careless": (
        "talks meeting un us visit statement",
        "hezbollah lebanon north",
        "hostages release deal prisoners",
        "killed injured victims hospital bombing",
    ),
    "analyst": (
        "envoy sanctions veto prime_minister negotiations ally",
        "hizbollah hezbollah southern_lebanon galilee katyusha beirut",
        "hostage kidnapping prisoner exchange captured release",
        "casualties deaths killed massacre injured health_ministry",
    ),
}

pytestmark = pytest.mark.skipif(not ARTICLES, reason="the open gold articles are not at hand")


def desk(name: str) -> Desk:
    topics = (
        Topic(
            topic,
            topic.replace("-", " ").title(),
            strong=tuple(words.replace("_", " ") for words in line.split()),
        )
        for topic, line in zip(TOPICS, DESKS[name], strict=True)
    )
    return Desk("Israel and Hamas", tuple(topics), id="israel-hamas")


@pytest.mark.parametrize("name", DESKS)
def test_six_words_a_topic_are_enough(name: str) -> None:
    own = desk(name)
    assert all(len(topic.strong) <= 6 for topic in own.topics)
    labeller, scores = Labeller(own), Scores()
    for path in ARTICLES:
        gold = read_gold(path.read_bytes(), path.name)
        if gold.desk != own.id:
            continue
        labelled = instant(split_text((path.parent / gold.text_file).read_text(encoding="utf-8")), labeller)
        analysis = Analysis(ArticleInfo(), own.id, labelled, sections(labelled, own), (), ())
        scores.add(msgspec.structs.replace(gold, entities=None, figures=None), analysis)
    reached = scores.measures()["topics"]
    print(f"{name}: topics F1 {reached:.3f}")
    assert reached >= WANTED

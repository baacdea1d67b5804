"""Values, quantifiers, units, categories and dates of one-sentence figures, with the real language model."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from newsdesk.analysis.figures import find
from newsdesk.analysis.shadow import shadow
from newsdesk.models import Passage

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("value_cases.toml").read_text(encoding="utf-8")
)["case"]
PUBLISHED = datetime(2026, 3, 11, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def parses(model: Language) -> dict[str, Doc]:
    """Every sentence of the cases, parsed in one batch."""
    texts = [case["text"] for case in CASES]
    return dict(zip(texts, model.pipe(map(shadow, texts)), strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["trap"])
def test_a_sentence_gives_its_figures(case: dict[str, Any], parses: dict[str, Doc]) -> None:
    passage = Passage(0, "paragraph", None, case["text"])

    found = find([passage], [parses[case["text"]]], (), PUBLISHED)

    assert [figure.text for figure in found] == [wanted["text"] for wanted in case["figures"]]
    for figure, wanted in zip(found, case["figures"], strict=True):
        null = wanted.get("without", ())
        fields = {name: value for name, value in wanted.items() if name != "without"}
        got = {name: getattr(figure, name) for name in fields}
        assert got == pytest.approx(fields)
        assert [name for name in null if getattr(figure, name) is not None] == []


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 130
    assert len({case["trap"] for case in CASES}) == len(CASES)

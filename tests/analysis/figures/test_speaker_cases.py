"""Who says so, with the real language model: all cases in one batch."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from newsdesk.analysis.figures import find
from newsdesk.analysis.shadow import shadow
from newsdesk.models import Passage

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("speaker_cases.toml").read_text(encoding="utf-8")
)["case"]
OWN = ("text", "speaker", "without")


@pytest.fixture(scope="module")
def parses(model: Language) -> dict[str, Doc]:
    """Every passage of the cases, parsed in one batch."""
    passages = sorted({line for case in CASES for line in case["text"].split("\n")})
    return dict(zip(passages, model.pipe(map(shadow, passages)), strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["trap"])
def test_a_figure_has_its_speaker(case: dict[str, Any], parses: dict[str, Doc]) -> None:
    lines = case["text"].split("\n")
    passages = [Passage(at, "paragraph", None, line) for at, line in enumerate(lines)]

    found = find(passages, [parses[line] for line in lines], ())

    assert len(found) == len(case["figures"])
    for figure, wanted in zip(found, case["figures"], strict=True):
        assert wanted["text"] in figure.text
        assert figure.asserted_by == wanted.get("speaker")
        fields = {name: value for name, value in wanted.items() if name not in OWN}
        got = {name: getattr(figure, name) for name in fields}
        assert {n: list(v) if isinstance(v, tuple) else v for n, v in got.items()} == fields
        assert [name for name in wanted.get("without", ()) if getattr(figure, name) is not None] == []


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 120
    assert len({case["trap"] for case in CASES}) == len(CASES)

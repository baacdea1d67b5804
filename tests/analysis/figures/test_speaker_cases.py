"""Who says so, with the real language model: all cases in one batch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from analysis.figures.speaker_cases import CASES, Case
from newsdesk.analysis.figures import find
from newsdesk.models import Passage


@pytest.fixture(scope="module")
def parsed(model: Language) -> dict[str, list[Doc]]:
    """The parsed passages of every case, by its trap."""
    docs: Iterator[Doc] = iter(model.pipe(line for case in CASES for line in case.text.split("\n")))
    return {case.trap: [next(docs) for _ in case.text.split("\n")] for case in CASES}


def test_every_trap_has_its_own_name() -> None:
    assert len({case.trap for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.trap)
def test_a_figure_has_its_speaker(case: Case, parsed: dict[str, list[Doc]]) -> None:
    passages = [Passage(at, "paragraph", None, line) for at, line in enumerate(case.text.split("\n"))]

    found = find(passages, parsed[case.trap], ())

    assert len(found) == len(case.figures)
    for figure, expected in zip(found, case.figures, strict=True):
        assert expected.text in figure.text
        assert figure.asserted_by == expected.speaker
        assert {name: getattr(figure, name) for name in expected.fields} == expected.fields

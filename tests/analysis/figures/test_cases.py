"""Figures of one sentence each, with the real language model."""

from __future__ import annotations

import pytest
from spacy.language import Language

from analysis.figures import cases, unlisted_cases
from analysis.figures.cases import Case
from newsdesk.analysis.figures import find
from newsdesk.models import Passage


@pytest.mark.parametrize("case", cases.CASES + unlisted_cases.CASES, ids=lambda case: case.trap)
def test_a_sentence_gives_its_figures(case: Case, model: Language) -> None:
    passage = Passage(0, "paragraph", None, case.sentence)

    found = find([passage], [model(case.sentence)], ())

    assert [figure.text for figure in found] == [expected.text for expected in case.figures]
    for figure, expected in zip(found, case.figures, strict=True):
        got = {name: getattr(figure, name) for name in expected.fields}
        assert got == pytest.approx(expected.fields)

"""What holds for any text: no crash, offsets that give back the words, fields that fit together."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from analysis.figures.cases import CASES
from analysis.figures.test_value_cases import CASES as VALUE_CASES
from analysis.figures.test_value_cases import PUBLISHED
from newsdesk.analysis.figures import find, find_plain
from newsdesk.analysis.shadow import shadow
from newsdesk.models import Figure, Passage

PIECES = st.sampled_from(
    [case.sentence for case in CASES]
    + [case["text"] for case in VALUE_CASES]
    + [
        "“",
        "”",
        '"',
        "—",
        "10–15",
        "1/2",
        "$",
        "%",
        "٣",
        "½",
        "3:4",
        "million",
        "and",
        "of",
        "'s",
        "\u202e",
        "\n",
    ]
)
WRITTEN = st.lists(PIECES, max_size=6).map(" ".join)
ANY_TEXT = st.text(max_size=120)


def check(passage: Passage, figures: tuple[Figure, ...]) -> None:
    for position, figure in enumerate(figures):
        assert 0 <= figure.start < figure.end <= len(passage.text)
        assert passage.text[figure.start : figure.end] == figure.text
        assert figure.parent is None or figure.parent < position
        if figure.quantifier == "vague":
            assert (figure.min, figure.max, figure.best) == (None, None, None)
        else:
            assert (figure.min, figure.max, figure.best) != (None, None, None)
        assert figure.stance is None or figure.asserted_by
        assert figure.date is None or figure.when
        assert figure.place_id is None or figure.place
        assert figure.when is None or figure.when in shadow(passage.text)


@given(text=ANY_TEXT | WRITTEN)
def test_the_plain_extractor_takes_any_text(text: str) -> None:
    passage = Passage(0, "paragraph", None, text)

    check(passage, find_plain([passage]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT | WRITTEN)
def test_the_extractor_takes_any_text(model: Language, text: str) -> None:
    passage = Passage(0, "paragraph", None, text)

    check(passage, find([passage], [model(shadow(text))], (), PUBLISHED))


def test_figures_keep_to_their_passage(model: Language) -> None:
    texts = ["The army said 3 soldiers died.", "", "Another 10 were wounded."]
    passages = [Passage(index, "paragraph", None, text) for index, text in enumerate(texts)]

    found = find(passages, [model(text) for text in texts], ())

    assert [(figure.passage, figure.best) for figure in found] == [(0, 3.0), (2, 10.0)]
    assert found[1].asserted_by is None


@pytest.mark.parametrize(
    "piece", ["12 people were killed and ", "$5 ", 'Orr said: "12 died" ', "12, 5 days after "]
)
def test_an_endless_sentence_costs_little(model: Language, piece: str) -> None:
    text = (piece * 4000)[:8000]
    doc = model(text)
    began = time.process_time()

    found = find([Passage(0, "paragraph", None, text)], [doc], ())

    assert time.process_time() - began < 2  # seconds
    assert len(found) <= len(list(doc.sents))


def test_a_quotation_belongs_to_the_passage_that_leads_to_it(model: Language) -> None:
    texts = ["The Marlow Times reports:", '"Some 24 of the 90 miners are safe."', "It rained for six days."]
    passages = [Passage(index, "paragraph", None, text) for index, text in enumerate(texts)]

    found = find(passages, [model(text) for text in texts], ())

    assert [figure.asserted_by for figure in found if figure.passage == 1] == ["Marlow Times", "Marlow Times"]
    assert [figure.asserted_by for figure in found if figure.passage == 2] == [None]

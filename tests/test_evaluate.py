"""Scores against hand-made labels: what counts as right, as too many, as missed."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from newsdesk.errors import InputError
from newsdesk.evaluate import Gold, Scores, read_gold, same_speaker
from newsdesk.models import Analysis, ArticleInfo, Entity, Figure, LabelledPassage, Mention

TOLL = "Mayor Ada Quill said nearly 40 ferries sank. Quill counted 12 crew."
CALM = "The tide turned at noon."


def gold(**changes: Any) -> Gold:
    """Labels of the two passages, with changes."""
    labels: dict[str, Any] = {
        "schema": "newsdesk/gold/1",
        "id": "harbour",
        "desk": "harbour",
        "passages": [
            {"index": 0, "text": TOLL, "topics": ["ferries"], "optional_topics": ["council"]},
            {"index": 1, "text": CALM, "topics": []},
        ],
        **changes,
    }
    return read_gold(msgspec.json.encode(labels), "harbour.json")


def analysis(
    topics: tuple[tuple[str, ...], ...] = (("ferries",), ()),
    entities: tuple[Entity, ...] = (),
    figures: tuple[Figure, ...] = (),
    texts: tuple[str, ...] = (TOLL, CALM),
) -> Analysis:
    passages = tuple(
        LabelledPassage(index, "paragraph", None, text, topics[index], {}, ())
        for index, text in enumerate(texts)
    )
    return Analysis(ArticleInfo(), "harbour", passages, (), entities, figures)


def scored(labels: Gold, found: Analysis) -> Scores:
    scores = Scores()
    scores.add(labels, found)
    return scores


def entity(name: str, kind: str, *texts: str) -> Entity:
    """An entity with mentions of these words, each where it stands first."""
    mentions = tuple(Mention(0, TOLL.index(text), TOLL.index(text) + len(text), text) for text in texts)
    return Entity(f"{kind}/{name}", name, kind, mentions)  # type: ignore[arg-type]


def figure(text: str, **changes: Any) -> Figure:
    start = TOLL.index(text)
    fields: dict[str, Any] = {
        **{"passage": 0, "start": start, "end": start + len(text), "text": text},
        **{"min": 40, "max": 40, "best": 40, "quantifier": "less_than", "noun": "ferries", "unit": "ferry"},
        **{"category": "other", "event": "sink", "asserted_by": "Ada Quill", **changes},
    }
    return Figure(**fields)


def label(kind: str, text: str, **more: Any) -> dict[str, Any]:
    start = TOLL.index(text)
    return {"passage": 0, "start": start, "end": start + len(text), "text": text, **more, "kind": kind}


WANTED = {
    **{"passage": 0, "start": TOLL.index("nearly"), "end": TOLL.index(" sank"), "text": "nearly 40 ferries"},
    **{"max": 40, "quantifier": "approximately", "unit": "ferry", "category": "other"},
    **{"asserted_by": ["Mayor Ada Quill"]},
}


def test_topics_are_counted_by_passage_and_optional_ones_neither_way() -> None:
    scores = scored(gold(), analysis((("ferries", "council"), ("tides",))))
    assert (scores.topics.right, scores.topics.extra, scores.topics.missed) == (1, 1, 0)
    assert scores.topics.precision == 0.5
    assert scores.topics.recall == 1.0
    assert scores.topics.f1 == pytest.approx(2 / 3)
    assert scores.by_topic.keys() == {"harbour/ferries", "harbour/tides"}
    assert [(one.passage, one.kind, one.wanted, one.got) for one in scores.misses] == [
        (1, "topic", None, "tides")
    ]


def test_a_passage_that_does_not_come_back_is_lost() -> None:
    scores = scored(gold(), analysis(texts=(TOLL, CALM + "!")))
    assert scores.lost == 1
    assert scores.misses[0].kind == "passage"
    assert scored(gold(), analysis(texts=(TOLL.replace(" ", "  "), CALM))).lost == 0


def test_entities_want_span_and_kind() -> None:
    labels = gold(
        entities=[
            label("person", "Ada Quill", name="Ada Quill"),
            label("person", "Quill", name="Ada Quill") | {"start": 45, "end": 50},
            label("place", "crew", name="crew", optional=True),
        ]
    )
    right = entity("Ada Quill", "person", "Ada Quill")
    wrong = Entity("place/quill", "Quill", "place", (Mention(0, 45, 50, "Quill"),))
    extra = entity("Mayor", "organization", "Mayor")
    unscored = entity("ferries", "event", "ferries")
    optional = entity("12 crew", "organization", "12 crew")
    scores = scored(labels, analysis(entities=(right, wrong, extra, unscored, optional)))
    assert (scores.entities.right, scores.entities.extra, scores.entities.missed) == (1, 2, 1)
    assert (scores.spans.right, scores.spans.extra, scores.spans.missed) == (2, 1, 0)
    assert scores.by_kind["person"].missed == 1
    assert scores.by_kind["place"].extra == 1
    assert (scores.linking.right, scores.linking.of) == (1, 2), "the short form goes by another name"
    joined = Entity("person/q", "Ada Quill", "person", (*right.mentions, *wrong.mentions))
    assert scored(labels, analysis(entities=(joined,))).linking.share == 1.0


def test_a_figure_needs_its_value_and_is_asked_its_fields() -> None:
    labels = gold(figures=[WANTED])
    scores = scored(labels, analysis(figures=(figure("nearly 40"),)))
    assert scores.measures() == {
        "topics": 1.0,
        "figures": 1.0,
        "claim": 1.0,
        **dict.fromkeys(("quantifier", "category", "unit", "speaker"), 1.0),
    }
    other = scored(labels, analysis(figures=(figure("nearly 40", best=41, min=41, max=41),)))
    assert (other.figures.right, other.figures.extra, other.figures.missed) == (0, 1, 1)
    assert other.fields["unit"].of == 0


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"quantifier": "exact"}, "quantifier"),
        ({"category": "killed"}, "category"),
        ({"asserted_by": None}, "speaker"),
        ({"asserted_by": "harbour office"}, "speaker"),
    ],
)
def test_a_claim_is_a_figure_with_all_of_it_right(changes: dict[str, Any], wrong: str) -> None:
    scores = scored(gold(figures=[WANTED]), analysis(figures=(figure("40 ferries", **changes),)))
    assert (scores.figures.f1, scores.claims.f1) == (1.0, 0.0)
    assert [name for name, share in scores.fields.items() if not share.right] == [wrong]
    assert [miss.kind for miss in scores.misses] == [wrong]


def test_a_wrong_unit_leaves_the_claim() -> None:
    scores = scored(gold(figures=[WANTED]), analysis(figures=(figure("40 ferries", unit="boat"),)))
    assert (scores.claims.f1, scores.fields["unit"].share) == (1.0, 0.0)


def test_hypothetical_and_optional_figures_count_neither_way() -> None:
    labels = gold(figures=[{**WANTED, "optional": True}])
    for found in ((), (figure("40", best=7),), (figure("12 crew", hypothetical=True),)):
        scores = scored(labels, analysis(figures=found))
        assert (scores.figures.right, scores.figures.extra, scores.figures.missed) == (0, 0, 0)
    assert scored(labels, analysis(figures=(figure("12 crew"),))).figures.extra == 1


def test_what_is_not_labelled_is_not_scored() -> None:
    scores = scored(gold(), analysis(entities=(entity("Ada", "person", "Ada"),), figures=(figure("40"),)))
    assert scores.measures() == {"topics": 1.0}
    assert not scores.misses


@pytest.mark.parametrize(
    ("wanted", "got", "right"),
    [
        ((), None, True),
        ((), "the mayor", False),
        (("the mayor",), None, False),
        (("the Health Ministry",), "Kelm's Health Ministry", True),
        (("Mayor Ada Quill", "Quill"), "Quill", True),
        (("Ada Quill",), "he", False),
        (("police", "the coast guard"), "Coast Guard", True),
    ],
)
def test_a_speaker_is_right_when_one_form_holds_the_other(
    wanted: tuple[str, ...], got: str | None, right: bool
) -> None:
    assert same_speaker(wanted, got) is right


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        (b"nonsense", "not JSON"),
        (b"\xff", "not JSON"),
        (b"{}", "missing required field `schema`"),
        (b'{"schema": "other/1", "desk": "d", "passages": []}', "$.schema"),
        (b'{"schema": "newsdesk/gold/1", "desk": "d", "passages": [{"index": "x"}]}', "$.passages[0].index"),
    ],
)
def test_a_file_that_is_no_gold_is_refused_with_its_key(labels: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_gold(labels, "mine.json")
    assert "mine.json" in caught.value.line()
    assert says in caught.value.line()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"passage": 7}, "entities[0]: there is no passage 7"),
        ({"start": 0}, "entities[0]: 0 to 15 is 'Mayor Ada Quill', not 'Ada Quill'"),
    ],
)
def test_a_label_in_the_wrong_place_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError) as caught:
        gold(entities=[label("person", "Ada Quill", name="Ada Quill") | changes])
    assert says in caught.value.line()

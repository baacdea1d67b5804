"""Topic labels: own-written passages for every desk, traps, and how the parts of a score work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.analysis.drafts import CAP
from newsdesk.analysis.lexicon import builtin_desks
from newsdesk.analysis.passages import number, split_text
from newsdesk.analysis.pipeline import instant
from newsdesk.analysis.topics import Labeller
from newsdesk.models import Block, Desk, LabelledPassage, Pair, Term, Topic


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage of topic_cases.toml."""

    desk: str
    topics: frozenset[str]
    text: str
    trap: bool = False


class Cases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    case: tuple[Case, ...]


CASES = msgspec.toml.decode(Path(__file__).with_name("topic_cases.toml").read_bytes(), type=Cases).case


def builtin(desk_id: str, optional: bool = False) -> Desk:
    desk = msgspec.toml.decode(builtin_desks()[desk_id], type=Desk)
    topics = tuple(t for t in desk.topics if optional or not t.optional)
    return msgspec.structs.replace(desk, id=desk_id, topics=topics)


LABELLERS = {desk_id: Labeller(builtin(desk_id)) for desk_id in builtin_desks()}

BAKERY = Desk(
    "Bakery",
    (
        Topic("bread", "Bread", strong=("bread", "loaf", "loaves", "rye"), weak=("flour", "oven*")),
        Topic(
            "people",
            "People",
            strong=("baker", "bakers"),
            entities=("Crumb",),
            pairs=(Pair(("apprentice*",), ("hired", "left"), 1.2),),
            against=("baker street",),
        ),
        Topic("prices", "Prices", strong=("price*",), needs=("bread", "bakery")),
    ),
    id="bakery",
)


def label(*texts: str, desk: Desk = BAKERY) -> tuple[LabelledPassage, ...]:
    return Labeller(desk).label(number(Block("paragraph", text) for text in texts))


def topics(*texts: str, desk: Desk = BAKERY) -> list[tuple[str, ...]]:
    return [p.topics for p in label(*texts, desk=desk)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.desk}: {case.text[:50]}")
def test_own_written_passages(case: Case) -> None:
    (passage,) = instant([Block("paragraph", case.text)], LABELLERS[case.desk])
    assert set(passage.topics) == case.topics, passage.why


def test_every_desk_has_cases_and_a_trap() -> None:
    assert {c.desk for c in CASES} == {c.desk for c in CASES if c.trap} == set(LABELLERS)


@pytest.mark.parametrize("desk_id", builtin_desks())
def test_every_builtin_desk_is_whole(desk_id: str) -> None:
    desk = builtin(desk_id, optional=True)
    assert len(desk.topics) >= 4
    assert desk.feeds
    assert desk.lexicon
    assert len({t.id for t in desk.topics}) == len(desk.topics)
    for topic in desk.topics:
        assert topic.title
        assert topic.description
        assert len(topic.strong) >= 10
    assert all(feed.url.startswith("https://") for feed in desk.feeds)


def test_the_first_desk_has_its_four_topics_and_two_optional_ones() -> None:
    desk = builtin("israel-hamas", optional=True)
    assert [t.id for t in desk.topics if not t.optional] == [
        "diplomacy",
        "lebanon-front",
        "hostage-talks",
        "casualties",
    ]
    assert {t.id for t in desk.topics if t.optional} == {"gaza-front", "aid"}


# ---------------------------------------------------------------------- how a score is made


def test_strong_words_count_one_weak_ones_half_and_no_word_nothing() -> None:
    strong, weak, none = label("Fresh bread is sold here.", "Flour came by ship.", "It rained all day.")
    assert strong.scores["bread"] >= 1.0
    assert strong.topics == ("bread",)
    assert 0 < weak.scores["bread"] < 1.0
    assert weak.topics == ()
    assert none.topics == ()


def test_reasons_add_up_to_the_score() -> None:
    for passage in label("Bread, bread and rye from the oven.", "The baker sells loaves.", "Flour.", "Rain."):
        for topic, score in passage.scores.items():
            assert sum(c.weight for c in passage.why if c.topic == topic) == pytest.approx(score, abs=0.01)


def test_a_rich_passage_does_not_colour_its_neighbours() -> None:
    rich, poor = label("Bread, a loaf, loaves, rye, flour and an oven.", "It rained all day.")
    assert rich.scores["bread"] == CAP
    assert poor.topics == ()


def test_names_need_their_capital() -> None:
    assert topics("Crumb came at noon.") == [("people",)]
    assert topics("Not a crumb was left.") == [()]


def test_an_actor_and_an_act_in_one_sentence_are_a_cue() -> None:
    assert topics("The apprentice was hired in May.") == [("people",)]
    assert topics("The apprentice slept. Four guests left.") == [()]
    assert topics("The apprentice, said Mr. Ash, was hired in May.") == [("people",)]


def test_words_against_a_topic_take_from_it() -> None:
    assert topics("The tube stops at Baker Street.") == [()]
    plain, crossed = label("Crumb is a baker.")[0], label("Crumb went to Baker Street.")[0]
    assert crossed.scores.get("people", 0.0) < plain.scores["people"]


def test_a_topic_out_of_its_context_counts_little() -> None:
    assert topics("Prices of coal and steel rose.") == [()]
    assert topics("Prices rose at the bakery.") == [("prices",)]
    around = topics("Prices rose.", "The bakery is shut.", "Prices fell.")
    assert around[0] == around[2] == ("prices",)


def test_a_heading_speaks_for_the_passages_under_it_until_they_drift() -> None:
    texts = ["Flour comes from the oven.", *["Rain."] * 4]
    blocks = [Block("heading", "Bread and rye"), *(Block("paragraph", text) for text in texts)]
    passages = Labeller(BAKERY).label(number(blocks))
    assert passages[0].topics == ()
    assert passages[1].topics == ("bread",)
    inherited = [p.scores.get("bread", 0.0) for p in passages[2:]]
    assert inherited == sorted(inherited, reverse=True)
    assert inherited[-1] < inherited[0] / 2
    assert all(p.topics == () for p in passages[2:])


def test_a_heading_alone_is_not_enough() -> None:
    blocks = [Block("heading", "Bread, rye, loaves"), Block("paragraph", "It rained.")]
    assert Labeller(BAKERY).label(number(blocks))[1].topics == ()


def test_neighbours_help_a_weak_passage() -> None:
    alone = label("Flour, and an oven.")[0].scores["bread"]
    between = label("Rye bread.", "Flour, and an oven.", "A loaf of bread.")[1]
    assert between.scores["bread"] > alone
    assert any(c.cue == "neighbours" for c in between.why)


def test_furniture_has_no_topics() -> None:
    (passage,) = label("Photo: Jane Doe, with bread and a loaf")
    assert passage.kind == "furniture"
    assert passage.topics == ()


def test_the_primary_topic_is_the_strongest_or_of_comparable_ones_what_the_passage_begins_with() -> None:
    assert topics("Bread is sold by the baker and by Crumb.")[0][0] == "people"
    assert topics("A baker sells bread.") == [("people", "bread")]
    assert topics("Bread is sold by a baker.") == [("bread", "people")]


def test_words_within_a_name_of_the_lexicon_say_nothing_by_themselves() -> None:
    desk = msgspec.structs.replace(BAKERY, lexicon=(Term("Bread Street Station", "place"),))
    assert topics("They met at Bread Street Station.", desk=desk) == [()]
    assert topics("They met at Bread Street Station over bread.", desk=desk) == [("bread",)]


def test_typographic_quotes_do_not_hide_words() -> None:
    desk = Desk("Q", (Topic("q", "Q", strong=("women's vote",)),))
    assert topics("The women’s vote came late.", desk=desk) == [("q",)]


def test_a_desk_of_six_words_a_topic_works() -> None:
    desk = Desk(
        "Harbour",
        (
            Topic(
                "ferries",
                "Ferries",
                strong=("ferry", "ferries", "timetable", "passengers", "mole", "captain*"),
            ),
            Topic("fishing", "Fishing", strong=("fish*", "cod", "nets", "trawler*", "quota", "catch")),
        ),
    )
    texts = ("The ferry waits at the mole.", "Trawlers landed forty tonnes of cod.", "The library is shut.")
    assert topics(*texts, desk=desk) == [("ferries",), ("fishing",), ()]


def test_a_desk_without_words_labels_nothing() -> None:
    assert topics("Bread.", desk=Desk("Empty", (Topic("t", "T"),))) == [()]
    assert topics("Bread.", desk=Desk("None", ())) == [()]


# ---------------------------------------------------------------------- any text


@given(st.lists(st.text(max_size=80), max_size=8))
@settings(max_examples=100)
def test_any_text_is_labelled_the_same_each_time_and_kept(texts: Sequence[str]) -> None:
    labeller = LABELLERS["israel-hamas"]
    passages = number(split_text("\n".join(texts)))
    first = labeller.label(passages)
    assert first == labeller.label(passages)
    assert [(p.index, p.kind, p.text) for p in first] == [(p.index, p.kind, p.text) for p in passages]
    for passage in first:
        assert set(passage.topics) <= set(passage.scores)
        assert all(0 < score <= CAP + 2 for score in passage.scores.values())


def test_the_desk_in_the_example_config_is_whole() -> None:
    example = Path(__file__).parents[2] / "config.example.toml"
    _, _, commented = example.read_text(encoding="utf-8").partition('# title = "Harbour"')
    text = 'title = "Harbour"' + commented.replace("\n# ", "\n").replace("\n#\n", "\n\n")
    desk = msgspec.toml.decode(text, type=Desk)
    given = {key for topic in desk.topics for key in Topic.__struct_fields__ if getattr(topic, key)}
    assert given == set(Topic.__struct_fields__)
    assert desk.lexicon
    assert desk.feeds
    texts = (
        "The ferry waits in the port.",
        "The captains of the port refused.",
        "Silt fills the shipping channel.",
    )
    assert topics(*texts, desk=desk) == [("ferries",), (), ("dredging",)]


@pytest.mark.parametrize("desk_id", builtin_desks())
def test_no_word_stands_twice_in_a_topic(desk_id: str) -> None:
    for topic in builtin(desk_id, optional=True).topics:
        words = [w if w.isupper() else w.lower() for w in (*topic.strong, *topic.weak, *topic.entities)]
        assert len(words) == len(set(words)), topic.id

"""What the words of a desk catch, which decide, and what passages just miss."""

from __future__ import annotations

from newsdesk.analysis.explain import Report, Word, caught
from newsdesk.analysis.passages import number
from newsdesk.models import Block, Desk, Pair, Topic

QUAY = Desk(
    "Quay",
    (
        Topic(
            "boats",
            "Boats",
            strong=("ferry", "barge*", "dinghy"),
            weak=("crew",),
            pairs=(Pair(("captain",), ("sailed",), 1.0),),
            against=("ferry road",),
        ),
        Topic("fish", "Fish", strong=("cod",), needs=("sea",)),
    ),
    id="quay",
)


def report(*articles: tuple[str, ...]) -> Report:
    return caught(QUAY, [number(Block("paragraph", text) for text in texts) for texts in articles])


def word(found: Report, text: str, part: str) -> Word:
    (one,) = [w for w in found.words if w.word == text and w.part == part]
    return one


def test_each_word_has_the_passages_that_it_stands_in_and_those_it_decided() -> None:
    found = report(("The ferry is late.", "A ferry and two barges met."), ("The captain sailed.",))
    assert (word(found, "ferry", "strong").passages, word(found, "ferry", "strong").decided) == (2, 1)
    assert (word(found, "barge*", "strong").passages, word(found, "barge*", "strong").decided) == (1, 0)
    assert word(found, "captain … sailed", "pair").decided == 1


def test_words_that_caught_nothing_are_named() -> None:
    found = report(("The ferry is late.",))
    assert {w.word for w in found.idle} >= {"dinghy", "barge*", "crew", "cod"}
    assert "ferry" not in {w.word for w in found.idle}
    assert not {"sea", "ferry road"} & {w.word for w in found.idle}


def test_what_helps_a_topic_of_few_words_is_listed_where_it_caught_something() -> None:
    desk = Desk("Toll", (Topic("toll", "Toll", strong=("killed", "wounded", "death toll")),), id="toll")
    found = caught(desk, [number([Block("paragraph", "Nine bodies were found, and two men were killed.")])])
    listed = {(w.word, w.part): (w.passages, w.decided) for w in found.words}
    assert listed["killed", "strong"] == (1, 0)
    assert listed["bodies", "borrowed"] == (1, 0)
    assert {w.word for w in found.idle} == {"wounded", "death toll"}


def test_every_word_of_the_desk_is_listed_in_its_order() -> None:
    listed = [w.word for w in report().words if w.topic == "boats"]
    assert listed == ["ferry", "barge*", "dinghy", "crew", "captain … sailed", "ferry road"]


def test_a_passage_says_what_it_just_missed_and_why() -> None:
    found = report(("Its crew is ashore.",), ("Cod is dear.",), ("Ferry Road has a ferry no more.",))
    weak, context, against = (look.missed[0] for look in found.looks)
    assert weak.topic == "boats"
    assert weak.score < weak.needed == 1.0
    assert "short" in weak.lacking
    assert "weak words alone" in weak.lacking
    assert "needs" in context.lacking
    assert "against" in against.lacking


def test_headings_and_furniture_are_left_out_and_articles_are_counted() -> None:
    blocks = [Block("heading", "The ferry"), Block("paragraph", "A barge."), Block("furniture", "By A. Cook")]
    found = caught(QUAY, [number(blocks), number([Block("paragraph", "Cod.")])])
    assert [(look.article, look.passage.text) for look in found.looks] == [(0, "A barge."), (1, "Cod.")]

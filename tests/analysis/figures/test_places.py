"""Where a figure is said to be: the place of its clause, of who keeps the count, and no owner of an act."""

from __future__ import annotations

import pytest
from spacy.language import Language

from newsdesk.analysis.figures import find
from newsdesk.models import Entity, Mention, Passage

PLACES = ("Marlow", "Tarif", "Tarif Valley")


def entities(text: str) -> tuple[Entity, ...]:
    """Every place that is named, the longest name where two begin together."""
    found = {}
    for name in sorted(PLACES, key=len):
        if name in text:
            found[text.index(name)] = name
    return tuple(
        Entity(f"place/{name.lower()}", name, "place", (Mention(0, start, start + len(name), name),))
        for start, name in found.items()
    )


@pytest.mark.parametrize(
    ("sentence", "place", "inferred"),
    [
        ("Seven people were killed in Marlow, police said.", "Marlow", False),
        ("Seven people were killed in Marlow's attack, police said.", None, False),
        ("More than 900 people have been killed in Marlow's counteroffensive.", None, False),
        ("Seven people were killed in Marlow's war in Tarif, police said.", "Tarif", False),
        ("Seven people were killed in Marlow's hospitals, police said.", "Marlow", False),
        (
            "The Health Ministry in Tarif says more than 900 people have been killed since the war began.",
            "Tarif",
            True,
        ),
        ("Tarif's Health Ministry says more than 900 people have been killed since May.", "Tarif", True),
        (
            "The Health Ministry in Tarif says more than 900 people have been killed in Marlow's "
            "counteroffensive.",
            "Tarif",
            True,
        ),
        # An army counts whom it killed elsewhere.
        ("Tarif's army says more than 900 fighters have been killed since May.", None, False),
        ("The Health Ministry in Tarif says seven people were killed.", None, False),
    ],
)
def test_a_place(model: Language, sentence: str, place: str | None, inferred: bool) -> None:
    passage = Passage(0, "paragraph", None, sentence)

    (figure,) = find([passage], [model(sentence)], entities(sentence))

    assert figure.place == place
    assert ("place" in figure.inferred) is inferred

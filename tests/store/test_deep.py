"""Results of the deep pass come back as they were given; what waits for it, and in which order."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from newsdesk.models import ANALYSIS_VERSION, Entity, FeedState, Figure, Found, Mention
from newsdesk.store import deep
from newsdesk.store.archive import Archive
from store.build import NOW, incoming, passage

STATE = FeedState(url="https://wire.example/feed")
TEXT = "Seven ferries and Ada Mole left Tidewick, says Ada Mole."
ADA = Entity(
    "person/ada-mole", "Ada Mole", "person", (Mention(0, 18, 26, "Ada Mole"), Mention(0, 47, 55, "Ada Mole"))
)
WICK = Entity(
    "place/tidewick", "Tidewick", "place", (Mention(0, 32, 40, "Tidewick"), Mention(1, 0, 8, "Tidewick"))
)
FIGURES = (
    Figure(
        0, 0, 13, "Seven ferries", 7, 7, 7, "exact", "ferries", "ferry", "other", "leave",
        place="Tidewick", when="Monday", asserted_by="Ada Mole", stance="says", via="The Wire",
        inferred=("place",),
    ),
    Figure(1, 9, 18, "up to 0.5", None, 0.5, None, "up_to", None, None, "other", None, parent=0, trend="up"),
)  # fmt: skip


@pytest.fixture
def articles(archive: Archive) -> list[int]:
    """Four articles, the oldest first."""
    batch = [
        incoming(
            f"g{n}",
            "Title",
            (passage(0, TEXT), passage(1, "Tidewick up to 0.5")),
            NOW - timedelta(hours=9 - n),
        )
        for n in range(4)
    ]
    return sorted(archive.save_poll(STATE, batch, NOW).new_ids)


def test_results_come_back_in_their_order(archive: Archive, articles: list[int]) -> None:
    assert archive.save_deep(articles[0], 1, Found((WICK, ADA), FIGURES))
    assert archive.save_deep(articles[1], 1, Found((ADA,), FIGURES[::-1]))
    stored = archive.article(articles[0])
    assert stored is not None
    assert (stored.entities, stored.figures, stored.deep) == ((WICK, ADA), FIGURES, True)
    second = archive.article(articles[1])
    assert second is not None
    assert (second.entities, second.figures) == ((ADA,), FIGURES[::-1])


def test_results_given_again_replace_the_first(archive: Archive, articles: list[int]) -> None:
    archive.save_deep(articles[0], 1, Found((WICK, ADA), FIGURES))
    archive.save_deep(articles[0], 1, Found((ADA,), FIGURES[:1]))
    stored = archive.article(articles[0])
    assert stored is not None
    assert (stored.entities, stored.figures) == ((ADA,), FIGURES[:1])
    assert archive.counts().deep_pending == 3


def test_what_is_visible_comes_before_the_newest(archive: Archive, articles: list[int]) -> None:
    assert [article for article, *_ in archive.deep_pending(2)] == articles[:1:-1]
    first = (articles[0], 999, articles[0], articles[1])
    assert [article for article, *_ in archive.deep_pending(3, first)] == [
        articles[0],
        articles[1],
        articles[3],
    ]
    archive.save_deep(articles[0], 1, Found((), ()))
    assert [article for article, *_ in archive.deep_pending(9, first)] == [
        articles[1],
        articles[3],
        articles[2],
    ]
    [(_, revision, passages, _), *_] = archive.deep_pending(9)
    assert (revision, [one.text for one in passages]) == (1, [TEXT, "Tidewick up to 0.5"])


def test_all_done_leaves_nothing_pending(archive: Archive, articles: list[int]) -> None:
    for article in articles:
        assert archive.counts().deep_pending > 0
        archive.save_deep(article, 1, Found((), ()))
    assert archive.counts().deep_pending == 0
    assert archive.deep_pending(9) == ()


def test_results_of_a_replaced_text_are_not_stored(archive: Archive, articles: list[int]) -> None:
    archive.save_deep(articles[0], 1, Found((ADA,), FIGURES))
    archive.save_poll(STATE, [incoming("g0", "Title", (passage(0, "Other."),))], NOW)
    assert not archive.save_deep(articles[0], 1, Found((ADA,), FIGURES))
    stored = archive.article(articles[0])
    assert stored is not None
    assert (stored.entities, stored.figures, stored.deep) == ((), (), False)
    assert not archive.save_deep(12_345, 1, Found((), ()))


def test_another_version_of_the_analysis_waits_anew_and_shows_the_old_results(
    archive: Archive, articles: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.save_deep(articles[0], 1, Found((ADA,), FIGURES))
    monkeypatch.setattr(deep, "ANALYSIS_VERSION", f"{ANALYSIS_VERSION}-next")
    assert archive.counts().deep_pending == 4
    assert articles[0] in [article for article, *_ in archive.deep_pending(9)]
    stored = archive.article(articles[0])
    assert stored is not None
    assert stored.figures == FIGURES
    archive.save_deep(articles[0], 1, Found((), ()))
    assert archive.counts().deep_pending == 3


def test_figures_can_be_asked_for_by_their_columns(archive: Archive, articles: list[int]) -> None:
    archive.save_deep(articles[0], 1, Found((), FIGURES))
    rows = archive._database.rows(
        "SELECT category, quantifier, min, max, best, asserted_by, place, body FROM figure ORDER BY position"
    )
    assert rows[0][:7] == ("other", "exact", 7.0, 7.0, 7.0, "Ada Mole", "Tidewick")
    assert rows[1][:7] == ("other", "up_to", None, 0.5, None, None, None)
    assert json.loads(rows[0][7])["via"] == "The Wire"

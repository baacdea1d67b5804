"""A search in two steps: what is found, then the texts of a screenful; given up when nobody waits for it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newsdesk.errors import QueryError, Stopped
from newsdesk.models import (
    Entity,
    Feed,
    FeedState,
    Found,
    IncomingArticle,
    LabelledPassage,
    Mention,
    View,
)
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.windows import MOST_ASKED
from store.build import DESK, DIGEST, NOW, TOPICS, fill, incoming, passage

STATE = FeedState(url="https://wire.example/feed")


def save(archive: Archive, name: str, *texts: str, topic: str = "tides", minutes: int = 0) -> int:
    """An article of these passages, that many minutes old."""
    passages: tuple[LabelledPassage, ...] = tuple(
        passage(index, text, (topic,)) for index, text in enumerate(texts)
    )
    article: IncomingArticle = incoming(name, name, passages, NOW - timedelta(minutes=minutes))
    [new] = archive.save_poll(STATE, [article], NOW).new_ids
    return new


def titles(archive: Archive, view: View) -> list[str]:
    return [row.title for row in archive.headlines(view, 0, 100)]


def test_texts_come_for_the_keys_that_are_asked_for(archive: Archive) -> None:
    for number in range(5):
        save(archive, f"A{number}", f"Harbour pilot {number}", "Nothing here", minutes=number)
    matches = archive.find("pilot harbour", 100)
    assert len(matches.keys) == 5
    two = archive.hits(matches.keys[3:], matches)
    assert [hit.text for hit in two] == ["Harbour pilot 3", "Harbour pilot 4"]
    assert [two[0].text[start:end] for start, end in two[0].spans] == ["Harbour", "pilot"]
    assert archive.hits([matches.keys[0], 1], matches)[0].text == "Harbour pilot 0"
    assert archive.search("pilot harbour") == archive.hits(matches.keys, matches)
    assert archive.marked("The pilot's pilot", matches) == ((4, 9), (12, 17))


def test_pages_follow_each_other(archive: Archive) -> None:
    for number in range(7):
        save(archive, f"A{number}", "Harbour pilot", minutes=number)
    whole = archive.find("pilot", 100).keys
    first = archive.find("pilot", 3).keys
    assert first + archive.find("pilot", 10, before=first[-1]).keys == whole


def test_an_order_by_rank_is_said(archive: Archive) -> None:
    save(archive, "A", "pilot")
    assert archive.find("pilot sort:rank", 5).ranked
    assert not archive.find("topic:tides sort:rank", 5).ranked
    assert archive.find("", 5).keys == ()
    with pytest.raises(QueryError):
        archive.find("pilot (", 0)


def test_a_query_that_nobody_waits_for_is_given_up(path: Path) -> None:
    archive = open_archive(path)
    fill(archive, 300)
    archive.close()
    reader = open_archive(path, read_only=True)
    reader.set_desk(DESK, TOPICS, DIGEST)
    unwanted = False
    reader.stop_when(lambda: unwanted)
    assert not reader.find("is:read or has:figure", 50).keys
    unwanted = True
    with pytest.raises(Stopped):
        reader.find("is:read or has:figure", 50)
    unwanted = False
    assert not reader.find("is:read or has:figure", 50).keys
    reader.close()


# ---------------------------------------------------------------------- a list narrowed by a query


def test_a_query_narrows_a_list(archive: Archive) -> None:
    save(archive, "Fog", "The pilot waits for the fog to lift", topic="weather", minutes=3)
    save(archive, "Crane", "The crane fell", topic="cargo", minutes=2)
    both = save(archive, "Pilot and crane", "A crane", "A pilot of the crane", topic="cargo", minutes=1)
    assert titles(archive, View(query="pilot")) == ["Pilot and crane", "Fog"]
    assert archive.headline_count(View(query="pilot")) == 2
    assert titles(archive, View(query="pilot", topics=frozenset({"weather"}))) == ["Fog"]
    assert titles(archive, View(query="crane", words="pilot ")) == ["Pilot and crane"]
    assert archive.headline_index(View(query="pilot"), both) == 0
    assert archive.next_unread(View(query="pilot"), (both, 1)) is not None
    archive.mark_read(both)
    assert titles(archive, View(query="pilot", unread=True)) == ["Fog"]
    assert titles(archive, View(query="pilot", unread=True, kept=frozenset({both}))) == [
        "Pilot and crane",
        "Fog",
    ]


def test_a_list_follows_what_its_query_speaks_of(archive: Archive) -> None:
    one = save(archive, "Fog", "The pilot waits")
    assert titles(archive, View(query="is:starred")) == []
    archive.star(one, True)
    assert titles(archive, View(query="is:starred")) == ["Fog"]
    assert titles(archive, View(query="is:read")) == []
    archive.mark_read(one)
    assert titles(archive, View(query="is:read")) == ["Fog"]
    assert titles(archive, View(query="entity:Pilot")) == []
    mention = Mention(0, 4, 9, "pilot")
    archive.save_deep(one, 1, Found((Entity("person/pilot", "Pilot", "person", (mention,)),), ()))
    assert titles(archive, View(query="entity:Pilot")) == ["Fog"]
    save(archive, "Late", "Another pilot is starred", minutes=1)
    assert titles(archive, View(query="pilot")) == ["Fog", "Late"]


def test_a_list_takes_saved_queries_by_name(archive: Archive) -> None:
    save(archive, "Fog", "The pilot waits")
    save(archive, "Crane", "The crane fell", minutes=1)
    archive.set_queries({"pilots": "pilot", "broken": "topic:nowhere"})
    assert titles(archive, View(query="@pilots")) == ["Fog"]
    archive.set_queries({"pilots": "crane"})
    assert titles(archive, View(query="@pilots")) == ["Crane"]
    assert titles(archive, View(query="@broken")) == []
    assert titles(archive, View(query="not pilot")) == ["Crane"]


def test_a_list_takes_what_another_connection_found(archive: Archive) -> None:
    save(archive, "Fog", "The pilot waits", minutes=1)
    crane = save(archive, "Crane", "The crane fell")
    assert archive.articles_found("pilot or crane") == [crane, crane - 1]
    view = View(query="@any")
    archive.take_found("@any", [crane])
    assert titles(archive, view) == ["Crane"]
    archive.take_found("@any", [crane - 1, crane, 999])
    assert titles(archive, view) == ["Crane", "Fog"]
    archive.set_queries({"any": "pilot"})
    assert titles(archive, view) == ["Fog"]


def test_a_list_of_a_query_has_an_end(archive: Archive) -> None:
    for number in range(MOST_ASKED // 250 + 1):
        articles = [
            incoming(
                f"{number}.{one}",
                "T",
                (passage(0, "pilot", ("tides",)),),
                NOW - timedelta(minutes=250 * number + one),
            )
            for one in range(250)
        ]
        archive.save_poll(STATE, articles, NOW)
    assert archive.headline_count(View(query="pilot")) == MOST_ASKED
    assert len(archive.headlines(View(query="pilot"), MOST_ASKED - 5, 100)) == 5


# ---------------------------------------------------------------------- values of filters


def test_values_of_filters_begin_as_typed(archive: Archive) -> None:
    archive.sync_feeds([Feed(url=STATE.url, title="Daily Wire", tags=("agencies", "north sea"))])
    one = save(archive, "Fog", "Hamburg and Hammerfest")
    names = (("Hamburg", "place"), ("Hammerfest", "place"), ("Hamas", "organization"))
    entities = tuple(
        Entity(f"{kind}/{name.lower()}", name, kind, (Mention(0, 0, 7, name),))  # type: ignore[arg-type]
        for name, kind in names
    )
    archive.save_deep(one, 1, Found(entities, ()))
    assert archive.filter_values("topic", "", 9) == (*TOPICS, "unsorted")
    assert archive.filter_values("topic", "FE", 9) == ("ferries",)
    assert archive.filter_values("source", "dai", 9) == ("Daily Wire",)
    assert archive.filter_values("tag", "n", 9) == ("north sea",)
    assert archive.filter_values("entity", "ham", 9) == ("Hamas", "Hamburg", "Hammerfest")
    assert archive.filter_values("entity", "ham", 2) == ("Hamas", "Hamburg")
    assert archive.filter_values("place", "HAM", 9) == ("Hamburg", "Hammerfest")
    assert archive.filter_values("entity", "", 9) == ()
    assert archive.filter_values("since", "2", 9) == ()

"""Search: words, phrases and prefixes; newest first; page by page; and no string that breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsdesk.errors import QueryError
from newsdesk.models import FeedState, View
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.windows import MOST_NARROWED
from store.build import DESK, DIGEST, NOW, TOPICS, fill, incoming, passage

STATE = FeedState(url="https://wire.example/feed")


def store(archive: Archive, *texts: str, title: str = "Title", minutes: int = 0) -> int:
    """An article of these passages, that many minutes old."""
    passages = tuple(passage(index, text, ("tides",)) for index, text in enumerate(texts))
    when = NOW - timedelta(minutes=minutes)
    [new] = archive.save_poll(STATE, [incoming(f"{title} {minutes}", title, passages, when)], NOW).new_ids
    return new


def found(archive: Archive, query: str) -> list[str]:
    return [hit.text for hit in archive.search(query)]


def test_all_words_must_stand_in_one_passage(archive: Archive) -> None:
    store(archive, "The harbour pilot left", "The harbour was closed", "A pilot spoke")
    assert found(archive, "pilot harbour") == ["The harbour pilot left"]
    assert found(archive, "PILOT") == ["The harbour pilot left", "A pilot spoke"]


def test_a_phrase_is_words_in_a_row(archive: Archive) -> None:
    store(archive, "harbour pilot", "pilot of the harbour")
    assert found(archive, '"harbour pilot"') == ["harbour pilot"]
    assert found(archive, '"pilot of" harbour') == ["pilot of the harbour"]
    assert found(archive, '"harbour pil') == []


def test_only_the_last_word_is_a_prefix(archive: Archive) -> None:
    store(archive, "harbours closed", "harbour closed")
    assert found(archive, "clo harbour") == []
    assert found(archive, "closed harb") == ["harbours closed", "harbour closed"]
    assert found(archive, "harbour closed") == ["harbour closed"]
    assert found(archive, '"harb"') == []


def test_short_words_stand_for_themselves(archive: Archive) -> None:
    store(archive, "Talks in the U.S. and the EU", "Europe unites")
    assert found(archive, "eu") == ["Talks in the U.S. and the EU"]
    assert found(archive, "u.s.") == ["Talks in the U.S. and the EU"]
    assert found(archive, "eur") == ["Europe unites"]


def test_accents_and_joined_words_are_folded_alike(archive: Archive) -> None:
    store(archive, "Le café de l'État", "cease-fire talks", "Übergang ist naïve")
    assert found(archive, "cafe etat") == ["Le café de l'État"]
    assert found(archive, "ÉTAT") == ["Le café de l'État"]
    assert found(archive, "cease-fire") == ["cease-fire talks"]
    assert found(archive, "ubergang naive") == ["Übergang ist naïve"]


def test_words_of_the_query_language_are_words_alone_and_in_quotes(archive: Archive) -> None:
    store(archive, "ships and boats or not near text title")
    for query in (
        "AND",
        "or",
        "NOT",
        "NEAR(ships boats)",
        "text:",
        '"near text"',
        '"not near"',
        "boats ships",
    ):
        assert found(archive, query) == ["ships and boats or not near text title"], query


def test_titles_are_no_passages(archive: Archive) -> None:
    store(archive, "Only the text counts", title="Lighthouse")
    assert found(archive, "lighthouse") == []


def test_spans_mark_the_words_in_code_points(archive: Archive) -> None:
    text = "“Ünder” the \U0001f6a2 Harbour's harbours: harbour pilot"
    store(archive, text)
    [hit] = archive.search('"harbour pilot" under harb')
    assert [text[start:end] for start, end in hit.spans] == ["Ünder", "Harbour", "harbours", "harbour pilot"]
    [hit] = archive.search("harbour")
    assert [text[start:end] for start, end in hit.spans] == ["Harbour", "harbours", "harbour"]


def test_a_hit_says_where_it_stands(archive: Archive) -> None:
    new = store(archive, "one", "two ferries", title="Ferries", minutes=5)
    [hit] = archive.search("ferries")
    assert (hit.article, hit.passage, hit.title, hit.topic) == (new, 1, "Ferries", "tides")
    assert (hit.publisher, hit.published) == ("wire.example", NOW - timedelta(minutes=5))


def test_newest_first_in_reading_order_whatever_came_first(archive: Archive) -> None:
    for minutes in (50, 10, 90, 30):
        store(archive, f"harbour {minutes} a", "nothing", f"harbour {minutes} b", minutes=minutes)
    expected = [f"harbour {minutes} {part}" for minutes in (10, 30, 50, 90) for part in "ab"]
    assert found(archive, "harbour") == expected
    paged, before = [], None
    while page := archive.search("harbour", limit=3, before=before):
        paged += [hit.text for hit in page]
        before = page[-1].key
    assert paged == expected


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path: Path = tmp_path_factory.mktemp("search") / "archive.db"
    archive = open_archive(path)
    fill(archive, 30)
    yield archive
    archive.close()


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=40) | st.text(alphabet="\"'*^:(){}+-ANDORT \0é漢", max_size=20))
@example('"')
@example("\ud800 lone")
@example("a\0b")
@example("x" * 100_000)
@example("a " * 5_000)
@example('"' * 999)
def test_no_string_breaks_it(filled: Archive, query: str) -> None:
    with suppress(QueryError):
        for hit in filled.search(query):
            assert all(0 <= start < end <= len(hit.text) for start, end in hit.spans)
    shown = filled.headlines(View(words=query), 0, 50)
    assert len(shown) == filled.headline_count(View(words=query))


def test_a_query_without_words_finds_nothing(filled: Archive) -> None:
    assert filled.search("") == filled.search(' "" ?! ') == filled.search("te", limit=0) == ()


# ---------------------------------------------------------------------- lists narrowed by words


def test_a_list_is_narrowed_by_words_of_title_or_text(archive: Archive) -> None:
    both = store(archive, "harbour pilot", title="Ferries", minutes=1)
    text = store(archive, "nothing", "the pilots strike", title="Talks", minutes=3)
    title = store(archive, "nothing", title="Pilot whales", minutes=2)

    def shown(words: str, unread: bool = False) -> list[int]:
        return [one.id for one in archive.headlines(View(words=words, unread=unread), 0, 9)]

    assert shown("pilot") == [both, title, text]
    assert shown("pil harb") == [both]
    assert shown("whal") == [title]
    assert shown("nowhere") == []
    assert shown("p") == shown("") == [both, title, text]
    archive.mark_read(both)
    assert shown("pilot", unread=True) == [title, text]
    kept = View(words="pilot", unread=True, kept=frozenset({both}))
    assert [one.id for one in archive.headlines(kept, 0, 9)] == [both, title, text]
    assert archive.headline_index(kept, text) == 2
    assert archive.headline_index(kept, 99) is None
    assert archive.next_unread(View(words="pilot"), None) == (title, 0)
    assert archive.next_unread(View(words="pilot"), (title, 0)) == (text, 0)
    assert archive.next_unread(View(words="pilot"), (text, 1)) is None
    assert archive.next_unread(View(words="pilot"), None, forward=False) == (text, 1)
    assert [one.id for one in archive.headlines(View(frozenset({"cargo"}), words="pilot"), 0, 9)] == []
    assert [one.id for one in archive.headlines(View(words="pilot", up_to=both), 0, 9)] == [both]


def test_a_narrowed_list_follows_what_is_stored(archive: Archive) -> None:
    view = View(words="pilot")
    store(archive, "a pilot", minutes=1)
    assert archive.headline_count(view) == 1
    store(archive, "another pilot", minutes=2)
    assert archive.headline_count(view) == 2
    other = incoming("Title 1", "Title", (passage(0, "a captain", ("tides",)),), NOW - timedelta(minutes=1))
    archive.save_poll(STATE, [other], NOW)
    assert archive.headline_count(view) == 1
    unread = View(words="pilot", unread=True)
    assert archive.headline_count(unread) == 1
    archive.mark_read(archive.headlines(view, 0, 9)[0].id)
    assert (archive.headline_count(unread), archive.headline_count(view)) == (0, 1)


def test_a_narrowed_list_ends_at_its_cap(archive: Archive) -> None:
    archive.set_desk(DESK, TOPICS, DIGEST)
    batch = [
        incoming(f"g{n}", "T", (passage(0, "harbour"),), NOW - timedelta(minutes=n)) for n in range(5_100)
    ]
    archive.save_poll(STATE, batch, NOW)
    assert archive.headline_count(View(words="harbour")) == MOST_NARROWED
    newest = archive.headlines(View(words="harbour"), 0, 1)[0]
    assert newest.published == NOW

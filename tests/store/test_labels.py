"""Labels: told in full, made anew when the desk changes, and corrected by a person."""

from __future__ import annotations

import msgspec

from newsdesk.models import UNSORTED, FeedState, LabelledPassage, View
from newsdesk.store.archive import Archive
from store.build import DESK, DIGEST, NOW, TOPICS, incoming, label, passage

STATE = FeedState(url="https://wire.example/feed")


def store(archive: Archive, *passages: LabelledPassage, guid: str = "g") -> int:
    return archive.save_poll(STATE, [incoming(guid, "Title", passages)], NOW).new_ids[0]


def relabel(archive: Archive, digest: str, *topics: tuple[str, ...]) -> None:
    """Label every waiting article with these topics, passage by passage."""
    batch = [
        (one, [label(topics[text.index]) for text in texts]) for one, texts in archive.unlabelled(digest, 100)
    ]
    archive.save_labels(digest, batch)


def topics_of(archive: Archive, article: int) -> list[tuple[str, ...]]:
    stored = archive.article(article)
    assert stored is not None
    return [one.topics for one in stored.passages]


def counted(archive: Archive) -> dict[str, int]:
    return {one.topic: one.passages for one in archive.counts().topics if one.passages}


def test_headlines_count_primary_topics_in_the_desks_order(archive: Archive) -> None:
    store(
        archive,
        passage(0, "one", ("council", "tides")),
        passage(1, "two", ("cargo",)),
        passage(2, "three"),
        passage(3, "four", ("cargo", "weather")),
        passage(4, "five", kind="heading"),
    )
    [headline] = archive.headlines(View(), 0, 9)
    assert headline.topics == (("cargo", 2), ("council", 1), (UNSORTED, 1))
    assert (headline.passages, headline.unread) == (4, 4)
    assert [one.topic for one in archive.counts().topics] == [*TOPICS, UNSORTED]
    assert archive.headlines(View(frozenset({"tides"})), 0, 9) == ()
    assert len(archive.headlines(View(frozenset({"council"})), 0, 9)) == 1


def test_an_edited_desk_labels_the_archive_anew(archive: Archive) -> None:
    articles = [store(archive, passage(0, "a", ("tides",)), passage(1, "b"), guid=f"g{n}") for n in range(3)]
    archive.mark_read(articles[0], [0])
    assert archive.unlabelled(DIGEST, 9) == []
    waiting = archive.unlabelled("edited", 2)
    assert [version.article for version, _ in waiting] == articles[:0:-1]
    assert [(one.index, one.text, one.kind) for one in waiting[0][1]] == [
        (0, "a", "paragraph"),
        (1, "b", "paragraph"),
    ]
    relabel(archive, "edited", ("cargo",), ("tides", "cargo"))
    assert archive.unlabelled("edited", 9) == []
    assert topics_of(archive, articles[1]) == [("cargo",), ("tides", "cargo")]
    assert counted(archive) == {"cargo": 3, "tides": 3}
    assert [one.unread for one in archive.counts().topics][:2] == [3, 2]


def test_another_desk_starts_unsorted_and_gets_labels_of_its_own(archive: Archive) -> None:
    article = store(archive, passage(0, "a", ("tides",)), passage(1, "b", ("cargo",)))
    archive.set_desk("markets", ("oil", "tides"), "m")
    assert topics_of(archive, article) == [(), ()]
    assert archive.headlines(View(), 0, 9)[0].topics == ((UNSORTED, 2),)
    assert archive.headline_count(View(frozenset({"tides"}))) == 0
    relabel(archive, "m", ("oil",), ("tides",))
    assert counted(archive) == {"oil": 1, "tides": 1}
    archive.set_desk(DESK, TOPICS, DIGEST)
    assert counted(archive) == {}
    assert len(archive.unlabelled(DIGEST, 9)) == 1


def test_a_topic_that_the_desk_lost_is_unsorted(archive: Archive) -> None:
    article = store(archive, passage(0, "a", ("tides", "cargo")), passage(1, "b", ("tides",)))
    archive.set_desk(DESK, ("cargo",), "smaller")
    assert topics_of(archive, article) == [("cargo",), ()]


def test_labels_of_a_replaced_text_are_not_stored(archive: Archive) -> None:
    article = store(archive, passage(0, "a", ("tides",)))
    [(version, _)] = archive.unlabelled("edited", 9)
    archive.save_poll(STATE, [incoming("g", "Title", (passage(0, "b", ("cargo",)), passage(1, "c")))], NOW)
    archive.save_labels("edited", [(version, [label(("weather",))])])
    assert topics_of(archive, article) == [("cargo",), ()]


def test_a_persons_topics_win_over_labels_and_outlive_revisions(archive: Archive) -> None:
    article = store(archive, passage(0, "a", ("tides",)), passage(1, "b", ("tides",)))
    archive.correct(article, 0, ("cargo", "weather"))
    archive.correct(article, 1, ())
    stored = archive.article(article)
    assert stored is not None
    assert [(one.topics, one.manual) for one in stored.passages] == [(("cargo", "weather"), True), ((), True)]
    assert stored.passages[0].why[0].topic == "tides"
    assert counted(archive) == {"cargo": 1, UNSORTED: 1}
    relabel(archive, "edited", ("council",), ("council",))
    assert topics_of(archive, article) == [("cargo", "weather"), ()]
    moved = (passage(0, "new", ("tides",)), passage(1, "a", ("tides",)))
    archive.save_poll(STATE, [incoming("g", "Title", moved)], NOW)
    assert topics_of(archive, article) == [("tides",), ("cargo", "weather")]
    archive.correct(article, 1, ("tides",))
    assert topics_of(archive, article) == [("tides",), ("tides",)]


def test_a_correction_may_come_before_the_desks_labels(archive: Archive) -> None:
    article = store(archive, passage(0, "a", ("tides",)), passage(1, "b", ("cargo",)))
    archive.set_desk("markets", ("oil", "gas"), "m")
    archive.correct(article, 1, ("gas",))
    assert topics_of(archive, article) == [(), ("gas",)]
    relabel(archive, "m", ("oil",), ("oil",))
    assert topics_of(archive, article) == [("oil",), ("gas",)]
    assert archive.unlabelled("m", 9) == []


def test_a_correction_of_what_is_not_there_changes_nothing(archive: Archive) -> None:
    archive.correct(77, 0, ("tides",))
    assert archive.counts().articles == 0


def test_without_a_desk_all_is_unsorted_and_nothing_is_lost(archive: Archive) -> None:
    article = store(archive, passage(0, "a", ("tides",)))
    plain = type(archive)(archive._database)
    stored = plain.article(article)
    assert stored is not None
    assert [(one.text, one.topics) for one in stored.passages] == [("a", ())]
    other = msgspec.structs.replace(incoming("h", "Other", (passage(0, "x", ("tides",)),)))
    plain.save_poll(STATE, [other], NOW)
    assert plain.headline_count(View(frozenset({UNSORTED}))) == 1


def test_a_correction_that_is_taken_back_leaves_room_for_the_words(archive: Archive) -> None:
    article = store(archive, passage(0, "a", ("tides",)), passage(1, "b", ("tides",)))
    assert archive.correct(article, 0, ("cargo",))
    assert archive.correct(article, 0, None)
    archive.label_anew(article, lambda texts: [label(("tides",)) for _ in texts], DIGEST)
    stored = archive.article(article)
    assert stored is not None
    assert [(one.topics, one.manual) for one in stored.passages] == [(("tides",), False)] * 2
    assert not archive.correct(article, 9, ("cargo",))
    assert counted(archive) == {"tides": 2}


def test_only_passages_with_other_topics_count_as_changed(archive: Archive) -> None:
    for guid in ("g", "h"):
        store(archive, passage(0, "a", ("tides",)), passage(1, "b", ("cargo", "weather")), guid=guid)
    assert archive.unlabelled_count("edited") == 2
    batch = [
        (version, [label(("tides",)), label(further)])
        for (version, _), further in zip(
            archive.unlabelled("edited", 9), [("cargo", "weather"), ("cargo", "council")], strict=True
        )
    ]
    assert archive.save_labels("edited", batch) == 1
    assert archive.unlabelled_count("edited") == 0
    assert archive.save_labels("edited", batch) == 0


def test_a_correction_made_while_labels_were_made_wins(archive: Archive) -> None:
    article = store(archive, passage(0, "a", ("tides",)))
    [(version, _)] = archive.unlabelled("edited", 9)
    archive.correct(article, 0, ("cargo",))
    archive.save_labels("edited", [(version, [label(("weather",))])])
    assert topics_of(archive, article) == [("cargo",)]


def test_labels_of_a_replaced_text_with_a_correction_are_not_stored(archive: Archive) -> None:
    article = store(archive, passage(0, "a", ("tides",)))
    archive.correct(article, 0, ("council",))
    [(version, _)] = archive.unlabelled("edited", 9)
    gone = version._replace(article=article + 1)
    archive.save_poll(STATE, [incoming("g", "Title", (passage(0, "b", ("cargo",)), passage(1, "a")))], NOW)
    assert archive.save_labels("edited", [(version, [label(("weather",))]), (gone, [label(())])]) == 0
    assert topics_of(archive, article) == [("cargo",), ("council",)]


def test_another_desk_is_labelled_where_nothing_is_found_too(archive: Archive) -> None:
    article = store(archive, passage(0, "a"), passage(1, "b"))
    archive.set_desk("markets", ("oil",), "m")
    relabel(archive, "m", (), ())
    assert archive.unlabelled("m", 9) == []
    assert topics_of(archive, article) == [(), ()]
    assert counted(archive) == {UNSORTED: 2}

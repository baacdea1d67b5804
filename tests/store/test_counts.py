"""Whatever happens to an archive, in whatever order: its counts and lists are those of a recount."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from newsdesk.models import (
    UNSORTED,
    Entity,
    FeedState,
    Figure,
    Found,
    IncomingArticle,
    LabelledPassage,
    Mention,
    View,
)
from newsdesk.store.archive import open_archive
from store.build import DESK, DIGEST, NOW, TOPICS, incoming, label, passage
from store.recount import maintained, recounted

TEXTS = ("the tide rose", "two ferries left", "no words fit", "the council met", "cargo was moved")
KINDS = ("paragraph", "paragraph", "quote", "item", "heading", "furniture")


@st.composite
def passages(draw: st.DrawFn) -> tuple[LabelledPassage, ...]:
    return tuple(
        passage(
            index,
            draw(st.sampled_from(TEXTS)),
            tuple(draw(st.lists(st.sampled_from(TOPICS), unique=True, max_size=2))),
            kind=draw(st.sampled_from(KINDS)),
        )
        for index in range(draw(st.integers(0, 5)))
    )


@st.composite
def articles(draw: st.DrawFn) -> IncomingArticle:
    published = draw(
        st.none() | st.datetimes(NOW.replace(year=2025, tzinfo=None), NOW.replace(year=2027, tzinfo=None))
    )
    when = published.replace(tzinfo=NOW.tzinfo) if published else None
    number = draw(st.integers(0, 12))
    return incoming(f"g{number}", f"Title {number}", draw(passages()), when)


views = st.builds(
    View,
    topics=st.frozensets(st.sampled_from((*TOPICS, UNSORTED, "not a topic")), max_size=3),
    unread=st.booleans(),
    up_to=st.none() | st.integers(0, 20),
    kept=st.frozensets(st.integers(1, 20), max_size=5),
)


class ArchiveLife(RuleBasedStateMachine):
    """Polls, marks, labels, desks and deep results in any order."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "archive.db"
        self.archive = open_archive(self.path)
        self.archive.set_desk(DESK, TOPICS, DIGEST)
        self.desk, self.digest = DESK, DIGEST

    def teardown(self) -> None:
        self.archive.close()
        self.folder.cleanup()

    @rule(batch=st.lists(articles(), max_size=6), feed=st.integers(0, 1))
    def poll(self, batch: list[IncomingArticle], feed: int) -> None:
        stored = self.archive.save_poll(FeedState(url=f"https://wire{feed}.example/feed"), batch, NOW)
        assert len(set(stored.new_ids) | set(stored.changed_ids)) <= len({one.guid for one in batch})

    @rule(article=st.integers(1, 14), indexes=st.none() | st.sets(st.integers(0, 5)), read=st.booleans())
    def mark(self, article: int, indexes: set[int] | None, read: bool) -> None:
        before = self.archive.article(article)
        changed = self.archive.mark_read(article, indexes, read)
        after = self.archive.article(article)
        if before is not None and after is not None:
            counting = {one.index for one in after.passages if one.kind not in ("heading", "furniture")}
            chosen = counting if indexes is None else counting & indexes
            wanted = (before.read | chosen) if read else (before.read - chosen)
            assert after.read & counting == wanted & counting
            assert changed == (after.read ^ before.read) & counting

    @rule(digest=st.sampled_from(("first wording", "second wording")), data=st.data())
    def relabel(self, digest: str, data: st.DataObject) -> None:
        waiting = self.archive.unlabelled(digest, 4)
        batch = []
        for version, texts in waiting:
            topics = [data.draw(st.sampled_from((*TOPICS, ""))) for _ in texts]
            batch.append((version, [label((topic,) if topic else ()) for topic in topics]))
        self.archive.save_labels(digest, batch)
        done = {version for version, _ in waiting}
        assert not done & {version for version, _ in self.archive.unlabelled(digest, 99)}

    @rule(article=st.integers(1, 14), topics=st.lists(st.sampled_from(TOPICS), unique=True, max_size=2))
    def correct(self, article: int, topics: list[str]) -> None:
        stored = self.archive.article(article)
        if stored is not None and stored.passages:
            self.archive.correct(article, 0, topics)
            after = self.archive.article(article)
            assert after is not None
            assert (after.passages[0].topics, after.passages[0].manual) == (tuple(topics), True)

    @rule(desk=st.sampled_from((DESK, "other")))
    def switch(self, desk: str) -> None:
        self.archive.set_desk(desk, TOPICS[::-1], DIGEST)

    @rule(article=st.integers(1, 14), revision=st.integers(1, 2))
    def deepen(self, article: int, revision: int) -> None:
        figure = Figure(0, 0, 3, "two", 2, 2, 2, "exact", "ferries", None, "other", "leave")
        entity = Entity("place/tide", "Tide", "place", (Mention(0, 0, 3, "the"),))
        stored = self.archive.article(article)
        fits = stored is not None and stored.revision == revision
        entities = (entity,) if stored is not None and stored.passages else ()
        assert self.archive.save_deep(article, revision, Found(entities, (figure,) * article)) is fits

    @rule(view=views)
    def list_all(self, view: View) -> None:
        expected = self.expected(view)
        shown = [headline.id for headline in self.archive.headlines(view, 0, 100)]
        assert shown == expected
        assert self.archive.headline_count(view) == len(expected)
        for row, article in enumerate(expected):
            assert self.archive.headline_index(view, article) == row
            assert [one.id for one in self.archive.headlines(view, row, 2)] == expected[row : row + 2]
        missing = set(range(1, 15)) - set(expected)
        assert all(self.archive.headline_index(view, article) is None for article in missing)

    @rule(view=views, forward=st.booleans())
    def walk_unread(self, view: View, forward: bool) -> None:
        everything = msgspec.structs.replace(view, unread=False)
        expected = []
        for article in self.expected(everything):
            stored = self.archive.article(article)
            assert stored is not None
            for one in stored.passages:
                fits = not view.topics or (one.topic or UNSORTED) in view.topics
                if fits and one.kind not in ("heading", "furniture") and one.index not in stored.read:
                    expected.append((article, one.index))
        seen = []
        at = self.archive.next_unread(view, None, forward)
        while at is not None:
            seen.append(at)
            at = self.archive.next_unread(view, at, forward)
        if self.labelled_here():
            assert seen == (expected if forward else expected[::-1])

    def labelled_here(self) -> bool:
        """Whether every article carries labels of the open desk; else its lists are not complete yet."""
        return not self.archive.unlabelled("second wording", 1) or not self.archive.unlabelled(DIGEST, 1)

    def expected(self, view: View) -> list[int]:
        """The view's articles by reading every table, newest first."""
        counts = recounted(self.path)
        ids = self.archive._desk.ids
        topics = {ids[topic] for topic in view.topics if topic in ids}
        places = {article: sort for article, sort in self.sorts().items()}
        fresh = {article for article, _, unread in counts["article"] if unread}
        listed = set(places)
        if view.topics:
            rows = [row for row in counts["article_topic"] if row[0] in topics]
            listed = {article for _, _, article, _, _ in rows}
            fresh = {article for _, _, article, _, unread in rows if unread}
        if view.unread:
            listed = (listed & fresh) | (listed & view.kept)
        if view.up_to is not None:
            listed = {article for article in listed if article <= view.up_to}
        return sorted(listed, key=lambda article: (places[article], article), reverse=True)

    def sorts(self) -> dict[int, float]:
        found = {}
        for article in range(1, 30):
            stored = self.archive.article(article)
            if stored is not None:
                found[article] = stored.published.timestamp()
        return found

    @invariant()
    def counts_are_right(self) -> None:
        assert maintained(self.path) == recounted(self.path)


ArchiveLife.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
test_counts_and_lists = ArchiveLife.TestCase

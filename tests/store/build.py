"""Fills an archive with articles of invented words, for tests and for measuring: `fill(archive, 10_000)`.

The texts have the shape of news (a heavy-tailed vocabulary, 8 to 16 passages, now and then a sub-heading),
the labels that of a desk: five topics of unequal size, a third of the passages Unsorted. The same arguments
give the same archive.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from newsdesk.models import Cue, Feed, FeedState, IncomingArticle, Label, LabelledPassage
from newsdesk.store.archive import Archive, open_archive

DESK = "harbour"
TOPICS = ("tides", "cargo", "ferries", "weather", "council")
DIGEST = "first wording"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

_TOPIC_WEIGHTS = (30, 16, 10, 6, 4, 34)
_CONSONANTS = "trnslcdpmbfghvkwjyqz"
_VOWELS = "eaiou"
_SYLLABLES = tuple(consonant + vowel for vowel in _VOWELS for consonant in _CONSONANTS)
_SYLLABLE_WEIGHTS = tuple(accumulate(1 / (rank + 8) for rank in range(len(_SYLLABLES))))
_BATCH = 250


def fill(archive: Archive, articles: int, *, feeds: int = 20, days: int = 365, seed: int = 1) -> None:
    """Open the desk, subscribe `feeds` and store that many articles, the newest at NOW."""
    archive.set_desk(DESK, TOPICS, DIGEST)
    subscriptions = [Feed(url=f"https://wire{n}.example/feed", title=f"Wire {n}") for n in range(feeds)]
    archive.sync_feeds(subscriptions)
    writer = Writer(seed)
    step = timedelta(days=days) / max(articles, 1)
    for first in range(0, articles, _BATCH):
        feed = subscriptions[first // _BATCH % feeds]
        numbers = range(first, min(first + _BATCH, articles))
        batch = [writer.article(number, NOW - step * (articles - 1 - number)) for number in numbers]
        archive.save_poll(FeedState(url=feed.url, next_due=NOW), batch, NOW)


class Writer:
    """Makes articles; each takes its words and labels from one random stream."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._words = tuple(self._invented(12_000))
        self._weights = tuple(accumulate(1 / (rank + 3) for rank in range(len(self._words))))

    def article(self, number: int, published: datetime | None) -> IncomingArticle:
        """One article; its number is in its guid, address and title."""
        passages = tuple(self.passages(self._random.randint(8, 16)))
        title = f"{self._sentence(7)} {number}"
        return incoming(f"guid-{number}", title, passages, published)

    def passages(self, count: int) -> Iterator[LabelledPassage]:
        """Labelled passages; every tenth or so is a sub-heading."""
        heading = None
        for index in range(count):
            if index and self._random.random() < 0.1:
                heading = self._sentence(4)
                yield passage(index, heading, kind="heading")
                continue
            topics = self._random.choices((*TOPICS, ""), _TOPIC_WEIGHTS, k=self._random.choice((1, 1, 2)))
            chosen = tuple(dict.fromkeys(topic for topic in topics if topic))
            text = " ".join(self._sentence(self._random.randint(9, 22)) + "." for _ in range(3))
            yield passage(index, text, chosen, heading=heading)

    def _sentence(self, words: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=words)).capitalize()

    def _invented(self, count: int) -> Iterator[str]:
        made: set[str] = set()
        while len(made) < count:
            length = self._random.choice((1, 2, 2, 3, 3, 4))
            word = "".join(self._random.choices(_SYLLABLES, cum_weights=_SYLLABLE_WEIGHTS, k=length))
            if word not in made:
                made.add(word)
                yield word


def passage(
    index: int,
    text: str,
    topics: tuple[str, ...] = (),
    *,
    kind: str = "paragraph",
    heading: str | None = None,
    manual: bool = False,
) -> LabelledPassage:
    """A labelled passage; each topic scores 1 and has one word as its reason."""
    return LabelledPassage(
        index=index,
        kind=kind,  # type: ignore[arg-type]
        heading=heading,
        text=text,
        topics=topics,
        scores=dict.fromkeys(topics, 1.0),
        why=tuple(Cue(topic, text.split()[0] if text.split() else topic, 1.0) for topic in topics),
        manual=manual,
    )


def label(topics: tuple[str, ...]) -> Label:
    """A label as that of a `passage` with these topics."""
    return Label(topics, dict.fromkeys(topics, 1.0), tuple((topic, topic, 1.0) for topic in topics))


def incoming(
    guid: str,
    title: str,
    passages: tuple[LabelledPassage, ...],
    published: datetime | None = NOW,
    original: bytes = b"",
) -> IncomingArticle:
    """An article as the fetcher hands it over, with the hash of its words."""
    words = "\n".join([title, *(passage.text for passage in passages)])
    return IncomingArticle(
        guid=guid,
        url=f"https://wire.example/{guid}",
        title=title,
        author="A. Writer",
        published=published,
        passages=passages,
        full_text="feed",
        content_hash=hashlib.sha256(words.encode()).hexdigest(),
        original=original,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Make an archive of invented articles.")
    parser.add_argument("file", type=Path)
    parser.add_argument("articles", type=int)
    asked = parser.parse_args()
    archive = open_archive(asked.file)
    fill(archive, asked.articles)
    archive.close()


if __name__ == "__main__":
    main()

"""The passes over an article: the instant one by words, the deep one with the language model."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from newsdesk.analysis.limit import OutOfTime, limit
from newsdesk.analysis.passages import number
from newsdesk.analysis.reading import Reading, as_parsed, as_read
from newsdesk.analysis.sections import sections
from newsdesk.analysis.tongue import ENGLISH, language_of, name_of
from newsdesk.analysis.topics import Labeller
from newsdesk.models import (
    Analysis,
    ArticleInfo,
    Block,
    Desk,
    Found,
    LabelledPassage,
    Passage,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

Article = tuple[Sequence[Passage | LabelledPassage], ArticleInfo]

NO_INFO: Final = ArticleInfo()
SECONDS: Final = 10.0
"""For the deep pass over one article; what takes longer is labelled by words alone."""
PARSING: Final = 6.0
"""Seconds of them for the parser; what it has not read by then is left out."""
TOGETHER: Final = 8_000
"""Code points of short articles that are parsed together."""

IN_PART: Final = "too large to be read whole: entities and figures of its later parts are missing"
TOO_LONG: Final = f"reading it took longer than {SECONDS:.0f} s: it is labelled by words alone"


def in_another_language(code: str) -> str:
    """What is said of an article that is not in English."""
    return f"in {name_of(code)}: its topics are by words alone, entities and figures are read in English only"


def instant(blocks: Iterable[Block], labeller: Labeller) -> tuple[LabelledPassage, ...]:
    """Blocks to labelled passages, by words alone: milliseconds an article."""
    return labeller.label(number(blocks))


class _Opened(NamedTuple):
    """An article about to be read; nothing of it where its `language` is not English."""

    reading: Reading
    info: ArticleInfo
    language: str


class Deep:
    """The deep pass: loads the language model once (0.3 to 2 s), then reads any number of articles.

    `ready`: whether a model serves; else rules alone do. `notice` says in one line what is wrong with the
    model, "" where nothing is. `stamp`: what its results are made with, analysis version and model.
    """

    def __init__(self, model_name: str, desk: Desk) -> None:
        from newsdesk.analysis import language

        self._language = language.load(model_name)
        self._desk = desk
        self.ready = self._language.model is not None
        self.notice = self._language.reason
        self.stamp = self._language.installed.stamp

    def run(self, passages: Sequence[Passage | LabelledPassage], info: ArticleInfo = NO_INFO) -> Found:
        """What is found in one article. `info`: its title says what it is about, its date resolves days.

        Takes SECONDS at most (in the main thread; alarms reach no other), whatever the text.
        """
        return next(self.run_many([(passages, info)]))

    def run_many(self, articles: Iterable[Article]) -> Iterator[Found]:
        """`run` for each article, in order, short ones parsed together."""
        for group in _groups(articles):
            opened = [_open(passages, info) for passages, info in group]
            for one, docs in zip(opened, self._parsed_together(opened), strict=True):
                yield self._read(one, docs)

    def _parsed_together(self, opened: Sequence[_Opened]) -> list[list[Doc] | None]:
        """The Docs of each article; None for each where they are to be parsed one by one."""
        apart: list[list[Doc] | None] = [None] * len(opened)
        if len(opened) < 2:
            return apart
        try:
            with limit(SECONDS):
                docs = self._language.parse([p for one in opened for p in one.reading.passages])
        except (Exception, OutOfTime):  # the one that is at fault is found when each is parsed alone
            return apart
        if not docs:
            return apart
        rest = iter(docs)
        return [[next(rest) for _ in one.reading.passages] for one in opened]

    def _read(self, opened: _Opened, docs: list[Doc] | None) -> Found:
        """Entities and figures, or why there are none: one bad article never stops the pass."""
        try:
            with limit(SECONDS):
                return self._found(opened, docs)
        except OutOfTime:
            fault = TOO_LONG
        except Exception as error:  # of rules and parser, on a text that nobody thought of
            logging.getLogger(__name__).exception("an article cannot be read: %s", opened.info.url)
            fault = f"it cannot be read ({type(error).__name__}): it is labelled by words alone"
        return Found((), (), opened.language, (*self._notices(), fault))

    def _found(self, opened: _Opened, docs: list[Doc] | None) -> Found:
        from newsdesk.analysis import entities, figures

        reading, info, language = opened
        if language != ENGLISH:
            return Found((), (), language, (in_another_language(language),))
        if docs is None:
            docs = self._language.parse(reading.passages, until=time.monotonic() + PARSING)
        reading = as_parsed(reading, docs)
        named = entities.find(reading.passages, docs, self._desk, info.title)
        if docs:
            counted = figures.find(reading.passages, docs, named, info.published)
        else:
            counted = figures.find_plain(reading.passages)
        return Found(named, counted, language, (*self._notices(), *(() if reading.whole else (IN_PART,))))

    def _notices(self) -> tuple[str, ...]:
        return (self.notice,) if self.notice else ()


def _open(passages: Sequence[Passage | LabelledPassage], info: ArticleInfo) -> _Opened:
    language = language_of(passages, info.language)
    return _Opened(as_read(passages if language == ENGLISH else ()), info, language)


def _groups(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in order, together as far as they hold TOGETHER code points."""
    group: list[Article] = []
    size = 0
    for passages, info in articles:
        length = sum(len(p.text) for p in passages)
        if group and size + length > TOGETHER:
            yield group
            group, size = [], 0
        group.append((passages, info))
        size += length
    if group:
        yield group


def analyze(blocks: Iterable[Block], desk: Desk, deep: Deep, info: ArticleInfo) -> Analysis:
    """Both passes over one article."""
    passages = instant(blocks, Labeller(desk))
    found = deep.run(passages, info)
    return Analysis(
        article=msgspec.structs.replace(info, language=found.language),
        desk=desk.id,
        passages=passages,
        sections=sections(passages, desk),
        entities=found.entities,
        figures=found.figures,
        notices=found.notices,
    )

"""The passes over an article: the instant one by words, the deep one with the language model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from newsdesk.analysis.passages import number
from newsdesk.analysis.reading import as_read
from newsdesk.analysis.sections import sections
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

Article = tuple[Sequence[Passage | LabelledPassage], ArticleInfo]


NO_INFO: Final = ArticleInfo()


def instant(blocks: Iterable[Block], labeller: Labeller) -> tuple[LabelledPassage, ...]:
    """Blocks to labelled passages, by words alone: milliseconds an article."""
    return labeller.label(number(blocks))


class Deep:
    """The deep pass: loads the language model once (0.3 to 2 s), then reads any number of articles.

    `ready`: whether a model serves; else rules alone do, and `notice` says why in one line.
    """

    def __init__(self, model_name: str, desk: Desk) -> None:
        from newsdesk.analysis import language

        self._language = language.load(model_name)
        self._desk = desk
        self.ready = self._language.model is not None
        self.notice = self._language.reason

    def run(self, passages: Sequence[Passage | LabelledPassage], info: ArticleInfo = NO_INFO) -> Found:
        """What is found in one article. `info`: its title says what it is about, its date resolves days."""
        from newsdesk.analysis import entities, figures

        read = as_read(passages)
        docs = self._language.parse(read)
        named = entities.find(read, docs, self._desk, info.title)
        if not docs:
            return Found(named, figures.find_plain(read), notices=self._notices())
        return Found(named, figures.find(read, docs, named, info.published), notices=self._notices())

    def run_many(self, articles: Iterable[Article]) -> Iterator[Found]:
        """`run` for each article, one after the other, in order."""
        for passages, info in articles:
            yield self.run(passages, info)

    def _notices(self) -> tuple[str, ...]:
        return (self.notice,) if self.notice else ()


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

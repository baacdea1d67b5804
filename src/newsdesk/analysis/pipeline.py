"""The passes over an article: the instant one by words, the deep one with the language model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsdesk.analysis.passages import number
from newsdesk.analysis.reading import as_read
from newsdesk.analysis.sections import sections
from newsdesk.analysis.topics import Labeller
from newsdesk.models import (
    Analysis,
    ArticleInfo,
    Block,
    Desk,
    Entity,
    Figure,
    LabelledPassage,
    Passage,
)

Found = tuple[tuple[Entity, ...], tuple[Figure, ...]]


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

    def run(self, passages: Sequence[Passage | LabelledPassage]) -> Found:
        """(entities, figures) of one article."""
        from newsdesk.analysis import entities, figures

        read = as_read(passages)
        docs = self._language.parse(read)
        found = entities.find(read, docs, self._desk)
        if not docs:
            return found, figures.find_plain(read)
        return found, figures.find(read, docs, found)

    def run_many(self, articles: Iterable[Sequence[Passage | LabelledPassage]]) -> Iterator[Found]:
        """`run` for each article, one after the other, in order."""
        for passages in articles:
            yield self.run(passages)


def analyze(blocks: Iterable[Block], desk: Desk, deep: Deep, info: ArticleInfo) -> Analysis:
    """Both passes over one article."""
    passages = instant(blocks, Labeller(desk))
    entities, figures = deep.run(passages)
    return Analysis(
        article=info,
        desk=desk.id,
        passages=passages,
        sections=sections(passages, desk),
        entities=entities,
        figures=figures,
        notices=(deep.notice,) if deep.notice else (),
    )

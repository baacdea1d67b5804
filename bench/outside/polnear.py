"""Who says a figure: the development part of PolNeAR v1 (Newell et al., LREC 2018), 84 articles.

PolNeAR labels attributions: source, cue, content. A figure whose middle stands in the content of one with a
source has that source; the first annotator's labels count. A speaker is right when it shares a word with
a source of the figure, small words apart. PolNeAR labels a pronoun as the source where it stands ("he said"),
newsdesk names whom it means: the second row counts any speaker as right where the source is a pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.outside.common import deep, row

from newsdesk.analysis.passages import number, split_text
from newsdesk.evaluate import Rate
from newsdesk.models import Passage

_SMALL = "a an and as by for her his in its of s that the their to who"
SMALL = frozenset(_SMALL.split())
PRONOUNS = frozenset(("he", "she", "it", "they", "i", "we", "you", "who", "that", "which"))
Range = tuple[int, int]


class Attribution(NamedTuple):
    content: tuple[Range, ...]
    source: str
    """As printed; empty where the article names none."""


def measured(folder: Path) -> Iterator[str]:
    """The rows to print. Raises OSError."""
    strict, lenient = Rate(), Rate()
    figures = sourced = 0
    reader = deep()
    for file in sorted((folder / "text").iterdir()):
        text = file.read_text(encoding="utf-8")
        annotators = sorted((folder / "attributions").glob(f"{file.stem}_*.ann"))
        labels = attributions(annotators[0], text)
        passages = number(split_text(text))
        starts = offsets(text, passages)
        for figure in reader.run(passages).figures:
            middle = starts[figure.passage] + (figure.start + figure.end) // 2
            sources = [one.source for one in labels if one.source and holds(one, middle)]
            figures += 1
            sourced += bool(sources)
            score(figure.asserted_by, sources, strict, lenient)
    yield f"{figures} figures, {sourced} of them with a source"
    yield row("speaker", strict)
    yield row("speaker, pronouns counted as right", lenient)


def score(speaker: str | None, sources: Sequence[str], strict: Rate, lenient: Rate) -> None:
    right = speaker is not None and any(words(speaker) & words(source) for source in sources)
    pronoun = bool(sources) and all(words(source) <= PRONOUNS for source in sources)
    for rate, good in ((strict, right), (lenient, right or (pronoun and speaker is not None))):
        rate.right += good
        rate.extra += not good and speaker is not None
        rate.missed += not good and bool(sources)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", re.sub(r"['’]", " ", text.casefold()).replace(".", ""))) - SMALL


def holds(attribution: Attribution, position: int) -> bool:
    return any(start <= position < end for start, end in attribution.content)


def attributions(file: Path, text: str) -> list[Attribution]:
    """The events of a brat file: https://brat.nlplab.org/standoff.html"""
    spans: dict[str, tuple[Range, ...]] = {}
    events = []
    for line in file.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        label = rest.partition("\t")[0]
        if name.startswith("T"):
            ranges = (one.split() for one in label.partition(" ")[2].split(";"))
            spans[name] = tuple((int(start), int(end)) for start, end in ranges)
        elif name.startswith("E"):
            events.append([part.split(":") for part in label.split()])
    return [
        Attribution(
            tuple(one for role, name in event if role.startswith("Content") for one in spans[name]),
            " ".join(text[a:b] for role, name in event if role.startswith("Source") for a, b in spans[name]),
        )
        for event in events
    ]


def offsets(text: str, passages: Sequence[Passage]) -> list[int]:
    """Where each passage starts in the text; blanks may differ."""
    starts, at = [], 0
    for passage in passages:
        found = re.compile(r"\s+".join(map(re.escape, passage.text.split()))).search(text, at)
        assert found is not None, passage.text
        starts.append(found.start())
        at = found.start()
    return starts

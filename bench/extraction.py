"""newsdesk's extraction of articles from web pages, on pages that others labelled.

    python -m bench.extraction FOLDER

FOLDER is a checkout of https://github.com/scrapinghub/article-extraction-benchmark (MIT; none of it is part
of newsdesk): its ground-truth.json and html/*.html.gz are read. Text is counted as the benchmark's own
evaluate.py counts it: runs of four words, each page weighing the same. Sub-headings and paragraphs: the
headings and `p` of a page that are a line of its truth too, and those that come back as a block of their own.
Prints these, the pages without a block, which extractor won, and the time.
"""

from __future__ import annotations

import gzip
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from lxml import html
from msgspec import Struct
from msgspec.json import decode

from newsdesk.evaluate import Share
from newsdesk.ingest.extract import PageText, page_text
from newsdesk.models import Block

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
RUN = 4
"""Words of a run that is compared."""


class Truth(Struct):
    """A page's label: its article's text, a block a line."""

    articleBody: str
    url: str = ""


class Overlap(NamedTuple):
    """Runs of words that truth and extraction share, that only the one has, only the other."""

    shared: int
    extra: int
    missed: int


class Result(NamedTuple):
    page: PageText
    overlap: Overlap
    headings: Share
    paragraphs: Share


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    started, worked = time.perf_counter(), time.process_time()
    try:
        truths = decode((folder / "ground-truth.json").read_bytes(), type=dict[str, Truth])
        results = [
            measured(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), truth)
            for name, truth in truths.items()
        ]
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; python -m bench.extraction tells more", file=sys.stderr)
        return 1
    report(results)
    print(f"{time.perf_counter() - started:.1f} s, {time.process_time() - worked:.1f} s of processor")
    return 0


def report(results: Sequence[Result]) -> None:
    precision = mean(o.shared / (o.shared + o.extra) for _, o, *_ in results if o.shared + o.extra)
    recall = mean(o.shared / (o.shared + o.missed) for _, o, *_ in results if o.shared + o.missed)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(results)} pages: F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}")
    for name, shares in (
        ("sub-headings", [result.headings for result in results]),
        ("paragraphs", [result.paragraphs for result in results]),
    ):
        right, of = sum(share.right for share in shares), sum(share.of for share in shares)
        print(f"{name}: {right} of {of} ({right / of:.3f})")
    winners = Counter(result.page.by or "none" for result in results)
    walls = sum(bool(result.page.wall) for result in results)
    print(f"empty: {sum(not result.page.blocks for result in results)}; told as walls: {walls}")
    print("extractors:", ", ".join(f"{name} {count}" for name, count in winners.most_common()))


def measured(page: bytes, truth: Truth) -> Result:
    found = page_text(page, truth.url)
    blocks = found.blocks
    lines = {folded(line) for line in truth.articleBody.splitlines()} - {""}
    document = html.fromstring(page)
    headings = texts(document, *HEADINGS) & lines
    paragraphs = (texts(document, "p") & lines) - headings
    return Result(
        found,
        overlap(truth.articleBody, "\n".join(block.text for block in blocks)),
        share(headings, [block for block in blocks if block.kind == "heading"]),
        share(paragraphs, blocks),
    )


def share(wanted: set[str], blocks: Sequence[Block]) -> Share:
    return Share(len(wanted & {folded(block.text) for block in blocks}), len(wanted))


def texts(document: html.HtmlElement, *tags: str) -> set[str]:
    return {folded(" ".join(element.itertext())) for element in document.iter(*tags)}


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def overlap(truth: str, found: str) -> Overlap:
    wanted, got = runs(truth), runs(found)
    return Overlap((wanted & got).total(), (got - wanted).total(), (wanted - got).total())


def runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    spans = (tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)))
    return Counter(span for span in spans if span)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

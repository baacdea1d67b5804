"""A page's own tree beside what the extractor found in it: what it missed comes back.

News pages are made from templates: paragraphs of one article stand in boxes of the same names. A paragraph
that the extractor left out, in a box like those of the paragraphs that it took, belongs to the article; so do
a quotation or a sub-heading that stand among them. Pure, in time that grows with the number of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from newsdesk.ingest.clean import clean_text
from newsdesk.ingest.furniture import points_elsewhere
from newsdesk.models import Block, PassageKind

if TYPE_CHECKING:
    from lxml.etree import _Element

NEAR = 6
"""How many boxes around a quotation or heading are looked at for those of the article."""
SHORTEST = 25
"""Characters of a paragraph that is brought back; shorter ones are labels more often than sentences."""
HEADLINE = 5
"""Words at least of a headline that only points to another article; names and addresses are shorter."""

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_PIECES = ("p", *_HEADINGS)
_SENTENCE_END = (".", "!", "…", "”", '"', "»", ")", "]")
_SILENT = ("script", "style", "noscript", "template", "svg", "button", "select", "textarea")
_DIGITS = re.compile(r"\d+")


class Piece(Struct, frozen=True):
    """A paragraph or sub-heading of the page's tree."""

    kind: PassageKind
    level: int
    text: str
    name: str
    """Its own class."""
    boxes: tuple[int, ...]
    """Marks of the boxes around it, the nearest first; equal names give equal marks."""
    quoted: int
    """At which of `boxes` a quotation around it begins, or -1."""
    linked: bool
    """Whether most of it is a link (of a heading: any of it)."""
    pointer: bool
    """Whether it is nothing but a link, and no sentence: the headline of another article."""


def outline(root: _Element) -> tuple[Piece, ...]:
    """The paragraphs and sub-headings of a page's body in document order."""
    return tuple(_pieces(root))


def _pieces(root: _Element) -> Iterator[Piece]:
    from lxml import etree

    boxes: list[int] = []
    quotes: list[int] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "end":
            boxes.pop()
            if node.tag == "blockquote":
                quotes.pop()
            continue
        if node.tag in _PIECES:
            text = " ".join(clean_text("".join(_shown(node))).split())
            if text:
                quoted = len(boxes) - quotes[-1] if quotes else -1
                yield _piece(node, text, tuple(reversed(boxes[-NEAR:])), quoted)
        if node.tag == "blockquote":
            quotes.append(len(boxes))
        name = _DIGITS.sub("", node.get("class") or "")
        boxes.append(hash((boxes[-1] if boxes else 0, node.tag, name)))


def _shown(node: _Element) -> Iterator[str]:
    """The text of a tag that a browser would show, in its order."""
    from lxml import etree

    silent = 0
    for event, part in etree.iterwalk(node, events=("start", "end", "comment", "pi")):
        if part.tag in _SILENT:
            silent += 1 if event == "start" else -1 if event == "end" else 0
        if event == "start" and not silent:
            yield part.text or ""
        elif event != "start" and not silent and part is not node:
            yield part.tail or ""


def _piece(node: _Element, text: str, boxes: tuple[int, ...], quoted: int) -> Piece:
    links = sum(len("".join(link.itertext()).strip()) for link in node.iter("a"))
    heading = node.tag in _HEADINGS
    inside = any(ancestor.tag == "a" for ancestor in _up(node)) if heading else False
    return Piece(
        kind="heading" if heading else "quote" if quoted >= 0 else "paragraph",
        level=int(node.tag[1]) if heading else 0,
        text=text,
        name=node.get("class") or "",
        boxes=boxes,
        quoted=quoted,
        linked=bool(inside or links) if heading else 2 * links > len(text),
        pointer=not heading and links >= len(text) and _is_headline(text),
    )


def _is_headline(text: str) -> bool:
    return text.count(" ") + 1 >= HEADLINE and not text.endswith(_SENTENCE_END)


def _up(node: _Element) -> Iterator[_Element]:
    for _ in range(NEAR):
        parent = node.getparent()
        if parent is None:
            return
        yield parent
        node = parent


def completed(found: Sequence[tuple[Block, int]], pieces: Sequence[Piece]) -> list[tuple[Block, int]]:
    """The blocks of an article, each with its heading's level, and between them what belongs to it by the
    page's own order."""
    at_text = _positions(found)
    places = [at_text.get(_folded(piece.text), -1) for piece in pieces]
    boxes = _Boxes([piece for piece, at in zip(pieces, places, strict=True) if at >= 0])
    known = "\n".join(_folded(block.text) for block, _ in found)
    last = max((number for number, at in enumerate(places) if at >= 0), default=-1)
    added: dict[int, list[tuple[Block, int]]] = {}
    after = -1
    for number, (piece, at) in enumerate(zip(pieces, places, strict=True)):
        if at >= 0:
            after = max(after, at)
        elif boxes.hold(piece, after >= 0 and number < last) and _folded(piece.text) not in known:
            added.setdefault(after, []).append((Block(piece.kind, piece.text), piece.level))
    pointers = {at for piece, at in zip(pieces, places, strict=True) if piece.pointer}
    complete = list(added.get(-1, ()))
    for at, block in enumerate(found):
        if at not in pointers or at - 1 in pointers or at + 1 in pointers:  # a list of links is a list
            complete.append(block)
        complete.extend(added.get(at, ()))
    return complete


class _Boxes:
    """The boxes that an article's paragraphs stand in."""

    def __init__(self, found: Iterable[Piece]) -> None:
        telling = [piece for piece in found if _tells(piece)]
        self._own = {piece.boxes[0] for piece in telling}
        self._like = {(piece.boxes[0], piece.name) for piece in telling}

    def hold(self, piece: Piece, among: bool) -> bool:
        """Whether a piece that was not found is the article's; `among`: it stands between pieces that are."""
        if piece.linked or not piece.boxes or not self._own:
            return False
        if piece.kind == "paragraph":
            return len(piece.text) >= SHORTEST and (piece.boxes[0], piece.name) in self._like
        if not among:
            return False
        if piece.kind == "quote":
            return any(box in self._own for box in piece.boxes[piece.quoted :])
        return any(box in self._own for box in piece.boxes[:3]) and not points_elsewhere(piece.text)


def _positions(found: Iterable[tuple[Block, int]]) -> dict[str, int]:
    positions: dict[str, int] = {}
    for at, (block, _) in enumerate(found):
        positions.setdefault(_folded(block.text), at)
    return positions


def _folded(text: str) -> str:
    """What is compared: extractors and trees differ in white space."""
    return "".join(text.split()).casefold()


def _tells(piece: Piece) -> bool:
    """Whether a paragraph that was found tells what the article's boxes are."""
    return piece.kind == "paragraph" and bool(piece.boxes) and len(piece.text) > SHORTEST and not piece.linked

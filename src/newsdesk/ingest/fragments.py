"""A piece of HTML, or plain text, as blocks: every word that a browser would show, in its order.

lxml's parser is driven by events, without a tree: a hundred thousand nested tags cost time by their
number and no stack.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from itertools import zip_longest
from threading import Lock

from lxml import etree

from newsdesk.ingest.clean import clean_text, whole_characters
from newsdesk.models import Block, PassageKind

HEADING_LENGTH = 100
"""Characters of a line at most that may be taken for a sub-heading where no tag says so."""
WRAPPED_AT = 100
"""Plain text whose lines are all no longer than this may be hard-wrapped."""

TAGS = 20_000
"""Tags of a fragment at most that are parsed as HTML: libxml2 is quadratic in tags left open."""

HUGE_TAG = 30_000
"""Characters of one tag from which its attributes are counted."""
ATTRIBUTES = 2_000
"""Attributes of one tag, beyond which no tree is made: libxml2 takes time by their square."""
DEPTH = 500
"""Tags within tags, beyond which no tree is made: browsers stop at 512, libxml2 at 256."""

_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9:-]*(?=[\s/>])|!--|!\[CDATA\[)")
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
_HUGE_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{HUGE_TAG},}}+")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|aside|table|ul|ol|dl|blockquote|a|b|i|em|strong|font|center"
    r"|small|big|u|s|"
    r"sub|sup|code|pre|form|figure|header|footer|nav|details|fieldset|label|button)(?=[\s/>])",
    re.IGNORECASE,
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_KINDS: dict[str, PassageKind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    **dict.fromkeys(("li", "dd"), "item"),
    "blockquote": "quote",
}
# fmt: off
_BREAKING = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", *_HEADINGS, "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre",
    "section", "select", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
))
# fmt: on
_CELLS = frozenset(("td", "th"))
_BOLD = frozenset(("b", "strong"))
_SILENT = frozenset(("script", "style", "template", "iframe", "svg", "object", "canvas", "map", "math"))
_SENTENCE_END = (".", "!", "?", ":", ";", ",", "…", '"', "”", "’")


def fragment_blocks(html: str, base: str = "") -> tuple[Block, ...]:
    """The blocks of a feed's HTML, in reading order, cleaned, white space folded.

    Paragraphs, list items, quotations and headings by their tags; two `<br>` in a row part
    paragraphs, and so does a blank line in text without block tags. A short paragraph wholly in bold
    is a heading. Scripts, styles and embedded objects are left out, all other text is kept. Text without
    any tag is plain text: see `plain_blocks`. Blocks hold no addresses, so `base` (the address that
    relative ones start from) changes nothing in them.
    """
    if _TAG.search(html) is None:
        return plain_blocks(unescape(html))
    # A second CDATA layer is a comment to an HTML parser, and would be lost.
    text = whole_characters(html).replace("\0", "").replace("<![CDATA[", "").replace("]]>", "")
    if text.count("<") > TAGS or is_tangled(text):
        return plain_blocks(unescape(without_tags(text)))
    parser, walk = _parser()
    with _PARSING:
        walk.begin()
        etree.HTML(text.encode() or b" ", parser)
        return tuple(walk.blocks)


_PARSING = Lock()


@cache
def _parser() -> tuple[etree.HTMLParser, _Walk]:
    """One parser and its target for all fragments: making one costs as much as reading a paragraph."""
    walk = _Walk()
    return etree.HTMLParser(target=walk, encoding="utf-8", huge_tree=True), walk


def is_tangled(html: str) -> bool:
    """Whether a parser of trees would take time by more than the length of `html`: tags nested too deep, or
    one with thousands of attributes."""
    if len(html) > HUGE_TAG and any(_attributes(tag[0]) > ATTRIBUTES for tag in _HUGE_TAG.finditer(html)):
        return True
    return html.count("<") > DEPTH and depth(html) > DEPTH


def _attributes(tag: str) -> int:
    """About how many attributes a tag has; a long one may well be a single value."""
    return len(_QUOTED.sub("", tag).split())


def depth(html: str) -> int:
    """How deep tags are nested at most, those left out that close by themselves."""
    open_now = deepest = 0
    for tag in _NESTING.finditer(html):
        open_now += -1 if tag[1] else 1
        deepest = max(deepest, open_now)
        open_now = max(open_now, 0)
    return deepest


def without_tags(html: str) -> str:
    """The text of `html` with a line break for each block tag; takes time by its length only."""
    parts: list[str] = []
    at, silent = 0, ""
    for tag in _ANY_TAG.finditer(html):
        name = tag[2].lower()
        if not silent:
            parts.append(html[at : tag.start()])
            parts.append("\n" if name in _BREAKING or name == "br" else "")
        if not silent and not tag[1] and name in _SILENT:
            silent = name
        elif tag[1] and name == silent:
            silent = ""
        at = tag.end()
    return "".join((*parts, "" if silent else html[at:]))


def plain_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of plain text: a paragraph a line, or a paragraph a group of lines where the text is
    hard-wrapped. A short line without a full stop before a long one is a heading."""
    lines: list[str] = []
    for group in re.split(r"\n[^\S\n]*\n", clean_text(text)):
        folded = [line for line in (" ".join(line.split()) for line in group.split("\n")) if line]
        lines.extend([" ".join(folded)] if _is_wrapped(folded) else folded)
    return tuple(
        Block("heading" if _heads(line, after) else "paragraph", line)
        for line, after in zip_longest(lines, lines[1:], fillvalue="")
    )


def _is_wrapped(lines: list[str]) -> bool:
    inner = lines[:-1]
    if not inner or max(map(len, lines)) > WRAPPED_AT or min(map(len, inner)) < WRAPPED_AT // 2:
        return False
    return sum(line.endswith(_SENTENCE_END) for line in inner) <= len(inner) / 2


def _heads(line: str, after: str) -> bool:
    """Whether a line without mark-up is a sub-heading of the line after it."""
    return _may_head(line) and len(after) > HEADING_LENGTH and after.endswith(_SENTENCE_END)


def _may_head(line: str) -> bool:
    return (
        len(line) <= HEADING_LENGTH
        and line[0].isupper()
        and not line.endswith(_SENTENCE_END)
        and not line.startswith("By ")
    )


class _Walk:
    """The target of an HTML parser: gathers blocks in document order."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget what was read before."""
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._kinds: list[tuple[str, PassageKind]] = []
        self._silent = 0
        self._bold = 0
        self._preformatted = 0
        self._breaks = 0
        self._filled = False
        """Whether the block under way has a word yet."""
        self._lean = 0
        """Characters of the block under way that are not bold."""
        self._has_blocks = False

    # ------------------------------------------------------------------ the parser's events

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._break()
        elif tag in _CELLS:
            if self._filled:
                self._parts.append(" | ")
        elif tag in _BREAKING:
            self._flush()
            self._has_blocks = self._has_blocks or tag not in ("html", "body")
            if tag in _KINDS:
                self._kinds.append((tag, _KINDS[tag]))
        self._bold += tag in _BOLD
        self._preformatted += tag == "pre"

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKING:
            self._flush()
            if self._kinds and self._kinds[-1][0] == tag:
                self._kinds.pop()
        self._bold = max(0, self._bold - (tag in _BOLD))
        self._preformatted = max(0, self._preformatted - (tag == "pre"))

    def data(self, text: str) -> None:
        if self._silent:
            return
        if not text.isspace():
            self._breaks = 0
            self._filled = True
        self._parts.append(text)
        if not self._bold:
            self._lean += len(text.strip())

    def comment(self, text: str) -> None:
        """Comments are not shown."""

    def close(self) -> None:
        self._flush()

    # ------------------------------------------------------------------ blocks

    def _break(self) -> None:
        self._breaks += 1
        if self._breaks > 1:
            self._flush()
        else:
            self._parts.append("\n")

    def _flush(self) -> None:
        """End the block under way, if there is one."""
        if not self._parts:
            self._lean = self._breaks = 0
            return
        raw, lean = "".join(self._parts), self._lean
        self._parts.clear()
        self._lean = self._breaks = 0
        self._filled = False
        if not raw or raw.isspace():
            return
        kind = self._kinds[-1][1] if self._kinds else "paragraph"
        splits = self._preformatted or not self._has_blocks
        for piece in re.split(r"\n[^\S\n]*\n", raw) if splits else (raw,):
            text = " ".join(clean_text(piece).split())
            if text:
                bold = not lean and kind == "paragraph" and _may_head(text)
                self.blocks.append(Block("heading" if bold else kind, text))

"""What stands within an article's page and is no part of the article: captions, share lines, invitations to
subscribe, pointers to other articles.

Two looks: at the page's tree, by what boxes are called, before the text is taken out; at short blocks of the
text, by how they begin, after. Both would rather leave something in: what is dropped here is stored nowhere
but in the page's original. Bylines, credits and notices stay: the analysis marks them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from newsdesk.models import Block

if TYPE_CHECKING:
    from lxml.etree import _Element

LENGTH = 220
"""Characters of a block at most that may be furniture by its words."""
EXAMINED = 300
"""Boxes of telling names at most that are weighed in one page."""

_POINTER = (
    r"related(?: (?:stor(?:y|ies)|articles?|links?|news|posts?|content|coverage|video))?|"
    r"read (?:more|next|also)|see (?:also|more)|also (?:read|see)|don['’]t miss|"
    r"more(?: (?:stories|news|coverage))?|recommended|watch|"
    r"explore further|lesen sie (?:auch|mehr|dazu)|mehr (?:zum thema|dazu)|auch interessant|siehe auch|"
    r"lire aussi|à lire(?: aussi)?|voir aussi|lea también|leer más|te puede interesar|ver también|"
    r"leia (?:mais|também)|veja também|leggi anche|lees ook|читайте также|смотрите также|اقرأ (?:أيضا|أيضًا)"
)
_MEDIA = r"(?:facebook|twitter|x|instagram|youtube|telegram|whatsapp|tiktok|linkedin|threads|bluesky)"
_LINES = re.compile(
    r"(?:"
    # Pointers to other articles: the word, and a colon or nothing behind it.
    rf"\W*(?:{_POINTER})\s*(?:[:|»>–—-]+\s.*|\W*)"
    r"|also on \S+\.\w{2,6} .*"
    # Headings of boxes that stand behind an article.
    r"|(?:top stories|partner news|most (?:read|popular|viewed)|trending(?: now)?|popular on .{1,40}|"
    r"comments?|\d+ comments?|tags|topics|share|print article|order reprints|"
    r"kommentare|commentaires|comentarios)\W*"
    r"|you (?:may|might) also like\W*"
    # Invitations.
    r"|(?:click|tap) here to (?:subscribe|sign up|join|follow)\b.*"
    r"|(?:click here to )?get (?:the|our) [^.]{1,40}\bapp\b\W*"
    r"|get \S+(?: \S+){0,3} on the go by clicking here\W*"
    r"|click to tweet\W*|this slideshow requires javascript\W*"
    r"|(?:subscribe|sign up) (?:to|for|on|now|today|here)\b[^.!?]*\b(?:newsletters?|inbox|channel|"
    r"updates?|alerts?|youtube|daily)\b[^.!?]*[.!?:]?"
    r"|get [^.!?]{1,80}\b(?:in|to|into) your (?:inbox|e-?mail)\b.*"
    rf"|(?:follow|find|like|join|reach) (?:us|[@\w.’' -]{{2,50}}) on {_MEDIA}\b[^.!?]*[.!?]?"
    r"|follow (?:us|@\w+)\W*"
    r"|like this (?:story|article)\? share .*|share this (?:story|article|post|page)\b.*"
    r"|have a (?:tip|story)\? .*"
    r"|(?:folgen sie uns|suivez-nous|síguenos|siga-nos|seguici)\b.*"
    r"|(?:jetzt )?(?:unseren )?newsletter (?:abonnieren|bestellen)\b.*|abonnez-vous\b.*|suscríbete\b.*"
    r"|an error (?:has )?occurred, please try again(?: later)?\W*|this article has been sent to\W*"
    r")",
    re.IGNORECASE,
)

_BESIDE = re.compile(
    r"(?:related|recommended|most (?:read|popular)|more (?:in|from|on|like|about)|latest|newsletter|"
    r"sign up|subscribe|share|follow|search|advertisement|sponsored|about the author|recent(?:ly)?\b)",
    re.IGNORECASE,
)

# Whole parts of a class or id, as people name boxes: `article-share`, `newsletter_signup`, `wp-caption-text`.
_BOX = re.compile(
    r"(?:^|[\s_-])(?:figcaption|wp-caption-text|image-caption|photo-caption|caption-text|media-caption|"
    r"img-caption|picture-caption|photo-credit|image-credit|"
    r"newsletter|newsletters|newsletter-?(?:signup|box|promo|widget)|nl-signup|email-signup|"
    r"share-?(?:bar|buttons?|tools|links|icons|widget)|social-?(?:share|sharing|links|icons|buttons|media-links)|"
    r"sharing|sharedaddy|addtoany|addthis|"
    r"read-?more|readmore|see-?also|related-?(?:articles?|posts?|stories|links|content|news)|"
    r"recirc|recirculation|outbrain|taboola|trending|most-?(?:read|popular)|"
    r"cookie-?(?:banner|notice|consent|bar)|advert|advertisement|sponsored)(?=$|[\s_-])",
    re.IGNORECASE,
)
_BOXES = frozenset(("div", "section", "aside", "ul", "ol", "span", "p", "form", "small"))
_WHOLE = 0.4
"""A box with more than this share of a page's paragraph text is the article, whatever it is called."""


def prune(root: _Element) -> None:
    """Take captions, share lines, newsletter and see-also boxes out of a page's tree, in place."""
    whole = sum(map(_length, root.iter("p"))) or 1
    named = (node for node in list(root.iter(*_BOXES)) if _is_named(node))
    for node in (*root.iter("figcaption"), *islice(named, EXAMINED)):
        if sum(map(_length, node.iter("p"))) <= _WHOLE * whole:
            _drop(node)


def points_elsewhere(heading: str) -> bool:
    """Whether a heading is one of a box with other articles or with invitations."""
    return _LINES.fullmatch(heading) is not None or _BESIDE.match(heading) is not None


def is_furniture(text: str) -> bool:
    """Whether a block of a page is furniture by its words alone."""
    return len(text) <= LENGTH and _LINES.fullmatch(text) is not None


def without_furniture(found: Sequence[tuple[Block, int]]) -> list[tuple[Block, int]]:
    """The blocks that are the article's own; one that stands twice in a row stands once."""
    kept: list[tuple[Block, int]] = []
    for block, level in found:
        if not is_furniture(block.text) and (not kept or kept[-1][0] != block):
            kept.append((block, level))
    return kept


def _length(node: _Element) -> int:
    return sum(map(len, node.itertext()))


def _is_named(node: _Element) -> bool:
    return any(_BOX.search(name) for name in (node.get("class"), node.get("id")) if name)


def _drop(node: _Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    before, tail = node.getprevious(), node.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(node)

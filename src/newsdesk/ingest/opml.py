"""Subscription lists as OPML: read from any reader's export, written for any reader's import.

An OPML file is outside text: no entity is expanded, no address is opened, depth and length are bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml import etree

from newsdesk.errors import InputError
from newsdesk.ingest.clean import clean_line, clean_url
from newsdesk.models import Feed, SubscriptionList

BYTES: Final = 10_000_000
OUTLINES: Final = 5_000
"""Outlines of a file that are read; nobody follows more, and a hostile file has no end."""
DEPTH: Final = 20


def read(data: bytes, name: str) -> SubscriptionList:
    """The feeds of an OPML document, in its order; folders and `category` become tags.

    A feed that stands in two folders is one feed with both tags. `name` is the file's, for errors.
    Raises InputError where it is no OPML.
    """
    if len(data) > BYTES:
        raise InputError(f"{name}: is larger than {BYTES // 1_000_000} MB", "an OPML file is wanted")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except etree.XMLSyntaxError:
        root = None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise InputError(f"{name}: is no OPML file", "export the subscriptions of your reader as OPML")
    found: dict[str, Feed] = {}
    skipped: list[str] = []
    walk: list[tuple[etree._Element, tuple[str, ...]]] = [(node, ()) for node in reversed(_outlines(root))]
    seen = 0
    while walk:
        node, folders = walk.pop()
        seen += 1
        if seen > OUTLINES:
            skipped.append(f"everything after the first {OUTLINES:,} outlines")
            break
        attributes = {str(key).lower(): str(value) for key, value in node.attrib.items()}
        label = clean_line(attributes.get("text") or attributes.get("title") or "")
        if "xmlurl" in attributes:
            _take(attributes, label, folders, found, skipped)
            continue
        inside = (*folders, label) if label else folders
        if len(inside) > DEPTH:
            skipped.append(f"{label}: folders more than {DEPTH} deep")
            continue
        walk.extend((child, inside) for child in reversed(node.findall("outline")))
    return SubscriptionList(tuple(found.values()), tuple(skipped))


def write(feeds: Sequence[Feed], title: str) -> bytes:
    """An OPML 2.0 document: a folder for each first tag, further tags in `category`."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for feed in feeds:
        parent = body
        if feed.tags:
            tag = feed.tags[0]
            if tag not in folders:
                folders[tag] = etree.SubElement(body, "outline", text=tag, title=tag)
            parent = folders[tag]
        shown = feed.title or feed.url
        outline = etree.SubElement(parent, "outline", type="rss", text=shown, title=shown, xmlUrl=feed.url)
        if len(feed.tags) > 1:
            outline.set("category", ",".join(feed.tags[1:]))
    document: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return document


def _outlines(root: etree._Element) -> list[etree._Element]:
    body = root.find("body")
    return [] if body is None else body.findall("outline")


def _take(
    attributes: dict[str, str],
    label: str,
    folders: tuple[str, ...],
    found: dict[str, Feed],
    skipped: list[str],
) -> None:
    url = clean_url(attributes["xmlurl"].strip())
    if not url:
        shown = clean_line(attributes["xmlurl"], 80)
        skipped.append(f"{shown or label}: not an http or https address")
        return
    categories = (clean_line(part).strip("/ ") for part in attributes.get("category", "").split(","))
    tags = tuple(dict.fromkeys(tag for tag in (*folders, *categories) if tag))
    before = found.get(url)
    if before is None:
        found[url] = Feed(url=url, title="" if label == url else label, tags=tags)
    else:
        found[url] = Feed(url=url, title=before.title or label, tags=tuple(dict.fromkeys(before.tags + tags)))

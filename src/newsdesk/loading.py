"""One article from outside the archive: a file, an address, or text in hand, as blocks."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from msgspec import Struct

from newsdesk.errors import InputError
from newsdesk.models import ArticleInfo, Block, Limits

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SIGNATURES = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF")
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\b\x1b")


class Loaded(Struct, frozen=True):
    """An article's blocks, and what is known of it."""

    blocks: tuple[Block, ...]
    info: ArticleInfo


def is_address(source: str) -> bool:
    """Whether a command line's FILE|URL is a URL."""
    return re.match(r"https?://", source, re.IGNORECASE) is not None


async def load(source: str, limits: Limits, user_agent: str) -> Loaded:
    """FILE (plain text or HTML) or URL. Raises InputError that names it and the way out."""
    if is_address(source):
        return await _from_address(source, limits, user_agent)
    data = read_file(Path(source), limits.page_bytes)
    return await from_bytes(data, source, limits)


def read_file(file: Path, most: int) -> bytes:
    """The file's bytes, at most `most`. Raises InputError."""
    try:
        if file.is_dir():
            raise InputError(f"{file}: is a folder", "name a file")
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except FileNotFoundError:
        raise InputError(f"{file}: no such file", "give a FILE, a URL, or - for standard input") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > most:
        raise InputError(
            f"{file}: is larger than {most // 1_000_000} MB", "newsdesk reads articles, not archives"
        )
    return data


async def from_bytes(data: bytes, name: str, limits: Limits, url: str | None = None) -> Loaded:
    """Plain text or HTML, told apart by its bytes. Raises InputError naming `name`."""
    if not data.strip():
        raise InputError(f"{name}: is empty", "give an article as plain text or HTML")
    if _is_binary(data):
        raise InputError(f"{name}: is binary, not text", "give an article as plain text or HTML")
    from newsdesk.ingest import extract

    if extract.is_html(data):
        return await _from_html(data, name, limits, url)
    return from_text(_decoded(data, name), url=url)


def from_text(text: str, title: str | None = None, url: str | None = None) -> Loaded:
    """Text in hand, cleaned; markup is read as markup."""
    from newsdesk.analysis.passages import split_text
    from newsdesk.ingest import clean, extract

    head = text[:4096].encode("utf-8", "replace")
    if extract.is_html(head):
        blocks = extract.fragment_blocks(text, url or "")
    else:
        blocks = split_text(clean.clean_text(text))
    return Loaded(blocks, ArticleInfo(title=clean.clean_line(title) if title else None, url=url))


async def _from_address(url: str, limits: Limits, user_agent: str) -> Loaded:
    from newsdesk.ingest.retrieve import Retriever

    async with Retriever(limits, user_agent) as retriever:
        # Who types an address means it, on this machine too; a redirect elsewhere gets no such trust.
        page = await retriever.get(url, accept="page", allow_private=True, cap=limits.page_bytes)
    if page.error:
        raise InputError(f"{url}: {page.error}")
    return await from_bytes(page.body, url, limits, page.final_url)


async def _from_html(data: bytes, name: str, limits: Limits, url: str | None) -> Loaded:
    from newsdesk.ingest import extract
    from newsdesk.update.workers import WorkerFailed, Workers

    with Workers(1) as workers:
        try:
            blocks = await workers.run(limits.page_seconds * 4, extract.page_blocks, data, url or "")
            title = await workers.run(limits.page_seconds, extract.page_title, data)
        except WorkerFailed as failed:
            raise InputError(f"{name}: {failed.message}", "save the article's text and give that") from None
    if not blocks:
        raise InputError(f"{name}: no article text found in it", "save the article's text and give that")
    return Loaded(blocks, ArticleInfo(title=title or None, url=url))


def _is_binary(data: bytes) -> bool:
    """By signature, or by control bytes that no text has."""
    if data.startswith(_SIGNATURES):
        return True
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    head = data[:8192]
    odd = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    return b"\x00" in head or odd > len(head) // 50


def _decoded(data: bytes, name: str) -> str:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: is not UTF-8 text (byte {error.start})", f"convert it: iconv -f latin1 -t utf-8 {name}"
        ) from None

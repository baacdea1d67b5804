"""Text from outside, made harmless: everything that `ingest` hands on went through here once.

A terminal acts on control sequences, and a reader is misled by text that runs the other way or
hides characters. What could do either is removed; every other character stays as it came, so
that stored text equals printed text (no Unicode normalisation, no folding in `clean_text`).

The order matters: whole control sequences go first, single control characters last. The other way
round, `ESC ] 52 ; c ; …` would lose its ESC and leave its payload as text.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

MARKS_PER_BASE = 8
"""Zero-width characters kept after one visible character; no script needs as many."""
TITLE_LENGTH = 1_000
URL_LENGTH = 8_192

_FLAG = "\U0001f3f4"
_SURROGATE = re.compile("[\ud800-\udfff]")

# Fast path: a text in which neither is found is returned as it is. The second part of _SUSPECT finds
# long runs of characters that are neither letters, digits, blanks nor ASCII: stacked marks are among them.
_ASCII_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
    rf"|[^\x00-\x7f\w\s]{{{MARKS_PER_BASE + 1},}}"
)

# What `clean_url` returns as it is: most addresses are so, and taking one apart costs fifty times as much.
_PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*(?::[1-9]\d{1,3})?"
    r"/[a-zA-Z0-9/._~+=-]*(?:\?[a-zA-Z0-9/._~+=&-]+)?"
)

# ECMA-48 control sequences. The 8-bit openers double as UTF-8 continuation bytes: text decoded with the
# wrong charset has them after a byte of 0x80-0xF4 ("â\x80\x9d" is a quotation mark), and there they open
# nothing. A string that is never closed takes only the unbroken run behind it, or it would eat the text.
_BYTE_BEFORE = r"(?<![\x80-\x9b\x9d-\xf4])"
_END = r"(?:\x07|\x1b\\|\x9c)"
_SEQUENCE = re.compile(
    rf"\x1b[\]PX^_k][^\x07\x18\x1a\x1b\x9c]*{_END}"  # OSC, DCS, SOS, PM, APC, and the title string of screen
    rf"|{_BYTE_BEFORE}[\x90\x98\x9d-\x9f][^\n\x07\x18\x1a\x1b\x80-\x9f]*{_END}"  # the same with 8-bit openers
    r"|\x1b[\]PX^_][^\s\x07\x18\x1a\x1b\x9c]*"  # the same, never closed
    rf"|(?:\x1b\[|{_BYTE_BEFORE}\x9b)[0-?]*[ -/]*[@-~]?"  # CSI
    r"|\x1b[ -/]*[0-~]?"  # ESC x
)
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_UNSEEN = re.compile(
    f"({_FLAG}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{2,6}}\U000e007f)"  # flag of Scotland and its like
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_STACK = re.compile(rf"[^\x00-\x7f\w\s]{{{MARKS_PER_BASE + 1},}}")
_ISOLATE = re.compile("[\u2066-\u2069\n]")
_POP_ISOLATE = "\u2069"


def clean_text(text: str) -> str:
    """`text` without what a terminal would act on or a reader could not see; line breaks become `\\n`.

    Removed: control sequences and characters (but `\\n`, `\\t`), bidirectional overrides and
    embeddings, isolates without a partner in their line, zero-width spaces, soft hyphens, tag
    characters outside of flags, zero-width characters beyond eight on one base. Lone surrogates become
    U+FFFD. Zero-width joiners, right-to-left scripts and emoji stay. Cleaning twice changes nothing.
    """
    if text.isascii():
        if text.isprintable() or _ASCII_SUSPECT.search(text) is None:
            return text
    elif _SUSPECT.search(text) is None:
        return text
    text = _SEQUENCE.sub("", whole_characters(text))
    text = _LINE_BREAK.sub("\n", text)
    text = _UNSEEN.sub(lambda found: found[1] or "", text)
    text = _STACK.sub(_unstacked, text)
    return _balanced(text)


def whole_characters(text: str) -> str:
    """`text` without surrogates, so that it can be encoded: two halves that stand together become the
    character that they are, half a character becomes U+FFFD."""
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_line(text: str, limit: int = TITLE_LENGTH) -> str:
    """`text` cleaned, on one line, white space folded, at most `limit` characters (then it ends in `…`)."""
    line = " ".join(clean_text(text).split())
    if len(line) <= limit:
        return line
    # The cut may part an isolate or a flag: clean what is left.
    return clean_text(line[: limit - 1].rstrip() + "…")


def clean_url(url: str, base: str | None = None, *, allow_file: bool = False) -> str:
    """`url` as an absolute http or https address in plain ASCII, or `""` where it is none.

    A relative address is resolved against `base`. With `allow_file`, `file:` addresses of this
    machine pass too. Blanks and other characters outside the rules are percent-encoded; addresses
    with line breaks, without a host, or longer than 8,192 characters are refused.
    """
    if _PLAIN_ADDRESS.fullmatch(url) is not None and len(url) <= URL_LENGTH:
        return url
    text = clean_text(url).strip()
    if not text or len(text) > URL_LENGTH or re.search(r"[\n\t]", text):
        return ""
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        host, port = parts.hostname or "", parts.port
        address = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:
        return ""
    path = quote(parts.path, safe="/:@!$&'()*+,;=~%")
    if parts.scheme == "file":
        return f"file://{path}" if allow_file and host in ("", "localhost") and path else ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", address):
        return ""
    if "\\" in parts.netloc:  # browsers and urllib disagree on where such a host ends
        return ""
    user, at, _ = parts.netloc.rpartition("@")
    netloc = quote(user, safe=":!$&'()*+,;=~%") + at
    netloc += f"[{address}]" if ":" in address else address
    netloc += "" if port is None else f":{port}"
    rest = "/:@!$&'()*+,;=~%?[]|"
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, rest), quote(parts.fragment, rest)))


def _unstacked(run: re.Match[str]) -> str:
    """The run with at most MARKS_PER_BASE zero-width characters after each visible one."""
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 0
        if marks <= MARKS_PER_BASE:
            kept.append(character)
    return "".join(kept)


def _balanced(text: str) -> str:
    """`text` without the isolates that are not opened and closed in the same line."""
    unpaired: set[int] = set()
    opened: list[int] = []
    for found in _ISOLATE.finditer(text):
        if found[0] == "\n":
            unpaired.update(opened)
            opened.clear()
        elif found[0] != _POP_ISOLATE:
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            unpaired.add(found.start())
    unpaired.update(opened)
    if not unpaired:
        return text
    return "".join(character for at, character in enumerate(text) if at not in unpaired)

"""A response's body as it comes in, decompressed under a cap: a gzip bomb stops at the cap, not after it."""

from __future__ import annotations

import zlib

ENCODINGS = "gzip, deflate"
"""What may be asked for: nothing else is decompressed, as nothing else can be bounded here."""


RATIO = 100
FREE = 1_000_000
"""A body that unpacks to more than RATIO times what came is a bomb, from FREE bytes on: text packs ten times
smaller, the most repetitive feed some fifty."""


class BodyError(Exception):
    """The body cannot be taken; the message is one line for a person."""


class Body:
    """Takes the raw chunks of one response and keeps at most `cap` decompressed bytes.

    Raises BodyError for an encoding that was not asked for, for a body larger than `cap`, and for one
    that is damaged or ends early.
    """

    def __init__(self, encoding: str, cap: int) -> None:
        self._cap = cap
        self._data = bytearray()
        self._encoding = encoding.strip().lower().removeprefix("x-")
        if self._encoding not in ("", "identity", "gzip", "deflate"):
            raise BodyError(f"the body is packed in a way that was not asked for ({encoding[:40]!r})")
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16) if self._encoding == "gzip" else None
        self.received = 0
        """Bytes that came over the wire."""

    def add(self, chunk: bytes) -> None:
        """Take the next raw chunk."""
        self.received += len(chunk)
        if self._encoding in ("", "identity"):
            self._keep(chunk)
            return
        if self._inflate is None:
            self._inflate = _deflate(chunk)
        while chunk:
            try:
                self._keep(self._inflate.decompress(chunk, self._most()))
            except zlib.error as error:
                raise BodyError("the body is damaged: it is not the gzip or deflate data it says") from error
            chunk = self._inflate.unconsumed_tail
            if self._inflate.eof:
                chunk = self._inflate.unused_data
                if self._encoding != "gzip" or not chunk.startswith(b"\x1f\x8b"):
                    return  # padding behind the end
                self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def finish(self) -> bytes:
        """The whole body."""
        if self._inflate is not None and not self._inflate.eof:
            raise BodyError("the body ended early")
        return bytes(self._data)

    def _most(self) -> int:
        """Bytes to unpack at once: one more than may be kept, few enough for the check of the ratio."""
        return min(self._cap + 1 - len(self._data), FREE)

    def _keep(self, data: bytes) -> None:
        self._data += data
        if len(self._data) > self._cap:
            raise BodyError(f"the body is larger than {_size(self._cap)}")
        if len(self._data) > FREE and len(self._data) > RATIO * self.received:
            raise BodyError(f"the body unpacks to more than {RATIO} times its size")


def _deflate(start: bytes) -> zlib._Decompress:
    """Both things that servers send as deflate: zlib's format, and the bare stream."""
    # RFC 1950: the low four bits of the first byte are 8, and the first two bytes divide by 31.
    is_zlib = start[0] & 0x0F == 8 and (len(start) < 2 or (start[0] << 8 | start[1]) % 31 == 0)
    return zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _size(count: int) -> str:
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if count >= unit:
            return f"{count / unit:g} {name}"
    return f"{count} bytes"

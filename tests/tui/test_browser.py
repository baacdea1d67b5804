"""What may go to a browser, and how it gets there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from newsdesk.errors import UsageError
from newsdesk.tui import browser


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "javascript:alert(1)", "-h", "ftp://x.example/"])
def test_only_web_addresses_are_opened(url: str) -> None:
    with pytest.raises(UsageError):
        browser.checked(url)


async def test_the_address_arrives_as_one_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    got = tmp_path / "got"
    program = tmp_path / "browser"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(got)!r}, 'w').write('\\n'.join(sys.argv[1:]))\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{program} %s")
    url = "https://wire.example/a?b=$(touch%20x)&c=`id`;d"
    assert await browser.open_page(url)
    assert got.read_text() == url

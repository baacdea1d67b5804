"""`analyze --jsonl -`: a line in, a line out."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cli.program import RULES_ONLY, Cli, Done
from newsdesk.cli.jsonl import LINE_BYTES

TEXT = "Hezbollah militants in Lebanon launched rockets at northern Israel."


@pytest.fixture
def quick(cli: Cli) -> Cli:
    cli.configure(RULES_ONLY)
    return cli


def lines(*items: Any) -> bytes:
    return b"".join(msgspec.json.encode(item) + b"\n" for item in items)


def objects(done: Done) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line, type=dict[str, Any]) for line in done.lines]


def test_an_object_a_line_with_its_id(quick: Cli) -> None:
    done = quick(
        "analyze", "--jsonl", "-",
        stdin=lines({"id": "a", "title": "One", "text": TEXT}, {"id": 2, "text": f"{TEXT}\n\nTwo."}),
    )  # fmt: skip
    assert done.status == 0
    first, second = objects(done)
    assert (first["id"], first["article"]["title"], len(first["passages"])) == ("a", "One", 1)
    assert (second["id"], second["article"]["title"], len(second["passages"])) == (2, None, 2)
    assert first["schema"] == "newsdesk/analysis/1"
    assert first["passages"][0]["text"] == TEXT


@pytest.mark.parametrize("id", ['"x\\u00e9"', "12345678901234567890123", "1.50", "null", '["a",{"b":1}]'])
def test_ids_come_back_as_they_were_written(quick: Cli, id: str) -> None:
    line = f'{{"text":"{TEXT}","id":{id}}}\n'.encode()
    assert quick("analyze", "--jsonl", "-", stdin=line).out.startswith(f'{{"id":{id},')


def test_a_line_without_id_or_newline(quick: Cli) -> None:
    done = quick("analyze", "--jsonl", "-", stdin=f'{{"text":"{TEXT}"}}'.encode())
    assert [one["id"] for one in objects(done)] == [None]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b"not json\n", "not JSON"),
        (b'{"id": 1}\n', "text"),
        (b'{"id": 1, "text": 5}\n', "text"),
        (b"[1]\n", "id, title, text"),
        (b'{"text": "\xff"}\n', "UTF-8"),
        (b'{"id": 1, "text": "cut of', "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_done(quick: Cli, bad: bytes, words: str) -> None:
    good = lines({"id": "before", "text": TEXT})
    tail = lines({"id": "after", "text": TEXT}) if bad.endswith(b"\n") else b""
    done = quick("analyze", "--jsonl", "-", stdin=good + b"\n" + bad + tail)
    assert done.status == 1
    assert [one["id"] for one in objects(done)] == (["before", "after"] if tail else ["before"])
    errors = [line for line in done.err.splitlines() if "line" in line]
    assert len(errors) == 1
    assert errors[0].startswith("newsdesk: standard input, line 3: ")
    assert words in errors[0]


def test_an_oversized_line_is_skipped_whole(quick: Cli) -> None:
    large = b'{"id": "large", "text": "' + b"x" * (2 * LINE_BYTES) + b'"}\n'
    done = quick("analyze", "--jsonl", "-", stdin=large + lines({"id": "small", "text": TEXT}))
    assert done.status == 1
    assert [one["id"] for one in objects(done)] == ["small"]
    assert "line 1: longer than 20 MB" in done.err


def test_the_missing_model_is_told_once(quick: Cli) -> None:
    done = quick("analyze", "--jsonl", "-", stdin=lines(*[{"id": n, "text": TEXT} for n in range(3)]))
    assert len(done.lines) == 3
    assert done.err.count("\n") == 1


def test_nothing_in_nothing_out(quick: Cli) -> None:
    done = quick("analyze", "--jsonl", "-", stdin=b"\n\n")
    assert (done.status, done.out, done.err) == (0, "", "")


def test_only_standard_input(quick: Cli) -> None:
    quick("analyze", "--jsonl", "articles.jsonl").refused("newsdesk analyze --jsonl - < FILE")

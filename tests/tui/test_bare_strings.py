"""No widget gets a bare string that could hold text from outside: only `Content`, or a plain literal."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsdesk.tui

SOURCE = Path(newsdesk.tui.__file__).parent
SINKS = {"Static", "Label", "Option", "notify", "update", "append_text", "from_markup", "add_row", "Hit"}
"""Calls whose first positional argument Textual would read as markup, were it a str."""
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}


def suspicious(value: ast.expr) -> bool:
    """A str built from values: an f-string, `%`, `+` or `.format`/`.join` of strings, or `str(...)`."""
    if isinstance(value, ast.JoinedStr):
        return True
    if isinstance(value, ast.BinOp):
        return suspicious(value.left) or suspicious(value.right) or _is_text(value.left)
    if isinstance(value, ast.IfExp):
        return suspicious(value.body) or suspicious(value.orelse)
    if isinstance(value, ast.Call):
        function = value.func
        if isinstance(function, ast.Name):
            return function.id in ("str", "repr")
        if isinstance(function, ast.Attribute):
            if isinstance(function.value, ast.Name) and function.value.id == "words":
                return True
            return function.attr in ("format", "join") and _is_text(function.value)
    return _is_text(value)


def _is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def findings(source: str) -> Iterator[int]:
    """Lines where a str goes into a widget."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SINKS and any(suspicious(value) for value in node.args[:2]):
                yield node.lineno
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES and suspicious(node.value):
                    yield node.lineno


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py")), ids=lambda file: file.stem)
def test_no_bare_string_reaches_a_widget(file: Path) -> None:
    assert not list(findings(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "line",
    [
        "Static(f'{title}')",
        "widget.update('by ' + title)",
        "self.notify(str(error))",
        "Option(words.clean_line(title))",
        "window.border_title = f'{name}'",
        "Label('%s' % title)",
        "Static('a' if x else f'{y}')",
    ],
)
def test_the_check_sees_them(line: str) -> None:
    assert list(findings(line))


@pytest.mark.parametrize("line", ["Static(Content(title))", "box.update(content)", "Static(id='title')"])
def test_the_check_lets_content_pass(line: str) -> None:
    assert not list(findings(line))

"""How keys are written for people: in the footer, in help, in the docs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from newsdesk.tui.commands.keys import effective_keys, normal_key, split_keys
from newsdesk.tui.commands.presets import PRESETS
from newsdesk.tui.commands.record import GROUPS, SCREENS, Command
from newsdesk.tui.commands.registry import BY_ID, COMMANDS

_SIGNS = {
    "question_mark": "?",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "shift+tab": "shift+Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
}


def show_key(key: str) -> str:
    """A key as people write it: `ctrl+d` is `^d`, `escape` is `Esc`."""
    if " " in key:
        return "".join(show_key(half) for half in key.split(" "))
    name = normal_key(key)
    if name.startswith("ctrl+"):
        return "^" + name.removeprefix("ctrl+")
    return _SIGNS.get(name, key.upper() if re.fullmatch(r"f\d+", key) else key)


def show_keys(command: Command, overrides: Mapping[str, str] | None = None) -> str:
    """All keys of a command in one string, as help and docs print them."""
    if command.show and command.id not in (overrides or {}):
        return command.show
    return " ".join(show_key(key) for key in effective_keys(overrides or {})[command.id])


_WHERE = {
    "popup": "in windows over the desk",
    "changes": "on the Changes screen",
    "feeds": "on the Feeds screen",
    "ledger": "in the ledger",
    "form": "in a form",
    "search": "on the Search screen",
    "entities": "on the Entities screen",
    "picker": "in a list to pick from",
}


def preset_table(preset: str) -> str:
    """A ready-made set of keys for the docs, in Markdown."""
    rows = ["| key | action | without the preset |", "|---|---|---|"]
    for action, keys in PRESETS[preset].items():
        command = BY_ID[action]
        ours = " ".join(f"`{show_key(key)}`" for key in command.keys)
        theirs = " ".join(f"`{show_key(key)}`" for key in split_keys(keys))
        rows.append(f"| {theirs} | {command.title} (`{action}`) | {ours} |")
    return "\n".join(rows)


def key_table(screens: Iterable[str] = SCREENS) -> str:
    """The key table of the docs, in Markdown: one table a group."""
    wanted = set(screens)
    parts: list[str] = []
    for group in GROUPS:
        rows = [command for command in COMMANDS if command.group == group and wanted & set(command.screens)]
        if not rows:
            continue
        parts += [f"### {group}", "", "| key | action | in `[keys]` | what it does |", "|---|---|---|---|"]
        for command in rows:
            keys = " ".join(f"`{key}`" for key in show_keys(command).split(" "))
            where = "" if "desk" in command.screens else f" ({_WHERE[command.screens[0]]})"
            parts.append(f"| {keys} | {command.title} | `{command.id}` | {command.help}{where} |")
        parts.append("")
    return "\n".join(parts)

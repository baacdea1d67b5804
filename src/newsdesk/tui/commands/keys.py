"""Keys: their names, what the config's `[keys]` makes of them, and what is bound on a screen."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Mapping

from msgspec import Struct

from newsdesk.errors import ConfigError
from newsdesk.tui.commands.record import SCREENS, TOPIC_KEYS, Command
from newsdesk.tui.commands.registry import BY_ID, COMMANDS, commands

_KEY_NAMES = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"),
        *("escape", "enter", "tab", "space", "backspace"),
        *(f"f{number}" for number in range(1, 25)),
    )
)
_MODIFIERS = frozenset(("ctrl", "shift", "alt", "super", "hyper", "meta"))
# Where Textual's name of a character is not its Unicode name.
_SHORT_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def normal_key(key: str) -> str:
    """A key by the one name that Textual uses for it: `?` is `question_mark`."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    if len(last) == 1 and not last.isalnum():
        name = unicodedata.name(last, last).lower().replace("-", "_").replace(" ", "_")
        last = _SHORT_NAMES.get(name, name)
    return "+".join([*modifiers, last])


def split_keys(keys: str) -> tuple[str, ...]:
    """The keys of a `[keys]` entry: comma-separated; the comma itself is called `comma`."""
    return tuple(" ".join(key.split()) for key in keys.split(",") if key.strip())


def _is_key(key: str) -> bool:
    halves = key.split(" ")
    if len(halves) == 2:
        return halves[0] == halves[1] and _is_key(halves[0])
    *modifiers, last = normal_key(key).split("+")
    if len(halves) > 2 or any(modifier not in _MODIFIERS for modifier in modifiers):
        return False
    if last in _KEY_NAMES or last in _SHORT_NAMES.values() or (len(last) == 1 and last.isalnum()):
        return True
    for name in (last.replace("_", " "), last.replace("_", "-")):
        try:
            unicodedata.lookup(name)
        except KeyError:
            continue
        return True
    return False


def effective_keys(overrides: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The keys of every command, with the config's `[keys]` laid over the registry's."""
    return {
        command.id: split_keys(overrides[command.id]) if command.id in overrides else command.keys
        for command in COMMANDS
    }


def check_keys(overrides: Mapping[str, str]) -> None:
    """Check the config's `[keys]`: action ids, key names, and that no key does two things.

    Raises:
        ConfigError: names the action or key, and the nearest that exists or the other action.
    """
    for action, keys in overrides.items():
        if action not in BY_ID:
            nearest = difflib.get_close_matches(action, BY_ID, n=1, cutoff=0.4)
            hint = f"did you mean {nearest[0]!r}?" if nearest else "`?` in newsdesk lists the actions"
            raise ConfigError(f"keys: there is no action {action!r}", hint)
        names = split_keys(keys)
        if not names:
            raise ConfigError(f"keys: {action} has no key", "name at least one, or leave the line out")
        for key in names:
            if not _is_key(key):
                raise ConfigError(
                    f"keys: {action}: {key!r} is no key", "keys look like n, ?, ctrl+d, alt+1, f5, g g"
                )
        if BY_ID[action].numbered and len(names) > len(TOPIC_KEYS):
            raise ConfigError(f"keys: {action} has {len(names)} keys", "at most 9, one a topic")
    _check_clashes(overrides)


def _check_clashes(overrides: Mapping[str, str]) -> None:
    effective = effective_keys(overrides)
    for screen in SCREENS:
        owner: dict[str, str] = {}
        for command in commands(screen):
            for key in effective[command.id]:
                first = normal_key(key.split(" ")[0])
                if owner.setdefault(first, command.id) != command.id:
                    raise ConfigError(
                        f"keys: {key!r} stands for both {owner[first]!r} and {command.id!r}",
                        "give one of them another key",
                    )


class Bound(Struct, frozen=True):
    """One binding: `id` is unique, `action` what Textual runs, `keys` what starts it."""

    id: str
    action: str
    keys: tuple[str, ...]
    command: Command


def bindings(screen: str, overrides: Mapping[str, str] | None = None) -> tuple[Bound, ...]:
    """The bindings of a screen. A numbered command has one a key; keys pressed twice (`g g`) have one
    of their own, with the action `twice`."""
    effective = effective_keys(overrides or {})
    bound: list[Bound] = []
    for command in commands(screen):
        keys = effective[command.id]
        if command.numbered:
            bound += (
                Bound(f"{command.id}-{number}", f"{command.action}({number})", (normal_key(key),), command)
                for number, key in enumerate(keys, 1)
            )
            continue
        single = tuple(normal_key(key) for key in keys if " " not in key)
        double = tuple(normal_key(key.split(" ")[0]) for key in keys if " " in key)
        if single:
            bound.append(Bound(command.id, command.action, single, command))
        if double:
            bound.append(Bound(f"{command.id}-twice", f"twice('{command.action}')", double, command))
    return tuple(bound)


def keys_of(ids: Collection[str], overrides: Mapping[str, str]) -> frozenset[str]:
    """The keys that start any of these commands on the desk."""
    return frozenset(key for one in bindings("desk", overrides) if one.command.id in ids for key in one.keys)

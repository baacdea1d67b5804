"""The one registry of actions: bindings, footer, palette, help screen, `[keys]` and docs come from it.

Plain data. A key is written as Textual writes it (`n`, `?`, `ctrl+d`, `alt+1`, `enter`); two keys with a
blank between them (`g g`) are pressed one after the other and must be the same key twice.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from newsdesk.errors import ConfigError

TOPIC_KEYS = tuple("123456789")
"""The keys of a desk's first nine topics, in the desk's order."""


class Command(Struct, frozen=True):
    """An action that a key, the palette, or a click can start.

    The screen (or, for `everywhere`, the app) has a method `action_<id with underscores>`; a numbered
    command gets the position of the key in `keys`, counted from 1, as its argument.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str
    screens: tuple[str, ...] = ("desk",)
    footer: str = ""
    """What the footer says beside the key; empty keeps the command out of it."""
    numbered: bool = False
    show: str = ""
    """How help and footer write the keys, where the plain list is too long (`1-9`)."""

    @property
    def action(self) -> str:
        return self.id.replace("-", "_")


GROUPS = ("Topics", "Moving", "Reading", "Articles", "Feeds", "Look", "Program")
SCREENS = ("desk", "feeds", "form", "popup")

COMMANDS: tuple[Command, ...] = (
    Command(
        "topic",
        TOPIC_KEYS,
        "Only this topic",
        "Show one topic alone; the same digit again shows all.",
        "Topics",
        footer="topic",
        numbered=True,
        show="1-9",
    ),
    Command(
        "add-topic",
        tuple(f"alt+{digit}" for digit in TOPIC_KEYS),
        "Add or drop this topic",
        "Add a topic to the chosen ones, or drop it again.",
        "Topics",
        numbered=True,
        show="alt+1-9",
    ),
    Command("unsorted", ("0",), "Unsorted", "Only what fits no topic.", "Topics", footer="unsorted"),
    Command("add-unsorted", ("alt+0",), "Add Unsorted", "Add Unsorted to the chosen topics.", "Topics"),
    Command("all-topics", ("a",), "All topics", "Drop the choice of topics.", "Topics"),
    Command("unread-only", ("u",), "Unread only", "Only articles with unread passages, or all.", "Topics"),
    Command(
        "narrow",
        ("i",),
        "Narrow by words",
        "Narrow the list while you type; Enter keeps the words, Esc drops them.",
        "Topics",
        footer="narrow",
    ),
    Command(
        "down",
        ("j", "down"),
        "Down",
        "Next row of the list, next passage of the text.",
        "Moving",
        screens=("desk", "feeds"),
    ),
    Command("up", ("k", "up"), "Up", "The row or passage before.", "Moving", screens=("desk", "feeds")),
    Command("left", ("h", "left"), "Left", "To the pane before, at last to the list.", "Moving"),
    Command("right", ("l", "right"), "Right", "From the list into the text, then pane by pane.", "Moving"),
    Command(
        "top", ("g g", "home"), "Top", "To the first row or passage.", "Moving", screens=("desk", "feeds")
    ),
    Command(
        "bottom", ("G", "end"), "Bottom", "To the last row or passage.", "Moving", screens=("desk", "feeds")
    ),
    Command(
        "half-down",
        ("ctrl+d", "pagedown"),
        "Half a page down",
        "Half a page down.",
        "Moving",
        screens=("desk", "feeds"),
    ),
    Command(
        "half-up",
        ("ctrl+u", "pageup"),
        "Half a page up",
        "Half a page up.",
        "Moving",
        screens=("desk", "feeds"),
    ),
    Command("next-pane", ("tab",), "Next pane", "List, then topic by topic, then figures.", "Moving"),
    Command("previous-pane", ("shift+tab",), "Previous pane", "The same the other way round.", "Moving"),
    Command(
        "open",
        ("enter",),
        "Open",
        "From the list into the text, from the text to figures and entities.",
        "Moving",
        footer="open",
    ),
    Command("back", ("escape",), "Back", "One step back: popup, zoom, figures, text, list.", "Moving"),
    Command(
        "next-unread",
        ("n",),
        "Next unread passage",
        "Mark this passage read; on to the next unread one of the chosen topics, in any article.",
        "Reading",
        footer="next unread",
    ),
    Command(
        "previous-unread", ("p",), "Previous unread passage", "Back to the unread passage before.", "Reading"
    ),
    Command(
        "toggle-read",
        ("N",),
        "Read or unread",
        "Toggle the passage under the cursor; in the list, the whole article.",
        "Reading",
    ),
    Command("zoom", ("z",), "Zoom", "The pane alone on the screen, and back.", "Reading"),
    Command(
        "highlights", ("H",), "Highlights", "Highlight all, entities only, figures only, nothing.", "Reading"
    ),
    Command(
        "why",
        ("w",),
        "Why is this here",
        "The words, heading and neighbours that put the passage into its topic.",
        "Reading",
        footer="why",
    ),
    Command(
        "put-in",
        ("+",),
        "Put in a topic",
        "Then a topic's digit: the passage stands there from now on (0: Unsorted). Corrections stay.",
        "Reading",
        show="+ 0-9",
    ),
    Command(
        "take-out",
        ("-",),
        "Take out of a topic",
        "Then a topic's digit: the passage does not belong there.",
        "Reading",
        show="- 1-9",
    ),
    Command(
        "by-words",
        ("=",),
        "Back to its words",
        "Drop what was set by hand: the passage's words say its topics again.",
        "Reading",
    ),
    Command(
        "undo",
        ("U",),
        "Undo",
        "Take back what was done last, step by step: marks, stars, topics set by hand, a feed removed.",
        "Reading",
        screens=("desk", "feeds"),
    ),
    Command(
        "redo",
        ("ctrl+r",),
        "Redo",
        "Do again what was undone last.",
        "Reading",
        screens=("desk", "feeds"),
    ),
    Command(
        "mark-all-read",
        ("A",),
        "Mark all shown read",
        "Mark the passages of the chosen topics read in all articles of the list; undo takes it back whole.",
        "Reading",
    ),
    Command(
        "copy",
        ("y",),
        "Copy passage",
        "Copy the passage with who says its figures, outlet, time and address.",
        "Reading",
    ),
    Command("changes", ("d",), "What changed", "Last two versions: figures, speakers, words.", "Articles"),
    Command("export", ("x",), "Export", "Write what is shown of the article into a new file.", "Articles"),
    Command("star", ("s",), "Star", "Star the article, or take the star away.", "Articles"),
    Command("browser", ("o",), "Open in browser", "Open the article's page in a browser.", "Articles"),
    Command("refresh", ("r",), "Refresh this feed", "Ask the article's feed for news now.", "Articles"),
    Command(
        "refresh-all",
        ("R",),
        "Refresh all",
        "Ask all feeds for news now.",
        "Articles",
        screens=("desk", "feeds"),
    ),
    Command(
        "theme",
        ("T",),
        "Next theme",
        "Dark, light, and the themes of Textual.",
        "Look",
        screens=("desk", "feeds"),
    ),
    Command("help", ("?",), "Help", "This page.", "Program", footer="help", screens=("desk", "feeds")),
    Command(
        "palette",
        ("ctrl+p",),
        "Command palette",
        "Find an action by its name.",
        "Program",
        screens=("desk", "feeds"),
    ),
    Command(
        "copy-selection",
        ("ctrl+c",),
        "Copy selection",
        "Copy what the mouse has selected.",
        "Program",
    ),
    Command(
        "suspend",
        ("ctrl+z",),
        "Suspend",
        "Into the background; `fg` comes back.",
        "Program",
        screens=("desk", "feeds"),
    ),
    Command("quit", ("q", "ctrl+q"), "Quit", "Leave newsdesk.", "Program"),
    Command("feeds", ("F",), "Feeds", "Every feed's state, last error and next refresh.", "Feeds"),
    Command(
        "edit-feed",
        ("enter", "e"),
        "Edit feed",
        "Its title, tags and interval; the config file keeps your comments.",
        "Feeds",
        screens=("feeds",),
        footer="edit",
    ),
    Command(
        "retry",
        ("r",),
        "Ask again now",
        "Ask this feed for news now, whether it is due or not.",
        "Feeds",
        screens=("feeds",),
        footer="ask again",
    ),
    Command(
        "add-feed", ("a",), "Add feed", "Subscribe to an address.", "Feeds", screens=("feeds",), footer="add"
    ),
    Command(
        "remove-feed",
        ("d",),
        "Remove feed",
        "Unsubscribe; its articles stay, and undo brings it back.",
        "Feeds",
        screens=("feeds",),
        footer="remove",
    ),
    Command("next-field", ("tab", "down"), "Next field", "To the next field.", "Feeds", screens=("form",)),
    Command(
        "previous-field",
        ("shift+tab", "up"),
        "Previous field",
        "To the field before.",
        "Feeds",
        screens=("form",),
    ),
    Command("save", ("enter", "ctrl+s"), "Save", "Write it into the config.", "Feeds", screens=("form",)),
    Command("cancel", ("escape",), "Cancel", "Change nothing.", "Feeds", screens=("form",)),
    Command("close", ("escape", "q"), "Close", "Back to the desk.", "Program", screens=("popup", "feeds")),
    Command("scroll-down", ("j", "down"), "Down", "Scroll down.", "Moving", screens=("popup",)),
    Command("scroll-up", ("k", "up"), "Up", "Scroll up.", "Moving", screens=("popup",)),
)

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}


def commands(screen: str) -> tuple[Command, ...]:
    """The commands of a screen, in the registry's order."""
    return tuple(command for command in COMMANDS if screen in command.screens)


# ---------------------------------------------------------------------- keys of the config

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


# ---------------------------------------------------------------------- how keys are written

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
    return _SIGNS.get(name, key)


def show_keys(command: Command, overrides: Mapping[str, str] | None = None) -> str:
    """All keys of a command in one string, as help and docs print them."""
    if command.show and command.id not in (overrides or {}):
        return command.show
    return " ".join(show_key(key) for key in effective_keys(overrides or {})[command.id])


_WHERE = {"popup": "in windows over the desk", "feeds": "on the Feeds screen", "form": "in a feed's form"}


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

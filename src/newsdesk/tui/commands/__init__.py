"""The one registry of actions: bindings, footer, palette, help screen, `[keys]` and docs come from it.

Plain data. A key is written as Textual writes it (`n`, `?`, `ctrl+d`, `alt+1`, `enter`); two keys with a
blank between them (`g g`) are pressed one after the other and must be the same key twice.
"""

from newsdesk.tui.commands.keys import (
    Bound,
    bindings,
    check_keys,
    effective_keys,
    keys_of,
    normal_key,
    split_keys,
)
from newsdesk.tui.commands.presets import PRESETS, with_preset
from newsdesk.tui.commands.record import GROUPS, LISTS, SCREENS, TOPIC_KEYS, Command
from newsdesk.tui.commands.registry import BY_ID, COMMANDS, commands
from newsdesk.tui.commands.table import key_table, preset_table, show_key, show_keys

__all__ = [
    "BY_ID",
    "COMMANDS",
    "GROUPS",
    "LISTS",
    "PRESETS",
    "SCREENS",
    "TOPIC_KEYS",
    "Bound",
    "Command",
    "bindings",
    "check_keys",
    "commands",
    "effective_keys",
    "key_table",
    "keys_of",
    "normal_key",
    "preset_table",
    "show_key",
    "show_keys",
    "split_keys",
    "with_preset",
]

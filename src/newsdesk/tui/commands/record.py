"""What an action is: one record, from which bindings, footer, palette, help, `[keys]` and docs are made."""

from __future__ import annotations

from msgspec import Struct

TOPIC_KEYS = tuple("123456789")
"""The keys of a desk's first nine topics, in the desk's order."""

GROUPS = ("Topics", "Moving", "Reading", "Articles", "Searching", "Feeds", "Look", "Program")

LISTS = ("desk", "board", "changes", "search", "entities", "ledger", "feeds")
"""The screens that fill the terminal; the desk is the first of them."""

TOPICAL = ("desk", "board")
"""Of these, the ones with passages in panes or columns of their topics."""

NARROWED = (*TOPICAL, "changes", "entities", "ledger")
"""The ones that a choice of topics narrows."""

SCREENS = (*LISTS, "form", "popup", "picker")


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

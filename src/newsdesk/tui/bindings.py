"""The registry's commands as Textual bindings."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode

from newsdesk.tui.commands import bindings


def bind(node: DOMNode, screen: str, overrides: Mapping[str, str]) -> None:
    """Give a screen the keys of its commands, with the config's `[keys]` laid over them.

    A keymap (`App.set_keymap`) can change the keys of a binding but not take a binding away or add one,
    which `g g` and the numbered commands need; so the node gets a map of its own.
    """
    node._bindings = BindingsMap(
        Binding(
            ",".join(bound.keys),
            bound.action,
            bound.command.title,
            show=False,
            tooltip=bound.command.help,
            id=bound.id,
        )
        for bound in bindings(screen, overrides)
    )

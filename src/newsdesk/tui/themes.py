"""The two themes of newsdesk, and the variables that any other theme falls back to.

Topic hues are by position in the desk (`topic-1` to `topic-9`, `topic-0` for Unsorted), entity hues by
kind. Parties have no hue of their own: what is coloured is the kind of thing, alike for everyone.
"""

from __future__ import annotations

from collections.abc import Collection

from textual.theme import Theme

_DARK = {
    "topic-0": "#a9b1d6",
    "topic-1": "#7aa2f7",
    "topic-2": "#ff9e64",
    "topic-3": "#9ece6a",
    "topic-4": "#f7768e",
    "topic-5": "#bb9af7",
    "topic-6": "#73daca",
    "topic-7": "#e0af68",
    "topic-8": "#7dcfff",
    "topic-9": "#d5a6bd",
    "person": "#d7deff",
    "organization": "#bb9af7",
    "place": "#7dcfff",
    "group": "#b4c2e8",
    "event": "#b4c2e8",
    "figure": "#16161e",
    "figure-back": "#e0af68",
    "figure-name": "#e0af68",
    "prose": "#a9b1d6",
    "strong": "#c8d3f5",
    "quiet": "#6b7299",
    "faint": "#2f334d",
    "bar": "#1f2335",
    "cursor": "#7aa2f7",
    "cursor-back": "#283457",
    "alarm": "#f7768e",
}

_LIGHT = {
    "topic-0": "#565a6e",
    "topic-1": "#2e5fb8",
    "topic-2": "#a5520e",
    "topic-3": "#456b1c",
    "topic-4": "#b3274a",
    "topic-5": "#7847bd",
    "topic-6": "#0f6f66",
    "topic-7": "#7d5b0a",
    "topic-8": "#006a91",
    "topic-9": "#8a4369",
    "person": "#1f2335",
    "organization": "#7847bd",
    "place": "#006a91",
    "group": "#43508a",
    "event": "#43508a",
    "figure": "#3b2600",
    "figure-back": "#f3cf8e",
    "figure-name": "#7d5b0a",
    "prose": "#343b58",
    "strong": "#1a1e30",
    "quiet": "#6a6f87",
    "faint": "#cfd2de",
    "bar": "#e4e6ee",
    "cursor": "#2e5fb8",
    "cursor-back": "#d3def5",
    "alarm": "#b3274a",
}

DARK = Theme(
    name="newsdesk-dark",
    primary="#7aa2f7",
    secondary="#bb9af7",
    accent="#7aa2f7",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#a9b1d6",
    background="#16161e",
    surface="#1a1b26",
    panel="#1f2335",
    dark=True,
    variables={
        **_DARK,
        "scrollbar": "#2f334d",
        "scrollbar-hover": "#414868",
        "scrollbar-active": "#565f89",
        "scrollbar-background": "#16161e",
        "scrollbar-background-hover": "#16161e",
        "scrollbar-background-active": "#16161e",
        "scrollbar-corner-color": "#16161e",
    },
)

LIGHT = Theme(
    name="newsdesk-light",
    primary="#2e5fb8",
    secondary="#7847bd",
    accent="#2e5fb8",
    warning="#7d5b0a",
    error="#b3274a",
    success="#456b1c",
    foreground="#343b58",
    background="#f6f6f9",
    surface="#eeeff4",
    panel="#e4e6ee",
    dark=False,
    variables={
        **_LIGHT,
        "scrollbar": "#cfd2de",
        "scrollbar-hover": "#b6bacb",
        "scrollbar-active": "#9ea3b8",
        "scrollbar-background": "#f6f6f9",
        "scrollbar-background-hover": "#f6f6f9",
        "scrollbar-background-active": "#f6f6f9",
        "scrollbar-corner-color": "#f6f6f9",
    },
)

SIXTEEN = {DARK.name: "ansi-dark", LIGHT.name: "ansi-light"}
"""Textual's themes for terminals with 16 colours: ours, brought down to those, would lose their hues."""

_ANSI = {
    "topic-0": "ansi_white",
    "topic-1": "ansi_bright_blue",
    "topic-2": "ansi_yellow",
    "topic-3": "ansi_green",
    "topic-4": "ansi_bright_red",
    "topic-5": "ansi_bright_magenta",
    "topic-6": "ansi_cyan",
    "topic-7": "ansi_bright_yellow",
    "topic-8": "ansi_bright_cyan",
    "topic-9": "ansi_magenta",
    "person": "ansi_default",
    "organization": "ansi_magenta",
    "place": "ansi_cyan",
    "group": "ansi_default",
    "event": "ansi_default",
    "figure": "ansi_black",
    "figure-back": "ansi_yellow",
    "figure-name": "ansi_yellow",
    "prose": "ansi_default",
    "strong": "ansi_default",
    "quiet": "ansi_bright_black",
    "faint": "ansi_bright_black",
    "bar": "ansi_default",
    "cursor": "ansi_blue",
    "cursor-back": "ansi_default",
    "alarm": "ansi_bright_red",
}

_ANSI_LIGHT = _ANSI | {
    "topic-0": "ansi_bright_black",
    "topic-1": "ansi_blue",
    "topic-2": "ansi_red",
    "topic-7": "ansi_yellow",
    "topic-8": "ansi_bright_blue",
    "figure-back": "ansi_bright_yellow",
    "figure-name": "ansi_red",
}
"""Yellow, white and the bright hues vanish on a light ground."""


def variables_for(theme: Theme) -> dict[str, str]:
    """Our variables for a theme that does not bring them: Textual's own, or a user's."""
    if theme.ansi:
        return _ANSI if theme.dark else _ANSI_LIGHT
    return _DARK if theme.dark else _LIGHT


def theme_of(name: str, available: Collection[str], *, few_colours: bool) -> str:
    """The configured theme, if there is one of that name; with 16 colours, one made of those."""
    found = name if name in available else DARK.name
    return SIXTEEN.get(found, found) if few_colours else found

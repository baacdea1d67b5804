"""Themes of the config: `[themes.NAME]` with colours by variable, over one of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from newsdesk.config import nearest
from newsdesk.errors import ConfigError
from newsdesk.tui.themes import DARK, LIGHT

BASES = {"dark": DARK, "light": LIGHT}
_PARTS = tuple(
    field.name
    for field in fields(Theme)
    if field.name not in ("name", "dark", "luminosity_spread", "text_alpha", "variables", "ansi", "boost")
)
"""The colours that every theme of Textual has."""

VARIABLES = (*_PARTS, *DARK.variables)
"""What a theme may colour."""


def own_themes(themes: Mapping[str, Mapping[str, str]]) -> tuple[Theme, ...]:
    """The config's themes. Raises ConfigError naming theme and key."""
    return tuple(_theme(name, colours) for name, colours in themes.items())


def check_theme(name: str, themes: Mapping[str, Mapping[str, str]]) -> None:
    """Whether the config's theme is one of ours, of the config, or of Textual. Raises ConfigError."""
    known = [DARK.name, LIGHT.name, *themes, *BUILTIN_THEMES]
    if name not in known:
        raise ConfigError(f"ui.theme: there is no theme {name!r}", nearest(name, known))


def _theme(name: str, colours: Mapping[str, str]) -> Theme:
    if name in (DARK.name, LIGHT.name, *BUILTIN_THEMES):
        raise ConfigError(f"themes.{name}: there is a theme of that name already", "take another name")
    wanted = colours.get("base", "dark")
    if wanted not in BASES:
        raise ConfigError(f"themes.{name}.base: {wanted!r} is no base", "valid: dark, light")
    base = BASES[wanted]
    for key, colour in colours.items():
        if key != "base":
            _check(f"themes.{name}.{key}", key, colour)
    parts = {key: colour for key, colour in colours.items() if key in _PARTS}
    variables = {key: colour for key, colour in colours.items() if key in DARK.variables}
    return replace(base, name=name, variables={**base.variables, **variables}, **parts)  # type: ignore[arg-type]


def _check(where: str, key: str, colour: str) -> None:
    if key not in VARIABLES:
        raise ConfigError(f"{where}: there is nothing of that name to colour", nearest(key, VARIABLES))
    try:
        Color.parse(colour)
    except ColorParseError:
        raise ConfigError(f"{where}: {colour!r} is no colour", "write it as #7aa2f7") from None

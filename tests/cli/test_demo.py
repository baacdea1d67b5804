"""`newsdesk demo`: what it refuses. The end-to-end tests look at what it shows."""

from __future__ import annotations

from cli.program import Cli


def test_it_has_a_home_of_its_own(cli: Cli) -> None:
    cli("demo", "--home", str(cli.home)).refused("demo:", "leave out --home")
    assert not cli.home.exists()


def test_an_unknown_desk_names_the_nearest(cli: Cli) -> None:
    cli("demo", "--desk", "israel-hams").refused("unknown desk 'israel-hams'", "did you mean israel-hamas?")

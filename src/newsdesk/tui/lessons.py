"""What the screen says where there is nothing to show: what is so, and which key or command helps."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from newsdesk.models import Counts, Desk
from newsdesk.tui import present, words
from newsdesk.tui.choice import Choice


def empty(counts: Counts, choice: Choice, offline: bool) -> Content:
    """The lesson for an empty list."""
    if counts.articles:
        return _lines("No article matches.", _no_match(choice))
    state = (
        [("", "Offline: nothing is fetched.")]
        if offline
        else [("R", "fetches them now"), ("", "Articles show up here as they arrive.")]
    )
    return _lines(f"No articles yet, from {words.count(counts.feeds, 'feed')}.", state)


def beginning(desk: Desk, keys: Mapping[str, str]) -> Content:
    """The lesson of the first start; `keys` by command."""
    suggested = words.count(len(desk.feeds), "feed")
    ways = [
        (keys["open"], f"takes the desk's {suggested} and fetches them"),
        (keys["switch-desk"], "chooses another desk: other topics, other feeds"),
        (f"{keys['feeds']} {keys['add-feed']}", "adds a feed by its address"),
        (keys["help"], "lists the keys"),
        ("newsdesk feeds import FILE", "takes those of another reader: OPML, newsboat's urls"),
        ("newsdesk demo", "shows a sample desk, no network needed"),
    ]
    return _lines("No articles yet, and no feeds.", ways if desk.feeds else ways[1:])


def no_feeds(add: str) -> Content:
    """The lesson for the Feeds screen; `add` is the key that subscribes."""
    return _lines(
        "No feeds yet.",
        [
            (add, "adds one by its address"),
            ("newsdesk feeds add --discover URL", "finds the feed of a site"),
            ("newsdesk feeds import FILE", "takes those of another reader: OPML, newsboat's urls"),
            ("newsdesk config init", "writes a config with the feeds that the desk suggests"),
        ],
    )


def no_entities(counts: Counts, narrowed: bool, ways: list[tuple[str, str]]) -> Content:
    """The lesson for a list without entities; `ways` are keys with what they do."""
    if narrowed:
        return _lines("No entity matches.", ways)
    if counts.deep_pending:
        waiting = words.count(counts.deep_pending, "article")
        return _lines(
            f"No entities yet; {waiting} still to be read.", [("", "They show up here as they are found.")]
        )
    return _lines("No entities yet.", [("R", "on the desk fetches articles"), *ways])


def no_series(counts: Counts, choice: Choice, kind: str, which: str) -> Content:
    """The lesson for a ledger without series; `which` is the key that shows other ones."""
    if choice.words or choice.topics:
        return _lines("No figure matches.", _no_match(choice))
    if kind == "conflicts":
        return _lines("No two voices contradict each other.", [(which, "shows the other series, too")])
    if counts.deep_pending:
        waiting = words.count(counts.deep_pending, "article")
        return _lines(
            f"No figures yet; {waiting} still to be read.", [("", "They show up here as they are found.")]
        )
    ways = [(which, "goes round to all series, single numbers of no category too")]
    return _lines("No series of figures yet.", [("R", "on the desk fetches articles"), *ways])


def _no_match(choice: Choice) -> list[tuple[str, str]]:
    ways = []
    if choice.words:
        ways.append(("Esc", f"drops the words “{words.clean_line(choice.words)}”"))
    if choice.unread:
        ways.append(("u", "shows what has been read, too"))
    if choice.query:
        ways.append(("a", f"shows more than @{words.clean_line(choice.query)} finds"))
    elif choice.topics:
        ways.append(("a", "shows all topics"))
    return ways


def _lines(first: str, ways: list[tuple[str, str]]) -> Content:
    widest = max((len(key) for key, _ in ways), default=0)
    lines = [Content.styled(first, present.STRONG), Content("")]
    lines += (
        Content.assemble(
            Content.styled(f"{key:<{widest}}  " if key else "", "bold $cursor"),
            Content.styled(says, "$prose"),
        )
        for key, says in ways
    )
    return Content("\n").join(lines)

"""What changed in an article -> `Content`."""

from __future__ import annotations

from textual.content import Content

from newsdesk.changes import Changes, FigureChange, PassageChange
from newsdesk.models import Edition, Figure
from newsdesk.tui import present, words

GONE = "strike $quiet"
NEW = "bold underline $figure-name"


def changes(found: Changes, publisher: str, width: int) -> Content:
    """Figures and speakers first, then title and words; what is gone is struck, what is new underlined."""
    lines = [_edition(found.before), _edition(found.after), Content("")]
    return Content("\n").join([*lines, *differences(found, publisher, width)])


def differences(found: Changes, publisher: str, width: int) -> list[Content]:
    """The same without the two versions' facts, in lines."""
    lines: list[Content] = []
    if not found.figures_known:
        missing = f"`newsdesk read` with --changes finds figures of revision {found.before.number}"
        lines += [present.plain(f"Figures of both versions are not found yet. {missing}.", present.QUIET)]
        lines.append(Content(""))
    if found.figures:
        lines.append(Content.styled("Figures and speakers", "bold $cursor"))
        for one in found.figures:
            lines += [*_figure(one, publisher, width), Content("")]
    lines.append(Content.styled("Words", "bold $cursor"))
    texts = [*([found.title] if found.title else []), *found.passages]
    for text in texts:
        lines += [present.hanging(Content("  "), _words(text), width), Content("")]
    if not texts:
        lines.append(present.plain("  the same in both", present.QUIET))
    return [line for block in lines for line in block.split("\n")]


def _edition(one: Edition) -> Content:
    facts = f"revision {one.number} · {words.date_and_clock(one.fetched)} · sha256 {one.content_hash[:16]}"
    return present.plain(facts, present.QUIET)


def _figure(change: FigureChange, publisher: str, width: int) -> list[Content]:
    """The claim as it was and as it is, each with its speaker."""
    sides = ((change.before, "− ", GONE), (change.after, "+ ", NEW))
    return [
        present.hanging(Content.styled(f"  {sign}", style), _claim(figure, publisher, style), width)
        for figure, sign, style in sides
        if figure is not None
    ]


def _claim(figure: Figure, publisher: str, style: str) -> Content:
    return present.join(
        [
            present.line(figure.text, style),
            present.line(figure.category if figure.category != "other" else figure.event or "", "$prose"),
            present.line(words.figure_speaker(figure, publisher), "$strong"),
            present.line(words.figure_details(figure), present.QUIET),
        ]
    )


def _words(change: PassageChange) -> Content:
    styles = {"same": "$prose", "gone": GONE, "new": NEW}
    return Content("").join([present.plain(text, styles[did]) for did, text in change.runs])

"""Actions of the ledger."""

from __future__ import annotations

from newsdesk.tui.commands.record import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "ledger",
        ("f",),
        "Ledger",
        "Figures in series: numbers with their speakers, comparable ones side by side.",
        "Reading",
        footer="ledger",
    ),
    Command(
        "open-words",
        ("enter",),
        "To the words",
        "From a series to its reports, from a report to its words in the article.",
        "Moving",
        screens=("ledger",),
        footer="to the words",
    ),
    Command(
        "series-left",
        ("h", "left", "shift+tab"),
        "To the series",
        "From the reports to the list of series.",
        "Moving",
        screens=("ledger",),
    ),
    Command(
        "series-right",
        ("l", "right", "tab"),
        "To the reports",
        "From the list of series to the reports.",
        "Moving",
        screens=("ledger",),
    ),
    Command(
        "over-time",
        ("t",),
        "Over time",
        "Draw the series over time: a mark a speaker, with its quantifier; a line breaks where the "
        "definition changes.",
        "Look",
        screens=("ledger",),
        footer="over time",
    ),
    Command(
        "which-series",
        ("!",),
        "Which series",
        "Only series in which voices contradict each other; all series, single numbers of no category too; "
        "back.",
        "Look",
        screens=("ledger",),
        footer="conflicts",
    ),
    Command(
        "order-reports",
        ("s",),
        "Order of the reports",
        "By the day that a number is given for, or the newest report first.",
        "Look",
        screens=("ledger",),
    ),
    Command(
        "copy-figure",
        ("y",),
        "Copy figure",
        "Copy the figure with its speaker, outlet, time and address.",
        "Reading",
        screens=("ledger",),
        footer="copy",
    ),
    Command(
        "export-series",
        ("x",),
        "Export series",
        "Write the series with what stands beside it into a new CSV file.",
        "Articles",
        screens=("ledger",),
        footer="CSV",
    ),
)

"""Text handed to another program: an argument list, never a shell; the program has the terminal meanwhile."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys

from newsdesk.errors import UsageError
from newsdesk.models import LabelledPassage, StoredArticle
from newsdesk.tui import words


def command_of(line: str) -> list[str]:
    """A command as a person types it, as an argument list. Raises UsageError."""
    try:
        found = shlex.split(line)
    except ValueError as error:
        raise UsageError(f"the command cannot be read: {error}", "close what is quoted") from None
    if not found:
        raise UsageError("there is no command", "type one, such as less or wc -w")
    return found


def text_of(article: StoredArticle, passage: LabelledPassage | None) -> str:
    """A passage with its source as it goes to the clipboard; None: the whole article with its own."""
    if passage is not None:
        return words.clip(article, passage) + "\n"
    head = [
        words.clean_line(article.title),
        f"{words.clean_line(article.publisher)}, {words.date_and_clock(article.published)}",
    ]
    if article.url:
        head.append(words.clean_line(article.url))
    said = [
        f"{words.clean_line(figure.text)}: {words.figure_speaker(figure, article.publisher)}"
        for figure in words.claims(article)
    ]
    body = [words.clean(one.text) for one in article.passages if one.kind != "furniture"]
    return "\n\n".join(part for part in ("\n".join(head), *body, "\n".join(said)) if part) + "\n"


def run(command: list[str], text: str) -> int:
    """Run a command with the text as its standard input, and wait for a key line after it; its exit status.

    To be called while the interface is suspended. Raises UsageError where it cannot be started.
    """
    # ^C is for the program: a handler of ours, unlike one that ignores, is not handed down to it.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        done = subprocess.run(command, input=text.encode(errors="replace"), check=False)
    except FileNotFoundError:
        raise UsageError(f"there is no program {command[0]!r}", "check its name and PATH") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{command[0]!r} cannot be started: {reason}") from None
    finally:
        signal.signal(signal.SIGINT, before)
    ended = f" (it ended with {done.returncode})" if done.returncode else ""
    print(f"\n-- Enter goes back to newsdesk{ended}", end="", flush=True)
    if sys.__stdin__ is not None:
        sys.__stdin__.readline()
    return done.returncode

"""Every error that newsdesk raises on purpose.

    NewsdeskError                 a message and the way out; `exit_status` is what the command returns
    ├── UsageError           (2)  an argument, topic, desk or key that does not exist
    │   └── QueryError            a query that says nothing: names the column
    ├── ConfigError          (2)  the config or a desk file: names file and key
    ├── InputError           (2)  a FILE or URL to read that is missing, empty, binary, too large
    ├── ArchiveError         (2)  the archive cannot be opened or written
    │   ├── NotAnArchive          not an archive of newsdesk, empty, or damaged
    │   ├── NewerArchive          written by a newer newsdesk
    │   └── Stopped               a query that nobody waits for any more
    ├── Busy                 (1)  another newsdesk process does this already
    └── PartlyDone           (1)  some feeds failed, some input was refused; the rest is done

What goes wrong with one feed is no exception: it is a state of that feed (`models.FeedState`).
"""

from __future__ import annotations


class NewsdeskError(Exception):
    """`message` says what is wrong and names file, key or feed; `hint` says the way out."""

    exit_status = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def line(self) -> str:
        """The error in one line, as the command line prints it."""
        text = f"{self.message}; {self.hint}" if self.hint else self.message
        return " ".join(text.split())


class UsageError(NewsdeskError):
    """Wrong use: an unknown desk, topic, key or argument."""


class QueryError(UsageError):
    """A query that cannot be read. `wrong` says what, `column` (from 1) where, `way_out` what to do."""

    def __init__(self, wrong: str, column: int, way_out: str = "") -> None:
        super().__init__(f"at column {column}: {wrong}", way_out)
        self.wrong = wrong
        self.column = column
        self.way_out = way_out


class ConfigError(NewsdeskError):
    """The config or a desk file is wrong; nothing was changed."""


class InputError(NewsdeskError):
    """A file or address that cannot be read as an article."""


class ArchiveError(NewsdeskError):
    """The archive cannot be opened or written."""


class NotAnArchive(ArchiveError):
    """The file is empty, damaged, or something else than an archive."""


class NewerArchive(ArchiveError):
    """A newer newsdesk wrote this archive."""


class Stopped(ArchiveError):
    """A query was given up, because another one took its place."""


class Busy(NewsdeskError):
    """Another newsdesk process holds the lock."""

    exit_status = 1


class PartlyDone(NewsdeskError):
    """Some of it is done, some was refused or failed."""

    exit_status = 1

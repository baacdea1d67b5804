"""What is wrong here, and what to do: the checks behind `newsdesk doctor`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from msgspec import Struct

from newsdesk.config import Settings
from newsdesk.errors import NewsdeskError

SAFE_SQLITE = (3, 51, 3)
"""Earlier ones can lose committed data when two processes write: <https://sqlite.org/wal.html#walresetbug>."""


class Check(Struct, frozen=True):
    """One thing looked at. `ok` None means that it only informs."""

    name: str
    ok: bool | None
    detail: str
    hint: str = ""


def checks(settings: Settings) -> tuple[Check, ...]:
    """Every check, in the order to read them."""
    return (
        _python(),
        _sqlite(),
        _config(settings),
        _folder(settings.paths.data_dir),
        *_archive(settings),
        _model(settings),
        _terminal(),
    )


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("python", True, f"{version} ({sys.executable})")


def _sqlite() -> Check:
    import apsw

    version = apsw.sqlite_lib_version()
    ok = tuple(int(part) for part in version.split(".")[:3]) >= SAFE_SQLITE
    return Check(
        "sqlite",
        ok,
        f"{version} (apsw {apsw.apsw_version()})",
        "" if ok else "upgrade apsw: pip install -U apsw",
    )


def _config(settings: Settings) -> Check:
    file = settings.paths.config_file
    topics = ", ".join(topic.id for topic in settings.desk.topics)
    if not settings.exists:
        return Check("config", None, f"{file} is not there: defaults hold", "newsdesk config init writes one")
    return Check("config", True, f"{file}: desk {settings.desk.id} ({topics})")


def _folder(folder: Path) -> Check:
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if os.access(there, os.W_OK):
        return Check("folder", True, str(folder))
    return Check("folder", False, f"{there} cannot be written", "change its permissions, or use --home DIR")


def _archive(settings: Settings) -> tuple[Check, ...]:
    from newsdesk.analysis.installed import choose
    from newsdesk.store.archive import open_archive

    file = settings.paths.archive
    if not file.exists():
        return (Check("archive", None, f"{file} is not there yet", "newsdesk fetch makes it"),)
    try:
        archive = open_archive(file, read_only=True)
    except NewsdeskError as error:
        return (Check("archive", False, error.message, error.hint),)
    try:
        archive.set_desk(settings.desk.id, [topic.id for topic in settings.desk.topics], None)
        archive.set_stamp(choose(settings.config.analysis.model).stamp)
        counts = archive.counts()
        faults = archive.quick_check()
        statuses = archive.feed_statuses()
    finally:
        archive.close()
    detail = f"{file}: {counts.articles:,} articles, {file.stat().st_size / 1e6:,.1f} MB"
    if counts.deep_pending:
        detail += f", {counts.deep_pending:,} wait for the deep pass"
    failing = [one for one in statuses if one.state.error]
    first = f"{failing[0].feed.url}: {failing[0].state.error}" if failing else ""
    return (
        Check(
            "archive", not faults, faults or detail, "restore a copy of it, or move it away" if faults else ""
        ),
        Check("feeds", not failing, f"{len(statuses)}, {len(failing)} failing", first),
    )


def _model(settings: Settings) -> Check:
    from newsdesk.analysis import language

    name = "language model"
    loaded = language.load(settings.config.analysis.model)
    found = loaded.installed
    if settings.config.analysis.model == "none":
        return Check(name, None, found.reason, 'analysis.model = "auto" in the config switches it on')
    if found.reason:
        return Check(name, False, found.reason, found.remedy)
    unknown = "" if found.verified else "; its weights are not ones that newsdesk knows"
    return Check(name, True, f"{found.name} {found.version}{unknown}")


def _terminal() -> Check:
    term, encoding = os.environ.get("TERM", ""), (sys.stdout.encoding or "").lower()
    if not sys.stdout.isatty():
        return Check("terminal", None, "standard output is no terminal", "newsdesk read prints without one")
    if "utf" not in encoding:
        return Check("terminal", False, f"TERM={term}, encoding {encoding}", "set LANG to a UTF-8 locale")
    return Check(
        "terminal", True, f"TERM={term}, {os.environ.get('COLORTERM') or 'no true colour named'}, {encoding}"
    )

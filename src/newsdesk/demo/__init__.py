"""The sample desk: own-written articles of invented outlets, served as feeds on loopback.

    with newsdesk.demo.serve() as demo:
        ...  # demo.feeds answer until the block ends

What the samples say of real people and bodies are facts of March 2024, retold; the Mirdal valley, Tassour,
Halvane and Port Selim do not exist. docs/demo.md tells what each article is there to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from newsdesk.demo.articles import LEAD, Sample, read_samples
from newsdesk.demo.feeds import OUTLETS, Site, build_site
from newsdesk.demo.server import running
from newsdesk.models import Feed, Limits

__all__ = ["NOTICE", "Demo", "serve"]

NOTICE = "These articles are samples, written for this demo; their outlets are invented"
LIMITS = Limits(spacing=0.0)
"""The fetcher's limits for the demo: its one host is this process, which need not be spared."""


@dataclass(frozen=True)
class Demo:
    """The sample desk while it is served."""

    feeds: tuple[Feed, ...]
    """The subscriptions for the throw-away config; loopback addresses, `allow_private` set."""
    lead_title: str
    """The title of the article to open first."""
    notice: str
    """The line that says on screen what these articles are."""
    limits: Limits
    """`[fetch]` for the throw-away config."""


@contextmanager
def serve(now: datetime | None = None) -> Iterator[Demo]:
    """Serve the sample desk on a free loopback port until the block ends.

    The articles are dated back from `now` (aware; the current time by default). Once every feed has been
    delivered, the edited article comes in its second version, so that the next refresh finds a change.
    """
    samples = read_samples()
    moment = now or datetime.now(UTC)
    with running(lambda base: _sites(samples, base, moment)) as base:
        yield Demo(
            feeds=tuple(
                Feed(url=base + outlet.feed_path, title=outlet.name, tags=("sample",), allow_private=True)
                for outlet in OUTLETS
            ),
            lead_title=next(sample.title for sample in samples if sample.name == LEAD),
            notice=NOTICE,
            limits=LIMITS,
        )


def _sites(samples: tuple[Sample, ...], base: str, now: datetime) -> tuple[Site, Site]:
    """What is served before and after the edit."""
    edited = tuple(sample.after_edits() for sample in samples)
    return build_site(samples, base, now), build_site(edited, base, now)

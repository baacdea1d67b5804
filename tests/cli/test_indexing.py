"""What the search index has not yet, told and made up for by the command line."""

from __future__ import annotations

from contextlib import closing

import pytest

from cli.program import RULES_ONLY, Cli
from newsdesk.cli.indexing import FEW
from newsdesk.models import FeedState
from newsdesk.store.archive import open_archive
from newsdesk.store.incoming import Poll
from store.build import DESK, DIGEST, NOW, TOPICS, incoming, passage


def store(cli: Cli, articles: int) -> None:
    """As a fetch that was killed before it came to indexing leaves it."""
    cli.configure(RULES_ONLY)
    batch = [
        incoming(f"g{number}", f"Title {number}", (passage(0, f"the harbour {number}"),))
        for number in range(articles)
    ]
    with closing(open_archive(cli.home / "archive.db")) as archive:
        archive.set_desk(DESK, TOPICS, DIGEST)
        archive.save_polls([Poll(FeedState(url="https://wire.example/feed"), batch, NOW)])


@pytest.mark.parametrize("verb", [("search",), ("export",)])
def test_a_query_indexes_first_what_is_little(cli: Cli, verb: tuple[str, ...]) -> None:
    store(cli, 3)
    told = cli("archive", "info")
    assert "3 for the search index, 3 for the deep pass" in told.out
    done = cli(*verb, "harbour")
    assert "harbour 2" in done.out
    assert "not indexed" not in done.err
    assert "0 for the search index" in cli("archive", "info").out


def test_a_query_says_what_it_cannot_find_where_that_is_much(cli: Cli) -> None:
    store(cli, FEW + 1)
    done = cli("search", "harbour")
    assert (done.status, done.out) == (0, "")
    assert "1001 articles not indexed yet" in done.err
    assert '"index_pending":1001' in cli("archive", "info", "--json").out
    assert cli("archive", "check").status == 0

"""`newsdesk search`: passages from the archive."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsdesk.cli.indexing import index_few
from newsdesk.cli.opening import open_newsdesk
from newsdesk.cli.parser import add_number, add_verb

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Part, Printer
    from newsdesk.models import Hit

LIMIT = 50
MOST = 10_000


def add_verbs(verbs: Verbs) -> None:
    verb = add_verb(verbs, "search", search, "print the archive's passages that a query finds, newest first")
    verb.add_argument(
        "query",
        metavar="QUERY",
        nargs="+",
        help='words, "phrases", filters: docs/searching.md has the language',
    )
    verb.add_argument("--json", action="store_true", help="a JSON object a passage")
    add_number(verb, "--limit", "at most N passages", LIMIT, (1, MOST))


def search(args: Namespace, out: Printer) -> int:
    """`newsdesk search`; finding nothing is no error."""
    from newsdesk.cli.records import hit_record

    query = " ".join(args.query)
    with open_newsdesk(args) as desk:
        index_few(desk, out)
        hits = desk.search(query, limit=args.limit)
        titles = {topic.id: topic.title for topic in desk.desk.topics}
    for hit in hits:
        if args.json:
            out.json(hit_record(hit))
        elif out.styled:
            _show(out, hit, titles)
        else:
            published = hit.published.isoformat()
            out.row(str(hit.article), published, hit.publisher, hit.topic or "unsorted", hit.title, hit.text)
    if not hits:
        out.note(f"no passage has {query!r}")
    return 0


def _show(out: Printer, hit: Hit, titles: dict[str, str]) -> None:
    from newsdesk.cli.article import local_time

    topic = titles.get(hit.topic, hit.topic) if hit.topic else "Unsorted"
    out.line((hit.title, "title"))
    out.line((f"{hit.article} · {hit.publisher} · {local_time(hit.published)} · ", "quiet"), (topic, "topic"))
    out.line(*_matches(hit), indent=2)
    out.line()


def _matches(hit: Hit) -> Iterator[Part]:
    at = 0
    for start, end in sorted(hit.spans):
        if start >= at:
            yield hit.text[at:start]
            yield hit.text[start:end], "match"
            at = end
    yield hit.text[at:]

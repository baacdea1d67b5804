"""`newsdesk read` and `newsdesk analyze`: one article, in sections or as data."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from newsdesk.cli.opening import open_newsdesk
from newsdesk.cli.parser import add_verb
from newsdesk.errors import InputError, UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Printer
    from newsdesk.desk import Newsdesk
    from newsdesk.loading import Loaded
    from newsdesk.models import Analysis

STDIN = "-"


def add_verbs(verbs: Verbs) -> None:
    verb = add_verb(verbs, "read", read, "print an article in its topic sections")
    verb.add_argument(
        "source", metavar="FILE|URL|ID", help="plain text or HTML, an address, or an article's id"
    )
    verb.add_argument(
        "--topic", metavar="T", action="append", help="only this topic: id, title or number; repeatable"
    )
    verb.add_argument(
        "--plain", action="store_true", help="no styles and no line wrapping, not even on a terminal"
    )
    verb.add_argument(
        "--json", action="store_true", help="the analysis as one JSON object, as `analyze` prints it"
    )
    verb.add_argument(
        "--changes", action="store_true", help="what changed between an archived article's last two versions"
    )

    verb = add_verb(
        verbs,
        "analyze",
        analyze,
        "analyse one article and say why each passage has its topics; nothing is stored",
        more="--jsonl reads one JSON object a line (id, title, text) and prints one a line; "
        "a line that cannot be read is named on standard error and skipped.",
    )
    verb.add_argument("source", metavar="FILE|URL|-", help="plain text or HTML; - is standard input")
    verb.add_argument("--json", action="store_true", help="one JSON object, schema newsdesk/analysis/1")
    verb.add_argument(
        "--jsonl", action="store_true", help="many articles: a JSON object a line in, one a line out"
    )


def read(args: Namespace, out: Printer) -> int:
    """`newsdesk read`."""
    from newsdesk.cli.article import choose_topic, print_article
    from newsdesk.cli.records import analysis_record

    if args.json and args.topic:
        raise UsageError("read: --json prints the whole article", "leave out --json or --topic")
    if args.plain:
        out.plain()
    archived = args.source.isdecimal() and args.source.isascii()
    if args.changes and (not archived or args.json or args.topic):
        raise UsageError("read: --changes is for the id of an archived article, alone", "leave out the rest")
    with open_newsdesk(args, archive=archived) as desk:
        if args.changes:
            return _changes(desk, args.source, out)
        topics = [choose_topic(word, desk.desk) for word in args.topic] if args.topic else None
        analysis = _stored(desk, args.source) if archived else desk.analyze(load_source(desk, args.source))
        _tell(analysis, out)
        if args.json:
            out.json(analysis_record(analysis))
        else:
            print_article(out, analysis, desk.desk, name=args.source, topics=topics)
    return 0


def analyze(args: Namespace, out: Printer) -> int:
    """`newsdesk analyze`."""
    from newsdesk.cli.records import analysis_record

    if args.jsonl and args.source != STDIN:
        raise UsageError("analyze: --jsonl reads standard input", "write `newsdesk analyze --jsonl - < FILE`")
    with open_newsdesk(args, archive=False) as desk:
        if args.jsonl:
            from newsdesk.cli.jsonl import analyze_lines

            return analyze_lines(desk, sys.stdin.buffer, out)
        loaded = load_source(desk, args.source)
        analysis = desk.analyze(loaded)
        _tell(analysis, out)
        if args.json:
            out.json(analysis_record(analysis))
        else:
            _explain(out, analysis, args.source)
    return 0


def load_source(desk: Newsdesk, source: str) -> Loaded:
    """FILE, URL or standard input. Raises InputError, and UsageError for an address with --offline."""
    if desk.offline and source.startswith(("http://", "https://")):
        raise UsageError(f"{source}: needs the network", "leave out --offline")
    import asyncio

    if source == STDIN:
        # One byte more than is taken is enough to know that there is too much.
        data = sys.stdin.buffer.read(desk.settings.config.fetch.page_bytes + 1)
        return asyncio.run(desk.load_bytes(data, "standard input"))
    return asyncio.run(desk.load(source))


def _stored(desk: Newsdesk, article: str) -> Analysis:
    analysis = desk.stored_analysis(int(article)) if len(article) < 19 else None
    if analysis is None:
        raise InputError(
            f"there is no article {article} in the archive",
            f"`newsdesk search WORDS` shows ids; a file of that name is ./{article}",
        )
    return analysis


def _changes(desk: Newsdesk, article: str, out: Printer) -> int:
    """The word diff of the last two versions, changed figures and speakers first."""
    from newsdesk.changes import compare
    from newsdesk.cli.changes import print_changes

    analysis = _stored(desk, article)
    editions = desk.editions_read(int(article))
    if len(editions) < 2:
        out.note(f"article {article} has not changed since it was first fetched")
    else:
        print_changes(out, compare(*editions), analysis.article.publisher or "")
    return 0


def _tell(analysis: Analysis, out: Printer) -> None:
    for notice in analysis.notices:
        out.note(notice)


def _explain(out: Printer, analysis: Analysis, name: str) -> None:
    """Every passage in reading order with its topics and their cues; then figures and entities."""
    from newsdesk.cli.article import marked, print_entities, print_figures, print_head

    print_head(out, analysis, name)
    out.heading(f"Passages · {len(analysis.passages)} · desk {analysis.desk}")
    for passage in analysis.passages:
        kind = "" if passage.kind == "paragraph" else f" · {passage.kind}"
        topics = ", ".join(f"{topic} {passage.scores.get(topic, 0.0):.1f}" for topic in passage.topics)
        out.line((f"{passage.index}{kind} · {topics or 'unsorted'}", "topic"))
        out.line(*marked(passage, analysis), indent=2)
        cues = [f"{one.topic}: {one.cue} {one.weight:+.1f}" for one in passage.why]
        if cues:
            out.line(("why: " + "; ".join(cues), "quiet"), indent=2)
    print_figures(out, analysis.figures, analysis)
    print_entities(out, analysis.entities, None)

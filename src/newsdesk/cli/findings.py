"""`newsdesk figures` and `newsdesk entities`: what the deep pass found, across the archive."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from newsdesk.cli.opening import open_newsdesk
from newsdesk.cli.paging import pages
from newsdesk.cli.parser import add_number, add_verb
from newsdesk.cli.waiting import add_read, read_waiting
from newsdesk.errors import UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Parser, Verbs
    from newsdesk.cli.printer import Printer
    from newsdesk.desk import Newsdesk
    from newsdesk.models import EntityHit, FigureHit

LIMIT = 50
MOST = 1_000_000


def add_verbs(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "figures",
        figures,
        "print the archive's figures with who says them, newest first",
        more="Figures that are negated or only supposed are no claims and left out.",
    )
    _add_options(verb, "figures")
    verb.add_argument("--csv", action="store_true", help="a table with a heading line")
    verb.add_argument(
        "--series", action="store_true", help="series of comparable figures, each with its newest one"
    )
    verb = add_verb(verbs, "entities", entities, "print the archive's people, organizations and places")
    _add_options(verb, "entities")


def _add_options(verb: Parser, what: str) -> None:
    verb.add_argument("query", metavar="QUERY", nargs="*", help="only in passages that `search` finds for it")
    verb.add_argument("--json", action="store_true", help="a JSON object a line")
    add_number(verb, "--limit", f"at most N {what}", LIMIT, (1, MOST))
    add_read(verb)


def figures(args: Namespace, out: Printer) -> int:
    """`newsdesk figures`; finding nothing is no error."""
    if args.json and args.csv:
        raise UsageError("figures: --json and --csv are two forms", "leave out one of them")
    if args.series and args.csv:
        raise UsageError("figures: --series has no table", "in the interface x writes one; or take --json")
    query = " ".join(args.query)
    with open_newsdesk(args) as desk:
        read_waiting(desk, query, args.read, out)
        if args.series:
            from newsdesk.cli.series import show_series

            found = show_series(desk, query, args.limit, out, json=args.json)
        else:
            found = _show_figures(desk, query, args, out)
    if not found:
        out.note(f"no figure in a passage with {query!r}" if query else "no figures yet")
    return 0


def _show_figures(desk: Newsdesk, query: str, args: Namespace, out: Printer) -> int:
    """Print claims, the newest first; how many there were."""
    from newsdesk.cli.records import CSV_COLUMNS, figure_hit_cells, figure_hit_record

    found = 0
    if args.csv:
        out.csv(CSV_COLUMNS)
    for hit in pages(lambda size, after: desk.figures(query, limit=size, after=after), args.limit):
        found += 1
        if args.json:
            out.json(figure_hit_record(hit))
        elif args.csv:
            out.csv(figure_hit_cells(hit))
        else:
            _show_figure(out, hit)
    return found


def entities(args: Namespace, out: Printer) -> int:
    """`newsdesk entities`; finding nothing is no error."""
    from newsdesk.cli.records import entity_hit_record

    query = " ".join(args.query)
    found = 0
    with open_newsdesk(args) as desk:
        read_waiting(desk, query, args.read, out)
        for hit in pages(lambda size, after: desk.entities(query, limit=size, after=after), args.limit):
            found += 1
            if args.json:
                out.json(entity_hit_record(hit))
            else:
                _show_entity(out, hit)
    if not found:
        out.note(f"no entity in a passage with {query!r}" if query else "no entities yet")
    return 0


def _show_figure(out: Printer, hit: FigureHit) -> None:
    from newsdesk.cli.article import figure_parts, local_time, speaker

    article, figure = hit.article, hit.figure
    if out.styled:
        out.line(*figure_parts(figure, article.publisher))
        place = f"{article.id} · {article.publisher} · {local_time(article.published)} · {article.title}"
        out.line((place, "quiet"), indent=2)
        return
    happened = figure.event or "" if figure.category == "other" else figure.category
    cells = (str(article.id), article.published.isoformat(), article.publisher)
    said = speaker(figure, article.publisher)
    out.row(*cells, said, figure.text, happened, figure.place or "", figure.when or "", article.title)


def _show_entity(out: Printer, hit: EntityHit) -> None:
    from newsdesk.cli.article import count

    if not out.styled:
        numbers = (str(hit.mentions), str(hit.articles), str(hit.about))
        out.row(*numbers, hit.kind, hit.name, "; ".join(hit.aliases))
        return
    about = f", about it {hit.about:,}" if hit.about else ""
    numbers_said = f" · {count(hit.mentions, 'mention')} in {count(hit.articles, 'article')}{about}"
    aliases = f" · also {', '.join(hit.aliases)}" if hit.aliases else ""
    out.line((hit.name, hit.kind), (f" {hit.kind}", "quiet"), numbers_said, (aliases, "quiet"))

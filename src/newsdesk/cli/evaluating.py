"""`newsdesk evaluate`: how near the analysis comes to hand-labelled articles."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.cli.opening import open_newsdesk
from newsdesk.cli.parser import add_verb
from newsdesk.errors import InputError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Printer
    from newsdesk.evaluate import Gold, Miss, Rate, Scores, Share

LARGEST = 50_000_000
"""Bytes of a gold file at most."""
QUOTED = 60


def add_verbs(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "evaluate",
        evaluate,
        "score the analysis on articles that you labelled by hand",
        more="A gold file is JSON of schema newsdesk/gold/1: docs/evaluating.md describes it.",
    )
    verb.add_argument("gold", metavar="GOLD", nargs="+", help="gold files, or folders of them")
    verb.add_argument("--misses", action="store_true", help="print every difference")
    verb.add_argument("--json", action="store_true", help="one JSON object")


def evaluate(args: Namespace, out: Printer) -> int:
    """`newsdesk evaluate`; each article is read with the desk that its gold file names, or `--desk`."""
    from newsdesk.evaluate import Scores

    scores = Scores()
    told: set[str] = set()
    by_desk: dict[str, list[tuple[Path, Gold]]] = {}
    for file in _files(args.gold):
        gold = _read(file)
        by_desk.setdefault(args.desk or gold.desk, []).append((file, gold))
    for desk_id, found in by_desk.items():
        with open_newsdesk(Namespace(**{**vars(args), "desk": desk_id}), archive=False) as desk:
            for file, gold in found:
                analysis = desk.analyze(desk.read_text(_text(file, gold)))
                scores.add(gold, analysis)
                for notice in analysis.notices:
                    if notice not in told:
                        told.add(notice)
                        out.note(notice)
    if args.json:
        out.json(scores_record(scores, misses=args.misses))
    else:
        print_scores(out, scores, misses=args.misses)
    return 0


def print_scores(out: Printer, scores: Scores, *, misses: bool) -> None:
    """A table of measures; with `misses` a line each."""
    from newsdesk.cli.article import count

    out.line((count(scores.articles, "article"), "title"), f" · {count(scores.lost, 'passage')} lost")
    out.heading("Measures")
    _rate(out, "topics", scores.topics)
    _rate(out, "entities", scores.entities)
    _rate(out, "entity spans", scores.spans)
    _part(out, "linking", scores.linking)
    _rate(out, "figures", scores.figures)
    for name, share in scores.fields.items():
        _part(out, name, share)
    _rate(out, "claim", scores.claims)
    for title, rates in (("By topic", scores.by_topic), ("By kind of entity", scores.by_kind)):
        if rates:
            out.heading(title)
            for name, rate in sorted(rates.items()):
                _rate(out, name, rate)
    if misses:
        out.heading(f"Misses · {len(scores.misses)}")
        for miss in scores.misses:
            out.line(_said(miss))


def scores_record(scores: Scores, *, misses: bool) -> dict[str, object]:
    """`evaluate --json`."""
    from msgspec.structs import asdict

    record: dict[str, object] = {
        "articles": scores.articles,
        "lost": scores.lost,
        "topics": _rate_record(scores.topics),
        "entities": _rate_record(scores.entities),
        "entity_spans": _rate_record(scores.spans),
        "linking": _share_record(scores.linking),
        "figures": _rate_record(scores.figures),
        "fields": {name: _share_record(share) for name, share in scores.fields.items()},
        "claim": _rate_record(scores.claims),
        "by_topic": {name: _rate_record(rate) for name, rate in sorted(scores.by_topic.items())},
        "by_kind": {name: _rate_record(rate) for name, rate in sorted(scores.by_kind.items())},
    }
    if misses:
        record["misses"] = [asdict(miss) for miss in scores.misses]
    return record


def _files(names: list[str]) -> list[Path]:
    """The files, and those in the folders. Raises InputError."""
    found: list[Path] = []
    for name in names:
        path = Path(name)
        inside = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not inside:
            raise InputError(f"{name}: no gold files (*.json) in this folder")
        found += inside
    return found


def _read(file: Path) -> Gold:
    from newsdesk.evaluate import read_gold
    from newsdesk.loading import read_file

    return read_gold(read_file(file, LARGEST), str(file))


def _text(file: Path, gold: Gold) -> str:
    """The article that was labelled."""
    if not gold.text_file:
        return gold.text
    from newsdesk.loading import read_file

    text = file.parent / gold.text_file
    try:
        return read_file(text, LARGEST).decode()
    except UnicodeDecodeError:
        raise InputError(f"{text}: is not UTF-8 text") from None


def _rate(out: Printer, name: str, rate: Rate) -> None:
    if not rate.wanted + rate.extra:
        return
    numbers = f"precision {rate.precision:.3f} · recall {rate.recall:.3f} · F1 "
    counts = f" · {rate.right} right, {rate.extra} too many, {rate.missed} missed"
    out.line(f"{name:<28} {numbers}", (f"{rate.f1:.3f}", "match"), (counts, "quiet"))


def _part(out: Printer, name: str, share: Share) -> None:
    if share.of:
        out.line(
            f"{name:<28} right ",
            (f"{share.share:.3f}", "match"),
            (f" · {share.right} of {share.of}", "quiet"),
        )


def _said(miss: Miss) -> str:
    text = miss.text if len(miss.text) <= QUOTED else miss.text[:QUOTED].rstrip() + "…"
    where = f"{miss.article}, passage {miss.passage}"
    if miss.kind == "passage":
        return f"{where}: lost: {text}"
    if miss.got is None:
        return f"{where}: {miss.kind} missed: {miss.wanted} · {text}"
    if miss.wanted is None and miss.kind in ("topic", "entity", "figure"):
        return f"{where}: {miss.kind} too many: {miss.got} · {text}"
    return f"{where}: {miss.kind} should be {miss.wanted or 'nobody'}, is {miss.got} · {text}"


def _rate_record(rate: Rate) -> dict[str, float | int]:
    return {
        "precision": rate.precision,
        "recall": rate.recall,
        "f1": rate.f1,
        "right": rate.right,
        "extra": rate.extra,
        "missed": rate.missed,
    }


def _share_record(share: Share) -> dict[str, float | int]:
    return {"share": share.share, "right": share.right, "of": share.of}

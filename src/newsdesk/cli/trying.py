"""What `newsdesk topics test` prints: words by what they catch, and passages that just missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import asdict

from newsdesk.cli.article import count

if TYPE_CHECKING:
    from newsdesk.cli.printer import Printer
    from newsdesk.models import Desk, Topic
    from newsdesk.trial import Look, Missed, Trial

Record = dict[str, object]

QUOTED = 200
"""Characters of a passage that just missed."""
CONTEXT = ("against", "needs")
"""Parts that catch nothing themselves."""
WRITTEN = ("strong", "weak", "entity", "pair")
"""Parts that a desk file lists to catch passages with: what catches nothing can be deleted there."""


def print_trial(out: Printer, trial: Trial, desk: Desk, *, misses: int) -> None:
    """Per topic its words; then at most `misses` near misses, the nearest first."""
    articles = len({look.article for look in trial.report.looks})
    out.line(
        (f"Desk {desk.id}", "title"),
        f" · {count(trial.passages, 'passage')} in {count(articles, 'article')}",
    )
    for number, topic in enumerate(desk.topics, start=1):
        _print_topic(out, number, topic, trial)
    _print_misses(out, trial, desk, misses)


def trial_record(trial: Trial) -> Record:
    """`topics test --json`."""
    return {
        "desk": trial.desk,
        "passages": trial.passages,
        "of": trial.of,
        "words": [asdict(word) for word in trial.report.words],
        "near_misses": [_miss_record(trial, look, missed) for look, missed in trial.near_misses()],
    }


def _miss_record(trial: Trial, look: Look, missed: Missed) -> Record:
    article = trial.article(look)
    return {
        "article": {
            "id": article.id or None,
            "title": article.title,
            "url": article.url or None,
            "publisher": article.publisher or None,
            "published": article.published if article.id else None,
        },
        "passage": look.passage.index,
        "text": look.passage.text,
        "topics": look.passage.topics,
        "missed": missed.topic,
        "score": missed.score,
        "needed": missed.needed,
        "lacking": missed.lacking,
        "why": [{"cue": cue.cue, "weight": cue.weight} for cue in missed.cues],
    }


def _print_topic(out: Printer, number: int, topic: Topic, trial: Trial) -> None:
    looks = trial.report.looks
    first = sum(look.passage.topic == topic.id for look in looks)
    further = sum(topic.id in look.passage.topics[1:] for look in looks)
    also = f", in {further:,} as a further topic" if further else ""
    out.heading(f"{number} {topic.title} · {count(first, 'passage')}{also}")
    words = trial.words_of(topic.id)
    catching = [word for word in words if word.passages and word.part not in CONTEXT]
    for word in catching:
        decided = f" · decided {word.decided:,}" if word.decided else ""
        # Numbers first, in a column: words have any length.
        out.line(f"{word.passages:>6,}  ", (word.word, "match"), (f"  {word.part}{decided}", "quiet"))
    catchers = [word for word in words if word.part in WRITTEN]
    idle = [word.word for word in catchers if not word.passages]
    _print_words(out, f"Caught nothing: {len(idle)} of {count(len(catchers), 'word')}", idle)
    for part in CONTEXT:
        standing = [f"{word.word} {word.passages:,}" for word in words if word.part == part and word.passages]
        _print_words(out, f"Standing here, of `{part}`", standing)


def _print_words(out: Printer, title: str, words: list[str]) -> None:
    if words:
        out.line((title, "heading"))
        out.line(", ".join(words), indent=2)


def _print_misses(out: Printer, trial: Trial, desk: Desk, most: int) -> None:
    near = trial.near_misses()
    if not near or not most:
        return
    titles = {topic.id: topic.title for topic in desk.topics}
    shown = f", the nearest {most}" if len(near) > most else ""
    out.heading(f"Just missed · {len(near):,}{shown}")
    for look, missed in near[:most]:
        article = trial.article(look)
        where = f"{article.id} · " if article.id else ""
        out.line(
            (titles.get(missed.topic, missed.topic), "topic"),
            f" {missed.score:.2f} of {missed.needed:.2f}: {missed.lacking}",
        )
        cues = ", ".join(f"{cue.cue} {cue.weight:+.2f}" for cue in missed.cues)
        if cues:
            out.line((cues, "quiet"), indent=2)
        text = look.passage.text
        out.line(text if len(text) <= QUOTED else text[:QUOTED].rstrip() + "…", indent=2)
        stands = ", ".join(titles.get(topic, topic) for topic in look.passage.topics) or "Unsorted"
        out.line((f"{where}{article.title} · passage {look.passage.index} · in {stands}", "quiet"), indent=2)
        out.line()

"""Markdown by topic and article. Text from outside is escaped: none of it is read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsdesk.export.extract import Extract, Heading, happened, one_line, speaker, stamp
from newsdesk.models import Figure, LabelledPassage

# CommonMark 0.31, 2.4: any ASCII punctuation may be escaped. What stands at a line's start only, there only.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>&|~$])")
_AT_START = re.compile(r"^(\s*)([#+=:-]|\d+(?=[.)]))")
_LINKED = re.compile(r"https?://\S+", re.IGNORECASE)


def as_markdown(extracts: Iterable[Extract], heading: Heading) -> Iterator[str]:
    """Topics in the desk's order, Unsorted last; under each its articles with their passages and claims.

    Nothing at all where there is nothing to export.
    """
    found = list(extracts)
    if not found:
        return
    passages = sum(len(one.passages) for one in found)
    yield f"# {escaped(heading.query)}\n\n"
    counted = f"{_count(passages, 'passage')} of {_count(len(found), 'article')}"
    yield f"{counted} · desk {heading.desk} · made {stamp(heading.made)} by newsdesk\n"
    for topic, title in [*heading.topics, (None, "Unsorted")]:
        known = {id for id, _ in heading.topics}
        here = [(one, _of(one, topic, known)) for one in found]
        if any(chosen for _, chosen in here):
            yield f"\n## {escaped(title)}\n"
        for one, chosen in here:
            if chosen:
                yield from _article(one, chosen)


def _of(one: Extract, topic: str | None, known: set[str]) -> list[LabelledPassage]:
    """The passages that stand under a topic; None: Unsorted."""
    return [
        passage for passage in one.passages if (passage.topic if passage.topic in known else None) == topic
    ]


def _article(one: Extract, passages: list[LabelledPassage]) -> Iterator[str]:
    article = one.article
    yield f"\n### {escaped(article.title) or '(no title)'}\n\n"
    facts = [escaped(article.publisher), escaped(article.author), stamp(article.published)]
    yield " · ".join(fact for fact in facts if fact) + "  \n"
    if article.url:
        yield f"{_address(article.url)}  \n"
    yield f"article {article.id}, {one.version}\n"
    if not article.deep:
        yield "\nFigures not read yet.\n"
    for passage in passages:
        yield f"\n> {'**' if passage.kind == 'heading' else ''}{escaped(passage.text)}"
        yield "**\n" if passage.kind == "heading" else "\n"
        claims = one.claims(passage.index)
        if claims:
            yield "\n"
        yield from (_claim(figure, article.publisher) for figure in claims)


def _claim(figure: Figure, publisher: str) -> str:
    known = (figure.place, figure.when, figure.scope if figure.scope != "unknown" else None)
    parts = [f"**{escaped(figure.text)}**", escaped(happened(figure)), escaped(speaker(figure, publisher))]
    parts += [escaped(part) for part in known if part]
    return f"- {' · '.join(part for part in parts if part)}\n"


def _address(url: str) -> str:
    plain = one_line(url)
    if _LINKED.fullmatch(plain) is None:
        return escaped(plain)
    return f"<{plain.replace('<', '%3C').replace('>', '%3E')}>"


def escaped(text: str) -> str:
    """Words on one line that Markdown shows as they are."""
    plain = _ANYWHERE.sub(r"\\\1", one_line(text).strip())
    return _AT_START.sub(lambda found: _at_start(found[1], found[2]), plain)


def _at_start(blanks: str, sign: str) -> str:
    return f"{blanks}{sign}\\" if sign.isdigit() else f"{blanks}\\{sign}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"

"""What is new since the reader last looked -> `Content`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from newsdesk.changes import Changes
from newsdesk.models.news import ChangedArticle, News, TopicNews
from newsdesk.tui import newsitems, present, present_changes, words
from newsdesk.tui.newsitems import FigureItem

INDENT = Content("  ")


def summed(topics: Sequence[TopicNews]) -> str:
    """`12 new passages · 3 figures · 1 article changed`."""
    passages, figures, changed = newsitems.totals(topics)
    parts = [
        words.count(passages, "new passage") if passages else "",
        words.count(figures, "new figure") if figures else "",
        f"{words.count(changed, 'article')} changed" if changed else "",
    ]
    return present.BETWEEN.join(part for part in parts if part)


def since(one: TopicNews, now: datetime) -> str:
    """`looked at Wed 27 Mar 2024 09:41`, or that nobody has looked yet."""
    if one.looked is None:
        return "never looked at: everything is new"
    return f"looked at {words.ago(one.looked, now) or words.date_and_clock(one.looked)}"


def topic_head(one: TopicNews, topics: present.Topics, width: int, now: datetime) -> list[Content]:
    """The topic's name in a line across, what is new in it, and since when."""
    name = Content.styled(
        f"━━ {topics.key(one.topic)} {topics.title(one.topic)} ", f"bold {topics.hue(one.topic)}"
    )
    line = name + Content.styled("━" * max(0, width - name.cell_length), "$faint")
    facts = present.plain(present.BETWEEN.join([summed([one]), since(one, now)]), present.QUIET)
    said = present.hanging(INDENT, facts, width).split("\n")
    return [line.truncate(width), *said, Content("")]


def group(title: str) -> list[Content]:
    """The title of a group of items, where one begins."""
    return [Content.styled(title, "bold $prose")] if title else []


def changed(article: ChangedArticle, found: Changes | None, width: int, now: datetime) -> list[Content]:
    """Title, outlet and revisions; then what is another, word by word."""
    title = present.line(article.title or "(no title)", present.STRONG)
    lines = present.hanging(Content.styled("± ", "bold $figure-name"), title, width).split("\n")
    facts = [present.line(article.publisher, "$prose")]
    if found is not None:
        versions = f"revision {found.before.number} → {found.after.number}"
        facts += [
            present.plain(versions, present.QUIET),
            present.plain(words.when(found.after.fetched, now), present.QUIET),
        ]
    lines.append(INDENT + present.join(facts))
    if found is not None:
        lines += present_changes.differences(found, article.publisher, width)
    return [line.truncate(width, ellipsis=True) for line in lines]


def figure(item: FigureItem, width: int, now: datetime) -> list[Content]:
    """The claim with its speaker, then outlet and time."""
    hit = item.hit
    lines = present.figures([hit.figure], hit.article.publisher, width).split("\n")
    time = words.ago(hit.article.published, now) or words.when(hit.article.published, now)
    outlet = present.join(
        [present.line(hit.article.publisher, present.QUIET), present.plain(time, present.QUIET)]
    )
    if lines[-1].cell_length + len(present.BETWEEN) + outlet.cell_length <= width:
        lines[-1] = present.join([lines[-1], outlet])
    else:
        lines.append((Content(" " * min(present.UNDER, width // 4)) + outlet).truncate(width, ellipsis=True))
    return [*lines, Content("")] if item.is_last else list(lines)


def rest(number: int, key: str) -> list[Content]:
    """That there are more passages than are listed."""
    said = f"  and {words.count(number, 'more new passage')}: the board ({key}) has them all"
    return [present.plain(said, present.QUIET), Content("")]


def nothing(
    news: News, topics: present.Topics, ways: Sequence[tuple[str, str]], width: int, now: datetime
) -> Content:
    """The lesson where nothing is new: when each topic was looked at, and which keys help."""
    lines = [Content.styled("Nothing new since you last looked.", present.STRONG), Content("")]
    for one in news.topics:
        name = Content.styled(f"{topics.key(one.topic)} {topics.title(one.topic)}  ", topics.hue(one.topic))
        lines.append((name + present.plain(since(one, now), present.QUIET)).truncate(width, ellipsis=True))
    lines.append(Content(""))
    lines += [present.hanging(Content(""), present.key_hint(key, says), width) for key, says in ways]
    return Content("\n").join(lines)

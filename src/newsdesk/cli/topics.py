"""`newsdesk topics`: a desk's topics, what their words catch, labelling anew, and corrections by hand."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from newsdesk.cli.indexing import index_few
from newsdesk.cli.opening import open_newsdesk
from newsdesk.cli.parser import add_group, add_number, add_verb, whole_number
from newsdesk.cli.progress import bar
from newsdesk.errors import InputError, UsageError

if TYPE_CHECKING:
    from newsdesk.cli.parser import Verbs
    from newsdesk.cli.printer import Printer
    from newsdesk.desk import Newsdesk
    from newsdesk.models import Topic
    from newsdesk.trial import Trial

LIMIT = 2_000
MOST = 100_000
MISSES = 20


def add_verbs(verbs: Verbs) -> None:
    actions = add_group(verbs, "topics", "a desk's topics: list, try out, label anew, correct")

    verb = add_verb(actions, "list", list_topics, "print the desk's topics with their words and passages")
    verb.add_argument("desk_name", metavar="DESK", nargs="?", help="this desk instead of the config's")
    verb.add_argument("--json", action="store_true", help="a JSON object a topic")

    verb = add_verb(
        actions,
        "test",
        test,
        "say what each word of a desk catches, and what passages just miss",
        more="Nothing is stored: edit the desk's file and test it again.",
    )
    verb.add_argument("desk_name", metavar="DESK", help="the desk to test")
    verb.add_argument("query", metavar="QUERY", nargs="*", help="only passages that `search` finds for it")
    verb.add_argument("--file", metavar="FILE|URL", help="an article that is not in the archive")
    add_number(verb, "--limit", "look at the newest N passages", LIMIT, (1, MOST))
    add_number(verb, "--misses", "print at most N near misses; --json prints all", MISSES, (0, MOST))
    verb.add_argument("--json", action="store_true", help="one JSON object")

    verb = add_verb(
        actions,
        "relabel",
        relabel,
        "give the archive the labels of the desk as it is worded now",
        more="The language model is not needed. What is stopped goes on where it was; corrections stay.",
    )
    verb.add_argument("desk_name", metavar="DESK", nargs="?", help="this desk instead of the config's")
    verb.add_argument("--json", action="store_true", help="a JSON object a step")

    verb = add_verb(
        actions,
        "correct",
        correct,
        "set a passage's topics by hand; they win over the words",
        more="`unsorted` as the only topic takes the passage out of all; `auto` takes the correction back. "
        "`search --json` prints ids of articles and numbers of passages.",
    )
    verb.add_argument("article", metavar="ID", type=whole_number(1, 10**10), help="the article's id")
    verb.add_argument("passage", metavar="PASSAGE", type=whole_number(0, 10**6), help="the passage's number")
    verb.add_argument(
        "topics", metavar="TOPIC", nargs="+", help="id, title or number; the first is where it stands"
    )


def list_topics(args: Namespace, out: Printer) -> int:
    """`newsdesk topics list`. A desk that the archive is not labelled with has no passages to count."""
    from newsdesk.cli.article import count

    with open_newsdesk(_with_desk(args)) as desk:
        waiting, counts = desk.unlabelled(), desk.counts()
        topics = desk.desk.topics
    labelled = waiting < counts.articles
    passages = {one.topic: one.passages for one in counts.topics}
    for number, topic in enumerate(topics, start=1):
        here = passages.get(topic.id, 0) if labelled else None
        if args.json:
            out.json({"desk": desk.desk.id, **_topic_record(topic), "passages": here})
        elif out.styled:
            _show_topic(out, number, topic, here)
        else:
            out.row(topic.id, topic.title, str(_words(topic)), "" if here is None else str(here))
    if waiting and counts.articles:
        out.note(
            f"{count(waiting, 'article')} of {counts.articles:,} wait for labels of desk {desk.desk.id}; "
            f"`newsdesk topics relabel {desk.desk.id}` makes them"
        )
    return 0


def test(args: Namespace, out: Printer) -> int:
    """`newsdesk topics test`."""
    from newsdesk.cli.trying import print_trial, trial_record

    query = " ".join(args.query)
    if args.file and query:
        raise UsageError("topics test: --file looks at one article", "leave out QUERY or --file")
    args = _with_desk(args)
    with open_newsdesk(args, archive=not args.file) as desk:
        if query:
            index_few(desk, out)
        trial = _of_file(desk, args.file) if args.file else desk.trial(query, args.limit)
        if args.json:
            out.json(trial_record(trial))
        elif trial.passages:
            print_trial(out, trial, desk.desk, misses=args.misses)
    _tell_window(trial, query, out)
    return 0


def relabel(args: Namespace, out: Printer) -> int:
    """`newsdesk topics relabel`. Raises Busy where another process does it."""
    from newsdesk.cli.article import count

    with open_newsdesk(_with_desk(args)) as desk:
        done = changed = 0
        with bar(out, "labelling anew", quiet=args.json) as advance:
            for at in desk.relabel():
                done, changed = at.done, at.changed
                advance(at.done, at.total)
                if args.json:
                    out.json({"done": at.done, "total": at.total, "changed": at.changed})
        if args.json and not done:
            out.json({"done": 0, "total": 0, "changed": 0})
        elif not args.json:
            name = desk.desk.id
            said = f"{count(done, 'article')} labelled anew with desk {name} · {changed:,} passages changed"
            out.line(said if done else f"every article has the labels of desk {name} already")
    return 0


def correct(args: Namespace, out: Printer) -> int:
    """`newsdesk topics correct`. Raises InputError for a passage that is not there."""
    from newsdesk.cli.article import choose_topic

    with open_newsdesk(args) as desk:
        topics: list[str] | None = None
        if args.topics != ["auto"]:
            chosen = [choose_topic(word, desk.desk) for word in args.topics]
            topics = list(dict.fromkeys(topic for topic in chosen if topic is not None))
            if topics and None in chosen:
                raise UsageError("topics correct: unsorted stands alone", "leave out the other topics")
        article = desk.article(args.article)
        if article is None or args.passage >= len(article.passages):
            raise InputError(
                f"there is no passage {args.passage} in article {args.article}",
                "`newsdesk search --json WORDS` prints ids and passages",
            )
        if article.passages[args.passage].kind in ("heading", "furniture"):
            raise InputError(
                f"passage {args.passage} is a {article.passages[args.passage].kind}",
                "sub-headings and furniture go with the passages around them",
            )
        desk.correct_now(args.article, args.passage, topics)
        article = desk.article(args.article)
        titles = {topic.id: topic.title for topic in desk.desk.topics}
    assert article is not None
    now = [titles[topic] for topic in article.passages[args.passage].topics]
    how = "its words say" if topics is None else "set by hand"
    out.line(f"article {args.article}, passage {args.passage}: {', '.join(now) or 'Unsorted'} ({how})")
    return 0


def _with_desk(args: Namespace) -> Namespace:
    """DESK is a shorter way to write `--desk DESK`."""
    if args.desk_name:
        args.desk = args.desk_name
    return args


def _of_file(desk: Newsdesk, source: str) -> Trial:
    from newsdesk.cli.reading import load_source

    return desk.trial_of(load_source(desk, source), source)


def _tell_window(trial: Trial, query: str, out: Printer) -> None:
    if not trial.passages:
        out.note(
            f"no passage has {query!r}" if query else "there are no passages; `newsdesk fetch` gets some"
        )
    elif trial.passages < trial.of:
        out.note(f"looked at the newest {trial.passages:,} of {trial.of:,} passages; --limit N looks at more")


def _words(topic: Topic) -> int:
    return len(topic.strong) + len(topic.weak) + len(topic.entities) + len(topic.pairs)


def _topic_record(topic: Topic) -> dict[str, object]:
    return {
        "id": topic.id,
        "title": topic.title,
        "description": topic.description,
        "strong": len(topic.strong),
        "weak": len(topic.weak),
        "entities": len(topic.entities),
        "pairs": len(topic.pairs),
        "against": len(topic.against),
        "needs": len(topic.needs),
    }


def _show_topic(out: Printer, number: int, topic: Topic, passages: int | None) -> None:
    from newsdesk.cli.article import count

    here = "" if passages is None else f" · {count(passages, 'passage')}"
    out.line((f"{number} {topic.title}", "topic"), (f"  {topic.id}", "quiet"), here)
    parts = [
        f"{size} {name}" for name, size in _topic_record(topic).items() if isinstance(size, int) and size
    ]
    out.line((" · ".join(parts), "quiet"), indent=2)
    if topic.description:
        out.line(topic.description, indent=2)

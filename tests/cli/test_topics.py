"""`topics`: a desk's words tried out, the archive labelled anew, passages corrected by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from cli.feeds import BAKERY, GAZA, LEBANON, rss, subscriptions
from cli.program import RULES_ONLY, Cli, Done
from newsdesk.update.background import alone
from servers import Answer, Server

DESK = """
title = "Harbour"
[[topics]]
id = "rockets"
title = "Rockets and talks"
description = "All that flies."
strong = ["rocket*", "submarine*"]
weak = ["mediators"]
[[topics]]
id = "bread"
title = "Bread"
strong = ["bakery"]
"""
SUMMIT = "A summit of mediators was put off, and the mediators went home."


@pytest.fixture
def filled(cli: Cli, server: Server) -> Cli:
    """A home with two articles and a desk of its own."""
    feed = rss("Example Wire", {"Talks": [GAZA, BAKERY], "Rockets": [LEBANON, SUMMIT]})
    url = server.answer("/feed.xml", Answer(feed, etag='"1"'))
    cli.configure('desk = "harbour"\n[fetch]\nspacing = 0.0\n' + RULES_ONLY + subscriptions(url))
    edit(cli, DESK)
    assert cli("fetch").status == 0
    return cli


def edit(cli: Cli, text: str) -> None:
    folder = cli.home / "desks"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "harbour.toml").write_text(text, encoding="utf-8")


def records(done: Done) -> list[dict[str, Any]]:
    assert done.status == 0, done
    return [msgspec.json.decode(line, type=dict[str, Any]) for line in done.lines]


def topics_of(cli: Cli, words: str) -> list[str]:
    [record] = records(cli("read", "--json", str(hit(cli, words)[0])))
    return next(one["topics"] for one in record["passages"] if words in one["text"])


def hit(cli: Cli, words: str) -> tuple[int, int]:
    """Article and passage that have the words."""
    [found] = records(cli("search", "--json", f'"{words}"'))
    return found["article"]["id"], found["passage"]


def test_list_counts_words_and_passages(filled: Cli) -> None:
    rockets, bread = records(filled("topics", "list", "--json"))
    assert (rockets["desk"], rockets["id"], rockets["title"]) == ("harbour", "rockets", "Rockets and talks")
    assert (rockets["strong"], rockets["weak"], rockets["passages"]) == (2, 1, 1)
    assert (bread["strong"], bread["passages"]) == (1, 1)
    assert filled("topics", "list").lines == ["rockets\tRockets and talks\t3\t1", "bread\tBread\t1\t1"]


def test_list_of_another_desk_says_that_it_counts_nothing_yet(filled: Cli) -> None:
    done = filled("topics", "list", "climate", "--json")
    assert {record["passages"] for record in records(done)} == {None}
    assert "topics relabel climate" in done.err
    filled("topics", "list", "harbor").refused("unknown desk 'harbor'", "did you mean harbour?")


def test_test_says_what_each_word_catches(filled: Cli) -> None:
    [report] = records(filled("topics", "test", "harbour", "--json"))
    assert (report["desk"], report["passages"], report["of"]) == ("harbour", 4, 4)
    caught = {(one["topic"], one["word"]): (one["passages"], one["decided"]) for one in report["words"]}
    assert caught["rockets", "rocket*"] == (1, 1)
    assert caught["rockets", "submarine*"] == (0, 0)
    assert caught["bread", "bakery"] == (1, 1)
    assert caught["rockets", "mediators"][0] == 2


def test_test_says_what_passages_just_miss(filled: Cli) -> None:
    [report] = records(filled("topics", "test", "harbour", "--json"))
    missed = next(one for one in report["near_misses"] if one["text"] == SUMMIT)
    assert (missed["missed"], missed["topics"]) == ("rockets", [])
    assert 0 < missed["score"] < missed["needed"]
    assert missed["lacking"]
    assert "mediators" in {cue["cue"] for cue in missed["why"]}
    assert missed["article"]["title"] == "Rockets"


def test_test_is_readable(filled: Cli) -> None:
    done = filled("topics", "test", "harbour")
    assert done.lines[0] == "Desk harbour · 4 passages in 2 articles"
    assert "## 1 Rockets and talks · 1 passage" in done.out
    at = done.lines.index("Caught nothing: 1 of 3 words")
    assert done.lines[at + 1].strip() == "submarine*"
    assert any(line.split() == ["1", "bakery", "strong", "·", "decided", "1"] for line in done.lines)
    assert "## Just missed" in done.out
    assert SUMMIT in done.out
    assert "Just missed" not in filled("topics", "test", "harbour", "--misses", "0").out


def test_test_looks_at_what_a_query_finds(filled: Cli) -> None:
    [report] = records(filled("topics", "test", "harbour", "bakery", "--json"))
    assert report["passages"] == 1
    assert {one["word"] for one in report["words"] if one["passages"]} == {"bakery"}
    done = filled("topics", "test", "harbour", "zebra")
    assert (done.status, done.out, done.err) == (0, "", "newsdesk: no passage has 'zebra'\n")


def test_test_of_a_window_says_so(filled: Cli) -> None:
    done = filled("topics", "test", "harbour", "--limit", "1")
    assert done.status == 0
    assert "looked at the newest 2 of 4 passages; --limit N looks at more" in done.err


def test_test_of_an_article_that_is_not_in_the_archive(cli: Cli, tmp_path: Path) -> None:
    edit(cli, DESK)
    file = tmp_path / "article.txt"
    file.write_text("A rocket rose.\n\nThe bakery sold bread.\n", encoding="utf-8")
    [report] = records(cli("topics", "test", "harbour", "--file", str(file), "--json"))
    assert (report["passages"], report["near_misses"]) == (2, [])
    assert not (cli.home / "archive.db").exists()
    cli("topics", "test", "harbour", "rocket", "--file", str(file)).refused("--file", "QUERY")
    cli("topics", "test", "harbour", "--file", str(tmp_path / "none")).refused("no such file")


def test_relabel_follows_an_edited_desk(filled: Cli) -> None:
    assert filled("topics", "relabel").lines == ["every article has the labels of desk harbour already"]
    edit(filled, DESK.replace('"bakery"', '"summit"'))
    assert "2 articles of 2 wait" in filled("topics", "list").err
    [step] = records(filled("topics", "relabel", "--json"))
    assert step == {"done": 2, "total": 2, "changed": 2}
    assert (topics_of(filled, "A summit"), topics_of(filled, "bakery")) == (["bread"], [])
    assert records(filled("topics", "relabel", "--json")) == [{"done": 0, "total": 0, "changed": 0}]


def test_relabel_with_another_desk_and_back(filled: Cli) -> None:
    done = filled("topics", "relabel", "israel-hamas")
    assert done.lines == ["2 articles labelled anew with desk israel-hamas · 4 passages changed"]
    assert filled("topics", "relabel").status == 0
    assert topics_of(filled, "bakery") == ["bread"]


def test_one_process_relabels_at_a_time(filled: Cli) -> None:
    edit(filled, DESK.replace('"bakery"', '"summit"'))
    with alone(filled.home / "archive.db", "relabel", "re-labels the archive"):
        done = filled("topics", "relabel")
    assert (done.status, done.err) == (
        1,
        "newsdesk: another newsdesk re-labels the archive; wait until it is done\n",
    )


def test_correct_puts_a_passage_where_a_person_wants_it(filled: Cli) -> None:
    article, passage = map(str, hit(filled, "bakery"))
    done = filled("topics", "correct", article, passage, "1", "bread")
    assert done.lines == [f"article {article}, passage {passage}: Rockets and talks, Bread (set by hand)"]
    assert topics_of(filled, "bakery") == ["rockets", "bread"]
    edit(filled, DESK.replace('"bakery"', '"summit"'))
    assert filled("topics", "relabel").status == 0
    assert topics_of(filled, "bakery") == ["rockets", "bread"], "it outlives re-labelling"
    assert filled("topics", "correct", article, passage, "unsorted").status == 0
    assert topics_of(filled, "bakery") == []
    done = filled("topics", "correct", article, passage, "auto")
    assert done.lines == [f"article {article}, passage {passage}: Unsorted (its words say)"]


def test_a_correction_taken_back_leaves_what_the_words_say(filled: Cli) -> None:
    article, passage = map(str, hit(filled, "bakery"))
    assert filled("topics", "correct", article, passage, "rockets").status == 0
    assert filled("topics", "correct", article, passage, "auto").status == 0
    assert topics_of(filled, "bakery") == ["bread"]


def test_correct_refuses_what_is_not_there(filled: Cli) -> None:
    article = str(hit(filled, "bakery")[0])
    filled("topics", "correct", article, "9", "bread").refused("no passage 9", "newsdesk search --json")
    filled("topics", "correct", "999", "0", "bread").refused("article 999")
    filled("topics", "correct", article, "0", "bred").refused("no topic 'bred'", "did you mean bread?")
    filled("topics", "correct", article, "0", "bread", "unsorted").refused("unsorted stands alone")


@pytest.mark.parametrize("action", ["list", "test", "relabel"])
def test_a_desk_file_that_is_wrong_is_named_with_its_key(filled: Cli, action: str) -> None:
    edit(filled, DESK.replace("strong", "stong"))
    filled("topics", action, "harbour").refused("harbour.toml", "stong", "did you mean strong?")

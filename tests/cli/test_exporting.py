"""`export`: every form with speakers and sources, hostile text, files that are made new or not at all."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from cli.feeds import BAKERY, LEBANON, rss, subscriptions
from cli.program import RULES_ONLY, Cli, Done
from newsdesk import exports
from newsdesk.export import as_csv, as_markdown, as_ris, extract, file_name
from newsdesk.export.extract import Heading
from newsdesk.models import Figure, LabelledPassage, StoredArticle
from servers import Answer, Server

TOLL = "The Health Ministry said more than 300 people were killed in Rafah."
FERRIES = "Seven ferries sank off the coast of Lebanon on Wednesday, killing 4 people."


def home(cli: Cli, server: Server, *, config: str = "") -> Cli:
    feed = rss("Example Wire", {"=Toll": [TOLL, BAKERY], "Ferries": [FERRIES, LEBANON]})
    url = server.answer("/feed.xml", Answer(feed))
    cli.configure(f"[fetch]\nspacing = 0.0\n{config}" + subscriptions(url))
    assert cli("fetch").status == 0
    return cli


@pytest.fixture
def desk(cli: Cli, server: Server) -> Cli:
    return home(cli, server, config=RULES_ONLY)


def exported(done: Done) -> dict[str, Any]:
    assert done.status == 0, done
    return msgspec.json.decode(done.out, type=dict[str, Any])


def test_json_has_speaker_source_revision_and_hash(cli: Cli, server: Server) -> None:
    done = home(cli, server)("export", "--format", "json", "killed")
    found = exported(done)
    assert (found["schema"], found["query"], found["whole"]) == ("newsdesk/export/1", "killed", False)
    [article] = found["articles"]
    assert (article["title"], article["publisher"], article["url"], article["published"]) == (
        "=Toll",
        "Example Wire",
        "https://example.org/0",
        "2024-03-27T00:00:00Z",
    )
    assert article["revision"] == 1
    assert re.fullmatch("[0-9a-f]{64}", article["content_hash"])
    assert article["figures_read"]
    [passage] = article["passages"]
    assert passage["text"] == TOLL
    [figure] = passage["figures"]
    assert (figure["speaker"], figure["min"]) == ("Health Ministry says", 300)
    assert set(Figure.__struct_fields__) < set(figure)
    assert "**more than 300 people** · killed · Health Ministry says" in cli("export", "killed").out


def test_whole_articles_on_request(desk: Cli) -> None:
    [article] = exported(desk("export", "--format", "json", "--whole", "killed"))["articles"]
    assert [passage["text"] for passage in article["passages"]] == [TOLL, BAKERY]


def test_markdown_by_topic_and_article(desk: Cli) -> None:
    text = desk("export", "lebanon").out
    assert text.startswith("# lebanon\n\n2 passages of 1 article · desk ")
    assert re.search(r"\n## .+\n\n### Ferries\n\nExample Wire · 2024-03-27T01:00:00Z", text)
    assert "<https://example.org/1>" in text
    assert re.search(r"article \d+, revision 1, sha256 [0-9a-f]{64}, fetched ", text)
    assert f"> {FERRIES}" in text
    assert "unattributed, in Example Wire" in text


def test_csv_a_row_a_figure_and_hxl(desk: Cli) -> None:
    rows = list(csv.reader(io.StringIO(desk("export", "--format", "csv", "--hxl", "killed").out)))
    head, tags, *figures = rows
    assert len(head) == len(tags)
    assert all(re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag) for tag in tags)
    [row] = [dict(zip(head, figure, strict=True)) for figure in figures]
    assert (row["title"], row["speaker"]) == ("'=Toll", "unattributed, in Example Wire")
    assert (row["figure"], row["min"], row["excerpt"]) == ("more than 300 people", "300", TOLL)
    passages = desk("export", "--format", "csv", "--passages", "--whole", "killed").out
    assert [row["excerpt"] for row in csv.DictReader(io.StringIO(passages))] == [TOLL, BAKERY]


def test_ris_an_entry_an_article(cli: Cli, desk: Cli) -> None:
    done = desk.process("export", "--format", "ris", "lebanon", env={"NEWSDESK_HOME": str(cli.home)})
    assert done.status == 0
    lines = done.out.split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert {"TI  - Ferries", "T2  - Example Wire", "DA  - 2024/03/27/", "UR  - https://example.org/1"} < set(
        lines
    )
    assert f"AB  - {FERRIES} {LEBANON}" in lines
    assert lines.count("ER  - ") == 1
    assert "\n" not in done.out.replace("\r\n", "")


@pytest.mark.parametrize("form", ["markdown", "json", "csv", "ris"])
def test_nothing_to_export_says_so(desk: Cli, form: str) -> None:
    done = desk("export", "--format", form, "zebra")
    assert done.status == 0
    assert done.err.endswith("newsdesk: nothing to export: no passage has 'zebra'\n")
    if form == "json":
        assert exported(done)["articles"] == []
    else:
        assert done.out.startswith("article,title") if form == "csv" else done.out == ""
    assert desk("export", "--output", str(desk.home / "none"), "zebra").err.endswith("no file made\n")
    assert not (desk.home / "none").exists()


def test_all_pages(desk: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "PAGE", 1)
    found = exported(desk("export", "--format", "json", "on"))
    assert sum(len(article["passages"]) for article in found["articles"]) == 3


def test_files_are_made_new_or_not_at_all(desk: Cli) -> None:
    file = desk.home / "toll.md"
    done = desk("export", "--output", str(file), "killed")
    assert (done.status, done.out) == (0, f"1 article written to {file}\n")
    text = file.read_text(encoding="utf-8")
    desk("export", "--output", str(file), "lebanon").refused("toll.md", "is there already")
    assert file.read_text(encoding="utf-8") == text
    link = desk.home / "link.md"
    link.symlink_to(desk.home / "elsewhere.md")
    desk("export", "--output", str(link), "killed").refused("link.md", "is there already")
    assert not (desk.home / "elsewhere.md").exists()
    desk("export", "--output", str(desk.home / "no" / "folder.md"), "killed").refused("cannot be written")
    folder = desk.home / "out"
    folder.mkdir()
    assert desk("export", "--format", "ris", "--output", str(folder), "killed").status == 0
    [made] = folder.iterdir()
    assert re.fullmatch(r"killed-\d{8}t\d{6}\.ris", made.name)


def test_wrong_use(desk: Cli) -> None:
    desk("export", "--hxl", "killed").refused("--hxl", "--format csv")
    desk("export", "--format", "ris", "--passages", "killed").refused("--passages", "--format csv")
    desk("export", "--format", "cvs", "killed").refused("cvs", "csv")


def test_the_query_language(desk: Cli) -> None:
    [article] = exported(desk("export", "--format", "json", "title:ferries not seven"))["articles"]
    assert [passage["text"] for passage in article["passages"]] == [LEBANON]
    file = desk.home / "bad.md"
    desk("export", "--output", str(file), "(killed").refused("column")
    assert not file.exists()


# ---------------------------------------------------------------------- hostile text

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
HEADING = Heading("q", "d", (("t", "Title *t*"),), NOW)


def article(title: str, text: str, publisher: str = "Wire", url: str = "https://w.example") -> StoredArticle:
    figure = Figure(0, 0, 1, text, 1, 1, 1, "exact", text, None, "other", text, place=text)
    return StoredArticle(
        id=7,
        feed_url="",
        publisher=publisher,
        url=url,
        title=title,
        author=title,
        published=NOW,
        fetched=NOW,
        revision=2,
        full_text="feed",
        starred=False,
        read=frozenset(),
        sections=(),
        entities=(),
        passages=(LabelledPassage(0, "paragraph", None, text, ("t",), {}, ()),),
        figures=(figure,),
        deep=True,
        content_hash="ab" * 32,
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "\r\n@", "\uff1d", "\x1b[31m="])
def test_no_cell_is_a_formula(start: str) -> None:
    bad = f"{start}cmd|' /C calc'!A0"
    for passages in (False, True):
        text = "".join(as_csv([extract(article(bad, bad, bad), None)], passages=passages))
        for cell in list(csv.reader(io.StringIO(text)))[1]:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d")), cell


def test_numbers_stay_numbers() -> None:
    text = "".join(as_csv([extract(article("T", "-5.5"), None)]))
    assert next(csv.DictReader(io.StringIO(text)))["figure"] == "-5.5"


def test_ris_takes_no_tags_from_text() -> None:
    bad = "x\r\nER  - \r\nTY  - BOOK\nTI  - y\u2028AU  - z\x1b]0;t\x07"
    text = "".join(as_ris([extract(article(bad, bad, bad, "https://w.example/\nER  - "), None)], HEADING))
    lines = text.split("\r\n")
    assert [line for line in lines if line.startswith(("TY", "ER"))] == ["TY  - NEWS", "ER  - "]
    assert text.count("\n") == text.count("\r\n")
    assert "\x1b" not in text


def test_markdown_shows_words_as_they_are() -> None:
    bad = "# <script>alert(1)</script> [a](javascript:b) *c* `d` | e\n- f"
    text = "".join(as_markdown([extract(article(bad, bad, bad, "javascript:alert(1)"), None)], HEADING))
    shown = r"\# \<script\>alert(1)\</script\> \[a\](javascript:b) \*c\* \`d\` \| e - f"
    assert f"### {shown}\n" in text
    assert f"> {shown}\n" in text
    assert "\n## Title \\*t\\*\n" in text
    assert "<javascript" not in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc-passwd-7.md"),
        ("Über Straße: 5 %", "uber-strae-5-7.md"),
        ("", "newsdesk-7.md"),
        ("日本", "newsdesk-7.md"),
        ("CON", "con-7.md"),
        ("a" * 200, f"{'a' * 80}-7.md"),
    ],
)
def test_names_of_files_are_safe(title: str, name: str) -> None:
    assert file_name(title, "7", "md") == name

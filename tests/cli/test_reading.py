"""`read` and `analyze`: articles from files, addresses, standard input; and what is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cli.program import RULES_ONLY, Cli
from newsdesk.models import Analysis
from servers import Answer, Server

ARTICLE = """\
Hezbollah militants in Lebanon launched rockets at northern Israel on Wednesday.

The Health Ministry in the Hamas-run Gaza Strip says more than 32,400 people have been killed.

The bakery on the corner opens at seven.
"""
PAGE = f"""<!doctype html><html><head><title>Rockets and a bakery</title></head><body><article>
<h1>Rockets and a bakery</h1>{"".join(f"<p>{line}</p>" for line in ARTICLE.splitlines() if line)}
</article></body></html>"""
PASSAGES = [line for line in ARTICLE.splitlines() if line]


@pytest.fixture
def article(tmp_path: Path) -> str:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return str(file)


@pytest.fixture
def quick(cli: Cli) -> Cli:
    """The command line with rules only."""
    cli.configure(RULES_ONLY)
    return cli


def decoded(text: str) -> dict[str, Any]:
    return msgspec.json.decode(text, type=dict[str, Any])


def test_read_prints_the_sections(quick: Cli, article: str) -> None:
    done = quick("read", article)
    assert done.status == 0
    assert done.lines[0] == article
    headings = [line for line in done.lines if line.startswith("## ")]
    assert any("Lebanon front" in heading for heading in headings)
    assert any(heading == "## 0 Unsorted · 1 passage" for heading in headings)
    for passage in PASSAGES:
        assert done.lines.count(passage) == 1
    assert "\x1b" not in done.out


def test_read_without_an_archive_leaves_the_disk_alone(cli: Cli, article: str) -> None:
    assert cli("read", article).status == 0
    assert cli("analyze", article).status == 0
    assert not cli.home.exists()


def test_read_one_topic(quick: Cli, article: str) -> None:
    done = quick("read", "--topic", "unsorted", article)
    assert PASSAGES[2] in done.lines
    assert PASSAGES[0] not in done.lines
    assert quick("read", "--topic", "0", "--topic", "Lebanon front", article).out.count("## ") >= 2


def test_read_an_unknown_topic_names_the_nearest(quick: Cli, article: str) -> None:
    quick("read", "--topic", "lebanon", article).refused(
        "has no topic 'lebanon'", "did you mean lebanon-front?"
    )


def test_read_json_is_the_analysis(quick: Cli, article: str) -> None:
    assert decoded(quick("read", "--json", article).out) == decoded(quick("analyze", "--json", article).out)
    quick("read", "--json", "--topic", "unsorted", article).refused("--json", "--topic")


def test_analyze_prints_exactly_the_documented_object(quick: Cli, article: str) -> None:
    done = quick("analyze", "--json", "--desk", "israel-hamas", article)
    assert (done.status, len(done.lines)) == (0, 1)
    analysis = decoded(done.out)
    assert set(Analysis.__struct_fields__) <= set(analysis)
    assert analysis["schema"] == "newsdesk/analysis/1"
    assert analysis["desk"] == "israel-hamas"
    assert set(analysis["article"]) == {"title", "url", "publisher", "published", "language"}
    assert [passage["text"] for passage in analysis["passages"]] == PASSAGES
    assert [passage["topic"] for passage in analysis["passages"]][2] is None
    for passage in analysis["passages"]:
        assert {"index", "kind", "heading", "text", "topic", "topics", "scores", "why"} <= set(passage)
        assert passage["topic"] == (passage["topics"][0] if passage["topics"] else None)
    assert sorted(index for section in analysis["sections"] for index in section["passages"]) == [0, 1, 2]
    assert analysis["sections"][-1]["topic"] is None
    msgspec.convert({**analysis, "passages": []}, Analysis)


def test_analyze_says_why(quick: Cli, article: str) -> None:
    done = quick("analyze", article)
    assert done.status == 0
    assert any(line.startswith("  why: ") and "hezbollah" in line for line in done.lines)
    assert [line.strip() for line in done.lines if line.strip() in PASSAGES] == PASSAGES


def test_the_language_model_finds_who_says_what(cli: Cli, article: str) -> None:
    analysis = decoded(cli("analyze", "--json", article).out)
    text = PASSAGES[1]
    figure = next(one for one in analysis["figures"] if one["min"] == 32400)
    assert (figure["passage"], figure["quantifier"], figure["category"]) == (1, "more_than", "killed")
    assert "Health Ministry" in figure["asserted_by"]
    assert text[figure["start"] : figure["end"]] == figure["text"]
    assert {"place/israel", "place/lebanon"} <= {entity["id"] for entity in analysis["entities"]}
    printed = cli("read", article)
    assert "Health Ministry" in next(line for line in printed.lines if line.startswith(figure["text"]))


def test_without_the_model_the_reader_is_told(quick: Cli, article: str) -> None:
    done = quick("analyze", "--json", article)
    assert done.err.startswith("newsdesk: ")
    assert done.err.count("\n") == 1
    assert "rules" in done.err


def test_standard_input(quick: Cli) -> None:
    done = quick("analyze", "--json", "-", stdin=ARTICLE.encode())
    assert [passage["text"] for passage in decoded(done.out)["passages"]] == PASSAGES


def test_html_file(quick: Cli, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    analysis = decoded(quick("analyze", "--json", str(file)).out)
    assert analysis["article"]["title"] == "Rockets and a bakery"
    assert [passage["text"] for passage in analysis["passages"]][-3:] == PASSAGES


def test_address(quick: Cli, server: Server) -> None:
    url = server.answer("/page", Answer(PAGE, content_type="text/html; charset=utf-8"))
    done = quick("read", url)
    assert done.status == 0
    assert "Rockets and a bakery" in done.out
    assert all(passage in done.lines for passage in PASSAGES)


def test_offline_an_address_is_refused_and_not_asked(quick: Cli, server: Server) -> None:
    quick("--offline", "read", server.url("/page")).refused(server.url("/page"), "leave out --offline")
    quick("analyze", server.url("/page"), "--offline").refused("needs the network")
    assert server.requests == ()


@pytest.mark.parametrize("status", [404, 500])
def test_an_address_that_answers_with_an_error(quick: Cli, server: Server, status: int) -> None:
    url = server.answer("/page", Answer(b"no", status, "text/plain"))
    quick("read", url).refused(url, str(status))


def test_an_address_that_does_not_answer(quick: Cli, server: Server) -> None:
    url = server.url("/page")
    server.stop()
    quick("analyze", "--json", url).refused(url)


# ---------------------------------------------------------------------- FILEs that are refused


@pytest.mark.parametrize("verb", [["read"], ["analyze"], ["analyze", "--json"]], ids=" ".join)
class TestRefused:
    def test_missing(self, quick: Cli, verb: list[str], tmp_path: Path) -> None:
        quick(*verb, str(tmp_path / "nothing.txt")).refused("nothing.txt", "no such file")

    def test_a_folder(self, quick: Cli, verb: list[str], tmp_path: Path) -> None:
        quick(*verb, str(tmp_path)).refused(str(tmp_path), "folder")

    @pytest.mark.parametrize("content", [b"", b" \n\n\t"])
    def test_empty(self, quick: Cli, verb: list[str], tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "empty.txt"
        file.write_bytes(content)
        quick(*verb, str(file)).refused(str(file), "empty")

    @pytest.mark.parametrize(
        "content", [b"\x00\x01\x02" * 99, b"%PDF-1.7\n", b"PK\x03\x04zip", os.urandom(4000)]
    )
    def test_binary(self, quick: Cli, verb: list[str], tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "picture"
        file.write_bytes(content)
        quick(*verb, str(file)).refused(str(file), "binary")

    def test_fifty_megabytes(self, quick: Cli, verb: list[str], tmp_path: Path) -> None:
        file = tmp_path / "large.txt"
        with file.open("wb") as stream:
            stream.truncate(50_000_000)
        quick(*verb, str(file)).refused(str(file), "larger than")

    def test_not_utf_8(self, quick: Cli, verb: list[str], tmp_path: Path) -> None:
        file = tmp_path / "latin.txt"
        file.write_bytes("Zwölf Boxkämpfer jagen Viktor.".encode("latin-1"))
        quick(*verb, str(file)).refused(str(file), "UTF-8", "iconv")

    def test_a_page_without_text(self, quick: Cli, verb: list[str], tmp_path: Path) -> None:
        file = tmp_path / "shell.html"
        file.write_text("<!doctype html><html><body><script>let a = 1</script></body></html>")
        quick(*verb, str(file)).refused(str(file), "no article text")

    def test_an_unknown_desk(self, quick: Cli, verb: list[str], article: str) -> None:
        quick(*verb, "--desk", "israel-hamsa", article).refused("unknown desk", "did you mean israel-hamas?")

    def test_an_article_that_is_not_there(self, quick: Cli, verb: list[str]) -> None:
        quick(*verb, "./1234").refused("1234")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(quick: Cli, article: str) -> None:
    Path(article).chmod(stat.S_IWUSR)
    quick("read", article).refused(article, "Permission denied")


@pytest.mark.parametrize("id", ["7", "0", "99999999999999999999999"])
def test_an_id_that_no_article_has(quick: Cli, id: str) -> None:
    quick("read", id).refused(f"no article {id}", "newsdesk search")


@pytest.mark.parametrize(
    ("stdin", "words"), [(b"", "empty"), (b"\xff\xfe\xfd", "standard input"), (b"\x00" * 99, "binary")]
)
def test_standard_input_is_checked_too(quick: Cli, stdin: bytes, words: str) -> None:
    quick("analyze", "-", stdin=stdin).refused("standard input", words)


def test_hostile_names_are_printed_as_words(quick: Cli) -> None:
    quick("read", "\x1b]52;c;eA==\x07\x1b[31mno\nnewsdesk: such\u202efile").refused(
        "newsdesk: no newsdesk: suchfile"
    )


def test_hostile_text_is_printed_as_words(quick: Cli, tmp_path: Path) -> None:
    file = tmp_path / "hostile.txt"
    file.write_text("[Live] talks [/] x [@click=app.bell()]go[/] \x1b]52;c;eA==\x07\x1b[2Jin \u202eGaza\n")
    for arguments in (["read"], ["analyze"], ["analyze", "--json"]):
        done = quick(*arguments, str(file))
        assert done.status == 0
        assert "[Live] talks [/] x [@click=app.bell()]go[/] in Gaza" in done.out
        assert not {"\x1b", "\x07", "\u202e"} & set(done.out)

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.ingest.clean import MARKS_PER_BASE, clean_line, clean_text, clean_url

HOSTILE = [
    # whole sequences, with their payload
    ("a\x1b]0;owned\x07b", "ab"),
    ("a\x1b]52;c;c2VjcmV0\x07b", "ab"),
    ("a\x1b]52;c;c2VjcmV0\x1b\\b", "ab"),
    ("a\x9d52;c;c2VjcmV0\x9cb", "ab"),
    ("\x1b]8;;http://evil.example/\x1b\\link\x1b]8;;\x1b\\", "link"),
    ("a\x1bPq#0;2;0;0;0\x1b\\b", "ab"),
    ("a\x1b_Gf=24;AAAA\x1b\\b", "ab"),
    ("a\x1bXsos\x1b\\b\x1b^pm\x1b\\c", "abc"),
    ("\x1bktitle\x1b\\a", "a"),
    ("\x1b[31mred\x1b[0m \x1b[2J\x1b[1;1Hx", "red x"),
    ("\x9b31mred\x9b0m", "red"),
    ("\x1b[?1049hx\x1b[>0;10;1cy", "xy"),
    # a string that is never closed takes only the unbroken run behind it
    ("a\x1b]52;c;c2VjcmV0 the talks went on", "a the talks went on"),
    ("a\x1b[", "a"),
    ("a\x1b", "a"),
    ("a\x1bcb", "ab"),
    ("a\x1b(Bb", "ab"),
    ("\x1b\x1b]0;x\x07a", "a"),
    # single characters
    ("a\x00b\x08c\x7fd\x85e", "abcde"),
    ("a\tb\nc", "a\tb\nc"),
    ("a\r\nb\rc\x0bd\x0ce\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng"),
    ("a\u202eb\u202ac\u202cd", "abcd"),
    ("a\u200bb\u2060c\ufeffd\xade", "abcde"),
    # tag characters: a flag is one, hidden text is none
    ("go\U000e0068\U000e0069", "go"),
    ("\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",) * 2,
    ("\U0001f3f4" + "\U000e0068" * 40 + "\U000e007f", "\U0001f3f4"),
    # isolates
    ("a\u2067b\u2069c", "a\u2067b\u2069c"),
    ("a\u2067b\nc\u2069d", "ab\ncd"),
    ("\u2066\u2067a\u2069", "\u2067a\u2069"),
    # halves of characters
    ("a\ud800b", "a\ufffdb"),
    ("\ud83d\ude00", "\U0001f600"),
    ("\udb40\udc41x", "x"),
    # stacked marks
    ("a" + "\u0301" * 300 + "b", "a" + "\u0301" * 8 + "b"),
    ("a" + "\u200d" * 300, "a" + "\u200d" * 8),
    # UTF-8 read as Latin-1 has bytes that look like openers; the words stay
    (
        "\xe2\x80\x9cquoted\xe2\x80\x9d, he said, \xe2\x80\x9cthen\xe2\x80\x9d",
        "\xe2quoted\xe2, he said, \xe2then\xe2",
    ),
]

UNTOUCHED = [
    "",
    "Talks [Live] [/] [@click=app.bell()]go[/] {x} %s $(touch x)",
    "“Curly”, — dashes …, café, naïve, 1 200 km², ½",
    "اتفق الطرفان على وقف إطلاق النار",
    "راه\u200cحل می\u200cخواهیم",
    "שלום עולם, אָלֶף־בֵּית",
    "क्षत्रिय और ज़िंदगी, বাংলা, தமிழ், ไม่เป็นไร",
    "한국어, 日本語、中文。",
    "👨\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 👍🏽 1️⃣",
    "Ŵ Ẁ e\u0301 Việt Nam",
    "a\u200eb\u200fc\u061cd",
    "――――――――――――――――",
    "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀",
]


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
def test_hostile_text(text: str, shown: str) -> None:
    assert clean_text(text) == shown
    assert clean_text(shown) == shown


@pytest.mark.parametrize("text", UNTOUCHED)
def test_plain_text_comes_back_character_for_character(text: str) -> None:
    assert clean_text(text) == text


ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
ATTACKS = st.lists(
    st.sampled_from(
        ["\x1b", "]", "[", "\x9d", "\x9b", "\x90", "\x07", "\x1b\\", "\x9c", "0;x", "m", "a", " ", "\n"]
    )
    | st.sampled_from(["\u2066", "\u2069", "\u202e", "\u0301", "\u200d", "\ud83d", "\ude00", "\U0001f3f4"])
    | st.sampled_from(["\U000e0067", "\U000e007f", "\xe2", "\x80", "\r", "é", "\u200b"])
).map("".join)
BANNED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\ufeff\ud800-\udfff]")


@given(ANY_TEXT | ATTACKS)
def test_nothing_that_acts_is_left_and_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean_text(text)
    assert BANNED.search(cleaned) is None
    assert clean_text(cleaned) == cleaned
    cleaned.encode()
    opened = 0
    for character in cleaned:
        opened += (character in "\u2066\u2067\u2068") - (character == "\u2069")
        assert opened >= 0
    assert opened == 0


@given(ATTACKS)
def test_marks_on_one_base_are_capped(text: str) -> None:
    marks = 0
    for character in clean_text("x" + text * 5):
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 0
        # Tags of a whole flag are no marks on it.
        if "\U000e0020" <= character <= "\U000e007f":
            marks = 0
        assert marks <= MARKS_PER_BASE


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_letters_digits_signs_and_blanks_are_never_touched(text: str) -> None:
    assert clean_text(text) == text


@given(ANY_TEXT | ATTACKS, st.integers(min_value=2, max_value=50))
def test_a_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert line == line.strip()
    assert clean_line(line, limit) == line


def test_a_line_that_is_cut_says_so() -> None:
    assert clean_line("word " * 1000) == "word " * 199 + "word…"
    assert clean_line("a  \n b\tc") == "a b c"


@pytest.mark.parametrize(
    "piece", ["\x1b]", "\x9d ", "\x1b[1;", "\u2066", "\u0301", "\x1bk ", "\x1b]\n", "\x9d\x1b", "<", "\ud800"]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = piece * 200_000
    started = time.process_time()
    clean_text(text)
    assert time.process_time() - started < 5


ADDRESSES = [
    ("http://news.example/a", "http://news.example/a"),
    ("  https://News.Example:8443/a?b=c&d=é#f ", "https://news.example:8443/a?b=c&d=%C3%A9#f"),
    ("http://a.example/a b", "http://a.example/a%20b"),
    ("http://a.example/%20x%zz", "http://a.example/%20x%zz"),
    ("http://bücher.example/", "http://xn--bcher-kva.example/"),
    ("http://[::1]:8080/x", "http://[::1]:8080/x"),
    ("http://user:pass@a.example/", "http://user:pass@a.example/"),
    ("http://a.example/;touch x", "http://a.example/;touch%20x"),
    ('http://a.example/"><b>', "http://a.example/%22%3E%3Cb%3E"),
    ("javascript:alert(1)", ""),
    ("data:text/html,x", ""),
    ("file:///etc/passwd", ""),
    ("|cmd", ""),
    ("--help", ""),
    ("/a/b", ""),
    ("", ""),
    ("http://", ""),
    ("http:///x", ""),
    ("http://a.example/x\ny", ""),
    ("http://a b/", ""),
    ("http://a.example\\@b.example/", ""),
    ("http://a.example:99999/", ""),
    ("http://[bad/", ""),
    ("http://" + "a" * 70 + ".example/", ""),
    ("http://a.example/" + "x" * 9000, ""),
    ("http://a.exa\x1b[31mmple/", "http://a.example/"),
]


@pytest.mark.parametrize(("address", "clean"), ADDRESSES)
def test_addresses(address: str, clean: str) -> None:
    assert clean_url(address) == clean
    assert clean_url(clean) == clean


def test_relative_addresses() -> None:
    assert clean_url("/a", "https://n.example/b/feed") == "https://n.example/a"
    assert clean_url("../a?x", "https://n.example/b/feed") == "https://n.example/a?x"
    assert clean_url("//m.example/a", "https://n.example/") == "https://m.example/a"
    assert clean_url("javascript:x", "https://n.example/") == ""


def test_file_addresses_only_where_they_are_allowed() -> None:
    assert clean_url("file:///home/a b.xml", allow_file=True) == "file:///home/a%20b.xml"
    assert clean_url("file://localhost/a", allow_file=True) == "file:///a"
    assert clean_url("file://other.example/a", allow_file=True) == ""
    assert clean_url("x.html", "file:///home/feed.xml") == ""


@given(ANY_TEXT | ATTACKS | st.from_regex(r"https?://[^/]{0,20}/.{0,20}"))
def test_an_address_is_plain_ascii_or_nothing(address: str) -> None:
    clean = clean_url(address)
    assert clean == "" or re.fullmatch(r"https?://[!-~]+", clean)
    assert clean_url(clean) == clean

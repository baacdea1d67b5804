"""The config: defaults, errors that name file, key and the nearest valid one, desks."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.config import Config, desk_names, load, read_config
from newsdesk.errors import ConfigError, UsageError
from newsdesk.paths import Paths, paths

ROOT = Path(__file__).parents[1]


@pytest.fixture
def home(tmp_path: Path) -> Paths:
    return paths(tmp_path)


def wrote(home: Paths, text: str) -> Paths:
    home.config_file.write_text(text, encoding="utf-8")
    return home


def test_example_equals_the_defaults() -> None:
    assert read_config(ROOT / "config.example.toml") == Config()


def test_example_names_every_key() -> None:
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    config = Config()
    for section in (config, config.ui, config.fetch, config.analysis):
        for key in section.__struct_fields__:
            assert key in text, key


def test_without_a_file_the_defaults_hold(home: Paths) -> None:
    settings = load(home)
    assert settings.config == Config()
    assert not settings.exists
    assert settings.desk.id == "israel-hamas"


@pytest.mark.parametrize(
    ("text", "names", "hint"),
    [
        ("desck = 'markets'", "desck: unknown key", "did you mean desk?"),
        ("[fetch]\nintervall = 30", "fetch.intervall: unknown key", "did you mean interval?"),
        ("[fetch]\ninterval = 3", "fetch.interval: expected `int` >= 15", ""),
        ("[fetch]\ninterval = 'daily'", "fetch.interval: expected `int`", ""),
        ("[ui]\nhighlights = 'some'", "ui.highlights: invalid enum value 'some'", ""),
        ("desk = 'israel-hama'", "desk: unknown desk 'israel-hama'", "did you mean israel-hamas?"),
        (
            "topics = ['gaza-frnt']",
            "topics: israel-hamas has no topic 'gaza-frnt'",
            "did you mean gaza-front?",
        ),
        (
            "[[feeds]]\nurl = 'https://a.example/x'\ntittle = 'A'",
            "feeds[https://a.example/x].tittle",
            "title",
        ),
        ("[[feeds]]\ntitle = 'A'", "feeds[1].url: is missing", "add a line"),
        ("[[feeds]]\nurl = 'a.example'", "'a.example' is no address", "https://"),
        ("[[feeds]]\nurl = 'https://a.example/'\n[[feeds]]\nurl = 'https://a.example/'", "twice", "remove"),
        (
            "[[feeds]]\nurl = 'https://a.example/'\nheaders = {Authorization = 'Basic x'}",
            "feeds[https://a.example/].headers.Authorization: a password",
            "use auth",
        ),
        (
            "[[feeds]]\nurl = 'https://a.example/'\nheaders = {X = \"a\\r\\nHost: b\"}",
            "headers.X: is no header",
            "one line",
        ),
        ("[[feeds]]\nurl = 'https://a.example/'\nheaders = {Cookie = 'a'}", "headers.Cookie", "leave it out"),
        (
            "[[feeds]]\nurl = 'https://a.example/'\nauth = {user = 'a'}",
            "auth: one of password_command",
            "docs",
        ),
        (
            "[[feeds]]\nurl = 'https://a.example/'\nauth = {user = 'a', password = 'x'}",
            "feeds[https://a.example/].auth.password: unknown key",
            "did you mean password_",
        ),
        (
            "[[feeds]]\nurl = 'https://a.example/'\nproxy = 'http://u:p@h:1'",
            "proxy: 'http://u:p@h:1' is no proxy",
            "without a password",
        ),
        (
            "[[feeds]]\nurl = 'https://a.example/'\nproxy = 'socks5h://127.0.0.1:9050'",
            "proxy: 'socks5h://127.0.0.1:9050': SOCKS is not spoken here",
            "name an HTTP proxy",
        ),
        (
            "[[feeds]]\nurl = 'https://a.example/'\nsource_class = 'blog'",
            "source_class: invalid enum value 'blog'",
            "",
        ),
        ("feeds = 3", "feeds: write each feed as a [[feeds]] table", ""),
        ("desk = ", "not valid TOML", ""),
    ],
)
def test_errors_name_file_key_and_the_way_out(home: Paths, text: str, names: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(wrote(home, text))
    line = caught.value.line()
    assert str(home.config_file) in line
    assert names in line
    assert hint in line
    assert "\n" not in line
    assert caught.value.exit_status == 2


def test_a_config_that_is_no_text(home: Paths) -> None:
    home.config_file.write_bytes(b"desk = '\xff\xfe'")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(home)


def test_an_unknown_desk_on_the_command_line(home: Paths) -> None:
    with pytest.raises(UsageError) as caught:
        load(home, desk="marktes")
    assert "did you mean markets?" in caught.value.line()


def test_built_in_desks_load(home: Paths) -> None:
    names = desk_names(home)
    assert {"israel-hamas", "markets", "climate", "elections", "outbreak", "disaster"} <= set(names)
    for name in names:
        desk = load(home, desk=name).desk
        assert desk.id == name
        assert desk.topics
        assert all(topic.strong or topic.weak for topic in desk.topics)


def test_optional_topics_are_off_until_named(home: Paths) -> None:
    plain = {topic.id for topic in load(home).desk.topics}
    assert plain == {"diplomacy", "lebanon-front", "hostage-talks", "casualties"}
    more = {topic.id for topic in load(wrote(home, "topics = ['aid']")).desk.topics}
    assert more == plain | {"aid"}


def test_a_desk_of_ones_own_comes_first(home: Paths) -> None:
    home.desks_dir.mkdir()
    (home.desks_dir / "harbour.toml").write_text(
        "title = 'Harbour'\n[[topics]]\nid = 'ferries'\ntitle = 'Ferries'\nstrong = ['ferry', 'ferries']\n",
        encoding="utf-8",
    )
    assert "harbour" in desk_names(home)
    assert load(home, desk="harbour").desk.topics[0].id == "ferries"


def test_a_wrong_desk_file_names_its_key(home: Paths) -> None:
    home.desks_dir.mkdir()
    file = home.desks_dir / "harbour.toml"
    file.write_text(
        "title = 'Harbour'\n[[topics]]\nid = 'a'\ntitle = 'A'\nstrongg = ['x']\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        load(home, desk="harbour")
    assert str(file) in caught.value.line()
    assert "strongg" in caught.value.line()
    assert "did you mean strong?" in caught.value.line()


@pytest.mark.parametrize(
    "setting", ["auth = {user = 'a', password_env = 'X'}", "headers = {X = 'y'}", "proxy = 'http://h:1'"]
)
def test_a_desk_from_elsewhere_starts_no_program(home: Paths, setting: str) -> None:
    home.desks_dir.mkdir()
    topic = "title = 'H'\n[[topics]]\nid = 'a'\ntitle = 'A'\nstrong = ['x']\n"
    feed = f"[[feeds]]\nurl = 'https://a.example/'\n{setting}\n"
    (home.desks_dir / "harbour.toml").write_text(topic + feed, encoding="utf-8")
    with pytest.raises(ConfigError, match="is not for a desk"):
        load(home, desk="harbour")


def test_home_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_HOME", str(tmp_path / "there"))
    assert paths().archive == tmp_path / "there" / "archive.db"
    assert paths(tmp_path / "here").archive == tmp_path / "here" / "archive.db"
    monkeypatch.delenv("NEWSDESK_HOME")
    assert paths().home is None
    assert "newsdesk" in str(paths().config_file)

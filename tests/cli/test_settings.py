"""`config` and `doctor`; what a wrong config does to every verb."""

from __future__ import annotations

import tomllib

import pytest

from cli.program import RULES_ONLY, Cli


def test_init_writes_a_config_that_is_right(cli: Cli) -> None:
    done = cli("config", "init")
    file = cli.home / "config.toml"
    assert (done.status, done.out) == (0, f"wrote {file}\n")
    assert cli("config", "check").status == 0
    assert tomllib.loads(file.read_text())["desk"] == "israel-hamas"


def test_init_without_feeds(cli: Cli) -> None:
    assert cli("config", "init", "--desk", "israel-hamas", "--no-feeds").status == 0
    assert "feeds" not in tomllib.loads((cli.home / "config.toml").read_text())


def test_init_writes_nothing_over(cli: Cli) -> None:
    file = cli.configure("# mine\n")
    cli("config", "init").refused(str(file), "already")
    assert file.read_text() == "# mine\n"


def test_init_with_an_unknown_desk(cli: Cli) -> None:
    cli("config", "init", "--desk", "israel-hams").refused("israel-hams", "did you mean israel-hamas?")
    assert not (cli.home / "config.toml").exists()


def test_path_works_with_a_broken_config(cli: Cli) -> None:
    file = cli.configure("desk = [")
    assert cli("config", "path").out == f"{file}\n"


def test_check_without_a_config(cli: Cli) -> None:
    done = cli("config", "check")
    assert done.status == 0
    assert "defaults" in done.out
    assert not cli.home.exists()


def test_check_says_what_is_there(cli: Cli) -> None:
    file = cli.configure('[keys]\nzoom = "Z"\n[[feeds]]\nurl = "https://example.org/feed"\n')
    done = cli("config", "check")
    assert (done.status, done.out) == (0, f"{file}: all right; desk israel-hamas, feeds: 1\n")


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ('dekc = "israel-hamas"', ["dekc", "did you mean desk?"]),
        ("[ui]\nthem = 'x'", ["ui.them", "did you mean theme?"]),
        ("[fetch]\nconcurency = 3", ["fetch.concurency", "did you mean concurrency?"]),
        ("[fetch]\nconcurrency = 'many'", ["fetch.concurrency", "int"]),
        ("[[feeds]]\nurl = 'https://a/'\nalow_private = true", ["alow_private", "mean allow_private?"]),
        ("[[feeds]]\ntitle = 'x'", ["feeds", "url"]),
        ("desk = 'israel-hams'", ["desk", "'israel-hams'", "did you mean israel-hamas?"]),
        ("topics = ['gaza-frnt']", ["topics", "'gaza-frnt'", "did you mean gaza-front?"]),
        ("desk = israel", ["not valid TOML", "line 1"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "verb", [["config", "check"], ["fetch"], ["search", "gaza"], ["feeds", "list"]], ids=" ".join
)
def test_a_typo_is_named_with_file_key_and_nearest(
    cli: Cli, config: str, words: list[str], verb: list[str]
) -> None:
    file = cli.configure(config)
    cli(*verb).refused(str(file), *words)
    assert file.read_text() == config
    assert list(cli.home.iterdir()) == [file]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('zom = "z"', ["'zom'", "did you mean 'zoom'?"]),
        ('zoom = "ctlr+z"', ["zoom", "'ctlr+z'"]),
        ('zoom = "H"', ["'H'", "'zoom'", "'highlights'"]),
    ],
)
def test_keys_are_checked(cli: Cli, keys: str, words: list[str]) -> None:
    file = cli.configure(f"[keys]\n{keys}\n")
    cli("config", "check").refused(str(file), "keys", *words)
    done = cli("doctor")
    assert done.status == 1
    assert all(word in done.out for word in [str(file), "WRONG config", *words])


def test_unknown_desk_on_the_command_line(cli: Cli) -> None:
    cli("search", "--desk", "israle-hamas", "gaza").refused("unknown desk", "did you mean israel-hamas?")
    cli("--desk", "zzz", "config", "check").refused("unknown desk 'zzz'", "israel-hamas")


# ---------------------------------------------------------------------- doctor


def test_doctor_finds_everything_well(cli: Cli) -> None:
    done = cli("doctor")
    assert done.status == 0, done.out
    names = [line.split(":")[0] for line in done.lines]
    assert {"ok python", "ok sqlite", "note config", "note archive", "ok language model"} <= set(names)
    assert not cli.home.exists()


def test_doctor_looks_into_the_archive(cli: Cli) -> None:
    cli("search", "anything")
    done = cli("doctor")
    assert done.status == 0, done.out
    assert any(line.startswith("ok archive: ") and "0 articles" in line for line in done.lines)


def test_doctor_names_a_broken_config(cli: Cli) -> None:
    file = cli.configure("dekc = 1")
    done = cli("doctor")
    assert (done.status, done.err) == (1, "")
    assert done.lines == [f"WRONG config: {file}: dekc: unknown key; did you mean desk?"]


def test_doctor_names_a_broken_archive(cli: Cli) -> None:
    cli.configure(RULES_ONLY)
    (cli.home / "archive.db").write_bytes(b"no database " * 999)
    done = cli("doctor")
    assert done.status == 1
    assert any(line.startswith("WRONG archive: ") and "archive.db" in line for line in done.lines)

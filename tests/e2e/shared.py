"""The gold articles and their scorer, which lie beside the project where they are there at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("NEWSDESK_SHARED") or Path(__file__).resolve().parents[3] / "shared")
GOLD = SHARED / "gold" / "founding-article.json"
SCORER = SHARED / "score" / "score.py"

needs_gold = pytest.mark.skipif(
    not (GOLD.exists() and SCORER.exists()),
    reason=f"no gold articles in {SHARED}; NEWSDESK_SHARED names the folder that has them",
)

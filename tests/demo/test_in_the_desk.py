"""The samples show what they are there to show: on the built-in desk, through the real extractor."""

from __future__ import annotations

from collections import Counter
from urllib.request import urlopen

import pytest

from newsdesk.analysis.pipeline import instant
from newsdesk.analysis.topics import Labeller
from newsdesk.config import load
from newsdesk.demo import serve
from newsdesk.demo.articles import LEAD, Sample, read_samples
from newsdesk.demo.feeds import to_html
from newsdesk.ingest.extract import fragment_blocks, page_blocks
from newsdesk.models import LabelledPassage
from newsdesk.paths import paths

SAMPLES = {sample.name: sample for sample in read_samples()}


@pytest.fixture(scope="module")
def labeller(tmp_path_factory: pytest.TempPathFactory) -> Labeller:
    return Labeller(load(paths(tmp_path_factory.mktemp("home")), desk="israel-hamas").desk)


def labelled(sample: Sample, labeller: Labeller) -> tuple[LabelledPassage, ...]:
    return instant(sample.blocks(), labeller)


def test_the_lead_fills_every_pane(labeller: Labeller) -> None:
    passages = labelled(SAMPLES[LEAD], labeller)
    panes = Counter(passage.topic for passage in passages if passage.kind == "paragraph")
    assert set(panes) == {"diplomacy", "lebanon-front", "hostage-talks", "casualties", None}
    assert [passage.index for passage in passages if passage.topic == "lebanon-front"] == [10, 11, 12, 13]
    assert next(passage for passage in passages if "Shifa Hospital" in passage.text).topic is None


def test_the_market_fits_no_topic(labeller: Labeller) -> None:
    assert not any(passage.topics for passage in labelled(SAMPLES["night-market"], labeller))


@pytest.mark.parametrize("day", ["first", "second", "third"])
def test_the_toll_stands_under_casualties(labeller: Labeller, day: str) -> None:
    assert "casualties" in labelled(SAMPLES[f"toll-{day}-day"], labeller)[0].topics


@pytest.mark.parametrize("name", SAMPLES)
def test_text_of_a_feed_comes_back_block_by_block(name: str) -> None:
    blocks = SAMPLES[name].blocks()
    assert fragment_blocks(to_html(blocks), "http://127.0.0.1/") == blocks


def test_pages_give_back_the_article_without_what_stands_around_it() -> None:
    with serve() as demo:
        base = demo.feeds[0].url.removesuffix("/wire/rss.xml")
        for sample in SAMPLES.values():
            url = f"{base}/{sample.outlet}/{sample.name}"
            with urlopen(url, timeout=30) as answer:
                assert page_blocks(answer.read(), url) == sample.blocks(), sample.name

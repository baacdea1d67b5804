"""The sample desk is what docs/demo.md says: its feeds, its server, its articles."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import feedparser
import msgspec
import pytest

from newsdesk import demo
from newsdesk.demo.articles import LEAD, Sample, read_samples
from newsdesk.demo.feeds import OUTLETS, to_html
from newsdesk.models import Block

MIRDAL_TOLL = re.compile(r"more than (\d+) people (?:have been|were) killed", re.I)


class Item(msgspec.Struct):
    """An item of a JSON Feed, as far as the tests look at it."""

    id: str
    title: str
    content_html: str
    date_published: datetime


class JsonFeed(msgspec.Struct):
    version: str
    title: str
    items: list[Item]


@pytest.fixture
def served() -> Iterator[demo.Demo]:
    with demo.serve() as running:
        yield running


@pytest.fixture(scope="module")
def samples() -> dict[str, Sample]:
    return {sample.name: sample for sample in read_samples()}


def feed(served: demo.Demo, title: str) -> str:
    return next(feed.url for feed in served.feeds if feed.title == title)


def get(url: str, **headers: str) -> tuple[bytes, dict[str, str]]:
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    with urlopen(request, timeout=30) as answer:
        return answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def status(url: str, **headers: str) -> int:
    """The status of an answer without a body."""
    with pytest.raises(HTTPError) as caught:
        get(url, **headers)
    caught.value.close()
    return caught.value.code


def poll(served: demo.Demo) -> dict[str, bytes]:
    return {feed.title: get(feed.url)[0] for feed in served.feeds}


class TestFeeds:
    def test_there_are_four_and_each_outlet_calls_itself_a_sample(self, served: demo.Demo) -> None:
        assert len(served.feeds) == 4
        assert all(feed.title.startswith("Sample ") for feed in served.feeds)

    def test_they_stand_on_loopback_and_say_so(self, served: demo.Demo) -> None:
        assert all(feed.allow_private for feed in served.feeds)
        assert all(feed.url.startswith("http://127.0.0.1:") for feed in served.feeds)

    @pytest.mark.parametrize(
        ("title", "version"),
        [("Sample Wire", "rss20"), ("Sample Courier", "atom10"), ("Sample Border Post", "rss20")],
    )
    def test_xml_feeds_parse_without_a_complaint(self, served: demo.Demo, title: str, version: str) -> None:
        parsed = feedparser.parse(get(feed(served, title))[0])
        assert not parsed.bozo
        assert parsed.version == version
        assert parsed.feed.title == title
        assert [
            entry for entry in parsed.entries if entry.id and entry.link and entry.title
        ] == parsed.entries
        assert all(entry.author == "newsdesk samples" for entry in parsed.entries)

    def test_wire_and_courier_carry_the_whole_text(
        self, served: demo.Demo, samples: dict[str, Sample]
    ) -> None:
        for title in ("Sample Wire", "Sample Courier"):
            for entry in feedparser.parse(get(feed(served, title))[0], sanitize_html=False).entries:
                sample = samples[entry.link.rpartition("/")[2]]
                assert entry.content[0].value == to_html(sample.blocks())

    def test_border_post_gives_a_summary_and_the_page_has_the_text(
        self, served: demo.Demo, samples: dict[str, Sample]
    ) -> None:
        for entry in feedparser.parse(get(feed(served, "Sample Border Post"))[0]).entries:
            sample = samples[entry.link.rpartition("/")[2]]
            assert "content" not in entry
            assert entry.summary == sample.summary
            page, headers = get(entry.link)
            assert headers["content-type"].startswith("text/html")
            assert to_html(sample.blocks()) in page.decode()
            assert b"<nav>" in page
            assert b"<footer>" in page

    def test_json_feed_is_version_1_1(self, served: demo.Demo) -> None:
        parsed = msgspec.json.decode(get(feed(served, "Sample Desk Notes"))[0], type=JsonFeed)
        assert parsed.version == "https://jsonfeed.org/version/1.1"
        assert parsed.title == "Sample Desk Notes"
        assert all(item.content_html.startswith("<p>") for item in parsed.items)


class TestServer:
    def test_answers_304_to_its_own_etag(self, served: demo.Demo) -> None:
        for subscribed in served.feeds[1:]:
            _, headers = get(subscribed.url)
            assert status(subscribed.url, If_None_Match=headers["etag"]) == 304

    def test_another_etag_gets_the_body(self, served: demo.Demo) -> None:
        body, _ = get(served.feeds[0].url, If_None_Match='W/"another"')
        assert body

    def test_packs_the_body_for_who_takes_it(self, served: demo.Demo) -> None:
        url = served.feeds[0].url
        plain, _ = get(url)
        packed, headers = get(url, Accept_Encoding="gzip")
        assert headers["content-encoding"] == "gzip"
        assert len(packed) < len(plain)
        assert gzip.decompress(packed) == plain

    def test_404_for_what_is_not_there(self, served: demo.Demo) -> None:
        assert status(served.feeds[0].url + "x") == 404

    def test_edited_article_comes_after_every_feed_was_delivered(self, served: demo.Demo) -> None:
        courier = feed(served, "Sample Courier")
        first, headers = get(courier)
        assert get(courier)[0] == first
        everything = poll(served)
        assert everything["Sample Courier"] == first
        second, _ = get(courier, If_None_Match=headers["etag"])
        assert second != first
        assert b"About 120 people" in first
        assert b"About 170 people" in second
        assert get(courier)[0] == second

    def test_the_edit_keeps_identity_and_publication_time(self, served: demo.Demo) -> None:
        before = feedparser.parse(poll(served)["Sample Courier"]).entries
        after = feedparser.parse(poll(served)["Sample Courier"]).entries
        assert [(entry.id, entry.title, entry.published) for entry in before] == [
            (entry.id, entry.title, entry.published) for entry in after
        ]
        changed = [new.title for old, new in zip(before, after, strict=True) if old.content != new.content]
        assert changed == ["School in Tassour opens its hall to families from the border"]

    def test_only_the_edited_feed_changes(self, served: demo.Demo) -> None:
        before, after = poll(served), poll(served)
        assert [title for title in before if before[title] != after[title]] == ["Sample Courier"]

    def test_the_port_is_free_again_afterwards(self) -> None:
        with demo.serve() as running:
            url = running.feeds[0].url
            get(url)
        with pytest.raises(OSError):
            get(url)


class TestArticles:
    def test_lead_has_22_blocks_and_one_heading(self, served: demo.Demo, samples: dict[str, Sample]) -> None:
        lead = samples[LEAD]
        blocks = lead.blocks()
        assert served.lead_title == lead.title
        assert Counter(block.kind for block in blocks) == {"paragraph": 21, "heading": 1}
        assert blocks[9] == Block("heading", "Rocket strikes on the northern border")

    def test_twelve_articles_of_known_outlets_with_titles_of_their_own(
        self, samples: dict[str, Sample]
    ) -> None:
        assert len(samples) == 12
        assert {sample.outlet for sample in samples.values()} == {outlet.id for outlet in OUTLETS}
        assert len({sample.title for sample in samples.values()}) == 12

    def test_they_came_out_over_the_last_three_days(self, samples: dict[str, Sample]) -> None:
        now = datetime.now(UTC)
        days = Counter((now - sample.published(now)) // timedelta(days=1) for sample in samples.values())
        assert sorted(days) == [0, 1, 2]
        assert min(days.values()) >= 3

    def test_the_lead_is_the_newest(self) -> None:
        assert read_samples()[0].name == LEAD

    def test_dates_in_the_feed_are_seen_from_now(self) -> None:
        now = datetime(2031, 5, 6, 12, tzinfo=UTC)
        with demo.serve(now) as running:
            body, _ = get(feed(running, "Sample Desk Notes"))
        dates = [item.date_published for item in msgspec.json.decode(body, type=JsonFeed).items]
        assert all(timedelta(0) < now - date < timedelta(days=3) for date in dates)

    def test_the_toll_rises_from_day_to_day(self, samples: dict[str, Sample]) -> None:
        days = [samples[f"toll-{day}-day"] for day in ("first", "second", "third")]
        tolls = [int(found[1]) for day in days if (found := MIRDAL_TOLL.search(day.text))]
        assert tolls == [30, 45, 60]
        assert days == sorted(days, key=lambda day: -day.hours_ago)

    def test_wire_copy_in_two_outlets_differs_little(self, samples: dict[str, Sample]) -> None:
        wire, notes = samples["families-wire"], samples["families-notes"]
        assert wire.outlet != notes.outlet
        shared = {block.text for block in wire.blocks()} & {block.text for block in notes.blocks()}
        assert 1 <= len(shared) < len(wire.blocks())

    def test_two_accounts_of_one_strike_in_two_outlets(self, samples: dict[str, Sample]) -> None:
        group, military = samples["hebbariye-group"], samples["hebbariye-military"]
        assert group.outlet != military.outlet
        assert "Hebbariye" in group.text
        assert "Hebbariye" in military.text

    def test_every_edit_changes_words_that_are_there_once(self, samples: dict[str, Sample]) -> None:
        edited = [sample for sample in samples.values() if sample.edits]
        assert [sample.name for sample in edited] == ["shelter-in-tassour"]
        for edit in edited[0].edits:
            assert edited[0].text.count(edit.old) == 1
        assert len(edited[0].after_edits().blocks()) == len(edited[0].blocks())

    def test_summaries_stand_where_the_feed_has_nothing_else(self, samples: dict[str, Sample]) -> None:
        assert all(bool(sample.summary) == (sample.outlet == "post") for sample in samples.values())


def test_list_items_share_a_list() -> None:
    blocks = (Block("paragraph", "A & b"), Block("item", "c"), Block("item", "<d>"), Block("heading", "e"))
    assert to_html(blocks).splitlines() == [
        "<p>A &amp; b</p>", "<ul>", "<li>c</li>", "<li>&lt;d&gt;</li>", "</ul>", "<h2>e</h2>",
    ]  # fmt: skip


def test_it_needs_nothing_but_the_standard_library_and_the_records() -> None:
    code = """
import sys, newsdesk.models, newsdesk.errors
before = set(sys.modules)
import newsdesk.demo
print("\\n".join(set(sys.modules) - before))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "newsdesk.demo.server" in loaded
    assert not {
        name
        for name in loaded
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("newsdesk.demo")
    }

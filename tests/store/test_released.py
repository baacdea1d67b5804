"""The files of released versions: each opens with all that was in it.

`released/schema-N.db.gz` was written by the program whose schema that was, and never changes: 12 articles of
three feeds; 1, 2 and 5 read deeply; 3 partly read, then with another text; 4 starred, 5 corrected.
"""

from __future__ import annotations

import gzip
from contextlib import closing
from pathlib import Path

import pytest

from newsdesk.models import View
from newsdesk.store import backup, care
from newsdesk.store.archive import open_archive
from newsdesk.store.base import open_database
from store.build import DESK, DIGEST, TOPICS
from store.recount import maintained, recounted

FILES = sorted((Path(__file__).parent / "released").glob("schema-*.db.gz"))


def unpack(file: Path, path: Path) -> Path:
    """A released archive at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.decompress(file.read_bytes()))
    return path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_a_released_archive_opens_with_all_that_was_in_it(file: Path, path: Path) -> None:
    with closing(open_archive(unpack(file, path))) as archive:
        archive.set_desk(DESK, TOPICS, DIGEST)
        rows = {row.id: row for row in archive.headlines(View(), 0, 50)}
        assert sorted(rows) == list(range(1, 13))
        assert [row.id for row in rows.values() if row.starred] == [4]
        assert [state.etag for state in archive.feed_states() if state.etag] == ['"1"']
        article, changed, corrected = (archive.article(number) for number in (1, 3, 5))
        assert article is not None
        assert changed is not None
        assert corrected is not None
        [figure], [entity] = article.figures, article.entities
        assert (figure.best, figure.category, figure.asserted_by) == (30, "killed", "Anna Berg")
        assert entity.name == "Anna Berg"
        assert (changed.title, changed.revision) == ("Another title", 2)
        assert len(archive.revisions(3)) == 2
        assert corrected.passages[0].topics == ("cargo",)
        while archive.index():
            pass
        word = article.passages[0].text.split()[0]
        assert 1 in {hit.article for hit in archive.search(word, 1_000)}
        assert len(archive.figures()) == 3
    assert maintained(path) == recounted(path)
    with closing(open_database(path)) as database:
        assert not [one for one in care.check(database, repair=False) if one.fault]
    assert [copy.occasion for copy in backup.copies(path)] == ["migration"]


def test_every_released_schema_has_its_file() -> None:
    assert [file.name for file in FILES] == ["schema-1.db.gz"]

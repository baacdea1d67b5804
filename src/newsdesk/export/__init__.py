"""Extracts of the archive as text: Markdown, JSON, CSV, RIS. Pure: records in, text out.

Each passage comes with outlet, time, address, revision and hash; each figure with its speaker or the word
"unattributed"; what is only supposed is no claim and left out.
"""

from __future__ import annotations

from newsdesk.export.extract import Extract, Heading, extract, speaker
from newsdesk.export.files import file_name, free_file, write_new
from newsdesk.export.json import as_json
from newsdesk.export.markdown import as_markdown
from newsdesk.export.ris import as_ris
from newsdesk.export.table import as_csv

__all__ = [
    "Extract",
    "Heading",
    "as_csv",
    "as_json",
    "as_markdown",
    "as_ris",
    "extract",
    "file_name",
    "free_file",
    "speaker",
    "write_new",
]

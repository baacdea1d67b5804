"""The archive: stored articles, passages, labels, marks, entities, figures, and the search index.

`archive.open_archive` opens one; `archive.Archive` is what the layers above use.
"""

"""The interface: Textual screens over the facade `newsdesk.desk.Newsdesk`.

`commands` is plain data and imports nothing of Textual, so that the config's keys can be checked and
the docs be made without it; the way in is `newsdesk.tui.app.run`.
"""

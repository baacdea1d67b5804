"""newsdesk: a terminal newsroom reader that splits articles into topic sections, passage by passage."""

__version__ = "0.1.0"

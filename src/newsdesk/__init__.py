"""newsdesk: a terminal newsroom reader that splits articles into topic sections, passage by passage."""

__version__ = "0.1.0"

USER_AGENT = f"newsdesk/{__version__} (+https://pypi.org/project/newsdesk/)"
"""What every request says of itself; publishers may rely on it."""

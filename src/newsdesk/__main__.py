"""`python -m newsdesk` is the same as `newsdesk`."""

from __future__ import annotations

from newsdesk.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())

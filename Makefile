# Everything a newcomer or a machine needs. Each target makes its own environment in .venv first.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
# The first Python >= 3.11 of these; or say which: make PYTHON=python3.13 test
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
READY := $(VENV)/.ready
PYTEST_ARGS ?=

.PHONY: demo test check lint types imports manners bench quality soak lock clean help

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(READY)  ## open the app on the bundled sample desk
	@$(BIN)/newsdesk demo

# The interface is left out of the coverage, and its tests are half as long without it.
test: $(READY)  ## every test
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore=tests/tui --ignore=tests/e2e --cov --cov-report=term $(PYTEST_ARGS)
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/tui tests/e2e $(PYTEST_ARGS)

check: lint types imports test  ## formatting, lint, types, import contract, tests

lint: $(READY)  ## ruff
	$(BIN)/ruff check src tests bench tools
	$(BIN)/ruff format --check src tests bench tools

types: $(READY)  ## mypy --strict on src, tests and bench
	$(BIN)/mypy

imports: $(READY)  ## the arrows of docs/design.md
	$(BIN)/lint-imports

manners: $(READY)  ## score polite fetching, 28 checks, with a simulated clock
	PYTHONPATH=tests $(BIN)/python -m servers.behaviour

bench: $(READY)  ## speed, side by side with a minimal Textual app, and with newsboat
	$(BIN)/python -m bench.start
	$(BIN)/python -m bench.filter
	$(BIN)/python -m bench.analysis
	$(BIN)/python -m bench.refresh

soak: $(READY)  ## the long forms of tests that run short in `make test`
	NEWSDESK_SOAK=1 $(BIN)/python -m pytest $(PYTEST_ARGS) tests/store/test_query.py tests/store/test_processes.py \
	  tests/store/test_indexing.py tests/store/test_kills.py tests/update/test_kills.py tests/tui/test_every_key.py

quality: $(READY)  ## score the analysis on ../shared/gold into docs/quality.md
	$(BIN)/python -m bench.quality

lock: $(READY)  ## write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --upgrade \
	  --quiet --custom-compile-command "make lock" -o requirements.lock

clean:  ## remove what was made
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage dist build

# The lock pins every package by hash; newsdesk itself is installed from this folder.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "newsdesk needs Python 3.11 or newer; none was found" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

# One command for each thing one does with the project; `make help` lists them.
# The variables below may be given on the command line: make install PYTHON=python3.12

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
DEMO ?= examples/us-china/2023-06-14-qin-tells-blinken.txt
BENCH ?= bench.run

BIN := .venv/bin
STAMP := .venv/installed

# A PYTHON that was asked for is used or refused; the default may be any that will do.
ifeq ($(origin PYTHON),file)
PYTHONS := $(PYTHON) python3.13 python3.12 python3.11
else
PYTHONS := $(PYTHON)
endif
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

.PHONY: help install demo test lint types check bench train lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## make .venv with everything the lock names, and the program in it

$(STAMP): requirements.lock pyproject.toml
	@if ! $(BIN)/python -c '$(FITS)' 2>/dev/null; then \
	  for python in $(PYTHONS); do \
	    if "$$python" -c '$(FITS)' 2>/dev/null; then found="$$python"; break; fi; \
	  done; \
	  if [ -z "$${found:-}" ]; then \
	    echo "make install: needs Python 3.11, 3.12 or 3.13, and '$(PYTHON)' is none;" \
	      "install one and name it: make install PYTHON=/path/to/python3.13" >&2; \
	    exit 1; \
	  fi; \
	  "$$found" -m venv --clear .venv; \
	fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes --only-binary :all: --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --no-index --no-build-isolation --no-deps --editable .
	@touch $(STAMP)

demo: $(STAMP) ## read one of the example stories (another: make demo DEMO=my.txt)
	@$(BIN)/detente read $(DEMO)

test: $(STAMP) ## run the tests
	$(BIN)/pytest

lint: $(STAMP) ## check the style, and that folders import in one direction
	$(BIN)/ruff check
	$(BIN)/lint-imports

types: $(STAMP) ## check the types
	$(BIN)/mypy

check: lint types test ## all checks, as before every change is handed in

bench: $(STAMP) ## measure accuracy and speed
	$(BIN)/python -m $(BENCH)

train: .venv-train/installed ## make the relation model anew from training/corpus (about half an hour)
	PYTHONPATH=src .venv-train/bin/python -m training.train

.venv-train/installed: $(STAMP) training/requirements.txt
	$(BIN)/python -m venv --clear .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes --only-binary :all: --requirement requirements.lock
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check \
	  --requirement training/requirements.txt
	@touch $@

lock: ## choose the newest versions anew and write requirements.lock (needs uv)
	@uv=$$(command -v $(BIN)/uv || command -v uv) || \
	  { echo "make lock: needs uv; install it: pip install uv" >&2; exit 1; }; \
	"$$uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --no-emit-find-links --only-binary :all: \
	  --group build --group dev --output-file requirements.lock.new pyproject.toml
	@{ echo "# Exact versions for Python 3.11 to 3.13, with hashes. Made by 'make lock'; do not edit."; \
	  cat requirements.lock.new; } > requirements.lock
	@rm requirements.lock.new

clean: ## remove what was made, .venv included
	rm -rf .venv .venv-train .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find src tests bench training -name __pycache__ -type d -prune -exec rm -rf {} +

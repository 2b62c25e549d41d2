# `make help` lists the targets. Everything is installed below this folder, from lists of exact versions and their hashes.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --quiet --generate-hashes --no-emit-index-url \
	--no-emit-find-links --annotation-style line $(UPGRADE)
PYTEST := $(BIN)/pytest -n auto --maxprocesses 4
LOCALEMU := 1.3.2
MINISTACK := 1.5.33
SOURCES := src tests data docs $(wildcard benchmarks)
QUICK := not long and not emulator and not browser and not spark

# Container images often forbid bytecode; then every start would compile boto3 and moto anew, a second each time.
export PYTHONDONTWRITEBYTECODE :=

# A virtual environment made for the tests has all that the demo needs.
DEMO_READY = $(if $(wildcard $(VENV)/dev.stamp),$(VENV)/dev.stamp,$(VENV)/demo.stamp)

.DEFAULT_GOAL := help
.PHONY: help demo test quick lint check docs data long range lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(DEMO_READY) ## audit an emulated AWS account on this machine
	@$(BIN)/hexward demo

test: $(VENV)/dev.stamp ## run the tests, but for the long ones
	$(PYTEST)

quick: $(VENV)/dev.stamp ## run the tests that start no emulator, browser or cluster
	$(PYTEST) -m "$(QUICK)"

lint: $(VENV)/dev.stamp ## check format, style, types, layers and generated pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(SOURCES)
	$(BIN)/lint-imports --no-logo
	$(BIN)/python docs/generate.py --check

check: lint quick ## run lint and quick

docs: $(VENV)/dev.stamp ## write the pages of docs/ that follow from the code
	$(BIN)/python docs/shown.py
	$(BIN)/python docs/generate.py

data: $(VENV)/dev.stamp ## write what AWS documents of IAM actions anew (needs npm)
	$(BIN)/python data/authorization.py

long: $(VENV)/dev.stamp ## run the tests that take minutes
	$(PYTEST) -m long

range: .range/localemu.stamp .range/ministack.stamp ## install the emulators that the drills run on

lock: $(UV) ## write requirements/ anew (UPGRADE=--upgrade: with the newest versions)
	$(LOCK) --universal --python-version 3.12 pyproject.toml --all-extras --group dev -o requirements/dev.txt
	$(LOCK) --universal --python-version 3.12 -c requirements/dev.txt pyproject.toml --extra demo -o requirements/demo.txt
	$(LOCK) --universal --python-version 3.12 -c requirements/dev.txt pyproject.toml --extra hunt -o requirements/hunt.txt
	$(LOCK) --universal --python-version 3.12 -c requirements/dev.txt pyproject.toml --extra prove -o requirements/prove.txt
	$(LOCK) --universal --python-version 3.12 -c requirements/dev.txt pyproject.toml -o requirements/core.txt
	$(LOCK) --universal --python-version 3.12 -c requirements/dev.txt --group build -o requirements/build.txt
	echo localemu==$(LOCALEMU) | $(LOCK) --python-version 3.13 - -o requirements/localemu.txt
	echo ministack==$(MINISTACK) | $(LOCK) --python-version 3.13 - -o requirements/ministack.txt

clean: ## remove all that make has made
	rm -rf .venv .venv-* .range .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(UV): requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null \
		|| { echo "hexward needs Python 3.12 or later: make PYTHON=/path/to/python3.13" >&2; exit 1; }
	@echo "setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/%.stamp: requirements/%.txt pyproject.toml $(UV)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r $<
	@$(UV) pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e .
	@touch $@

.range/%.stamp: requirements/%.txt $(UV)
	@echo "setting up .range/$*"
	@$(UV) venv --quiet --clear --python $(BIN)/python .range/$*
	@$(UV) pip install --quiet --python .range/$*/bin/python --require-hashes -r $<
	@touch $@

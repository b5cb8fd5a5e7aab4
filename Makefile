# Zveno: `make demo` shows it, `make test` proves it, `make check` before each commit.
SHELL := /bin/bash
VENV ?= .venv
PY := $(VENV)/bin/python
PORT := $(or $(ZVENO_PORT),8000)
FAST := not slow and not browser and not crash and not realdata

.PHONY: demo test check up assets lint types fast browser-tests bench requirements clean

demo: $(VENV)/.runtime assets
	@$(VENV)/bin/zveno demo
	@$(VENV)/bin/zveno demo --sign-ins
	@ZVENO_PORT=$(PORT) $(VENV)/bin/zveno up

up: $(VENV)/.runtime assets
	@$(VENV)/bin/zveno migrate
	@$(VENV)/bin/zveno up

assets: $(VENV)/.runtime
	@$(PY) -m zveno.ui.build

check: $(VENV)/.development assets lint types fast

lint: $(VENV)/.development
	@$(VENV)/bin/ruff check -q .
	@$(VENV)/bin/ruff format -q --check .
	@$(VENV)/bin/lint-imports --cache-dir .import_linter_cache
	@$(PY) -m lints

types: $(VENV)/.development
	@$(VENV)/bin/mypy

fast: $(VENV)/.development
	@$(VENV)/bin/pytest -n 2 --dist loadfile -m "$(FAST)"

test: $(VENV)/.development assets
	@deploy/need-chromium
	@$(MAKE) --no-print-directory lint types
	@$(VENV)/bin/pytest -n 2 --dist loadfile --maxfail=20

bench: $(VENV)/.development assets
	@$(PY) -m bench

# The virtual environment, also where Debian's python3 comes without venv.
$(VENV)/bin/python:
	@echo "Virtual environment …"
	@python3 -m venv $(VENV) 2>/dev/null || { \
		rm -rf $(VENV); \
		python3 -m pip install -q --target build/virtualenv virtualenv && \
		PYTHONPATH=build/virtualenv python3 -m virtualenv -q $(VENV); }

$(VENV)/.runtime: requirements/base.txt pyproject.toml | $(VENV)/bin/python
	@echo "Python packages …"
	@[ -e $(VENV)/.development ] || $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.development: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Python packages for development …"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime

# Pin again after changing requirements/*.in.
requirements: $(VENV)/.development
	@for name in dev base; do $(VENV)/bin/pip-compile -q --generate-hashes --strip-extras --allow-unsafe \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header \
		$$([ $$name = base ] && echo "-c requirements/dev.txt") -o requirements/$$name.txt requirements/$$name.in; done

clean:
	rm -rf $(VENV) build frontend/node_modules src/zveno/ui/static/built

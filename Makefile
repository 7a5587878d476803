# make run    the environment, the dependencies, then the explorer on http://127.0.0.1:$(PORT)
#             DATA=folder puts your own records in place of the simulated ones
# make update FILES=folder    next year's figures from the publishers' own files, checked and compared
# make run-distributed    the same with Redis, two web processes and two workers, for trying it
# make test   everything the tests need, browser included, then lint, types, contracts and tests
# make walks  every page, finding, chart, file and recipe, under every selection that is tried, in CI
# make test-fast  under a minute: lint and the fast tests; it prints what it leaves out
# make dev    the explorer for working on it: reload and debug pages, on the loopback alone
# make scripts  of these, what checks and tests the JavaScript
SHELL := /bin/bash
PORT ?= 8050
HOST ?= 127.0.0.1
PYTHON ?= $(shell command -v python3.11 || command -v python3)
RUN := .venv/bin/python
TEST := .venv-test/bin
# From the command line alone: a variable of this name may stand in the environment by chance.
OWN := $(if $(filter command,$(origin DATA)),--data "$(DATA)")

.PHONY: run update run-distributed dev redis nginx firefox r setup setup-test test test-fast compiled lint types contracts scripts unit walks coverage bench pins clean

# Next year's figures: builds the tables from the publishers' own files in the folder FILES, checks
# them and prints what differs. With DATE=2027-03-01 they replace the present ones, as a release.
# LAIT=2027-02-01 is the day the interactive tool was issued, where the name of its file has none.
update: setup
	@[ -n "$(FILES)" ] || { echo "make update FILES=folder: the folder of the publishers' files"; exit 1; }
	$(RUN) -m analytics.revision "$(FILES)" $(if $(LAIT),--lait $(LAIT)) $(if $(DATE),--release $(DATE)) --differences differences.csv

run: setup
	exec $(RUN) app.py --host $(HOST) --port $(PORT) $(OWN)

# Never for others: a debugger runs any code it is given.
dev: .venv-test/.ready
	exec $(TEST)/python -m tests.dev $(PORT)

# A Redis on a free port of the loopback, web processes on PORT and PORT+1, two workers. Ctrl-C, or
# the end of any of them, ends them all: the web processes and workers first, Redis last.
run-distributed: setup redis
	@free=$$($(RUN) -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'); \
	export REDIS_URL=redis://127.0.0.1:$$free/0; \
	export SECRET_KEY=$${SECRET_KEY:-$$($(RUN) -c 'import secrets; print(secrets.token_hex())')}; \
	setsid redis-server --port $$free --bind 127.0.0.1 --save '' --appendonly no \
	  --maxmemory 256mb --maxmemory-policy volatile-lru >/dev/null & store=$$!; \
	ours=; \
	start() { setsid $(RUN) app.py "$$@" & ours="$$ours $$!"; }; \
	start --host $(HOST) --port $(PORT); \
	start --host $(HOST) --port $$(($(PORT) + 1)); \
	start --worker; start --worker; \
	trap 'exit 0' INT TERM; \
	trap 'trap "" INT TERM; kill $$ours 2>/dev/null; wait $$ours 2>/dev/null; kill $$store; wait' EXIT; \
	echo "http://$(HOST):$(PORT) and http://$(HOST):$$(($(PORT) + 1)), Redis on port $$free; Ctrl-C stops all"; \
	wait -n

setup: .venv/.ready

setup-test: .venv-test/.ready tests/vendor/.browser firefox r redis nginx

# Debian keeps venv in a package of its own; install it where it is missing and we may. The lists are
# whole, so pip has nothing to resolve. What it installs is compiled by both processors, but for the
# tests that packages bring with them.
define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; found $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv; } || \
	  { echo "Python's venv module is missing: install the package python3-venv"; exit 1; }
	$(PYTHON) -m venv $(1)
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile \
	  --require-hashes -r $(2)
	$(1)/bin/python -m pip check --quiet --disable-pip-version-check
	$(1)/bin/python -m compileall -qq -j 0 -x '/tests?/' $(1)/lib
endef

.venv/.ready: requirements/run.txt requirements/browser.txt requirements/fetch.py
	$(call environment,.venv,requirements/run.txt)
	$(RUN) requirements/fetch.py run
	$(RUN) app.py --pack
	@touch $@

.venv-test/.ready: requirements/test.txt requirements/browser.txt requirements/fetch.py
	$(call environment,.venv-test,requirements/test.txt)
	$(TEST)/python requirements/fetch.py run
	$(TEST)/python requirements/fetch.py test
	$(TEST)/python requirements/fetch.py scripts
	$(TEST)/python app.py --pack
	@$(TEST)/pyright --version >/dev/null
	@touch $@

# Debian's Chromium and its driver, for the tests in a real browser, and the same Chromium without a
# window of its own, which takes half the processor time; where that cannot be had, Chromium it is.
tests/vendor/.browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-driver fonts-dejavu-core; } || \
	  { echo "The tests need the packages chromium and chromium-driver"; exit 1; }
	@command -v chromium-headless-shell >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell; } || \
	  echo "The tests in a browser take longer: the package chromium-headless-shell is not installed."
	@mkdir -p $(@D) && touch $@

# Debian's Firefox ESR, for the main journeys in another browser; where it cannot be had, those tests
# are left out and say so.
firefox:
	@command -v firefox-esr >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq firefox-esr; } || \
	  echo "The journeys in Firefox are not tested: the package firefox-esr is not installed."

# Debian's R with its reader of JSON, for the scripts of packs; where it cannot be had, their tests are
# left out and say so.
r:
	@Rscript -e 'library(jsonlite)' >/dev/null 2>&1 || \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends r-base-core r-cran-jsonlite; } || \
	  echo "The scripts of packs in R are not tested: r-base-core or r-cran-jsonlite is not installed."

# Debian's Redis, for the tests with several processes and for trying them.
redis:
	@command -v redis-server >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server; } || \
	  { echo "The package redis-server is needed and not installed"; exit 1; }

# Debian's nginx, for the test of the example under deploy/.
nginx:
	@command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light; } || \
	  { echo "The package nginx-light is needed and not installed"; exit 1; }

# What is checked in seconds comes first, two at a time. Types take one processor for a minute, so
# they are checked beside the tests, which wait often; a fault is shown at once, and fails at the end.
test: setup-test
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target compiled lint contracts scripts
	@$(MAKE) --no-print-directory --jobs 2 types unit

# Tests start many processes, which compile everything again where the environment says not to keep
# what was compiled (some images of Python do): the tests keep it.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(TEST)/python -m pytest

test-fast: lint
	$(PYTEST) -p tests.fast --quiet --numprocesses 2 --dist loadfile

# All tests are found once before the processes of the tests do so at the same time: what they
# import is compiled then, and a file that cannot be imported is found before any test runs.
compiled: setup-test
	@said=$$($(PYTEST) --collect-only --quiet --quiet 2>&1) || { echo "$$said"; exit 1; }

lint: .venv-test/.ready
	$(TEST)/ruff check .
	$(TEST)/ruff format --check .
	$(TEST)/deptry .
	$(TEST)/python -m tests.docs.prose

types: .venv-test/.ready
	$(TEST)/pyright

contracts: .venv-test/.ready
	$(TEST)/lint-imports

# The JavaScript of assets/: its form (Biome), its types (TypeScript reads them in the comments) and
# its own tests. Where Node.js or npm is missing, what needs them is left out and said.
CHECKED := assets/[0-9]* assets/head tests/assets tests/bench/watch.js
scripts: .venv-test/.ready
	@if [ -f tests/vendor/biome ]; then chmod +x tests/vendor/biome && tests/vendor/biome check \
	  --config-path=tests/assets/lint.json --error-on-warnings --diagnostic-level=warn $(CHECKED); \
	else echo "The form of the JavaScript is not checked: npm could not fetch Biome."; fi
	@if ! command -v node >/dev/null; then echo "The JavaScript is not tested: Node.js is not installed."; \
	elif [ -f tests/vendor/typescript/tsc.js ]; then node tests/vendor/typescript/tsc.js -p tests/assets; \
	else echo "The types of the JavaScript are not checked: npm could not fetch TypeScript."; fi
	@if command -v node >/dev/null; then node --test tests/assets/*.test.mjs; fi

# One process more than processors, as tests with a browser or several processes often wait. The
# tests of one file stay in one, and with them the server they start; so do files that share one. They
# come in the order of tests/conftest.py, longest first.
PROCESSES ?= 3
unit: setup-test
	$(PYTEST) --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

# Walks of every page, finding, chart and file, and every recipe: all the cases of the tests that try
# a sample in make test. Part of .ci/run, with the packs.
walks: setup-test
	$(PYTEST) --walks --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

# Which lines of analytics/ its tests run; fails below the share in pyproject.toml. Not part of make
# test: these tests take half as much processor time again when they are traced, minutes in all.
COVERED := tests/analytics tests/second_programme tests/distributed/test_signed.py
coverage: setup-test
	rm -rf .cache/coverage && mkdir -p .cache/coverage
	$(TEST)/python -m coverage run -m pytest --whole --numprocesses 2 --dist loadfile --durations=0 --durations-min=30 $(COVERED)
	$(TEST)/python -m coverage combine --quiet
	$(TEST)/python -m coverage report

# Speed beside the targets of the project; prints a table and writes tests/bench/results.json.
bench: setup-test
	$(TEST)/python -m tests.bench

# One list for every Python from 3.11.0 on: a marker says where a package is needed and where not.
pins:
	$(TEST)/python -m pip install --quiet uv
	for list in run test; do $(TEST)/uv pip compile --quiet --universal --python-version 3.11.0 \
	  --fork-strategy fewest --generate-hashes --no-annotate --no-header --no-emit-index-url \
	  --no-emit-find-links -o requirements/$$list.txt requirements/$$list.in; done

clean:
	rm -rf .venv .venv-test .cache assets/vendor tests/vendor

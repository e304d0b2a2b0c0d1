# make demo        the program with its demonstration data, on http://127.0.0.1:8000/ (PORT=… for another port)
# make test        every check, on SQLite and on PostgreSQL (ALLOW_MISSING=1 leaves out what the machine cannot have)
# make bench       the measurements of benchmarks/README.md
# make fuzz        tries every parser with FUZZ_EXAMPLES=2000 hostile files each, made from tests/fuzz/corpus
# make faults      kills the program's processes at random moments, ROUNDS=200 times on each database (docs/faults.md)
# make old-version OLD=commit   an upgrade during which the program of that commit goes on serving, and the way back
# make format      puts sources and templates in the house style
# make guide-pictures   takes the pictures of docs/guida/ anew, where a page has changed
# make papers      writes the documents that are made from code: docs/chi-puo-cosa.md, licences, SBOM
# make sbom        of these, docs/licences.md and docs/sbom.cdx.json (after make lock)
# make audit       asks the database of known flaws about every locked package (needs the network)
# make lock        makes the locked requirements again (UPGRADE=1 takes newer versions)
# make clean       takes away what the tools and the demo made

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := demo

PORT ?= 8000
BIN := .venv/bin
PYTHON := $(BIN)/python

# ---- Demo ------------------------------------------------------------------------------------------------------------
# The demo keeps to itself: its own folder, its own database, and users whose passwords everybody knows.
# It serves the static files from where they are (DEMO in the settings), so nothing has to be collected first.
DEMO_DATA ?= $(CURDIR)/data/demo
demo: export DEMO = 1
demo: export DATA_DIR = $(DEMO_DATA)
demo: export DATABASE_URL ?= sqlite:///$(DEMO_DATA)/caluso_perf.sqlite3
demo: export EMAIL_URL ?= consolemail://
demo: export SITE_URL = http://127.0.0.1:$(PORT)

.PHONY: demo
demo:
	@answers() { (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; }
	if answers; then echo "Port $(PORT) is taken: make demo PORT=8001" >&2; exit 1; fi
	./setup.sh demo
	mkdir -p "$$DATA_DIR/static"
	database="$$DATA_DIR/caluso_perf.sqlite3" migrated="$$DATA_DIR/.migrated"
	if [ ! -s "$$database" ] || [ ! -e "$$migrated" ] ||
	        [ -n "$$(find */migrations -name '*.py' -newer "$$migrated" -print -quit)" ]; then
	    $(PYTHON) manage.py migrate --verbosity 0
	    $(PYTHON) manage.py createcachetable
	    touch "$$migrated"
	fi
	$(PYTHON) manage.py load_demo
	$(PYTHON) manage.py load_demo_results
	$(BIN)/gunicorn caluso_perf.wsgi --bind 127.0.0.1:$(PORT) --preload --workers 2 --threads 4 \
	    --graceful-timeout 3 --log-level error & server=$$!
	$(PYTHON) manage.py db_worker --queue-name '*' --verbosity 0 & worker=$$!
	stop() { kill $$server $$worker 2>/dev/null || true; wait; }
	trap stop EXIT
	trap 'exit 0' INT TERM
	until answers; do kill -0 $$server || exit 1; sleep 0.2; done
	echo
	echo "Caluso Perf: http://127.0.0.1:$(PORT)/   (Ctrl-C stops it)"
	wait -n

# ---- Checks ----------------------------------------------------------------------------------------------------------
CHECKS := style templates types migrations deployment sqlite postgresql
.PHONY: test left-out $(CHECKS)

test:
	@./setup.sh test
	summary= failed=0
	for check in $(CHECKS); do
	    printf '\n==== %s\n' "$$check"
	    began=$$SECONDS outcome=passed
	    $(MAKE) --no-print-directory $$check || { outcome=FAILED; failed=1; }
	    summary+=$$(printf '%-12s %-8s %4d s' "$$check" "$$outcome" $$((SECONDS - began)))$$'\n'
	done
	printf '\n==== Summary\n%s' "$$summary"
	$(MAKE) --no-print-directory left-out
	[ $$failed = 0 ] && echo "All checks passed." || { echo "Some checks FAILED."; exit 1; }

# The checks read no .env of the installation: what they need stands here.
$(CHECKS): export DATA_DIR = $(CURDIR)/.cache/test
$(CHECKS): export DATABASE_URL = sqlite:///$(CURDIR)/.cache/test/caluso_perf.sqlite3
$(CHECKS): export DEMO = 1
# What Python compiles once is there for all that follow, also where the machine asks it to keep nothing.
$(CHECKS): export PYTHONDONTWRITEBYTECODE =
$(CHECKS): export PYTHONPYCACHEPREFIX = $(CURDIR)/.cache/compiled

style:
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .

templates:
	@$(BIN)/djlint --check templates
	$(BIN)/djlint --quiet --lint templates

types:
	@$(BIN)/mypy

migrations:
	@$(PYTHON) manage.py makemigrations --check --dry-run

deployment: export DEMO = 0
deployment: export SECRET_KEY = $(shell head -c 60 /dev/urandom | base64 | tr -d '\n')
deployment: export ALLOWED_HOSTS = perf.comune.esempio.it
deployment:
	@$(PYTHON) manage.py check --deploy --fail-level WARNING

# What the machine cannot have is left out only when asked for, and the summary says so.
PG_VIRTUALENV = $(shell command -v pg_virtualenv)
WITHOUT = $(if $(shell command -v chromium chromium-browser),,journey) $(if $(wildcard .venv/.has-pango),,pdf)
LEFT_OUT = $(if $(ALLOW_MISSING),$(addprefix and not ,$(strip $(WITHOUT))))
sqlite postgresql: export PYTEST_ADDOPTS = $(if $(LEFT_OUT),-m "not nothing $(LEFT_OUT)") $(ARGS)

sqlite:
	@$(BIN)/pytest --quiet --screenshot=on --output=data/journeys

# What asks for no database does the same on either: it runs once, in the run on SQLite, and this one says how much it is.
postgresql:
	@if [ -z "$(PG_VIRTUALENV)" ]; then
	    echo "PostgreSQL is missing."
	    [ "$(ALLOW_MISSING)" = 1 ] && exit 0 || exit 1
	fi
	pg_virtualenv -t -o fsync=off -o synchronous_commit=off -o full_page_writes=off bash -c \
	    'export DATABASE_URL="postgresql://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/$$PGDATABASE"
	    exec $(BIN)/pytest --quiet --database-only'

left-out:
	@$(if $(strip $(WITHOUT)),echo "LEFT OUT because their programs are missing: tests marked $(WITHOUT)")
	$(if $(PG_VIRTUALENV),,echo "LEFT OUT because PostgreSQL is missing: the whole run on it")

# ---- Upkeep ----------------------------------------------------------------------------------------------------------
.PHONY: bench fuzz faults old-version format guide-pictures papers sbom audit lock clean
bench:
	@./setup.sh test
	$(PYTHON) -m benchmarks

fuzz: export DATA_DIR = $(CURDIR)/.cache/test
fuzz: export DEMO = 1
fuzz: export FUZZ_EXAMPLES ?= 2000
fuzz:
	@./setup.sh test
	$(BIN)/pytest --quiet tests/fuzz

ROUNDS ?= 200
SEED ?= 2026
faults:
	@./setup.sh test
	$(PYTHON) -m tests.faults postgresql $(ROUNDS) $(SEED)
	$(PYTHON) -m tests.faults sqlite $(ROUNDS) $(SEED)

old-version:
	@./setup.sh test
	$(PYTHON) -m tests.faults.old_version $(OLD) postgresql
	$(PYTHON) -m tests.faults.old_version $(OLD) sqlite

format:
	@$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint --quiet --reformat templates

guide-pictures: export DATA_DIR = $(CURDIR)/.cache/test
guide-pictures: export DATABASE_URL = sqlite:///$(CURDIR)/.cache/test/caluso_perf.sqlite3
guide-pictures: export DEMO = 1
guide-pictures:
	@./setup.sh test
	REMAKE=1 $(BIN)/pytest --quiet --numprocesses=0 tests/journeys/test_guide.py

papers: export DATA_DIR = $(CURDIR)/.cache/test
papers: export DEMO = 1
papers:
	@./setup.sh test
	$(PYTHON) -m tests.access_paper
	$(PYTHON) -m tests.supply_paper

sbom:
	@./setup.sh test
	$(PYTHON) -m tests.supply_paper

# A package that the database could not be asked about fails it: silence would pass for safety.
audit:
	@./setup.sh test
	for lock in requirements.txt requirements-s3.txt; do
	    $(BIN)/uv tool run pip-audit --strict --requirement $$lock --require-hashes --disable-pip
	done

# No address of a package index gets into the files, wherever the packages come from.
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
    --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)
lock:
	@$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	# No constraint here: boto3 needs an older python-dateutil. A test holds all other versions to be the same.
	$(COMPILE) --extra s3 --output-file requirements-s3.txt

clean:
	@rm -rf .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis $(DEMO_DATA)
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

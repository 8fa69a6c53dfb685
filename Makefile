# qunsim: needs GNU make and Python 3.11 to 3.13, nothing else. `make help` lists the targets.
#
# PYTHON=python3.12 make test    uses that interpreter, in an environment of its own (.venv-python3.12)
# make test ARGS="-k stage"      hands arguments to pytest

# LOCK=requirements-backtest.lock   also installs the classical methods that `qunsim backtest` needs
PYTHON ?=
ARGS ?=
LOCK ?= requirements.lock
OUT := results/packets-or-course
VENV := $(if $(PYTHON),.venv-$(notdir $(PYTHON)),.venv)
STAMP := $(VENV)/.installed
BIN := $(VENV)/bin

# Compiled kernels stay inside the checkout, in a folder for each state of their sources.
export QUNSIM_CACHE ?= $(CURDIR)/.cache
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Tests start hundreds of processes; without bytecode each of them would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run test check lint regression bench validate lock clean
.DELETE_ON_ERROR:

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

install: $(STAMP) ## make or refresh the environment

run: $(STAMP) ## red packets or a free course? one experiment, its verdict, its report
	@$(BIN)/qunsim compare experiments/packets-or-course.toml --out $(OUT) $(ARGS)

test: $(STAMP) ## run the default test suite
	@[ ! -d .cache/qunsim ] || find .cache/qunsim -maxdepth 1 -name 'kernels-*' -mtime +1 -exec rm -rf {} +
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

check: lint test ## ruff, mypy, the tests, and the model against its baseline
	@$(MAKE) --no-print-directory regression ARGS=

lint: $(STAMP)
	@$(BIN)/python -m ruff check --quiet .
	@$(BIN)/python -m ruff format --check --quiet .
	@$(BIN)/python -m mypy

regression: $(STAMP) ## does the model still say what its baseline says? docs/tutorial-ci.md
	@$(BIN)/qunsim ci check --quiet $(ARGS)

bench: $(STAMP) ## time the engine on this machine
	@$(BIN)/qunsim bench $(ARGS)

validate: $(STAMP) ## hold the model against published figures: docs/validation.md (minutes)
	@$(BIN)/python -m sim.study.validation $(ARGS)

lock: ## resolve both locks anew (needs uv)
	for extras in "requirements.lock" "requirements-backtest.lock --extra backtest"; do \
	  uv pip compile pyproject.toml --extra dev --extra office --extra plan --extra web --universal \
	    --python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url \
	    --no-header --quiet --upgrade --output-file $$extras; \
	done

clean: ## remove environments, caches and builds; results stay
	rm -rf .venv .venv-* .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find sim tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made anew only when the interpreter, the lock or the packaging changed.
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))

$(STAMP): $(LOCK) pyproject.toml
	@python=; \
	for candidate in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	  if "$$candidate" -c '$(SUPPORTED)' >/dev/null 2>&1; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "qunsim needs Python 3.11, 3.12 or 3.13; found: $$($(or $(PYTHON),python3) --version 2>&1 | head -n 1)." >&2; \
	  echo "Install one, or name it: PYTHON=/path/to/python3.12 make $(or $(MAKECMDGOALS),install)" >&2; \
	  exit 2; \
	fi; \
	if ! [ -x $(BIN)/python ] || ! $(BIN)/python -c '$(SUPPORTED)' >/dev/null 2>&1; then \
	  echo "Making $(VENV) with $$("$$python" --version) ..."; \
	  rm -rf $(VENV); \
	  "$$python" -m venv $(VENV) || { \
	    rm -rf $(VENV); \
	    echo "Could not make an environment. On Debian or Ubuntu: apt-get install python3-venv" >&2; \
	    exit 2; \
	  }; \
	fi; \
	echo "Installing the locked packages (once; 1 to 3 minutes) ..."; \
	$(BIN)/python -m pip install -qq --no-compile --require-hashes --only-binary :all: -r $(LOCK) \
	&& $(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e . \
	&& touch $@

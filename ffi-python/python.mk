# Python: the wheel of ffi-python, in an environment of its own under target/python. Included by the Makefile.
PYTHON ?= python3
PYTHON_VENV := target/python/venv
PYTHON_WHEELS := target/python/wheels
PYTHON_SOURCES := $(shell find ffi-python/src ffi-python/python core/src core/Cargo.toml ffi-python/Cargo.toml \
	ffi-python/pyproject.toml ffi-python/README.md Cargo.toml Cargo.lock -type f \
	\( -name '*.rs' -o -name '*.md' -o -name '*.py' -o -name '*.pyi' -o -name '*.toml' -o -name '*.lock' -o -name py.typed \))

.PHONY: python-build python-test python-sdk-test python-verify

python-build: target/python/installed ## The Python package: wheel built and installed in target/python/venv
	@:

python-test: target/python/installed target/python/tools ## Python: style, types, golden vectors, bad input, examples, clean install
	$(PYTHON_VENV)/bin/ruff format --check --quiet ffi-python
	$(PYTHON_VENV)/bin/ruff check --quiet ffi-python
	LIBYUMA_WHEEL="$$(ls $(CURDIR)/$(PYTHON_WHEELS)/*.whl)" $(PYTHON_VENV)/bin/pytest --rootdir ffi-python -c ffi-python/pyproject.toml ffi-python/tests

# In an environment of its own, for the SDK settles the versions of much else.
python-sdk-test: target/python/sdk ## Python: the bridges, with the classes of the Bittensor SDK
	target/python/sdk-venv/bin/pytest --rootdir ffi-python -c ffi-python/pyproject.toml ffi-python/tests/test_bridges.py

target/python/sdk: target/python/installed
	@echo 'installing the Bittensor SDK in target/python/sdk-venv'
	@$(PYTHON) -m venv target/python/sdk-venv
	@target/python/sdk-venv/bin/pip install --quiet 'bittensor>=11,<12' scipy pytest
	@target/python/sdk-venv/bin/pip install --quiet --force-reinstall --no-deps $(PYTHON_WHEELS)/*.whl
	@touch $@

python-verify: target/python/installed ## Judge vectors through Python: FILES="vectors/data/epoch/*.json"
	@$(PYTHON_VENV)/bin/python -m libyuma.vectors $(FILES)

target/python/venv/bin/maturin:
	@command -v $(PYTHON) >/dev/null || { echo 'Python is missing: 3.10 or newer'; exit 1; }
	@echo 'installing maturin in $(PYTHON_VENV)'
	@$(PYTHON) -m venv $(PYTHON_VENV)
	@$(PYTHON_VENV)/bin/pip install --quiet 'maturin>=1.16,<2'

target/python/installed: $(PYTHON_SOURCES) | target/python/venv/bin/maturin
	@echo 'building the wheel, installing it with the command line and plots in $(PYTHON_VENV)'
	@rm -rf $(PYTHON_WHEELS)
	@said=$$($(PYTHON_VENV)/bin/maturin build --release --manifest-path ffi-python/Cargo.toml --out $(PYTHON_WHEELS) 2>&1) \
		|| { echo "$$said"; exit 1; }
	@$(PYTHON_VENV)/bin/pip install --quiet "$$(ls $(PYTHON_WHEELS)/*.whl)[cli,plots]"
	@$(PYTHON_VENV)/bin/pip install --quiet --force-reinstall --no-deps $(PYTHON_WHEELS)/*.whl
	@touch $@

# What the tests and the package's extras need.
target/python/tools: ffi-python/pyproject.toml target/python/installed
	@echo "installing the package's extras, SciPy, pytest, mypy and ruff in $(PYTHON_VENV)"
	@$(PYTHON_VENV)/bin/pip install --quiet "$$(ls $(PYTHON_WHEELS)/*.whl)[all]" scipy pytest mypy ruff
	@touch $@
